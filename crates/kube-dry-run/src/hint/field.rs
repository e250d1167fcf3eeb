//! Fields that an object does not have: what is meant, or where they belong.
//!
//! In goes the finding of a name that is no field of its object, out comes what to do about it. [`unknown`] asks in order what the name
//! may be; each sort of answer has a file.

mod elsewhere;
mod in_item;
mod other_kind;
mod other_name;
mod reference;
mod written;

pub(crate) use self::in_item::empty_list_before;

use serde_json::{Map, Value};

use super::Hint;
use super::context::Context;
use super::foreign;
use super::spaces;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::shown;
use crate::spelling::meant_by;

/// How long a name may be that a place is looked for.
const MAX_NAME: usize = 64;

const PATCH: &str =
    "This is a patch, which is merged into a manifest: `kubectl kustomize` does so, and what comes out can be checked.";

/// What to do about an unknown field.
pub(super) fn unknown(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let (parent, name) = (finding.place.parent()?, finding.place.name()?);
    let field = Field { place: &finding.place, parent, name, context };
    if name.contains(spaces::is_odd_space) {
        return Some(field.with_odd_spaces());
    }
    if let Some(fix) = &finding.fix {
        return Some(misspelt(name, fix));
    }
    if ["$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/"]
        .iter()
        .any(|directive| name.starts_with(directive))
    {
        return Some(Hint::new(PATCH));
    }
    if let Some(words) = foreign::of_names(&[name]).filter(|_| field.parent.is_root()) {
        return Some(Hint::new(words));
    }
    if name.len() > MAX_NAME {
        return Some(field.not_known());
    }
    let hint = field
        .in_quotes()
        .or_else(|| field.dash())
        .or_else(|| field.without_space())
        .or_else(|| field.of_service())
        .or_else(|| field.dash_too_far_left())
        .or_else(|| field.source())
        .or_else(|| field.reference())
        .or_else(|| field.by_other_name())
        .or_else(|| field.variable())
        .or_else(|| field.twin())
        .or_else(|| field.in_map());
    let hint = hint.or_else(|| field.elsewhere()).or_else(|| field.elsewhere_in_other_letters());
    Some(hint.or_else(|| field.of_other_kind()).unwrap_or_else(|| field.not_known()))
}

fn misspelt(name: &str, fix: &Fix) -> Hint {
    let meant = fix.changes.iter().find_map(|change| match change {
        Change::Rename(_, meant) => Some(meant.as_str()),
        _ => None,
    });
    let meant = meant.unwrap_or_default();
    if meant.eq_ignore_ascii_case(name) {
        return Hint::new(format!("Upper and lower case count: write `{meant}`."));
    }
    Hint::new(format!("Did you mean `{meant}`?"))
}

/// An unknown field of the object at `parent`.
struct Field<'a, 'd> {
    place: &'a Path,
    parent: Path,
    name: &'a str,
    context: &'a Context<'d>,
}

impl Field<'_, '_> {
    /// The object that has the field.
    fn siblings(&self) -> Option<&Map<String, Value>> {
        self.context.value(&self.parent)?.as_object()
    }

    /// The type of the field of this object that is called `name`, if it has none yet.
    fn free(&self, name: &str) -> Option<&'static Schema> {
        let is_free = self.siblings()?.get(name).is_none_or(Value::is_null);
        self.context.schema(&self.parent)?.field(name).filter(|_| is_free)
    }

    /// The fix that gives the field the `name`.
    fn renamed(&self, name: &str) -> Fix {
        Fix::safe(format!("Write {name}"), vec![Change::Rename(self.place.clone(), name.to_owned())])
    }

    /// A slip of the keyboard in the name of a field that is there too.
    fn twin(&self) -> Option<Hint> {
        let known = self.context.schema(&self.parent)?.fields().iter().map(|(name, _)| *name);
        let meant = meant_by(self.name, known).filter(|meant| self.siblings().is_some_and(|all| all.contains_key(*meant)))?;
        Some(Hint::new(format!("Did you mean `{meant}`? It is there already: keep one of the two.")))
    }

    /// A field that is known nowhere near.
    fn not_known(&self) -> Hint {
        let fields = self.parent.segments().iter().filter_map(Segment::name);
        let kind = self.context.kind().map(|kind| kind.name.to_ascii_lowercase()).unwrap_or_default();
        let whole = std::iter::once(kind.as_str()).chain(fields).collect::<Vec<_>>().join(".");
        Hint::new(format!(
            "Kubernetes has no such field here: remove it. `kubectl explain {}` lists those that there are.",
            shown(&whole)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hints, with_container};
    use serde_json::json;

    #[test]
    fn a_slip_in_the_name_of_a_field_that_is_there_is_told() {
        let twins = hints(&with_container(json!({"nam": "b", "imagee": "x"})));
        assert_eq!(twins[0], "Did you mean `name`? It is there already: keep one of the two.");
    }
}

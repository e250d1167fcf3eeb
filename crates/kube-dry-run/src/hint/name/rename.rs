//! Another name for something, wherever it is named.

use serde_json::Value;

use super::form::Form;
use crate::change::Change;
use crate::finding::Finding;
use crate::hint::context::Context;
use crate::path::{Path, Segment};

/// In how many other places a name may stand that a fix changes with it.
const MAX_REFERENCES: usize = 64;

/// `name`, or with a number behind it if something beside what the finding is about has it already.
pub(super) fn free(name: String, finding: &Finding, form: Form, context: &Context<'_>) -> Option<String> {
    let names = || context.names();
    let is_taken: Box<dyn Fn(&str) -> bool> = match Named::at(&finding.place) {
        Named::Volume => Box::new(|name| names().volume_counts.contains_key(name)),
        Named::Container => Box::new(|name| names().containers.contains(name)),
        Named::Port => Box::new(|name| names().ports.contains(name)),
        Named::Other => Box::new(|name| form == Form::Key && has_key(&finding.place, name, context)),
    };
    let numbered = (2..10).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !is_taken(name))?;
    Some(free).filter(|free| *free == name || form != Form::PortName || free.len() <= 15)
}

/// True if the map that has an entry at `place` has one called `name` too.
fn has_key(place: &Path, name: &str, context: &Context<'_>) -> bool {
    let map = place.parent().and_then(|map| context.value(&map)).and_then(Value::as_object);
    map.is_some_and(|map| map.contains_key(name))
}

/// What has a name.
enum Named {
    Volume,
    Container,
    Port,
    Other,
}

impl Named {
    fn at(place: &Path) -> Self {
        let names: Vec<_> = place.segments().iter().rev().take(4).collect();
        let is = |at: usize, name: &str| matches!(names.get(at), Some(Segment::Field(field)) if field == name);
        let is_item = |at: usize| matches!(names.get(at), Some(Segment::Index(_)));
        let is_any_container = || is(2, "containers") || is(2, "initContainers") || is(2, "ephemeralContainers");
        match () {
            () if is(0, "name") && is(1, "metadata") && is_item(2) && is(3, "volumeClaimTemplates") => Self::Volume,
            () if !is(0, "name") || !is_item(1) => Self::Other,
            () if is(2, "volumes") => Self::Volume,
            () if is_any_container() => Self::Container,
            () if is(2, "ports") => Self::Port,
            () => Self::Other,
        }
    }
}

/// The changes that give what `finding` is about the name `new` in place of `old`; `None` if something that is not known would
/// still name the old one.
pub(super) fn changes(finding: &Finding, form: Form, old: &str, new: &str, context: &Context<'_>) -> Option<Vec<Change>> {
    let place = &finding.place;
    if matches!(place.last(), Some(Segment::Key(_))) {
        return of_entry(place, form, old, new, context);
    }
    context.string(place).filter(|written| *written == old)?;
    let set = |place: &Path| Change::Set(place.clone(), new.into());
    let references: Vec<&Path> = match Named::at(place) {
        Named::Volume if context.names().volume_counts.get(old) != Some(&1) => return None,
        Named::Volume => context.names().mounts.get(old).into_iter().flatten().take(MAX_REFERENCES + 1).collect(),
        Named::Container if context.names().container_references.contains(old) => return None,
        Named::Port => {
            let container = place.parent()?.parent()?.parent()?;
            let references = context.names().port_references.get(old).into_iter().flatten();
            references.filter(|reference| reference.starts_with(&container)).take(MAX_REFERENCES + 1).collect()
        }
        _ => Vec::new(),
    };
    if references.len() > MAX_REFERENCES {
        return None;
    }
    Some([set(place)].into_iter().chain(references.into_iter().map(set)).collect())
}

/// The changes of the entry at `place` of a map. Labels of the Pods and the selector of them change together.
fn of_entry(place: &Path, form: Form, old: &str, new: &str, context: &Context<'_>) -> Option<Vec<Change>> {
    let (map, Some(Segment::Key(key))) = (place.parent()?, place.last()) else { return None };
    let change = |map: Path| {
        let entry = map.entry(key.as_str());
        let value = context.value(&entry)?;
        match form {
            Form::Key => Some(Change::Rename(entry, new.to_owned())),
            _ => (value == old).then(|| Change::Set(entry, new.into())),
        }
    };
    let changes: Vec<_> = maps(map, context).into_iter().filter_map(change).collect();
    (!changes.is_empty()).then_some(changes)
}

/// The maps that should have the same entries as `map`.
fn maps(map: Path, context: &Context<'_>) -> Vec<Path> {
    let selector = Path::root().entry("spec").entry("selector").entry("matchLabels");
    let labels = context.pod_spec().parent().unwrap_or_default().entry("metadata").entry("labels");
    if map == selector || map == labels { vec![selector, labels] } else { vec![map] }
}

//! Fields that an object does not have: what is meant, or where they belong.

mod in_item;
mod other_kind;
mod reference;

pub(crate) use self::in_item::empty_list_before;

use std::cell::Cell;

use serde_json::{Map, Value};

use super::Hint;
use super::alias;
use super::context::Context;
use super::foreign;
use super::neighbourhood::{self, Place, Side};
use super::spaces;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::{listed, shown};
use crate::spelling::meant_by;

/// How long a name may be that a place is looked for.
const MAX_NAME: usize = 64;

const PATCH: &str =
    "This is a patch, which is merged into a manifest: `kubectl kustomize` does so, and what comes out can be checked.";

/// What to do about an unknown field.
pub(super) fn unknown(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let (parent, Some(Segment::Field(name) | Segment::Key(name))) = (finding.place.parent()?, finding.place.last()) else {
        return None;
    };
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
    fn siblings(&self) -> Option<&Map<String, Value>> {
        self.context.value(&self.parent)?.as_object()
    }

    /// The type of the field of this object that is called `name`, if it has none yet.
    fn free(&self, name: &str) -> Option<&'static Schema> {
        let is_free = self.siblings()?.get(name).is_none_or(Value::is_null);
        self.context.schema(&self.parent)?.field(name).filter(|_| is_free)
    }

    fn renamed(&self, name: &str) -> Fix {
        Fix::safe(format!("Write {name}"), vec![Change::Rename(self.place.clone(), name.to_owned())])
    }

    fn with_odd_spaces(&self) -> Hint {
        let name = spaces::without_odd_spaces(self.name);
        let lines = match self.context.odd_lines.as_slice() {
            [] => self.context.key_position(self.place).map(|position| vec![position.line]).unwrap_or_default(),
            lines => lines.to_vec(),
        };
        Hint::new(spaces::words(&lines, self.name.contains(spaces::is_seen)))
            .with_fix(self.free(&name).map(|_| self.renamed(&name)))
    }

    /// A name in quotes that are none to YAML.
    fn in_quotes(&self) -> Option<Hint> {
        let name = self.name.trim_matches(spaces::QUOTES);
        if name == self.name {
            return None;
        }
        let words = format!("The quotes around `{name}` are typographic ones, which YAML takes for letters: leave them out.");
        Some(Hint::new(words).with_fix(self.free(name).map(|_| self.renamed(name))))
    }

    /// `name:value` without a space, which is one name to YAML.
    fn without_space(&self) -> Option<Hint> {
        let (name, value) = self.name.split_once(':')?;
        let schema = self.free(name)?;
        let is_empty = self.context.value(self.place).is_some_and(Value::is_null);
        let fix = scalar(value, schema).filter(|_| is_empty).map(|value| {
            let changes = vec![Change::Remove(self.place.clone()), Change::Set(self.parent.entry(name), value)];
            Fix::guess("Put a space after the colon", changes)
        });
        Some(Hint::new(format!("A space is missing after the colon: write `{name}: {value}`.")).with_fix(fix))
    }

    /// `-name`, where a space is missing behind the dash.
    fn dash(&self) -> Option<Hint> {
        let name = self.name.strip_prefix('-').filter(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()))?;
        Some(Hint::new(format!(
            "A space is missing after the dash: write `- {name}:`, and the other fields of the item below `{name}`."
        )))
    }

    /// A slip of the keyboard in the name of a field that is there too.
    fn twin(&self) -> Option<Hint> {
        let known = self.context.schema(&self.parent)?.fields().iter().map(|(name, _)| *name);
        let meant = meant_by(self.name, known).filter(|meant| self.siblings().is_some_and(|all| all.contains_key(*meant)))?;
        Some(Hint::new(format!("Did you mean `{meant}`? It is there already: keep one of the two.")))
    }

    /// A field that has this name elsewhere.
    fn by_other_name(&self) -> Option<Hint> {
        let object = self.context.schema(&self.parent)?;
        let value = self.context.value(self.place)?;
        if let Some(hint) = self.volumes_of_container(value) {
            return Some(hint);
        }
        let (meant, fits) = alias::meant(&self.parent, object, self.name, value)?;
        let fix =
            self.free(meant).filter(|_| fits).map(|_| Fix::guess(format!("Rename it to {meant}"), self.renamed(meant).changes));
        Some(Hint::new(format!("In Kubernetes this is called `{meant}`.")).with_fix(fix))
    }

    /// Mounts that a container has as `volumes`.
    fn volumes_of_container(&self, value: &Value) -> Option<Hint> {
        let mounts = value.as_array().filter(|items| self.name == "volumes" && !items.is_empty())?;
        let schema = self.free("volumeMounts")?;
        if mounts.iter().any(|item| item.get("mountPath").is_none() && !item.is_string()) {
            return None;
        }
        let fix = Some(self.renamed("volumeMounts"))
            .filter(|_| neighbourhood::is_of(schema, value) && mounts.iter().all(Value::is_object));
        let words = "A container mounts volumes by `volumeMounts`; `volumes` themselves belong in the `spec` of the Pod.";
        Some(Hint::new(words).with_fix(fix))
    }

    /// A key that stands beside the map that it belongs in.
    fn in_map(&self) -> Option<Hint> {
        const MAPS: [(&str, &str); 4] =
            [("selector", "matchLabels"), ("labelSelector", "matchLabels"), ("resources", "limits"), ("metadata", "labels")];
        let Some(Segment::Field(owner)) = self.parent.last() else { return None };
        let (_, map) = MAPS.iter().find(|(name, _)| name == owner)?;
        let value = self.context.value(self.place)?;
        let is_resource = || matches!(self.name, "cpu" | "memory" | "ephemeral-storage");
        let fits = if *map == "limits" { is_resource() && !value.is_object() } else { value.is_string() };
        self.context.schema(&self.parent)?.field(map).filter(|_| fits)?;
        let words = match *map {
            "limits" => {
                format!("`{}` belongs in `limits`, for the most that the container may use, or in `requests`.", self.name)
            }
            map => format!("`{}` belongs in `{map}`, one level deeper.", self.name),
        };
        Some(Hint::new(words).with_fix(self.moved(self.parent.entry(*map).entry(self.name), false)))
    }

    /// A field that belongs somewhere near.
    fn elsewhere(&self) -> Option<Hint> {
        let value = self.context.value(self.place)?;
        let schema = &self.context.kind()?.schema;
        let fits = |object: &Schema| object.field(self.name).is_some_and(|field| neighbourhood::is_of(field, value));
        let places = neighbourhood::places(schema, self.context.document, &self.parent, &fits);
        let places = self.with_most_companions(self.with_room(places), schema);
        match places.as_slice() {
            [] => None,
            [place] => Some(self.belongs(place)),
            places => {
                let shown: Vec<_> = places.iter().map(Place::shown).collect();
                let places = listed(shown.iter().map(String::as_str), "or");
                Some(Hint::new(format!("`{}` may belong in {places}: move it there.", self.name)))
            }
        }
    }

    /// Those of `places` that have no such field yet, if there are any.
    fn with_room(&self, mut places: Vec<Place>) -> Vec<Place> {
        let is_free = |place: &Place| {
            let target = place.object(self.context.document).map(|object| object.entry(self.name));
            target.and_then(|target| self.context.value(&target)).is_none_or(Value::is_null)
        };
        if places.iter().any(is_free) {
            places.retain(is_free);
        }
        places
    }

    /// Those of `places` in which most of the unknown fields beside this one belong too.
    fn with_most_companions(&self, mut places: Vec<Place>, schema: &Schema) -> Vec<Place> {
        const MAX_COMPANIONS: usize = 16;
        let Some((here, siblings)) = self.context.schema(&self.parent).zip(self.siblings()) else { return places };
        let unknown: Vec<_> =
            siblings.keys().filter(|name| here.field(name).is_none()).map(String::as_str).take(MAX_COMPANIONS).collect();
        let count = |place: &Place| {
            let object = place.schema(schema);
            object.map_or(0, |object| unknown.iter().filter(|name| object.field(name).is_some()).count())
        };
        let most = places.iter().map(count).max().unwrap_or_default();
        places.retain(|place| count(place) == most);
        places
    }

    /// A field that belongs somewhere near, in other letters.
    fn elsewhere_in_other_letters(&self) -> Option<Hint> {
        let value = self.context.value(self.place)?;
        let schema = &self.context.kind()?.schema;
        let meant = Cell::new(None);
        let fits = |object: &Schema| {
            let is_it = |(name, field): &&(&'static str, Schema)| {
                name.eq_ignore_ascii_case(self.name) && neighbourhood::is_of(field, value)
            };
            let found = object.fields().iter().find(is_it);
            found.inspect(|(name, _)| meant.set(Some(*name))).is_some()
        };
        let places = neighbourhood::places(schema, self.context.document, &self.parent, &fits);
        let (meant, [place]) = (meant.get()?, places.as_slice()) else { return None };
        let target = place.object(self.context.document).map(|object| object.entry(meant));
        let words = format!("This is called `{meant}`, and belongs in `{}`: move it there.", place.shown());
        Some(Hint::new(words).with_fix(target.and_then(|target| self.moved(target, false))))
    }

    fn belongs(&self, place: &Place) -> Hint {
        let name = self.name;
        let target = place.object(self.context.document).map(|object| object.entry(name));
        let is_open = target.as_ref().and_then(Path::parent).is_some_and(|object| self.is_left_empty(&object));
        let words = match (place.list(), place.side) {
            (Some((path, _)), Side::Inside | Side::Beside) if let Some(inner) = place.inner_list() => {
                format!(
                    "`{name}` belongs to an item of the `{inner}` in an item of `{path}`: put it into the one that it is for."
                )
            }
            (Some((path, _)), Side::Inside | Side::Beside) if !place.inside_of_item().is_root() => {
                format!("`{name}` belongs in the `{}` of an item of `{path}`: move it there.", place.inside_of_item())
            }
            (Some((_, list)), Side::Inside) if list.ends_with("ontainers") => {
                let deeper = levels(place);
                format!("`{name}` belongs to a container, {deeper} deeper: put it into the item of `{list}` that it is for.")
            }
            (Some((path, _)), Side::Inside | Side::Beside) => {
                format!("`{name}` belongs to an item of `{path}`: put it into the item that it is for.")
            }
            (None, Side::Inside) if is_open => {
                format!("`{name}` belongs in `{}`: indent it, and all that is in it, by two more.", place.shown())
            }
            (_, Side::Inside) => format!("`{name}` belongs in `{}`, {} deeper: move it there.", place.shown(), levels(place)),
            (_, Side::Outside) => {
                let around = Some(place.shown()).filter(|shown| !shown.is_empty());
                let around = around.map_or("the manifest itself".to_owned(), |shown| format!("`{shown}`"));
                format!("`{name}` belongs in {around}, further out: indent it less.")
            }
            (None, Side::Beside) => format!("`{name}` belongs in `{}`: move it there.", place.shown()),
        };
        Hint::new(words).with_fix(target.and_then(|target| self.moved(target, is_open)))
    }

    /// True if the object at `place` is there without anything in it.
    fn is_left_empty(&self, place: &Path) -> bool {
        self.context.value(place).is_some_and(|value| value.is_null() || value.as_object().is_some_and(Map::is_empty))
    }

    /// The fix that moves the field to `target`, unless there is one already.
    fn moved(&self, target: Path, is_safe: bool) -> Option<Fix> {
        if self.context.value(&target).is_some_and(|value| !value.is_null()) {
            return None;
        }
        let object = Some(target.parent()?.to_string()).filter(|object| !object.is_empty());
        let title = format!("Move it to {}", shown(object.as_deref().unwrap_or("the manifest itself")));
        Some(Fix { title, is_safe, changes: vec![Change::Move(self.place.clone(), target)] })
    }

    /// A field that is known nowhere near.
    fn not_known(&self) -> Hint {
        let fields = self.parent.segments().iter().filter_map(|segment| match segment {
            Segment::Field(name) | Segment::Key(name) => Some(name.as_str()),
            Segment::Index(_) => None,
        });
        let kind = self.context.kind().map(|kind| kind.name.to_ascii_lowercase()).unwrap_or_default();
        let whole = std::iter::once(kind.as_str()).chain(fields).collect::<Vec<_>>().join(".");
        Hint::new(format!(
            "Kubernetes has no such field here: remove it. `kubectl explain {}` lists those that there are.",
            shown(&whole)
        ))
    }
}

fn levels(place: &Place) -> &'static str {
    match (place.distance, place.list().is_some() && place.side == Side::Inside) {
        (1, false) => "one level",
        (1, true) | (2, false) => "two levels",
        (2, true) | (3, false) => "three levels",
        _ => "some levels",
    }
}

/// What `written` is as a value of a field with `schema`.
pub(super) fn scalar(written: &str, schema: &Schema) -> Option<Value> {
    let written = written.trim().trim_matches('"');
    let read = || serde_json::from_str::<Value>(written).ok();
    match schema {
        Schema::Text | Schema::Quantity | Schema::Time => Some(written.into()),
        Schema::Integer => read().filter(Value::is_i64),
        Schema::Boolean => read().filter(Value::is_boolean),
        Schema::TextOrInteger => Some(read().filter(Value::is_i64).unwrap_or_else(|| written.into())),
        _ => None,
    }
    .filter(|value| value.as_str() != Some(""))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use crate::{Verdict, judge};
    use serde_json::json;

    #[test]
    fn it_is_said_where_a_field_belongs() {
        let mounts = json!([{"name": "v", "mountPath": "/v"}]);
        let volumes = json!([{"name": "v", "configMap": {"name": "m"}, "defaultMode": 256}]);
        let document = pod(json!({"containers": [{"name": "c", "image": "i", "nodeName": "x", "labels": {}}],
            "volumeMounts": mounts, "volumes": volumes, "environment": [], "foo": 1, "matchLabels": {}}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        `nodeName` belongs in `spec`, further out: indent it less. [Move it to spec]
        `labels` belongs in `metadata`: move it there. [Move it to metadata]
        `volumeMounts` belongs to a container, two levels deeper: put it into the item of `containers` that it is for. [Move it to spec.containers[0]]
        `defaultMode` belongs in `spec.volumes[0].configMap`, one level deeper: move it there. [Move it to spec.volumes[0].configMap]
        Kubernetes has no such field here: remove it. `kubectl explain pod.spec` lists those that there are.
        Kubernetes has no such field here: remove it. `kubectl explain pod.spec` lists those that there are.
        Kubernetes has no such field here: remove it. `kubectl explain pod.spec` lists those that there are.
        ");
    }

    #[test]
    fn fields_of_other_lists_and_in_other_letters_are_known() {
        let document = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "restartpolicy": "Never",
            "spec": {"containers": [{"name": "c", "image": "i", "volumeMounts": [{"name": "v", "mountPath": "/v", "$patch": "replace"}]}],
                "volumes": [{"name": "v", "hostPath": null, "path": "/a", "mountPath": "/v"}]}});
        insta::assert_snapshot!(hints(&document)[..4].join("\n"), @r"
        This is called `restartPolicy`, and belongs in `spec`: move it there. [Move it to spec]
        This is a patch, which is merged into a manifest: `kubectl kustomize` does so, and what comes out can be checked.
        `path` belongs in `spec.volumes[0].hostPath`: indent it, and all that is in it, by two more. [Move it to spec.volumes[0].hostPath]
        `mountPath` belongs to an item of the `volumeMounts` in an item of `spec.containers`: put it into the one that it is for.
        ");
    }

    #[test]
    fn a_field_is_moved_where_it_belongs() {
        let document =
            pod(json!({"containers": [{"name": "c", "image": "i"}], "volumeMounts": [{"name": "v", "mountPath": "/v"}],
            "volumes": [{"name": "v", "emptyDir": {}}]}));
        assert_eq!(judge(&fixed(&document)).verdict, Verdict::Accepted);
        let several = pod(json!({"containers": [{"name": "c", "image": "i"}, {"name": "d", "image": "i"}], "volumeMounts": []}));
        assert_eq!(judge(&several).findings[0].fix, None);
        let taken = pod(json!({"containers": [{"name": "c", "image": "i", "env": [{"name": "a"}]}], "env": []}));
        assert_eq!(judge(&taken).findings[0].fix, None);
    }

    #[test]
    fn what_compose_has_is_translated() {
        let document =
            with_container(json!({"environment": [{"name": "a", "value": "b"}], "volumes": [{"name": "v", "mountPath": "/v"}],
            "healthcheck": {}}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        In Kubernetes this is called `env`. [Rename it to env]
        A container mounts volumes by `volumeMounts`; `volumes` themselves belong in the `spec` of the Pod. [Write volumeMounts]
        In Kubernetes this is called `livenessProbe`.
        ");
    }

    #[test]
    fn names_are_read_as_they_are_meant() {
        let document = with_container(json!({"“args”": ["a"], "\u{a0}env": [], "tty:true": null, "workingDir:": null}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        The quotes around `args` are typographic ones, which YAML takes for letters: leave them out. [Write args]
        There are no-break spaces, which look like spaces and are none to YAML, in this name: replace them by ordinary spaces. [Write env]
        A space is missing after the colon: write `tty: true`. [Put a space after the colon]
        Did you mean `workingDir`? [Rename it to workingDir]
        ");
        let twins = hints(&with_container(json!({"nam": "b", "imagee": "x"})));
        assert_eq!(twins[0], "Did you mean `name`? It is there already: keep one of the two.");
        let document = with_container(json!({"tty:true": null}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["tty"], true);
    }
}

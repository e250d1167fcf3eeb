//! Fields that belong into another object near the one that they are in.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::Field;
use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::hint::neighbourhood::{self, Place, Side};
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::{listed, shown};

impl Field<'_, '_> {
    /// A key that stands beside the map that it belongs in.
    pub(super) fn in_map(&self) -> Option<Hint> {
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
    pub(super) fn elsewhere(&self) -> Option<Hint> {
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
    pub(super) fn elsewhere_in_other_letters(&self) -> Option<Hint> {
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
}

fn levels(place: &Place) -> &'static str {
    match (place.distance, place.list().is_some() && place.side == Side::Inside) {
        (1, false) => "one level",
        (1, true) | (2, false) => "two levels",
        (2, true) | (3, false) => "three levels",
        _ => "some levels",
    }
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod};
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
}

//! Where in the neighbourhood of an object a field would be right.

use serde_json::Value;

use crate::path::{Path, Segment};
use crate::schema::Schema;

/// How many levels further in is looked.
const MAX_DEPTH: usize = 3;

/// How many levels further in is looked from an object around it.
const MAX_DEPTH_BESIDE: usize = 2;

/// How many objects of the schema are looked at for one field.
const MAX_OBJECTS: usize = 1_000;

/// A place where a field would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The object that has such a field, with `None` for any item of a list.
    steps: Vec<Option<Segment>>,
    /// How many objects lie between.
    pub(super) distance: usize,
    /// On which side it lies.
    pub(super) side: Side,
}

/// Where a place lies, seen from where the field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Inside of the object that the field is in.
    Inside,
    /// In an object around it.
    Outside,
    /// In an object beside it.
    Beside,
}

impl Place {
    /// The list of whose items one is meant, if it is one, and its path up to there.
    pub(super) fn list(&self) -> Option<(Path, &str)> {
        let end = self.steps.iter().position(Option::is_none)?;
        let list: Vec<_> = self.steps[..end].iter().flatten().cloned().collect();
        let name = self.steps[..end].iter().rev().flatten().find_map(|segment| match segment {
            Segment::Field(name) => Some(name.as_str()),
            _ => None,
        })?;
        Some((list.into(), name))
    }

    /// The name of the list of whose items one is the object, if it is not the only list on the way.
    pub(super) fn inner_list(&self) -> Option<&str> {
        let [around @ .., Some(Segment::Field(name)), None] = self.steps.as_slice() else { return None };
        around.contains(&None).then_some(name.as_str())
    }

    /// The fields that lead from an item of a list to the object; empty if the item is it.
    pub(super) fn inside_of_item(&self) -> Path {
        let inside = self.steps.iter().rev().map_while(Option::as_ref).cloned();
        let mut inside: Vec<_> = inside.collect();
        inside.reverse();
        inside.into()
    }

    /// The path of the object in `document`: of the only item of each list that is any of its items; `None` if there are several.
    pub(super) fn object(&self, document: &Value) -> Option<Path> {
        self.steps.iter().try_fold(Path::root(), |path, step| match step {
            Some(segment) => Some(path.then(segment.clone())),
            None => match path.find(document)?.as_array()?.as_slice() {
                [_] => Some(path.index(0)),
                _ => None,
            },
        })
    }

    /// The fields of the object, of which `root` is the whole document.
    pub(super) fn schema<'a>(&self, root: &'a Schema) -> Option<&'a Schema> {
        let path: Vec<_> = self.steps.iter().map(|step| step.clone().unwrap_or(Segment::Index(0))).collect();
        root.at(&path.into())
    }

    /// The names of the fields on the way to the object, without the items of lists.
    pub(super) fn shown(&self) -> String {
        let path: Vec<_> = self.steps.iter().flatten().cloned().collect();
        Path::from(path).to_string()
    }

    /// True if `document` has what the steps lead to, up to the first list with items.
    fn is_there(&self, document: &Value) -> bool {
        let known: Vec<_> = self.steps.iter().map_while(Clone::clone).collect();
        let value = Path::from(known).find(document);
        match value {
            Some(Value::Array(items)) => !items.is_empty(),
            // What is written without a value waits for what stands beside it.
            value => value.is_some(),
        }
    }
}

/// The nearest objects that `fits` holds of, seen from the object at `parent` of `document`, which has the fields of `schema`.
/// Places that the document has are before the others, and of those only they are told.
pub(super) fn places(schema: &Schema, document: &Value, parent: &Path, fits: &impl Fn(&Schema) -> bool) -> Vec<Place> {
    let mut found = Vec::new();
    let here: Vec<_> = parent.segments().iter().cloned().map(Some).collect();
    if let Some(object) = schema.at(parent) {
        found.extend(inside(object, &here, MAX_DEPTH, fits));
    }
    let ancestors = (0..here.len()).rev().filter_map(|count| {
        let path = Path::from(parent.segments()[..count].to_vec());
        schema.at(&path).filter(|schema| matches!(schema, Schema::Object(_))).map(|schema| (count, schema))
    });
    for (distance, (count, object)) in (1..).zip(ancestors) {
        let place = |steps, distance, side| Place { steps, distance, side };
        if fits(object) {
            found.push(place(here[..count].to_vec(), distance, Side::Outside));
        }
        let beside = inside(object, &here[..count], MAX_DEPTH_BESIDE, fits).into_iter();
        found.extend(beside.map(|beside| place(beside.steps, distance + beside.distance, Side::Beside)));
    }
    nearest(found, document)
}

fn nearest(mut found: Vec<Place>, document: &Value) -> Vec<Place> {
    // An item of a list that nobody has begun is hardly meant.
    let is_begun =
        |place: &Place| place.list().is_none_or(|(_, name)| matches!(name, "containers" | "volumes")) || place.is_there(document);
    found.retain(is_begun);
    let Some(distance) = found.iter().map(|place| place.distance).min() else { return found };
    found.retain(|place| place.distance == distance);
    if found.iter().any(|place| place.is_there(document)) {
        found.retain(|place| place.is_there(document));
    }
    let is_of_container = |place: &Place| place.list().is_some_and(|(_, name)| name == "containers");
    if found.iter().any(is_of_container) {
        // A Pod has containers of three sorts; who says nothing means the ordinary ones.
        found.retain(|place| place.list().is_none_or(|(_, list)| !list.ends_with("Containers")));
    }
    found
}

/// An object of the schema, and how it is reached.
struct Reached<'a> {
    object: &'a Schema,
    /// The object that it is in, by its number, and its field there; `None` of where the search begins.
    from: Option<(usize, &'static str)>,
    is_item: bool,
}

/// The nearest places at most `depth` objects inside of `schema` that fit.
fn inside(schema: &Schema, steps: &[Option<Segment>], depth: usize, fits: &impl Fn(&Schema) -> bool) -> Vec<Place> {
    let mut reached = vec![Reached { object: schema, from: None, is_item: false }];
    let mut level = 0..1;
    for distance in 1..=depth {
        for number in level.clone() {
            let object = reached[number].object;
            reached.extend(object.fields().iter().filter_map(|(name, field)| {
                let (object, is_item) = match field {
                    Schema::List(item) => (item.as_ref(), true),
                    field => (field, false),
                };
                matches!(object, Schema::Object(_)).then_some(Reached { object, from: Some((number, name)), is_item })
            }));
        }
        reached.truncate(MAX_OBJECTS);
        level = level.end..reached.len();
        let fitting = level.clone().filter(|number| fits(reached[*number].object));
        let place = |number| Place { steps: way(&reached, number, steps), distance, side: Side::Inside };
        let found: Vec<_> = fitting.map(place).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The steps to the object `number` of those that are `reached` from where `start` leads to.
fn way(reached: &[Reached<'_>], number: usize, start: &[Option<Segment>]) -> Vec<Option<Segment>> {
    let Some((around, name)) = reached[number].from else { return start.to_vec() };
    let mut steps = way(reached, around, start);
    steps.push(Some(Segment::Field(name.into())));
    steps.extend(reached[number].is_item.then_some(None));
    steps
}

/// True if `value` has the type of a field with `schema`.
pub(super) fn is_of(schema: &Schema, value: &Value) -> bool {
    match (schema, value) {
        (_, Value::Null) | (Schema::Any, _) => true,
        (Schema::List(_), value) => value.is_array(),
        (Schema::Map(_) | Schema::Object(_), value) => value.is_object(),
        (_, value) => !value.is_array() && !value.is_object(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kind;
    use serde_json::json;

    fn near(document: &Value, field: &str) -> Vec<String> {
        let path: Path = field.parse().unwrap();
        let schema = &Kind::of(document).unwrap().schema;
        let (parent, name) = field.rsplit_once('.').unwrap_or(("", field));
        let value = path.find(document).unwrap();
        let fits = |object: &Schema| object.field(name).is_some_and(|field| is_of(field, value));
        let places = places(schema, document, &parent.parse().unwrap(), &fits);
        places.iter().map(|place| format!("{} {:?}", place.shown(), place.side)).collect()
    }

    #[test]
    fn the_nearest_places_are_found() {
        let pod = json!({"kind": "Pod", "containers": [], "labels": {}, "spec": {
            "volumeMounts": [], "containers": [{"name": "a", "volumes": [], "ports": [{"image": "x"}]}],
            "volumes": [{"configMap": {}, "defaultMode": 1}], "matchLabels": {}, "labels": {},
        }});
        for (field, expected) in [
            ("containers", "spec Inside"),
            ("labels", "metadata Inside"),
            ("spec.volumeMounts", "spec.containers Inside"),
            ("spec.containers[0].volumes", "spec Outside"),
            ("spec.containers[0].ports[0].image", "spec.containers[0] Outside"),
            ("spec.volumes[0].defaultMode", "spec.volumes[0].configMap Inside"),
            ("spec.labels", "metadata Beside"),
        ] {
            assert_eq!(near(&pod, field), [expected], "{field}");
        }
        let outdented = json!({"kind": "Pod", "spec": {"volumes": [{"name": "v", "hostPath": null, "path": "/a"}]}});
        assert_eq!(near(&outdented, "spec.volumes[0].path"), ["spec.volumes[0].hostPath Inside"]);
        let deployment = json!({"kind": "Deployment", "spec": {"containers": [], "template": {"containers": [], "spec": null}}});
        assert_eq!(near(&deployment, "spec.containers"), ["spec.template.spec Inside"]);
        assert_eq!(near(&deployment, "spec.template.containers"), ["spec.template.spec Inside"]);
    }
}

//! A place of the form: a field, what stands there, and its path as the text by which the page knows it.

use serde_json::Value;

use crate::document::{Document, Path, Segment};
use crate::form::{Input, Shape};
use crate::web::sheet::label;
use kube_dry_run::entry;

/// The field at a path of a document, which may be absent.
#[derive(Clone)]
pub struct Place<'a> {
    pub path: Path,
    /// The path as text, which elements have as their `id`.
    pub id: String,
    pub value: Option<&'a Value>,
    /// What the form has here.
    shape: Option<&'static Shape>,
}

impl<'a> Place<'a> {
    /// The field at `path` of `document`.
    pub fn of(document: &'a Document, path: Path) -> Self {
        Self { id: path.to_text(), value: document.get(&path), shape: Shape::of(document).at(&path), path }
    }

    /// The field `name` of the object here.
    pub fn entry(&self, name: &str) -> Self {
        let path = self.path.entry(name);
        let id = match path.last() {
            Some(Segment::Key(_)) => [&self.id, "[", name, "]"].concat(),
            _ if self.id.is_empty() => name.to_owned(),
            _ => [&self.id, ".", name].concat(),
        };
        let value = self.value.and_then(|value| entry(value, name));
        Self { path, id, value, shape: self.shape.and_then(|shape| shape.entry(name)) }
    }

    /// The item `index` of the list here.
    pub fn item(&self, index: usize) -> Self {
        let id = [&self.id, "[", &index.to_string(), "]"].concat();
        let value = self.value.and_then(|value| value.get(index));
        Self { path: self.path.index(index), id, value, shape: self.shape.and_then(Shape::item) }
    }

    /// The input for the field here, if the form has one.
    pub fn input(&self) -> Option<Input> {
        self.shape.and_then(Shape::input)
    }

    /// How many items the list here has; none where there is no list.
    pub fn count(&self) -> usize {
        self.value.and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The text here; empty where there is none.
    pub fn text(&self) -> &'a str {
        self.value.and_then(Value::as_str).unwrap_or_default()
    }

    /// The text of the field `name` of the object here; empty where there is none.
    pub fn text_of(&self, name: &str) -> &'a str {
        self.value.and_then(|value| entry(value, name)?.as_str()).unwrap_or_default()
    }
}

/// The name of a container, a volume or a variable in headings and labels: what is typed, or its place in the document.
pub fn name_of(item: &Place<'_>) -> String {
    match item.text_of("name") {
        "" => item.id.clone(),
        name => label(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::input_at;
    use serde_json::json;

    #[test]
    fn a_place_knows_its_path_as_text_and_its_value() {
        let limits = json!({"limits": {"cpu": "1", "a.b/c": 2}});
        let document = Document::try_from(json!({"spec": {"containers": [{"name": "a", "resources": limits}]}})).unwrap();
        let root = Place::of(&document, Path::root());
        let container = root.entry("spec").entry("containers").item(0);
        let limits = container.entry("resources").entry("limits");
        for place in [&root, &container, &limits, &limits.entry("a.b/c"), &limits.entry("memory"), &container.item(3).entry("x")]
        {
            assert_eq!(place.id, place.path.to_string());
            assert_eq!(place.value, document.get(&place.path));
            assert_eq!(place.input(), input_at(&document, &place.path));
        }
        assert_eq!((container.text_of("name"), container.entry("name").text(), limits.text()), ("a", "a", ""));
        assert_eq!((root.entry("spec").entry("containers").count(), container.count()), (1, 0));
    }
}

//! The document: the manifest itself, as an ordered tree, and what can be done to it.

mod comments;
mod edit;
mod file;
mod lines;
pub mod link;
mod links;
mod mounts;
mod size;

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Value, json};

pub use comments::Comments;
pub use edit::{Edit, EditError, Edited, EnvSource, ItemEdit, ParseEditError, Role, is_given_name};
pub use file::{Contents, File, Listed};
pub use kube_dry_run::{ParsePathError, Path, Segment};
pub use links::{Links, Since};
pub use mounts::{Mount, Mounts, name_of};
pub use size::{count_values, json_size};

use kube_dry_run as kubernetes;
use kube_dry_run::entry;
use kube_dry_run::yaml::Parsed;
use pod_advice::silencing_comment;

/// One Kubernetes object as a person wrote it: half-typed, with values of any type, in the order it was written.
#[derive(Clone, Debug)]
pub struct Document {
    /// The tree, unless it is just what the text was read as. Copies share it until one of them is changed: a tree takes a
    /// hundred times the memory of its text where that is nothing but brackets.
    tree: Option<Arc<Value>>,
    /// What the text was read as, before any edit. It knows how the text writes numbers and booleans.
    source: Option<Arc<Parsed>>,
    /// The comment that says which rules its text silences.
    comments: Arc<str>,
}

/// Documents that mean the same are equal.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.value(), other.value()) || self.value() == other.value()
    }
}

/// A value that cannot be a [`Document`], because it is not an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a manifest is an object with fields such as `kind`, not a single value or a list")]
pub struct NotAnObject;

impl TryFrom<Value> for Document {
    type Error = NotAnObject;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        if value.is_object() { Ok(Self::new(value)) } else { Err(NotAnObject) }
    }
}

impl Document {
    fn new(value: Value) -> Self {
        Self { tree: Some(Arc::new(value)), source: None, comments: Arc::default() }
    }

    /// The document `source`, which was read from `text`.
    ///
    /// # Errors
    /// It is no object.
    fn read_from(text: &str, source: Arc<Parsed>) -> Result<Self, NotAnObject> {
        if !source.value.is_object() {
            return Err(NotAnObject);
        }
        let comments = silencing_comment(source.part_of(text)).into();
        Ok(Self { tree: None, source: Some(source), comments })
    }

    /// A Pod in which nothing is set yet.
    #[must_use]
    pub fn empty_pod() -> Self {
        let value = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": []}});
        Self::new(value)
    }

    /// The Pod that a person begins with: small, and accepted as it is.
    #[must_use]
    pub fn new_pod() -> Self {
        let container = json!({"name": "nginx", "image": "nginx:1.29-alpine"});
        let spec = json!({"containers": [container]});
        let value = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "shared-files"}, "spec": spec});
        Self::new(value)
    }

    /// The comment that says which rules of advice its text silences.
    #[must_use]
    pub fn comments(&self) -> &str {
        &self.comments
    }

    /// The whole tree.
    #[must_use]
    pub fn value(&self) -> &Value {
        let read = || self.source.as_deref().map_or(&Value::Null, |source| &source.value);
        self.tree.as_deref().unwrap_or_else(read)
    }

    /// The whole tree, to be changed.
    fn value_mut(&mut self) -> &mut Value {
        let read = || self.source.as_deref().map(|source| source.value.clone()).unwrap_or_default();
        Arc::make_mut(self.tree.get_or_insert_with(|| Arc::new(read())))
    }

    /// `value`, which stands at `path`, as a person sees it: numbers and booleans that the text writes in another way than JSON
    /// are texts.
    #[must_use]
    pub fn as_written<'a>(&self, path: &Path, value: &'a Value) -> Cow<'a, Value> {
        let Some(source) = self.source.as_deref().filter(|_| !value.is_string()) else { return Cow::Borrowed(value) };
        let mut shown = value.clone();
        write_as_text(source, path, &mut shown);
        Cow::Owned(shown)
    }

    /// How many bytes of compact JSON the document has.
    #[must_use]
    pub fn size(&self) -> usize {
        json_size(self.value())
    }

    /// The value at `path`, if there is one.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Value> {
        path.find(self.value())
    }

    /// The text at `path`; empty where there is none.
    #[must_use]
    pub fn text(&self, path: &Path) -> &str {
        self.get(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// How many items the list at `path` has; none where there is no list.
    #[must_use]
    pub fn count(&self, path: &Path) -> usize {
        self.get(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The items of the list at `path` with their paths; none where there is no list.
    pub fn items(&self, path: &Path) -> impl Iterator<Item = (Path, &Value)> {
        let items = self.get(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().enumerate().map(|(index, item)| (path.index(index), item))
    }

    /// Puts `value` at `path`, or takes away what is there.
    ///
    /// # Errors
    /// Where the way to `path` leads through a value of another type; the document stays as it was.
    pub fn set(&mut self, path: &Path, value: Option<Value>) -> Result<(), EditError> {
        edit::set(self, path, value)
    }

    /// Gives the container at `path`, whose image was `before`, a name after the image that it has now, unless somebody gave it
    /// one.
    ///
    /// # Errors
    /// Where the container is none.
    pub fn follow_image(&mut self, path: &Path, before: &str) -> Result<(), EditError> {
        edit::follow_image(self, path, before)
    }

    /// Applies `edit` in place and tells the field to go on with. [`Edit::apply`] does the same to a copy.
    ///
    /// # Errors
    /// Where the edit names something that the document does not have, that has another type, or that would make the document
    /// too large for a link. The document may then be changed in part.
    pub fn edit(&mut self, edit: &Edit) -> Result<Option<Path>, EditError> {
        edit.apply_to(self)
    }

    /// `kind`, such as `Pod`; empty where it is missing.
    #[must_use]
    pub fn kind(&self) -> &str {
        text_of(self.value(), "kind")
    }

    /// `metadata.name`; empty where it is missing.
    #[must_use]
    pub fn name(&self) -> &str {
        entry(self.value(), "metadata").map_or("", |metadata| text_of(metadata, "name"))
    }

    /// Where the Pod's `metadata` and `spec` stand: at the root of a Pod, in `spec.template` of a Deployment. A kind
    /// without a Pod is treated like a Pod.
    #[must_use]
    pub fn template(&self) -> Path {
        kubernetes::pod_template(self.value()).unwrap_or_default()
    }

    /// The Pod's `spec`.
    #[must_use]
    pub fn pod_spec(&self) -> Path {
        self.template().entry("spec")
    }

    /// The names of the claims that a `StatefulSet` makes, which are volumes of its Pods.
    pub fn claims(&self) -> impl Iterator<Item = &str> {
        let templates = Path::root().entry("spec").entry("volumeClaimTemplates");
        let templates = self.get(&templates).filter(|_| self.kind() == "StatefulSet").and_then(Value::as_array);
        let names = templates.into_iter().flatten().filter_map(|template| template.pointer("/metadata/name")?.as_str());
        names.filter(|name| !name.is_empty())
    }
}

/// The text of the field `name` of `object`; empty where there is none.
fn text_of<'a>(object: &'a Value, name: &str) -> &'a str {
    entry(object, name).and_then(Value::as_str).unwrap_or_default()
}

/// Makes texts of the numbers and booleans in `value` at `path` that the text `source` writes in another way than JSON.
fn write_as_text(source: &Parsed, path: &Path, value: &mut Value) {
    match value {
        Value::String(_) => {}
        Value::Array(items) => {
            let others = items.iter_mut().enumerate().filter(|(_, item)| !item.is_string());
            others.for_each(|(index, item)| write_as_text(source, &path.index(index), item));
        }
        Value::Object(object) => {
            let others = object.iter_mut().filter(|(_, value)| !value.is_string());
            others.for_each(|(name, value)| write_as_text(source, &path.entry(name), value));
        }
        scalar => {
            let read = path.find(&source.value).filter(|read| !(read.is_string() || read.is_array() || read.is_object()));
            let written = read.and_then(|read| source.positions.unquoted(path, read).filter(|text| *text != read.to_string()));
            if let Some(text) = written {
                *scalar = Value::String(text.into_owned());
            }
        }
    }
}

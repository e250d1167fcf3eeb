//! Which fields of a manifest have an input, as a tree in the shape of the manifest.

use std::collections::HashMap;

use serde_json::Value;

use super::Input;
use crate::document::{Document, Path, Segment};
use kube_dry_run::kinds::Kind;

/// What stands at one place of the form.
#[derive(Debug)]
pub enum Shape {
    /// One input.
    Input(Input),
    /// Shown or chosen elsewhere on the page, as long as the value is the one given; any text where none is given.
    Elsewhere(Option<&'static str>),
    /// An object with these fields.
    Object(&'static [(&'static str, Shape)]),
    /// A list of such items.
    List(&'static Shape),
}

use Shape::{Elsewhere, List, Object};

const TEXT: Shape = Shape::Input(Input::Text);
const INTEGER: Shape = Shape::Input(Input::Integer);
const FLAG: Shape = Shape::Input(Input::Flag);
const LINES: Shape = Shape::Input(Input::Lines);
const PAIRS: Shape = Shape::Input(Input::Pairs);

const AMOUNTS: Shape = Object(&[("cpu", TEXT), ("memory", TEXT), ("ephemeral-storage", TEXT)]);
const KEY_REFERENCE: Shape = Object(&[("name", TEXT), ("key", TEXT)]);

const ENV: Shape = Object(&[
    ("name", TEXT),
    ("value", Shape::Input(Input::LongText)),
    (
        "valueFrom",
        Object(&[
            ("configMapKeyRef", KEY_REFERENCE),
            ("secretKeyRef", KEY_REFERENCE),
            ("fieldRef", Object(&[("fieldPath", TEXT)])),
        ]),
    ),
]);
const PORT: Shape = Object(&[("name", TEXT), ("containerPort", INTEGER), ("protocol", TEXT)]);
const MOUNT: Shape = Object(&[("name", TEXT), ("mountPath", TEXT), ("subPath", TEXT), ("readOnly", FLAG)]);
const VOLUME: Shape =
    Object(&[("name", TEXT), ("emptyDir", Object(&[("medium", Shape::Input(Input::Memory)), ("sizeLimit", TEXT)]))]);

macro_rules! container {
    ($($more:expr)?) => {
        Object(&[
            $($more,)?
            ("name", TEXT),
            ("image", TEXT),
            ("imagePullPolicy", TEXT),
            ("command", LINES),
            ("args", LINES),
            ("workingDir", TEXT),
            ("env", List(&ENV)),
            ("ports", List(&PORT)),
            ("resources", Object(&[("requests", AMOUNTS), ("limits", AMOUNTS)])),
            ("volumeMounts", List(&MOUNT)),
        ])
    };
}

const CONTAINER: Shape = container!();
const INIT_CONTAINER: Shape = container!(("restartPolicy", Elsewhere(Some("Always"))));

const POD_SPEC: Shape = Object(&[
    ("restartPolicy", TEXT),
    ("shareProcessNamespace", FLAG),
    ("terminationGracePeriodSeconds", INTEGER),
    ("initContainers", List(&INIT_CONTAINER)),
    ("containers", List(&CONTAINER)),
    ("volumes", List(&VOLUME)),
]);
const METADATA: Shape = Object(&[("name", TEXT), ("namespace", TEXT), ("labels", PAIRS), ("annotations", PAIRS)]);
const POD_TEMPLATE: Shape = Object(&[("metadata", Object(&[("labels", PAIRS), ("annotations", PAIRS)])), ("spec", POD_SPEC)]);
const WORKLOAD_SPEC: Shape = Object(&[("template", POD_TEMPLATE)]);

macro_rules! object {
    ($spec:expr) => {
        Object(&[("apiVersion", Elsewhere(None)), ("kind", Elsewhere(None)), ("metadata", METADATA), ("spec", $spec)])
    };
}

static POD: Shape = object!(POD_SPEC);
static WORKLOAD: Shape = object!(WORKLOAD_SPEC);
static CRON_JOB: Shape = object!(Object(&[("jobTemplate", Object(&[("spec", WORKLOAD_SPEC)]))]));
static POD_TEMPLATE_OBJECT: Shape =
    Object(&[("apiVersion", Elsewhere(None)), ("kind", Elsewhere(None)), ("metadata", METADATA), ("template", POD_TEMPLATE)]);

impl Shape {
    /// The form for `document`.
    #[must_use]
    pub fn of(document: &Document) -> &'static Self {
        match Kind::of(document.value()).map_or("", |kind| kind.template) {
            "spec.template" => &WORKLOAD,
            "spec.jobTemplate.spec.template" => &CRON_JOB,
            "template" => &POD_TEMPLATE_OBJECT,
            _ => &POD,
        }
    }

    /// What stands at `path` below this; `None` where the form has no place for it.
    #[must_use]
    pub fn at(&'static self, path: &Path) -> Option<&'static Self> {
        path.segments().iter().try_fold(self, |shape, segment| match segment {
            Segment::Field(name) | Segment::Key(name) => shape.entry(name),
            Segment::Index(_) => shape.item(),
        })
    }

    /// The place of the field `name` of this object.
    #[must_use]
    pub fn entry(&'static self, name: &str) -> Option<&'static Self> {
        let Object(fields) = self else { return None };
        fields.iter().find(|(field, _)| *field == name).map(|(_, shape)| shape)
    }

    /// The place of each item of this list.
    #[must_use]
    pub fn item(&'static self) -> Option<&'static Self> {
        if let List(item) = self { Some(item) } else { None }
    }

    /// The input here, if there is one.
    #[must_use]
    pub fn input(&self) -> Option<Input> {
        if let Self::Input(input) = self { Some(*input) } else { None }
    }
}

/// The input of the field at `path`; `None` where the form has none for it.
#[must_use]
pub fn input_at(document: &Document, path: &Path) -> Option<Input> {
    Shape::of(document).at(path)?.input()
}

/// As many kept values have their paths told; the others are counted.
const MAX_KEPT: usize = 100;

/// The values that the form has no input for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The largest whole parts of the document, the first hundred of them.
    pub paths: Vec<Path>,
    /// How many there are.
    pub count: usize,
}

impl Kept {
    fn add(&mut self, path: impl FnOnce() -> Path) {
        self.count += 1;
        if self.paths.len() < MAX_KEPT {
            self.paths.push(path());
        }
    }
}

/// What the form has no input for.
#[must_use]
pub fn kept(document: &Document) -> Kept {
    let mut found = Kept::default();
    collect_kept(Shape::of(document), document.value(), &mut Path::root(), &mut found);
    found
}

fn collect_kept(shape: &'static Shape, value: &Value, path: &mut Path, found: &mut Kept) {
    match (shape, value) {
        (_, Value::Null) | (Elsewhere(None), Value::String(_)) => {}
        (Shape::Input(input), value) if input.fits(value) => {}
        (Elsewhere(Some(expected)), Value::String(text)) if text == expected => {}
        (Object(_), Value::Object(object)) => {
            for (name, value) in object {
                match shape.entry(name) {
                    Some(shape) => {
                        path.enter(name);
                        collect_kept(shape, value, path, found);
                        path.leave();
                    }
                    None => found.add(|| path.entry(name)),
                }
            }
        }
        (List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                path.enter_item(index);
                collect_kept(item, value, path, found);
                path.leave();
            }
        }
        _ => found.add(|| path.clone()),
    }
}

/// The elements of the page that findings about a document lead to.
pub struct Anchors<'a> {
    document: &'a Document,
    is_shown: HashMap<Path, bool>,
}

impl<'a> Anchors<'a> {
    /// The elements of the page for `document`.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self { document, is_shown: HashMap::new() }
    }

    /// The element to go to for a finding about `field`: its input, or the nearest thing around it that the page shows with an
    /// `id`. Every object and list of the form has one.
    pub fn of(&mut self, field: &Path) -> Path {
        let mut path = field.clone();
        while !self.is_shown(&path) {
            match path.parent() {
                Some(parent) => path = parent,
                None => return self.document.pod_spec(),
            }
        }
        path
    }

    /// Remembers the answer: whether an input can show a map of thousands is nothing to find out for each of its keys.
    fn is_shown(&mut self, path: &Path) -> bool {
        if let Some(known) = self.is_shown.get(path) {
            return *known;
        }
        let is_shown = match input_at(self.document, path) {
            Some(input) => self.document.get(path).is_none_or(|value| input.fits(value)),
            None => is_section(self.document, path),
        };
        self.is_shown.insert(path.clone(), is_shown);
        is_shown
    }
}

/// Cards and lists carry an `id` too: items that exist, and the lists they belong to.
fn is_section(document: &Document, path: &Path) -> bool {
    const LISTS: [&str; 6] = ["initContainers", "containers", "volumes", "volumeMounts", "env", "ports"];
    match path.last() {
        Some(Segment::Index(_)) => document.get(path).is_some() && path.parent().is_some_and(|list| is_section(document, &list)),
        Some(Segment::Field(name)) => LISTS.contains(&name.as_str()) && owner_exists(document, path),
        _ => false,
    }
}

fn owner_exists(document: &Document, list: &Path) -> bool {
    list.parent().is_some_and(|owner| owner == document.pod_spec() || is_section(document, &owner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::explained::{Fields, address_of};
    use kube_dry_run::Schema;
    use kube_dry_run::kinds::KINDS;
    use serde_json::json;

    fn document(value: Value) -> Document {
        Document::try_from(value).unwrap()
    }

    #[test]
    fn keeps_the_largest_whole_parts_that_have_no_input() {
        let pod = document(json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "finalizers": ["x"]},
            "spec": {
                "initContainers": [{"name": "i", "restartPolicy": "Always"}, {"name": "j", "restartPolicy": "Never"}],
                "containers": [{"name": "c", "livenessProbe": {"exec": {}}, "args": {"not": "a list"}}, 7],
                "volumes": [{"name": "v", "configMap": {"name": "c"}}]
            }
        }));
        let kept: Vec<String> = kept(&pod).paths.iter().map(ToString::to_string).collect();
        assert_eq!(
            kept,
            [
                "metadata.finalizers",
                "spec.initContainers[1].restartPolicy",
                "spec.containers[0].livenessProbe",
                "spec.containers[0].args",
                "spec.containers[1]",
                "spec.volumes[0].configMap"
            ]
        );
    }

    /// True if `input` writes values of the type that `schema` is.
    fn is_for(input: Input, schema: &Schema) -> bool {
        match input {
            Input::Text | Input::LongText => matches!(schema, Schema::Text | Schema::Quantity),
            Input::Memory => *schema == Schema::Text,
            Input::Integer => *schema == Schema::Integer,
            Input::Flag => *schema == Schema::Boolean,
            Input::Lines => matches!(schema, Schema::List(item) if **item == Schema::Text),
            Input::Pairs => matches!(schema, Schema::Map(value) if **value == Schema::Text),
        }
    }

    fn check(shape: &Shape, schema: &Schema, path: &Path) {
        match shape {
            Shape::Input(input) => assert!(is_for(*input, schema), "{path}: {schema:?}"),
            Elsewhere(_) => assert_eq!(*schema, Schema::Text, "{path}"),
            List(item) => {
                assert!(matches!(schema, Schema::List(_)), "{path}");
                check(item, schema.at(&Path::root().index(0)).unwrap(), &path.index(0));
            }
            Object(fields) => {
                for (name, shape) in *fields {
                    let schema = schema.at(&Path::root().then(Segment::Field((*name).into())));
                    check(shape, schema.unwrap_or_else(|| panic!("{path} has no {name}")), &path.entry(*name));
                }
            }
        }
    }

    #[test]
    fn inputs_are_for_the_types_of_the_api() {
        for kind in &KINDS {
            let document = document(json!({"kind": kind.name}));
            check(Shape::of(&document), &kind.schema, &Path::root());
        }
    }

    /// Every place of `shape` that a person can change or sees, with an index for each list.
    fn fields(shape: &Shape, path: &Path) -> Vec<Path> {
        match shape {
            Shape::Input(_) | Elsewhere(_) => vec![path.clone()],
            List(item) => fields(item, &path.index(0)),
            Object(inside) => inside.iter().flat_map(|(name, shape)| fields(shape, &path.entry(*name))).collect(),
        }
    }

    #[test]
    fn every_field_of_the_form_is_explained() {
        for kind in &KINDS {
            let document = document(json!({"kind": kind.name}));
            let fields = fields(Shape::of(&document), &Path::root());
            assert!(fields.len() > 50, "{}", kind.name);
            for path in fields {
                let explanation = kube_explain::explain_field(kind, &path).unwrap();
                assert!(explanation.used_for.is_some(), "{} {path}", kind.name);
                assert_eq!(Fields::of(&document).address(&path), address_of(&explanation.link));
            }
        }
    }

    #[test]
    fn knows_the_inputs_of_every_kind() {
        let job = document(json!({"kind": "Job", "spec": {"template": {"spec": {}}}}));
        let at = |text: &str| input_at(&job, &text.parse().unwrap());
        assert_eq!(at("metadata.name"), Some(Input::Text));
        assert_eq!(at("spec.template.spec.containers[3].args"), Some(Input::Lines));
        assert_eq!(at("spec.containers[0].name"), None);
        assert_eq!(at("kind"), None);
    }

    #[test]
    fn a_finding_leads_to_what_the_page_shows() {
        let pod = document(json!({"kind": "Pod", "spec": {"containers": [{"volumeMounts": [{}]}], "volumes": [{}]}}));
        for (field, expected) in [
            ("spec.containers[0].image", "spec.containers[0].image"),
            ("spec.containers[0].volumeMounts[0].mountPropagation", "spec.containers[0].volumeMounts[0]"),
            ("spec.containers[0].livenessProbe.exec", "spec.containers[0]"),
            ("spec.containers[0].resources.limits[cpu]", "spec.containers[0].resources.limits[cpu]"),
            ("spec.containers[0].resources.limits[gpu]", "spec.containers[0]"),
            ("spec.containers", "spec.containers"),
            ("spec.affinity", "spec"),
            ("", "spec"),
        ] {
            assert_eq!(Anchors::new(&pod).of(&field.parse().unwrap()).to_string(), expected, "{field}");
        }
    }
}

//! How much of everything a document has.

use std::ops::RangeInclusive;

use kube_dry_run::yaml;
use podweave::document::{File, link};
use serde_json::{Map, Value, json};

use super::chance::Chance;

/// What texts are made of: plain, escaped in HTML, in JSON, in YAML, or of several bytes.
pub(super) const CHARACTERS: [&str; 12] = ["x", "\"", "&", "<", "'", "\\", "\n", "a\n", "\u{1}", "é", "😀", "|\n  \n"];

const KINDS: [&str; 5] = ["Pod", "Deployment", "StatefulSet", "CronJob", "Other"];

/// How much of everything a document has.
#[derive(Clone, Debug)]
pub(super) struct Recipe(Vec<u32>);

/// The parts of a recipe.
const PARTS: [(&str, RangeInclusive<u32>, u32); 20] = [
    ("kind", 0..=4, 0),
    ("containers", 0..=30_000, 2),
    ("init containers", 0..=30_000, 0),
    ("mounts", 0..=30_000, 2),
    ("variables", 0..=30_000, 1),
    ("ports", 0..=30_000, 1),
    ("volumes", 0..=30_000, 2),
    ("labels", 0..=30_000, 1),
    ("arguments", 0..=30_000, 1),
    ("kept fields", 0..=3_000, 1),
    ("depth", 0..=110, 1),
    ("characters", 0..=11, 0),
    ("length of names", 0..=260_000, 4),
    ("length of values", 0..=260_000, 4),
    ("length of keys", 0..=260_000, 4),
    ("length of what is typed", 1..=380_000, 1000),
    ("volumes have one name", 0..=1, 0),
    ("style", 0..=3, 0),
    ("documents", 0..=60_000, 0),
    ("comments", 0..=60_000, 0),
];

impl Recipe {
    pub(super) fn plain() -> Self {
        Self(PARTS.iter().map(|(_, _, usual)| *usual).collect())
    }

    /// The parts that differ from those of a plain document, in words.
    pub(super) fn unusual(&self) -> String {
        let parts = PARTS.iter().zip(&self.0).filter(|((_, _, usual), part)| usual != *part);
        parts.map(|((name, ..), part)| format!("{name} {part}")).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn part(&self, name: &str) -> usize {
        let at = PARTS.iter().position(|(part, ..)| *part == name).unwrap();
        self.0[at] as usize
    }

    /// Another recipe: some parts of this one doubled, halved, or taken anew.
    pub(super) fn changed(&self, chance: &mut Chance) -> Self {
        let mut parts = self.0.clone();
        for _ in 0..=chance.below(2) {
            let at = chance.below(PARTS.len());
            let range = &PARTS[at].1;
            let value = match chance.below(4) {
                0 => parts[at].saturating_mul(4).max(4),
                1 => parts[at] / 2,
                2 => parts[at].saturating_add(1),
                _ => u32::try_from(chance.below(range.clone().count())).unwrap(),
            };
            parts[at] = value.clamp(*range.start(), *range.end());
        }
        Self(parts)
    }

    /// The link with the document, of which parts are made smaller until it fits.
    pub(super) fn code(&self) -> String {
        let mut recipe = self.clone();
        loop {
            if recipe.estimate() < 4 * link::MAX_DOCUMENT_BYTES
                && let Some(code) = recipe.encoded()
            {
                return code;
            }
            let largest = (1..recipe.0.len())
                .filter(|at| !["length of what is typed", "style"].contains(&PARTS[*at].0))
                .max_by_key(|at| recipe.0[*at])
                .unwrap();
            recipe.0[largest] /= 2;
        }
    }

    /// A link of the first version for the first style, else one with a text: in blocks, in one line, or with an alias for each
    /// container.
    fn encoded(&self) -> Option<String> {
        let document = self.document();
        let code = match self.part("style") {
            0 => link::v1::encode(&document).ok()?,
            style => link::v2::encode(&self.text(style, document)).ok()?,
        };
        File::open(link::decode(&code).ok()?, None).ok().map(|_| code)
    }

    fn text(&self, style: usize, document: Value) -> String {
        let text = match style {
            1 => yaml::write(&document).text,
            2 => document.to_string(),
            _ => with_aliases(document),
        };
        let comments = "# a\n".repeat(self.part("comments"));
        let documents = "\n---\nkind: Pod\n".repeat(self.part("documents"));
        format!("{comments}{text}{documents}")
    }

    /// About as many bytes the document would have.
    fn estimate(&self) -> usize {
        let [names, values, keys] = ["names", "values", "keys"].map(|kind| self.part(&format!("length of {kind}")));
        let rows =
            self.part("mounts") * (names + values) + self.part("variables") * (names + values) + self.part("ports") * names;
        let kept = self.part("kept fields") * (keys + values + 8 * self.part("depth"));
        let container = rows + kept + self.part("arguments") * values + names + values;
        (self.part("containers") + self.part("init containers")) * container
            + self.part("volumes") * names
            + self.part("labels") * (keys + values)
    }

    fn document(&self) -> Value {
        let character = CHARACTERS[self.part("characters")];
        let text = |kind: &str| character.repeat(self.part(&format!("length of {kind}")) / character.len());
        let [name, value, key] = ["names", "values", "keys"].map(text);
        let numbered = |part: &str, item: &dyn Fn(usize) -> Value| -> Value { (0..self.part(part)).map(item).collect() };
        let map = |part: &str, value: &Value| -> Map<String, Value> {
            (0..self.part(part)).map(|number| (format!("{key}{number}"), value.clone())).collect()
        };
        let volume =
            |number: usize| if self.part("volumes have one name") == 1 { name.clone() } else { format!("{name}{number}") };
        let nested = (0..self.part("depth")).fold(json!(value), |inside, _| json!([inside]));
        let mut container = map("kept fields", &nested);
        let count = self.part("volumes").max(1);
        container.extend([
            ("name".to_owned(), json!(name)),
            ("image".to_owned(), json!(value)),
            ("args".to_owned(), numbered("arguments", &|_| json!(value))),
            ("env".to_owned(), numbered("variables", &|_| json!({"name": name, "value": value}))),
            ("ports".to_owned(), numbered("ports", &|_| json!({"name": name}))),
            (
                "volumeMounts".to_owned(),
                numbered("mounts", &|number| json!({"name": volume(number % count), "mountPath": value})),
            ),
        ]);
        let spec = json!({
            "initContainers": vec![Value::Object(container.clone()); self.part("init containers")],
            "containers": vec![Value::Object(container); self.part("containers")],
            "volumes": numbered("volumes", &|number| json!({"name": volume(number), "emptyDir": {}})),
        });
        let metadata = json!({"name": name, "labels": map("labels", &json!(value))});
        let template = json!({"template": {"metadata": metadata, "spec": spec}});
        let kind = KINDS[self.part("kind")];
        let (version, spec) = match kind {
            "Deployment" | "StatefulSet" => ("apps/v1", template),
            "CronJob" => ("batch/v1", json!({"jobTemplate": {"spec": template}})),
            _ => ("v1", spec),
        };
        json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec})
    }

    /// A document with other values.
    pub(super) fn earlier(&self) -> Self {
        let mut earlier = self.clone();
        let at = PARTS.iter().position(|(part, ..)| *part == "length of values").unwrap();
        earlier.0[at] ^= 4;
        earlier
    }
}

/// `document` as a text that names its containers once.
fn with_aliases(mut document: Value) -> String {
    let Some(containers) = document.pointer_mut("/spec/containers").and_then(Value::as_array_mut) else {
        return document.to_string();
    };
    let Some(first) = containers.first().map(Value::to_string) else { return document.to_string() };
    let count = containers.len();
    *containers = vec![json!("@containers")];
    document.to_string().replace("\"@containers\"", &format!("&c {first}{}", ", *c ".repeat(count - 1)))
}

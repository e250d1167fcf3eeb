//! Looks for links and forms that cost the server most: bytes of an answer, processor time, memory.
//!
//! A hill is climbed for every kind of request: a recipe for a document changes at random, and the dearest is kept. A short climb
//! is part of every test run and asserts the limit of an answer. For a long one, with the figures of `docs/LIMITS.md`:
//!
//! ```sh
//! PODWEAVE_SEARCH=2000 cargo test --release --test hostile -- --ignored --nocapture search
//! ```

mod texts;

use std::fs;
use std::ops::RangeInclusive;

use kube_dry_run::yaml;
use podweave::document::{File, link};
use podweave::web::budget::MAX_PAGE_BYTES;
use serde_json::{Map, Value, json};

use crate::client::{Answer, form_request, get, send};

/// How many steps a short climb has.
const SHORT: usize = 3;

/// What texts are made of: plain, escaped in HTML, in JSON, in YAML, or of several bytes.
const CHARACTERS: [&str; 12] = ["x", "\"", "&", "<", "'", "\\", "\n", "a\n", "\u{1}", "é", "😀", "|\n  \n"];
const KINDS: [&str; 5] = ["Pod", "Deployment", "StatefulSet", "CronJob", "Other"];

/// A kind of request, and what is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Request {
    Page,
    Yaml,
    Json,
    Svg,
    /// A form in which one field is filled with as much text as fits.
    Form(&'static str),
    /// A form with a hundred buttons pressed.
    Edits(&'static str),
    /// The same of a page that shows just this document: both pages are drawn, and what differs is sent.
    Live(&'static str),
    /// What is typed in the place of the form's fields.
    Text,
    Png,
    /// The page with what has changed since it was a document with other values, and that as a file.
    Since,
    Diff,
    /// The page with what would happen.
    WhatIf(&'static str),
}

const REQUESTS: [Request; 20] = [
    Request::Page,
    Request::Yaml,
    Request::Json,
    Request::Svg,
    Request::Form("spec.volumes[0].name"),
    Request::Form("metadata.labels"),
    Request::Form("spec.containers[0].args"),
    Request::Form("spec.containers[0].volumeMounts[0].mountPath"),
    Request::Edits("duplicate spec.containers[0]"),
    Request::Edits("add spec.containers[0].volumeMounts"),
    Request::Edits("remove spec.volumes[0]"),
    Request::Edits("share spec.volumes[0] spec.containers[0]"),
    Request::Live("add spec.containers"),
    Request::Live("duplicate spec.containers[0]"),
    Request::Text,
    Request::Png,
    Request::Since,
    Request::Diff,
    Request::WhatIf("deleted"),
    Request::WhatIf("crash:xxxx"),
];

/// What an answer cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    sent: usize,
    bytes: usize,
    milliseconds: u64,
    mebibytes: u64,
}

/// How much of everything a document has.
#[derive(Clone, Debug)]
struct Recipe(Vec<u32>);

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
    fn plain() -> Self {
        Self(PARTS.iter().map(|(_, _, usual)| *usual).collect())
    }

    fn part(&self, name: &str) -> usize {
        let at = PARTS.iter().position(|(part, ..)| *part == name).unwrap();
        self.0[at] as usize
    }

    /// Another recipe: some parts of this one doubled, halved, or taken anew.
    fn changed(&self, chance: &mut Chance) -> Self {
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
    fn code(&self) -> String {
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

    /// Where `request` goes to.
    fn address(&self, request: Request) -> String {
        let page = format!("/p/{}", self.code());
        match request {
            Request::Yaml => page + ".yaml",
            Request::Json => page + ".json",
            Request::Svg => page + ".svg",
            Request::Png => page + ".png",
            Request::Since => format!("{page}?since={}", self.earlier().code()),
            Request::Diff => format!("{page}.diff?since={}", self.earlier().code()),
            Request::WhatIf(event) => {
                format!("{page}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("what", event).finish())
            }
            _ => page,
        }
    }

    /// A document with other values.
    fn earlier(&self) -> Self {
        let mut earlier = self.clone();
        let at = PARTS.iter().position(|(part, ..)| *part == "length of values").unwrap();
        earlier.0[at] ^= 4;
        earlier
    }

    /// The answer to `request` for this document, and what it cost.
    async fn cost(&self, request: Request) -> Cost {
        let page = self.address(request);
        let character = CHARACTERS[self.part("characters")];
        let typed = character.repeat(self.part("length of what is typed") / character.len());
        let form = |pairs: Vec<(&str, &str)>| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let body = match request {
            Request::Form(field) => form(vec![(field, &typed)]),
            Request::Edits(edit) => form(vec![("edit", edit); 100]),
            Request::Live(edit) => form(vec![("edit", edit)]),
            Request::Text => form(vec![("text", &typed)]),
            _ => String::new(),
        };
        let basis = if matches!(request, Request::Live(_)) { basis().await } else { "1".to_owned() };
        let sent = page.len() + body.len();
        forget_peak();
        let (memory, time) = (peak(), processor_time());
        let answer = match request {
            Request::Form(_) | Request::Edits(_) | Request::Live(_) | Request::Text => {
                send(form_request(&page).header("podweave-live", basis), body).await
            }
            _ => get(&page).await,
        };
        let Answer { status, body, .. } = answer;
        assert!(matches!(status.as_u16(), 200 | 413 | 422), "{request:?}: {status} for {self:?}");
        assert!(body.len() <= MAX_PAGE_BYTES, "{request:?}: {} bytes for {self:?}", body.len());
        Cost { sent, bytes: body.len(), milliseconds: processor_time() - time, mebibytes: peak().saturating_sub(memory) >> 10 }
    }
}

/// By what a live form says that its page shows just its document.
async fn basis() -> String {
    let page = get(&format!("/p/{}", Recipe::plain().code())).await;
    let page = String::from_utf8(page.body).unwrap();
    let (_, behind) = page.split_once("data-basis=\"").unwrap();
    behind.split('"').next().unwrap().to_owned()
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

/// What a climb looks for.
#[derive(Clone, Copy, Debug)]
enum Aim {
    Bytes,
    Time,
    Memory,
}

impl Aim {
    fn of(self, cost: Cost) -> u64 {
        match self {
            Self::Bytes => cost.bytes as u64,
            Self::Time => cost.milliseconds,
            Self::Memory => cost.mebibytes,
        }
    }
}

/// The dearest of `steps` recipes for `request`.
async fn climb(request: Request, aim: Aim, steps: usize) -> (Recipe, Cost) {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut best = Recipe::plain();
    let mut dearest = best.cost(request).await;
    for _ in 0..steps {
        let candidate = best.changed(&mut chance);
        let cost = candidate.cost(request).await;
        if aim.of(cost) >= aim.of(dearest) {
            (best, dearest) = (candidate, cost);
        }
    }
    (best, dearest)
}

#[tokio::test(start_paused = true)]
async fn no_answer_of_a_short_search_is_too_large() {
    for request in REQUESTS {
        climb(request, Aim::Bytes, SHORT).await;
    }
}

#[ignore = "takes minutes; for the figures of docs/LIMITS.md"]
#[tokio::test(start_paused = true)]
#[expect(clippy::print_stdout, reason = "the figures are what the search is for")]
async fn long_search() {
    let steps = std::env::var("PODWEAVE_SEARCH").ok().and_then(|steps| steps.parse().ok()).unwrap_or(200);
    for (request, aim) in REQUESTS.into_iter().flat_map(|request| [(request, Aim::Bytes), (request, Aim::Time)]) {
        let (recipe, cost) = climb(request, aim, steps).await;
        let parts = PARTS.iter().zip(&recipe.0).filter(|((_, _, usual), part)| usual != *part);
        let parts: Vec<String> = parts.map(|((name, ..), part)| format!("{name} {part}")).collect();
        println!(
            "{request:?} {aim:?}: {} bytes in, {} out, {} ms, +{} MiB: {}",
            cost.sent,
            cost.bytes,
            cost.milliseconds,
            cost.mebibytes,
            parts.join(", ")
        );
    }
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % bound.max(1)
    }
}

/// The processor time of this process and of the programs that it has waited for in milliseconds, as Linux counts it in hundredths of a second; else zero.
fn processor_time() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    (11..15).map(ticks).sum::<u64>() * 10
}

/// The most memory that this process has had, in KiB, where Linux tells it; else zero.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or_default()
}

/// Lets [`peak`] begin anew.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

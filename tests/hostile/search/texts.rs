//! Looks for texts that cost most to check, to open, and on the command line.
//!
//! ```sh
//! PODWEAVE_SEARCH=300 cargo test --release --test hostile -- --ignored --nocapture long_search_of_texts
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::process::{Command, Stdio};

use podweave::web::budget::MAX_PAGE_BYTES;

use super::chance::Chance;
use super::meter::{forget_peak, peak, processor_time};
use super::{Aim, Cost};
use crate::client::post_manifest;

/// How many steps a short climb has, and how large its texts are at most.
const SHORT: (usize, usize) = (2, 128 << 10);

/// The largest text, with what a form has around it.
const MAX_BYTES: usize = (4 << 20) - 1024;

/// The most that the command line writes of a file, whatever the format.
const MAX_WRITTEN: usize = 16 << 20;

/// What is done with a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Use {
    Page(&'static str),
    Program(&'static [&'static str]),
}

const USES: [Use; 8] = [
    Use::Page("/check"),
    Use::Page("/"),
    Use::Program(&["validate"]),
    Use::Program(&["validate", "-o", "json"]),
    Use::Program(&["validate", "-o", "sarif"]),
    Use::Program(&["render"]),
    Use::Program(&["render", "-o", "json"]),
    Use::Program(&["link"]),
];

/// What a document begins with; the items of a list, or the entries of a map, follow inside of brackets.
const LISTS: [(&str, &str); 31] = [
    ("", ""),
    ("a: ", ""),
    ("apiVersion: v1\nkind: List\nitems: ", ""),
    ("apiVersion: v1\nkind: Pod\nmetadata: {name: NAME, labels: ", "}\nspec: {containers: [{name: a, image: a}]}"),
    ("apiVersion: v1\nkind: Pod\nmetadata: {name: NAME, annotations: ", "}\nspec: {containers: [{name: a, image: a}]}"),
    ("apiVersion: v1\nkind: Pod\nmetadata: {name: a, ownerReferences: ", "}\nspec: {containers: [{name: a, image: a}]}"),
    ("apiVersion: v1\nkind: Pod\nmetadata: {name: a, finalizers: ", "}\nspec: {containers: [{name: a, image: a}]}"),
    ("apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: ", "}"),
    ("POD, initContainers: ", "}"),
    ("POD, initContainers: ", ", resources: {limits: {cpu: 1}}}"),
    ("POD, ephemeralContainers: ", "}"),
    ("POD, volumes: ", "}"),
    ("POD, volumes: [{name: NAME, projected: {sources: ", "}}]}"),
    ("POD, volumes: [{name: a, configMap: {name: NAME, items: ", "}}]}"),
    ("POD, tolerations: ", "}"),
    ("POD, topologySpreadConstraints: ", "}"),
    ("POD, affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: ", "}}}"),
    ("POD, affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: ", "}}}"),
    ("POD, hostAliases: ", "}"),
    ("POD, imagePullSecrets: ", "}"),
    ("POD, readinessGates: ", "}"),
    ("POD, securityContext: {sysctls: ", "}}"),
    ("POD, resourceClaims: ", "}"),
    ("POD, nodeSelector: ", "}"),
    ("POD, dnsConfig: {searches: ", "}}"),
    ("CONTAINER, env: ", "}]}"),
    ("CONTAINER, ports: ", "}]}"),
    ("CONTAINER, volumeMounts: ", "}]}"),
    ("CONTAINER, resources: {limits: ", "}}]}"),
    ("SET, volumeClaimTemplates: ", "}"),
    ("JOB, podFailurePolicy: {rules: ", "}}"),
];

/// Items; a `#` becomes the number of the item, `KEY`, `NAME` and `VALUE` long words.
const ITEMS: [&str; 40] = [
    "~",
    "[]",
    "{}",
    "1",
    "x",
    "\"\"",
    "#",
    "VALUE",
    "{name: a}",
    "{name: c#}",
    "{name: c#, image: a}",
    "{name: VALUE}",
    "{KEY: 1}",
    "{KEY#: VALUE}",
    "{a: 1, a: 2}",
    "{name: v#, emptyDir: {}}",
    "{name: v#, ephemeral: {}}",
    "{name: v#, iscsi: {iqn: VALUE}}",
    "{name: v#, mountPath: /#}",
    "{name: v, mountPath: VALUE}",
    "{containerPort: 80}",
    "{containerPort: 80, hostPort: #}",
    "{containerPort: 80, hostPort: 80, hostIP: \"#\"}",
    "{name: VALUE, containerPort: 80}",
    "{configMap: {name: c, items: [{key: k, path: VALUE}]}}",
    "{key: k, path: p/#}",
    "{key: k, path: VALUE/#}",
    "{maxSkew: 1, topologyKey: k#, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}, matchLabelKeys: [k]}",
    "{topologyKey: a, labelSelector: {matchExpressions: [{key: VALUE, operator: In, values: [a, VALUE]}]}}",
    "{weight: 1, preference: {matchExpressions: [{key: beta.kubernetes.io/os, operator: In, values: [VALUE]}]}}",
    "{ip: 010.0.0.1, hostnames: [VALUE]}",
    "{apiVersion: v1, kind: VALUE, name: a, uid: u, controller: true}",
    "{onExitCodes: {containerName: VALUE, operator: In, values: [#]}}",
    "{name: c#, restartPolicy: Always, resources: {limits: {a.b/r#: 1}}}",
    "{metadata: {name: c#}, spec: {accessModes: [VALUE], resources: {requests: {storage: 1500m}}}}",
    "KEY: VALUE",
    "KEY#: VALUE",
    "k#: VALUE",
    "a.b/r#: 1",
    "container.apparmor.security.beta.kubernetes.io/a#: unconfined",
];

/// What long words are made of.
const CHARACTERS: [&str; 18] = [
    "x",
    "X",
    "&",
    "<",
    "'",
    "/",
    "a/",
    ".",
    "iqn.2001-04.a",
    "\\e",
    "\\x9b",
    "\\\\",
    "\\u0001",
    "é",
    "😀",
    "\\U000e0001",
    "]",
    " ",
];

/// What documents have between them, and lines before them.
const FILLERS: [&str; 8] = ["", "# c\n", "\n", "  \n", "x:\ty\n", "k: |\n  a\n\n", "\u{85}", "<<: {a: 1}\n"];

/// The parts of a recipe: name, range, usual value.
const PARTS: [(&str, RangeInclusive<u32>, u32); 13] = [
    ("list", 0..=30, 7),
    ("item", 0..=39, 10),
    ("items", 0..=1_400_000, 2),
    ("aliases of the list", 0..=100_000, 0),
    ("aliases of these", 0..=1_000, 0),
    ("documents", 1..=400_000, 1),
    ("depth", 0..=101, 0),
    ("characters", 0..=17, 0),
    ("length of names", 0..=4_000_000, 2),
    ("length of values", 0..=4_000_000, 2),
    ("length of keys", 0..=4_000_000, 2),
    ("filler", 0..=7, 0),
    ("fillers", 0..=2_000_000, 0),
];

#[derive(Clone, Debug)]
struct Recipe(Vec<u32>);

impl Recipe {
    fn plain(list: u32, item: u32) -> Self {
        let mut parts: Vec<_> = PARTS.iter().map(|(_, _, usual)| *usual).collect();
        (parts[0], parts[1]) = (list, item);
        Self(parts)
    }

    fn part(&self, name: &str) -> usize {
        let at = PARTS.iter().position(|(part, ..)| *part == name).unwrap();
        self.0[at] as usize
    }

    /// Another recipe: some parts of this one grown, halved, or taken anew.
    fn changed(&self, chance: &mut Chance) -> Self {
        let mut parts = self.0.clone();
        for _ in 0..=chance.below(3) {
            let at = chance.below(PARTS.len());
            let range = &PARTS[at].1;
            let value = match chance.below(6) {
                0 => parts[at].saturating_mul(8).max(8),
                1 => parts[at].saturating_mul(2).max(2),
                2 => parts[at] / 2,
                3 => parts[at].saturating_add(1),
                _ => u32::try_from(chance.below(range.clone().count())).unwrap(),
            };
            parts[at] = value.clamp(*range.start(), *range.end());
        }
        Self(parts)
    }

    /// The text, of which parts are made smaller until it is at most `largest` bytes long.
    fn text(&self, largest: usize) -> String {
        let mut recipe = self.clone();
        loop {
            if recipe.estimate() <= 2 * largest {
                let text = recipe.write();
                if text.len() <= largest {
                    return text;
                }
            }
            let growing = [2, 3, 4, 5, 8, 9, 10, 12];
            let widest = growing.into_iter().max_by_key(|at| recipe.0[*at]).unwrap();
            recipe.0[widest] = recipe.0[widest] * 3 / 4;
        }
    }

    /// About as many bytes the text would have.
    fn estimate(&self) -> usize {
        let character = CHARACTERS[self.part("characters")].len();
        let words = |word: &str, length: &str| {
            let count = ITEMS[self.part("item")].matches(word).count();
            count * self.part(length).next_multiple_of(character)
        };
        let item = ITEMS[self.part("item")].len() + words("KEY", "length of keys") + words("VALUE", "length of values");
        let list = self.part("items") * item + 4 * self.part("aliases of the list") + 4 * self.part("aliases of these");
        let fillers = self.part("fillers") * FILLERS[self.part("filler")].len();
        self.part("documents") * (list + fillers + self.part("length of names") + 60)
    }

    fn write(&self) -> String {
        let character = CHARACTERS[self.part("characters")];
        let word = |length: &str| character.repeat(self.part(length) / character.len());
        let [name, value, key] = ["length of names", "length of values", "length of keys"].map(|length| quoted(&word(length)));
        let (before, after) = LISTS[self.part("list")];
        let item = ITEMS[self.part("item")].replace("KEY", &format!("? {key}")).replace("VALUE", &value).replace("NAME", &name);
        let is_map = item.contains(": ") && !item.starts_with('{');
        let (open, close) = if is_map { ('{', '}') } else { ('[', ']') };
        let mut list = String::new();
        let (lists, further) = (self.part("aliases of the list"), self.part("aliases of these"));
        let anchor = |name: &str, count: usize| if count > 0 { format!("&{name} ") } else { String::new() };
        let _ = write!(list, "{}{open}", anchor("l", lists));
        for number in 0..self.part("items") {
            let _ = write!(list, "{},", item.replace('#', &number.to_string()));
        }
        list.push(close);
        if lists > 0 {
            list = format!("{}[{list}{}]", anchor("m", further), ",*l".repeat(lists));
        }
        if further > 0 {
            list = format!("[{list}{}]", ",*m".repeat(further));
        }
        let depth = self.part("depth");
        let list = format!("{}{list}{}", "[".repeat(depth), "]".repeat(depth));
        let fillers = FILLERS[self.part("filler")].repeat(self.part("fillers"));
        let document = format!("{fillers}{before}{list}{after}\n")
            .replace("CONTAINER", "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: [{name: a, image: a")
            .replace("POD", "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME, labels: {k: VALUE}}\nspec: {containers: [{name: a, image: a}]")
            .replace("SET", "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec: {serviceName: a, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}")
            .replace("JOB", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}")
            .replace("NAME", &name)
            .replace("VALUE", &value);
        vec![document; self.part("documents")].join("---\n")
    }

    /// What it costs to use the text.
    async fn cost(&self, usage: Use, largest: usize) -> Cost {
        let text = self.text(largest);
        match usage {
            Use::Page(path) => {
                forget_peak();
                let (memory, time) = (peak(), processor_time());
                let answer = post_manifest(path, text.as_bytes(), b"").await;
                assert!(matches!(answer.status.as_u16(), 200 | 303 | 422), "{usage:?}: {} for {self:?}", answer.status);
                assert!(answer.body.len() <= MAX_PAGE_BYTES, "{usage:?}: {} bytes for {self:?}", answer.body.len());
                Cost {
                    sent: text.len(),
                    bytes: answer.body.len(),
                    milliseconds: processor_time() - time,
                    mebibytes: peak().saturating_sub(memory) >> 10,
                }
            }
            Use::Program(arguments) => {
                let mut program = Command::new(env!("CARGO_BIN_EXE_podweave"));
                program.args(arguments).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
                let mut child = program.spawn().unwrap();
                // A program that has seen enough closes its input.
                let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
                let time = processor_time();
                let output = child.wait_with_output().unwrap();
                assert!(matches!(output.status.code(), Some(0..=2)), "{usage:?}: {} for {self:?}", output.status);
                let most = if arguments[0] == "render" { 2 * MAX_WRITTEN } else { MAX_WRITTEN };
                assert!(output.stdout.len() <= most, "{usage:?}: {} bytes for {self:?}", output.stdout.len());
                Cost { sent: text.len(), bytes: output.stdout.len(), milliseconds: processor_time() - time, mebibytes: 0 }
            }
        }
    }
}

/// A word in double quotes, in which the escapes stand.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.trim_end_matches('\\'))
}

/// The dearest of `steps` recipes, from a list and an item on.
async fn climb(usage: Use, aim: Aim, (steps, largest): (usize, usize), chance: &mut Chance) -> (Recipe, Cost) {
    let start = |chance: &mut Chance| {
        let [list, item] = [LISTS.len(), ITEMS.len()].map(|count| u32::try_from(chance.below(count)).unwrap());
        Recipe::plain(list, item)
    };
    let mut best = start(chance);
    let mut dearest = best.cost(usage, largest).await;
    for step in 0..steps {
        let candidate = if step % 5 == 0 { start(chance).changed(chance) } else { best.changed(chance) };
        let cost = candidate.cost(usage, largest).await;
        if aim.of(cost) >= aim.of(dearest) {
            (best, dearest) = (candidate, cost);
        }
    }
    (best, dearest)
}

#[tokio::test(start_paused = true)]
async fn no_answer_to_a_text_of_a_short_search_is_too_large() {
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    for usage in USES {
        climb(usage, Aim::Bytes, SHORT, &mut chance).await;
    }
}

#[ignore = "takes minutes; for the figures of docs/LIMITS.md"]
#[tokio::test(start_paused = true)]
#[expect(clippy::print_stdout, reason = "the figures are what the search is for")]
async fn long_search_of_texts() {
    let number = |name: &str, usual: usize| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let steps = number("PODWEAVE_SEARCH", 100);
    let mut chance = Chance(number("PODWEAVE_SEED", 1) as u64 * 0x9e37_79b9_7f4a_7c15);
    for usage in USES {
        let aims =
            if matches!(usage, Use::Page(_)) { &[Aim::Bytes, Aim::Time, Aim::Memory][..] } else { &[Aim::Bytes, Aim::Time] };
        for aim in aims {
            let (recipe, cost) = climb(usage, *aim, (steps, MAX_BYTES), &mut chance).await;
            let parts = PARTS.iter().zip(&recipe.0).filter(|((_, _, usual), part)| usual != *part);
            let parts: Vec<String> = parts.map(|((name, ..), part)| format!("{name} {part}")).collect();
            println!(
                "{usage:?} {aim:?}: {} bytes in, {} out, {} ms, +{} MiB: {} in {:?}, {}",
                cost.sent,
                cost.bytes,
                cost.milliseconds,
                cost.mebibytes,
                ITEMS[recipe.part("item")],
                LISTS[recipe.part("list")].0,
                parts.join(", ")
            );
        }
    }
}

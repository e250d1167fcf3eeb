//! What a document asks not to hear.

use std::collections::{BTreeSet, HashSet};

use kube_dry_run::spelling::meant_by;
use kube_dry_run::{Path, pod_template};
use serde_json::Value;

use crate::rule::AdviceRule;
use crate::rules::{self, RULES};

/// The annotation of an object or of its Pod template that names rules, separated by commas, which are not to speak.
pub const IGNORE_ANNOTATION: &str = "podweave.dev/ignore";

/// How a comment begins that names rules, separated by commas, which are not to speak.
pub const IGNORE_COMMENT: &str = "podweave: ignore";

/// How many names of no rule are kept of a text, and how long one is.
const MAX_UNKNOWN: usize = 8;
const MAX_UNKNOWN_BYTES: usize = 64;

/// How many words that name no rule are compared with the names of all rules, to see whether one is meant.
const MAX_COMPARED: usize = 500;

/// What a document asks not to hear.
#[derive(Debug, Default)]
pub(crate) struct Silence {
    /// The rules that it names.
    rules: HashSet<&'static str>,
    /// What it names in the place of a rule.
    pub(crate) unknown: Vec<Unknown>,
    /// How many words that name no rule were looked at.
    compared: usize,
}

/// A name of no rule where one is to be silenced.
#[derive(Debug)]
pub(crate) struct Unknown {
    pub(crate) name: String,
    /// The annotation that names it; a comment stands in no field.
    pub(crate) annotation: Option<Path>,
}

impl Silence {
    /// What the annotations of `document` ask, and the comments of its `text`.
    pub(crate) fn of(document: &Value, text: &str) -> Self {
        let mut silence = Self::default();
        let template = pod_template(document).filter(|path| !path.is_root());
        for object in [Some(Path::root()), template].into_iter().flatten() {
            let place = object.entry("metadata").entry("annotations").entry(IGNORE_ANNOTATION);
            if let Some(list) = place.find(document).and_then(Value::as_str) {
                silence.add(list, Some(&place));
            }
        }
        comments(text).for_each(|list| silence.add(list, None));
        silence
    }

    /// True if `rule` is not to speak.
    pub(crate) fn is_of(&self, rule: &str) -> bool {
        self.rules.contains(rule)
    }

    fn add(&mut self, list: &str, annotation: Option<&Path>) {
        for Named { name, is_first } in named(list) {
            match rules::named(name) {
                Some(rule) => drop(self.rules.insert(rule.id())),
                // What follows the names may be the reason.
                None if self.compared < MAX_COMPARED => {
                    self.compared += 1;
                    if is_first || is_like_rule(name) {
                        self.add_unknown(name, annotation);
                    }
                }
                None => {}
            }
        }
    }

    fn add_unknown(&mut self, name: &str, annotation: Option<&Path>) {
        let is_told = self.unknown.iter().any(|unknown| unknown.name == name && unknown.annotation.as_ref() == annotation);
        if !is_told && self.unknown.len() < MAX_UNKNOWN {
            let name = name[..name.floor_char_boundary(MAX_UNKNOWN_BYTES)].to_owned();
            self.unknown.push(Unknown { name, annotation: annotation.cloned() });
        }
    }
}

/// True of what looks like the name of a rule: words with hyphens between them, or nearly one of the names.
fn is_like_rule(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let has_form = name.contains('-') && name.split('-').all(is_word);
    has_form || meant_rule(name).is_some()
}

/// The rule that `name` is probably meant to be.
pub(crate) fn meant_rule(name: &str) -> Option<&'static str> {
    let name = name.replace('_', "-");
    meant_by(&name, RULES.iter().map(AdviceRule::id))
}

/// The lists of rules in comments of `text`. A `#` inside of a quoted text is taken for a comment too, if these words follow it.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    let text = Some(text).filter(|text| text.contains(NAME)).unwrap_or_default();
    let lines = text.lines().filter(|line| line.contains(NAME));
    lines.filter_map(|line| line.match_indices('#').find_map(|(at, _)| rules_in(&line[at + 1..])))
}

/// How what silences rules begins, in comments and in annotations.
const NAME: &str = "podweave";

/// The list of rules in a comment that silences them; it may be written as the annotation is, and without the space.
fn rules_in(comment: &str) -> Option<&str> {
    let rest = comment.trim_start().strip_prefix(NAME)?;
    let rest = rest.strip_prefix(':').map(str::trim_start).or_else(|| rest.strip_prefix(".dev/"))?.strip_prefix("ignore")?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    rest.starts_with(char::is_whitespace).then_some(rest)
}

/// The comments of `text` that silence rules, as short comments: they say to [`advise_text`](crate::advise_text) what the whole
/// text says.
#[must_use]
pub fn silencing_comment(text: &str) -> String {
    let silence = Silence::of(&Value::Null, text);
    let names: BTreeSet<&str> = silence.rules.iter().copied().collect();
    let known = (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(", "));
    let unknown = silence.unknown.into_iter().map(|unknown| unknown.name);
    let comments: Vec<_> = known.into_iter().chain(unknown).map(|names| format!("# {IGNORE_COMMENT} {names}")).collect();
    comments.join("\n")
}

/// A word where rules are named.
struct Named<'a> {
    name: &'a str,
    is_first: bool,
}

fn named(list: &str) -> impl Iterator<Item = Named<'_>> {
    let words = list.split(|character: char| character == ',' || character.is_whitespace()).filter(|name| !name.is_empty());
    // A colon stands between the names and the reason.
    let names = words.map(|word| word.trim_end_matches(':')).filter(|name| !name.is_empty());
    names.enumerate().map(|(position, name)| Named { name, is_first: position == 0 })
}

#[cfg(test)]
mod tests {
    use crate::{advise, advise_text};
    use serde_json::{Value, json};

    fn deployment(own: Value, of_template: Value) -> Value {
        let container = json!({"name": "a", "image": "alpine"});
        json!({"kind": "Deployment", "metadata": {"annotations": own},
            "spec": {"template": {"metadata": {"annotations": of_template}, "spec": {"containers": [container]}}}})
    }

    #[test]
    fn an_annotation_silences_rules_visibly() {
        let ignore = json!({"podweave.dev/ignore": "latest-tag, shell-exits-at-once"});
        for document in [deployment(ignore.clone(), json!(null)), deployment(json!(null), ignore)] {
            let advice = advise(&document);
            let silenced: Vec<_> = advice.silenced.iter().map(|finding| finding.rule.id()).collect();
            assert_eq!(silenced, ["shell-exits-at-once", "latest-tag"]);
            assert!(!advice.findings.iter().any(|finding| silenced.contains(&finding.rule.id())));
        }
    }

    #[test]
    fn a_comment_silences_rules_too() {
        let document = deployment(json!(null), json!(null));
        let silenced = |text: &str| advise_text(&document, text).silenced.len();
        assert_eq!(silenced("kind: Deployment # podweave: ignore latest-tag\n# podweave: ignore shell-exits-at-once"), 2);
        assert_eq!(silenced("# podweave: ignore nothing-of-this\n# latest-tag"), 0);
        for comment in [
            "#podweave:ignore latest-tag",
            "image: a#b # podweave: ignore: latest-tag",
            "# podweave.dev/ignore: latest-tag,\tother",
        ] {
            assert_eq!(silenced(comment), 1, "{comment}");
        }
        for comment in ["# podweave: ignored latest-tag", "# podweave ignore latest-tag", "podweave.dev/ignore: latest-tag"] {
            assert_eq!(silenced(comment), 0, "{comment}");
        }
    }

    #[test]
    fn what_is_no_rule_is_told_and_a_reason_is_not() {
        let unknown = |list: &str| {
            let silence = super::Silence::of(&json!(null), &format!("# podweave: ignore {list}\n"));
            silence.unknown.into_iter().map(|unknown| unknown.name).collect::<Vec<_>>()
        };
        assert_eq!(unknown("latest-tga, tail-name"), ["latest-tga"]);
        assert_eq!(unknown("tail-name no-such-rule tail_nam"), ["no-such-rule", "tail_nam"]);
        assert_eq!(unknown("all"), ["all"]);
        for list in [
            "tail-name, because the file is there",
            "tail-name -- since 2024",
            "tail-name (rotated daily)",
            "tail-name: it is there",
            "tail-name : it is there",
            "",
        ] {
            assert_eq!(unknown(list), Vec::<String>::new(), "{list}");
        }
        let reason = |words: usize| format!("tail-name, {}no-such-rule", "since ".repeat(words));
        assert_eq!(unknown(&reason(super::MAX_COMPARED - 1)), ["no-such-rule"]);
        assert_eq!(unknown(&reason(super::MAX_COMPARED)), Vec::<String>::new());
        assert_eq!(super::meant_rule("Latest_Tags"), Some("latest-tag"));
        assert_eq!(super::meant_rule("all"), None);
    }

    #[test]
    fn a_long_text_is_summed_up_in_short_comments() {
        let text = "a: b # podweave: ignore tail-name, nothing\n# podweave: ignore latest-tag\n# podweave: ignore misspelt\n";
        let comments = super::silencing_comment(&text.repeat(100));
        assert_eq!(comments, "# podweave: ignore latest-tag, tail-name\n# podweave: ignore misspelt");
        assert_eq!(super::silencing_comment(&comments), comments);
        assert_eq!(super::silencing_comment("a: b\n"), "");
        let line = |index: usize| format!("# podweave: ignore {}{index}", "x".repeat(1_000));
        let many = (0..1_000).map(line).collect::<Vec<_>>().join("\n");
        assert!(super::silencing_comment(&many).len() < 1_000);
    }
}

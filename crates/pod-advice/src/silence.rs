//! What a document asks not to hear.

use std::collections::{BTreeSet, HashSet};

use kube_dry_run::pod_template;
use serde_json::Value;

use crate::rules;

/// The annotation of an object or of its Pod template that names rules, separated by commas, which are not to speak.
pub const IGNORE_ANNOTATION: &str = "podweave.dev/ignore";

/// How a comment begins that names rules, separated by commas, which are not to speak.
pub const IGNORE_COMMENT: &str = "podweave: ignore";

/// The rules that annotations of `document` name.
pub(crate) fn by_annotations(document: &Value) -> HashSet<String> {
    let template = pod_template(document).filter(|path| !path.is_root());
    let template = template.as_ref().and_then(|path| path.find(document));
    [Some(document), template].into_iter().flatten().filter_map(annotation).flat_map(named).collect()
}

fn annotation(object: &Value) -> Option<&str> {
    object.get("metadata")?.get("annotations")?.get(IGNORE_ANNOTATION)?.as_str()
}

/// The rules that comments of `text` name. A `#` inside of a quoted text is taken for a comment too, if these words follow it.
pub(crate) fn by_comments(text: &str) -> impl Iterator<Item = String> {
    let text = Some(text).filter(|text| text.contains(NAME)).unwrap_or_default();
    let lines = text.lines().filter(|line| line.contains(NAME));
    lines.filter_map(|line| line.match_indices('#').find_map(|(at, _)| rules_in(&line[at + 1..]))).flat_map(named)
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

/// The comments of `text` that silence rules, as one short comment: it says to [`advise_text`](crate::advise_text) what the whole
/// text says.
#[must_use]
pub fn silencing_comment(text: &str) -> String {
    let names: BTreeSet<String> = by_comments(text).filter(|name| rules::named(name).is_some()).collect();
    let names: Vec<_> = names.into_iter().collect();
    if names.is_empty() { String::new() } else { format!("# {IGNORE_COMMENT} {}", names.join(", ")) }
}

fn named(list: &str) -> impl Iterator<Item = String> {
    list.split(|character: char| character == ',' || character.is_whitespace()).filter(|name| !name.is_empty()).map(str::to_owned)
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
    fn a_long_text_is_summed_up_in_one_comment() {
        let text = "a: b # podweave: ignore tail-name, nothing\n# podweave: ignore latest-tag\n# other\n".repeat(100);
        assert_eq!(super::silencing_comment(&text), "# podweave: ignore latest-tag, tail-name");
        assert_eq!(super::silencing_comment("a: b\n"), "");
    }
}

//! What a document asks not to hear.

use std::collections::HashSet;

use kube_dry_run::pod_template;
use serde_json::Value;

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
    let comments = text.lines().filter(|line| line.contains(IGNORE_COMMENT)).filter_map(|line| line.split_once('#'));
    comments.filter_map(|(_, comment)| comment.trim_start().strip_prefix(IGNORE_COMMENT)).flat_map(named)
}

fn named(list: &str) -> impl Iterator<Item = String> {
    list.split([',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned)
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
    }
}

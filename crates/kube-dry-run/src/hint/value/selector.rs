//! Selectors of workloads that do not match the labels of their template.

use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::hint::Hint;
use crate::hint::context::Context;
use crate::path::Path;
use crate::shown::shown;

/// Labels of the template that the selector does not match.
pub(super) fn no_match(finding: &Finding, context: &Context<'_>) -> Hint {
    if let Some(cause) = &finding.caused_by {
        return Hint::new(format!("This only follows: it is settled once `{}` is right and matches.", shown(cause)));
    }
    let words = "A workload finds its Pods by their labels: those of the `template` must have all that stand in the `selector`.";
    Hint::new(words).with_fix(with_labels(context))
}

/// The fix that adds the labels of the selector to the template.
fn with_labels(context: &Context<'_>) -> Option<Fix> {
    const MAX_LABELS: usize = 16;
    let selector = context.value(&Path::root().entry("spec").entry("selector"))?.as_object()?;
    let selected = selector.get("matchLabels")?.as_object()?;
    if selector.len() > 1 || selected.is_empty() || selected.len() > MAX_LABELS {
        return None;
    }
    let labels = context.pod_spec().parent()?.entry("metadata").entry("labels");
    let missing = selected.iter().filter(|(key, value)| context.value(&labels.entry(key.as_str())) != Some(value));
    let changes: Vec<_> = missing.map(|(key, value)| Change::Set(labels.entry(key), value.clone())).collect();
    (!changes.is_empty()).then(|| Fix::guess("Give the template the labels of the selector", changes))
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::fixed;
    use crate::judge;
    use serde_json::json;

    #[test]
    fn the_template_gets_the_labels_of_the_selector() {
        let template = json!({"spec": {"containers": [{"name": "c", "image": "i"}]}});
        let document = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"app": "a"}}, "template": template}});
        assert_eq!(judge(&fixed(&document)).findings, []);
    }
}

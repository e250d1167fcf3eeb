//! Placeholders that another program should have filled in.

use super::Hint;
use super::context::Context;
use crate::finding::Finding;
use crate::rule::Rule;

/// What to do about a value with a placeholder in it.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let is_of_value = matches!(finding.rule, Rule::INVALID | Rule::DECODE | Rule::NOT_SUPPORTED | Rule::NOT_FOUND);
    let written = context.string(&finding.place).filter(|_| is_of_value)?;
    if written.contains("{{") {
        return Some(Hint::new(
            "This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.",
        ));
    }
    let is_variable = written.starts_with("${") || written.starts_with("$(") || written.contains("${");
    is_variable.then(|| {
        Hint::new("This may be a placeholder that a script fills in, with `envsubst` perhaps: Kubernetes fills in nothing here.")
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{hints, with_container};
    use serde_json::json;

    #[test]
    fn placeholders_are_known() {
        let mut document = with_container(json!({"stdin": "{{ .Values.stdin }}"}));
        assert!(hints(&document)[0].starts_with("This is a Helm template"));
        document["metadata"]["name"] = json!("${NAME}");
        assert!(hints(&document)[1].starts_with("This may be a placeholder"));
    }
}

//! A finding as a result of a log.

use serde_json::{Value, json};

use super::level;
use super::rules::index_of;
use kube_dry_run::inspection::Mark;
use kube_dry_run::{Finding, Stage};

/// What is told of a finding beside the finding itself.
pub(super) struct Around<'a> {
    /// The file that it is in.
    pub(super) uri: &'a str,
    /// What stays the same when its lines move.
    pub(super) fingerprint: String,
    /// Whether the document silences it.
    pub(super) is_silenced: bool,
    /// The replacements in the file that settle it, if those are known.
    pub(super) replacements: Option<Vec<Value>>,
}

/// The result for `finding`.
pub(super) fn result(finding: &Finding, around: Around<'_>) -> Value {
    let Around { uri, fingerprint, is_silenced, replacements } = around;
    let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": uri}}});
    if let Some(Mark { line, column, end_column }) = finding.mark {
        location["physicalLocation"]["region"] = json!({"startLine": line, "startColumn": column, "endColumn": end_column});
    }
    if !finding.field.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": finding.field}]);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": index_of(finding.rule),
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"finding/v1": fingerprint},
        // Where one result of a run says what suppresses it, all have to.
        "suppressions": if is_silenced { json!([{"kind": "inSource"}]) } else { json!([]) },
    });
    if let Some(hint) = &finding.hint {
        let message = if finding.stage == Stage::Admitted { as_code(&finding.message) } else { finding.message.clone() };
        result["message"]["markdown"] = format!("{message}\n\n{hint}").into();
    }
    if let (Some(fix), Some(replacements)) = (&finding.fix, replacements) {
        let change = json!({"artifactLocation": {"uri": uri}, "replacements": replacements});
        result["fixes"] = json!([{"description": {"text": fix.title}, "artifactChanges": [change]}]);
    }
    if let Some(properties) = properties(finding) {
        result["properties"] = properties;
    }
    result
}

/// What SARIF has no names for: when it bites, whether it comes later, what it follows from, and what would settle it.
fn properties(finding: &Finding) -> Option<Value> {
    let mut properties = serde_json::Map::new();
    if finding.stage != Stage::Admitted {
        properties.insert("stage".to_owned(), json!(finding.stage));
    }
    if finding.later {
        properties.insert("later".to_owned(), true.into());
    }
    if let Some(cause) = &finding.caused_by {
        properties.insert("causedBy".to_owned(), cause.as_str().into());
    }
    if let Some(fix) = &finding.fix {
        properties.insert("fix".to_owned(), json!(fix));
    }
    (!properties.is_empty()).then_some(Value::Object(properties))
}

/// `text` in Markdown, as it stands.
fn as_code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_server_stay_as_they_are_in_markdown() {
        assert_eq!(as_code("a *b*"), "`a *b*`");
        assert_eq!(as_code("`selector` does not"), "`` `selector` does not ``");
    }
}

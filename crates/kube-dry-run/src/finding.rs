//! One thing that is said about a manifest: the type that the page, the command line, `/check` and advice share.

use serde::Serialize;
use serde_json::Value;

use crate::change::{Change, ChangeError};
use crate::mark::Mark;
use crate::path::Path;
use crate::rule::Rule;
use crate::severity::Severity;
use crate::yaml::DuplicateKey;

/// One thing that is said about one field of a manifest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What sort of thing it is.
    pub rule: Rule,
    /// When it bites.
    pub stage: Stage,
    /// How bad it is.
    pub severity: Severity,
    /// The field as Kubernetes names it; empty for the whole document.
    pub field: String,
    /// Where that is in the document, which is elsewhere where the server counts what a person did not write: volumes of
    /// claim templates stand before a StatefulSet's own.
    #[serde(skip)]
    pub place: Path,
    /// True if the name of that field is wrong, and not its value.
    #[serde(skip)]
    pub is_about_name: bool,
    /// What is said, in the server's words where it has some, to the letter.
    pub message: String,
    /// Our own words for a learner: what it means, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What would settle it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// True of what the server would say only once the findings before it are settled.
    pub later: bool,
    /// The field of the finding that this one only follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<String>,
    /// Where it stands in the text, if there is one: the field, or the parent that lacks it.
    #[serde(flatten)]
    pub mark: Option<Mark>,
    /// The first part of [`Self::place`] that the text lacks.
    #[serde(skip)]
    pub missing: Option<String>,
}

/// When a finding bites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Does the API server take the manifest?
    Admitted,
    /// Does the kubelet start every container?
    Starts,
    /// Do the containers get the same files, and for how long?
    Shares,
}

/// A change of the document that settles a finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// What it does, as a button says it: `Rename it to my-first-pod`.
    pub title: String,
    /// True if it does what the person meant in every case; a fix that guesses is none.
    #[serde(rename = "safe")]
    pub is_safe: bool,
    /// The changes, one after the other.
    #[serde(skip)]
    pub changes: Vec<Change>,
}

impl Finding {
    /// `message` about the field at `place`, of which the API server says it while it decides whether to take the manifest.
    #[must_use]
    pub fn new(rule: Rule, place: Path, message: impl Into<String>) -> Self {
        let severity = rule.severity();
        Self {
            rule,
            stage: Stage::Admitted,
            severity,
            field: place.to_string(),
            place,
            is_about_name: matches!(rule, Rule::UNKNOWN_FIELD | Rule::DUPLICATE_FIELD),
            message: message.into(),
            hint: None,
            fix: None,
            later: false,
            caused_by: None,
            mark: None,
            missing: None,
        }
    }

    /// `message` about the field at `place`, of which the API server says nothing: what bites at a later `stage`.
    #[must_use]
    pub fn of_advice(rule: Rule, stage: Stage, severity: Severity, place: Path, message: impl Into<String>) -> Self {
        Self { stage, severity, is_about_name: false, ..Self::new(rule, place, message) }
    }

    /// A field that stands twice in an object.
    pub(crate) fn of_duplicate(key: &DuplicateKey) -> Self {
        Self::new(Rule::DUPLICATE_FIELD, key.path.clone(), key.message.clone()).with_hint(key.hint.clone())
    }

    /// This finding with `field` as the name that the server gives to its place.
    #[must_use]
    pub fn named(self, field: impl Into<String>) -> Self {
        Self { field: field.into(), ..self }
    }

    /// This finding with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// This finding with a fix.
    #[must_use]
    pub fn with_fix(self, fix: Fix) -> Self {
        Self { fix: Some(fix), ..self }
    }

    /// What is said at the field `path` itself: there, the field that the message begins with need not be named.
    #[must_use]
    pub fn message_at(&self, path: &Path) -> &str {
        let rest = self.message.strip_prefix(&self.field).filter(|_| !self.field.is_empty());
        let rest = rest.and_then(|rest| rest.strip_prefix(": ").or_else(|| rest.strip_prefix(' ')));
        rest.filter(|_| self.place == *path).unwrap_or(&self.message)
    }

    /// The message with the place in the text before it, in words.
    #[must_use]
    pub fn located(&self) -> String {
        match self.mark {
            Some(Mark { line, column, .. }) => format!("line {line}, column {column}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

impl Fix {
    /// A fix that does what the person meant in every case.
    #[must_use]
    pub fn safe(title: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { title: title.into(), is_safe: true, changes }
    }

    /// A fix that guesses what the person meant.
    #[must_use]
    pub fn guess(title: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { title: title.into(), is_safe: false, changes }
    }

    /// True if nothing in `document` is of another type than what the changes make can stand in, as it may be in a document whose
    /// types are wrong.
    #[must_use]
    pub fn has_place(&self, document: &Value) -> bool {
        self.changes.iter().all(|change| change.has_place(document))
    }

    /// Makes the changes in `document`, all or none.
    ///
    /// # Errors
    /// The first change that does not fit `document`.
    pub fn apply(&self, document: &mut Value) -> Result<(), ChangeError> {
        let mut changed = document.clone();
        self.changes.iter().try_for_each(|change| change.apply(&mut changed))?;
        *document = changed;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    #[test]
    fn a_finding_in_json_has_what_is_there() {
        let finding = Finding::new(Rule::new("memory-oom"), path("spec.volumes[0]"), "the tmpfs may grow");
        let bare = json!({"rule": "memory-oom", "stage": "admitted", "severity": "error", "field": "spec.volumes[0]",
            "message": "the tmpfs may grow", "later": false});
        assert_eq!(serde_json::to_value(&finding).unwrap(), bare);
        let fix = Fix::safe("Set a limit", vec![Change::Set(path("spec.volumes[0].emptyDir.sizeLimit"), json!("64Mi"))]);
        let whole = Finding { caused_by: Some("a".to_owned()), ..finding.with_hint("Set `sizeLimit`.").with_fix(fix) };
        let whole = serde_json::to_value(&whole).unwrap();
        assert_eq!(whole["fix"], json!({"title": "Set a limit", "safe": true}));
        assert_eq!((&whole["hint"], &whole["causedBy"]), (&json!("Set `sizeLimit`."), &json!("a")));
    }

    #[test]
    fn advice_has_a_stage_and_a_severity_of_its_own() {
        let rule = Rule::new("memory-oom");
        let finding = Finding::of_advice(rule, Stage::Shares, Severity::Warning, path("spec.volumes[0]"), "it is killed");
        let written = json!({"rule": "memory-oom", "stage": "shares", "severity": "warning", "field": "spec.volumes[0]",
            "message": "it is killed", "later": false});
        assert_eq!(serde_json::to_value(&finding).unwrap(), written);
    }

    #[test]
    fn a_message_need_not_name_the_field_that_it_stands_at() {
        let finding = Finding::new(Rule::new("x"), path("spec.image"), "spec.image: Required value");
        assert_eq!(finding.message_at(&path("spec.image")), "Required value");
        assert_eq!(finding.message_at(&path("spec")), "spec.image: Required value");
        let mistyped = Finding::new(Rule::DECODE, path("spec.image"), "spec.image must be a string");
        assert_eq!(mistyped.message_at(&path("spec.image")), "must be a string");
    }

    #[test]
    fn a_fix_is_made_whole_or_not_at_all() {
        let fix = Fix::guess("Tidy up", vec![Change::Remove(path("a")), Change::Remove(path("b"))]);
        let mut document = json!({"a": 1, "b": 2, "c": 3});
        assert_eq!(fix.apply(&mut document), Ok(()));
        assert_eq!(document, json!({"c": 3}));
        let mut document = json!({"a": 1, "c": 3});
        assert_eq!(fix.apply(&mut document), Err(ChangeError::Missing(path("b"))));
        assert_eq!(document, json!({"a": 1, "c": 3}));
    }
}

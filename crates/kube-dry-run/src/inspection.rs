//! A text, and what the API server answers to every document in it, each thing at its place: what `podweave validate` and the
//! page for checking show.

mod place;

pub use self::place::{loss_findings, syntax_finding};
pub use crate::lines::Lines;
pub use crate::mark::Mark;

use serde_json::Value;

use crate::finding::Finding;
use crate::path::Path;
use crate::severity::Severity;
use crate::yaml::{Parsed, SyntaxError};
use crate::{self as kubernetes, Verdict};

/// What is to be said about one document of a text.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// `kind`; empty where it cannot be read.
    pub kind: String,
    /// `metadata.name`; empty where it cannot be read.
    pub name: String,
    /// The line on which the document begins, counted from one; of a text that cannot be read, that of the mistake.
    pub line: usize,
    /// Which stage objected, if one did.
    pub verdict: Verdict,
    /// Everything that is said about it, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Judges all documents of the text `lines`, one after the other; empty ones are skipped, and of a list each item is one.
pub fn inspect(lines: &Lines) -> impl Iterator<Item = Inspection> {
    kubernetes::objects(lines.text()).map(|document| match document {
        Ok(parsed) => Inspection::of_document(lines, &parsed),
        Err(error) => Inspection::of_syntax(lines, error),
    })
}

/// The text of a file and what is said about its documents; bytes in no encoding that Kubernetes reads are one document that
/// cannot be read.
#[must_use]
pub fn inspect_file(content: Vec<u8>) -> (Lines, Vec<Inspection>) {
    let (lines, not_unicode) = Lines::of_bytes(content);
    let documents = match not_unicode {
        None => inspect(&lines).collect(),
        Some(error) => vec![Inspection::of_syntax(&lines, error)],
    };
    (lines, documents)
}

impl Inspection {
    /// A text that cannot be read, from the mistake on.
    fn of_syntax(lines: &Lines, error: SyntaxError) -> Self {
        Self {
            kind: String::new(),
            name: String::new(),
            line: error.line,
            verdict: Verdict::ClientError,
            findings: vec![syntax_finding(lines, error)],
        }
    }

    fn of_document(lines: &Lines, parsed: &Parsed) -> Self {
        let text = |pointer: &str| parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let judgement = kubernetes::judge_parsed(parsed);
        let mut findings = place::placed(lines, parsed, judgement.findings);
        findings.extend(place::unread_finding(lines, parsed));
        Self {
            kind: text("/kind"),
            name: text("/metadata/name"),
            line: parsed.positions.value(&Path::root()).line,
            verdict: judgement.verdict,
            findings,
        }
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_told_and_decides_nothing() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n";
        let lines = Lines::new(format!("{pod}...\nkind: Pod\n"));
        let found: Vec<_> = inspect(&lines).collect();
        assert_eq!((found.len(), found[0].verdict), (1, Verdict::Accepted));
        let told = found[0].findings.last().unwrap();
        assert_eq!((told.rule, told.severity, told.mark.unwrap().line), (crate::Rule::UNREAD, Severity::Warning, 6));
    }

    #[test]
    fn items_of_a_list_are_inspected_one_by_one() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: a}\n- kind: Job\n";
        let lines = Lines::new(text.to_owned());
        let found: Vec<_> = inspect(&lines).map(|one| (one.kind.clone(), one.line, one.verdict)).collect();
        assert_eq!(found, [("Pod".to_owned(), 4, Verdict::Invalid), ("Job".to_owned(), 7, Verdict::ClientError)]);
    }

    #[test]
    fn a_field_that_is_there_twice_has_a_hint() {
        let lines = Lines::new("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n".to_owned());
        let found = inspect(&lines).next().unwrap();
        assert!(found.findings[0].hint.as_ref().unwrap().starts_with("Line 4 sets the same key."));
    }

    #[test]
    fn every_document_has_its_verdict() {
        let text = "kind: Pod\n---\n# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: []}\n---\n*x\n";
        let lines = Lines::new(text.to_owned());
        let found: Vec<_> = inspect(&lines).map(|one| (one.name.clone(), one.line, one.verdict)).collect();
        assert_eq!(
            found,
            [
                (String::new(), 1, Verdict::ClientError),
                ("a".to_owned(), 5, Verdict::DecodeError),
                (String::new(), 9, Verdict::ClientError)
            ]
        );
    }
}

//! The answers for the documents of a file, as `-o json` writes them.

use serde::Serialize;
use serde_json::Value;

use crate::cli::finding::{Finding, Lines, findings};
use crate::document::Path;
use crate::kubernetes::{self, ErrorType, FieldError, Judgement, Verdict};
use crate::report::Severity;
use crate::yaml::{self, Parsed, Position, Positions, SyntaxError};

/// What is to be said about one file.
#[derive(Debug, Serialize)]
pub(super) struct FileAnswer {
    /// The path of the file as it was found; `-` for the standard input.
    pub(super) path: String,
    /// The answer to every document that is not empty, in the order of the text.
    pub(super) documents: Vec<DocumentAnswer>,
    /// The text of the file; of bytes that are no text, what comes nearest.
    #[serde(skip)]
    pub(super) lines: Lines,
}

/// What is to be said about one document.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DocumentAnswer {
    /// `kind`; empty where it cannot be read.
    pub(super) kind: String,
    /// `metadata.name`; empty where it cannot be read.
    pub(super) name: String,
    /// Which stage objected, if one did.
    pub(super) verdict: Verdict,
    /// Why the document is not read, with line and column: what stands in the way of kubectl, or a line for each wrong type.
    decode_error: Option<String>,
    strict_errors: Vec<String>,
    errors: Vec<LocatedError>,
    warnings: Vec<String>,
    advice: Vec<String>,
    /// All of this once more, each with its place, in the order of the text.
    pub(super) findings: Vec<Finding>,
}

/// An error of the validation, with its place in the text.
#[derive(Debug, Serialize)]
struct LocatedError {
    #[serde(rename = "type")]
    kind: ErrorType,
    field: String,
    message: String,
    line: usize,
    column: usize,
}

impl FileAnswer {
    /// The answer to the `content` of the file that is called `path`.
    pub(super) fn new(path: String, content: Vec<u8>) -> Self {
        let (lines, not_unicode) = Lines::of_bytes(content);
        let documents = match not_unicode {
            None => yaml::documents(lines.text()).map(|document| DocumentAnswer::new(&lines, document)).collect(),
            Some(error) => vec![DocumentAnswer::unreadable(&lines, error)],
        };
        Self { path, documents, lines }
    }
}

impl DocumentAnswer {
    fn new(lines: &Lines, document: Result<Parsed, SyntaxError>) -> Self {
        match document {
            Ok(parsed) => Self::judged(lines, &parsed, kubernetes::judge_parsed(&parsed)),
            Err(error) => Self::unreadable(lines, error),
        }
    }

    fn judged(lines: &Lines, parsed: &Parsed, judgement: Judgement) -> Self {
        let text = |pointer: &str| parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let findings = findings(lines, parsed, &judgement);
        let is_read = !matches!(judgement.verdict, Verdict::ClientError | Verdict::DecodeError);
        Self {
            kind: text("/kind"),
            name: text("/metadata/name"),
            verdict: judgement.verdict,
            decode_error: (!is_read).then(|| findings.iter().map(Finding::located).collect::<Vec<_>>().join("\n")),
            strict_errors: judgement.strict_errors.into_iter().map(|error| error.message).collect(),
            errors: judgement.errors.into_iter().map(|error| LocatedError::new(error, &parsed.positions)).collect(),
            warnings: judgement.warnings.into_iter().map(|warning| warning.message).collect(),
            advice: Vec::new(),
            findings,
        }
    }

    fn unreadable(lines: &Lines, error: SyntaxError) -> Self {
        Self {
            kind: String::new(),
            name: String::new(),
            verdict: Verdict::ClientError,
            decode_error: Some(error.to_string()),
            strict_errors: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            advice: Vec::new(),
            findings: vec![Finding::of_syntax(lines, error)],
        }
    }

    /// True unless the API server creates the object.
    pub(super) fn is_refused(&self) -> bool {
        self.verdict != Verdict::Accepted
    }

    /// How many findings have this severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl LocatedError {
    fn new(error: FieldError, positions: &Positions) -> Self {
        let field: Path = error.field.parse().unwrap_or_default();
        let Position { line, column } = positions.value(&field);
        Self { kind: error.kind, field: error.field, message: error.message, line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(text: &[u8]) -> Vec<DocumentAnswer> {
        FileAnswer::new("-".to_owned(), text.to_vec()).documents
    }

    #[test]
    fn every_document_has_its_answer() {
        let found =
            answers(b"kind: Pod\n---\n# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: []}\n---\n*x\n");
        let verdicts: Vec<_> = found.iter().map(|answer| (answer.name.as_str(), answer.verdict)).collect();
        assert_eq!(verdicts, [("", Verdict::ClientError), ("a", Verdict::DecodeError), ("", Verdict::ClientError)]);
        assert_eq!(
            found[1].decode_error.as_deref(),
            Some("line 7, column 29: metadata.labels must be an object, and this is a list")
        );
    }

    #[test]
    fn a_field_that_is_there_twice_is_a_strict_error() {
        let found = &answers(b"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n  nam: c\n")[0];
        assert_eq!(found.verdict, Verdict::StrictError);
        assert_eq!(found.strict_errors, ["line 5: key \"name\" already set in map", "unknown field \"metadata.nam\""]);
        assert_eq!(found.findings[1].located(), "line 6, column 3: unknown field \"metadata.nam\"");
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        for text in [&b"a: b\n\xc3\xa4: \xff"[..], b"\xef\xbb\xbfa: b\n\xc3\xa4: \xff"] {
            let answer = &answers(text)[0];
            assert_eq!(
                answer.decode_error.as_deref(),
                Some("line 2, column 4: this is no UTF-8: save the file in that encoding")
            );
        }
        assert_eq!(answers(b"\xff\xfe")[0].findings[0].mark.column, 1);
    }
}

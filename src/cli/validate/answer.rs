//! The answers for the documents of a file, as `-o json` writes them.

use serde::Serialize;
use serde_json::Value;

use super::Source;
use crate::document::Path;
use crate::kubernetes::{self, ErrorType, FieldError, Judgement, Verdict};
use crate::yaml::{self, Parsed, Position, Positions, SyntaxError};

/// What is to be said about one file.
#[derive(Debug, Serialize)]
pub(super) struct FileAnswer {
    /// The path of the file as it was found; `-` for the standard input.
    pub(super) path: String,
    /// The answer to every document that is not empty, in the order of the text.
    pub(super) documents: Vec<DocumentAnswer>,
}

/// What is to be said about one document.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DocumentAnswer {
    /// `kind`; empty where it cannot be read.
    kind: String,
    /// `metadata.name`; empty where it cannot be read.
    name: String,
    verdict: Verdict,
    /// Why the document is not read, with line and column: what stands in the way of kubectl, or a line for each wrong type.
    decode_error: Option<String>,
    strict_errors: Vec<String>,
    errors: Vec<LocatedError>,
    warnings: Vec<String>,
    advice: Vec<String>,
    #[serde(skip)]
    pub(super) remarks: Vec<Remark>,
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

/// One thing that is said about one place of the text.
#[derive(Debug)]
pub(super) struct Remark {
    pub(super) position: Position,
    pub(super) is_warning: bool,
    pub(super) message: String,
}

impl FileAnswer {
    /// The answer to the content of `source`.
    pub(super) fn new(source: &Source, content: Vec<u8>) -> Self {
        let documents = match String::from_utf8(content) {
            Ok(text) => yaml::documents(&text).map(DocumentAnswer::new).collect(),
            Err(error) => vec![DocumentAnswer::unreadable(&not_unicode(&error))],
        };
        Self { path: source.to_string(), documents }
    }
}

impl DocumentAnswer {
    fn new(document: Result<Parsed, SyntaxError>) -> Self {
        match document {
            Ok(parsed) => Self::judged(&parsed, kubernetes::judge_parsed(&parsed)),
            Err(error) => Self::unreadable(&error),
        }
    }

    fn judged(parsed: &Parsed, judgement: Judgement) -> Self {
        let text = |pointer: &str| parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        let remarks = remarks(&judgement, &parsed.positions);
        let is_read = !matches!(judgement.verdict, Verdict::ClientError | Verdict::DecodeError);
        Self {
            kind: text("/kind"),
            name: text("/metadata/name"),
            verdict: judgement.verdict,
            decode_error: (!is_read).then(|| remarks.iter().map(Remark::located).collect::<Vec<_>>().join("\n")),
            strict_errors: judgement.strict_errors.into_iter().map(|error| error.message).collect(),
            errors: judgement.errors.into_iter().map(|error| LocatedError::new(error, &parsed.positions)).collect(),
            warnings: judgement.warnings.into_iter().map(|warning| warning.message).collect(),
            advice: Vec::new(),
            remarks,
        }
    }

    fn unreadable(error: &SyntaxError) -> Self {
        let position = Position { line: error.line, column: error.column };
        Self {
            kind: String::new(),
            name: String::new(),
            verdict: Verdict::ClientError,
            decode_error: Some(error.to_string()),
            strict_errors: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            advice: Vec::new(),
            remarks: vec![Remark { position, is_warning: false, message: error.message.clone() }],
        }
    }

    /// True unless the API server creates the object.
    pub(super) fn is_refused(&self) -> bool {
        self.verdict != Verdict::Accepted
    }
}

impl LocatedError {
    fn new(error: FieldError, positions: &Positions) -> Self {
        let Position { line, column } = position(positions, &error.field);
        Self { kind: error.kind, field: error.field, message: error.message, line, column }
    }
}

impl Remark {
    fn located(&self) -> String {
        let Position { line, column } = self.position;
        format!("line {line}, column {column}: {}", self.message)
    }
}

/// Everything that `judgement` holds against the document, in the order of the text.
fn remarks(judgement: &Judgement, positions: &Positions) -> Vec<Remark> {
    let error = |position, message: &str| Remark { position, is_warning: false, message: message.to_owned() };
    let client = judgement.client_error.iter().map(|message| error(position(positions, "kind"), message));
    let types = judgement.decode_errors.iter().map(|found| error(positions.value(&found.field), &found.message));
    let strict = judgement.strict_errors.iter().map(|found| error(positions.key(&found.field), &found.message));
    let invalid = judgement.errors.iter().map(|found| error(position(positions, &found.field), &found.message));
    let warnings = judgement.warnings.iter().map(|warning| Remark {
        position: position(positions, &warning.field),
        is_warning: true,
        message: warning.message.clone(),
    });
    let mut remarks: Vec<_> = client.chain(types).chain(strict).chain(invalid).chain(warnings).collect();
    remarks.sort_by_key(|remark| remark.position);
    remarks
}

/// Where `field` stands; the whole document for what is no field path, such as `<nil>`.
fn position(positions: &Positions, field: &str) -> Position {
    positions.value(&field.parse::<Path>().unwrap_or_default())
}

fn not_unicode(error: &std::string::FromUtf8Error) -> SyntaxError {
    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
    let good = String::from_utf8_lossy(good);
    let last_line = good.rsplit('\n').next().unwrap_or_default();
    SyntaxError {
        line: good.matches('\n').count() + 1,
        column: last_line.chars().count() + 1,
        message: "this is no UTF-8: save the file as Unicode text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(text: &str) -> Vec<DocumentAnswer> {
        FileAnswer::new(&Source::Input, text.as_bytes().to_vec()).documents
    }

    #[test]
    fn every_document_has_its_answer() {
        let found =
            answers("kind: Pod\n---\n# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: []}\n---\n*x\n");
        let verdicts: Vec<_> = found.iter().map(|answer| (answer.name.as_str(), answer.verdict)).collect();
        assert_eq!(verdicts, [("", Verdict::ClientError), ("a", Verdict::DecodeError), ("", Verdict::ClientError)]);
        assert_eq!(
            found[1].decode_error.as_deref(),
            Some("line 7, column 29: metadata.labels must be an object, and this is a list")
        );
    }

    #[test]
    fn a_field_that_is_there_twice_is_a_strict_error() {
        let found = &answers("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n  nam: c\n")[0];
        assert_eq!(found.verdict, Verdict::StrictError);
        assert_eq!(found.strict_errors, ["line 5: key \"name\" already set in map", "unknown field \"metadata.nam\""]);
        assert_eq!(found.remarks[1].located(), "line 6, column 3: unknown field \"metadata.nam\"");
    }

    #[test]
    fn bytes_that_are_no_text_have_a_place() {
        let answer = &FileAnswer::new(&Source::Input, b"a: b\n\xc3\xa4: \xff".to_vec()).documents[0];
        assert_eq!(answer.decode_error.as_deref(), Some("line 2, column 4: this is no UTF-8: save the file as Unicode text"));
    }
}

//! From pasted text to documents that the form can go on with.

use serde_json::Value;

use crate::document::Document;
use kube_dry_run as kubernetes;
use kube_dry_run::kinds::listed;
use kube_dry_run::yaml::{self, DuplicateKey, Parsed, Position, SyntaxError};

/// One document of a text.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What it is, such as `Deployment web, line 12`.
    pub title: String,
    /// The document, or why the form cannot open it.
    pub document: Result<Document, ImportError>,
}

/// Why a text cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The text holds nothing but white space and comments.
    #[error("there is no manifest in this text; paste one, or choose a file")]
    Empty,
    /// The text is neither YAML nor JSON.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A key stands twice in one object, and only one value could be kept.
    #[error(
        "line {}, column {}: the field {field} is there twice, first on line {}; kubectl keeps the last one without a word: remove one of the two",
        position.line, position.column, first.line
    )]
    DuplicateKey {
        /// The field.
        field: String,
        /// Where it stands for the first time.
        first: Position,
        /// Where it stands for the second time.
        position: Position,
    },
    /// Something stands behind the end of the document that would be lost.
    #[error(
        "line {}, column {}: the document ends before this, and nobody would read what stands here: put `---` on a line between documents",
        position.line, position.column
    )]
    Unread {
        /// Where it begins.
        position: Position,
    },
    /// The document is not an object.
    #[error("line {}, column {}: a manifest begins with fields such as `kind: Pod`, and this is {found}", position.line, position.column)]
    NotAnObject {
        /// What it is instead.
        found: &'static str,
        /// Where it begins.
        position: Position,
    },
    /// The document has no Pod in it.
    #[error("line {}, column {}: {kind} has no Pod template; {} has one", position.line, position.column, listed(|_| true, "or"))]
    NoPod {
        /// The kind that it says it is.
        kind: String,
        /// Where it says so.
        position: Position,
    },
}

/// Reads all documents of `text`, as YAML or as JSON.
///
/// # Errors
/// Where the text is unreadable or holds no document at all.
pub fn import(text: &str) -> Result<Vec<Candidate>, ImportError> {
    let documents = yaml::parse(text)?;
    if documents.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(documents.into_iter().map(candidate).collect())
}

fn candidate(parsed: Parsed) -> Candidate {
    Candidate { title: title(&parsed), document: open(parsed) }
}

fn title(parsed: &Parsed) -> String {
    let text = |pointer: &str| parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let kind = if text("/kind").is_empty() { "Document" } else { text("/kind") };
    let name = if text("/metadata/name").is_empty() { text("/metadata/generateName") } else { text("/metadata/name") };
    let line = parsed.positions.value(&crate::document::Path::root()).line;
    format!("{} (line {line})", format!("{kind} {name}").trim_end())
}

fn open(parsed: Parsed) -> Result<Document, ImportError> {
    let root = crate::document::Path::root();
    if let Some(duplicate) = parsed.duplicates.first() {
        let DuplicateKey { path, first, position, .. } = duplicate;
        return Err(ImportError::DuplicateKey { field: path.to_string(), first: *first, position: *position });
    }
    if let Some(position) = parsed.unread {
        return Err(ImportError::Unread { position });
    }
    if kubernetes::pod_template(&parsed.value).is_none() && parsed.value.is_object() {
        return Err(no_pod(&parsed));
    }
    let found = type_name(&parsed.value);
    let position = parsed.positions.value(&root);
    Document::try_from(parsed.value).map_err(|_| ImportError::NotAnObject { found, position })
}

fn no_pod(parsed: &Parsed) -> ImportError {
    let at = crate::document::Path::root().entry("kind");
    let kind = match parsed.value.get("kind") {
        Some(Value::String(kind)) => format!("the kind {kind}"),
        Some(_) => "a kind that is no text".to_owned(),
        None => "a document without `kind`".to_owned(),
    };
    ImportError::NoPod { kind, position: parsed.positions.value(&at) }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        match import(text) {
            Err(error) => error.to_string(),
            Ok(mut candidates) => candidates.remove(0).document.unwrap_err().to_string(),
        }
    }

    #[test]
    fn opens_yaml_and_json_of_any_kind_with_a_pod() {
        for text in ["kind: Pod\nspec: {}\n", r#"{"kind": "Job", "spec": {}}"#, "# hello\nkind: CronJob\n"] {
            assert!(import(text).unwrap()[0].document.is_ok(), "{text}");
        }
    }

    #[test]
    fn names_the_documents_of_a_text() {
        let candidates = import("kind: Service\nmetadata: {name: s}\n---\nkind: Pod\nmetadata:\n  name: web\n").unwrap();
        let titles: Vec<_> = candidates.iter().map(|candidate| candidate.title.as_str()).collect();
        assert_eq!(titles, ["Service s (line 1)", "Pod web (line 4)"]);
        assert!(candidates[0].document.is_err() && candidates[1].document.is_ok());
    }

    #[test]
    fn says_where_and_why_a_text_cannot_be_opened() {
        assert_eq!(refused(" # nothing\n"), "there is no manifest in this text; paste one, or choose a file");
        assert!(refused("kind: Pod\n\tspec: x").contains("line 2"), "{}", refused("kind: Pod\n\tspec: x"));
        assert_eq!(
            refused("kind: Pod\nkind: Pod\n"),
            "line 2, column 1: the field kind is there twice, first on line 1; \
                 kubectl keeps the last one without a word: remove one of the two"
        );
        assert!(refused("kind: Pod\n...\nkind: Pod\n").starts_with("line 3, column 1: the document ends before this"));
        assert!(refused("apiVersion:v1\nkind: Pod\n").starts_with("line 2, column 5: a `key: value` is not allowed here"));
        assert!(refused("{\"kind\": \"Pod\"}\nkind: Pod\n").starts_with("line 2, column 1: expected a JSON object here"));
        assert_eq!(refused("- a\n"), "line 1, column 1: a manifest begins with fields such as `kind: Pod`, and this is a list");
        assert!(refused("kind: Service\n").starts_with("line 1, column 7: the kind Service has no Pod template"));
    }
}

//! Which documents of a text the form can open, and why it cannot open the others.

use std::borrow::Cow;

use serde_json::Value;

use kube_dry_run::inspection::{Lines, syntax_finding};
use kube_dry_run::kinds::listed;
use kube_dry_run::yaml::{DuplicateKey, Parsed, Position, SyntaxError};
use kube_dry_run::{Path, pod_template};

/// Why a text cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The text does not have the document that is asked for, or has none at all.
    #[error("there is no manifest in this text; paste one, or choose a file")]
    Missing,
    /// The document is too large to be edited, with what its aliases stand for.
    #[error("the document is larger than the {limit} bytes that a link may carry")]
    TooLarge {
        /// The most bytes of compact JSON.
        limit: usize,
    },
    /// The text is neither YAML nor JSON.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A key stands twice in one object, and only one value could be kept.
    #[error(
        "line {}, column {}: the field {field} appears twice, first on line {}; kubectl keeps the last one without a word: remove one of the two",
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

impl ImportError {
    /// The place in the text that it is about, if it is about one.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Missing | Self::TooLarge { .. } => None,
            Self::Syntax(error) => Some(Position { line: error.line, column: error.column }),
            Self::DuplicateKey { position, .. }
            | Self::Unread { position }
            | Self::NotAnObject { position, .. }
            | Self::NoPod { position, .. } => Some(*position),
        }
    }

    /// Why the text `lines` cannot be opened, with what it was probably meant to say.
    #[must_use]
    pub fn explained(self, lines: &Lines) -> String {
        let message = self.to_string();
        let hint = match self {
            Self::Syntax(error) => syntax_finding(lines, error).hint,
            _ => None,
        };
        match hint {
            Some(hint) => format!("{message}. {hint}"),
            None => message,
        }
    }
}

/// How many bytes of a kind, a name or a field are shown.
const MAX_SHOWN_BYTES: usize = 253;

/// What the document `parsed` is, such as `Deployment web (line 12)`.
#[must_use]
pub fn title(parsed: &Parsed) -> String {
    let text = |pointer: &str| shown(parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default());
    let kind = text("/kind");
    let kind = if kind.is_empty() { "Document" } else { &kind };
    let name = text("/metadata/name");
    let name = if name.is_empty() { text("/metadata/generateName") } else { name };
    let line = parsed.positions.value(&Path::root()).line;
    format!("{} (line {line})", format!("{kind} {name}").trim_end())
}

/// `text`, or the beginning of a very long one.
fn shown(text: &str) -> Cow<'_, str> {
    match text.len() {
        ..=MAX_SHOWN_BYTES => text.into(),
        _ => format!("{}…", &text[..text.floor_char_boundary(MAX_SHOWN_BYTES)]).into(),
    }
}

/// Whether the document `parsed` can be edited without losing anything.
///
/// # Errors
/// A field that appears twice, of which only one could be kept; a document that is no object.
pub fn check(parsed: &Parsed) -> Result<(), ImportError> {
    if let Some(duplicate) = parsed.duplicates.first() {
        let DuplicateKey { path, first, position, .. } = duplicate;
        let field = shown(&path.to_string()).into_owned();
        return Err(ImportError::DuplicateKey { field, first: *first, position: *position });
    }
    if let Some(position) = parsed.unread {
        return Err(ImportError::Unread { position });
    }
    if parsed.value.is_object() {
        return Ok(());
    }
    Err(ImportError::NotAnObject { found: type_name(&parsed.value), position: parsed.positions.value(&Path::root()) })
}

/// Whether there is a form for the document `parsed`.
///
/// # Errors
/// What [`check`] finds; a kind without a Pod.
pub fn check_form(parsed: &Parsed) -> Result<(), ImportError> {
    check(parsed)?;
    if pod_template(&parsed.value).is_some() { Ok(()) } else { Err(no_pod(parsed)) }
}

fn no_pod(parsed: &Parsed) -> ImportError {
    let at = Path::root().entry("kind");
    let kind = match parsed.value.get("kind") {
        Some(Value::String(kind)) => format!("the kind {}", shown(kind)),
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
    use kube_dry_run::yaml;

    fn read(text: &str) -> Parsed {
        yaml::parse(text).unwrap().remove(0)
    }

    fn refused(text: &str) -> String {
        check_form(&read(text)).unwrap_err().to_string()
    }

    #[test]
    fn there_is_a_form_for_yaml_and_json_of_any_kind_with_a_pod() {
        for text in ["kind: Pod\nspec: {}\n", r#"{"kind": "Job", "spec": {}}"#, "# hello\nkind: CronJob\n"] {
            assert_eq!(check_form(&read(text)), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_document_is_named() {
        let titles: Vec<_> = yaml::parse("kind: Service\nmetadata: {name: s}\n---\nkind: Pod\nmetadata:\n  name: web\n")
            .unwrap()
            .iter()
            .map(title)
            .collect();
        assert_eq!(titles, ["Service s (line 1)", "Pod web (line 4)"]);
        let long = "x".repeat(1_000_000);
        assert!(title(&read(&format!("kind: Pod\nmetadata: {{name: {long}}}"))).len() < 1_000);
        for text in [format!("kind: {long}\n"), format!("? {long}\n: {{a: 1, a: 2}}\n")] {
            assert!(refused(&text).len() < 1_000);
        }
    }

    #[test]
    fn says_where_and_why_there_is_no_form() {
        assert_eq!(
            refused("kind: Pod\nkind: Pod\n"),
            "line 2, column 1: the field kind appears twice, first on line 1; \
                 kubectl keeps the last one without a word: remove one of the two"
        );
        assert!(refused("kind: Pod\n...\nkind: Pod\n").starts_with("line 3, column 1: the document ends before this"));
        assert_eq!(refused("- a\n"), "line 1, column 1: a manifest begins with fields such as `kind: Pod`, and this is a list");
        assert!(refused("kind: Service\n").starts_with("line 1, column 7: the kind Service has no Pod template"));
        assert_eq!(check(&read("kind: Service\n")), Ok(()));
    }
}

//! What is said about one place of a text.

use serde::Serialize;
use serde_json::Value;

use super::{Lines, Mark, Rule};
use crate::path::{Path, Segment};
use crate::severity::Severity;
use crate::yaml::{DuplicateKey, Parsed, Position, SyntaxError};
use crate::{Judgement, StrictError, Verdict};

/// One thing that is said about one place of the text.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What sort of thing it is.
    pub rule: Rule,
    /// The field as Kubernetes names it; empty for the whole document.
    pub field: String,
    /// What is said, in the server's words where it has some.
    pub message: String,
    /// Where the field stands; where its parent does if the text lacks the field.
    #[serde(flatten)]
    pub mark: Mark,
    /// The first part of `field` that the text lacks.
    #[serde(skip)]
    pub missing: Option<String>,
}

impl Finding {
    /// A text that cannot be read.
    #[must_use]
    pub fn of_syntax(lines: &Lines, error: SyntaxError) -> Self {
        let mark = Mark::new(lines, Position { line: error.line, column: error.column }, None);
        Self::new(Rule::Syntax, &Path::root(), &error.message, mark)
    }

    fn new(rule: Rule, field: &Path, message: &str, mark: Mark) -> Self {
        let (field, message) = (field.to_string(), message.to_owned());
        Self { severity: rule.severity(), rule, field, message, mark, missing: None }
    }

    /// The fields of the document `parsed` that are there twice.
    #[must_use]
    pub fn of_duplicates(lines: &Lines, parsed: &Parsed) -> Vec<Self> {
        let finder = Finder { lines, parsed };
        parsed.duplicates.iter().map(|duplicate| finder.repeated(duplicate)).collect()
    }

    /// The message with the place before it, in words.
    #[must_use]
    pub fn located(&self) -> String {
        let Mark { line, column, .. } = self.mark;
        format!("line {line}, column {column}: {}", self.message)
    }
}

/// Everything that `judgement` holds against the document `parsed` of the text `lines`, in the order of the text. Of its
/// strict errors the first are the repeated fields of `parsed`.
pub(super) fn findings(lines: &Lines, parsed: &Parsed, judgement: &Judgement) -> Vec<Finding> {
    let finder = Finder { lines, parsed };
    let client = judgement.client_error.iter().map(|error| finder.at_value(Rule::Kind, &error.field, &error.message));
    let types = judgement.decode_errors.iter().map(|error| finder.at_value(Rule::Decode, &error.field, &error.message));
    let repeated = parsed.duplicates.iter().filter(|_| judgement.verdict == Verdict::StrictError);
    let repeated = repeated.map(|duplicate| finder.repeated(duplicate));
    let unknown = judgement.strict_errors.iter().skip(parsed.duplicates.len()).map(|error| finder.unknown(error));
    let invalid = judgement.errors.iter().map(|error| finder.of_field(Rule::Field(error.kind), &error.field, &error.message));
    let warnings = judgement.warnings.iter().map(|warning| finder.of_field(Rule::Warning, &warning.field, &warning.message));
    let mut findings: Vec<_> = client.chain(types).chain(repeated).chain(unknown).chain(invalid).chain(warnings).collect();
    findings.sort_by_key(|finding| (finding.mark.line, finding.mark.column));
    findings
}

/// Finds the places of fields in one document.
struct Finder<'a> {
    lines: &'a Lines,
    parsed: &'a Parsed,
}

impl Finder<'_> {
    /// What is said of a field that the server names; of the whole document if that is no field path, such as `<nil>`.
    fn of_field(&self, rule: Rule, field: &str, message: &str) -> Finding {
        let path: Path = field.parse().unwrap_or_default();
        Finding { field: field.to_owned(), ..self.at_value(rule, &path, message) }
    }

    fn at_value(&self, rule: Rule, field: &Path, message: &str) -> Finding {
        let text = field.find(&self.parsed.value).and_then(Value::as_str);
        let position = self.parsed.positions.value(field);
        let missing = self.first_missing(field);
        let text = text.filter(|_| missing.is_none());
        Finding { missing, ..Finding::new(rule, field, message, Mark::new(self.lines, position, text)) }
    }

    fn unknown(&self, error: &StrictError) -> Finding {
        self.at_key(Rule::UnknownField, &error.field, &error.message, self.parsed.positions.key(&error.field))
    }

    fn repeated(&self, duplicate: &DuplicateKey) -> Finding {
        self.at_key(Rule::DuplicateField, &duplicate.path, &duplicate.message, duplicate.position)
    }

    /// What is wrong with the name of a field, not with its value.
    fn at_key(&self, rule: Rule, field: &Path, message: &str, key: Position) -> Finding {
        Finding::new(rule, field, message, Mark::new(self.lines, key, field.last().and_then(name)))
    }

    /// The name of the outermost field on the way to `field` that the text lacks.
    fn first_missing(&self, field: &Path) -> Option<String> {
        let mut around = Some(field.clone());
        let mut missing = None;
        while let Some(path) = around.filter(|path| !self.parsed.positions.contains(path)) {
            around = path.parent();
            missing = path.last().map(shown);
        }
        missing
    }
}

fn name(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Field(name) | Segment::Key(name) => Some(name),
        Segment::Index(_) => None,
    }
}

fn shown(segment: &Segment) -> String {
    match segment {
        Segment::Field(name) | Segment::Key(name) => name.clone(),
        Segment::Index(index) => format!("[{index}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{self as kubernetes, yaml};

    fn marked(text: &str) -> Vec<String> {
        let lines = Lines::new(text.to_owned());
        let parsed = yaml::documents(lines.text()).map(Result::unwrap);
        let found = parsed.flat_map(|parsed| findings(&lines, &parsed, &kubernetes::judge_parsed(&parsed)));
        found
            .map(|Finding { rule, mark: Mark { line, column, end_column }, missing, .. }| {
                let part: String = lines.rest(line, column).chars().take(end_column - column).collect();
                format!("{line}:{column} {} `{part}` {}", rule.id(), missing.unwrap_or_default())
            })
            .map(|told| told.trim_end().to_owned())
            .collect()
    }

    const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: \"名前 🚀\"
spec:
  restartPolicy: 'Some''times'
  containers:
    - name: a
      image: x
      ports: [{name: p, containerPort: 70000}]
    - image: x
";

    const MARKS: [&str; 4] = [
        "4:9 FieldValueInvalid `\"名前 🚀\"`",
        "6:18 FieldValueNotSupported `'Some''times'`",
        "10:40 FieldValueInvalid `70000`",
        "11:7 FieldValueRequired `image` name",
    ];

    #[test]
    fn every_error_marks_its_value_or_the_parent_that_lacks_it() {
        assert_eq!(marked(POD), MARKS);
    }

    #[test]
    fn line_breaks_marks_and_other_documents_move_no_column() {
        assert_eq!(marked(&POD.replace('\n', "\r\n")), MARKS);
        assert_eq!(marked(&format!("\u{feff}{POD}")), MARKS);
        let twice = marked(&format!("{POD}---\r\n# second\n{POD}"));
        assert_eq!(twice[..4], MARKS);
        assert_eq!(twice[4], "17:9 FieldValueInvalid `\"名前 🚀\"`");
    }

    #[test]
    fn json_is_marked_like_yaml() {
        let text = "{\n\t\"apiVersion\": \"v1\", \"kind\": \"Pod\",\n\t\"metadata\": {\"name\": \"\\ud83d\\ude80\", \"labels\": {\"🚀\": 1}},\n\t\"spec\": {}\n}";
        assert_eq!(marked(text), ["3:55 decode `1`"]);
    }

    #[test]
    fn unknown_and_repeated_fields_are_marked_at_their_names() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  \"name\": b\n  nam: c\n  name: d\n";
        assert_eq!(marked(text), ["5:3 duplicate-field `\"name\"`", "6:3 unknown-field `nam`", "7:3 duplicate-field `name`"]);
        assert_eq!(marked("kind: Service\napiVersion: v1\n"), ["1:7 kind `Service`"]);
        assert_eq!(marked("kind: Pod\napiVersion: apps/v1\n"), ["2:13 kind `apps/v1`"]);
        assert_eq!(marked("apiVersion: v1\n"), ["1:1 kind `apiVersion` kind"]);
    }
}

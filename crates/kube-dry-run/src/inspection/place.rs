//! The places of findings in a text.

use std::collections::HashMap;

use serde_json::Value;

use super::budget::{MAX_MESSAGE_BYTES, cut};
use crate::finding::Finding;
use crate::hint;
use crate::lines::Lines;
use crate::mark::Mark;
use crate::path::{Path, Segment};
use crate::rule::Rule;
use crate::severity::Severity;
use crate::yaml::{DuplicateKey, Parsed, Position, SyntaxError};
use crate::{self as kubernetes};

/// The finding about a text that cannot be read.
#[must_use]
pub fn syntax_finding(lines: &Lines, error: SyntaxError) -> Finding {
    let mark = Mark::new(lines, Position { line: error.line, column: error.column }, None);
    let hint = hint::of_syntax(lines, &error);
    let rule = if error.is_too_much { Rule::TOO_MUCH } else { Rule::SYNTAX };
    Finding { mark: Some(mark), hint, ..Finding::new(rule, Path::root(), error.message) }
}

/// The findings about what the document `parsed` loses if only its tree is kept: fields that are there twice, and text that is
/// not read. What is no object at all is no manifest that could be kept.
#[must_use]
pub fn loss_findings(lines: &Lines, parsed: &Parsed) -> Vec<Finding> {
    let repeated = parsed.duplicates.iter().map(Finding::of_duplicate);
    let of_no_object = if parsed.value.is_object() { Vec::new() } else { kubernetes::judge_parsed(parsed).findings };
    let mut findings = placed(lines, parsed, repeated.chain(of_no_object).collect());
    findings.extend(unread_finding(lines, parsed).map(|finding| Finding { severity: Severity::Error, ..finding }));
    findings
}

/// The finding about the text behind the document `parsed` that is not read, if there is some.
pub(super) fn unread_finding(lines: &Lines, parsed: &Parsed) -> Option<Finding> {
    let unread = parsed.unread?;
    let mark = Mark::new(lines, unread, None);
    let message = "the document ends before this, and what stands here up to the next `---` is not read";
    let hint = "kubectl drops it without a word: put `---` on a line between documents. A line of `...` ends a document.";
    let hint = hint::of_unread(lines, unread.line).unwrap_or(hint);
    Some(Finding { mark: Some(mark), ..Finding::new(Rule::UNREAD, Path::root(), message).with_hint(hint) })
}

/// `findings` about the document `parsed` with their places in the text `lines`, in the order of the text. Those about repeated
/// fields are in the order of `parsed`. Paths that are longer than what is kept of a field are forgotten.
pub(super) fn placed(lines: &Lines, parsed: &Parsed, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut finder = Finder { lines, parsed, duplicates: parsed.duplicates.iter() };
    for finding in &mut findings {
        finder.place(finding);
    }
    in_order(findings)
}

/// `findings` in the order of the text: first what is said at once, then what comes later, and each effect behind its cause.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    let place = |finding: &Finding| (finding.later, finding.mark.map(|mark| (mark.line, mark.column)));
    let causes: HashMap<_, _> = findings.iter().rev().map(|finding| (finding.field.clone(), place(finding))).collect();
    findings.sort_by_cached_key(|finding| {
        let own = place(finding);
        let cause = finding.caused_by.as_ref().and_then(|cause| causes.get(cause)).copied();
        (cause.unwrap_or(own).max((own.0, None)), cause.is_some(), own)
    });
    findings
}

/// Finds the places of fields in one document.
struct Finder<'a> {
    lines: &'a Lines,
    parsed: &'a Parsed,
    /// The repeated fields that are not yet placed.
    duplicates: std::slice::Iter<'a, DuplicateKey>,
}

impl Finder<'_> {
    /// Places a finding that has no place yet.
    fn place(&mut self, finding: &mut Finding) {
        if finding.mark.is_some() {
            return;
        }
        let field = &finding.place;
        let repeated = (finding.rule == Rule::DUPLICATE_FIELD).then(|| self.duplicates.next()).flatten();
        finding.missing = self.first_missing(field);
        finding.mark = Some(match repeated {
            Some(repeated) => self.key(field, repeated.position),
            None if finding.is_about_name => self.key(field, self.parsed.positions.key(field)),
            None => self.value(field, finding.missing.is_none()),
        });
        if finding.field.len() > MAX_MESSAGE_BYTES {
            finding.place = Path::root();
        }
    }

    /// The name of a field, which stands at `position`.
    fn key(&self, field: &Path, position: Position) -> Mark {
        Mark::new(self.lines, position, field.name())
    }

    /// The value of a field, or of what lacks it. Of an object or a list without brackets it is the name, as the value begins
    /// with the first thing inside of it.
    fn value(&self, field: &Path, is_there: bool) -> Mark {
        let value = field.find(&self.parsed.value).filter(|_| is_there);
        let position = self.parsed.positions.value(field);
        let has_brackets = || self.lines.rest(position.line, position.column).starts_with(['{', '[']);
        match value {
            Some(Value::Object(_) | Value::Array(_)) if !has_brackets() => self.key(field, self.parsed.positions.key(field)),
            value => Mark::new(self.lines, position, value.and_then(Value::as_str)),
        }
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

fn shown(segment: &Segment) -> String {
    match segment {
        Segment::Field(name) | Segment::Key(name) => cut(name, MAX_MESSAGE_BYTES),
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
        let found = parsed.flat_map(|parsed| placed(&lines, &parsed, kubernetes::judge_parsed(&parsed).findings));
        found
            .filter(|finding| !finding.later)
            .map(|Finding { rule, mark, missing, .. }| {
                let Mark { line, column, end_column } = mark.unwrap();
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
    fn effects_stand_behind_their_cause_and_what_comes_later_behind_all() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    volumeMounts:\n    \
                    - {name: B, mountPath: /b}\n    - {name: c, mountPath: /c}\n    image: i\n  volumes:\n  - name: B\n  hostIPC: 1\n";
        let of = |text: &str| {
            let lines = Lines::new(text.to_owned());
            let parsed = yaml::parse(text).unwrap().remove(0);
            let findings = placed(&lines, &parsed, kubernetes::judge_parsed(&parsed).findings);
            findings.iter().map(|one| (one.mark.unwrap().line, one.caused_by.clone())).collect::<Vec<_>>()
        };
        let effect = (8, Some("spec.volumes[0].name".to_owned()));
        assert_eq!(of(text), [(13, None), (9, None), (12, None), effect.clone()]);
        assert_eq!(of(&text.replace("hostIPC: 1", "hostIPC: false")), [(9, None), (12, None), effect]);
    }

    #[test]
    fn unknown_and_repeated_fields_are_marked_at_their_names() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  \"name\": b\n  nam: c\n  name: d\n";
        assert_eq!(marked(text), ["5:3 duplicate-field `\"name\"`", "6:3 unknown-field `nam`", "7:3 duplicate-field `name`"]);
        assert_eq!(marked("kind: Service\napiVersion: v1\n"), ["1:7 not-judged `Service`"]);
        assert_eq!(marked("kind: Pod\napiVersion: apps/v1\n"), ["2:13 kind `apps/v1`"]);
        assert_eq!(marked("apiVersion: v1\n"), ["1:1 kind `apiVersion` kind"]);
    }
}

//! The answers for GitHub Actions: workflow commands, of which a run makes annotations of the files that a change is about.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::advised::Advised;
use super::answer::FileAnswer;
use crate::cli::printable::brief;
use kube_dry_run::inspection::Mark;
use kube_dry_run::{Finding, Severity};

/// How many annotations are written of a file; GitHub shows ten of a sort.
const MAX_OF_FILE: usize = 100;

/// How many characters of a message are written.
const MAX_MESSAGE: usize = 1000;

/// Writes a command for everything that is said about the file at `path`, a line each; notes are left out, as in the text, and of
/// very much the rest is counted.
pub(super) fn write(out: &mut impl Write, path: &str, answer: &FileAnswer) -> io::Result<()> {
    let documents = answer.inspections.documents.iter();
    let mut findings = documents.flat_map(|document| document.findings.iter().chain(Advised::problems(&document.advice)));
    findings.by_ref().take(MAX_OF_FILE).try_for_each(|finding| writeln!(out, "{}", command(path, finding)))?;
    let omitted: usize = answer.inspections.documents.iter().map(|document| document.omitted.total()).sum();
    match findings.count() + omitted {
        0 => Ok(()),
        more => writeln!(out, "::notice file={}::and {more} more in this file; -o json writes more", property(path)),
    }
}

/// `::error file=web.yaml,line=13,…,title=podweave (unknown-field)::unknown field …`
fn command(path: &str, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let mut command = format!("::{name} file={}", property(path));
    if let Some(Mark { line, column, end_column }) = finding.mark {
        _ = write!(command, ",line={line},endLine={line},col={column},endColumn={end_column}");
    }
    let hint = finding.hint.as_ref().map(|hint| format!("%0A{}", data(hint))).unwrap_or_default();
    _ = write!(command, ",title=podweave ({})::{}{hint}", finding.rule.id(), data(&finding.message));
    command
}

/// `text` as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// `text` as what a command says: no line of it begins another one.
fn data(text: &str) -> String {
    brief(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"), MAX_MESSAGE).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kube_dry_run::{Path, Rule};

    #[test]
    fn a_text_cannot_give_a_command_of_its_own() {
        let finding = Finding::new(Rule::UNKNOWN_FIELD, Path::default(), "100 %\r\n::stop-commands::x\u{1b}");
        let expected = "::error file=a%2Cb%3A%0Ac.yaml,title=podweave (unknown-field)::100 %25%0D%0A::stop-commands::x␛";
        assert_eq!(command("a,b:\nc.yaml", &finding), expected);
    }

    #[test]
    fn a_command_names_the_place_and_says_what_to_do() {
        let mut finding = Finding::new(Rule::WARNING, Path::default(), "old").with_hint("Write the new one.");
        finding.mark = Some(Mark { line: 3, column: 5, end_column: 9 });
        let expected =
            "::warning file=a.yaml,line=3,endLine=3,col=5,endColumn=9,title=podweave (warning)::old%0AWrite the new one.";
        assert_eq!(command("a.yaml", &finding), expected);
    }
}

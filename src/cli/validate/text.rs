//! The answers for people: every finding with its line of the source, the place marked, as compilers show it.

use std::io::{self, Write};

use annotate_snippets::renderer::Style;

use super::advised::{Advised, silenced_in_words};
use super::answer::FileAnswer;
use super::outcome::{MAX_KINDS, Outcome};
use crate::cli::drawing::Drawing;
use crate::cli::printable::brief;
use crate::report::{self, Light, counted, stages};
use kube_dry_run::inspection::{Inspection, Inspections, Problems};
use kube_dry_run::{Finding, Severity, Stage, Verdict};

/// How many findings of one document are drawn, and how many of one file; the others are counted.
const MAX_OF_DOCUMENT: usize = 20;
const MAX_OF_FILE: usize = 100;

/// How many characters of a kind or a name are shown.
const MAX_OF_NAME: usize = 80;

/// Writes what is said about a file: nothing about documents that are accepted and work, as far as is known. Notes are counted;
/// what a document silences is named.
pub(super) fn write(out: &mut impl Write, drawing: &Drawing, answer: &FileAnswer) -> io::Result<()> {
    let (mut left, mut untold) = (MAX_OF_FILE, 0);
    let Inspections { documents, omitted } = &answer.inspections;
    for (index, document) in documents.iter().enumerate().filter(|(_, document)| has_findings(document)) {
        let room = left.min(MAX_OF_DOCUMENT);
        let drawn = document.findings.len().min(room);
        let mut advice: Vec<_> = Advised::problems(&document.advice).collect();
        advice.sort_by_key(|finding| finding.stage);
        advice.truncate(room - drawn);
        let is_silencing = !has_problems(document) && left > 0;
        if drawn + advice.len() == 0 && !is_silencing {
            untold += 1;
            continue;
        }
        left -= drawn + advice.len() + usize::from(is_silencing);
        writeln!(out, "{}\n", emphasised(drawing, &heading(answer, index, document)))?;
        write_findings(out, drawing, answer, document, drawn)?;
        write_advice(out, drawing, answer, document, &advice)?;
    }
    match untold + omitted.refused + omitted.warned {
        0 => Ok(()),
        more => writeln!(out, "… and {} more with findings in this file; -o json writes more\n", counted(more, "document")),
    }
}

fn has_findings(document: &Inspection) -> bool {
    has_problems(document) || !document.silenced.is_empty()
}

fn has_problems(document: &Inspection) -> bool {
    let is_told = !document.findings.is_empty() || document.verdict.is_refusal() || document.is_warned();
    is_told || Advised::problems(&document.advice).next().is_some()
}

/// Writes what came of all files, in one line.
pub(super) fn write_summary(out: &mut impl Write, drawing: &Drawing, outcome: &Outcome) -> io::Result<()> {
    let Outcome { documents, warned, refused, not_judged, files, unreadable, empty, .. } = *outcome;
    let accepted = documents - refused - not_judged;
    let warned = if warned > 0 { format!(" ({warned} with warnings)") } else { String::new() };
    let unreadable = if unreadable > 0 { format!("; {} not readable", counted(unreadable, "path")) } else { String::new() };
    let empty = if empty > 0 { format!(" ({empty} without a manifest)") } else { String::new() };
    let (documents, files) = (counted(documents, "document"), counted(files, "file"));
    let not_judged = if not_judged > 0 { format!(", {not_judged} not judged ({})", kinds(outcome)) } else { String::new() };
    let advice = outcome.advised.in_words().map(|advice| format!("; advice: {advice}")).unwrap_or_default();
    let summary =
        format!("{documents} in {files}{empty}: {accepted} accepted{warned}, {refused} refused{not_judged}{advice}{unreadable}");
    writeln!(out, "{}", emphasised(drawing, &summary))
}

/// The kinds that are not judged: `ConfigMap, Service`.
fn kinds(outcome: &Outcome) -> String {
    let kinds = &outcome.kinds_not_judged;
    let mut names: Vec<_> = kinds.iter().take(MAX_KINDS).map(|kind| brief(kind, MAX_OF_NAME)).collect();
    if kinds.len() > MAX_KINDS {
        names.push("…".into());
    }
    names.join(", ")
}

/// Writes the first `drawn` findings of a document.
fn write_findings(
    out: &mut impl Write,
    drawing: &Drawing,
    answer: &FileAnswer,
    document: &Inspection,
    drawn: usize,
) -> io::Result<()> {
    let mut is_later = false;
    for finding in &document.findings[..drawn] {
        if finding.later && !is_later {
            is_later = true;
            writeln!(out, "Once that is settled, the API server would go on with:\n")?;
        }
        writeln!(out, "{}\n", drawing.of(&answer.path, &answer.lines, finding))?;
    }
    match document.findings.len() + document.omitted.total() - document.omitted.advice - drawn {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more in this document; -o json writes more\n"),
    }
}

/// Writes the `drawn` part of the advice about a document, stage by stage.
fn write_advice(
    out: &mut impl Write,
    drawing: &Drawing,
    answer: &FileAnswer,
    document: &Inspection,
    drawn: &[&Finding],
) -> io::Result<()> {
    let mut stage = None;
    for finding in drawn {
        if stage.replace(finding.stage) != Some(finding.stage) {
            writeln!(out, "{}:\n", stages::name(finding.stage))?;
        }
        writeln!(out, "{}\n", drawing.of(&answer.path, &answer.lines, finding))?;
    }
    match Advised::problems(&document.advice).count() + document.omitted.advice - drawn.len() {
        0 => Ok(()),
        more => writeln!(out, "… and {more} more to advise about this document; -o json writes more\n"),
    }
}

/// `web.yaml: Pod/web refused, 2 errors, 1 more later; does not start: 1 broken`.
fn heading(answer: &FileAnswer, index: usize, document: &Inspection) -> String {
    let path = brief(&answer.path, usize::MAX);
    let verdict = match document.verdict {
        Verdict::Accepted => "accepted",
        Verdict::NotJudged => "not judged",
        _ => "refused",
    };
    let later = Some(document.count_later()).filter(|count| *count > 0).map(|count| format!("{count} more later"));
    let counts: Vec<_> = [(Severity::Error, "error"), (Severity::Warning, "warning")]
        .into_iter()
        .map(|(severity, noun)| (document.count(severity), noun))
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .chain(later)
        .collect();
    let advice = stages_in_words(document);
    let silenced = silenced_in_words(document).map(|silenced| format!("; {silenced}")).unwrap_or_default();
    let counts = if counts.is_empty() { String::new() } else { format!(", {}", counts.join(", ")) };
    format!("{path}: {} {verdict}{counts}{advice}{silenced}", title(index, document))
}

/// `; does not start: 1 broken; shares, with a catch: 2 warnings`, if something goes wrong at a later stage.
fn stages_in_words(document: &Inspection) -> String {
    let outcome = report::Outcome::of_inspection(document);
    let wrong = |stage| matches!(outcome.light(stage), Light::Amber | Light::Red);
    let later = [Stage::Starts, Stage::Shares].into_iter().filter(|stage| wrong(*stage));
    let in_words = |stage| {
        let Problems { errors, warnings } = outcome.at(stage);
        let counts = [(errors, format!("{errors} broken")), (warnings, counted(warnings, "warning"))];
        let counts: Vec<_> = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
        format!("; {}: {}", stages::title(stage, outcome.light(stage)).to_lowercase(), counts.join(", "))
    };
    later.map(in_words).collect()
}

/// `Pod/web`; where the name is not known, which document of the text it is.
fn title(index: usize, document: &Inspection) -> String {
    let name = |text: &str| brief(text, MAX_OF_NAME).into_owned();
    match (document.kind.as_str(), document.name.as_str()) {
        ("", _) => format!("document {}", index + 1),
        (kind, "") => format!("{} (document {})", name(kind), index + 1),
        (kind, known) => format!("{}/{}", name(kind), name(known)),
    }
}

fn emphasised(drawing: &Drawing, text: &str) -> String {
    let style = if drawing.is_coloured() { Style::new().bold() } else { Style::new() };
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::answer::Wanted;
    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_answered_without_commanding_the_terminal(
            parts in proptest::collection::vec(prop_oneof![
                Just("kind: Pod\napiVersion: v1\n"), Just("metadata: {name: "), Just("spec:\n  containers:\n"), Just("  - name: \"漢🚀\"\n"),
                Just("\u{feff}"), Just("\r"), Just("\r\n"), Just("\n"), Just("\t"), Just("'"), Just("\""), Just("\\"), Just("{"), Just("["),
                Just("]"), Just("}"), Just(": "), Just(", "), Just("# "), Just("---\n"), Just("\u{1b}[31m"), Just("\u{202e}"), Just("|\n  x"),
                Just("\\ud83d\\ude80"), Just("a: &a b\n"), Just("*a"), Just("y"), Just("e\u{301}"),
            ], 0..24),
            cut in any::<usize>(),
        ) {
            let mut bytes = parts.concat().into_bytes();
            bytes.truncate(cut % (bytes.len() + 1));
            let answer = FileAnswer::new("\u{1b}.yaml".to_owned(), bytes, Wanted { are_kinds_strict: true, ..Wanted::default() });
            let mut out = Vec::new();
            write(&mut out, &Drawing::new(false, 80), &answer).unwrap();
            let text = String::from_utf8(out).unwrap();
            prop_assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{text:?}");
        }
    }
}

//! A finding beside its line of the source.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use terminal_size::{Width, terminal_size};

use super::printable::{brief, printable};
use kube_dry_run::inspection::{Lines, Mark};
use kube_dry_run::{Finding, Rule, Severity, Stage};

/// The columns of what is no terminal.
const WIDTH: usize = 140;

/// How many characters of a message are shown.
const MAX_MESSAGE: usize = 1000;

/// How many characters of a line are handed to the renderer on either side of the mark's beginning.
const MAX_LINE: usize = 400;

/// Draws findings, for one stream.
pub(super) struct Drawing {
    renderer: Renderer,
    is_coloured: bool,
    width: usize,
}

impl Drawing {
    /// Draws for `stream`: with colours if it is a terminal, or as `NO_COLOR` and `CLICOLOR_FORCE` say.
    pub(super) fn for_stream(stream: &impl RawStream) -> Self {
        let columns = terminal_size().filter(|_| stream.is_terminal()).map(|(Width(columns), _)| usize::from(columns));
        Self::new(AutoStream::choice(stream) != ColorChoice::Never, columns.unwrap_or(WIDTH).clamp(60, 2 * WIDTH))
    }

    /// Draws for what is read by machines first.
    pub(super) fn plain() -> Self {
        Self::new(false, WIDTH)
    }

    /// Draws for lines of `width` columns.
    pub(super) fn new(is_coloured: bool, width: usize) -> Self {
        let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(width), is_coloured, width }
    }

    /// True if colours are wanted.
    pub(super) fn is_coloured(&self) -> bool {
        self.is_coloured
    }

    /// `finding` with its line of the file `path`, of which `lines` is the text.
    pub(super) fn of(&self, path: &str, lines: &Lines, finding: &Finding) -> String {
        let message = brief(&finding.message, MAX_MESSAGE);
        let path = printable(path);
        let title = level(finding).primary_title(message);
        let title = if finding.rule == Rule::WARNING { title } else { title.id(finding.rule.id()) };
        let Some(mark) = finding.mark else {
            return self.renderer.render(&[title.element(Element::from(Origin::path(path)))]);
        };
        let Mark { line, column, .. } = mark;
        let excerpt = Excerpt::new(lines, mark, self.width / 2);
        let mark = AnnotationKind::Primary.span(excerpt.start..excerpt.end).label(label(finding));
        let snippet = Snippet::source(excerpt.text).line_start(line).annotation(mark);
        if excerpt.is_whole_before {
            return self.renderer.render(&[title.element(snippet.path(path)).elements(remarks(finding))]);
        }
        let origin = Element::from(Origin::path(path).line(line).char_column(column));
        let group = Group::with_level(level(finding)).element(snippet).elements(remarks(finding));
        self.renderer.render(&[title.element(origin), group])
    }
}

fn level(finding: &Finding) -> Level<'static> {
    match finding.severity {
        Severity::Error if finding.stage != Stage::Admitted => Level::ERROR.with_name("broken"),
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::HELP,
    }
}

/// What is to be said besides: what it follows from, what it means, and what would settle it.
fn remarks(finding: &Finding) -> Vec<Element<'static>> {
    let is_told = |cause: &&String| finding.hint.as_ref().is_some_and(|hint| hint.contains(cause.as_str()));
    let cause = finding.caused_by.as_ref().filter(|cause| !is_told(cause));
    let cause = cause.map(|cause| format!("this follows from {}", brief(cause, MAX_MESSAGE)));
    // The message about a wrong type says what to write.
    let fix = finding.fix.as_ref().filter(|_| finding.rule != Rule::DECODE).map(|fix| &fix.title);
    let help = finding.hint.as_ref().or(fix).map(|text| brief(text, MAX_MESSAGE).into_owned());
    let cause = cause.map(|text| Level::NOTE.message(text).into());
    cause.into_iter().chain(help.map(|text| Level::HELP.message(text).into())).collect()
}

/// What stands at the mark: which field is missing there, or the field that the message does not name.
fn label(finding: &Finding) -> Option<String> {
    const MAX_FIELD: usize = 120;
    match &finding.missing {
        Some(missing) => Some(format!("`{}` is not set here", brief(missing, MAX_FIELD))),
        // The message names it, with escapes.
        None if finding.rule == Rule::UNKNOWN_FIELD => None,
        None if finding.message.contains(&finding.field) => None,
        None => Some(brief(&finding.field, MAX_FIELD).into_owned()),
    }
}

/// The part of a line around a mark.
struct Excerpt {
    text: String,
    /// The first byte of the mark in `text`.
    start: usize,
    /// The byte after the mark in `text`.
    end: usize,
    /// Whether the line begins where `text` does.
    is_whole_before: bool,
}

impl Excerpt {
    /// The part of a line around `mark`, of which at most `most` characters are marked.
    fn new(lines: &Lines, mark: Mark, most: usize) -> Self {
        let skipped = mark.column.saturating_sub(1 + MAX_LINE);
        let before = mark.column.saturating_sub(1 + skipped);
        let shown: String = lines.rest(mark.line, 1 + skipped).chars().take(before + MAX_LINE).collect();
        let text = printable(&shown).into_owned();
        let byte = |characters: usize| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
        let length = (mark.end_column - mark.column).min(most);
        Self { start: byte(before), end: byte(before + length), is_whole_before: skipped == 0, text }
    }
}

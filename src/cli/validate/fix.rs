//! `podweave validate --fix`: safe fixes, written into the files or shown.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use similar::TextDiff;

use crate::cli::complain;
use crate::cli::printable::printable;
use crate::cli::replace::replace;
use crate::cli::source::{NO_FILE, Source, sources};
use crate::cli::until_closed::UntilClosed;
use crate::document::{Document, File};
use crate::repair::{Basis, fix_all};
use kube_dry_run::yaml::Parsed;
use kube_dry_run::{mended, objects};
use pod_advice::silencing_comment;

/// What is fixed.
#[derive(Debug, Args)]
pub(super) struct FixOptions {
    /// Write fixes into the files, as far as they are safe, before they are judged; comments stay
    #[arg(long)]
    pub(super) fix: bool,
    /// With --fix, show what would change, as a unified diff, and neither write nor judge; exit with status 1 if something would
    #[arg(long, requires = "fix")]
    pub(super) dry_run: bool,
}

/// How many documents of a file are fixed: for each, the whole text is read again.
const MAX_FIXED_DOCUMENTS: usize = 100;

/// The byte order mark of UTF-8, which stays.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text with its fixes.
struct Fixed {
    before: String,
    after: String,
    fixes: usize,
}

/// Writes the fixes into the files at `paths`, and tells of each on the error stream. What cannot be read is told when it is to
/// be judged. False if something could not be written.
pub(super) fn write(paths: &[PathBuf]) -> bool {
    let mut is_written = true;
    for source in sources(paths).flatten() {
        let told = match &source {
            Source::Input => Err("the standard input cannot be fixed: name a file, or see the fixes with --dry-run".to_owned()),
            Source::File(path) => write_file(path, &source),
        };
        is_written &= told.is_ok();
        match told {
            Ok(0) => {}
            Ok(fixes) => complain(format!("{source}: {} made", counted_fixes(fixes))),
            Err(error) => complain(format!("{source}: {error}")),
        }
    }
    is_written
}

/// Writes the fixes into the file at `path`, and tells how many there were.
fn write_file(path: &Path, source: &Source) -> Result<usize, String> {
    // What comes out of a pipe is there once, for whoever judges it.
    if fs::metadata(path).is_ok_and(|data| !data.is_file()) {
        return Err(NO_FILE.to_owned());
    }
    let Some(fixed) = source.read().ok().and_then(fixed) else { return Ok(0) };
    replace(path, &fixed.after).map_err(|error| error.to_string())?;
    Ok(fixed.fixes)
}

fn counted_fixes(count: usize) -> String {
    if count == 1 { "1 fix".to_owned() } else { format!("{count} fixes") }
}

/// Writes what the fixes would change to the standard output. The exit status is 1 if that is anything, and 2 if a path cannot
/// be read.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn show(paths: &[PathBuf]) -> io::Result<ExitCode> {
    let is_shown = io::stdout().is_terminal();
    let mut out = BufWriter::new(UntilClosed::new(io::stdout().lock()));
    let mut status = 0;
    for read in sources(paths).map(|source| source.and_then(|source| Ok((source.read()?, source)))) {
        match read {
            Ok((content, source)) => {
                let Some(fixed) = fixed(content) else { continue };
                status = status.max(1);
                let diff = diff(&source, &fixed);
                write!(out, "{}", if is_shown { shown(&diff) } else { diff })?;
            }
            Err(error) => {
                status = 2;
                complain(error);
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::from(status))
}

/// The text `content`, mended if it cannot be read, with all safe fixes, if there are any and it is UTF-8.
fn fixed(content: Vec<u8>) -> Option<Fixed> {
    let before = String::from_utf8(content).ok()?;
    let text = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&before);
    let (mut after, mut fixes) = mended(text).map_or_else(|| (text.to_owned(), 0), |mended| (mended.text, 1));
    for place in fixable(&after) {
        if let Some((text, count)) = fixed_document(&after, place) {
            after = text;
            fixes += count;
        }
    }
    let mark = &before[..before.len() - text.len()];
    (fixes > 0).then(|| Fixed { after: format!("{mark}{after}"), before: before.clone(), fixes })
}

/// The places of the first documents that have something to fix.
fn fixable(text: &str) -> Vec<usize> {
    let has_fix = |parsed: &Parsed| {
        let basis = Basis { read: Some(parsed), comments: &silencing_comment(parsed.part_of(text)) };
        !fix_all(&mut parsed.value.clone(), basis).is_empty()
    };
    let documents = objects(text).map_while(Result::ok).enumerate();
    let documents = documents.filter(|(_, parsed)| parsed.duplicates.is_empty() && parsed.unread.is_none());
    documents.filter(|(_, parsed)| has_fix(parsed)).map(|(place, _)| place).take(MAX_FIXED_DOCUMENTS).collect()
}

/// The text with the document at `place` fixed, and how many fixes that took.
fn fixed_document(text: &str, place: usize) -> Option<(String, usize)> {
    let file = File::open(text.to_owned(), Some(place)).ok()?;
    let mut value = file.document().value().clone();
    let basis = Basis { read: Some(file.parsed()), comments: file.document().comments() };
    let count = fix_all(&mut value, basis).len();
    let fixed = file.with(&Document::try_from(value).ok()?).ok()?;
    Some((fixed.text().to_owned(), count))
}

/// What changes, as a unified diff.
fn diff(source: &Source, fixed: &Fixed) -> String {
    let name = source.to_string();
    let diff = TextDiff::from_lines(fixed.before.as_str(), fixed.after.as_str());
    diff.unified_diff().context_radius(3).header(&name, &name).to_string()
}

/// `text`, line by line, as a terminal may get it.
fn shown(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

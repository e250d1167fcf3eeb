//! `podweave validate`: what the API server answers to the documents of files.

mod advised;
mod answer;
mod fingerprint;
mod fix;
mod github;
mod gitlab;
mod outcome;
mod sarif;
mod text;

use std::env;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use self::answer::{FileAnswer, Wanted};
use self::fix::FixOptions;
use self::outcome::Outcome;
use super::drawing::Drawing;
use super::source::{Source, SourceError, sources};
use super::until_closed::UntilClosed;
use super::{complain, json};
use crate::origin::Origin;

/// The arguments of `podweave validate`.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// How to write the answer
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// Refuse documents of kinds that are not judged, too
    #[arg(long)]
    strict_kinds: bool,
    #[command(flatten)]
    advice: AdviceOptions,
    #[command(flatten)]
    fixing: FixOptions,
    /// Where Podweave is served, for the links to the pages of rules in SARIF
    #[arg(long, value_name = "URL", env = "PODWEAVE_BASE")]
    base: Option<Origin>,
    /// Files, directories (with their .yaml, .yml and .json files, at any depth), or - for the standard input, which is
    /// also read where nothing is named
    #[arg(value_name = "FILE|DIR|-")]
    paths: Vec<PathBuf>,
}

/// What is made of advice.
#[derive(Debug, Args)]
struct AdviceOptions {
    /// Say only what the API server says
    #[arg(long, conflicts_with_all = ["deny_advice", "fix"])]
    no_advice: bool,
    /// Exit with status 1 where advice says that something does not work, or may not
    #[arg(long)]
    deny_advice: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    /// Every error and warning with its line of the source, and a summary
    Text,
    /// One object with all answers
    Json,
    /// A SARIF 2.1.0 log, for code hosts and editors
    Sarif,
    /// Workflow commands, of which GitHub Actions makes annotations
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
}

/// As many files are judged at once.
const MAX_BATCH_FILES: usize = 64;
/// No file is added to those that are judged at once when they have as many bytes.
const MAX_BATCH_BYTES: usize = 1 << 20;

/// How many reasons JSON has why a path could not be read.
const MAX_FAILURES: usize = 1_000;

/// More than stands in a log before the first answer: nothing is written before the standard input is read, for whoever reads
/// only when everything has been handed over.
const MAX_HEAD_BYTES: usize = 512 << 10;

/// Judges every document of every file and writes the answers to the standard output, file by file.
///
/// The exit status is 0 if everything that is judged is accepted, 1 if a document is refused, and 2 if a path cannot be read, or
/// if there is no document in any of the files. Advice changes it only where that is asked for.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run(arguments: &Validate) -> io::Result<ExitCode> {
    if arguments.fixing.dry_run {
        return fix::show(&arguments.paths);
    }
    let is_written = !arguments.fixing.fix || fix::write(&arguments.paths);
    let drawing = Drawing::for_stream(&io::stdout());
    let mut out = BufWriter::with_capacity(MAX_HEAD_BYTES, UntilClosed::new(io::stdout().lock()));
    let outcome = match arguments.output {
        Output::Text => in_text(&mut out, &drawing, arguments)?,
        Output::Json => in_json(&mut out, arguments)?,
        Output::Sarif => in_sarif(&mut out, arguments)?,
        Output::Github => in_github(&mut out, arguments)?,
        Output::Gitlab => in_gitlab(&mut out, arguments)?,
    };
    out.flush()?;
    Ok(if is_written { outcome.exit_code(arguments) } else { ExitCode::from(2) })
}

fn in_text(out: &mut impl Write, drawing: &Drawing, arguments: &Validate) -> io::Result<Outcome> {
    let outcome = answer_all(arguments, |_, answer| text::write(out, drawing, answer), |_| ())?;
    text::write_summary(out, drawing, &outcome)?;
    Ok(outcome)
}

fn in_json(out: &mut impl Write, arguments: &Validate) -> io::Result<Outcome> {
    let mut separator = "\n";
    out.write_all(b"{\"files\": [")?;
    let write = |_: &Source, answer: &FileAnswer| {
        write!(out, "{separator}{}", json::line(&answer.written())?)?;
        separator = ",\n";
        Ok(())
    };
    let mut failures = Vec::new();
    let give_up = |error| failures.extend((failures.len() < MAX_FAILURES).then_some(error));
    let outcome = answer_all(arguments, write, give_up)?;
    writeln!(out, "\n], \"failures\": {}}}", json::line(&failures)?)?;
    Ok(outcome)
}

fn in_sarif(out: &mut impl Write, arguments: &Validate) -> io::Result<Outcome> {
    let mut log = sarif::Log::begin(out, arguments.base.as_ref())?;
    let mut failures = sarif::Failures::default();
    let outcome = answer_all(arguments, |source, answer| log.write(source, answer), |error| failures.add(&error))?;
    log.end(failures)?;
    Ok(outcome)
}

/// The annotations, and the summary for whoever reads the log.
fn in_github(out: &mut impl Write, arguments: &Validate) -> io::Result<Outcome> {
    let directory = env::current_dir().unwrap_or_default();
    let write = |source: &Source, answer: &FileAnswer| github::write(out, &source.seen_from(&directory), answer);
    let outcome = answer_all(arguments, write, |_| ())?;
    text::write_summary(out, &Drawing::plain(), &outcome)?;
    Ok(outcome)
}

fn in_gitlab(out: &mut impl Write, arguments: &Validate) -> io::Result<Outcome> {
    let directory = env::current_dir().unwrap_or_default();
    let mut report = gitlab::Report::begin(out)?;
    let write = |source: &Source, answer: &FileAnswer| report.write(&source.seen_from(&directory), answer);
    let outcome = answer_all(arguments, write, |_| ())?;
    report.end()?;
    Ok(outcome)
}

/// Answers for one file after the other. All processors judge, and a few files are in memory at once. What cannot be read is
/// told on the error stream and to `give_up`, and stops nothing.
fn answer_all(
    arguments: &Validate,
    mut write: impl FnMut(&Source, &FileAnswer) -> io::Result<()>,
    mut give_up: impl FnMut(String),
) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    let wanted = Wanted { are_kinds_strict: arguments.strict_kinds, is_advice_unwanted: arguments.advice.no_advice };
    let mut files = sources(&arguments.paths).map(|source| source.and_then(|source| Ok((source.read()?, source))));
    loop {
        let batch = Batch::next(&mut files);
        if batch.0.is_empty() {
            break;
        }
        for answered in batch.answered(wanted) {
            match answered {
                Ok((source, answer)) => {
                    outcome.add(&source, &answer);
                    write(&source, &answer)?;
                }
                Err(error) => {
                    outcome.unreadable += 1;
                    complain(&error);
                    give_up(error.to_string());
                }
            }
        }
    }
    if let Some(reason) = outcome.why_nothing_was_judged() {
        complain(&reason);
        give_up(reason);
    }
    Ok(outcome)
}

/// Files that are judged at once, in their order, each with what it holds.
struct Batch(Vec<Result<(Vec<u8>, Source), SourceError>>);

impl Batch {
    /// As many of `files` as fill a batch; empty at their end.
    fn next(files: &mut impl Iterator<Item = Result<(Vec<u8>, Source), SourceError>>) -> Self {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < MAX_BATCH_BYTES
            && batch.len() < MAX_BATCH_FILES
            && let Some(file) = files.next()
        {
            bytes += file.as_ref().map_or(0, |(content, _)| content.len());
            batch.push(file);
        }
        Self(batch)
    }

    /// The answers to the files, in their order.
    fn answered(self, wanted: Wanted) -> Vec<Result<(Source, FileAnswer), SourceError>> {
        let answer = |(bytes, source): (Vec<u8>, Source)| {
            let answer = FileAnswer::new(source.to_string(), bytes, wanted);
            (source, answer)
        };
        self.0.into_par_iter().map(|file| file.map(answer)).collect()
    }
}

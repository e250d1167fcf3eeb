//! `podweave lesson`: what the author of a lesson should know, and the link that opens it.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use kube_dry_run::Severity;
use kube_dry_run::inspection::Lines;
use pod_lesson::{Lesson as Text, Problem};

use super::complain;
use super::printable::printable;
use super::source::{Source, sources};
use super::until_closed::UntilClosed;
use crate::document::link;
use crate::origin::Origin;
use crate::report::counted;

/// The arguments of `podweave lesson`.
#[derive(Debug, Args)]
pub(super) struct Lesson {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say whether lessons can be read, whether their checks work, and whether their manifests do
    ///
    /// The exit status is 0 if every lesson works, warnings or not, 1 if one does not, and 2 if a path cannot be read.
    Check(Check),
    /// Print the link that opens a lesson in the page
    Link(Link),
}

#[derive(Debug, Args)]
struct Check {
    /// Files, directories, or - for the standard input, which is also read where nothing is named
    #[arg(value_name = "PATH|-")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct Link {
    /// Where Podweave is served
    #[arg(long, value_name = "URL", env = "PODWEAVE_BASE", default_value_t)]
    base: Origin,
    /// A file, or - for the standard input, which is also read where nothing is named
    #[arg(value_name = "FILE|-")]
    path: Option<PathBuf>,
}

/// Does what is asked for.
///
/// # Errors
/// A file cannot be read, or the standard output takes no more.
pub(super) fn run(arguments: &Lesson) -> Result<ExitCode, Box<dyn Error>> {
    match &arguments.action {
        Action::Check(check) => check_all(check),
        Action::Link(link) => print_link(link),
    }
}

fn check_all(arguments: &Check) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = UntilClosed::new(io::stdout());
    let (mut lessons, mut broken, mut unreadable) = (0, 0, false);
    for source in sources(&arguments.paths) {
        let read = source.and_then(|source| Ok((source.read()?, source)));
        match read {
            Ok((bytes, source)) => {
                lessons += 1;
                broken += usize::from(!check_one(&mut out, &source, bytes)?);
            }
            Err(error) => {
                complain(error);
                unreadable = true;
            }
        }
    }
    let (works, does_not) = (verb(lessons - broken, "work", "works"), verb(broken, "do", "does"));
    writeln!(out, "{}: {} {works}, {broken} {does_not} not", counted(lessons, "lesson"), lessons - broken)?;
    Ok(match () {
        () if unreadable => ExitCode::from(2),
        () if broken > 0 => ExitCode::FAILURE,
        () => ExitCode::SUCCESS,
    })
}

/// The verb for so many.
fn verb(count: usize, many: &'static str, one: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// Writes what is to be said of one lesson, and returns whether it works.
fn check_one(out: &mut impl Write, source: &Source, bytes: Vec<u8>) -> io::Result<bool> {
    let text = match text_of(bytes) {
        Ok(text) => text,
        Err(reason) => return tell(out, &format!("{source}: error: {reason}")).map(|()| false),
    };
    let problems = pod_lesson::check(&text);
    for problem in &problems {
        let Problem { line, column, severity, message, .. } = problem;
        tell(out, &format!("{source}:{line}:{column}: {}: {message}", severity.word()))?;
    }
    let works = problems.iter().all(|problem| problem.severity != Severity::Error);
    match link::encode(&text) {
        Err(error) if works => tell(out, &format!("{source}: error: it fits into no link: {error}")).map(|()| false),
        _ => Ok(works),
    }
}

fn tell(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "{}", printable(text))
}

/// The text of a file, or why its bytes are none.
fn text_of(bytes: Vec<u8>) -> Result<String, String> {
    match Lines::of_bytes(bytes) {
        (lines, None) => Ok(lines.into_text()),
        (_, Some(error)) => Err(error.to_string()),
    }
}

fn print_link(arguments: &Link) -> Result<ExitCode, Box<dyn Error>> {
    let source = Source::named(arguments.path.as_deref())?;
    let text = match text_of(source.read()?) {
        Ok(text) => text,
        Err(reason) => {
            complain(format!("{source}: {reason}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    if let Err(problems) = Text::read(&text) {
        for Problem { line, column, message, .. } in problems {
            complain(format!("{source}:{line}:{column}: {message}"));
        }
        return Ok(ExitCode::FAILURE);
    }
    match link::encode(&text) {
        Ok(code) => writeln!(io::stdout(), "{}/l/{code}", arguments.base)?,
        Err(error) => {
            complain(format!("{source}: {error}"));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

//! `podweave validate`: what the API server answers to the documents of files.

mod answer;
mod source;
mod text;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use self::answer::FileAnswer;
use self::source::{Source, SourceError, sources};

/// The arguments of `podweave validate`.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// How to write the answer
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// Files, directories (with their .yaml, .yml and .json files, at any depth), or - for the standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    /// A line for every error and warning, and a summary
    Text,
    /// One object with everything
    Json,
}

/// What came of all files.
#[derive(Default)]
struct Outcome {
    documents: usize,
    refused: usize,
    unreadable: usize,
}

/// Judges every document of every file and writes the answers to the standard output, file by file.
///
/// The exit status is 0 if everything is accepted, 1 if a document is refused, and 2 if a path cannot be read.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run(arguments: &Validate) -> io::Result<ExitCode> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = match arguments.output {
        Output::Text => in_text(&mut out, &arguments.paths)?,
        Output::Json => in_json(&mut out, &arguments.paths)?,
    };
    out.flush()?;
    Ok(outcome.exit_code())
}

fn in_text(out: &mut impl Write, paths: &[PathBuf]) -> io::Result<Outcome> {
    let outcome = answer_all(paths, |answer| text::write(out, answer))?;
    let Outcome { documents, refused, .. } = outcome;
    writeln!(out, "{} accepted, {refused} refused", documents - refused)?;
    Ok(outcome)
}

fn in_json(out: &mut impl Write, paths: &[PathBuf]) -> io::Result<Outcome> {
    let mut separator = "\n";
    out.write_all(b"{\"files\": [")?;
    let outcome = answer_all(paths, |answer| {
        out.write_all(separator.as_bytes())?;
        separator = ",\n";
        Ok(serde_json::to_writer(&mut *out, answer)?)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(outcome)
}

/// Answers for one file after the other; no more than one is in memory.
fn answer_all(paths: &[PathBuf], mut write: impl FnMut(&FileAnswer) -> io::Result<()>) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for source in paths.iter().flat_map(|path| sources(path)) {
        match source.and_then(|source| Ok((source.read()?, source))) {
            Ok((bytes, source)) => {
                let answer = FileAnswer::new(&source, bytes);
                outcome.add(&answer);
                write(&answer)?;
            }
            Err(error) => {
                outcome.unreadable += 1;
                complain(&error);
            }
        }
    }
    Ok(outcome)
}

fn complain(error: &SourceError) {
    // Nothing is left to tell about an error stream that is closed.
    _ = writeln!(io::stderr(), "podweave: {error}");
}

impl Outcome {
    fn add(&mut self, answer: &FileAnswer) {
        self.documents += answer.documents.len();
        self.refused += answer.documents.iter().filter(|document| document.is_refused()).count();
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self { unreadable: 1.., .. } => ExitCode::from(2),
            Self { refused: 1.., .. } => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

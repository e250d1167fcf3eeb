//! `podweave render`: a manifest as Podweave writes it.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::drawing::Drawing;
use super::source::Source;
use super::{complain, json};
use kube_dry_run::inspection::{Lines, loss_findings, syntax_finding};
use kube_dry_run::yaml;
use kube_dry_run::{Finding, order};

/// The arguments of `podweave render`.
#[derive(Debug, Args)]
pub(super) struct Render {
    /// What to write
    #[arg(short, long, value_enum, default_value_t = Output::Yaml)]
    output: Output,
    /// A file, or - for the standard input, which is also read where nothing is named
    #[arg(value_name = "FILE|-")]
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    /// YAML, with a line of --- between documents
    Yaml,
    /// JSON, one object after the other
    Json,
}

/// How many bytes are written of a text, whose documents may become larger when they are laid out.
const MAX_BYTES: usize = 32 << 20;

/// How many reasons are told why a text cannot be written.
const MAX_REASONS: usize = 100;

/// Writes the documents of a file to the standard output, or nothing but the reasons, to the error stream, if one of them
/// cannot be read.
///
/// The exit status is 0, or 1 if there are such reasons or no document at all.
///
/// # Errors
/// The file cannot be read, or the standard output takes no more.
pub(super) fn run(arguments: &Render) -> Result<ExitCode, Box<dyn Error>> {
    let source = Source::named(arguments.path.as_deref())?;
    let (lines, not_unicode) = Lines::of_bytes(source.read()?);
    let written = match not_unicode {
        None => written(&lines, arguments.output),
        Some(error) => Err(Reasons { kept: vec![syntax_finding(&lines, error)], further: 0 }),
    };
    match written {
        Ok(text) if text.is_empty() => complain(source.without_manifest(lines.text())),
        Ok(text) if text.len() > MAX_BYTES => {
            complain(format!("{source}: the documents would be larger than {} MiB when they are written", MAX_BYTES >> 20));
        }
        Ok(text) => {
            io::stdout().write_all(text.as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(reasons) => reasons.draw(&source, &lines),
    }
    Ok(ExitCode::from(1))
}

/// Why a text cannot be written.
#[derive(Default)]
struct Reasons {
    kept: Vec<Finding>,
    further: usize,
}

/// All documents of the text in `format`, or a little more than [`MAX_BYTES`] of them.
///
/// # Errors
/// Whatever makes a document unreadable, and what could not be kept of it: one of two fields with the same name, and text behind
/// its end.
fn written(lines: &Lines, format: Output) -> Result<String, Reasons> {
    let (mut text, mut reasons) = (String::new(), Reasons::default());
    for document in yaml::documents(lines.text()) {
        match document {
            Ok(parsed) if parsed.duplicates.is_empty() && parsed.unread.is_none() => {
                if reasons.kept.is_empty() && text.len() <= MAX_BYTES {
                    format.append(&mut text, &parsed.value);
                }
            }
            Ok(parsed) => {
                reasons.further += parsed.further_duplicates;
                reasons.add(loss_findings(lines, &parsed));
            }
            Err(error) => reasons.add([syntax_finding(lines, error)]),
        }
    }
    if reasons.kept.is_empty() { Ok(text) } else { Err(reasons) }
}

impl Output {
    fn append(self, text: &mut String, document: &Value) {
        match self {
            Self::Yaml => {
                text.push_str(if text.is_empty() { "" } else { "---\n" });
                text.push_str(&yaml::write(document).text);
            }
            Self::Json => {
                text.push_str(&json::escaped(&format!("{:#}\n", order::arrange(document))));
            }
        }
    }
}

impl Reasons {
    fn add(&mut self, reasons: impl IntoIterator<Item = Finding>) {
        for reason in reasons {
            if self.kept.len() < MAX_REASONS {
                self.kept.push(reason);
            } else {
                self.further += 1;
            }
        }
    }

    /// Draws the reasons on the error stream. Nothing is left to tell about one that is closed.
    fn draw(&self, source: &Source, lines: &Lines) {
        let mut out = io::stderr().lock();
        let drawing = Drawing::for_stream(&out);
        let path = source.to_string();
        for finding in &self.kept {
            _ = writeln!(out, "{}\n", drawing.of(&path, lines, finding));
        }
        if self.further > 0 {
            _ = writeln!(out, "… and {} more\n", self.further);
        }
    }
}

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
    #[arg(short, long, value_enum, default_value_t = Format::Yaml)]
    output: Format,
    /// A file, or - for the standard input, which is also read where nothing is named
    #[arg(value_name = "FILE|-")]
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// YAML, with a line of --- between documents
    Yaml,
    /// JSON, one object after the other
    Json,
}

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
    let documents = match not_unicode {
        None => documents(&lines),
        Some(error) => Err(vec![syntax_finding(&lines, error)]),
    };
    match documents {
        Ok(documents) if documents.is_empty() => complain(format!("{source}: there is no manifest in this text")),
        Ok(documents) => {
            io::stdout().write_all(written(&documents, arguments.output).as_bytes())?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(findings) => draw(&source, &lines, &findings)?,
    }
    Ok(ExitCode::from(1))
}

/// All documents of the text.
///
/// # Errors
/// Whatever makes a document unreadable, and what could not be kept of it: one of two fields with the same name, and text behind
/// its end.
fn documents(lines: &Lines) -> Result<Vec<Value>, Vec<Finding>> {
    let (mut documents, mut findings) = (Vec::new(), Vec::new());
    for document in yaml::documents(lines.text()) {
        match document {
            Ok(parsed) => {
                findings.extend(loss_findings(lines, &parsed));
                documents.push(parsed.value);
            }
            Err(error) => findings.push(syntax_finding(lines, error)),
        }
    }
    if findings.is_empty() { Ok(documents) } else { Err(findings) }
}

fn written(documents: &[Value], format: Format) -> String {
    match format {
        Format::Yaml => {
            let texts: Vec<_> = documents.iter().map(|document| yaml::write(document).text).collect();
            texts.join("---\n")
        }
        Format::Json => {
            let texts = documents.iter().map(|document| format!("{:#}\n", order::arrange(document)));
            json::escaped(&texts.collect::<String>()).into_owned()
        }
    }
}

fn draw(source: &Source, lines: &Lines, findings: &[Finding]) -> io::Result<()> {
    let mut out = io::stderr().lock();
    let drawing = Drawing::for_stream(&out);
    let path = source.to_string();
    findings.iter().try_for_each(|finding| writeln!(out, "{}\n", drawing.of(&path, lines, finding)))
}

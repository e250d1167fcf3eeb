//! `podweave link`: the link that opens a manifest in the page.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use super::source::Source;
use crate::document::Document;
use crate::document::link::CHAT_SAFE_LENGTH;
use crate::import::{Candidate, import};
use crate::server::origin::Origin;
use crate::web::links::Links;
use kube_dry_run::inspection::Lines;

/// The arguments of `podweave link`.
#[derive(Debug, Args)]
pub(super) struct Link {
    /// Where Podweave is served
    #[arg(long, value_name = "URL", env = "PODWEAVE_BASE", default_value_t)]
    base: Origin,
    /// A file, or - for the standard input, which is also read where nothing is named
    #[arg(value_name = "FILE|-")]
    path: Option<PathBuf>,
}

/// Writes a link for every document of a file to the standard output, a line each; a document that has none, because the
/// page cannot open it or it is too large, is told on the error stream.
///
/// The exit status is 0 if every document has its link, else 1.
///
/// # Errors
/// The file cannot be read, or the standard output takes no more.
pub(super) fn run(arguments: &Link) -> Result<ExitCode, Box<dyn Error>> {
    let source = Source::named(arguments.path.as_deref())?;
    let candidates = match Lines::of_bytes(source.read()?) {
        (_, Some(not_unicode)) => Err(not_unicode.to_string()),
        (lines, None) => import(lines.text()).map_err(|error| error.to_string()),
    };
    match candidates {
        Ok(candidates) => write_links(&arguments.base, &source, candidates),
        Err(reason) => Ok(refuse(&source, &reason)),
    }
}

fn write_links(base: &Origin, source: &Source, candidates: Vec<Candidate>) -> Result<ExitCode, Box<dyn Error>> {
    let mut status = ExitCode::SUCCESS;
    for Candidate { title, document } in candidates {
        let links = document.map_err(|error| error.to_string()).and_then(|document| links(base, &document));
        match links {
            Ok(links) => {
                writeln!(io::stdout(), "{}", links.share())?;
                warn_if_long(source, &title, &links);
            }
            Err(reason) => status = refuse(source, &format!("{title}: {reason}")),
        }
    }
    Ok(status)
}

fn links(base: &Origin, document: &Document) -> Result<Links, String> {
    Links::new(base.to_string(), document).map_err(|error| error.to_string())
}

fn warn_if_long(source: &Source, title: &str, links: &Links) {
    if links.is_long() {
        let length = links.share().len();
        complain(format!(
            "{source}: {title}: warning: some programs cut links above {CHAT_SAFE_LENGTH} characters; this has {length}"
        ));
    }
}

fn refuse(source: &Source, reason: &str) -> ExitCode {
    complain(format!("{source}: {reason}"));
    ExitCode::from(1)
}

//! `podweave link`: the link that opens a manifest in the page.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use super::source::Source;
use crate::document::link::CHAT_SAFE_LENGTH;
use crate::document::{File, Links};
use crate::origin::Origin;
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

/// Writes the link of a text to the standard output; it opens the first document that there is a form for, and carries all. Why
/// there is none is told on the error stream.
///
/// The exit status is 0 if there is a link, else 1.
///
/// # Errors
/// The file cannot be read, or the standard output takes no more.
pub(super) fn run(arguments: &Link) -> Result<ExitCode, Box<dyn Error>> {
    let source = Source::named(arguments.path.as_deref())?;
    let (text, not_unicode) = Lines::of_bytes(source.read()?);
    let links = match not_unicode {
        None => links(&arguments.base, text.text()),
        Some(error) => Err(error.to_string()),
    };
    match links {
        Ok(links) => {
            writeln!(io::stdout(), "{}", links.share())?;
            warn_if_long(&source, &links);
            return Ok(ExitCode::SUCCESS);
        }
        Err(_) if text.text().trim().is_empty() => complain(source.without_manifest(text.text())),
        Err(reason) => complain(format!("{source}: {reason}")),
    }
    Ok(ExitCode::FAILURE)
}

fn links(base: &Origin, text: &str) -> Result<Links, String> {
    let file = File::open(text.to_owned(), None).map_err(|error| error.to_string())?;
    let contents = file.contents();
    match contents.listed.iter().find_map(|listed| listed.refusal.as_deref()) {
        Some(refusal) if contents.forms == 0 => Err(refusal.to_owned()),
        _ => Links::new(base.to_string(), &file).map_err(|error| error.to_string()),
    }
}

fn warn_if_long(source: &Source, links: &Links) {
    if links.is_long() {
        let length = links.share().len();
        complain(format!("{source}: warning: some programs cut links above {CHAT_SAFE_LENGTH} characters; this has {length}"));
    }
}

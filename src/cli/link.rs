//! `podweave link`: the link that opens a manifest in the page.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::complain;
use super::source::Source;
use crate::document::Document;
use crate::document::link::CHAT_SAFE_LENGTH;
use crate::import::{Candidate, candidates};
use crate::report::counted;
use crate::server::origin::Origin;
use crate::web::links::Links;
use kube_dry_run::inspection::Lines;
use kube_dry_run::yaml;

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

/// How many documents without a link are told one by one.
const MAX_COMPLAINTS: usize = 100;

/// Writes a link for every document of a file to the standard output, a line each; a document that has none, because the
/// page cannot open it or it is too large, is told on the error stream.
///
/// The exit status is 0 if every document has its link, else 1.
///
/// # Errors
/// The file cannot be read, or the standard output takes no more.
pub(super) fn run(arguments: &Link) -> Result<ExitCode, Box<dyn Error>> {
    let source = Source::named(arguments.path.as_deref())?;
    let (lines, not_unicode) = Lines::of_bytes(source.read()?);
    // Nothing is written of a text that is unreadable anywhere, so it is read to its end first.
    let unreadable = not_unicode.or_else(|| yaml::documents(lines.text()).find_map(Result::err));
    match unreadable {
        None => write_links(&arguments.base, &source, lines.text()),
        Some(error) => {
            complain(format!("{source}: {error}"));
            Ok(ExitCode::from(1))
        }
    }
}

/// Writes the links of `text`, one document after the other.
fn write_links(base: &Origin, source: &Source, text: &str) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut count, mut refused) = (0_usize, 0_usize);
    for candidate in candidates(text) {
        let Candidate { title, document } = candidate?;
        count += 1;
        match document.map_err(|error| error.to_string()).and_then(|document| links(base, &document)) {
            Ok(links) => {
                writeln!(out, "{}", links.share())?;
                warn_if_long(source, &title, &links);
            }
            Err(reason) => {
                refused += 1;
                if refused <= MAX_COMPLAINTS {
                    complain(format!("{source}: {title}: {reason}"));
                }
            }
        }
    }
    out.flush()?;
    if refused > MAX_COMPLAINTS {
        complain(format!("{source}: and {} more without a link", counted(refused - MAX_COMPLAINTS, "document")));
    }
    if count == 0 {
        complain(source.without_manifest(text));
    }
    Ok(ExitCode::from(u8::from(count == 0 || refused > 0)))
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

//! `podweave explain`: what a field means and what it is for.

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Args;
use terminal_size::{Width, terminal_size};

use super::complain;
use kube_explain::{Unknown, to_text};

/// The columns of what is no terminal.
const WIDTH: usize = 80;

/// The arguments of `podweave explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The kind whose field it is, unless the path begins with one, as deployment.spec.replicas does
    #[arg(long, value_name = "KIND", default_value = "Pod")]
    kind: String,
    /// The path of a field, such as spec.volumes.emptyDir.sizeLimit, or a kind
    #[arg(value_name = "PATH")]
    path: String,
}

/// Writes what is known of a field to the standard output; of one that there is not, the error stream names fields that may be
/// meant.
///
/// The exit status is 0 if there is such a field, else 1.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run(arguments: &Explain) -> Result<ExitCode, Box<dyn Error>> {
    let explanation = match kube_explain::explain(&arguments.kind, &arguments.path) {
        Ok(explanation) => explanation,
        Err(unknown) => {
            complain(told(&unknown));
            return Ok(ExitCode::FAILURE);
        }
    };
    write!(io::stdout(), "{}", to_text(&explanation, width()))?;
    Ok(ExitCode::SUCCESS)
}

fn told(unknown: &Unknown) -> String {
    match unknown.near.as_slice() {
        [] => unknown.to_string(),
        near => format!("{unknown}; did you mean {}?", near.join(" or ")),
    }
}

/// The columns of the terminal, if the standard output is one.
fn width() -> usize {
    let columns = terminal_size().filter(|_| io::stdout().is_terminal());
    columns.map_or(WIDTH, |(Width(columns), _)| usize::from(columns))
}

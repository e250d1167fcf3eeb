//! `podweave completions`: what a shell completes.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

/// The arguments of `podweave completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell that is to complete
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the script by which a shell completes `command` to the standard output.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run(arguments: &Completions, mut command: Command) -> io::Result<()> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    io::stdout().write_all(&script)
}

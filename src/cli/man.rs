//! `podweave man`: the manual.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command};

/// The arguments of `podweave man`.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Where to write a page for every command, such as ~/.local/share/man/man1; without it, the first page goes to the
    /// standard output
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
}

/// Writes the manual of `command` as roff: all pages into a directory, which is made if it is missing, or the first page to
/// the standard output.
///
/// # Errors
/// A page cannot be written.
pub(super) fn run(arguments: &Man, command: Command) -> io::Result<()> {
    if let Some(directory) = &arguments.directory {
        fs::create_dir_all(directory)?;
        return clap_mangen::generate_to(command, directory);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command.disable_help_subcommand(true)).render(&mut page)?;
    io::stdout().write_all(&page)
}

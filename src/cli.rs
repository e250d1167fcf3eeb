//! The command line. Without a subcommand, `podweave` serves the page.

mod validate;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::validate::Validate;
use crate::server;
use crate::server::config::Config;

const EXAMPLES: &str = "\
Examples:
  podweave                            serve on http://127.0.0.1:3000
  podweave serve --addr 0.0.0.0:8080  serve for the whole network
  podweave validate deploy/           say what Kubernetes would refuse, and where";

/// Compose a Kubernetes Pod whose containers share files, and see what Kubernetes will answer.
///
/// Serves a web page with a form on one side and the manifest that it means, judged as the API server would judge it, on
/// the other. Everything is in this one program, and nothing is stored: a document lives in its link.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Config,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page; `podweave` alone does the same
    Serve(Config),
    /// Say what Kubernetes would answer to manifests
    ///
    /// The exit status is 0 if it would accept them all, 1 if it would refuse one, and 2 if a path cannot be read.
    Validate(Validate),
}

/// Runs the program with the arguments of the process.
///
/// Exit status: 0 when all went well, 2 when the program could not do what it was asked, else as the subcommand says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match run_command(cli.command.unwrap_or(Command::Serve(cli.serve))) {
        Ok(status) => status,
        Err(error) => {
            // Nothing is left to tell about an error stream that is closed.
            _ = writeln!(std::io::stderr(), "podweave: {error}");
            ExitCode::from(2)
        }
    }
}

fn run_command(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Serve(config) => server::serve(&config)?,
        Command::Validate(arguments) => return Ok(validate::run(&arguments)?),
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

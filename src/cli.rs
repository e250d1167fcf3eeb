//! The command line. Without a subcommand, `podweave` serves the page.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::server;

/// Compose a Kubernetes Pod whose containers share files, and see what Kubernetes will answer.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the page (what `podweave` does without a subcommand)
    Serve(Serve),
}

#[derive(Debug, Args)]
struct Serve {
    /// Where to listen
    #[arg(long, value_name = "HOST:PORT", env = "PODWEAVE_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
}

/// Runs the program with the arguments of the process and returns its exit status.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(serve) => server::run(serve.addr),
    }
}

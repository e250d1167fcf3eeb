//! The command line. Without a subcommand, `podweave` serves the page.

mod completions;
mod drawing;
mod explain;
mod json;
mod lesson;
mod licences;
mod link;
mod man;
mod printable;
mod render;
mod replace;
mod rule;
mod source;
mod until_closed;
mod validate;

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::completions::Completions;
use self::explain::Explain;
use self::lesson::Lesson;
use self::link::Link;
use self::man::Man;
use self::printable::printable;
use self::render::Render;
use self::rule::Rule;
use self::validate::Validate;
use crate::server;
use crate::server::config::Config;

const EXAMPLES: &str = "\
Examples:
  podweave                            serve on http://127.0.0.1:3000
  podweave serve --addr 0.0.0.0:8080  serve for the whole network
  podweave validate deploy/           say what Kubernetes would refuse, and where
  podweave render -o yaml pod.json    write a manifest in good order
  podweave link pod.yaml              print the link that opens it in the page
  podweave explain spec.volumes       say what a field is for
  podweave rule not-shared            say what a finding is about";

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
    /// Every document of every file is judged as kube-apiserver 1.35 judges it on create. Columns count Unicode characters.
    /// What is accepted and will not start or not share files is told as advice, which changes the exit status only with
    /// --deny-advice.
    ///
    /// The exit status is 0 if it would accept them all, warnings or not, 1 if it would refuse one, and 2 if a path cannot be
    /// read, or not be written with --fix, though the other paths are judged all the same, if there is no manifest in any of
    /// them, or if the command line is wrong. `podweave rule NAME` says more of the rule that a finding names.
    ///
    /// Of very much the rest is counted: text draws 20 findings of a document and 100 of a file, as many of a file as github
    /// writes; JSON, SARIF and gitlab hold 1,000 of a document and 5,000 of a file, and JSON lists 10,000 documents of a file.
    /// The member `omitted` of a document and of a file in JSON, and notifications in SARIF, say how many are left out.
    Validate(Validate),
    /// Write a manifest in good order, as YAML or JSON
    ///
    /// Fields stand in the order in which people write them, and texts are quoted where Kubernetes would misread them. Comments
    /// are not kept. The exit status is 1 if a document cannot be read, if there is none, or if they would become larger than
    /// 32 MiB, and then nothing is written.
    Render(Render),
    /// Print the link that opens a manifest in the page
    ///
    /// The link holds the whole text with all of its documents, and opens the first one that the page has a form for. The exit
    /// status is 1 if there is none, or if the text is too large for a link, and 2 if the file cannot be read.
    Link(Link),
    /// Say what a field of a manifest means and what it is for
    ///
    /// Its type, whether it has to be there, its default and who sets it, since which release there is it, what people use it
    /// for where containers share files, and what Kubernetes says of it. No cluster is asked.
    ///
    /// The exit status is 1 if there is no such field; then those are named that may be meant.
    Explain(Explain),
    /// Say what a rule finds and why it matters, or list all rules
    ///
    /// A finding names its rule in brackets: error[unknown-field], broken[medium-unknown]. The exit status is 1 if there is no
    /// such rule.
    Rule(Rule),
    /// Check lessons, or print the link that opens one
    Lesson(Lesson),
    /// Print what a shell needs to complete commands
    Completions(Completions),
    /// Write the manual pages
    Man(Man),
    /// Print the licences of the code in this program
    #[command(visible_alias = "licenses")]
    Licences,
}

/// Runs the program with the arguments of the process.
///
/// Exit status: 0 when all went well; 2 when the program could not do what it was asked; else as the subcommand says, whether or
/// not the reader of the standard output, such as `head`, has seen enough before.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match run_command(cli.command.unwrap_or(Command::Serve(cli.serve))) {
        Ok(status) => status,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(error);
            ExitCode::from(2)
        }
    }
}

fn run_command(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Serve(config) => server::serve(&config)?,
        Command::Validate(arguments) => return Ok(validate::run(&arguments)?),
        Command::Render(arguments) => return render::run(&arguments),
        Command::Link(arguments) => return link::run(&arguments),
        Command::Explain(arguments) => return explain::run(&arguments),
        Command::Rule(arguments) => return rule::run(&arguments),
        Command::Lesson(arguments) => return lesson::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Cli::command())?,
        Command::Man(arguments) => man::run(&arguments, Cli::command())?,
        Command::Licences => licences::run()?,
    }
    Ok(ExitCode::SUCCESS)
}

/// True if the reader of the standard output, such as `head`, has seen enough.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Tells `what` went wrong on the error stream.
fn complain(what: impl Display) {
    // Nothing is left to tell about an error stream that is closed.
    _ = writeln!(io::stderr(), "podweave: {}", printable(&what.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}

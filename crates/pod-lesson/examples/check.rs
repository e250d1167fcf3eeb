//! Says what the author of a lesson should know, and exits with 1 if it cannot work.
//!
//! `cargo run -p pod-lesson --example check FILE`

use std::io::{self, Write};
use std::process::ExitCode;

use kube_dry_run::Severity;
use pod_lesson::check;

fn main() -> io::Result<ExitCode> {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap_or_default())?;
    let problems = check(&text);
    let mut output = io::stdout().lock();
    for problem in &problems {
        writeln!(output, "{}: {problem}", problem.severity.word())?;
    }
    let fails = problems.iter().any(|problem| problem.severity == Severity::Error);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

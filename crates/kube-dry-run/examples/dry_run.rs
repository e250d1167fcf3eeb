//! Says what the Kubernetes API server would answer to a file of manifests: `cargo run -p kube-dry-run --example dry_run FILE`.
//!
//! Exits with 1 if it would refuse one of them, and with 2 if there is no file to read.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::process::ExitCode;
use std::{env, fs};

use kube_dry_run::Finding;
use kube_dry_run::inspection::{Inspection, inspect_file};

fn main() -> ExitCode {
    let Some(file) = env::args_os().nth(1) else {
        eprintln!("usage: dry_run FILE");
        return ExitCode::from(2);
    };
    let content = match fs::read(&file) {
        Ok(content) => content,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(2);
        }
    };
    let (_, inspections) = inspect_file(content);
    inspections.documents.iter().for_each(print);
    let is_refused = inspections.documents.iter().any(|document| document.verdict.is_refusal());
    ExitCode::from(u8::from(is_refused || inspections.omitted.refused > 0))
}

fn print(document: &Inspection) {
    let Inspection { kind, name, line, verdict, findings, omitted, .. } = document;
    println!("line {line}: {kind} {name}: {verdict:?}");
    for Finding { later, mark, message, hint, fix, .. } in findings {
        let place = mark.map(|mark| format!("{}:{}: ", mark.line, mark.column)).unwrap_or_default();
        println!("  {place}{}{message}", if *later { "later: " } else { "" });
        if let Some(hint) = hint {
            println!("    hint: {hint}");
        }
        if let Some(fix) = fix {
            println!("    {}: {}", if fix.is_safe { "fix" } else { "perhaps" }, fix.title);
        }
    }
    if !omitted.is_empty() {
        println!("  and {} more", omitted.total());
    }
}

//! Advice about a file of manifests: `cargo run -p pod-advice --example say FILE`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::process::ExitCode;
use std::{env, fs};

use kube_dry_run::objects;
use pod_advice::advise;

fn main() -> ExitCode {
    let Some(text) = env::args_os().nth(1).and_then(|file| fs::read_to_string(file).ok()) else {
        eprintln!("usage: say FILE");
        return ExitCode::from(2);
    };
    for parsed in objects(&text).flatten() {
        for finding in advise(&parsed.value).findings {
            let (rule, severity, field) = (finding.rule, finding.severity.word(), &finding.field);
            println!("{severity} {rule} at {field}: {} {}", finding.message, finding.hint.unwrap_or_default());
            if let Some(fix) = finding.fix {
                println!("    {}: {}", if fix.is_safe { "fix" } else { "perhaps" }, fix.title);
            }
        }
    }
    ExitCode::SUCCESS
}

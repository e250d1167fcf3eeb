//! What would happen to the Pods of a file: `cargo run -p pod-advice --example what_if FILE [EVENT]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::process::ExitCode;
use std::{env, fs};

use kube_dry_run::objects;
use pod_advice::{Event, Outcome, events, same_files, what_happens};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(text) = arguments.next().and_then(|file| fs::read_to_string(file).ok()) else {
        eprintln!("usage: what_if FILE [EVENT]");
        return ExitCode::from(2);
    };
    let wanted = arguments.next();
    for parsed in objects(&text).flatten() {
        for file in same_files(&parsed.value) {
            println!("{}", file.sentence());
        }
        let is_wanted = |event: &Event| wanted.as_ref().is_none_or(|wanted| *wanted == event.id());
        for event in events(&parsed.value).iter().filter(|event| is_wanted(event)) {
            println!("\n{event}: {}?", event.label());
            print(&what_happens(&parsed.value, event));
        }
    }
    ExitCode::SUCCESS
}

fn print(outcome: &Outcome) {
    println!("  {}", outcome.summary);
    for volume in &outcome.volumes {
        println!("  volume [{}] {}", volume.fate.word(), volume.sentence);
    }
    for container in &outcome.ended {
        println!("  ends   {}", container.sentence);
    }
    for container in &outcome.started {
        println!("  starts {}", container.sentence);
    }
    for note in &outcome.notes {
        println!("  note   {note}");
    }
    for lever in &outcome.levers {
        println!("  change {}: {}", lever.field, lever.sentence);
    }
}

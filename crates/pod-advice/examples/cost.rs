//! What advice about a manifest costs, beside its judgement: `cargo run --release -p pod-advice --example cost FILE`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

use kube_dry_run::{judge, yaml};
use pod_advice::advise;

const ROUNDS: u32 = 20_000;

fn main() -> ExitCode {
    let text = env::args_os().nth(1).and_then(|file| fs::read_to_string(file).ok());
    let Some(parsed) = text.and_then(|text| yaml::parse(&text).ok()).and_then(|documents| documents.into_iter().next()) else {
        eprintln!("usage: cost FILE");
        return ExitCode::from(2);
    };
    println!("judge {:?}", mean(|| judge(black_box(&parsed.value)).findings.len()));
    println!("advise {:?}", mean(|| advise(black_box(&parsed.value)).findings.len()));
    ExitCode::SUCCESS
}

fn mean(run: impl Fn() -> usize) -> Duration {
    let start = Instant::now();
    for _ in 0..ROUNDS {
        black_box(run());
    }
    start.elapsed() / ROUNDS
}

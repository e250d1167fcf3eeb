//! What advice adds to the cost of reading and judging a manifest: `cargo run --release -p pod-advice --example cost [FILE]…`.
//!
//! Without a FILE, what the lessons end with is measured, and a Pod of twenty containers that all mount the same twenty volumes. The three are
//! measured in turn, and the best round of each counts, so the ratio holds on a machine that does other things too.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use kube_dry_run::{judge_parsed, yaml};
use pod_advice::advise_text;
use serde_json::{Value, json};

/// How long one round of one measurement lasts, and how many there are.
const ROUND: Duration = Duration::from_millis(20);
const ROUNDS: u32 = 40;

fn main() -> ExitCode {
    let files: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let texts = if files.is_empty() { own_texts() } else { files.iter().map(|file| named(file)).collect() };
    match texts {
        Ok(texts) => texts.iter().for_each(|(name, text)| println!("{name:24} {}", measure(text))),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn named(file: &Path) -> io::Result<(String, String)> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((name, fs::read_to_string(file)?))
}

/// The manifest that the lesson of `file` ends with.
fn finished(file: &Path) -> io::Result<(String, String)> {
    let (name, lesson) = named(file)?;
    let lesson = yaml::parse(&lesson).map_err(io::Error::other)?.pop().map(|parsed| parsed.value);
    let manifest = lesson.as_ref().and_then(|lesson| lesson.get("finished")?.as_str());
    Ok((name, manifest.unwrap_or_default().to_owned()))
}

/// What the lessons end with, and the large Pod.
fn own_texts() -> io::Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pod-lesson/lessons");
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let large = Ok(("20 x 20".to_owned(), yaml::write(&large()).text));
    files.iter().map(|file| finished(file)).chain([large]).collect()
}

/// Twenty containers that all mount the same twenty volumes.
fn large() -> Value {
    let names = |stem: &'static str| (0..20).map(move |number| format!("{stem}-{number}"));
    let mounts: Vec<Value> = names("volume").map(|name| json!({"mountPath": format!("/mnt/{name}"), "name": name})).collect();
    let limits = json!({"cpu": "100m", "memory": "64Mi"});
    let container =
        |name| json!({"name": name, "image": "nginx:1.29-alpine", "resources": {"limits": limits}, "volumeMounts": mounts});
    let volume = |name| json!({"name": name, "emptyDir": {"sizeLimit": "16Mi"}});
    let (containers, volumes): (Vec<_>, Vec<_>) = (names("app").map(container).collect(), names("volume").map(volume).collect());
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "large"}, "spec": {"containers": containers, "volumes": volumes}})
}

/// What reading, judging and advice cost for the first document of `text`, and how much advice adds.
fn measure(text: &str) -> String {
    let Some(parsed) = yaml::parse(text).ok().and_then(|documents| documents.into_iter().next()) else {
        return "cannot be read".to_owned();
    };
    let steps: [&dyn Fn() -> usize; 3] = [
        &|| yaml::parse(black_box(text)).map_or(0, |documents| documents.len()),
        &|| judge_parsed(black_box(&parsed)).findings.len(),
        &|| advise_text(black_box(&parsed.value), black_box(text)).findings.len(),
    ];
    let mut best = [f64::INFINITY; 3];
    for _ in 0..ROUNDS {
        for (best, step) in best.iter_mut().zip(steps) {
            *best = best.min(microseconds(step));
        }
    }
    let [read, judge, advise] = best;
    let ratio = (read + judge + advise) / (read + judge);
    format!("read {read:7.1} us, judge {judge:7.1} us, advise {advise:7.1} us: {ratio:.2} times as much with advice")
}

/// How long one run of `step` takes on average.
fn microseconds(step: &dyn Fn() -> usize) -> f64 {
    let (start, mut runs) = (Instant::now(), 0_u32);
    while start.elapsed() < ROUND {
        for _ in 0..8 {
            black_box(step());
        }
        runs += 8;
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(runs)
}

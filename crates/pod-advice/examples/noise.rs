//! How often each rule speaks about manifests of a file: `cargo run -p pod-advice --example noise FILE`.
//!
//! FILE is a manifest, or gzipped lines of JSON with `id`, `shares` and `manifest`. With the name of a rule after it, the first
//! documents on which the rule speaks are printed, and what it says.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;
use std::{env, io};

use flate2::read::GzDecoder;
use kube_dry_run::{Finding, objects};
use pod_advice::{RULES, advise};
use serde_json::Value;

/// A text of manifests, with what is known of it.
struct Entry {
    id: String,
    shares: bool,
    text: String,
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(file) = arguments.next() else {
        eprintln!("usage: noise FILE [RULE [COUNT]]");
        return ExitCode::from(2);
    };
    let (rule, count) = (arguments.next(), arguments.next().and_then(|count| count.parse().ok()).unwrap_or(10));
    match entries(&file) {
        Ok(entries) => match rule {
            Some(rule) => show(&entries, &rule, count),
            None => summarize(&entries),
        },
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn entries(file: &str) -> io::Result<Vec<Entry>> {
    let content = BufReader::new(File::open(file)?);
    if Path::new(file).extension().is_none_or(|extension| extension != "gz") {
        let mut text = String::new();
        BufReader::new(content).read_to_string(&mut text)?;
        return Ok(vec![Entry { id: file.to_owned(), shares: true, text }]);
    }
    let lines = BufReader::new(GzDecoder::new(content)).lines();
    let entry = |line: String| {
        let value: Value = serde_json::from_str(&line).ok()?;
        let text = |field: &str| value[field].as_str().map(str::to_owned);
        Some(Entry { id: text("id")?, shares: value["shares"] == true, text: text("manifest")? })
    };
    Ok(lines.map_while(Result::ok).filter_map(entry).collect())
}

fn found(entry: &Entry) -> Vec<Finding> {
    let documents = objects(&entry.text).flatten().map(|parsed| parsed.value);
    documents.flat_map(|document| advise(&document).findings).collect()
}

fn summarize(entries: &[Entry]) {
    let (mut of_all, mut of_shared) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        let mut rules: Vec<_> = found(entry).iter().map(|finding| finding.rule.id()).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *of_all.entry(rule).or_insert(0_u32) += 1;
            *of_shared.entry(rule).or_insert(0_u32) += u32::from(entry.shares);
        }
    }
    let shared = entries.iter().filter(|entry| entry.shares).count();
    println!("{} documents, {shared} of them share a volume", entries.len());
    for rule in RULES {
        let of = |counts: &BTreeMap<&str, u32>| counts.get(rule.id()).copied().unwrap_or_default();
        let share = f64::from(of(&of_shared)) * 100.0 / f64::from(u32::try_from(shared.max(1)).unwrap_or(u32::MAX));
        println!(
            "{:28} {:?}/{:?} {:5} all {:4} sharing {share:5.1} %",
            rule.id(),
            rule.stage,
            rule.severity,
            of(&of_all),
            of(&of_shared)
        );
    }
}

fn show(entries: &[Entry], rule: &str, count: usize) {
    let speaking = entries.iter().filter(|entry| entry.shares || entries.len() > 1).filter_map(|entry| {
        let findings: Vec<_> = found(entry).into_iter().filter(|finding| finding.rule.id() == rule).collect();
        (!findings.is_empty()).then_some((entry, findings))
    });
    for (entry, findings) in speaking.take(count) {
        println!("===== {}\n{}", entry.id, entry.text);
        for finding in findings {
            println!("----- {}: {} {}", finding.field, finding.message, finding.hint.unwrap_or_default());
        }
    }
}

//! Which rules speak of the same field of one document, and how often: `cargo run -p pod-advice --example pairs FILE…`.
//!
//! A FILE is a manifest, or gzipped lines of JSON with `id` and `manifest`. Rules that often speak of one field may say the same.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to its user")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;
use std::{env, io};

use flate2::read::GzDecoder;
use kube_dry_run::{Finding, objects};
use pod_advice::advise;
use serde_json::Value;

/// Two rules that speak of one field: how often, and the first thing that they say.
type Pairs = BTreeMap<(&'static str, &'static str), (usize, String)>;

fn main() -> ExitCode {
    let mut pairs = Pairs::new();
    for file in env::args().skip(1) {
        match texts(&file) {
            Ok(texts) => texts.iter().for_each(|(id, text)| add(&mut pairs, id, text)),
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    for ((one, other), (count, first)) in pairs {
        println!("{count:5} {one} {other}\n{first}");
    }
    ExitCode::SUCCESS
}

fn texts(file: &str) -> io::Result<Vec<(String, String)>> {
    let mut content = BufReader::new(File::open(file)?);
    if Path::new(file).extension().is_none_or(|extension| extension != "gz") {
        let mut text = String::new();
        content.read_to_string(&mut text)?;
        return Ok(vec![(file.to_owned(), text)]);
    }
    let entry = |line: String| {
        let value: Value = serde_json::from_str(&line).ok()?;
        Some((value["id"].as_str()?.to_owned(), value["manifest"].as_str()?.to_owned()))
    };
    Ok(BufReader::new(GzDecoder::new(content)).lines().map_while(Result::ok).filter_map(entry).collect())
}

fn add(pairs: &mut Pairs, id: &str, text: &str) {
    for document in objects(text).flatten() {
        let mut by_field: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
        for finding in advise(&document.value).findings {
            by_field.entry(finding.field.clone()).or_default().push(finding);
        }
        for (field, findings) in by_field {
            let rules: BTreeSet<_> = findings.iter().map(|finding| finding.rule.id()).collect();
            for one in &rules {
                for other in rules.range(*one..).skip(1) {
                    pairs.entry((one, other)).or_insert_with(|| (0, in_words(id, &field, &findings))).0 += 1;
                }
            }
        }
    }
}

fn in_words(id: &str, field: &str, findings: &[Finding]) -> String {
    let said = findings.iter().map(|finding| format!("\n        {}: {}", finding.rule, finding.message));
    [format!("      {id} {field}")].into_iter().chain(said).collect()
}

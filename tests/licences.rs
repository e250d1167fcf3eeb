//! What `podweave licences` prints is what the packages of Cargo.lock say. `scripts/licences` writes it anew.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use walkdir::WalkDir;

const NOTICES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/licences.txt.gz");

/// The program and the WebAssembly in it: platform and feature. No code of an npm package is in either.
const PARTS: [(&str, &str); 2] = [("x86_64-unknown-linux-gnu", "ssr"), ("wasm32-unknown-unknown", "hydrate")];

/// How the names of files begin that hold terms.
const TERMS: [&str; 6] = ["licen", "copying", "copyright", "notice", "unlicense", "patents"];

const HEAD: &str = "\
Podweave is licensed under the Apache License 2.0. Its verdicts and their words
follow the source of Kubernetes 1.35, Copyright The Kubernetes Authors, which is
under the same licence.

The program holds Rust's standard library, Copyright The Rust Project
Contributors, MIT OR Apache-2.0, the fonts Noto Sans and Noto Sans Mono,
Copyright The Noto Project Authors, under the SIL Open Font License 1.1, and
code of these packages:

";
const MIDDLE: &str = "
Their terms and notices follow, each text once, below the names of the
packages that bring it.
";

/// The terms of the fonts in the program.
const FONT_TERMS: &str = include_str!("../src/preview/fonts/OFL.txt");

/// A package, ordered by name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
    authors: String,
    folder: PathBuf,
}

#[test]
fn the_notices_are_those_of_the_packages_in_the_program() {
    let notices = notices();
    if std::env::var_os("PODWEAVE_WRITE_LICENCES").is_some() {
        std::io::copy(&mut notices.as_bytes(), &mut GzEncoder::new(File::create(NOTICES).unwrap(), Compression::best())).unwrap();
    }
    let mut written = String::new();
    GzDecoder::new(File::open(NOTICES).unwrap()).read_to_string(&mut written).unwrap();
    let difference = written.lines().zip(notices.lines()).find(|(written, now)| written != now);
    assert!(written == notices, "scripts/licences has not been run since the dependencies changed: {difference:?}");
}

fn notices() -> String {
    let packages: BTreeSet<Package> = PARTS.iter().flat_map(|(platform, feature)| packages(platform, feature)).collect();
    let mut text = HEAD.to_owned();
    // Texts that differ in white space alone are one.
    let mut texts: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    for package in &packages {
        let name = format!("{} {}", package.name, package.version);
        let licence = if package.licence.is_empty() { "see its text" } else { &package.licence };
        writeln!(text, "  {name:40} {licence}").unwrap();
        for terms in terms(package) {
            let words = terms.split_whitespace().collect::<Vec<_>>().join(" ");
            texts.entry(words).or_insert_with(|| (terms, BTreeSet::new())).1.insert(name.clone());
        }
    }
    text.push_str(MIDDLE);
    texts.insert(String::new(), (FONT_TERMS.trim_end().to_owned(), BTreeSet::from(["Noto Sans, Noto Sans Mono".to_owned()])));
    let mut texts: Vec<_> = texts.into_values().map(|(terms, users)| (users, terms)).collect();
    texts.sort();
    for (users, terms) in texts {
        write!(text, "\n{}\n{}\n\n{terms}\n", "=".repeat(80), Vec::from_iter(users).join(", ")).unwrap();
    }
    text
}

/// The packages of others whose code is in a part of the program: what it depends on, however indirectly, but for what only
/// builds or tests need.
fn packages(platform: &str, feature: &str) -> Vec<Package> {
    let metadata = metadata(platform, feature);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (text(&node["id"]), node)).collect();
    let is_in_program = |dependency: &Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
    let mut reached = BTreeSet::new();
    let mut open = vec![text(&metadata["resolve"]["root"])];
    while let Some(id) = open.pop() {
        if reached.insert(id.clone()) {
            open.extend(list(&nodes[&id]["deps"]).iter().filter(|dep| is_in_program(dep)).map(|dep| text(&dep["pkg"])));
        }
    }
    let others = list(&metadata["packages"]).into_iter().filter(|package| !package["source"].is_null());
    others.filter(|package| reached.contains(&text(&package["id"]))).map(|package| read(&package)).collect()
}

fn metadata(platform: &str, feature: &str) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--no-default-features"])
        .args(["--filter-platform", platform, "--features", feature])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn read(package: &Value) -> Package {
    let authors: Vec<_> = package["authors"].as_array().into_iter().flatten().map(text).collect();
    Package {
        name: text(&package["name"]),
        version: text(&package["version"]),
        licence: text(&package["license"]),
        authors: authors.join(", "),
        folder: Path::new(&text(&package["manifest_path"])).parent().unwrap().to_owned(),
    }
}

/// The texts of a package, of its own code and of what it brings along from others.
fn terms(package: &Package) -> BTreeSet<String> {
    let files = WalkDir::new(&package.folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|file| file.file_type().is_file() && holds_terms(file.path()));
    let texts: BTreeSet<_> = files.map(|file| trimmed(&fs::read(file.path()).unwrap())).filter(|text| !text.is_empty()).collect();
    if texts.is_empty() { BTreeSet::from([standard_terms(package)]) } else { texts }
}

fn holds_terms(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    TERMS.iter().any(|term| name.starts_with(term)) && path.extension().is_none_or(|extension| extension != "rs")
}

fn trimmed(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The terms of a package that names them only.
fn standard_terms(package: &Package) -> String {
    let Package { name, licence, authors, .. } = package;
    let terms = match licence.as_str() {
        "MIT" | "MIT OR Apache-2.0" => include_str!("licences/MIT.txt"),
        "BSD-3-Clause" => include_str!("licences/BSD-3-Clause.txt"),
        _ => panic!("{name} brings no text of its licence, {licence}: add the standard text to tests/licences"),
    };
    let holders = if authors.is_empty() { format!("the authors of {name}") } else { authors.clone() };
    format!("Copyright (c) {holders}\n\n{}", terms.trim_end())
}

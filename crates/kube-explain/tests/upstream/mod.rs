//! The schema of the Kubernetes API as `k8s-openapi` has it behind its feature `schemars`, read from its source, so that no
//! test has to build all of its types a second time.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use kube_dry_run::kinds::KINDS;
use serde_json::{Map, Value};
use walkdir::WalkDir;

/// The version of the API that the judgement follows.
const VERSION: &str = "v1_35";

/// The releases in which fields appeared after 1.8, as `tools/since.py` found them.
const SINCE: &str = include_str!("../../data/since.tsv");

/// The table of all definitions that the kinds lead to, in the form that `src/table.rs` describes.
pub fn table() -> String {
    let definitions = definitions();
    let since: BTreeMap<(&str, &str), &str> = SINCE.lines().map(since_line).collect();
    let reached = reached(&definitions);
    let mut used = BTreeSet::new();
    let mut text = String::new();
    for name in &reached {
        let definition = &definitions[name];
        writeln!(text, "{name}\t{}", escaped(&definition["description"])).unwrap();
        let required = definition["required"].as_array().cloned().unwrap_or_default();
        for (field, schema) in definition["properties"].as_object().unwrap() {
            let key = (name.as_str(), field.as_str());
            used.extend(since.contains_key(&key).then_some(key));
            let release = since.get(&key).copied().unwrap_or_default();
            let mark = if required.iter().any(|required| required == field) { "required" } else { "" };
            writeln!(text, " {field}\t{}\t{mark}\t{release}\t{}", type_of(schema), escaped(&schema["description"])).unwrap();
        }
    }
    let unused: Vec<_> = since.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "since.tsv knows fields that the schema lacks: {unused:?}");
    text
}

fn since_line(line: &str) -> ((&str, &str), &str) {
    match line.split('\t').collect::<Vec<_>>().as_slice() {
        [definition, field, release] => ((*definition, *field), release.strip_prefix("1.").unwrap()),
        _ => panic!("{line}"),
    }
}

/// The names of the definitions with fields that the kinds lead to.
fn reached(definitions: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    while let Some(name) = open.pop() {
        let Some(fields) = definitions[&name]["properties"].as_object() else { continue };
        if reached.insert(name.clone()) {
            open.extend(fields.values().filter_map(reference).map(str::to_owned));
        }
    }
    reached
}

/// The definition that a field, its items or its values are of.
fn reference(schema: &Value) -> Option<&str> {
    let inside = [&schema["items"], &schema["additionalProperties"]].into_iter().find_map(|inside| inside["$ref"].as_str());
    schema["$ref"].as_str().or(inside)
}

fn type_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.to_owned();
    }
    match schema["type"].as_str() {
        Some("array") => format!("[]{}", type_of(&schema["items"])),
        Some("object") if schema["additionalProperties"].is_object() => {
            format!("{{}}{}", type_of(&schema["additionalProperties"]))
        }
        Some(scalar) => scalar.to_owned(),
        None => panic!("no type: {schema}"),
    }
}

fn escaped(description: &Value) -> String {
    description.as_str().unwrap_or_default().replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

/// All definitions of the workloads' groups and of what they refer to, by the last part of their names.
fn definitions() -> BTreeMap<String, Value> {
    let sources = sources();
    let mut definitions = BTreeMap::new();
    for part in ["api/core/v1", "api/apps/v1", "api/batch/v1", "apimachinery"] {
        for file in WalkDir::new(sources.join(part)).sort_by_file_name().into_iter().map(Result::unwrap) {
            let source = if file.file_type().is_file() { fs::read_to_string(file.path()).unwrap() } else { String::new() };
            if let Some((name, schema)) = definition(&source) {
                assert!(definitions.insert(name.to_owned(), schema).is_none(), "{name} is there twice");
            }
        }
    }
    definitions
}

fn sources() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == "k8s-openapi").unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).with_file_name("src").join(VERSION)
}

/// The schema that the source of a type holds as the argument of `json_schema!`, as JSON.
fn definition(source: &str) -> Option<(&str, Value)> {
    let (_, implementation) = source.split_once("impl crate::schemars::JsonSchema for ")?;
    let (name, rest) = implementation.split_once(' ')?;
    let (_, rest) = rest.split_once("json_schema!({\n")?;
    let (body, _) = rest.split_once("\n        })\n")?;
    let mut lines: Vec<String> = vec!["{".to_owned()];
    for line in body.lines().filter_map(json_line) {
        // A comma behind the last entry is none of JSON's.
        if let Some(last) = lines.last_mut().filter(|_| line.starts_with(['}', ']'])) {
            last.truncate(last.trim_end_matches(',').len());
        }
        lines.push(line);
    }
    let text = lines.join("\n");
    let text = format!("{}}}", text.trim_end_matches(','));
    let schema: Map<String, Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    Some((name, schema.into()))
}

/// A line of the macro's argument as JSON has it; `None` of one without a counterpart.
fn json_line(line: &str) -> Option<String> {
    let line = line.trim();
    if line == "schema_obj" {
        return None;
    }
    if let Some(described) = line.strip_prefix("schema_obj.ensure_object().insert(\"description\".into(), ") {
        return Some(format!("\"description\": {},", described.strip_suffix(".into());").unwrap()));
    }
    if line.ends_with(": ({") {
        return Some(line.replace(": ({", ": {"));
    }
    if let Some((before, after)) = line.split_once("__gen.subschema_for::<") {
        let name = after.split_once('>').unwrap().0.rsplit("::").next().unwrap();
        return Some(if before.starts_with("let") {
            format!("\"$ref\": \"{name}\",")
        } else {
            format!("{}{{\"$ref\": \"{name}\"}},", before.trim_end_matches('('))
        });
    }
    Some(line.replace("})", "}"))
}

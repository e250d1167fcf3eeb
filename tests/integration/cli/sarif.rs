//! `podweave validate -o sarif`, as code hosts read it.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::GzDecoder;
use pod_advice::RULES;
use serde_json::{Value, json};

use super::{folder, podweave_reads, program};

/// The schema of SARIF 2.1.0 as OASIS publishes it, without white space.
const SCHEMA: &[u8] = include_bytes!("sarif-schema-2.1.0.json.gz");

const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, nam: web}
spec:
  containers:
  - name: web # 🚀
    image: nginx
  volumes:
  - name: html
    emptyDir: {medium: memory, sizeLimit: 1Mi}
  - name: logs
    emptyDir: {medium: memory, sizeLimit: 1Mi}
";

fn log_of(text: impl AsRef<[u8]>) -> Value {
    serde_json::from_slice(&podweave_reads(&["validate", "-o", "sarif"], text).stdout).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

/// What the schema has against `log`.
fn objections(log: &Value) -> Option<String> {
    const NAME: &str = "http://localhost/sarif.json";
    let mut schema = String::new();
    GzDecoder::new(SCHEMA).read_to_string(&mut schema).unwrap();
    let (mut compiler, mut schemas) = (boon::Compiler::new(), boon::Schemas::new());
    compiler.enable_format_assertions();
    compiler.add_resource(NAME, serde_json::from_str(&schema).unwrap()).unwrap();
    let index = compiler.compile(NAME, &mut schemas).unwrap();
    schemas.validate(log, index).err().map(|error| format!("{error:#}"))
}

/// The manifests of the pages of rules, in a Pod where they are part of one.
fn examples() -> impl Iterator<Item = String> {
    let examples = RULES.iter().flat_map(|rule| rule.page.split("```yaml\n").skip(1));
    examples.map(|rest| rest.split("```").next().unwrap()).map(|example| {
        if example.lines().any(|line| line.starts_with("kind:")) {
            return example.to_owned();
        }
        let spec = example.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n{spec}\n")
    })
}

/// `text` with what `result` proposes to replace.
fn fixed(text: &str, result: &Value) -> Option<String> {
    let replacements = result.pointer("/fixes/0/artifactChanges/0/replacements")?.as_array()?;
    let offset = |region: &Value, line: &str, column: &str| {
        let before = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap() - 1;
        let start: usize = text.split_inclusive('\n').take(before(line)).map(str::len).sum();
        start + text[start..].chars().take(before(column)).map(char::len_utf8).sum::<usize>()
    };
    let mut fixed = text.to_owned();
    for replacement in replacements.iter().rev() {
        let region = &replacement["deletedRegion"];
        let range = offset(region, "startLine", "startColumn")..offset(region, "endLine", "endColumn");
        fixed.replace_range(range, replacement["insertedContent"]["text"].as_str().unwrap());
    }
    Some(fixed)
}

/// The rule, field and message of a result.
fn said(result: &Value) -> [&Value; 3] {
    [&result["ruleId"], &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], &result["message"]["text"]]
}

#[test]
fn logs_are_as_the_schema_wants_them() {
    let all = examples().collect::<Vec<_>>().join("---\n");
    let crlf = POD.replace('\n', "\r\n");
    let folder = folder(&[("ä b/🚀%.yaml", &all), ("crlf.yaml", &crlf), ("bad.yaml", "a: [\n"), ("empty.yaml", "")]);
    let mut command = program(&["validate", "-o", "sarif", "--base", "https://pods.example", ".", "no.yaml"]);
    let log: Value = serde_json::from_slice(&command.current_dir(&folder).output().unwrap().stdout).unwrap();
    assert!(results(&log).len() > RULES.len());
    assert_eq!(objections(&log), None);
    assert!(objections(&json!({"version": "2.1.0", "runs": [{"tool": {}}]})).is_some());
}

/// The log of these texts, each a file named after its place.
fn log_of_files(texts: &[String]) -> Value {
    let files: Vec<_> = texts.iter().enumerate().map(|(place, text)| (format!("{place}.yaml"), text.as_str())).collect();
    let folder = folder(&files.iter().map(|(name, text)| (name.as_str(), *text)).collect::<Vec<_>>());
    let output = program(&["validate", "-o", "sarif", "."]).current_dir(&folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The results of the file that is named after `place`.
fn results_of(log: &Value, place: usize) -> impl Iterator<Item = &Value> {
    let uri = format!("{place}.yaml");
    results(log).iter().filter(move |result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri)
}

#[test]
fn fixes_settle_their_findings_when_they_are_applied() {
    let several = format!("{POD}---\n{POD}").trim_end().to_owned();
    let texts: Vec<_> = examples().chain([POD.to_owned(), POD.replace('\n', "\r\n"), several]).collect();
    let before = log_of_files(&texts);
    let fixes: Vec<_> = (0..texts.len())
        .flat_map(|place| results_of(&before, place).map(move |result| (place, result)))
        .filter_map(|(place, result)| Some((place, said(result), fixed(&texts[place], result)?)))
        .collect();
    assert!(fixes.len() > 50, "{}", fixes.len());
    let after = log_of_files(&fixes.iter().map(|(_, _, fixed)| fixed.clone()).collect::<Vec<_>>());
    for (number, (place, finding, fixed)) in fixes.iter().enumerate() {
        let count = |log, place| results_of(log, place).filter(|result| said(result) == *finding).count();
        assert!(count(&after, number) < count(&before, *place), "{finding:?}\n{}\n{fixed}", texts[*place]);
    }
}

#[test]
fn fingerprints_are_their_own_and_stay_when_lines_move() {
    let fingerprints = |log: &Value| {
        let fingerprint = |result: &Value| result["partialFingerprints"]["finding/v1"].as_str().unwrap().to_owned();
        results(log).iter().map(|result| (fingerprint(result), said(result).map(Clone::clone))).collect::<HashMap<_, _>>()
    };
    let twice = log_of(format!("{POD}---\n{POD}"));
    assert_eq!(fingerprints(&twice).len(), results(&twice).len());
    let before = fingerprints(&log_of(POD));
    let moved = fingerprints(&log_of(format!("# a comment\n\n{}---\n{POD}", POD.replace("name: web", "name: other"))));
    for (fingerprint, said) in before {
        assert_eq!(moved.get(&fingerprint), Some(&said));
    }
}

#[test]
fn columns_count_characters_as_the_log_says() {
    let log = log_of(format!("\u{feff}{}", POD.replace("image: nginx", "\"🚀ä\": 1")));
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let is_it = |result: &&Value| result["message"]["text"] == "unknown field \"spec.containers[0].🚀ä\"";
    let unknown = results(&log).iter().find(is_it).unwrap();
    let region = json!({"startLine": 7, "startColumn": 5, "endColumn": 9});
    assert_eq!(unknown["locations"][0]["physicalLocation"]["region"], region);
}

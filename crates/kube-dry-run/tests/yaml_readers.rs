//! What Podweave writes as YAML, read again: by Podweave, by a reader of YAML 1.1 (`PyYAML`), and by one of YAML 1.2.
//!
//! `PODWEAVE_PYTHON` names the Python interpreter, `python3` by default; it must have `PyYAML`.

#[path = "yaml_readers/hostile.rs"]
mod hostile;

use std::io::Write;
use std::process::{Command, Stdio};

use kube_dry_run::inspection::inspect_file;
use kube_dry_run::yaml;
use kube_dry_run::{Path, Segment};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Number, Value, json};

/// How many generated documents the other readers read beside the fixed ones.
const DOCUMENTS: usize = 3_000;

fn documents() -> Vec<Value> {
    let fixed = hostile::TEXTS.iter().flat_map(|text| {
        let text = *text;
        [
            json!({ text: text, "after": [text, {text: [text]}] }),
            json!([text, [[text], {"a": text, "b": text}]]),
            json!({"spec": {"containers": [{"command": ["sh", text], "image": text, "name": text}]}, "kind": "Pod"}),
            json!(text),
        ]
    });
    let mut runner = TestRunner::deterministic();
    let strategy = hostile::document();
    let generated = (0..DOCUMENTS).map_while(|_| Some(strategy.new_tree(&mut runner).ok()?.current()));
    let documents: Vec<Value> = fixed.chain(generated).collect();
    assert!(documents.len() > DOCUMENTS);
    documents
}

#[test]
fn a_yaml_1_1_reader_reads_the_same() {
    let cases: String = documents()
        .iter()
        .map(|document| json!({"yaml": yaml::write(document).text, "json": document}).to_string() + "\n")
        .collect();
    let python = std::env::var("PODWEAVE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut reader = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/yaml_readers.py"))
        .stdin(Stdio::piped())
        .spawn()
        .expect("the Python interpreter starts");
    reader.stdin.take().unwrap().write_all(cases.as_bytes()).unwrap();
    assert!(reader.wait().unwrap().success(), "PyYAML is missing or read something else than was written");
}

#[test]
fn a_yaml_1_2_reader_reads_the_same() {
    for document in documents() {
        let text = yaml::write(&document).text;
        let read: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(with_whole_numbers(read), with_whole_numbers(document), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn podweave_reads_the_same(document in hostile::document()) {
        let text = yaml::write(&document).text;
        let read = yaml::parse(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let read: Vec<Value> = read.into_iter().map(|parsed| parsed.value).collect();
        let expected: Vec<Value> = Some(with_whole_numbers(document)).filter(|value| !value.is_null()).into_iter().collect();
        prop_assert_eq!(read, expected, "{}", text);
    }

    #[test]
    fn reading_any_text_ends_well(text in hostile::text(), more in hostile::text()) {
        for parsed in yaml::documents(&format!("{text}{more}")).flatten() {
            let written = yaml::write(&parsed.value).text;
            prop_assert_eq!(&yaml::parse(&written).unwrap()[0].value, &parsed.value, "{}", written);
        }
    }

    #[test]
    fn any_bytes_are_inspected(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), hostile::yaml().prop_map(String::into_bytes)]) {
        let (lines, documents) = inspect_file(bytes);
        let count = lines.text().split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
        for finding in documents.documents.iter().flat_map(|document| &document.findings) {
            let mark = finding.mark.unwrap();
            prop_assert!((1..=count).contains(&mark.line), "{:?} in {:?}", finding, lines.text());
            prop_assert!(mark.column > 0 && mark.column < mark.end_column);
        }
    }

    #[test]
    fn what_is_read_of_any_yaml_is_the_same_when_it_is_written(text in hostile::yaml()) {
        for parsed in yaml::documents(&text).flatten() {
            let written = yaml::write(&parsed.value).text;
            prop_assert_eq!(&yaml::parse(&written).unwrap()[0].value, &parsed.value, "{}", written);
        }
    }

    #[test]
    fn the_line_of_a_field_shows_it(document in hostile::document()) {
        let rendered = yaml::write(&document);
        let lines: Vec<&str> = rendered.text.split_terminator('\n').collect();
        prop_assert_eq!(lines.len(), rendered.lines().count());
        for path in fields(&document) {
            let line = lines[rendered.line_of(&path).unwrap() - 1];
            match path.last() {
                Some(Segment::Field(name) | Segment::Key(name)) => prop_assert!(shows(line, name), "{} at {}", path, line),
                _ => prop_assert!(path.is_root() || line.contains('-'), "{} at {}", path, line),
            }
        }
    }

    #[test]
    fn positions_of_written_text_are_those_of_its_line_map(document in hostile::document()) {
        let rendered = yaml::write(&document);
        for parsed in yaml::parse(&rendered.text).unwrap() {
            for path in fields(&parsed.value) {
                prop_assert!(parsed.positions.contains(&path), "{}", path);
                prop_assert_eq!(Some(parsed.positions.key(&path).line), rendered.line_of(&path), "{} in {}", path, rendered.text);
            }
        }
    }
}

/// The document as the API server has it: its JSON writes whole floats without a fraction.
fn with_whole_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(whole_number(number)),
        Value::Array(items) => items.into_iter().map(with_whole_numbers).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, with_whole_numbers(value))).collect(),
        other => other,
    }
}

fn whole_number(number: Number) -> Number {
    let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0).map(|float| float.to_string());
    let integer =
        whole.and_then(|text| text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from)).ok());
    integer.unwrap_or(number)
}

/// The paths of all values in `document`.
fn fields(document: &Value) -> Vec<Path> {
    let mut found = vec![];
    let mut open = vec![(Path::root(), document)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(index, item)| (path.index(index), item))),
            Value::Object(map) => open.extend(map.iter().map(|(key, value)| (path.entry(key.as_str()), value))),
            _ => {}
        }
        found.push(path);
    }
    found
}

/// True if `line` has the key `name`, in whatever quotes.
fn shows(line: &str, name: &str) -> bool {
    let written = yaml::write(&json!({ name: null })).text;
    written.lines().next().is_some_and(|first| line.contains(first.trim_end_matches(" null")))
}

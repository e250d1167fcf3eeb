//! Texts that want too much of a reader of YAML: a clear error or a right answer, in sizes at which anything quadratic would
//! not end.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use kube_dry_run::yaml::{self, Parsed};
use serde_json::{Value, json};

const MANY: usize = 10_000;
const LONG: usize = 1 << 18;

fn values(text: &str) -> Vec<Value> {
    yaml::parse(text).unwrap().into_iter().map(|parsed| parsed.value).collect()
}

fn value(text: &str) -> Value {
    let mut values = values(text);
    assert_eq!(values.len(), 1);
    values.remove(0)
}

/// The first of a long line of errors, cut short.
fn error(text: &str) -> String {
    yaml::parse(text).map(|read| read.len()).unwrap_err().to_string()
}

fn numbered(line: impl Fn(usize) -> String) -> String {
    (0..MANY).map(line).collect()
}

#[test]
fn depth_is_refused() {
    let block: String = (0..1_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    let json = format!("{}1{}", "{\"a\":[".repeat(LONG / 8), "]}".repeat(LONG / 8));
    let many = |text: &str| text.repeat(LONG / text.len());
    for text in [block, json, many("["), many("{a: "), many("- "), many("? "), many("[{")] {
        assert!(error(&text).contains("nested"), "{}", error(&text));
    }
}

#[test]
fn depth_by_merging_and_aliases_is_refused() {
    let mut text = "a0: &a0 {k: v}\n".to_owned();
    for level in 1..1_000 {
        let _ = writeln!(text, "a{level}: &a{level} {{k: *a{}}}", level - 1);
    }
    assert!(error(&text).contains("nested more than 100 deep"), "{}", error(&text));
}

#[test]
fn merging_that_doubles_is_refused() {
    let fields: String = (0..100).flat_map(|number| [format!("k{number}"), ": v, ".to_owned()]).collect();
    let many = vec!["*a"; MANY].join(", ");
    let text = format!("a: &a {{{fields}}}\nb: {{<<: [{many}]}}\n");
    assert!(error(&text).contains("expand to too much"), "{}", error(&text));
    let text = format!("a: &a {{{fields}}}\nb:\n{}", "- <<: *a\n".repeat(MANY));
    assert!(error(&text).contains("expand to too much"), "{}", error(&text));
}

#[test]
fn thousands_of_anchors_and_aliases_are_read() {
    let text = numbered(|number| format!("k{number}: &a{number} v\n")) + "all:\n" + &numbered(|number| format!("- *a{number}\n"));
    let value = value(&text);
    assert_eq!((value["k0"].as_str(), value["all"].as_array().map(Vec::len)), (Some("v"), Some(MANY)));
}

#[test]
fn thousands_of_documents_are_read() {
    assert_eq!(values(&"a: 1\n---\n".repeat(MANY)).len(), MANY);
    assert_eq!(values(&"---\na: 1\n...\n".repeat(MANY)).len(), MANY);
    assert_eq!(values(&"---\n# nothing\n".repeat(MANY)), Vec::<Value>::new());
    assert_eq!(yaml::documents(&"a: [\n---\n".repeat(MANY)).filter(Result::is_err).count(), MANY);
}

#[test]
fn thousands_of_keys_are_read() {
    let text = numbered(|number| format!("k{number}: {number}\n"));
    assert_eq!(value(&text)["k9999"], 9_999);
    assert_eq!(value(&format!("{{{}}}", text.replace('\n', ", ")))["k9999"], 9_999);
}

#[test]
fn a_key_that_stands_there_thousands_of_times_is_told() {
    let read: Vec<Parsed> = yaml::parse(&numbered(|number| format!("k: {number}\n"))).unwrap();
    assert_eq!(read[0].value, json!({"k": 9_999}));
    assert_eq!(read[0].duplicates[0].message, "line 2: key \"k\" already set in map");
}

#[test]
fn huge_texts_are_read() {
    let long = "x".repeat(16 * LONG);
    for text in [format!("a: {long}"), format!("a: \"{long}\""), format!("a: '{long}'\n"), format!("a: |-\n  {long}\n")] {
        assert_eq!(value(&text)["a"], long);
    }
    let lines = "x\n".repeat(LONG / 2);
    assert_eq!(value(&format!("a: |\n  {}", lines.trim_end().replace('\n', "\n  ") + "\n"))["a"], lines);
    assert_eq!(value(&format!("a: \"{}\"", "\\u0061".repeat(LONG / 4)))["a"], "a".repeat(LONG / 4));
    assert_eq!(value(&format!("a:\n{}", "  x\n".repeat(LONG / 4)))["a"], vec!["x"; LONG / 4].join(" "));
    assert_eq!(value(&format!("a: x{}y", " ".repeat(LONG)))["a"].as_str().map(str::len), Some(LONG + 2));
}

#[test]
fn huge_keys_are_refused_without_a_mark_and_read_with_one() {
    let long = "x".repeat(LONG);
    assert_eq!(value(&format!("? {long}\n: 1\n")), json!({ &long: 1 }));
    for text in [format!("a:\n  {long}: 1\n"), format!("a:\n  \"{long}\": 1\n"), format!("{{\"{long}\": 1}}")] {
        assert!(error(&text).starts_with("line "), "{:.200}", error(&text));
    }
}

#[test]
fn a_key_twice_below_a_huge_key_is_told() {
    let long = "x".repeat(LONG / 4);
    let read = yaml::parse(&format!("? {long}\n: {{{}}}\n", "a: 1, ".repeat(MANY))).unwrap();
    assert_eq!(read[0].value, json!({ long: {"a": 1} }));
    assert!(!read[0].duplicates.is_empty());
}

#[test]
fn numbers_without_end_are_texts() {
    for number in ["1e999999999", "-1e999999999", "1e99999999999999999999999999999999", "0x"] {
        assert_eq!(value(&format!("a: {number}")), json!({ "a": number }));
    }
    assert_eq!(value("a: 1e-999999999"), json!({"a": 0}));
    for digits in ["1".repeat(10 << 20), format!("0x{}", "f".repeat(LONG)), format!("1{}", ":10".repeat(LONG))] {
        assert_eq!(value(&format!("a: {digits}"))["a"], digits);
    }
    assert_eq!(value(&format!("a: 1.{}", "1".repeat(LONG)))["a"], 1.111_111_111_111_111_1);
    assert_eq!(value(&format!("a: 1{}1", "_".repeat(LONG)))["a"], 11);
}

#[test]
fn control_characters_have_a_place() {
    assert_eq!(&error("a: b\nc: \0")[..30], "line 2, column 4: the control ");
    assert!(error(&"\0".repeat(LONG)).starts_with("line 1, column 1: the control character U+0000"));
    assert!(error("a: \u{fffe}").contains("U+FFFE"));
}

#[test]
fn byte_order_marks_and_windows_line_ends_change_nothing() {
    let text = numbered(|number| format!("k{number}: v\n"));
    let expected = value(&text);
    assert_eq!(value(&format!("\u{feff}{text}")), expected);
    assert_eq!(value(&text.replace('\n', "\r\n")), expected);
    assert_eq!(value(&text.replace('\n', "\r")), expected);
}

#[test]
fn blanks_and_comments_without_end_are_skipped() {
    for filler in ["# a\n", "\n", "  \n", "#\n\n", "\r\n"] {
        let much = filler.repeat(LONG / filler.len());
        assert_eq!(value(&format!("{much}a: 1\n{much}")), json!({"a": 1}));
    }
    for nothing in ["#", " ", "\n", "\r", "# a\n"] {
        assert_eq!(values(&nothing.repeat(LONG)), Vec::<Value>::new());
    }
    assert_eq!(value(&"- a # b\n".repeat(MANY)), json!(vec!["a"; MANY]));
}

#[test]
fn lines_of_one_character_are_read_or_refused() {
    let lines = |line: &str| (line.to_owned() + "\n").repeat(LONG / 4);
    assert_eq!(value(&lines("a")), vec!["a"; LONG / 4].join(" "));
    assert_eq!(value(&lines("-")), json!(vec![Value::Null; LONG / 4]));
    for line in ["[", "]", "{", "}", "*", "&", "%", "@", "`", ",", ":", "?", "\t"] {
        let read = yaml::parse(&lines(line));
        assert!(read.is_err_and(|error| error.line > 0), "{line}");
    }
    for line in ["\"", "'", "|", ">", "!"] {
        assert!(yaml::documents(&lines(line)).count() <= 1, "{line}");
    }
}

#[test]
fn layout_that_has_to_be_repaired_line_by_line_ends() {
    for text in [
        numbered(|number| format!("k{number}:\tx\n")),
        "- \"a\"# b\n".repeat(MANY),
        "- [\n1]\n".repeat(MANY),
        "  - [\n1]\n".repeat(MANY),
        format!("a:\n  b: [\n{}]\n", "1,\n".repeat(MANY)),
        format!("a:\n  b: \"\n{}\"\n", "x\n".repeat(MANY)),
        "- - '\nx'\n".repeat(MANY),
    ] {
        let read: Vec<_> = yaml::documents(&text).collect();
        assert_eq!(read.len(), 1);
    }
}

#[test]
fn endless_decoration_is_refused() {
    let many = |text: &str| text.repeat(LONG / text.len());
    for text in [many("a: !!str "), many("a: &a "), many("*a "), many("%YAML 1.1\n"), many("\"\" "), many(": "), many(",")] {
        let read: Vec<_> = yaml::documents(&text).collect();
        assert!(read.len() <= 1);
        assert!(read.iter().all(Result::is_err), "{text:.100}");
    }
    assert_eq!(value(&("[".to_owned() + &many("1,") + "]")).as_array().map(Vec::len), Some(LONG / 2));
}

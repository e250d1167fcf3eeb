//! From text to documents.

use serde_json::Value;

use super::chunks::Chunk;
use super::duplicates::DuplicateKey;
use super::origin::Origin;
use super::stream::Stream;
use super::{Position, Positions, SyntaxError};

/// One document of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The document, its fields in the order of the text.
    pub value: Value,
    /// Where its fields stand in the whole text.
    pub positions: Positions,
    /// Keys that stand twice in one object; the later value is the one in `value`, as the API server has it.
    pub duplicates: Vec<DuplicateKey>,
    /// How many more such keys there are than are kept.
    pub further_duplicates: usize,
    /// Where something stands behind the end of the document, up to the next `---`, that Kubernetes does not look at: what
    /// follows a line of `...`, for one.
    pub unread: Option<Position>,
    pub(crate) origin: Origin,
}

impl Parsed {
    /// The part of `text`, from which it was read, that holds it, comments in front included; for an item of a list, what holds
    /// the list. Empty if `text` is another text.
    #[must_use]
    pub fn part_of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.origin.range.clone()).unwrap_or_default()
    }
}

/// Reads all documents of `text`, as YAML or JSON. Empty documents, documents of comments only, and `null` are skipped.
///
/// # Errors
/// The first mistake of the text that makes it unreadable. [`documents`] returns the readable documents beside it.
pub fn parse(text: &str) -> Result<Vec<Parsed>, SyntaxError> {
    documents(text).collect()
}

/// Reads the documents of `text` one after the other, as [`parse`] does, each for itself: after a document that cannot be
/// read comes the next one.
///
/// A plain scalar means what it means to `sigs.k8s.io/yaml.YAMLToJSON` (Kubernetes v1.35): `y`, `yes` and `on` are booleans,
/// `0o17`, `017`, `0x1f` and `1_000` numbers. Merge keys, anchors and tags are resolved as there. Refused beyond what is no
/// YAML: what JSON cannot express (`.inf`, `.nan`, a key that is an object), nesting deeper than
/// [`MAX_DEPTH`](super::MAX_DEPTH), and more values than [`MAX_DOCUMENT_VALUES`](super::MAX_DOCUMENT_VALUES) in a document,
/// [`MAX_VALUES`](super::MAX_VALUES) or [`MAX_ALIAS_BYTES`](super::MAX_ALIAS_BYTES) behind aliases in the whole text.
///
/// A text that begins with `{` is taken for JSON objects one after the other, as `YAMLOrJSONDecoder` of
/// `k8s.io/apimachinery/pkg/util/yaml` takes it. Where its first object is no JSON, it is YAML, unless it is JSON with one of
/// the mistakes that kubectl took for such until 1.32: single quotes, a comma behind the last value, a raw tab or line break
/// in a text.
pub fn documents(text: &str) -> impl Iterator<Item = Result<Parsed, SyntaxError>> {
    Stream::of(Chunk::of_text(text)).filter_map(Result::transpose)
}

#[cfg(test)]
mod tests {
    use super::super::MAX_DEPTH;
    use super::super::stream::UNREAD;
    use super::*;
    use serde_json::json;

    fn values(text: &str) -> Vec<Value> {
        parse(text).unwrap().into_iter().map(|parsed| parsed.value).collect()
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn empty_documents_are_skipped() {
        assert_eq!(values(""), Vec::<Value>::new());
        assert_eq!(values("# only\n---\nnull\n---\n~\n---\n"), Vec::<Value>::new());
        assert_eq!(values("---\na: 1\n---\n---\nb: 2\n...\n---\nc: 3\n"), [json!({"a": 1}), json!({"b": 2}), json!({"c": 3})]);
    }

    #[test]
    fn a_document_knows_its_part_of_the_text() {
        let parts = |text: &'static str| parse(text).unwrap().iter().map(|parsed| parsed.part_of(text)).collect::<Vec<_>>();
        let first = "# of a\n---\na: 1\n# end of a\n";
        let second = "# of b\nb: 2\n";
        let text = format!("{first}---\n# nothing\n---\n{second}").leak();
        assert_eq!(parts(text), [first, "# nothing\n---\n# of b\nb: 2\n"]);
        assert_eq!(parts("{\"a\": 1}\n{\"b\": 2}\n"), ["{\"a\": 1}", "{\"b\": 2}"]);
        assert_eq!(parse(second).unwrap()[0].part_of(""), "");
    }

    #[test]
    fn marks_and_line_ends_are_read() {
        assert_eq!(values("\u{feff}---\r\na: 1\r\nb: x\r\n"), [json!({"a": 1, "b": "x"})]);
    }

    #[test]
    fn a_text_may_begin_with_any_character() {
        assert_eq!(values("\u{ff01}: \u{f000}\n"), [json!({"\u{ff01}": "\u{f000}"})]);
        assert_eq!(values("a: 1\n---\n\u{fffd}: 2\n"), [json!({"a": 1}), json!({"\u{fffd}": 2})]);
    }

    #[test]
    fn json_is_read() {
        let text = "{\n\t\"a\": [1, 2.5, \"y\", null],\n\t\"b\": \"\\ud83d\\ude80 \\/ \\u0041\"\n}";
        assert_eq!(values(text), [json!({"a": [1, 2.5, "y", null], "b": "🚀 / A"})]);
    }

    #[test]
    fn what_stands_behind_a_document_is_told() {
        let unread = |text: &str| documents(text).map(|read| read.unwrap().unread).collect::<Vec<_>>();
        let at = |line, column| Some(Position { line, column });
        assert_eq!(unread("a: 1\n...\n# c\nb: 2\n---\nc: 3\n...\n"), [at(4, 1), None]);
        assert_eq!(unread("  a: 1\nb: 2\n"), [at(2, 1)]);
        assert_eq!(unread("# c\n{a: 1}\nb\n"), [at(3, 1)]);
        assert_eq!(unread("a: 1\n...\n\tb: [\n"), [at(3, 1)]);
        assert_eq!(unread("a: 1\r---\rb: 2\n"), [at(2, 1)]);
        assert_eq!(unread("a: 1\n...\n...\n%YAML 1.1\n"), [None]);
        assert_eq!(error("~\n...\na: 1\n"), format!("line 3, column 1: {UNREAD}"));
        assert_eq!(error("'a' 'b'"), format!("line 1, column 5: {UNREAD}"));
        assert_eq!(values("---\n...\n"), Vec::<Value>::new());
        assert_eq!(error("...\n"), "line 1, column 1: expected a value here");
        assert!(error("apiVersion:v1\nkind: Pod").starts_with("line 2, column 5: a `key: value` is not allowed here"));
    }

    #[test]
    fn a_text_that_begins_with_a_brace_is_a_stream_of_json() {
        assert_eq!(values("{\"a\": 1}\n{\"b\": 2}{\"c\": 3}\n"), [json!({"a": 1}), json!({"b": 2}), json!({"c": 3})]);
        assert_eq!(values("\u{feff}\n{\"a\": 1}\n---\n{b: 2}\n"), [json!({"a": 1}), json!({"b": 2})]);
        assert_eq!(values("{a: ~, b: 'c',}\n---\nd: e"), [json!({"a": null, "b": "c"}), json!({"d": "e"})]);
        let read = |text: &str| {
            documents(text)
                .map(|read| read.map_or_else(|error| error.to_string(), |one| one.value.to_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read("{\"kind\": \"a\"}\nb: 1\n---\nc: 2"),
            [
                "{\"kind\":\"a\"}",
                "line 2, column 1: expected a JSON object here, as the text begins with one: put `---` on a line between documents",
                "{\"c\":2}",
            ]
        );
        assert_eq!(read("{'a': 1}\n---\nb: 1"), ["line 1, column 2: a JSON string stands in double quotes", "{\"b\":1}"]);
        assert_eq!(
            read("{\"a\": 1}{\"b\": 2,}")[1],
            "line 1, column 17: a `,` may not stand behind the last value of JSON: leave it out"
        );
        assert_eq!(read("{\"a\": 1}{\"b\": 2}\n---\n{\"c\": 3}").len(), 4);
        assert_eq!(values("{\"a\": 1} # c\n"), [json!({"a": 1})]);
        assert_eq!(values("{\"a\": 1}\n# c\n---\nb: 2\n"), [json!({"a": 1}), json!({"b": 2})]);
        let unread: Vec<_> = documents("{}\nb: 1\n").map(|read| read.unwrap().unread).collect();
        assert_eq!(unread, [Some(Position { line: 2, column: 1 })]);
    }

    #[test]
    fn a_broken_document_leaves_the_others() {
        let read: Vec<_> = documents("a: 1\n---\nb: [\n---\nc: 3\n").collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_ref().unwrap().value, json!({"a": 1}));
        assert_eq!(read[1].as_ref().unwrap_err().to_string(), "line 3, column 4: the bracket that opens here is never closed");
        assert_eq!(read[2].as_ref().unwrap().value, json!({"c": 3}));
    }

    #[test]
    fn values_have_positions() {
        let parsed = parse("# c\n---\nspec:\n  list:\n    - name: x\n      text: |\n        y\n    - &a {z: 1}\n  w:\n")
            .unwrap()
            .remove(0);
        let key = |field: &str| parsed.positions.key(&field.parse().unwrap());
        let value = |field: &str| parsed.positions.value(&field.parse().unwrap());
        let at = |line, column| Position { line, column };
        assert_eq!((key("spec"), value("spec")), (at(3, 1), at(4, 3)));
        assert_eq!((key("spec.list[0]"), key("spec.list[0].name"), value("spec.list[0].name")), (at(5, 7), at(5, 7), at(5, 13)));
        assert_eq!((key("spec.list[0].text"), value("spec.list[0].text")), (at(6, 7), at(6, 13)));
        assert_eq!(key("spec.list[1].z"), at(8, 11));
        assert_eq!(value("spec.w"), at(9, 4));
        assert_eq!((key("spec.list[0].none.at.all"), value("spec.list[9]")), (at(5, 7), at(4, 3)));
        assert!(!parsed.positions.contains(&"spec.none".parse().unwrap()));
    }

    #[test]
    fn the_later_of_two_equal_keys_counts_and_is_told() {
        let parsed = parse("a:\n- b: 1\n  b:\n    c: 2\n  labels: {x.y: 1, \"x.y\": 2}\n").unwrap().remove(0);
        assert_eq!(parsed.value, json!({"a": [{"b": {"c": 2}, "labels": {"x.y": 2}}]}));
        let at = |one: &Position| (one.line, one.column);
        let told: Vec<_> = parsed
            .duplicates
            .iter()
            .map(|one| (one.path.to_string(), at(&one.first), at(&one.position), one.message.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("a[0].b".to_owned(), (2, 3), (3, 3), "line 4: key \"b\" already set in map"),
                ("a[0].labels[x.y]".to_owned(), (5, 12), (5, 20), "line 5: key \"x.y\" already set in map"),
            ]
        );
        let hint = "Line 2 sets the same key. Of the two kubectl keeps the last one without a word: remove one of them.";
        assert_eq!(parsed.duplicates[0].hint, hint);
        let parsed = parse("1: a\n01: b\ny: c\ntrue: &a\n  d: e\n").unwrap().remove(0);
        let told: Vec<_> = parsed.duplicates.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(told, ["line 2: key 1 already set in map", "line 4: key true already set in map"]);
    }

    #[test]
    fn aliases_and_merge_keys_are_resolved() {
        let text = "a: &a {x: 1, k: 2}\nb:\n  <<: *a\n  z: 3\nc:\n  <<: [{x: 4}, *a]\nd: *a\n\"<<\": e\n";
        assert_eq!(
            values(text),
            [
                json!({"a": {"x": 1, "k": 2}, "b": {"x": 1, "k": 2, "z": 3}, "c": {"x": 4, "k": 2}, "d": {"x": 1, "k": 2}, "<<": "e"})
            ]
        );
    }

    #[test]
    fn an_override_of_what_is_merged_is_no_duplicate() {
        let read = |text: &str| parse(text).unwrap().remove(0);
        let overridden = read("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\nc: {<<: [*a, {x: 3}], x: 4}\n");
        assert_eq!((&overridden.value["b"], &overridden.value["c"]), (&json!({"x": 2}), &json!({"x": 4})));
        assert_eq!(overridden.duplicates, []);
        let replaced = read("a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n");
        assert_eq!(replaced.value["b"], json!({"x": 1}));
        let duplicate = &replaced.duplicates[0];
        assert_eq!((duplicate.path.to_string().as_str(), duplicate.first.line, duplicate.position.line), ("b.x", 3, 4));
        assert!(duplicate.hint.contains("put the merge key `<<` first"));
        let twice = read("{<<: {x: 1}, x: 2, x: 3}");
        assert_eq!((twice.duplicates.len(), &twice.value["x"]), (1, &json!(3)));
    }

    #[test]
    fn blanks_may_stand_as_in_yaml_1_1() {
        let text = "a:\n  b:\tx\n  c: [1,\n2,\n3\n]\n  d: {\ne: \"f\ng\"}\n  h: 'i\n\nj'\n  k: 'l''\n '\n";
        let parsed = parse(text).unwrap().remove(0);
        assert_eq!(parsed.value, json!({"a": {"b": "x", "c": [1, 2, 3], "d": {"e": "f g"}, "h": "i\nj", "k": "l' "}}));
        let position = parsed.positions.value(&"a.d.e".parse().unwrap());
        assert_eq!(position, Position { line: 8, column: 4 });
        assert_eq!(parsed.positions.value(&"a.b".parse().unwrap()), Position { line: 2, column: 6 });
    }

    #[test]
    fn a_literal_ends_as_the_text_does() {
        for (text, value) in [
            ("a: |\n  x", "x"),
            ("a: |\n  x\n", "x\n"),
            ("a: |+\n  x\n\n", "x\n\n"),
            ("a: >\n  x\n  y", "x y"),
            ("a: |\n  x\n  ", "x\n"),
            ("b:\n  a: |\n    x\na: |\n x\n---\nc", "x\n"),
        ] {
            assert_eq!(values(text)[0]["a"], value, "{text}");
        }
        assert_eq!(values("a: |\n  x\nb: c")[0], json!({"a": "x\n", "b": "c"}));
    }

    #[test]
    fn the_colon_of_a_key_is_near() {
        let key = |length: usize| "k".repeat(length);
        assert!(parse(&format!("{}: 1\n", key(1024))).is_ok());
        assert!(parse(&format!("? {}\n: 1\n", key(1025))).is_ok());
        for text in ["a: {k: 1}\n", "a:\n  k: 1\n", "a:\n  b: 1\n  k: 2\n", "{\"k\": 1}"] {
            let error = error(&text.replace('k', &key(1025)));
            assert!(error.contains("longer than 1024 characters"), "{error}");
        }
    }

    #[test]
    fn keys_become_texts() {
        assert_eq!(
            values("1: a\ny: b\n1.5: c\n017: d\n&k k: e\n"),
            [json!({"1": "a", "true": "b", "1.5": "c", "15": "d", "k": "e"})]
        );
        assert!(error("~: a").contains("null"));
        assert!(error("[a]: b").contains("a list or an object"));
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, expected) in [
            ("a: b: c", "line 1, column 5: a `key: value` is not allowed here"),
            ("a:\n  b: 1\n\tc: 2", "line 3, column 1: found a tab"),
            ("a: *b", "line 1, column 4: an alias to an anchor that this document does not define"),
            ("a: *b\nc: &b d", "line 1, column 4: an alias to an anchor that this document does not define"),
            ("a: [b,\n  {c: d\n", "line 2, column 3: the bracket that opens here is never closed"),
            ("a:\n- b\n  c\n - d: e\n", "line 4, column 5: a `key: value` is not allowed here"),
            ("a: &a [*a]", "line 1, column 8: an alias to the value that it stands in"),
            ("a: \"b", "line 1, column 4: the quote that opens here"),
            ("a: .nan", "line 1, column 4: `.nan` is a number that JSON does not have"),
            ("a: 1\n---\nb: \u{7}", "line 3, column 4: the control character U+0007"),
            ("a:\n  b: 1\n\t\n", "line 3, column 1: found a tab"),
            ("#\n{'a\n b': c}", "line 3, column 4: did not find expected ',' or '}'"),
            ("<<: 1", "line 1, column 1: a merge key"),
            ("a: !!timestamp x", "line 1, column 16: `x` is not what its tag"),
            ("\u{feff}\u{feff}a: 1", "line 1, column 1: a second byte order mark"),
            ("a:\n  -\tb: 1", "line 2, column 4: found a tab"),
            ("\t{\"a\": 1}", "line 1, column 1: found a tab"),
            ("{\"a\": \"\u{7f}\"}", "line 1, column 8: the control character U+007F"),
            ("%YAML 1.1\n---\na: 1", "line 1, column 10: expected `---` here: leave out a directive"),
            ("a: 1\n--- b", "line 2, column 1: kubectl takes nothing but a comment after the `---`"),
        ] {
            assert!(error(text).starts_with(expected), "{text}: {}", error(text));
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        let parsed = parse(&nested(MAX_DEPTH)).unwrap().remove(0);
        assert_eq!(parse(&crate::yaml::write(&parsed.value).text).unwrap()[0].value, parsed.value);
        for text in [nested(MAX_DEPTH + 1), "[".repeat(200_000), "- ".repeat(200_000), "{a: ".repeat(200_000)] {
            assert!(error(&text).contains("nested"), "{}", error(&text));
        }
        let through_alias = format!("a: &a {}\nb: {}*a{}", nested(60), "[".repeat(60), "]".repeat(60));
        assert!(error(&through_alias).contains("nested"));
    }

    #[test]
    fn alias_expansion_is_bounded() {
        let line = |level: usize| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
        let laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned() + &(1..20).map(line).collect::<String>();
        assert!(error(&laughs).contains("expand to too much"));
    }
}

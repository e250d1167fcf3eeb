//! From text to documents.

use serde_json::Value;

use super::budget::Budget;
use super::build::Builder;
use super::chunks::{Chunk, chunks};
use super::repair::Repairs;
use super::{Position, Positions, SyntaxError, characters, tabs};
use crate::path::Path;

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
    /// True if the text has comments, which a document cannot keep.
    pub has_comments: bool,
}

/// A key that its object already has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The field that is there twice.
    pub path: Path,
    /// The second of the two keys.
    pub position: Position,
    /// The strict reader's words, `line 3: key "a" already set in map`, with the line of the second value.
    pub message: String,
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
pub fn documents(text: &str) -> impl Iterator<Item = Result<Parsed, SyntaxError>> {
    let mut budget = Budget::default();
    chunks(text).filter_map(move |chunk| chunk.and_then(|chunk| document_of_chunk(chunk, &mut budget)).transpose())
}

/// The document of `chunk`, if it is not null. What stands after its end is not looked at.
fn document_of_chunk(chunk: Chunk<'_>, budget: &mut Budget) -> Result<Option<Parsed>, SyntaxError> {
    characters::check(chunk)?;
    let (mut text, joined) = characters::join_surrogates(chunk.text);
    let mut repairs = Repairs::after(joined);
    let before = budget.clone();
    loop {
        let mut builder = Builder::new(Chunk { text: &text, ..chunk }, &repairs, budget);
        let document = builder.document();
        let Some(complaint) = builder.into_complaint() else {
            return without_stray_tab(document?, Chunk { text: &text, ..chunk });
        };
        match repairs.repair(&text, &complaint, budget) {
            Some(repaired) => text = repaired.into(),
            None => return document,
        }
        budget.read_again(&before);
    }
}

/// The document, unless the API server's reader would refuse a tab of `chunk`.
fn without_stray_tab(document: Option<Parsed>, chunk: Chunk<'_>) -> Result<Option<Parsed>, SyntaxError> {
    match tabs::stray_tab(chunk.text) {
        Some(line) => Err(SyntaxError::tab(line + chunk.lines_before)),
        None => Ok(document),
    }
}

#[cfg(test)]
mod tests {
    use super::super::MAX_DEPTH;
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
        assert_eq!(values("# only\n---\nnull\n---\n~\n---\n...\n"), Vec::<Value>::new());
        assert_eq!(values("---\na: 1\n---\n---\nb: 2\n...\n---\nc: 3\n"), [json!({"a": 1}), json!({"b": 2}), json!({"c": 3})]);
    }

    #[test]
    fn marks_and_line_ends_are_read() {
        assert_eq!(values("\u{feff}---\r\na: 1\r\nb: x\r\n"), [json!({"a": 1, "b": "x"})]);
    }

    #[test]
    fn json_is_read() {
        let text = "{\n\t\"a\": [1, 2.5, \"y\", null],\n\t\"b\": \"\\ud83d\\ude80 \\/ \\u0041\"\n}";
        assert_eq!(values(text), [json!({"a": [1, 2.5, "y", null], "b": "🚀 / A"})]);
    }

    #[test]
    fn what_stands_after_a_document_is_not_looked_at() {
        assert_eq!(values("{a: 1}\nx y\n---\nb: 2\n...\nc: [\n"), [json!({"a": 1}), json!({"b": 2})]);
        assert_eq!(values("null\n...\na: 1\n"), Vec::<Value>::new());
    }

    #[test]
    fn a_broken_document_leaves_the_others() {
        let read: Vec<_> = documents("a: 1\n---\nb: [\n---\nc: 3\n").collect();
        assert_eq!(read.len(), 3);
        assert_eq!(read[0].as_ref().unwrap().value, json!({"a": 1}));
        assert_eq!(read[1].as_ref().unwrap_err().line, 4);
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
        assert!(parsed.has_comments);
        assert!(!parsed.positions.contains(&"spec.none".parse().unwrap()));
    }

    #[test]
    fn the_later_of_two_equal_keys_counts_and_is_told() {
        let parsed = parse("a:\n- b: 1\n  b:\n    c: 2\n  labels: {x.y: 1, \"x.y\": 2}\n").unwrap().remove(0);
        assert_eq!(parsed.value, json!({"a": [{"b": {"c": 2}, "labels": {"x.y": 2}}]}));
        let told: Vec<_> =
            parsed.duplicates.iter().map(|one| (one.path.to_string(), one.position.line, one.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("a[0].b".to_owned(), 3, "line 4: key \"b\" already set in map"),
                ("a[0].labels[x.y]".to_owned(), 5, "line 5: key \"x.y\" already set in map"),
            ]
        );
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
        let overridden = parse("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n").unwrap().remove(0);
        assert_eq!(overridden.value["b"], json!({"x": 2}));
        assert_eq!(overridden.duplicates[0].path.to_string(), "b.x");
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
        assert!(error(&format!("a: {{{}: 1}}\n", key(1025))).starts_with("line 1, column 5: a key longer than 1024 characters"));
        assert!(parse(&format!("a:\n  {}: 1\n", key(1025))).is_err());
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
            ("a: &a [*a]", "line 1, column 8: an alias to the value that it stands in"),
            ("a: \"b", "line 1, column 4: the quote that opens here"),
            ("a: .nan", "line 1, column 4: `.nan` is a number that JSON does not have"),
            ("a: 1\n---\nb: \u{7}", "line 3, column 4: the control character U+0007"),
            ("a:\n  b: 1\n\t\n", "line 3, column 1: found a tab"),
            ("{'a\n b': c}", "line 1, column 2: a key must stand on one line"),
            ("<<: 1", "line 1, column 1: a merge key"),
            ("a: !!timestamp x", "line 1, column 4: `x` is not what its tag"),
            ("a: 1\n\u{feff}b: 2", "line 2, column 1: a byte order mark"),
            ("\u{feff}\u{feff}a: 1", "line 1, column 1: a byte order mark"),
            ("a:\n  -\tb: 1", "line 2, column 1: found a tab"),
            ("%YAML 1.1\n---\na: 1", "line 2, column 1: expected `---` here: leave out a directive"),
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

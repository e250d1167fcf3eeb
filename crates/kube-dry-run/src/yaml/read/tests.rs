//! What the reader says of every kind of text.

use std::fmt::Write;

use super::*;

fn root(text: &str) -> Node {
    read_chunk(whole(text)).unwrap().unwrap().root
}

fn read_chunk(chunk: Chunk<'_>) -> Result<Option<Document>, ReadError> {
    read(chunk, &mut Budget::default())
}

fn whole(text: &str) -> Chunk<'_> {
    Chunk { text, start: 0, lines_before: 0 }
}

fn error(text: &str) -> ReadError {
    read_chunk(whole(text)).unwrap_err()
}

/// Every node of `text` on a line of its own: its place, what it is, and its characters.
fn outline(text: &str) -> String {
    let mut out = String::new();
    describe(&mut out, text, &root(text), 0);
    out
}

fn describe(out: &mut String, text: &str, node: &Node, depth: usize) {
    let kind = match &node.kind {
        NodeKind::Alias(name) => format!("alias of {name}"),
        NodeKind::Scalar { style, text } => format!("{style:?} {text:?}"),
        NodeKind::Sequence { layout, .. } => format!("{layout:?} sequence"),
        NodeKind::Mapping { layout, .. } => format!("{layout:?} mapping"),
    };
    let properties = node.properties.as_ref().map_or(String::new(), |properties| {
        let written = &text[properties.start..node.span.start];
        format!(" {written:?} anchor {:?} tag {:?}", node.anchor(), node.tag())
    });
    let written = &text[node.span.clone()];
    let _ = writeln!(out, "{:depth$}{}:{} {kind}{properties} <- {written:?}", "", node.at.line, node.at.column);
    match &node.kind {
        NodeKind::Sequence { items, .. } => items.iter().for_each(|item| describe(out, text, item, depth + 2)),
        NodeKind::Mapping { entries, .. } => {
            for Entry { key, value } in entries {
                describe(out, text, key, depth + 2);
                describe(out, text, value, depth + 2);
            }
        }
        _ => {}
    }
}

#[test]
fn every_node_knows_its_bytes() {
    insta::assert_snapshot!(outline(
        "# c\n---\nspec: # of it\n  list:\n  - name: 'x'  # y\n\n  -\n  - - \"ä\" \n# end\n  empty:\nlast: a\n  b # c\n"
    ));
}

#[test]
fn flow_style_knows_its_brackets() {
    insta::assert_snapshot!(outline("a: [1, {b: 'c', \"d\": }, e: f, ? g : h, {i: j}: k, ] # l\nm: {\n n, o: [\n] ,\n}\n"));
}

#[test]
fn properties_stand_in_front() {
    insta::assert_snapshot!(outline(
        "a: &a !!str # c\n  # d\n  x\nb: !own\n- *a\n- &e\n- !<tag:x,y> &f\n  g: &h {}\nc: &i\n  - &j [k]\nd: &l\n- m\n"
    ));
}

#[test]
fn block_scalars_end_with_their_content() {
    insta::assert_snapshot!(outline(
        "a: | # c\n  x\n\n\n# d\nb: >-\n\n   y\n   z \n  \nc: |+\n  k\n\nd: |\n\ne: |1\n  \n  f: \n   \ng: |-\r\n  h"
    ));
}

#[test]
fn a_last_line_without_a_break_is_read_as_go_reads_it() {
    for (text, value) in [
        ("|\n x", "x"),
        ("|\n x\n", "x\n"),
        ("|-\n x", "x"),
        ("|+\n x", "x"),
        ("|+\n x\n ", "x\n"),
        ("|+\n x\n\n", "x\n\n"),
        ("|\n x\n ", "x\n"),
        ("|\n x\n   ", "x\n  "),
        (">\n x\n y", "x y"),
        ("|", ""),
        ("|+\n", ""),
        ("|+\n\n", "\n"),
        ("\"x\\\n \"", "x"),
        ("a\n", "a"),
        ("'a\n\n '", "a\n"),
    ] {
        let NodeKind::Scalar { text: read, .. } = root(text).kind else { panic!("{text:?}") };
        assert_eq!(read, value, "{text:?}");
    }
}

#[test]
fn only_the_first_document_counts() {
    assert_eq!(root("a: 1\n...\nb: [\n").span, 0..4);
    assert_eq!(read_chunk(whole("# nothing\n")), Ok(None));
    assert_eq!(root("---\n").span, 4..4);
    let second = root("{}").span;
    assert_eq!(
        read_chunk(Chunk { text: "{}", start: 10, lines_before: 3 }).unwrap().unwrap().root.span,
        second.start + 10..second.end + 10
    );
    assert_eq!(
        read_chunk(Chunk { text: "{}", start: 10, lines_before: 3 }).unwrap().unwrap().root.at,
        Position { line: 4, column: 1 }
    );
}

#[test]
fn errors_have_places() {
    let found = error("a:\n  b: 1\n c: 2\n");
    assert_eq!((found.problem, found.at), ("did not find expected key", Position { line: 3, column: 2 }));
    assert_eq!(found.context, Some(("while parsing a block mapping", Position { line: 1, column: 1 })));
}

#[test]
fn no_text_makes_the_parser_panic() {
    for text in ["[\"a\"!, b]", "[a, !x, b]", "{a: !!str, b: c}", "[!<x>, a]"] {
        assert_eq!(error(text).problem, TAG_ENDS, "{text}");
    }
    for text in
        ["a: \"x\\", "\"", "'", "!", "&", "*", "!<", "%", "%YAML", "? ", "[?]", "[?", "{?", "\"\\x", "\"\\u{e9}", "|1", "[? , a]"]
    {
        let _ = read_chunk(whole(text));
    }
    assert!(read_chunk(whole("[a!, 'b!, c']")).is_ok());
}

#[test]
fn size_and_depth_are_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read_chunk(whole(&nested(MAX_DEPTH))).is_ok());
    for text in [nested(MAX_DEPTH + 1), "[".repeat(1 << 18), "{a: ".repeat(1 << 18), "- ".repeat(1 << 18), "? ".repeat(1 << 18)] {
        assert_eq!(error(&text).problem, "exceeded max depth");
    }
    assert_eq!(error(&"[a,".repeat(1 << 18)).problem, "exceeded max depth");
    assert_eq!(error(&format!("[{}]", "a,".repeat(MAX_DOCUMENT_NODES))).problem, "exceeded max number of values");
    let directives: String = (0..1 << 18).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "%TAG !{number}! x");
        text
    });
    for text in [directives.clone(), directives.replace('\n', "\r"), directives.replace('\n', "\u{2028}")] {
        assert_eq!(error(&text).problem, "found too many directives");
    }
}

#[test]
fn what_could_be_quadratic_is_linear() {
    let many = 1 << 14;
    let deep = |inner: &str| "[".repeat(MAX_DEPTH - 1) + inner + &"]".repeat(MAX_DEPTH - 1);
    for text in [
        format!("[{}]", "&a x,\n".repeat(many)),
        format!("a: &a{}  x", "\n#".repeat(many)),
        "\n#".repeat(many),
        "a".repeat(64 * many),
        format!("\"{}\"", "a\n".repeat(many)),
        format!("|\n{}", " a\n".repeat(many)),
        format!("|\n{}a", " \n".repeat(many)),
        format!("|+\n{}", "\n".repeat(64 * many)),
        "- |+\n\n".repeat(many),
        deep(&"a,".repeat(many)),
        deep(&"a,\n".repeat(many)),
    ] {
        assert!(read_chunk(whole(&text)).is_ok(), "{text:.20}");
    }
}

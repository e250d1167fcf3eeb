//! Checks that go too deep, take too long or make no sense end in an answer.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use super::answer;

/// Expressions that go as deep as 1024 bytes allow.
fn deep() -> Vec<String> {
    let around = |open: &str, inner: &str, close: &str| {
        let times = (MAX_EXPRESSION_BYTES - inner.len()) / (open.len() + close.len());
        open.repeat(times) + inner + &close.repeat(times)
    };
    let fields = around("", "object", ".a");
    let nested = (0..24).fold("true".to_owned(), |inner, level| format!("[1].all(x{level}, {inner})"));
    vec![
        around("(", "1", ")"),
        format!("{}true{}", "(".repeat(16), ")".repeat(16)),
        format!("{}true{}", "[".repeat(16), "]".repeat(16)),
        around("[", "1", "]"),
        around("{1:", "1", "}"),
        around("!", "true", ""),
        around("- ", "1", ""),
        around("-", "1", ""),
        around("true?1:", "1", ""),
        around("true?", "1", ":1"),
        around("1+", "1", ""),
        around("1<", "1", ""),
        around("true&&", "true", ""),
        around("true||", "true", ""),
        around("size(", "1", ")"),
        around("[1].all(x,", "true", ")"),
        around("object[", "1", "]"),
        around("object", "", "[0]"),
        around("", "object", "[0]"),
        around("", "object", ".size()"),
        around("a.", "b", ""),
        around("(", "", ""),
        around("'", "", ""),
        around("\\", "", ""),
        around("[1,", "1", ""),
        fields,
        nested,
    ]
}

#[test]
fn depth_does_not_end_the_stack() {
    let small_stack = std::thread::Builder::new().stack_size(1 << 20);
    let tried = small_stack.spawn(|| {
        for source in deep() {
            assert!(!matches!(answer(&source, &json!({})), Answer::Missing(_)), "{source}");
        }
    });
    assert!(tried.unwrap().join().is_ok());
}

/// A manifest of 256 KiB with as many containers, mounts and long texts as that has room for.
fn large() -> Value {
    let mounts: Vec<_> = (0..8).map(|index| json!({"name": format!("v{index}"), "mountPath": format!("/{index}")})).collect();
    let containers: Vec<_> = (0..680).map(|index| json!({"name": format!("c{index}"), "volumeMounts": mounts})).collect();
    let texts: Vec<_> = (0..16).map(|index| "a".repeat(3_000 + index)).collect();
    json!({"metadata": {"labels": {"long": "a".repeat(16_000)}}, "spec": {"containers": containers, "args": texts}})
}

/// Expressions that would take far more than there is.
fn hostile() -> Vec<String> {
    let all = "object.spec.containers";
    let nested =
        |kind: &str, inner: &str| (0..3).fold(inner.to_owned(), |inner, level| format!("{all}.{kind}(c{level}, {inner})"));
    let doubled = |kind: &str| (0..12).fold("[object]".to_owned(), |inner, _| format!("{inner}.{kind}(x, [x, x])"));
    let grown = (0..20).fold("['a']".to_owned(), |inner, _| format!("{inner}.map(x, x + x)"));
    let lists = (0..20).fold("[[1]]".to_owned(), |inner, _| format!("{inner}.map(x, x + x)"));
    vec![
        nested("all", "true"),
        nested("exists", "false"),
        nested("exists_one", "true"),
        format!("{} == []", nested("filter", "true").replace(")))", ") == []) == [])")),
        nested("map", "1") + " == []",
        format!("{all}.all(a, object == object)"),
        format!("{all}.all(a, {all} == {all})"),
        format!("{all}.all(a, a in {all})"),
        format!("{all}.map(a, {all}) == {all}.map(a, {all})"),
        format!("{all}.all(a, object.metadata.labels.long.contains(object.metadata.labels.long + 'b') || true)"),
        format!("{all}.all(a, object.metadata.labels.long.matches('(a|aa|aaa)*b') || true)"),
        format!("{all}.all(a, object.spec.args[0].matches('([a-z]*[a-y]*){{20}}b') || true)"),
        format!("{all}.all(a, {all}.all(b, ''.matches('([a-z]*[a-y]*){{20}}b') || true))"),
        format!("{all}.all(a, {all}.all(b, quantity('1234567890123456789.123456789').compareTo(quantity('1')) == 1))"),
        format!("{all}.all(a, object.metadata.labels.long + 'a' != object.metadata.labels.long + 'b')"),
        format!("{all}.all(a, object.spec.args.join(object.metadata.labels.long) != '')"),
        format!("{all}.all(a, size(object.metadata.labels.long) > 1)"),
        format!("{all}.all(a, object.spec.args.all(b, object.spec.args.all(c, b <= c || true)))"),
        format!("{all}.map(a, object.metadata.labels.long + 'a').size() == 1"),
        format!(
            "{all}.map(a, a.volumeMounts + a.volumeMounts).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a) == []"
        ),
        format!("{all}.all(a, quantity(object.metadata.labels.long) == 1) || {all}.all(a, {all}.all(b, b.name != ''))"),
        doubled("map") + " == []",
        grown.clone() + " == []",
        lists.clone() + " == []",
        format!("{grown}.all(t, {all}.all(c, t.contains(t))) "),
    ]
}

#[test]
fn hostile_expressions_end() {
    let manifest = large();
    assert!((200_000..262_144).contains(&manifest.to_string().len()), "{}", manifest.to_string().len());
    let mut refused = 0;
    for source in hostile() {
        assert!(source.len() <= MAX_EXPRESSION_BYTES, "{source}");
        let mut budget = Budget::default();
        let expression = Expression::new(source.as_str());
        assert_eq!(expression.error(), None, "{source}");
        refused += usize::from(matches!(expression.evaluate(&manifest, &mut budget), Answer::Broken(_)));
        assert!(
            matches!(expression.evaluate(&manifest, &mut budget), Answer::Broken(_) | Answer::False | Answer::True),
            "{source}"
        );
    }
    assert!(refused >= 19, "{refused}");
}

#[test]
fn the_checks_of_a_lesson_share_their_steps() {
    let (manifest, mut budget) = (large(), Budget::default());
    let hostile = Expression::new("object.spec.containers.all(a, object.spec.containers.all(b, true))");
    let cheap = Expression::new("true");
    let own = format!("the check takes more than {MAX_STEPS} steps for this manifest: let it go through less");
    for _ in 0..2 {
        assert_eq!(hostile.evaluate(&manifest, &mut budget), Answer::Broken(own.clone()));
        assert_eq!(cheap.evaluate(&manifest, &mut budget), Answer::True);
    }
    for _ in 0..2 {
        let Answer::Broken(message) = hostile.evaluate(&manifest, &mut budget) else { panic!("it ended") };
        assert!(message.starts_with("the checks of this lesson take more than"), "{message}");
    }
    assert!(matches!(cheap.evaluate(&manifest, &mut budget), Answer::Broken(_)));
}

#[test]
fn a_check_of_a_large_manifest_has_room() {
    let source = "object.spec.containers.all(c, c.volumeMounts.exists(m, m.mountPath == '/7' && m.name.startsWith('v')))";
    assert_eq!(answer(source, &large()), Answer::True);
}

proptest! {
    #[test]
    fn no_text_panics(source in "[a-z\"'().,!&|?: 0-9=<>+*/%\\[\\]{}\\\\-]{0,60}|\\PC{0,60}") {
        let _ = answer(&source, &json!({"a": 1}));
    }

    #[test]
    fn no_mixture_of_words_panics(words in prop::collection::vec(prop::sample::select(vec![
        "object", ".", "a", "(", ")", "[", "]", "all", "exists", "map", "has", ",", "x", "==", "&&", "?", ":", "1", "'s'", "in", "!", "-", "+",
        "{", "}", "size", "matches", "quantity", "b'x'", "1u", "1e400", "0x", "null", "``", "\"",
    ]), 0..40)) {
        let _ = answer(&words.concat(), &json!({"a": [1]}));
    }
}

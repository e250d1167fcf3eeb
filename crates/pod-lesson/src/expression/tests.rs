use std::collections::HashMap;

use super::*;
use cel::{Context, Program};
use proptest::prelude::*;
use serde_json::json;

fn answer(source: &str, manifest: &Value) -> Answer {
    Expression::new(source).evaluate(manifest, &mut Budget::default())
}

fn pod() -> Value {
    json!({
        "kind": "Pod",
        "metadata": {"name": "web", "labels": {"app": "web", "example.com/tier": "one"}},
        "spec": {
            "containers": [
                {"name": "writer", "image": "alpine:3.22", "command": ["sh", "-c", "date"],
                    "resources": {"limits": {"memory": "64Mi", "cpu": 1}},
                    "volumeMounts": [{"name": "html", "mountPath": "/html"}]},
                {"name": "web", "image": "nginx:1.29", "ports": [{"containerPort": 80}],
                    "volumeMounts": [{"name": "html", "mountPath": "/usr/share/nginx/html", "readOnly": true}]}
            ],
            "volumes": [{"name": "html", "emptyDir": {"sizeLimit": "16Mi"}}, {"name": "other", "emptyDir": null}]
        }
    })
}

/// What holds of [`pod`].
const TRUE: [&str; 42] = [
    "true",
    "object.kind == 'Pod'",
    "object.spec.containers.size() == 2 && size(object.spec.containers) < 3",
    "object.spec.volumes.exists(v, v.name == \"html\")",
    "object.spec.containers.all(c, c.image.contains(':'))",
    "object.spec.containers.exists_one(c, has(c.ports))",
    "object.spec.containers.exists(c, c.ports[0].containerPort == 80)",
    "object.spec.containers.filter(c, has(c.ports)).map(c, c.name) == ['web']",
    "object.spec.containers.map(c, c.name) == ['writer', 'web']",
    "object.spec.containers.map(c, c.name == 'web', c.image) == ['nginx:1.29']",
    "object.spec.containers.map(c, c.volumeMounts.map(m, m.name)) == [['html'], ['html']]",
    "object.spec.containers.exists(c, object.spec.containers.exists(d, c.name != d.name && c.image != d.image))",
    "'app' in object.metadata.labels && !('other' in object.metadata.labels)",
    "object.metadata.labels['example.com/tier'] == 'one'",
    "object.metadata.labels.exists(key, key == 'app')",
    "object.metadata.labels.all(key, size(key) > 2)",
    "'sh' in object.spec.containers[0].command",
    "has(object.spec.volumes) && !has(object.spec.nodeName)",
    "object.spec.containers[0].command + ['x'] == ['sh', '-c', 'date', 'x']",
    "object.metadata.name + '-1' == 'web-1'",
    "object.metadata.name.startsWith('w') && object.metadata.name.endsWith('b')",
    "object.spec.nodeName == 'a' || true",
    "true || object.spec.nodeName == 'a'",
    "!(false && object.spec.nodeName == 'a') && !(object.spec.nodeName == 'a' && false)",
    "has(object.spec.nodeName) ? false : object.spec.containers[1].name == 'web'",
    "1 + 2 * 3 - 4 == 3 && 7 / 2 == 3 && 7 % 2 == 1 && -7 / 2 == -3",
    "1.5 + 1.5 == 3.0 && 1.0 == 1 && 1 < 1.5 && 2.5 > 2 && -1.5 < -1",
    "-1 < 0 && - 1 == 0 - 1 && !!true",
    "'a' < 'b' && 'b' >= 'a' && false < true",
    "1 != '1' && null == null && [] == [] && [1, 2] != [2, 1] && [1] != [1, 2]",
    "[1, 2, 3].exists(x, x > 2) && [[1], [2]].all(x, x.size() == 1)",
    "[1, 2, 3].map(x, [x, x]).filter(y, y[0] > 1).size() == 2",
    "[1, 2].all(x, [3, 4].all(y, x < y))",
    "[1].all(x, [2].all(x, x == 2) && x == 1)",
    "1 in [1, 2] && !('a' in [1])",
    "[true, 1].exists(x, x == true)",
    "'äöü'.size() == 3 && 'äöü'.contains('ö')",
    "object.spec.containers.exists(c, c.ports.exists(p, p.containerPort == 80))",
    "[1].exists_one(x, x > 0) && ![1, 2].exists_one(x, x > 0) && ![].exists(x, true) && [].all(x, false)",
    "object.spec == object.spec && object.spec.containers[0] != object.spec.containers[1]",
    "9223372036854775807 > 9223372036854775806 && -9223372036854775808 < 0",
    "[1, 'a'].exists(x, x < 2) && ![1, 'a'].all(x, x > 2)",
];

#[test]
fn what_holds_is_true() {
    for source in TRUE {
        assert_eq!(answer(source, &pod()), Answer::True, "{source}");
        assert_eq!(answer(&format!("!({source})"), &pod()), Answer::False, "{source}");
    }
}

/// A manifest as the interpreter has it, all of whose whole numbers have a sign.
fn as_interpreted(value: &Value) -> cel::Value {
    match value {
        Value::Null => cel::Value::Null,
        Value::Bool(is) => (*is).into(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.as_f64().unwrap().into(), Into::into),
        Value::String(text) => text.clone().into(),
        Value::Array(items) => items.iter().map(as_interpreted).collect::<Vec<_>>().into(),
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.clone(), as_interpreted(value))).collect::<HashMap<_, _>>().into()
        }
    }
}

/// What the interpreter of the `cel` crate says: `None` where it stops.
fn of_interpreter(source: &str, manifest: &Value) -> Option<bool> {
    let mut context = Context::default();
    context.add_variable_from_value("object", as_interpreted(manifest));
    match Program::compile(source).unwrap().execute(&context) {
        Ok(cel::Value::Bool(is)) => Some(is),
        _ => None,
    }
}

#[test]
fn the_interpreter_of_the_parser_says_the_same() {
    for source in TRUE {
        assert_eq!(of_interpreter(source, &pod()), Some(true), "{source}");
    }
}

/// A random expression over a small manifest: true or false, if it has a value.
fn expressions() -> impl Strategy<Value = String> {
    let value = prop::sample::select(vec![
        "object.a",
        "object.b",
        "object.c",
        "object.d",
        "object.e[0]",
        "object.c[1]",
        "object.missing",
        "1",
        "2.0",
        "'x'",
        "[1, 2]",
        "null",
        "object.c.map(x, x + 1)",
        "object.d.filter(k, k > 'k')",
        "size(object.c)",
        "object.e.map(x, x.n)",
        "-object.a",
        "object.a * 2",
    ]);
    let operator = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">=", "in"]);
    let leaf = prop_oneof![
        (value.clone(), operator, value).prop_map(|(one, operator, two)| format!("{one} {operator} {two}")),
        prop::sample::select(vec!["true", "false", "has(object.a)", "has(object.missing)", "object.missing", "object.a"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 32, 3, |inner| {
        prop_oneof![
            (inner.clone(), prop::sample::select(vec!["&&", "||"]), inner.clone())
                .prop_map(|(one, operator, two)| format!("({one}) {operator} ({two})")),
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, two, three)| format!("(({one}) ? ({two}) : ({three}))")),
            (
                prop::sample::select(vec!["all", "exists", "exists_one"]),
                inner.clone(),
                prop::sample::select(vec!["v > 1", "v.n == 1", "v == 'k'"])
            )
                .prop_map(|(kind, one, ask)| format!("object.c.{kind}(v, {ask} && ({one}))")),
            (prop::sample::select(vec!["all", "exists"]), inner)
                .prop_map(|(kind, one)| format!("object.e.{kind}(v, v.n > 1 || ({one}))")),
        ]
    })
}

proptest! {
    #[test]
    fn any_expression_says_what_the_interpreter_says(source in expressions()) {
        let manifest = json!({"a": 1, "b": "x", "c": [1, 2, 3], "d": {"k": 1, "l": 2}, "e": [{"n": 1}, {"n": 2}, {}]});
        let expected = of_interpreter(&source, &manifest);
        let found = match answer(&source, &manifest) {
            Answer::True => Some(true),
            Answer::False => Some(false),
            _ => None,
        };
        prop_assert_eq!(found, expected, "{}", source);
    }

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

#[test]
fn amounts_compare() {
    for source in [
        "quantity(object.spec.volumes[0].emptyDir.sizeLimit).isLessThan(quantity('1Gi'))",
        "quantity('1Gi').isGreaterThan(quantity('1000Mi')) && quantity('1Gi').compareTo(quantity('1024Mi')) == 0",
        "quantity(object.spec.containers[0].resources.limits.cpu).compareTo(quantity('1000m')) == 0",
        "quantity('64Mi').sub(quantity('16Mi')).add(quantity('1')).isGreaterThan(quantity('48Mi'))",
        "quantity('64Mi') == quantity('65536Ki') && quantity('0.5').isLessThan(quantity('1'))",
        "isQuantity('64Mi') && !isQuantity('64 Mi') && !isQuantity('') && !isQuantity(true) && isQuantity(1.5)",
    ] {
        assert_eq!(answer(source, &pod()), Answer::True, "{source}");
    }
    for source in [
        "quantity('a') == 1",
        "quantity('1').add(1) == 1",
        "quantity(true) == 1",
        "quantity('1') < quantity('2')",
        "'1'.isLessThan('2')",
    ] {
        assert!(matches!(answer(source, &pod()), Answer::Mistyped(_)), "{source}");
    }
}

#[test]
fn patterns_match() {
    assert_eq!(answer("object.spec.containers.all(c, c.image.matches('^[a-z]+:[0-9.]+$'))", &pod()), Answer::True);
    assert_eq!(answer("matches(object.kind, 'o')", &pod()), Answer::True);
    assert_eq!(answer("object.kind.matches('^o')", &pod()), Answer::False);
}

#[test]
fn what_a_manifest_lacks_is_told_from_what_is_wrong() {
    let missing = |name: &str| Answer::Missing(name.to_owned());
    assert_eq!(answer("object.spec.nodeName == 'a'", &pod()), missing("nodeName"));
    assert_eq!(answer("object.spec.volumes[1].emptyDir.sizeLimit == 'a'", &pod()), missing("emptyDir"));
    assert_eq!(answer("object.spec.volumes[7].name == 'a'", &pod()), missing("[7]"));
    assert_eq!(answer("object.spec.volumes[-1].name == 'a'", &pod()), missing("[-1]"));
    assert_eq!(answer("object.metadata.labels['none'] == 'a'", &pod()), missing("none"));
    assert_eq!(answer("object.kind.name == 'a'", &pod()), Answer::Mistyped("a string has no field `name`".into()));
    assert_eq!(answer("object.kind + 1 == 'a'", &pod()), Answer::Mistyped("`+` is not for string and int".into()));
    assert_eq!(answer("object.kind", &pod()), Answer::Mistyped("it comes to a string, where true or false is needed".into()));
    assert_eq!(answer("1 / 0 == 1", &pod()), Answer::Mistyped("it divides by zero".into()));
    assert_eq!(answer("9223372036854775807 + 1 == 1", &pod()), Answer::Mistyped("a number in it is too large".into()));
}

#[test]
fn what_means_nothing_is_said_in_a_sentence() {
    for (source, expected) in [
        ("", "the check is empty"),
        ("object.", "the check is no CEL expression: it ends where something must follow"),
        ("object.spec == )", "the check is no CEL expression: `)` cannot stand at line 1, column 16 of it"),
        (
            "object.kind = 'Pod'",
            "the check is no CEL expression: `= 'Pod'` cannot stand at line 1, column 13 of it; `==` compares",
        ),
        ("true and true", "the check is no CEL expression: `and true` cannot stand at line 1, column 6 of it; `&&` is \"and\""),
        (
            "object.?spec.size() == 1",
            "the check is no CEL expression: `.?spec.size() == 1` cannot stand at line 1, column 7 of it; `has(…)` asks whether a \
             field is there",
        ),
        ("objct.spec", "`objct` is nothing that a check knows: the manifest is called `object`"),
        (
            "has(object)",
            "`has` asks for a field: `has(object.spec.volumes)`; of a key with other characters, write `\"key\" in …`",
        ),
        ("object.size(1)", "`size` is called with other arguments than it takes"),
        ("object.all(c)", "`all` is called with other arguments than it takes"),
        ("object.all(1, true)", "the check is no CEL expression: `1, true)` cannot stand at line 1, column 12 of it"),
        ("{'a': 1} == 1", "a check cannot make maps: `{` has no meaning here"),
        ("object.kind.matches(object.kind)", "`matches` takes a pattern in quotes"),
        ("object.kind.matches('(')", "`(` is no pattern that `matches` can read, or a too large one"),
        (
            "object.kind.matches('(a{1,900}){1,900}')",
            "`(a{1,900}){1,900}` is no pattern that `matches` can read, or a too large one",
        ),
        ("b'a' == 1", "a manifest has no bytes: write the text without `b`"),
        ("1u == 1", "a number of a manifest has no `u` behind it"),
        (
            "object.replace('a')",
            "`replace` is no function that a check can call; there are `add`, `all`, `compareTo`, `contains`, `endsWith`, `exists`, `exists_one`, \
             `filter`, `has`, `int`, `isGreaterThan`, `isLessThan`, `isQuantity`, `join`, `lowerAscii`, `map`, `matches`, `quantity`, `size`, \
             `split`, `startsWith`, `string`, `sub`, `trim`, `upperAscii`",
        ),
    ] {
        assert_eq!(Expression::new(source).error(), Some(expected), "{source}");
    }
    for (written, meant) in [
        ("object.kind.startswith('a')", "startsWith"),
        ("object.kind.contain('a')", "contains"),
        ("object.spec.volumes.exist(v, v.name == 'a')", "exists"),
        ("object.spec.volumes.any(v, v.name == 'a')", "exists"),
        ("len(object.spec.volumes) > 1", "size"),
    ] {
        let name = written.trim_start_matches("object.kind.").trim_start_matches("object.spec.volumes.");
        let name = name.split('(').next().unwrap_or_default();
        let expected = format!("`{name}` is no function that a check can call; perhaps `{meant}` is meant");
        assert_eq!(Expression::new(written).error(), Some(&*expected));
    }
    assert_eq!(Expression::new(" ".repeat(1025) + "true").error(), Some("the check is longer than 1024 bytes"));
    assert!(Expression::new("object.?kind").error().is_some());
    assert_eq!(Expression::new(" object.kind\n == 'Pod'\n").error(), None);
}

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

//! What is said of a check that cannot be read, or has no answer for a manifest.

use super::super::{Answer, Expression};
use super::{answer, pod};

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
             `filter`, `has`, `int`, `isGreaterThan`, `isLessThan`, `isQuantity`, `join`, `lowerAscii`, `map`, `matches`, `quantity`, `runs`, `size`, \
             `split`, `startsWith`, `string`, `sub`, `trim`, `upperAscii`, `writes`",
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

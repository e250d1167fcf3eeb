//! Texts of numbers, numbers of texts, and texts of texts.

use std::borrow::Cow;

use super::function::Function;
use super::value::Val;

/// `int` and `string` of a value; `None` of one that has none.
pub(super) fn converted<'a>(function: Function, value: &Val<'a>) -> Option<Val<'a>> {
    let text = |text: String| Some(Val::Text(Cow::Owned(text)));
    match (function, value) {
        (Function::Int, Val::Text(digits)) => digits.parse().ok().map(Val::Int),
        (Function::Int, Val::Int(number)) => Some(Val::Int(*number)),
        (Function::Int, Val::Double(number)) => whole(*number).map(Val::Int),
        (Function::String, Val::Text(_)) => Some(value.clone()),
        (Function::String, Val::Int(number)) => text(number.to_string()),
        (Function::String, Val::Double(number)) => text(number.to_string()),
        (Function::String, Val::Bool(is)) => text(is.to_string()),
        _ => None,
    }
}

/// `number` without its fraction, if that is an `int`.
#[expect(clippy::cast_possible_truncation, reason = "the bounds are looked at")]
fn whole(number: f64) -> Option<i64> {
    (number > -9_223_372_036_854_775_808.0 && number < 9_223_372_036_854_775_808.0).then_some(number as i64)
}

/// `lowerAscii`, `upperAscii` and `trim` of a text.
pub(super) fn changed(function: Function, text: &str) -> String {
    match function {
        Function::LowerAscii => text.to_ascii_lowercase(),
        Function::UpperAscii => text.to_ascii_uppercase(),
        _ => text.trim().to_owned(),
    }
}

/// The parts of a text, or its characters if nothing separates them.
pub(super) fn split<'a>(text: &str, separator: &str) -> Vec<Val<'a>> {
    let part = |part: &str| Val::Text(Cow::Owned(part.to_owned()));
    match separator {
        "" => text.chars().map(|character| part(character.encode_utf8(&mut [0; 4]))).collect(),
        _ => text.split(separator).map(part).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::expression::{Answer, Budget, Expression};

    fn answer(source: &str, manifest: &Value) -> Answer {
        Expression::new(source).evaluate(manifest, &mut Budget::default())
    }

    fn pod() -> Value {
        let container = json!({"name": "web", "image": "alpine:3.22", "ports": [{"containerPort": 80}]});
        let volume = json!({"name": "html", "emptyDir": {"sizeLimit": "16Mi"}});
        json!({"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [container], "volumes": [volume]}})
    }

    const TRUE_OF_TEXTS: [&str; 7] = [
        "string(object.spec.containers[0].ports[0].containerPort) == '80' && string(true) == 'true' && string('a') == 'a'",
        "int('80') == object.spec.containers[0].ports[0].containerPort && int(-2.9) == -2 && int(7) == 7",
        "object.spec.containers[0].image.split(':')[1] == '3.22' && 'äb'.split('') == ['ä', 'b'] && 'a'.split(',').size() == 1",
        "object.kind.lowerAscii() == 'pod' && object.metadata.name.upperAscii() == 'WEB' && ' a '.trim() == 'a'",
        "['a', 'b'].join('-') == 'a-b' && object.spec.containers.map(c, c.name).join() == 'web' && [].join(',') == ''",
        "'/html/'.split('/').filter(part, part != '') == ['html']",
        "int(object.spec.volumes[0].emptyDir.sizeLimit.split('M')[0]) <= 16",
    ];

    #[test]
    fn texts_and_numbers_become_each_other() {
        for source in TRUE_OF_TEXTS {
            assert_eq!(answer(source, &pod()), Answer::True, "{source}");
        }
        for source in [
            "[1].join() == ''",
            "'a'.join() == ''",
            "['a'].join(1) == ''",
            "int('8x') == 8",
            "int('') == 0",
            "int(1e30) == 1",
            "string([1]) == ''",
            "int(true) == 1",
            "'a'.split(1) == []",
        ] {
            assert!(matches!(answer(source, &pod()), Answer::Mistyped(_)), "{source}");
        }
        let long = "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.split('')";
        let many = format!("{long}.all(a, {long}.all(b, {long}.all(c, a == b && b == c)))");
        assert!(matches!(answer(&many, &pod()), Answer::Broken(_) | Answer::True), "{many}");
        let deeper = format!("{long}.all(d, {many})");
        assert!(matches!(answer(&deeper, &pod()), Answer::Broken(_)), "{deeper}");
    }
}

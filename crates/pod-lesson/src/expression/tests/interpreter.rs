//! What the interpreter of the `cel` crate says is what we say.

use std::collections::HashMap;

use cel::{Context, Program};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::Answer;
use super::{TRUE, answer, pod};

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
}

//! Texts and trees that want too much, in sizes at which anything quadratic would not end.

use std::fmt::Write;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::yaml::reconcile::{reconcile, verify};
use crate::yaml::{MAX_DEPTH, documents};

const MANY: usize = 10_000;

/// Reconciles the first document of `text` with what `edit` makes of it.
fn reconciled(text: &str, edit: impl Fn(&mut Value)) -> String {
    let document = documents(text).next().unwrap().unwrap();
    let mut new = document.value.clone();
    edit(&mut new);
    let done = reconcile(text, &document, &new).unwrap();
    assert!(verify::is_same(&done.document.value, &new));
    done.text
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().unwrap()
}

fn numbered(line: impl Fn(usize) -> String) -> String {
    (0..MANY).map(line).collect()
}

#[test]
fn long_lists_are_shuffled() {
    let blocks = numbered(|number| format!("- name: n{number} # c\n  x: 1\n"));
    for text in [&blocks, &numbered(|number| format!("- {number}\n")), &numbered(|_| "- same\n".to_owned())] {
        reconciled(text, |tree| list(tree).reverse());
        reconciled(text, |tree| list(tree).rotate_left(MANY / 2));
    }
    reconciled(&blocks, |tree| list(tree).iter_mut().for_each(|item| item["x"] = json!(2)));
    reconciled(&blocks, |tree| list(tree).iter_mut().for_each(|item| item["name"] = json!("same")));
    reconciled(&blocks, |tree| *list(tree) = vec![json!({"name": "new"}); MANY]);
    reconciled(&format!("[{}]", "a,".repeat(MANY)), |tree| list(tree).push(json!("b")));
    reconciled(&format!("{{\"a\":[{}1]}}", "1,".repeat(MANY)), |tree| {
        list(&mut tree["a"]).fill(json!([2]));
    });
}

#[test]
fn objects_with_many_entries_change() {
    let text = numbered(|number| format!("k{number}: 1 # c\n"));
    let reversed: serde_json::Map<String, Value> = (0..MANY).rev().map(|number| (format!("n{number}"), json!(1))).collect();
    reconciled(&text, |tree| *tree = Value::Object(reversed.clone()));
    reconciled(&text, |tree| tree.as_object_mut().unwrap().extend(reversed.clone()));
    reconciled(&text, |tree| tree.as_object_mut().unwrap().retain(|name, _| name.ends_with('7')));
    let flow = format!("{{{}}}", text.replace(" # c\n", ", "));
    reconciled(&flow, |tree| tree.as_object_mut().unwrap().extend(reversed.clone()));
    let backwards: Vec<String> = (0..MANY).rev().map(|number| format!("  k{number}: 1\n")).collect();
    reconciled(&format!("kind: Pod\nspec:\n{}", backwards.concat()), |tree| {
        tree["spec"].as_object_mut().unwrap().extend(reversed.clone());
    });
}

#[test]
fn deep_texts_change_in_their_depth() {
    let block: String =
        (0..MAX_DEPTH - 1).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>() + &" ".repeat(MAX_DEPTH) + "b: 1\n";
    let flow = format!("{}1{}", "{a: [".repeat(MAX_DEPTH / 2 - 1), "]}".repeat(MAX_DEPTH / 2 - 1));
    let json = format!("{}1{}", "{\"a\":[".repeat(MAX_DEPTH / 2), "]}".repeat(MAX_DEPTH / 2));
    let dashes = "- ".repeat(MAX_DEPTH) + "1\n";
    for text in [block, flow, json, dashes] {
        reconciled(&text, |tree| innermost(tree, &json!("x")));
        reconciled(&text, |tree| innermost(tree, &json!("x\ny\n")));
    }
}

fn innermost(value: &mut Value, new: &Value) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| innermost(value, new)),
        Value::Array(items) => items.iter_mut().for_each(|value| innermost(value, new)),
        _ => *value = new.clone(),
    }
}

#[test]
fn comments_without_end_are_passed_once() {
    let comments = "# c\n".repeat(MANY);
    let text = format!("a: 1\n{comments}b:\n{}c: 2\n", comments.replace('#', "  #"));
    assert_eq!(reconciled(&text, |tree| drop(tree.as_object_mut().unwrap().shift_remove("b"))), "a: 1\nc: 2\n");
    let blank = format!("a:\n{}- x\n{}", "\n".repeat(MANY), "\n".repeat(MANY));
    reconciled(&blank, |tree| list(&mut tree["a"]).push(json!("y")));
}

#[test]
fn anchors_are_written_out_within_bounds() {
    let users = numbered(|_| "- *a\n".to_owned());
    let text = format!("a: &a {{x: 1, y: [z]}}\nb:\n{users}");
    reconciled(&text, |tree| tree["a"]["x"] = json!(2));
    let mut merges = "a0: &a0 {k: v}\n".to_owned();
    for level in 1..8 {
        let _ = writeln!(merges, "a{level}: &a{level}\n  <<: [*a{0}, *a{0}]\n  k{level}: v", level - 1);
    }
    reconciled(&merges, |tree| tree["a0"]["k"] = json!("w"));
    reconciled(&merges, |tree| drop(tree["a7"].as_object_mut().unwrap().shift_remove("k")));
}

fn text() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a",
        "b: ",
        "c:",
        "- ",
        "-",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "  ",
        " ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ": ",
        "? ",
        "\"",
        "'",
        "#",
        " # x",
        "|",
        ">-",
        "|+",
        "&a ",
        "*a",
        "<<: ",
        "!!str ",
        "~",
        "yes",
        "1",
        "\t",
        "\r\n",
        "---\n",
        "...\n",
        "ä",
        "\u{2028}",
        "{\"a\": ",
        "\\",
        "a: 1\n",
        "b:\n  - c\n",
        "spec:\n",
        "x: [1, 2]\n",
        "y: {z: 1}\n",
    ]);
    prop::collection::vec(token, 1..24).prop_map(|tokens| tokens.concat())
}

fn tree() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["", "x\ny\n", " x", "x\n\n", "\n", "# a", "- a", "\u{85}", "\t", "NO", "\r", "---\na"])
            .prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[abcxyz]|spec|name|<<|yes|\\PC{1,3}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_comes_to_mean_any_tree(text in text(), new in tree()) {
        for document in documents(&text).filter_map(Result::ok) {
            if let Ok(done) = reconcile(&text, &document, &new) {
                prop_assert!(verify::is_same(&done.document.value, &new));
                let again: Vec<_> = documents(&done.text).filter_map(Result::ok).collect();
                prop_assert!(again.iter().any(|read| verify::is_same(&read.value, &new)), "{:?}", done.text);
            } else {
                prop_assert!(!new.is_object(), "{text:?} {new}");
            }
        }
    }

    #[test]
    fn any_text_grows_and_shrinks(text in text(), grown in tree()) {
        for document in documents(&text).filter_map(Result::ok) {
            let Value::Object(map) = &document.value else { continue };
            let mut new = map.clone();
            new.insert("b".to_owned(), grown.clone());
            prop_assert!(reconcile(&text, &document, &Value::Object(new.clone())).is_ok());
            new.shift_remove("a");
            new.shift_remove("c");
            prop_assert!(reconcile(&text, &document, &Value::Object(new)).is_ok());
        }
    }
}

#[test]
fn yaml_behind_json_is_changed_as_yaml() {
    for (text, changed) in [
        ("{\"a\": 1}\n---\na: 1 # one\nb: 2\n", "{\"a\": 1}\n---\na: 1 # one\nb: 3\n"),
        ("{\"a\": 1}\n\n---\n|", "{\"a\": 1}\n\n---\na: 1\nb: 3"),
    ] {
        let second = documents(text).nth(1).unwrap().unwrap();
        assert_eq!(reconcile(text, &second, &json!({"a": 1, "b": 3})).unwrap().text, changed);
    }
}

//! What is new looks as what was there.

use serde_json::json;

use super::{edited, list, remove};
use crate::yaml::{documents, reconcile, write};

#[test]
fn a_plain_text_that_could_be_misread_gets_the_quotes_of_the_text() {
    for (value, written) in [("NO", "'NO'"), ("1.10", "'1.10'"), ("b: c", "'b: c'"), ("tab\t", "\"tab\\t\""), ("it's", "it's")] {
        assert_eq!(edited("a: x\nb: 'y'\n", |tree| tree["a"] = json!(value)), format!("a: {written}\nb: 'y'\n"));
    }
    assert_eq!(edited("a: x\n", |tree| tree["a"] = json!("NO")), "a: \"NO\"\n");
    assert_eq!(edited("a: x\n", |tree| tree["a"] = json!(false)), "a: false\n");
}

#[test]
fn quotes_stay() {
    assert_eq!(edited("a: 'x' # y\n", |tree| tree["a"] = json!("it's")), "a: 'it''s' # y\n");
    assert_eq!(edited("a: \"x\"\n", |tree| tree["a"] = json!("\"\\")), "a: \"\\\"\\\\\"\n");
    assert_eq!(edited("a: \"x\\ny\"\n", |tree| tree["a"] = json!("y\nx")), "a: \"y\\nx\"\n");
    assert_eq!(edited("a: ['x', w]\n", |tree| tree["a"] = json!(["z", "w"])), "a: ['z', w]\n");
    assert_eq!(edited("a:\n- \"x\"\n", |tree| list(&mut tree["a"]).push(json!("z"))), "a:\n- \"x\"\n- \"z\"\n");
    assert_eq!(edited("a:\n- 'yes'\n", |tree| list(&mut tree["a"]).push(json!("z"))), "a:\n- 'yes'\n- z\n");
    assert_eq!(edited("'a': 1\n", |tree| tree["b"] = json!(2)), "'a': 1\n'b': 2\n");
}

#[test]
fn quotes_that_the_old_value_needed_go_with_it() {
    assert_eq!(edited("a: \"\" # b\n", |tree| tree["a"] = json!("x")), "a: x # b\n");
    assert_eq!(edited("a: [\"\"]\n", |tree| tree["a"][0] = json!("x")), "a: [x]\n");
    assert_eq!(edited("a: \"yes\"\n", |tree| tree["a"] = json!("x")), "a: x\n");
    assert_eq!(edited("a: \"yes\"\nb: \"x\"\n", |tree| tree["a"] = json!("x")), "a: \"x\"\nb: \"x\"\n");
    assert_eq!(edited("a: 'yes'\n", |tree| tree["a"] = json!("no")), "a: 'no'\n");
}

#[test]
fn what_an_edit_does_not_concern_stays_as_it_was_typed() {
    let text = "a: NO\nb: 1.10\nc: y\nd: 0o17\ne: x\ny: 1_000\nlist: [ on,~ ]\n";
    assert_eq!(edited(text, |tree| tree["e"] = json!("z")), text.replace("e: x", "e: z"));
    assert_eq!(edited(text, |tree| tree["a"] = json!("NO")), text.replace("a: NO", "a: \"NO\""));
}

#[test]
fn lists_are_indented_as_the_next_one_like_them() {
    let text = "x:\n- y: 1\n  ports:\n    - 1\n  args:\n  - b\n- y: 2\n";
    assert_eq!(edited(text, |tree| tree["x"][1]["ports"] = json!([2])), format!("{text}  ports:\n    - 2\n"));
    assert_eq!(edited(text, |tree| tree["x"][1]["args"] = json!([2])), format!("{text}  args:\n  - 2\n"));
    assert_eq!(edited(text, |tree| tree["x"][1]["other"] = json!([2])), format!("{text}  other:\n  - 2\n"));
    let wide = "a:\n    b:\n        c: 1\n";
    assert_eq!(
        edited(wide, |tree| tree["d"] = json!({"e": {"f": [1]}})),
        format!("{wide}d:\n    e:\n        f:\n            - 1\n")
    );
    assert_eq!(
        edited("a:\n-   b: 1\n    c: 2\n", |tree| list(&mut tree["a"]).push(json!({"b": 2, "c": [3]}))),
        "a:\n-   b: 1\n    c: 2\n-   b: 2\n    c:\n    - 3\n"
    );
}

#[test]
fn lists_in_brackets_have_such_neighbors() {
    let text = "x:\n- command: [\"sh\", '-c']\n- y: 1\n";
    assert_eq!(
        edited(text, |tree| tree["x"][1]["command"] = json!(["date", "-u"])),
        format!("{text}  command: [\"date\", \"-u\"]\n")
    );
    assert_eq!(
        edited(text, |tree| tree["x"][1]["command"] = json!(["a\nb\n"])),
        format!("{text}  command:\n  - |\n    a\n    b\n")
    );
    let mounts = "m:\n- { name: a, mountPath: /a }\n";
    assert_eq!(
        edited(mounts, |tree| list(&mut tree["m"]).push(json!({"mountPath": "/b", "name": "b"}))),
        format!("{mounts}- {{ name: b, mountPath: /b }}\n")
    );
    assert_eq!(edited("a: [1, 2,]\n", |tree| list(&mut tree["a"]).push(json!(3))), "a: [1, 2, 3,]\n");
    assert_eq!(edited("a: [1, 2]\n", |tree| drop(list(&mut tree["a"]).remove(1))), "a: [1]\n");
    assert_eq!(edited("a: [1, 2]\n", |tree| drop(list(&mut tree["a"]).remove(0))), "a: [2]\n");
    let lines = "a: [\n  x, # one\n  y  # two\n]\n";
    assert_eq!(edited(lines, |tree| list(&mut tree["a"]).push(json!("z"))), "a: [\n  x, # one\n  y,  # two\n  z\n]\n");
    assert_eq!(edited(lines, |tree| drop(list(&mut tree["a"]).remove(1))), "a: [\n  x # one\n]\n");
    assert_eq!(edited("{a: {b: , c}}\n", |tree| tree["a"] = json!({"b": 1, "c": "x"})), "{a: {b: 1 , c: x}}\n");
}

#[test]
fn what_was_empty_grows_below_its_key() {
    let text = "a: {} # x\nb: [] # y\nc: # z\nd: [ ]\n";
    assert_eq!(edited(text, |tree| tree["a"]["e"] = json!(1)), text.replace("a: {} # x\n", "a: # x\n  e: 1\n"));
    assert_eq!(edited(text, |tree| tree["b"] = json!([{"e": 1}])), text.replace("b: [] # y\n", "b: # y\n  - e: 1\n"));
    assert_eq!(edited(text, |tree| tree["c"] = json!("v")), text.replace("c: # z", "c: v # z"));
    assert_eq!(edited(text, |tree| tree["c"] = json!({"v": 1})), text.replace("c: # z\n", "c: # z\n  v: 1\n"));
    assert_eq!(edited("a: # x\n  b: 1\n  # y\nc: 2\n", |tree| remove(&mut tree["a"], "b")), "a: {} # x\n  # y\nc: 2\n");
    assert_eq!(edited("a:\n- 1\nc: 2\n", |tree| tree["a"] = json!([])), "a: []\nc: 2\n");
}

#[test]
fn block_scalars_stay_block_scalars() {
    let text = "a: |4 # x\n     b\n    c\nd: >\n  e\n  f\ng: |+\n  h\n\n";
    assert_eq!(edited(text, |tree| tree["a"] = json!(" b\nC\n")), text.replace("    c\n", "    C\n"));
    assert_eq!(edited(text, |tree| tree["d"] = json!("one line")), text.replace(">\n  e\n  f", ">-\n  one line"));
    assert_eq!(edited(text, |tree| tree["d"] = json!("two\nlines\n")), text.replace(">\n  e\n  f", "|\n  two\n  lines"));
    assert_eq!(edited(text, |tree| tree["a"] = json!("z")), text.replace("|4 # x\n     b\n    c", "z # x"));
    assert_eq!(edited(text, |tree| tree["g"] = json!("i\n\n")), text.replace("  h\n\n", "  i\n\n"));
    assert_eq!(edited("a: x # y\n", |tree| tree["a"] = json!("b\nc")), "a: |- # y\n  b\n  c\n");
    assert_eq!(edited("a: x\n\nb: 1\n", |tree| tree["a"] = json!("b\n\n")), "a: \"b\\n\\n\"\n\nb: 1\n");
}

#[test]
fn line_breaks_are_those_of_the_text() {
    let text = "a:\r\n- b: 1\r\n";
    assert_eq!(edited(text, |tree| tree["c"] = json!({"d": "x\ny\n"})), format!("{text}c:\r\n  d: |\r\n    x\r\n    y\r\n"));
    assert_eq!(edited(text, |tree| list(&mut tree["a"]).push(json!({"b": 2}))), format!("{text}- b: 2\r\n"));
}

#[test]
fn a_last_line_without_a_break_stays_so() {
    assert_eq!(edited("a: 1\nb: 2", |tree| tree["b"] = json!(3)), "a: 1\nb: 3");
    assert_eq!(edited("a: 1", |tree| tree["b"] = json!([2])), "a: 1\nb:\n  - 2");
    assert_eq!(edited("a: |\n  x", |tree| tree["a"] = json!("y\nz")), "a: |-\n  y\n  z");
    assert_eq!(edited("a: |\n  x\nb: 1", |tree| remove(tree, "b")), "a: |\n  x\n");
}

#[test]
fn json_stays_json() {
    let pretty = "{\n\t\"a\": [\n\t\t\"x\"\n\t],\n\t\"b\": {}\n}\n";
    assert_eq!(
        edited(pretty, |tree| list(&mut tree["a"]).push(json!({"c": ["d", "\u{7f}"], "e": {}}))),
        "{\n\t\"a\": [\n\t\t\"x\",\n\t\t{\n\t\t\t\"c\": [\n\t\t\t\t\"d\",\n\t\t\t\t\"\\u007f\"\n\t\t\t],\n\t\t\t\"e\": {}\n\t\t}\n\t],\n\t\"b\": {}\n}\n"
    );
    assert_eq!(edited(pretty, |tree| tree["b"] = json!({"c": null})), pretty.replace("{}", "{\n\t\t\"c\": null\n\t}"));
    assert_eq!(edited(pretty, |tree| remove(tree, "b")), "{\n\t\"a\": [\n\t\t\"x\"\n\t]\n}\n");
    assert_eq!(edited("{\"a\":1}", |tree| tree["b"] = json!({"c": [1, 2]})), "{\"a\":1,\"b\":{\"c\":[1,2]}}");
    let stream = "{\"a\": 1}\n{\"b\": [\"x\"]}\n";
    let second = documents(stream).nth(1).unwrap().unwrap();
    assert_eq!(reconcile(stream, &second, &json!({"b": ["x", "y"]})).unwrap().text, "{\"a\": 1}\n{\"b\": [\"x\", \"y\"]}\n");
}

#[test]
fn a_document_that_grew_from_nothing_is_what_write_makes_of_it() {
    let steps = [
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": []}}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "app"}]}}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"x": "1"}, "name": "a"}, "spec": {"containers": [{"name": "app", "ports": [{"containerPort": 80}], "image": "i", "args": ["a\nb\n\n", "NO"]}], "volumes": [{"name": "v", "emptyDir": {}}]}}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"volumes": [{"emptyDir": {"medium": "Memory"}, "name": "v"}], "containers": [{"name": "app", "image": "i"}, {"image": "j", "name": "b"}]}}),
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": []}}),
    ];
    let mut text = write(&steps[0]).text;
    for step in steps {
        let document = documents(&text).next().unwrap().unwrap();
        text = reconcile(&text, &document, &step).unwrap().text;
        assert_eq!(text, write(&step).text);
    }
    let headed = "# Mine.\n---\nb: 1\na:\n  - x\n";
    assert_eq!(edited(headed, |tree| tree["a"] = json!(["v", "z"])), "# Mine.\n---\nb: 1\na:\n  - v\n  - z\n");
}

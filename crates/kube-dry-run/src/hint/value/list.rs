//! Values where a list is wanted, or an item of one.

use serde_json::{Map, Value, json};

use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::hint::Hint;
use crate::path::Path;
use crate::schema::Schema;
use crate::shown::shown;

/// What to do about `value` where a list of items with the schema `item` is wanted.
pub(super) fn wanted(finding: &Finding, item: &Schema, value: &Value) -> Hint {
    let place = &finding.place;
    let name = name_of(place);
    match value {
        Value::Object(fields) if fields.keys().next().is_some_and(|first| has_joined_dash(first)) => Hint::new(DASH),
        Value::String(text) if has_joined_dash(text) && !(is_command(name) && is_word(text)) => Hint::new(DASH),
        Value::Object(fields) => variables(place, name, value).or_else(|| by_names(place, item, fields)).unwrap_or_else(|| {
            Hint::new(format!(
                "`{}` is a list: put `- ` before the first field of each item, or brackets around it in JSON.",
                shown(name)
            ))
        }),
        Value::String(text) if is_command(name) => words(place, name, text),
        value => described(&place.index(0), value).map_or_else(
            || Hint::new(format!("`{}` is a list: write each item on a line of its own, behind `- `.", shown(name))),
            |hint| as_list(hint, place),
        ),
    }
}

fn is_command(name: &str) -> bool {
    matches!(name, "command" | "args")
}

fn is_word(text: &str) -> bool {
    !text.contains(char::is_whitespace)
}

const DASH: &str = "A space may be missing after the dash of each item: write `- ` and the item behind it.";

/// True of `-name`, which is no item of a list.
fn has_joined_dash(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|character: char| character.is_ascii_alphabetic()))
}

/// `hint` about the only item of the list at `place`, with a fix that makes the whole list.
fn as_list(hint: Hint, place: &Path) -> Hint {
    let Hint { words, fix } = hint;
    let made = fix.and_then(|fix| match fix.changes.into_iter().next() {
        Some(Change::Set(_, item)) => Some(Fix::guess(fix.title, vec![Change::Set(place.clone(), json!([item]))])),
        _ => None,
    });
    Hint::new(words).with_fix(made)
}

fn name_of(place: &Path) -> &str {
    place.name().unwrap_or_default()
}

/// `env: {A: b}`, as Compose writes it.
fn variables(place: &Path, name: &str, value: &Value) -> Option<Hint> {
    let variables = value.as_object().filter(|variables| name == "env" && !variables.contains_key("name"))?;
    let item = |(name, value): (&String, &Value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            Value::Null => String::new(),
            _ => return None,
        };
        Some(json!({"name": name, "value": value}))
    };
    let items: Option<Vec<_>> = variables.iter().map(item).collect();
    let fix = items.map(|items| Fix::guess("Make it a list of variables", vec![Change::Set(place.clone(), Value::Array(items))]));
    Some(Hint::new("`env` is a list, and each variable an item with a `name` and a `value`.").with_fix(fix))
}

/// `volumes: {html: {emptyDir: {}}}`: a map from names to what they mean, where each is an item with its name.
fn by_names(place: &Path, schema: &Schema, fields: &Map<String, Value>) -> Option<Hint> {
    const SHORT: [(&str, &str); 4] =
        [("volumeMounts", "mountPath"), ("containers", "image"), ("initContainers", "image"), ("ports", "containerPort")];
    let list = name_of(place);
    let (first, _) = fields.iter().next().filter(|_| schema.field("name").is_some())?;
    if fields.keys().any(|name| schema.field(name).is_some()) {
        return None;
    }
    let short = SHORT.iter().find(|(name, _)| *name == list).map(|(_, field)| *field);
    let item = |(name, value): (&String, &Value)| {
        let mut item = Map::from_iter([("name".to_owned(), name.as_str().into())]);
        match value {
            Value::Null => {}
            Value::Object(fields) => item.extend(fields.clone()),
            Value::String(_) | Value::Number(_) => item.extend([(short?.to_owned(), value.clone())]),
            _ => return None,
        }
        Some(Value::Object(item))
    };
    let items: Option<Vec<_>> = fields.iter().map(item).collect();
    let fix = items.map(|items| Fix::guess("Make it a list of items with names", vec![Change::Set(place.clone(), items.into())]));
    let words = format!(
        "`{list}` is a list whose items have a `name`: write `- name: {}`, and below `name` what belongs to it.",
        shown(first)
    );
    Some(Hint::new(words).with_fix(fix))
}

/// A whole command line where its words are wanted.
fn words(place: &Path, name: &str, text: &str) -> Hint {
    let is_simple = text.chars().all(|character| !"\"'`\\$|&;<>(){}*?~#!\n".contains(character));
    let words: Vec<_> = text.split_whitespace().collect();
    if is_simple && !words.is_empty() {
        let fix = Fix::guess("Make it a list of its words", vec![Change::Set(place.clone(), json!(words))]);
        return Hint::new(format!("`{name}` is a list, and each word an item of it: `{name}: [sleep, \"3600\"]`, for example."))
            .with_fix(fix);
    }
    let line = ["sh", "-c", text];
    let fix = (name == "command").then(|| Fix::guess("Run it with sh -c", vec![Change::Set(place.clone(), json!(line))]));
    Hint::new(format!("`{name}` is a list, and no shell reads it. A line for a shell is the third item after `sh` and `-c`."))
        .with_fix(fix)
}

/// What to do about `value` where the item at `place` of a list is an object.
pub(super) fn described(place: &Path, value: &Value) -> Option<Hint> {
    let list = place.parent()?;
    let set = |title: String, item: Value| Fix::guess(title, vec![Change::Set(place.clone(), item)]);
    match (name_of(&list), value) {
        ("ports", value) => {
            let port = port(value);
            let fix = port.map(|port| set(format!("Write containerPort: {port}"), json!({"containerPort": port})));
            Some(Hint::new("Each port is an item with a `containerPort`: `- containerPort: 80`, for example.").with_fix(fix))
        }
        ("env", Value::String(text)) => {
            let (name, value) = text.split_once('=').unwrap_or((text, ""));
            let fix = set(format!("Split it into {} and its value", shown(name)), json!({"name": name, "value": value}));
            let hint = Hint::new("Each variable is an item with two fields, `name` and `value`.");
            Some(hint.with_fix((!name.is_empty()).then_some(fix)))
        }
        ("volumeMounts", Value::String(text)) => {
            let words =
                "Each mount is an item with two fields: the `name` of a volume of the Pod, and the `mountPath` in the container.";
            Some(Hint::new(words).with_fix(mount(text).map(|mount| set("Write its fields".to_owned(), mount))))
        }
        ("volumes", Value::String(name)) => {
            let words = "Each volume is an item with a `name` and a source, such as `emptyDir: {}`. Containers mount it by `volumeMounts`.";
            let volume = || set(format!("Make it an emptyDir {name}"), json!({"name": name, "emptyDir": {}}));
            Some(Hint::new(words).with_fix(is_label(name).then(volume)))
        }
        ("containers" | "initContainers", Value::String(_)) => {
            Some(Hint::new("Each container is an item with fields: a `name` and an `image` at least."))
        }
        ("imagePullSecrets", Value::String(name)) => {
            let fix = set(format!("Write name: {}", shown(name)), json!({"name": name}));
            Some(Hint::new("Each item has the `name` of a Secret.").with_fix(fix))
        }
        _ => None,
    }
}

/// The mount that `html:/path:ro` means, as Compose writes it.
fn mount(text: &str) -> Option<Value> {
    let mut parts = text.split(':');
    let (name, path) = (parts.next().filter(|name| is_label(name))?, parts.next().filter(|path| path.starts_with('/'))?);
    match (parts.next(), parts.next()) {
        (None | Some("rw"), None) => Some(json!({"name": name, "mountPath": path})),
        (Some("ro"), None) => Some(json!({"name": name, "mountPath": path, "readOnly": true})),
        _ => None,
    }
}

/// True of a name that a volume may have.
fn is_label(name: &str) -> bool {
    crate::names::dns_label(name).is_empty()
}

/// The port in the container that `80`, `8080:80` or `80/tcp` means.
fn port(value: &Value) -> Option<u16> {
    match value {
        Value::Number(number) => number.as_u64()?.try_into().ok(),
        Value::String(text) => text.rsplit(':').next()?.split('/').next()?.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{fixed, hints, with_container};
    use serde_json::{Value, json};

    fn field(name: &str, value: Value) -> Value {
        fixed(&with_container(json!({name: value})))["spec"]["containers"][0][name].clone()
    }

    #[test]
    fn items_are_made_of_what_is_meant() {
        for (name, value, expected) in [
            ("ports", json!([80]), json!([{"containerPort": 80}])),
            ("ports", json!(["8080:80"]), json!([{"containerPort": 80}])),
            ("ports", json!("53/udp"), json!([{"containerPort": 53}])),
            ("ports", json!(["containerPort:80"]), json!([{"containerPort": 80}])),
            ("env", json!(["A=b"]), json!([{"name": "A", "value": "b"}])),
            ("env", json!({"A": "b", "C": 1}), json!([{"name": "A", "value": "b"}, {"name": "C", "value": "1"}])),
            ("env", json!({"name": "A", "value": "b"}), json!([{"name": "A", "value": "b"}])),
            ("command", json!("sleep 3600"), json!(["sleep", "3600"])),
            ("args", json!("-c"), json!(["-c"])),
            ("command", json!("a && b"), json!(["sh", "-c", "a && b"])),
            ("volumeMounts", json!({"name": "v"}), json!([{"name": "v"}])),
            ("volumeMounts", json!({"v": "/v"}), json!([{"name": "v", "mountPath": "/v"}])),
            ("volumeMounts", json!({"v": {"mountPath": "/v"}}), json!([{"name": "v", "mountPath": "/v"}])),
            ("ports", json!({"http": 80}), json!([{"name": "http", "containerPort": 80}])),
        ] {
            assert_eq!(field(name, value), expected);
        }
        assert!(hints(&with_container(json!({"args": "-c"})))[0].starts_with("`args` is a list"));
        assert!(hints(&with_container(json!({"args": "-sh -c"})))[0].starts_with("A space may be missing after the dash"));
    }
}

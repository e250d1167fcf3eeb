//! Edits of trees, chosen at random.

use serde_json::{Map, Value, json};

use super::random::Random;
use crate::path::{Path, Segment};

/// What an edit did to a tree.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// The value of a field or an item is another one.
    Set(Path),
    /// A field or an item is gone.
    Remove(Path),
    /// A field or an item is new.
    Add(Path),
    /// The item that was at the first path is at the second.
    Move(Path, Path),
    /// The item that was at the first path is, with changes, at the second.
    Transfer(Path, Path),
    /// All these values are other ones.
    SetAll(Vec<Path>),
}

/// Makes an edit of `tree`; none if the one that was chosen does not fit.
pub(super) fn edit(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    match random.below(12) {
        0..3 => set(tree, random),
        3 | 4 => remove(tree, random),
        5 => add(tree, random),
        6 => append(tree, random),
        7 => insert(tree, random),
        8 => shift(tree, random),
        9 => duplicate(tree, random),
        10 => rename_volume(tree, random),
        _ => change_role(tree, random),
    }
}

fn set(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &|value| !value.is_object() && !value.is_array()))?.clone();
    let value = path.find_mut(tree)?;
    let new = scalar(random);
    if *value == new {
        return None;
    }
    *value = new;
    Some(Edit::Set(path))
}

fn remove(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &|_| true))?.clone();
    take(tree, &path)?;
    Some(Edit::Remove(path))
}

fn add(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    const FIELDS: [&str; 9] =
        ["image", "volumeMounts", "env", "labels", "readOnly", "imagePullPolicy", "own", "annotations", "a b: c"];
    let path = random.one_of(&paths(tree, &Value::is_object))?.clone();
    let name = *random.one_of(&FIELDS)?;
    let object = path.find_mut(tree)?.as_object_mut()?;
    if object.contains_key(name) {
        return None;
    }
    object.insert(name.to_owned(), value(random));
    Some(Edit::Add(path.entry(name)))
}

fn append(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &Value::is_array))?.clone();
    let items = path.find_mut(tree)?.as_array_mut()?;
    items.push(like(items.last(), random));
    Some(Edit::Add(path.index(items.len() - 1)))
}

fn insert(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &Value::is_array))?.clone();
    let items = path.find_mut(tree)?.as_array_mut()?;
    let index = random.below(items.len() + 1);
    items.insert(index, like(items.first(), random));
    Some(Edit::Add(path.index(index)))
}

fn shift(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &|value| value.as_array().is_some_and(|items| items.len() > 1)))?.clone();
    let items = path.find_mut(tree)?.as_array_mut()?;
    let (from, to) = (random.below(items.len()), random.below(items.len()));
    let item = items.remove(from);
    items.insert(to, item);
    (from != to).then(|| Edit::Move(path.index(from), path.index(to)))
}

fn duplicate(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let path = random.one_of(&paths(tree, &|value| value.as_array().is_some_and(|items| !items.is_empty())))?.clone();
    let items = path.find_mut(tree)?.as_array_mut()?;
    let index = random.below(items.len());
    let mut copy = items[index].clone();
    if let Some(name) = copy.get_mut("name") {
        *name = json!("copy-2");
    }
    items.insert(index + 1, copy);
    Some(Edit::Add(path.index(index + 1)))
}

/// Gives a volume another name, in its mounts too.
fn rename_volume(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let is_name = |value: &Value| value.is_string();
    let names = paths(tree, &is_name);
    let volumes: Vec<_> = names.iter().filter(|path| path.to_string().contains("volumes[")).collect();
    let name = (*random.one_of(&volumes)?).find(tree)?.clone();
    let users: Vec<Path> = names
        .iter()
        .filter(|path| {
            let text = path.to_string();
            *path.last().unwrap() == Segment::Field("name".into())
                && (text.contains("volumes[") || text.contains("volumeMounts["))
                && path.find(tree) == Some(&name)
        })
        .cloned()
        .collect();
    for path in &users {
        *path.find_mut(tree)? = json!("renamed");
    }
    (!users.is_empty() && name != "renamed").then_some(Edit::SetAll(users))
}

/// Brings a container to the other list of containers.
fn change_role(tree: &mut Value, random: &mut Random) -> Option<Edit> {
    let lists = paths(tree, &Value::is_array);
    let is_containers =
        |path: &&Path| matches!(path.last(), Some(Segment::Field(name)) if name == "containers" || name == "initContainers");
    let lists: Vec<_> = lists.iter().filter(is_containers).collect();
    let list = (*random.one_of(&lists)?).clone();
    let (from, other) =
        if list.to_string().ends_with("initContainers") { (false, "containers") } else { (true, "initContainers") };
    let items = list.find_mut(tree)?.as_array_mut()?;
    if items.is_empty() {
        return None;
    }
    let index = random.below(items.len());
    let mut item = items.remove(index);
    let is_empty = items.is_empty();
    let fields = item.as_object_mut()?;
    if from {
        fields.insert("restartPolicy".to_owned(), json!("Always"));
    } else {
        fields.shift_remove("restartPolicy");
    }
    let spec = list.parent()?;
    if is_empty {
        take(tree, &list)?;
    }
    let spec_map = spec.find_mut(tree)?.as_object_mut()?;
    let target = spec_map.entry(other).or_insert_with(|| json!([])).as_array_mut()?;
    target.push(item);
    let place = spec.entry(other).index(target.len() - 1);
    Some(Edit::Transfer(list.index(index), place))
}

/// The paths of all values below the root that fulfil `is_wanted`.
fn paths(tree: &Value, is_wanted: &dyn Fn(&Value) -> bool) -> Vec<Path> {
    let mut found = Vec::new();
    collect(tree, &Path::root(), is_wanted, &mut found);
    found
}

fn collect(value: &Value, path: &Path, is_wanted: &dyn Fn(&Value) -> bool, found: &mut Vec<Path>) {
    if !path.is_root() && is_wanted(value) {
        found.push(path.clone());
    }
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| collect(value, &path.entry(name.as_str()), is_wanted, found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, &path.index(index), is_wanted, found));
        }
        _ => {}
    }
}

fn take(tree: &mut Value, path: &Path) -> Option<Value> {
    match (path.parent()?.find_mut(tree)?, path.last()?) {
        (Value::Object(map), Segment::Field(name) | Segment::Key(name)) => map.shift_remove(name.as_str()),
        (Value::Array(items), Segment::Index(index)) => Some(items.remove(*index)),
        _ => None,
    }
}

fn like(model: Option<&Value>, random: &mut Random) -> Value {
    match model {
        Some(Value::Object(_)) => object(random),
        Some(Value::String(_)) => json!(format!("--new={}", random.below(100))),
        _ => value(random),
    }
}

fn object(random: &mut Random) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), json!(format!("new-{}", random.below(100))));
    for name in ["image", "mountPath", "value", "emptyDir"] {
        if random.below(3) == 0 {
            map.insert(name.to_owned(), value(random));
        }
    }
    Value::Object(map)
}

fn value(random: &mut Random) -> Value {
    match random.below(8) {
        0 => json!({}),
        1 => json!([]),
        2 => json!({"name": "n", "b": {"c": [1, "yes"]}}),
        3 => json!(["x", {"y": scalar(random)}, ["z"]]),
        _ => scalar(random),
    }
}

fn scalar(random: &mut Random) -> Value {
    let choices = [
        json!("nginx:1.29"),
        json!("/var/data"),
        json!(""),
        json!("NO"),
        json!("1.10"),
        json!("a: b # c"),
        json!("it's \"so\""),
        json!("set -e\n\n  date\nexit 0\n"),
        json!("no end\nof line"),
        json!("two\n\n"),
        json!(" blanks "),
        json!("tab\there"),
        json!("ü€🚀"),
        json!("a\u{85}b\u{2028}c"),
        json!("{x}"),
        json!("a, b"),
        json!("- x"),
        json!("---"),
        json!("*a"),
        json!("#"),
        json!("?"),
        json!(8080),
        json!(-1),
        json!(0.5),
        json!(true),
        json!(false),
        Value::Null,
    ];
    random.one_of(&choices).cloned().unwrap_or_default()
}

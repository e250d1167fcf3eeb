//! Fields of an item of a list that say that the item was meant in another shape, or in another list.

use serde_json::{Value, json};

use super::Field;
use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::path::{Path, Segment};
use crate::schema::Schema;
use crate::shown::shown;

impl Field<'_, '_> {
    /// `A: b`, where a variable is an item with a name and a value.
    pub(super) fn variable(&self) -> Option<Hint> {
        let of_env = self.parent.list_of_item() == Some("env");
        let schema = self.context.schema(&self.parent)?;
        let item = self.siblings().filter(|item| of_env && item.keys().all(|name| schema.field(name).is_none()))?;
        let value = match self.context.value(self.place)? {
            Value::String(text) => text.clone(),
            value @ (Value::Number(_) | Value::Bool(_)) => value.to_string(),
            _ => return None,
        };
        let variable = json!({"name": self.name, "value": value});
        let fix = Fix::guess("Write its name and its value", vec![Change::Set(self.parent.clone(), variable)]);
        let words = format!("A variable is an item with two fields: write `name: {}`, and `value:` below it.", shown(self.name));
        Some(Hint::new(words).with_fix((item.len() == 1).then_some(fix)))
    }

    /// `type: emptyDir`, where the source of a volume is a field of its own.
    pub(super) fn source(&self) -> Option<Hint> {
        let volume = self.context.schema(&self.parent)?;
        let source = self.context.string(self.place).filter(|_| self.name == "type")?;
        volume.field("emptyDir").and(volume.field(source))?;
        let changes = vec![Change::Remove(self.place.clone()), Change::Set(self.parent.entry(source), json!({}))];
        let fix = Fix::guess("Write emptyDir: {}", changes);
        let is_free = source == "emptyDir" && self.free(source).is_some();
        let written = if source == "emptyDir" { "emptyDir: {}" } else { source };
        let words = format!("The source of a volume is a field with its name: write `{written}` in the place of `type`.");
        Some(Hint::new(words).with_fix(is_free.then_some(fix)))
    }

    /// A field of an item whose dash stands as far left as the list around its own, so that it became an item of that.
    pub(super) fn dash_too_far_left(&self) -> Option<Hint> {
        let key = empty_list_before(self.context.document, &self.context.kind()?.schema, self.place)?;
        let words =
            format!("This list item stands left of its key `{key}`: indent it, and all that is in it, as far as the key.");
        Some(Hint::new(words).with_fix(self.indented(key)))
    }

    /// The fix that makes this item, and those behind it that are of the same sort, the list of `key` in the item before it, where
    /// they have nothing that items of the list around have.
    fn indented(&self, key: &str) -> Option<Fix> {
        let Some(Segment::Index(first)) = self.parent.last() else { return None };
        let list = self.parent.parent()?;
        let outer = self.context.schema(&self.parent)?;
        let Schema::List(inner) = outer.field(key)? else { return None };
        let is_of = |item: &&Value| {
            let fields = item.as_object();
            fields.is_some_and(|fields| {
                let is_known = fields.keys().all(|name| inner.field(name).is_some());
                is_known && fields.keys().any(|name| outer.field(name).is_none())
            })
        };
        let items = self.context.value(&list)?.as_array()?;
        let moved: Vec<_> = items.get(*first..)?.iter().take_while(is_of).cloned().collect();
        if moved.is_empty() {
            return None;
        }
        let left = (*first..*first + moved.len()).rev().map(|index| Change::Remove(list.index(index)));
        let target = list.index(first.checked_sub(1)?).entry(key);
        let changes = std::iter::once(Change::Set(target, moved.clone().into())).chain(left).collect();
        Some(Fix::guess(format!("Indent it below {key}"), changes))
    }
}

/// The key without a value in the item before, of whose list an item would have the unknown field at `place`.
pub(crate) fn empty_list_before<'a>(document: &'a Value, schema: &Schema, place: &Path) -> Option<&'a str> {
    let [list @ .., Segment::Index(index), Segment::Field(name) | Segment::Key(name)] = place.segments() else { return None };
    let before = Path::from(list.to_vec()).index(index.checked_sub(1)?);
    let schema = schema.at(&before)?;
    let is_meant = |(key, value): &(&String, &Value)| {
        let is_of_items = matches!(schema.field(key), Some(Schema::List(item)) if item.field(name).is_some());
        value.is_null() && is_of_items
    };
    before.find(document)?.as_object()?.iter().find(is_meant).map(|(key, _)| key.as_str())
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod, with_container};
    use serde_json::json;

    #[test]
    fn a_variable_is_taken_apart() {
        let document = with_container(json!({"env": [{"A": 1}]}));
        assert_eq!(
            hints(&document)[0],
            "A variable is an item with two fields: write `name: A`, and `value:` below it. [Write its name and its value]"
        );
        assert_eq!(fixed(&document)["spec"]["containers"][0]["env"], json!([{"name": "A", "value": "1"}]));
        let others = hints(&with_container(json!({"env": [{"name": "A", "foo": "b"}]})));
        assert!(others[0].starts_with("Kubernetes has no such field here"));
        let keyed = hints(&with_container(json!({"env": [{"key": "A", "value": "b"}]})));
        assert_eq!(keyed[0], "In Kubernetes this is called `name`. [Rename it to name]");
    }

    #[test]
    fn items_left_of_their_key_are_put_into_its_list() {
        let spec = |items: &[serde_json::Value]| {
            let mut containers = vec![json!({"name": "c", "image": "i", "ports": null})];
            containers.extend(items.iter().cloned());
            pod(json!({"containers": containers}))
        };
        let (port, next) = (json!({"name": "web", "containerPort": 80}), json!({"name": "d", "image": "i"}));
        let document = fixed(&spec(&[port.clone(), json!({"containerPort": 81}), next.clone()]));
        let first = json!({"name": "c", "image": "i", "ports": [port, {"containerPort": 81}]});
        assert_eq!(document["spec"]["containers"], json!([first, next]));
        assert!(!hints(&spec(&[json!({"containerPort": 80, "image": "i"})]))[0].contains('['));
    }

    #[test]
    fn a_source_is_no_type() {
        let volume = |volume| pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": [volume]}));
        let document = volume(json!({"name": "v", "type": "emptyDir"}));
        assert_eq!(
            hints(&document)[0],
            "The source of a volume is a field with its name: write `emptyDir: {}` in the place of `type`. [Write emptyDir: {}]"
        );
        assert_eq!(fixed(&document)["spec"]["volumes"], json!([{"name": "v", "emptyDir": {}}]));
        assert!(
            hints(&volume(json!({"name": "v", "type": "configMap"})))[0].ends_with("write `configMap` in the place of `type`.")
        );
        assert!(hints(&volume(json!({"name": "v", "type": "Directory"})))[0].contains("hostPath"));
    }

    #[test]
    fn an_item_belongs_to_the_empty_list_before_it() {
        let container = |more| json!({"containers": [{"name": "c", "image": "i", "ports": null}, more]});
        let told = hints(&pod(container(json!({"containerPort": 80}))));
        assert_eq!(
            told,
            ["This list item stands left of its key `ports`: indent it, and all that is in it, as far as the key. \
             [Indent it below ports]"]
        );
        let told = hints(&pod(container(json!({"name": "d", "image": "i", "mountPath": "/d"}))));
        assert!(told[0].contains("`volumeMounts`"), "{told:?}");
    }
}

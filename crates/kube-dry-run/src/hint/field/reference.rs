//! References to a `ConfigMap` or a Secret that stand in `env` and belong in `envFrom`, or the other way round.

use serde_json::{Map, Value, json};

use super::Field;
use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::path::Path;

/// The reference to one key, the one to all, and what they are to.
const REFERENCES: [(&str, &str, &str); 2] =
    [("configMapKeyRef", "configMapRef", "ConfigMap"), ("secretKeyRef", "secretRef", "Secret")];

impl Field<'_, '_> {
    /// A reference that an item of `env` or of `envFrom` has and the other one should have.
    pub(super) fn reference(&self) -> Option<Hint> {
        let (list, item) = (self.parent.parent()?, self.siblings()?);
        match self.parent.list_of_item()? {
            "envFrom" => self.in_env_from(&list, item),
            "env" => self.in_env(&list, item),
            _ => None,
        }
    }

    fn in_env_from(&self, list: &Path, item: &Map<String, Value>) -> Option<Hint> {
        let is_variable = item.get("name").is_some_and(Value::is_string);
        if is_variable && item.len() == 2 && item.contains_key("valueFrom") {
            let words = "This is one variable, and `envFrom` takes all of a ConfigMap or a Secret: move the item to `env`.";
            return Some(Hint::new(words).with_fix(self.item_moved(list, "env", &Value::Object(item.clone()))));
        }
        let (one, all, kind) = REFERENCES.iter().find(|(one, ..)| item.contains_key(*one))?;
        let reference = item.get(*one)?;
        let has_key = reference.get("key").is_some();
        let words = format!(
            "`envFrom` takes all variables of a {kind}, by `{all}`. For one key write an item of `env` with a `name` and \
             `valueFrom`, and `{one}` in that."
        );
        let fix = match (is_variable, has_key) {
            (true, true) if item.len() == 2 => {
                let variable = json!({"name": item.get("name"), "valueFrom": {*one: reference}});
                self.item_moved(list, "env", &variable)
            }
            (false, false) if self.name == *one && reference.get("name").is_some() && self.free(all).is_some() => {
                let changes = vec![Change::Rename(self.place.clone(), (*all).to_owned())];
                Some(Fix::guess(format!("Rename it to {all}"), changes))
            }
            _ => None,
        };
        (self.name == *one || is_variable && self.name == "name").then(|| Hint::new(words).with_fix(fix))
    }

    fn in_env(&self, list: &Path, item: &Map<String, Value>) -> Option<Hint> {
        let (one, all, kind) = REFERENCES.iter().find(|(_, all, _)| *all == self.name)?;
        let reference = item.get(*all)?;
        let has_key = reference.get("key").is_some();
        let words = format!(
            "`{all}` takes all variables of a {kind}, and belongs to an item of `envFrom`. One variable has a `name` and \
             `valueFrom`, and `{one}` with a `key` in that."
        );
        let fix = match (item.contains_key("name"), has_key) {
            (false, false) if item.len() == 1 => self.item_moved(list, "envFrom", &Value::Object(item.clone())),
            (true, true) if item.len() == 2 => {
                let value = json!({*one: reference});
                let changes = vec![Change::Remove(self.place.clone()), Change::Set(self.parent.entry("valueFrom"), value)];
                Some(Fix::guess(format!("Write {one} in valueFrom"), changes))
            }
            _ => None,
        };
        Some(Hint::new(words).with_fix(fix))
    }

    /// The fix that takes this item out of its `list` and puts `item` at the end of the list `name` beside that.
    fn item_moved(&self, list: &Path, name: &str, item: &Value) -> Option<Fix> {
        let target = list.parent()?.entry(name);
        let end = match self.context.value(&target) {
            None | Some(Value::Null) => 0,
            Some(Value::Array(items)) => items.len(),
            Some(_) => return None,
        };
        let is_last = self.context.value(list)?.as_array()?.len() == 1;
        let left = Change::Remove(if is_last { list.clone() } else { self.parent.clone() });
        Some(Fix::guess(format!("Move it to {name}"), vec![Change::Set(target.index(end), item.clone()), left]))
    }
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, with_container};
    use crate::judge;
    use serde_json::{Value, json};

    /// The container of the document once the first fix for it is made, after which nothing is said of it.
    fn settled(more: Value) -> Value {
        let fixed = fixed(&with_container(more));
        assert_eq!(judge(&fixed).findings, [], "{fixed}");
        fixed["spec"]["containers"][0].clone()
    }

    #[test]
    fn a_reference_to_one_key_is_none_to_all() {
        let all = settled(json!({"envFrom": [{"configMapKeyRef": {"name": "m"}}]}));
        assert_eq!(all["envFrom"], json!([{"configMapRef": {"name": "m"}}]));
        let reference = json!({"name": "m", "key": "k"});
        let variable = json!([{"name": "A", "valueFrom": {"secretKeyRef": reference}}]);
        for item in [json!({"name": "A", "secretKeyRef": reference}), variable[0].clone()] {
            assert_eq!(settled(json!({"envFrom": [item]}))["env"], variable);
        }
        let unnamed = with_container(json!({"envFrom": [{"secretKeyRef": reference}]}));
        assert_eq!(
            hints(&unnamed)[0],
            "`envFrom` takes all variables of a Secret, by `secretRef`. For one key write an item of `env` with a `name` and \
             `valueFrom`, and `secretKeyRef` in that."
        );
    }

    #[test]
    fn a_reference_to_all_is_none_to_one_key() {
        let all = settled(json!({"env": [{"configMapRef": {"name": "m"}}, {"name": "B", "value": "b"}],
            "envFrom": [{"secretRef": {"name": "s"}}]}));
        assert_eq!(all["envFrom"], json!([{"secretRef": {"name": "s"}}, {"configMapRef": {"name": "m"}}]));
        assert_eq!(all["env"], json!([{"name": "B", "value": "b"}]));
        assert_eq!(hints(&with_container(json!({"env": [{"configMapRef": {"name": "m"}}]}))).len(), 1);
        let one = settled(json!({"env": [{"name": "A", "configMapRef": {"name": "m", "key": "k"}}]}));
        assert_eq!(one["env"], json!([{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "m", "key": "k"}}}]));
    }

    #[test]
    fn a_fix_holds_its_item_and_no_list() {
        let reference = json!({"configMapRef": {"name": "m"}});
        let document = with_container(json!({"env": vec![&reference; 200], "envFrom": vec![&reference; 2_000]}));
        let fixes = judge(&document).findings.into_iter().filter_map(|finding| finding.fix);
        let lengths: Vec<_> = fixes.map(|fix| format!("{fix:?}").len()).collect();
        assert!(!lengths.is_empty() && lengths.iter().all(|length| *length < 4_000), "{lengths:?}");
    }
}

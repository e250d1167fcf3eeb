//! The order in which people write the fields of a manifest.

use serde_json::Value;

use crate::field_order;
pub use crate::field_order::Order;
use crate::kinds::Kind;

/// A copy of `document` with its fields in the order in which people write them.
#[must_use]
pub fn arrange(document: &Value) -> Value {
    arranged(document, Order::of_document(document))
}

fn arranged(value: &Value, order: &'static Order) -> Value {
    match value {
        Value::Object(object) => {
            let entry = |(name, value): (&str, &Value)| (name.to_owned(), arranged(value, order.of_field(name)));
            Value::Object(order.entries(object).into_iter().map(entry).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| arranged(item, order)).collect()),
        scalar => scalar.clone(),
    }
}

impl Order {
    /// The order of a whole document, which depends on its `kind`.
    #[must_use]
    pub fn of_document(document: &Value) -> &'static Self {
        Kind::of(document).map_or(&field_order::WORKLOAD, |kind| kind.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names<'a>(order: &Order, value: &'a Value) -> Vec<&'a str> {
        order.entries(value.as_object().unwrap()).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn known_fields_come_first_and_others_keep_their_order() {
        let document =
            json!({"zeta": 1, "status": {}, "spec": {}, "alpha": 1, "kind": "Pod", "metadata": {}, "apiVersion": "v1"});
        let order = Order::of_document(&document);
        assert_eq!(names(order, &document), ["apiVersion", "kind", "metadata", "spec", "status", "zeta", "alpha"]);
    }

    #[test]
    fn the_kind_decides_where_the_containers_are() {
        let container = json!({"volumeMounts": [], "env": [], "image": "i", "own": 1, "name": "n"});
        for (kind, path) in [
            ("Pod", &["spec", "containers"][..]),
            ("Deployment", &["spec", "template", "spec", "initContainers"]),
            ("Job", &["spec", "template", "spec", "containers"]),
            ("CronJob", &["spec", "jobTemplate", "spec", "template", "spec", "containers"]),
        ] {
            let document = Order::of_document(&json!({"kind": kind})).to_owned();
            let order = path.iter().fold(&document, |order, field| order.of_field(field));
            assert_eq!(names(order, &container), ["name", "image", "env", "volumeMounts", "own"], "{kind}");
        }
    }

    #[test]
    fn maps_with_free_keys_keep_their_order() {
        let labels = json!({"name": 1, "app": 2, "kind": 3});
        let order = Order::of_document(&json!({})).of_field("metadata").of_field("labels");
        assert_eq!(names(order, &labels), ["name", "app", "kind"]);
    }
}

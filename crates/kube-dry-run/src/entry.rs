//! The entries of an object.

use serde_json::Value;

/// Objects of a manifest have few entries, most of them with names of different lengths: to compare these is quicker than to hash
/// the name that is sought.
const MAX_COMPARED: usize = 16;

/// The value of the entry `name` of `object`; `None` where there is none, or no object.
#[must_use]
pub fn entry<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let object = object.as_object()?;
    if object.len() > MAX_COMPARED {
        return object.get(name);
    }
    object.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_entry_is_found_among_few_and_among_many() {
        let few = json!({"a": 1, "b": null});
        assert_eq!((entry(&few, "a"), entry(&few, "b"), entry(&few, "c")), (Some(&json!(1)), Some(&Value::Null), None));
        let many: Value =
            (0..40).map(|number| (format!("field{number}"), Value::from(number))).collect::<serde_json::Map<_, _>>().into();
        assert_eq!((entry(&many, "field39"), entry(&many, "field40")), (Some(&json!(39)), None));
        assert_eq!(entry(&json!(["a"]), "a"), None);
    }
}

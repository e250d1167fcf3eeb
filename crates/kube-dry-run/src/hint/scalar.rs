//! Scalars that a person wrote, as a value of the type that a field has.

use serde_json::Value;

use crate::schema::Schema;

/// What `written` is as a value of a field with `schema`, without quotes around it; `None` if it is none, or if nothing is written.
pub(super) fn scalar(written: &str, schema: &Schema) -> Option<Value> {
    let written = written.trim().trim_matches('"');
    let read = || serde_json::from_str::<Value>(written).ok();
    match schema {
        Schema::Text | Schema::Quantity | Schema::Time => Some(written.into()),
        Schema::Integer => read().filter(Value::is_i64),
        Schema::Boolean => read().filter(Value::is_boolean),
        Schema::TextOrInteger => Some(read().filter(Value::is_i64).unwrap_or_else(|| written.into())),
        _ => None,
    }
    .filter(|value| value.as_str() != Some(""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_scalar_has_the_type_of_its_field() {
        assert_eq!(scalar(" \"80\" ", &Schema::Text), Some(json!("80")));
        assert_eq!(scalar("80", &Schema::Integer), Some(json!(80)));
        assert_eq!(scalar("80", &Schema::TextOrInteger), Some(json!(80)));
        assert_eq!(scalar("http", &Schema::TextOrInteger), Some(json!("http")));
        assert_eq!(scalar("true", &Schema::Boolean), Some(json!(true)));
        for (written, schema) in [("8.5", Schema::Integer), ("yes", Schema::Boolean), ("\"\"", Schema::Text)] {
            assert_eq!(scalar(written, &schema), None, "{written}");
        }
    }
}

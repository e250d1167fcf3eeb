//! Fields of an object that lack the space behind their colon, so that they are one string to YAML.

use serde_json::{Map, Value, json};

use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::hint::scalar::scalar;
use crate::path::Path;
use crate::schema::Schema;
use crate::shown::shown;

/// `name:value`, where the space is missing.
pub(super) fn joined(place: &Path, schema: &Schema, text: &str) -> Option<Hint> {
    if let Some(hint) = all_joined(place, schema, text) {
        return Some(hint);
    }
    let (name, value) = field_of(text, schema)?;
    let words = format!("A space is missing after the colon: write `{name}: {}`.", shown(text[name.len() + 1..].trim()));
    let object = json!({name: value});
    Some(Hint::new(words).with_fix(Fix::guess("Put a space after the colon", vec![Change::Set(place.clone(), object)])))
}

/// `name:value` several times, which is one string to YAML although each stands on a line of its own.
fn all_joined(place: &Path, schema: &Schema, text: &str) -> Option<Hint> {
    const MAX_BYTES: usize = 1_024;
    let mut parts = Some(text).filter(|text| text.len() <= MAX_BYTES)?.split_whitespace().peekable();
    let (first, _) = parts.peek()?.split_once(':')?;
    let fields: Option<Vec<_>> = parts.clone().map(|part| field_of(part, schema)).collect();
    let fields = fields.filter(|fields| fields.len() > 1)?;
    let object: Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let words = format!(
        "A space is missing after each colon: write `{}`, and the others like it.",
        shown(&parts.next()?.replacen(':', ": ", 1))
    );
    let fix = Fix::guess("Put a space after each colon", vec![Change::Set(place.clone(), object.into())]);
    (!first.is_empty()).then(|| Hint::new(words).with_fix(fix))
}

/// The field and its value in `name:value`, if an object of this type has such a field.
fn field_of<'a>(text: &'a str, schema: &Schema) -> Option<(&'a str, Value)> {
    let (name, value) = text.split_once(':')?;
    let field = schema.field(name)?;
    Some((name, scalar(value, field)?))
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod, with_container};
    use crate::judge;
    use serde_json::json;

    #[test]
    fn fields_without_spaces_are_taken_apart() {
        let mount = |text: &str| with_container(json!({"volumeMounts": [text]}));
        assert_eq!(
            hints(&mount("name:v mountPath:/v"))[0],
            "A space is missing after each colon: write `name: v`, and the others like it. [Put a space after each colon]"
        );
        let of = |text: &str| fixed(&mount(text))["spec"]["containers"][0]["volumeMounts"][0].clone();
        assert_eq!(of("name:v mountPath:/v readOnly:true"), json!({"name": "v", "mountPath": "/v", "readOnly": true}));
        assert_eq!(of("v:/html:ro"), json!({"name": "v", "mountPath": "/html", "readOnly": true}));
        assert_eq!(of("v:/html"), json!({"name": "v", "mountPath": "/html"}));
        assert_eq!(judge(&mount("./v:/html")).findings[0].fix, None);
        let volume = pod(json!({"containers": [{"name": "c", "image": "i"}], "volumes": ["v"]}));
        assert_eq!(fixed(&volume)["spec"]["volumes"], json!([{"name": "v", "emptyDir": {}}]));
    }
}

//! The name and the namespace of an object.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// The longest beginning of a generated name.
const MAX_PREFIX_LENGTH: usize = 58;

/// The server appends five random characters; here they are always these.
const SUFFIX: &str = "bcdfg";

/// Generates the name from `generateName`, and puts the object into the namespace `default` if it names none; `rest.BeforeCreate`
/// and `names.SimpleNameGenerator`.
pub(super) fn complete(metadata: &mut ObjectMeta) {
    let prefix = metadata.generate_name.as_deref().unwrap_or_default();
    if !prefix.is_empty() && metadata.name.as_deref().unwrap_or_default().is_empty() {
        let cut = prefix.floor_char_boundary(MAX_PREFIX_LENGTH);
        metadata.name = Some(format!("{}{SUFFIX}", &prefix[..cut]));
    }
    if metadata.namespace.as_deref().unwrap_or_default().is_empty() {
        metadata.namespace = Some("default".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated(prefix: &str) -> String {
        let mut metadata = ObjectMeta { generate_name: Some(prefix.to_owned()), ..ObjectMeta::default() };
        complete(&mut metadata);
        metadata.name.unwrap()
    }

    #[test]
    fn a_generated_name_has_at_most_63_characters() {
        assert_eq!(generated(&"a".repeat(58)), format!("{}bcdfg", "a".repeat(58)));
        assert_eq!(generated(&"a".repeat(59)), format!("{}bcdfg", "a".repeat(58)));
        assert_eq!(generated(&format!("{}é", "a".repeat(57))), format!("{}bcdfg", "a".repeat(57)));
    }

    #[test]
    fn a_namespace_that_is_written_stays() {
        for (written, expected) in [(None, "default"), (Some(""), "default"), (Some("a"), "a")] {
            let mut metadata = ObjectMeta { namespace: written.map(ToOwned::to_owned), ..ObjectMeta::default() };
            complete(&mut metadata);
            assert_eq!((metadata.namespace.as_deref(), metadata.name), (Some(expected), None));
        }
    }

    #[test]
    fn a_name_is_generated_only_if_there_is_none() {
        let mut metadata = ObjectMeta { generate_name: Some("web-".into()), ..ObjectMeta::default() };
        complete(&mut metadata);
        assert_eq!(metadata.name.as_deref(), Some("web-bcdfg"));
        let mut metadata = ObjectMeta { generate_name: Some("é".repeat(40)), name: Some("a".into()), ..ObjectMeta::default() };
        complete(&mut metadata);
        assert_eq!(metadata.name.as_deref(), Some("a"));
        metadata.name = None;
        complete(&mut metadata);
        assert_eq!(metadata.namespace.as_deref(), Some("default"));
    }
}

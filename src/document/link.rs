//! The code of a link: a whole document in a few characters of a URL.
//!
//! The first character is the version. [`v2`] carries a text as a person wrote it; [`v1`] carried a tree. A decoder of a
//! published version is never changed, so every code opens for ever.

mod deflate;
mod envelope;
mod error;
pub mod v1;
pub mod v2;

use kube_dry_run::yaml;

pub use error::LinkError;

/// The longest code that is made or read, in characters.
pub const MAX_CODE_LENGTH: usize = 32 * 1024;

/// The largest document that a code carries, in bytes: of its text, or of its compact JSON in version 1.
pub const MAX_DOCUMENT_BYTES: usize = 256 * 1024;

/// The longest text that a document of version 1 becomes, in bytes. As YAML it is longer than as JSON, by its indentation.
pub const MAX_V1_TEXT_BYTES: usize = 8 * MAX_DOCUMENT_BYTES;

/// The length from which on some chat programs cut a link, in characters.
pub const CHAT_SAFE_LENGTH: usize = 2000;

/// The code that carries `text`.
///
/// # Errors
/// The text is too large for a link.
pub fn encode(text: &str) -> Result<String, LinkError> {
    v2::encode(text)
}

/// The text that `code` carries, whatever its version; a tree of version 1 is written as YAML.
///
/// # Errors
/// What is wrong with a code that no encoder made.
pub fn decode(code: &str) -> Result<String, LinkError> {
    match envelope::version(code)? {
        v1::VERSION => text_of_v1(code),
        v2::VERSION => v2::decode(code),
        version => Err(LinkError::UnknownVersion(version)),
    }
}

fn text_of_v1(code: &str) -> Result<String, LinkError> {
    match yaml::write(&v1::decode(code)?).text {
        text if text.len() > MAX_V1_TEXT_BYTES => Err(LinkError::DocumentTooLarge { limit: MAX_V1_TEXT_BYTES }),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pod_lesson::{BuiltIn, lesson};
    use serde_json::{Value, json};

    /// A preset with which much was done: every container is another one, and there is one more with a volume of its own.
    pub fn edited_preset() -> Value {
        let mut document = lesson("web-content").unwrap().document.clone();
        document["metadata"] = json!({"name": "hans-homepage", "namespace": "workshop", "labels": {"app": "hans-homepage"}});
        let writer = &mut document["spec"]["containers"][0];
        writer["name"] = json!("generator");
        writer["image"] = json!("python:3.12-alpine");
        let script = "import time\nwhile True:\n  open('/out/status.html','w').write(time.ctime())\n  time.sleep(3)\n";
        writer["command"] = json!(["python", "-c", script]);
        writer["volumeMounts"] = json!([{"name": "pages", "mountPath": "/out"}]);
        let web = &mut document["spec"]["containers"][1];
        web["name"] = json!("frontend");
        web["image"] = json!("caddy:2.10-alpine");
        web["volumeMounts"] = json!([{"name": "pages", "mountPath": "/srv/www", "readOnly": true}]);
        document["spec"]["containers"].as_array_mut().unwrap().push(json!({
            "name": "backup", "image": "restic/restic:0.18.0", "args": ["backup", "/srv"],
            "volumeMounts": [{"name": "pages", "mountPath": "/srv", "readOnly": true}, {"name": "backup", "mountPath": "/backup"}],
        }));
        document["spec"]["volumes"] = json!([
            {"name": "pages", "emptyDir": {"medium": "Memory", "sizeLimit": "48Mi"}},
            {"name": "backup", "emptyDir": {"sizeLimit": "3Gi"}},
        ]);
        document
    }

    /// The lessons whose manifests the dictionaries were made of.
    pub fn in_dictionaries() -> impl Iterator<Item = &'static BuiltIn> {
        ["web-content", "init-page", "log-shipper", "memory-cache", "batch-job"].into_iter().map(|name| lesson(name).unwrap())
    }

    /// Their manifests, laid out anew.
    pub fn texts_in_dictionaries() -> impl Iterator<Item = String> {
        in_dictionaries().map(|lesson| yaml::write(&lesson.document).text)
    }

    #[test]
    fn a_code_of_version_1_opens_as_the_text_of_its_tree() {
        for line in include_str!("../../tests/link_v1.txt").lines() {
            let (code, json) = line.split_once('\t').unwrap();
            let text = decode(code).unwrap();
            let mut read = yaml::parse(&text).unwrap();
            assert_eq!(read.pop().map(|document| document.value), Some(serde_json::from_str(json).unwrap()), "{code}");
            assert_eq!(v2::decode(&v2::encode(&text).unwrap()), Ok(text));
        }
    }

    #[test]
    fn the_first_character_is_the_version() {
        assert_eq!(decode(&v1::encode(&json!({"kind": "Pod"})).unwrap()).as_deref(), Ok("kind: Pod\n"));
        assert_eq!(decode(&v2::encode("{kind: Pod} # a Pod").unwrap()).as_deref(), Ok("{kind: Pod} # a Pod"));
        assert_eq!(decode(""), Err(LinkError::Empty));
        assert_eq!(decode("3abc"), Err(LinkError::UnknownVersion('3')));
        assert_eq!(v1::decode("2abc"), Err(LinkError::UnknownVersion('2')));
        assert_eq!(v2::decode("1abc"), Err(LinkError::UnknownVersion('1')));
        let long = "x".repeat(MAX_CODE_LENGTH + 1);
        assert_eq!(decode(&long), Err(LinkError::CodeTooLong { length: long.len(), limit: MAX_CODE_LENGTH }));
    }

    #[test]
    fn a_tree_of_version_1_that_becomes_a_far_larger_text_is_refused() {
        let deep = (0..100).fold(json!(vec![0; 20_000]), |inside, _| json!([inside]));
        assert_eq!(decode(&v1::encode(&deep).unwrap()), Err(LinkError::DocumentTooLarge { limit: MAX_V1_TEXT_BYTES }));
    }
}

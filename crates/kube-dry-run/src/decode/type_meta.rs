//! What a document says that it is.
//!
//! Follows `unstructuredJSONScheme.Decode` of `k8s.io/apimachinery/pkg/apis/meta/v1/unstructured` (v1.35), by which kubectl wants a
//! `kind` in these letters, and `SimpleMetaFactory.Interpret` of `pkg/runtime/serializer/json`, whose reader takes `apiVersion` in
//! upper and lower case; a kind must be one that the server has in that version.

use serde_json::Value;

use super::super::ClientError;
use super::found::Found;
use super::wanted::Wanted;
use crate::path::Path;
use crate::yaml::Positions;

/// A kind that this program judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Pod,
    Deployment,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
}

const KINDS: [(&str, &str, Kind); 6] = [
    ("Pod", "v1", Kind::Pod),
    ("Deployment", "apps/v1", Kind::Deployment),
    ("StatefulSet", "apps/v1", Kind::StatefulSet),
    ("DaemonSet", "apps/v1", Kind::DaemonSet),
    ("Job", "batch/v1", Kind::Job),
    ("CronJob", "batch/v1", Kind::CronJob),
];

/// Kinds around a Pod that the server has and this program does not judge.
const NOT_JUDGED: [(&str, &str); 3] = [("ReplicaSet", "apps/v1"), ("ReplicationController", "v1"), ("PodTemplate", "v1")];

/// The kind of `document`. With the `positions` of its fields, the errors quote the text.
///
/// # Errors
/// Why the document is none, in words for a person.
pub(in super::super) fn kind(document: &Value, positions: Option<&Positions>) -> Result<Kind, ClientError> {
    if !document.is_object() {
        let message =
            format!("a manifest is an object with fields such as `kind: Pod`, and {}", Found { value: document, unquoted: None });
        return Err(ClientError { field: Path::root(), message });
    }
    let kind = text(document, |key| key == "kind", positions)?;
    let version = text(document, |key| key.eq_ignore_ascii_case("apiVersion"), positions)?;
    // An empty group before the slash is the core's.
    let version = version.strip_prefix('/').filter(|version| !version.contains('/')).unwrap_or(version);
    match (kind, version) {
        ("", _) => Err(missing_kind(document)),
        (_, "") => Err(about("apiVersion", format!("`apiVersion` is missing{}", advice(kind)))),
        _ => KINDS
            .iter()
            .find(|known| known.0 == kind && known.1 == version)
            .map(|known| known.2)
            .ok_or_else(|| unknown(kind, version)),
    }
}

/// The text of the field whose key `is_named` so. Of several the last counts, in the order of their bytes.
fn text<'a>(
    document: &'a Value,
    is_named: impl Fn(&str) -> bool,
    positions: Option<&Positions>,
) -> Result<&'a str, ClientError> {
    let mut fields: Vec<_> = document.as_object().into_iter().flatten().filter(|(key, _)| is_named(key)).collect();
    fields.sort_unstable_by_key(|(key, _)| key.as_str());
    fields.into_iter().try_fold("", |text, (key, value)| match value {
        Value::String(later) => Ok(later.as_str()),
        Value::Null => Ok(text),
        other => {
            let found = Found::new(other, &Path::root().entry(key), positions);
            Err(about(key, format!("`{key}` must be {}", Wanted::Text.instead_of(found))))
        }
    })
}

fn about(field: &str, message: String) -> ClientError {
    ClientError { field: Path::root().entry(field), message }
}

fn missing_kind(document: &Value) -> ClientError {
    let mut names = document.as_object().into_iter().flat_map(|object| object.keys());
    match names.find(|key| *key != "kind" && key.eq_ignore_ascii_case("kind")) {
        Some(other) => about(other, format!("`kind` is missing: upper and lower case count, write `kind`, not `{other}`")),
        None => about("kind", "`kind` is missing: say what the manifest describes, such as `kind: Pod`".to_owned()),
    }
}

fn unknown(kind: &str, version: &str) -> ClientError {
    if NOT_JUDGED.contains(&(kind, version)) {
        return about("kind", format!("Podweave does not judge a {kind}, only {}", judged()));
    }
    match KINDS.iter().find(|known| known.0.eq_ignore_ascii_case(kind) || kind.eq_ignore_ascii_case(&format!("{}s", known.0))) {
        Some((known, _, _)) if *known != kind => about("kind", format!("there is no kind `{kind}`: write `kind: {known}`")),
        Some(_) => about("apiVersion", format!("there is no {kind} in `apiVersion: {version}`{}", advice(kind))),
        None => about(
            "kind",
            format!("the kind `{kind}` of `apiVersion: {version}` is none that Podweave judges; it judges {}", judged()),
        ),
    }
}

fn advice(kind: &str) -> String {
    let known = KINDS.iter().find(|known| known.0 == kind);
    known.map(|(_, version, _)| format!(": write `apiVersion: {version}`")).unwrap_or_default()
}

fn judged() -> String {
    let names: Vec<_> = KINDS.iter().map(|known| known.0).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_have_one_version() {
        for (name, version, expected) in KINDS {
            assert_eq!(kind(&json!({"kind": name, "apiVersion": version}), None), Ok(expected));
        }
    }

    #[test]
    fn the_version_is_read_in_any_case_and_the_kind_is_not() {
        assert_eq!(kind(&json!({"kind": "Pod", "APIVERSION": "v1"}), None), Ok(Kind::Pod));
        assert_eq!(kind(&json!({"kind": "Pod", "apiVersion": "/v1"}), None), Ok(Kind::Pod));
        assert_eq!(kind(&json!({"kind": "Pod", "Kind": "Job", "apiVersion": "v1"}), None), Ok(Kind::Pod));
        assert!(kind(&json!({"kind": "Pod", "apiVersion": "//v1"}), None).is_err());
        assert!(kind(&json!({"kind": "Deployment", "apiVersion": "/apps/v1"}), None).is_err());
        let error = kind(&json!({"kind": null, "Kind": "Pod", "apiVersion": "v1"}), None).unwrap_err();
        assert_eq!((error.field.to_string().as_str(), error.message.contains("write `kind`, not `Kind`")), ("Kind", true));
    }

    #[test]
    fn says_why_a_document_has_no_kind() {
        let said: Vec<_> = [
            json!(["a"]),
            json!({"apiVersion": "v1"}),
            json!({"kind": "Pod"}),
            json!({"kind": 1, "apiVersion": "v1"}),
            json!({"kind": "pod", "apiVersion": "v1"}),
            json!({"kind": "Pods", "apiVersion": "v1"}),
            json!({"kind": "Pod", "apiVersion": "apps/v1"}),
            json!({"kind": "ReplicaSet", "apiVersion": "apps/v1"}),
            json!({"kind": "Service", "apiVersion": "v1"}),
        ]
        .iter()
        .map(|document| kind(document, None).unwrap_err().message)
        .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        a manifest is an object with fields such as `kind: Pod`, and this is a list
        `kind` is missing: say what the manifest describes, such as `kind: Pod`
        `apiVersion` is missing: write `apiVersion: v1`
        `kind` must be a text, and this is the number 1: put it in quotes
        there is no kind `pod`: write `kind: Pod`
        there is no kind `Pods`: write `kind: Pod`
        there is no Pod in `apiVersion: apps/v1`: write `apiVersion: v1`
        Podweave does not judge a ReplicaSet, only Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob
        the kind `Service` of `apiVersion: v1` is none that Podweave judges; it judges Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob
        ");
    }
}

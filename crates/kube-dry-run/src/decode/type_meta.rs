//! What a document says that it is.
//!
//! Follows what kubectl does before it sends anything (v1.35): `unstructuredJSONScheme.decode` of
//! `k8s.io/apimachinery/pkg/apis/meta/v1/unstructured`, `ParseGroupVersion` of `runtime/schema`, and `RESTMapping` over the kinds
//! that the server has. Custom resources may be installed in any group that is not Kubernetes' own. kubectl passes an object on
//! that has no `apiVersion`, and the server's own reader (`SimpleMetaFactory.Interpret`) takes that name in any letters.

use serde_json::Value;

use super::former_version;
use super::found::Found;
use super::wanted::Wanted;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::kinds::{JudgedKind, Kind};
use crate::path::Path;
use crate::rule::Rule;
use crate::server_kinds;
use crate::spelling::is_similar;
use crate::yaml::Positions;

/// What is to be done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum TypeMeta {
    /// It is of a kind that is judged.
    Judged(JudgedKind),
    /// The server has its kind, or may have it as a custom resource, and it is not judged here.
    NotJudged,
}

/// What `document` says that it is. With the `positions` of its fields, the errors quote the text.
///
/// # Errors
/// Why kubectl would not send it, with a fix where it is plain what is meant.
pub(in super::super) fn type_meta(document: &Value, positions: Option<&Positions>) -> Result<TypeMeta, Box<Finding>> {
    if !document.is_object() {
        let found = Found { value: document, unquoted: None };
        let message = format!("a manifest is an object with fields such as `kind: Pod`, and {found}");
        return Err(Box::new(Finding::new(Rule::KIND, Path::root(), message)));
    }
    let name = text(document, "kind", positions)?.ok_or_else(|| missing_kind(document))?;
    let written = text(document, version_field(document), positions)?.ok_or_else(|| missing_version(document, name))?;
    if written.matches('/').count() > 1 {
        return Err(Box::new(about("apiVersion", format!("unexpected GroupVersion string: {written}"))));
    }
    // An empty group before the slash is the core's.
    let version = written.strip_prefix('/').unwrap_or(written);
    match Kind::named(name).filter(|kind| kind.api_version == version) {
        Some(Kind { judged: Some(judged), .. }) => Ok(TypeMeta::Judged(*judged)),
        Some(_) => Ok(TypeMeta::NotJudged),
        None if server_kinds::has(name, version) || !server_kinds::is_own_group(server_kinds::group(version)) => {
            Ok(TypeMeta::NotJudged)
        }
        None => Err(Box::new(no_match(document, name, version))),
    }
}

/// The text of the field `name`, unless it is missing, null or empty.
fn text<'a>(document: &'a Value, name: &str, positions: Option<&Positions>) -> Result<Option<&'a str>, Box<Finding>> {
    match document.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(other) => {
            let found = Found::new(other, &Path::root().entry(name), positions);
            let known = document.get("kind").and_then(Value::as_str).filter(|_| name == "apiVersion").and_then(served_version);
            Err(Box::new(match known {
                // The number in quotes would be no version either.
                Some(version) => with_version(about(name, format!("`{name}` must be {}, and {found}", Wanted::Text)), version),
                None => about(name, format!("`{name}` must be {}", Wanted::Text.instead_of(found))),
            }))
        }
    }
}

fn about(field: &str, message: String) -> Finding {
    Finding::new(Rule::KIND, Path::root().entry(field), message)
}

/// The name that `document` writes `apiVersion` under.
fn version_field(document: &Value) -> &str {
    const NAME: &str = "apiVersion";
    let is_there = document.get(NAME).is_some();
    otherwise_written(document, NAME).filter(|_| !is_there).unwrap_or(NAME)
}

/// The field of `document` that has `name` in other letters.
fn otherwise_written<'a>(document: &'a Value, name: &str) -> Option<&'a str> {
    let names = || document.as_object().into_iter().flat_map(|object| object.keys());
    names().find(|key| *key != name && key.eq_ignore_ascii_case(name)).map(String::as_str)
}

fn missing_kind(document: &Value) -> Box<Finding> {
    // `kubectl explain` writes the kind and the version in capitals.
    let is_there = document.get("kind").is_some() || document.get("VERSION").is_some();
    let other = otherwise_written(document, "kind").or_else(|| misspelt(document, "kind").filter(|it| names_kind(document, it)));
    Box::new(other.filter(|_| !is_there).map_or_else(
        || about("kind", "`kind` is missing: say what the manifest describes, such as `kind: Pod`".to_owned()),
        |other| written_as(other, "kind"),
    ))
}

/// True if the value of the field `name` of `document` is the name of a kind.
fn names_kind(document: &Value, name: &str) -> bool {
    let value = document.get(name).and_then(Value::as_str);
    value.is_some_and(|kind| served_version(kind).is_some())
}

fn missing_version(document: &Value, kind: &str) -> Box<Finding> {
    let is_there = document.get("apiVersion").is_some();
    if let Some(other) = misspelt(document, "apiVersion").filter(|other| !is_there && document[*other].is_string()) {
        return Box::new(written_as(other, "apiVersion"));
    }
    let missing = about("apiVersion", "`apiVersion` is missing".to_owned());
    Box::new(match served_version(kind) {
        Some(version) => with_version(missing, version),
        None => missing,
    })
}

/// The version that the server has the kind in that somebody calls `kind`.
fn served_version(kind: &str) -> Option<&'static str> {
    let known = Kind::named(kind).or_else(|| nearly_named(kind));
    known.map(|kind| kind.api_version).or_else(|| server_kinds::version_of(kind))
}

/// The field of `document` that has `name` with a slip of the keyboard.
fn misspelt<'a>(document: &'a Value, name: &str) -> Option<&'a str> {
    // Other characters came along from elsewhere, as the hints on the whole document say.
    let is_name = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let mut names = document.as_object()?.keys().filter(|key| is_name(key) && is_similar(key, name));
    names.next().filter(|_| names.next().is_none()).map(String::as_str)
}

/// The field `name` is missing, because it is written as `other`.
fn written_as(other: &str, name: &str) -> Finding {
    let place = Path::root().entry(other);
    let (hint, title) = if other.eq_ignore_ascii_case(name) {
        (format!("Upper and lower case count: write `{name}`, not `{other}`."), format!("Write {name} in small letters"))
    } else {
        (format!("Did you mean `{name}`?"), format!("Write {name}"))
    };
    let fix = Fix::safe(title, vec![Change::Rename(place.clone(), name.to_owned())]);
    let missing = Finding::new(Rule::KIND, place, format!("`{name}` is missing")).named(name).with_fix(fix).with_hint(hint);
    Finding { is_about_name: true, ..missing }
}

fn with_version(finding: Finding, version: &str) -> Finding {
    finding.with_hint(format!("Write `apiVersion: {version}`.")).with_fix(set("apiVersion", version))
}

/// What kubectl says of a kind and version that the server does not have.
fn no_match(document: &Value, name: &str, version: &str) -> Finding {
    let message = format!("no matches for kind \"{name}\" in version \"{version}\"");
    if let Some(kind) = nearly_named(name) {
        return about("kind", message).with_hint(called(kind.name)).with_fix(set("kind", kind.name));
    }
    if let Some(kind) = Kind::named(name) {
        return former_version::update(kind, document, about("apiVersion", message), version);
    }
    match server_kinds::version_of(name) {
        Some(served) => about("apiVersion", message).with_hint(format!("Kubernetes 1.35 has {name} in `apiVersion: {served}`.")),
        None => match server_kinds::served_kind(name.trim()).filter(|kind| *kind != name) {
            Some(kind) => about("kind", message).with_hint(called(kind)),
            None => about("kind", message),
        },
    }
}

/// The kind that somebody means who writes its name otherwise, perhaps with blanks around it.
fn nearly_named(name: &str) -> Option<&'static Kind> {
    Kind::meant_by(name.trim()).filter(|kind| kind.name != name)
}

fn called(kind: &str) -> String {
    format!("The kind is called `{kind}`, in the singular and in these letters.")
}

fn set(field: &str, value: &str) -> Fix {
    Fix::safe(format!("Write {field}: {value}"), vec![Change::Set(Path::root().entry(field), value.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::KINDS;
    use serde_json::json;

    #[test]
    fn kinds_have_one_version() {
        for kind in &KINDS {
            let expected = kind.judged.map_or(TypeMeta::NotJudged, TypeMeta::Judged);
            assert_eq!(type_meta(&json!({"kind": kind.name, "apiVersion": kind.api_version}), None).unwrap(), expected);
            for former in kind.former_versions {
                assert!(type_meta(&json!({"kind": kind.name, "apiVersion": former}), None).is_err(), "{former}");
            }
        }
        let slash = json!({"kind": "Pod", "apiVersion": "/v1"});
        assert_eq!(type_meta(&slash, None).unwrap(), TypeMeta::Judged(JudgedKind::Pod));
        let upper = json!({"kind": "Pod", "Kind": "Job", "APIVERSION": "v1"});
        assert_eq!(type_meta(&upper, None).unwrap(), TypeMeta::Judged(JudgedKind::Pod));
    }

    #[test]
    fn what_the_server_has_or_may_have_is_not_judged() {
        for (kind, version) in [
            ("Service", "v1"),
            ("ConfigMap", "v1"),
            ("Ingress", "networking.k8s.io/v1"),
            ("ReplicaSet", "apps/v1"),
            ("DaemonSet", "apps.kruise.io/v1alpha1"),
            ("Pod", "example.com/v1"),
            ("Gateway", "gateway.networking.k8s.io/v1"),
        ] {
            assert_eq!(type_meta(&json!({"kind": kind, "apiVersion": version}), None).unwrap(), TypeMeta::NotJudged, "{kind}");
        }
    }

    #[test]
    fn says_why_a_document_has_no_kind() {
        let said: Vec<_> = [
            json!(["a"]),
            json!({"apiVersion": "v1"}),
            json!({"Kind": "Pod", "apiVersion": "v1"}),
            json!({"kind": "", "Kind": "Pod", "apiVersion": "v1"}),
            json!({"knid": "Pod", "apiVersion": "v1"}),
            json!({"bind": "0.0.0.0", "apiVersion": "v1"}),
            json!({"kind": "Pod"}),
            json!({"kind": "Pod", "api_version": "v1"}),
            json!({"kind": "Pod", "apiVersoin": "v1", "apiVersions": "v1"}),
            json!({"kind": "Service", "apiVersion": null}),
            json!({"kind": "Rollout"}),
            json!({"kind": 1, "apiVersion": "v1"}),
            json!({"kind": "pod", "apiVersion": "v1"}),
            json!({"kind": "Pods", "apiVersion": "v1"}),
            json!({"kind": "Podd", "apiVersion": "v1"}),
            json!({"kind": "Pod", "apiVersion": "apps/v1"}),
            json!({"kind": "Pod", "apiVersion": "core/v1"}),
            json!({"kind": "Pod", "apiVersion": "a.b/c/v1"}),
            json!({"kind": "CronJob", "apiVersion": "batch/v1beta1"}),
            json!({"kind": "Ingress", "apiVersion": "extensions/v1beta1"}),
            json!({"kind": "Status", "apiVersion": "v1"}),
        ]
        .iter()
        .map(|document| {
            let Finding { field, message, hint, fix, .. } = *type_meta(document, None).unwrap_err();
            let hint = hint.map(|hint| format!(" | {hint}")).unwrap_or_default();
            let fix = fix.map(|fix| format!(" [{}]", fix.title)).unwrap_or_default();
            format!("{field}: {message}{hint}{fix}")
        })
        .collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        : a manifest is an object with fields such as `kind: Pod`, and this is a list
        kind: `kind` is missing: say what the manifest describes, such as `kind: Pod`
        kind: `kind` is missing | Upper and lower case count: write `kind`, not `Kind`. [Write kind in small letters]
        kind: `kind` is missing: say what the manifest describes, such as `kind: Pod`
        kind: `kind` is missing | Did you mean `kind`? [Write kind]
        kind: `kind` is missing: say what the manifest describes, such as `kind: Pod`
        apiVersion: `apiVersion` is missing | Write `apiVersion: v1`. [Write apiVersion: v1]
        apiVersion: `apiVersion` is missing | Did you mean `apiVersion`? [Write apiVersion]
        apiVersion: `apiVersion` is missing | Write `apiVersion: v1`. [Write apiVersion: v1]
        apiVersion: `apiVersion` is missing | Write `apiVersion: v1`. [Write apiVersion: v1]
        apiVersion: `apiVersion` is missing
        kind: `kind` must be a string, and this is the number 1: put it in quotes
        kind: no matches for kind "pod" in version "v1" | The kind is called `Pod`, in the singular and in these letters. [Write kind: Pod]
        kind: no matches for kind "Pods" in version "v1" | The kind is called `Pod`, in the singular and in these letters. [Write kind: Pod]
        kind: no matches for kind "Podd" in version "v1"
        apiVersion: no matches for kind "Pod" in version "apps/v1" | Write `apiVersion: v1`. [Write apiVersion: v1]
        apiVersion: no matches for kind "Pod" in version "core/v1" | Write `apiVersion: v1`. [Write apiVersion: v1]
        apiVersion: unexpected GroupVersion string: a.b/c/v1
        apiVersion: no matches for kind "CronJob" in version "batch/v1beta1" | Kubernetes 1.35 no longer has CronJob in batch/v1beta1. Write `apiVersion: batch/v1`. [Write apiVersion: batch/v1]
        apiVersion: no matches for kind "Ingress" in version "extensions/v1beta1" | Kubernetes 1.35 has Ingress in `apiVersion: networking.k8s.io/v1`.
        kind: no matches for kind "Status" in version "v1"
        "#);
    }

    #[test]
    fn names_that_are_nearly_right_are_told() {
        let told = |document: Value| {
            let finding = type_meta(&document, None).unwrap_err();
            format!("{} | {}", finding.message, finding.hint.unwrap_or_default())
        };
        let told = [
            json!({"kind": "po", "apiVersion": "v1"}),
            json!({"kind": "Deploy", "apiVersion": "apps/v1"}),
            json!({"kind": "Pod ", "apiVersion": "v1"}),
            json!({"kind": "svc", "apiVersion": "v1"}),
            json!({"kind": "configmaps", "apiVersion": "v1"}),
            json!({"kind": "Pod", "apiVersion": 1}),
            json!({"kind": "Pod", "api_version": "v1"}),
            json!({"kinds": "Pod", "apiVersion": "v1"}),
            json!({"KIND": "Pod", "VERSION": "v1"}),
        ]
        .map(told);
        insta::assert_snapshot!(told.join("\n"), @r#"
        no matches for kind "po" in version "v1" | The kind is called `Pod`, in the singular and in these letters.
        no matches for kind "Deploy" in version "apps/v1" | The kind is called `Deployment`, in the singular and in these letters.
        no matches for kind "Pod " in version "v1" | The kind is called `Pod`, in the singular and in these letters.
        no matches for kind "svc" in version "v1" | The kind is called `Service`, in the singular and in these letters.
        no matches for kind "configmaps" in version "v1" | The kind is called `ConfigMap`, in the singular and in these letters.
        `apiVersion` must be a string, and this is the number 1 | Write `apiVersion: v1`.
        `apiVersion` is missing | Did you mean `apiVersion`?
        `kind` is missing | Did you mean `kind`?
        `kind` is missing: say what the manifest describes, such as `kind: Pod` |
        "#);
    }
}

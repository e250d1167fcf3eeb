//! Documents that say no kind that the server has: what they seem to be.

use serde_json::{Map, Value};

use super::Hint;
use super::context::Context;
use super::foreign::{self, SHELL};
use super::spaces;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::kinds::KINDS;
use crate::path::{Path, Segment};
use crate::shown::shown;
use crate::spelling;

/// How many fields of a document are looked at.
const MAX_FIELDS: usize = 64;

/// What a document seems to be that is no manifest, and what to do.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    match context.document {
        Value::String(text) => Some(of_text(text)),
        Value::Array(items) => Some(of_list(items)),
        Value::Object(fields) => of_object(finding, fields, context),
        _ => Some(Hint::new(BEGINNING)),
    }
}

const BEGINNING: &str = "A manifest begins with `apiVersion: v1` and `kind: Pod`, for example, each on a line of its own.";

fn of_text(text: &str) -> Hint {
    if let Some(words) = foreign::of_text(text) {
        return Hint::new(words);
    }
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    if first == "NAME" && words.any(|word| word == "AGE") {
        return Hint::new("This is a table that `kubectl get` shows: with `-o yaml` it writes a manifest.");
    }
    if let Some((name, value)) = text.split_once(" = ").filter(|(name, _)| is_word(name)) {
        let value = value.split_whitespace().next().unwrap_or_default();
        return Hint::new(format!("Between a name and its value stands a colon: write `{}: {}`.", shown(name), shown(value)));
    }
    if let Some((name, value)) =
        first.split_once(':').filter(|(name, value)| is_word(name) && !value.is_empty() && !value.starts_with('/'))
    {
        return Hint::new(format!("A space is missing after the colon: write `{}: {}`.", shown(name), shown(value)));
    }
    if text.contains("<<") || matches!(first, "cat" | "kubectl" | "$" | "#" | "sudo") {
        return Hint::new(SHELL);
    }
    Hint::new(format!("This is plain text, not a manifest. {BEGINNING}"))
}

/// True of a name of letters, digits and what may stand between them.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn of_list(items: &[Value]) -> Hint {
    let first = items.first().and_then(Value::as_object);
    let has = |name: &str| first.is_some_and(|first| first.contains_key(name));
    Hint::new(match () {
        () if has("op") && has("path") => {
            "This is a JSON patch, which changes an object that is there: `kubectl patch` takes it."
        }
        () if has("kind") || has("apiVersion") => {
            "Manifests stand one after the other, not in a list: remove the `- ` before each, and put `---` between them."
        }
        () if has("hosts") || has("tasks") => "This may be a playbook of Ansible, which is no manifest.",
        () if has("image") || has("name") => {
            "This is only a list, such as that of the containers of a Pod: `apiVersion`, `kind`, `metadata` and `spec` are missing around it."
        }
        () => BEGINNING,
    })
}

fn of_object(finding: &Finding, fields: &Map<String, Value>, context: &Context<'_>) -> Option<Hint> {
    let names: Vec<_> = fields.keys().take(MAX_FIELDS).map(String::as_str).collect();
    if let Some(name) = names.iter().find(|name| name.contains(spaces::is_odd_space)) {
        let line = context.key_position(&Path::root().entry(*name)).map(|position| position.line);
        return Some(Hint::new(spaces::words(&Vec::from_iter(line), name.contains(spaces::is_seen))));
    }
    if fields.get("kind").is_some_and(|kind| kind.is_string() && kind != "") {
        return of_kind(finding, fields);
    }
    if let Some(words) = foreign::of_names(&names) {
        return Some(Hint::new(words));
    }
    of_joined(&names).or_else(|| of_purpose(&names, fields)).or_else(|| of_pod(finding, fields))
}

/// What to do about an object of a kind that only another program reads.
pub(super) fn not_judged(context: &Context<'_>) -> Option<Hint> {
    let is_kustomization = context.document.get("kind").is_some_and(|kind| kind == "Kustomization" || kind == "Component");
    is_kustomization.then(|| Hint::new(KUSTOMIZATION))
}

/// A manifest of a kind that the server does not have.
fn of_kind(finding: &Finding, fields: &Map<String, Value>) -> Option<Hint> {
    let name = fields.get("kind").and_then(Value::as_str)?;
    match name {
        "List" => {
            let words = "A List has its objects in `items`: `items:`, and below it each of them behind a `- `.";
            return Some(Hint::new(words));
        }
        "PodSecurityPolicy" => {
            return Some(Hint::new("Kubernetes 1.25 removed this kind: labels of the namespace say now what its Pods may do."));
        }
        "Config" if fields.contains_key("clusters") || fields.contains_key("contexts") => {
            return Some(Hint::new(
                "This is a kubeconfig, with which kubectl finds its cluster, and no manifest. It may hold secrets.",
            ));
        }
        _ => {}
    }
    if matches!(finding.place.last(), Some(Segment::Field(field)) if field != "kind") {
        let words = "Write a version that the server has, such as `v1` or `apps/v1`; `kubectl api-resources` lists them.";
        return Some(Hint::new(words));
    }
    let Some(meant) = spelling::meant_by(name, KINDS.iter().map(|kind| kind.name)) else {
        return Some(Hint::new("The server has no such kind: look for a slip. `kubectl api-resources` lists those that it has."));
    };
    let fix = Fix::guess(format!("Write kind: {meant}"), vec![Change::Set(finding.place.clone(), meant.into())]);
    Some(Hint::new(format!("Did you mean `{meant}`?")).with_fix((finding.place == Path::root().entry("kind")).then_some(fix)))
}

/// `apiVersion:v1` without a space, or a name in typographic quotes.
fn of_joined(names: &[&str]) -> Option<Hint> {
    let joined = names.iter().find_map(|name| name.split_once(':').filter(|(name, _)| matches!(*name, "apiVersion" | "kind")));
    if let Some((name, value)) = joined {
        let value = value.split_whitespace().next().unwrap_or_default();
        return Some(Hint::new(format!("A space is missing after the colon: write `{name}: {}`.", shown(value))));
    }
    let is_quoted = |name: &&&str| name.starts_with(spaces::QUOTES);
    names
        .iter()
        .find(is_quoted)
        .map(|_| Hint::new("The quotes around the names are typographic ones, which YAML takes for letters: leave them out."))
}

const KUSTOMIZATION: &str =
    "This is a kustomization, which says how to build manifests: `kubectl kustomize` prints those, and they can be checked.";

/// Fields that kustomizations have.
const OF_KUSTOMIZATION: [&str; 10] = [
    "resources",
    "bases",
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "namePrefix",
    "nameSuffix",
    "commonLabels",
    "configMapGenerator",
    "secretGenerator",
];

/// Fields that the values of Helm charts have, and many others too.
const OF_VALUES: [&str; 10] = [
    "replicaCount",
    "nameOverride",
    "fullnameOverride",
    "ingress",
    "autoscaling",
    "podAnnotations",
    "imagePullSecrets",
    "service",
    "serviceAccount",
    "tolerations",
];

/// Files of other programs.
fn of_purpose(names: &[&str], fields: &Map<String, Value>) -> Option<Hint> {
    let has = |name: &str| names.contains(&name);
    let count = |known: &[&str]| names.iter().filter(|name| known.contains(name)).count();
    let words = match () {
        () if fields.get("services").is_some_and(Value::is_object) => {
            "This is a file of Docker Compose, which Kubernetes does not read: its services become containers. `kompose convert` makes \
             manifests of it."
        }
        () if count(&OF_KUSTOMIZATION) > 0 && !has("spec") => KUSTOMIZATION,
        () if has("apiVersion") && has("name") && has("version") => {
            "This is the `Chart.yaml` of a Helm chart: `helm template` makes manifests of the chart, and they can be checked."
        }
        () if has("replicaCount") || count(&OF_VALUES) > 1 => {
            "This may be the values of a Helm chart: `helm template` makes manifests of the chart with them, and they can be checked."
        }
        () if has("Name") && has("Namespace") => {
            "This is what `kubectl describe` shows, which is for reading only: `kubectl get` with `-o yaml` writes a manifest."
        }
        () if has("KIND") && has("VERSION") => {
            "This is what `kubectl explain` shows, which is for reading only. A manifest has `apiVersion`, `kind`, `metadata` and `spec`."
        }
        () if has("LAST DEPLOYED") || has("NAMESPACE") && has("STATUS") => {
            "This is what `helm install` says around the manifests: `helm template` writes them alone."
        }
        () if has("404") => "This is what a server said in the place of a file: look for the right address.",
        () if has("jobs") && (has("on") || has("true")) => "This may be a workflow of GitHub Actions, which is no manifest.",
        () => return None,
    };
    Some(Hint::new(words))
}

/// A Pod, or a part of one, that does not say so.
fn of_pod(finding: &Finding, fields: &Map<String, Value>) -> Option<Hint> {
    let has = |path: &str| {
        path.split('.')
            .try_fold(None, |value: Option<&Value>, name| {
                let object = value.map_or(Some(fields), Value::as_object)?;
                object.get(name).map(Some)
            })
            .is_some()
    };
    let is_kind = finding.place == Path::root().entry("kind");
    let written = |kind: &str| Fix::guess(format!("Write kind: {kind}"), vec![Change::Set(finding.place.clone(), kind.into())]);
    let (words, kind) = match () {
        () if !is_kind => return None,
        () if has("containers") => (
            "This is only the `spec` of a Pod: put `apiVersion: v1`, `kind: Pod`, `metadata:` with a `name` and `spec:` before it, and indent it by two.",
            None,
        ),
        () if has("image") => (
            "This is only a container: a Pod around it has `apiVersion`, `kind`, `metadata` and `spec`, and the container in `containers`.",
            None,
        ),
        () if has("spec.jobTemplate") => ("This looks like a CronJob.", Some("CronJob")),
        () if has("spec.template") && has("spec.serviceName") => ("This looks like a StatefulSet.", Some("StatefulSet")),
        () if has("spec.template") && has("spec.selector") => ("This looks like a Deployment.", Some("Deployment")),
        () if has("spec.template") => ("This looks like a Job, or a Deployment without its `selector`.", Some("Job")),
        () if has("spec.containers") => ("This looks like a Pod.", Some("Pod")),
        () => (BEGINNING, None),
    };
    Some(Hint::new(words).with_fix(kind.map(written)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::hints;
    use serde_json::json;

    #[test]
    fn documents_are_known_by_their_looks() {
        let told: Vec<_> = [
            json!("apiVersion:v1 kind:Pod"),
            json!("cat <<EOF"),
            json!("Hello, world"),
            json!(1),
            json!([{"op": "add", "path": "/a"}]),
            json!([{"apiVersion": "v1", "kind": "Pod"}]),
            json!([{"name": "a", "image": "b"}]),
            json!({"services": {"web": {"image": "nginx"}}}),
            json!({"resources": ["a.yaml"]}),
            json!({"kind": "Kustomization", "apiVersion": "kustomize.config.k8s.io/v1beta1", "resources": []}),
            json!({"apiVersion": "v2", "name": "chart", "version": "1.0.0"}),
            json!({"replicaCount": 1, "image": {"repository": "nginx"}}),
            json!({"kind": "Config", "apiVersion": "v1", "clusters": []}),
            json!({"kind": "Deploymnet", "apiVersion": "apps/v1"}),
            json!({"kind": "Xyz", "apiVersion": "v1"}),
            json!({"kind": "List", "apiVersion": "v1", "item": []}),
            json!({"kind": "PodSecurityPolicy", "apiVersion": "policy/v1beta1"}),
            json!({"KIND": "Pod", "VERSION": "v1", "FIELD": "containers <[]Container>"}),
            json!({"NAME": "x", "LAST DEPLOYED": "now"}),
            json!({"404": "Not Found"}),
            json!("NAME READY STATUS RESTARTS AGE a 1/1 Running 0 3m"),
            json!("apiVersion = v1 kind = Pod"),
            json!({"containers": []}),
            json!({"apiVersion": "v1", "spec": {"containers": []}}),
            json!({"apiVersion:v1 kind": "Pod"}),
            json!({"“kind”": "Pod"}),
            json!({"\u{a0}kind": "Pod"}),
            json!({"1 apiVersion": "v1", "2 kind": "Pod"}),
            json!({"+apiVersion": "v1", "+kind": "Pod"}),
            json!({"code:yaml": null}),
            json!({"Name": "web", "Namespace": "default", "Containers": {}}),
            json!("<!DOCTYPE html> <html>"),
            json!("apiVersion: v1\nkind: Pod\n"),
        ]
        .iter()
        .flat_map(hints)
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        A space is missing after the colon: write `apiVersion: v1`.
        There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.
        This is plain text, not a manifest. A manifest begins with `apiVersion: v1` and `kind: Pod`, for example, each on a line of its own.
        A manifest begins with `apiVersion: v1` and `kind: Pod`, for example, each on a line of its own.
        This is a JSON patch, which changes an object that is there: `kubectl patch` takes it.
        Manifests stand one after the other, not in a list: remove the `- ` before each, and put `---` between them.
        This is only a list, such as that of the containers of a Pod: `apiVersion`, `kind`, `metadata` and `spec` are missing around it.
        This is a file of Docker Compose, which Kubernetes does not read: its services become containers. `kompose convert` makes manifests of it.
        This is a kustomization, which says how to build manifests: `kubectl kustomize` prints those, and they can be checked.
        This is a kustomization, which says how to build manifests: `kubectl kustomize` prints those, and they can be checked.
        This is the `Chart.yaml` of a Helm chart: `helm template` makes manifests of the chart, and they can be checked.
        This may be the values of a Helm chart: `helm template` makes manifests of the chart with them, and they can be checked.
        This is a kubeconfig, with which kubectl finds its cluster, and no manifest. It may hold secrets.
        Did you mean `Deployment`? [Write kind: Deployment]
        The server has no such kind: look for a slip. `kubectl api-resources` lists those that it has.
        A List has its objects in `items`: `items:`, and below it each of them behind a `- `.
        Kubernetes 1.25 removed this kind: labels of the namespace say now what its Pods may do.
        This is what `kubectl explain` shows, which is for reading only. A manifest has `apiVersion`, `kind`, `metadata` and `spec`.
        This is what `helm install` says around the manifests: `helm template` writes them alone.
        This is what a server said in the place of a file: look for the right address.
        This is a table that `kubectl get` shows: with `-o yaml` it writes a manifest.
        Between a name and its value stands a colon: write `apiVersion: v1`.
        This is only the `spec` of a Pod: put `apiVersion: v1`, `kind: Pod`, `metadata:` with a `name` and `spec:` before it, and indent it by two.
        This looks like a Pod. [Write kind: Pod]
        A space is missing after the colon: write `apiVersion: v1`.
        The quotes around the names are typographic ones, which YAML takes for letters: leave them out.
        There are no-break spaces, which look like spaces and are none to YAML, in this name: replace them by ordinary spaces.
        The lines begin with their numbers, which came along from a page or an editor: remove them, and leave the indentation.
        These are the marks of a diff: take the `+` off the lines that it adds, and remove those that begin with `-`, `@@` or `+++`.
        This line marks a piece of code on a page, and is no part of the manifest: remove it, and the one at the other end.
        This is what `kubectl describe` shows, which is for reading only: `kubectl get` with `-o yaml` writes a manifest.
        This is a web page, not a manifest: download the file itself, such as the one behind `Raw`.
        The manifest stands in quotes, as one string: take them away, and write its `\n` as real line breaks.
        ");
    }
}

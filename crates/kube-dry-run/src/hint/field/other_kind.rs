//! Fields that another kind has.

use serde_json::{Map, Value};

use super::Field;
use crate::change::Change;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::hint::neighbourhood;
use crate::kinds::{KINDS, Kind};
use crate::path::Path;
use crate::schema::Schema;
use crate::shown::listed;

const SPEC: &str = "spec";

impl Field<'_, '_> {
    /// A field of a Service, of which many write one into the manifest of what it is for.
    pub(super) fn of_service(&self) -> Option<Hint> {
        const TYPES: [&str; 4] = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"];
        const OF_PORT: [&str; 3] = ["port", "targetPort", "nodePort"];
        let value = self.context.value(self.place)?;
        let is_of_port = |item: &Value| {
            item.get("containerPort").is_none() && OF_PORT.iter().any(|field| item.get(field).is_some_and(|port| !port.is_null()))
        };
        let is_it = match self.name {
            "type" => value.as_str().is_some_and(|value| TYPES.contains(&value)),
            "ports" => value.as_array().is_some_and(|ports| !ports.is_empty() && ports.iter().all(is_of_port)),
            name => matches!(name, "clusterIP" | "sessionAffinity" | "externalTrafficPolicy" | "loadBalancerIP"),
        };
        (is_it && self.parent == Path::root().entry(SPEC)).then(|| {
            Hint::new(format!(
                "`{}` belongs to a Service, which is an object of its own: write that behind a line with `---`.",
                self.name
            ))
        })
    }

    /// A field of `spec` that only objects of other kinds have.
    pub(super) fn of_other_kind(&self) -> Option<Hint> {
        let own = self.context.kind()?;
        let value = self.context.value(self.place).filter(|_| self.parent == Path::root().entry(SPEC))?;
        let has_it = |kind: &&Kind| fields(kind).is_some_and(|spec| has(spec, self.name, value));
        let owners: Vec<_> = KINDS.iter().filter(|kind| kind.judged.is_some()).filter(has_it).collect();
        if owners.is_empty() {
            return None;
        }
        let spec = self.siblings()?;
        if let Some(meant) = owners.iter().find(|kind| has_all(kind, spec)) {
            let (name, version) = (meant.name, meant.api_version);
            let words = format!(
                "This looks like a {name} and not like a {}: write `kind: {name}` and `apiVersion: {version}`.",
                own.name
            );
            let set = |field: &str, value: &str| Change::Set(Path::root().entry(field), value.into());
            let changes = vec![set("apiVersion", version), set("kind", name)];
            return Some(Hint::new(words).with_fix(Fix::guess(format!("Write kind: {name}"), changes)));
        }
        let owners = listed(owners.iter().map(|kind| kind.name), "or");
        Some(Hint::new(format!(
            "`{}` belongs to a {owners}, and this is a {}: write the kind that is meant, or remove the field.",
            self.name, own.name
        )))
    }
}

/// The fields that the `spec` of a `kind` has.
fn fields(kind: &Kind) -> Option<&Schema> {
    kind.schema.field(SPEC)
}

fn has(spec: &Schema, name: &str, value: &Value) -> bool {
    spec.field(name).is_some_and(|field| neighbourhood::is_of(field, value))
}

fn has_all(kind: &Kind, written: &Map<String, Value>) -> bool {
    fields(kind).is_some_and(|spec| written.iter().all(|(name, value)| has(spec, name, value)))
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod};
    use serde_json::json;

    #[test]
    fn fields_of_other_kinds_say_which() {
        let containers = json!([{"name": "c", "image": "i"}]);
        let told =
            hints(&pod(json!({"containers": containers, "replicas": 2, "schedule": "* * * * *", "volumeClaimTemplates": []})));
        insta::assert_snapshot!(told.join("\n"), @r"
        `replicas` belongs to a `Deployment` or `StatefulSet`, and this is a Pod: write the kind that is meant, or remove the field.
        `schedule` belongs to a `CronJob`, and this is a Pod: write the kind that is meant, or remove the field.
        `volumeClaimTemplates` belongs to a `StatefulSet`, and this is a Pod: write the kind that is meant, or remove the field.
        ");
    }

    #[test]
    fn a_pod_with_a_template_becomes_a_deployment() {
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
        let document = pod(json!({"replicas": 2, "selector": {"matchLabels": {"a": "b"}}, "template": template}));
        let told = hints(&document);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told.iter().all(|hint| hint.starts_with("This looks like a Deployment and not like a Pod")), "{told:?}");
        assert_eq!(crate::judge(&fixed(&document)).findings, []);
    }

    #[test]
    fn fields_of_a_service_are_sent_into_one() {
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}});
        let told = hints(&json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template, "type": "NodePort",
                "ports": [{"port": 80, "targetPort": 80}]}}));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|hint| hint.contains("belongs to a Service")), "{told:?}");
    }
}

//! Fields that have another name in Kubernetes than elsewhere.

use serde_json::Value;

use super::Field;
use crate::finding::Fix;
use crate::hint::Hint;
use crate::hint::alias;
use crate::hint::neighbourhood;

impl Field<'_, '_> {
    /// A field that has this name elsewhere.
    pub(super) fn by_other_name(&self) -> Option<Hint> {
        let object = self.context.schema(&self.parent)?;
        let value = self.context.value(self.place)?;
        if let Some(hint) = self.volumes_of_container(value) {
            return Some(hint);
        }
        let (meant, fits) = alias::meant(&self.parent, object, self.name, value)?;
        let fix =
            self.free(meant).filter(|_| fits).map(|_| Fix::guess(format!("Rename it to {meant}"), self.renamed(meant).changes));
        Some(Hint::new(format!("In Kubernetes this is called `{meant}`.")).with_fix(fix))
    }

    /// Mounts that a container has as `volumes`.
    fn volumes_of_container(&self, value: &Value) -> Option<Hint> {
        let mounts = value.as_array().filter(|items| self.name == "volumes" && !items.is_empty())?;
        let schema = self.free("volumeMounts")?;
        if mounts.iter().any(|item| item.get("mountPath").is_none() && !item.is_string()) {
            return None;
        }
        let fix = Some(self.renamed("volumeMounts"))
            .filter(|_| neighbourhood::is_of(schema, value) && mounts.iter().all(Value::is_object));
        let words = "A container mounts volumes by `volumeMounts`; `volumes` themselves belong in the `spec` of the Pod.";
        Some(Hint::new(words).with_fix(fix))
    }
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{hints, with_container};
    use serde_json::json;

    #[test]
    fn what_compose_has_is_translated() {
        let document =
            with_container(json!({"environment": [{"name": "a", "value": "b"}], "volumes": [{"name": "v", "mountPath": "/v"}],
            "healthcheck": {}}));
        insta::assert_snapshot!(hints(&document).join("\n"), @r"
        In Kubernetes this is called `env`. [Rename it to env]
        A container mounts volumes by `volumeMounts`; `volumes` themselves belong in the `spec` of the Pod. [Write volumeMounts]
        In Kubernetes this is called `livenessProbe`.
        ");
    }
}

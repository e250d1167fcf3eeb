//! Values that are missing.

use serde_json::{Map, Value, json};

use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::names;
use crate::path::{Path, Segment};
use crate::shown::shown;

/// Fields that must be there, and what they are for.
const FIELDS: [(&str, &str); 25] = [
    ("image", "Say which image the container runs: `image: nginx:1.29`, for example."),
    ("containers", "A Pod has at least one container: add `containers` with an item that has a `name` and an `image`."),
    ("mountPath", "Say where in the container the volume is to appear: `mountPath: /data`, for example."),
    ("containerPort", "Say which port the container listens at: `containerPort: 80`, for example."),
    ("schedule", "Say when it is to run: `schedule: \"*/5 * * * *\"` is every five minutes."),
    ("accessModes", "Say how the volume may be mounted: `accessModes: [ReadWriteOnce]` is the usual one."),
    ("claimName", "Say which PersistentVolumeClaim is meant: `claimName` and its name."),
    ("secretName", "Say which Secret is meant: `secretName` and its name."),
    ("key", "Say which key is meant."),
    ("path", "Say which path is meant."),
    ("command", "Say what is to be run: `command: [cat, /tmp/ready]`, for example."),
    ("port", "Say which port is meant: its number, or the name of one of the container's ports."),
    ("fieldPath", "Say which field of the Pod is meant: `fieldPath: metadata.name`, for example."),
    ("resource", "Say which resource is meant: `resource: limits.memory`, for example."),
    ("topologyKey", "Say which label tells the places apart: `topologyKey: kubernetes.io/hostname`, for example."),
    ("whenUnsatisfiable", "Say what to do if it cannot be had: `DoNotSchedule` or `ScheduleAnyway`."),
    ("completions", "An indexed Job has a number of `completions`: add it."),
    ("driver", "Say which driver provides the volume."),
    ("server", "Say which server has the files."),
    ("type", "Say of which type it is: `RuntimeDefault`, for example."),
    ("localhostProfile", "With `type: Localhost`, `localhostProfile` says which profile of the node is meant."),
    ("dnsConfig", "With `dnsPolicy: None`, `dnsConfig` says which name servers to ask."),
    ("nameservers", "With `dnsPolicy: None`, `nameservers` says which name servers to ask."),
    ("restartPolicy", "Say what happens when a container ends: `OnFailure` or `Never`."),
    ("values", "This operator compares with `values`: add them."),
];

/// What to do about a value that is missing.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Hint {
    let Some(field) = finding.place.name() else {
        return Hint::new("This item must not be empty: fill it, or remove it.");
    };
    let missing = Missing { finding, context, place: &finding.place };
    if let Some(hint) = missing.limit() {
        return hint;
    }
    match field {
        "name" => missing.name(),
        "selector" => missing.selector(),
        "restartPolicy" => missing.restart_policy(),
        "template" | "spec" => Hint::new("A workload has a `template`: the labels and the `spec` of the Pods that it makes."),
        field => {
            let known = FIELDS.iter().find(|(known, _)| *known == field && is_plain(finding));
            known.map_or_else(|| missing.other(), |(_, words)| Hint::new(*words))
        }
    }
}

/// True of a message that says no more than that the value is missing, or what it may be.
fn is_plain(finding: &Finding) -> bool {
    !finding.message.ends_with("must specify a handler type")
}

struct Missing<'a, 'd> {
    finding: &'a Finding,
    context: &'a Context<'d>,
    place: &'a Path,
}

impl Missing<'_, '_> {
    fn set(&self, title: String, value: impl Into<Value>) -> Option<Fix> {
        let owner = self.place.parent()?;
        let has_owner = owner.is_root() || self.context.value(&owner).is_none_or(|owner| owner.is_object() || owner.is_null());
        has_owner.then(|| Fix::guess(title, vec![Change::Set(self.place.clone(), value.into())]))
    }

    fn name(&self) -> Hint {
        let owner = self.place.parent().unwrap_or_default();
        if owner == Path::root().entry("metadata") {
            let name = self.name_of_first_container();
            let fix = name.and_then(|name| self.set(format!("Name it {name}"), name));
            return Hint::new("Every object has a name: add `name` under `metadata`.").with_fix(fix);
        }
        let owner_list = owner.parent().and_then(|list| list.last().cloned());
        let Some(Segment::Field(list)) = owner_list else { return Hint::new("Say which one is meant: add its `name`.") };
        match list.as_str() {
            "containers" | "initContainers" | "ephemeralContainers" => {
                let fix = self.name_of_image(&owner).and_then(|name| self.set(format!("Name it {name}"), name));
                Hint::new("Every container has a name: add `name`, which is free to choose.").with_fix(fix)
            }
            "volumes" => Hint::new("Every volume has a name, by which containers mount it: add `name`."),
            "volumeMounts" | "volumeDevices" => {
                let only = match self.context.names().volumes.as_slice() {
                    [only] if !only.is_empty() => self.set(format!("Mount {only}"), *only),
                    _ => None,
                };
                Hint::new("Say which volume is to be mounted: its `name` under `volumes`.").with_fix(only)
            }
            "env" => Hint::new("Every variable has a name: add `name` beside its `value`."),
            "ports" => Hint::new("With several ports, each has a name: add `name`."),
            _ => Hint::new("Say which one is meant: add its `name`."),
        }
    }

    /// A name that comes from the image of the container at `place`, if no other has it.
    fn name_of_image(&self, place: &Path) -> Option<String> {
        let image = self.context.string(&place.entry("image"))?;
        let name = image.rsplit('/').next()?.split(['@', ':']).next()?.to_ascii_lowercase().replace(['_', '.'], "-");
        (names::dns_label(&name).is_empty() && !self.context.names().containers.contains(name.as_str())).then_some(name)
    }

    fn name_of_first_container(&self) -> Option<String> {
        let first = self.context.pod_spec().entry("containers").index(0);
        let name = self.context.string(&first.entry("name")).map(str::to_owned);
        name.filter(|name| names::dns_label(name).is_empty()).or_else(|| self.name_of_image(&first))
    }

    /// The selector of a workload, which must be that of its own Pods.
    fn selector(&self) -> Hint {
        let words = "The selector says which Pods are its own: write the labels of the `template` under `matchLabels`.";
        let labels = self.context.pod_spec().parent().unwrap_or_default().entry("metadata").entry("labels");
        // What is a number or a boolean yet has to become a string first.
        let can_be_selected = |labels: &Map<String, Value>| !labels.is_empty() && labels.values().all(Value::is_string);
        let labels = self.context.value(&labels).filter(|labels| labels.as_object().is_some_and(can_be_selected));
        let fix = labels.map(|labels| {
            let changes = vec![Change::Set(self.place.clone(), json!({"matchLabels": labels}))];
            Fix::safe("Select the labels of the template", changes)
        });
        Hint::new(words).with_fix(fix.filter(|_| *self.place == Path::root().entry("spec").entry("selector")))
    }

    fn restart_policy(&self) -> Hint {
        let is_of_pod = self.place.parent().is_some_and(|parent| parent == self.context.pod_spec());
        if !is_of_pod {
            return Hint::new("Rules of restarting go with a `restartPolicy` of the container: add it.");
        }
        let words = "Say what happens when a container of the Job fails: `OnFailure` starts it again, `Never` makes a new Pod.";
        Hint::new(words).with_fix(self.set("Write restartPolicy: Never".to_owned(), "Never"))
    }

    /// A resource that has a request and no limit, though it needs one.
    fn limit(&self) -> Option<Hint> {
        let [around @ .., Segment::Field(map), Segment::Field(resource) | Segment::Key(resource)] = self.place.segments() else {
            return None;
        };
        let resources = Path::from(around.to_vec());
        let asked = self.context.value(&resources.entry("requests").entry(resource.as_str())).filter(|_| map == "limits")?;
        let amount = match asked {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let (name, amount) = (shown(resource), shown(&amount));
        let words = format!("Of {name} a container gets exactly what it asks for: add `{name}: {amount}` to its `limits` too.");
        let fix = Fix::safe(format!("Limit {name} to {amount}"), vec![Change::Set(self.place.clone(), asked.clone())]);
        Some(Hint::new(words).with_fix(fix))
    }

    fn other(&self) -> Hint {
        Hint::new(if self.finding.message.ends_with("must specify a handler type") {
            "Say what is to be done: `exec` runs a command, `httpGet` asks a web server, `tcpSocket` tries a port."
        } else {
            "This field must be there and not be empty."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod, with_container};
    use crate::judge;
    use serde_json::json;

    #[test]
    fn what_is_missing_is_explained() {
        let containers = json!([{"name": "c", "image": "i"}]);
        let told: Vec<_> = [
            json!({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"image": "nginx:1.29"}]}}),
            pod(json!({"containers": []})),
            pod(json!({"containers": [{"name": "a"}]})),
            with_container(json!({"volumeMounts": [{}], "env": [{"value": "b"}], "ports": [{}], "livenessProbe": {}})),
            pod(json!({"containers": containers, "volumes": [{"name": "v"}, {"emptyDir": {}}]})),
            json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": {"template": {"spec": {
                "containers": containers}}}}),
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}}),
        ]
        .iter()
        .flat_map(hints)
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        Every object has a name: add `name` under `metadata`. [Name it nginx]
        Every container has a name: add `name`, which is free to choose. [Name it nginx]
        A Pod has at least one container: add `containers` with an item that has a `name` and an `image`.
        Say which image the container runs: `image: nginx:1.29`, for example.
        Say which port the container listens at: `containerPort: 80`, for example.
        Every variable has a name: add `name` beside its `value`.
        Say which volume is to be mounted: its `name` under `volumes`.
        The mount does not say which volume it is of: add the `name` of one.
        Say where in the container the volume is to appear: `mountPath: /data`, for example.
        Say what is to be done: `exec` runs a command, `httpGet` asks a web server, `tcpSocket` tries a port.
        Every volume has a name, by which containers mount it: add `name`.
        Say what happens when a container of the Job fails: `OnFailure` starts it again, `Never` makes a new Pod. [Write restartPolicy: Never]
        The selector says which Pods are its own: write the labels of the `template` under `matchLabels`.
        This only follows: it is settled once `spec.selector` is right and matches.
        A Pod has at least one container: add `containers` with an item that has a `name` and an `image`.
        ");
    }

    #[test]
    fn what_cannot_be_shared_is_limited_to_what_is_asked_for() {
        for (resources, expected) in [
            (
                json!({"requests": {"nvidia.com/gpu": 1}}),
                "Of nvidia.com/gpu a container gets exactly what it asks for: add `nvidia.com/gpu: 1` to its `limits` too. \
                 [Limit nvidia.com/gpu to 1]",
            ),
            (
                json!({"requests": {"hugepages-2Mi": "4Mi", "cpu": "1"}, "limits": {"memory": "1Gi"}}),
                "Of hugepages-2Mi a container gets exactly what it asks for: add `hugepages-2Mi: 4Mi` to its `limits` too. \
                 [Limit hugepages-2Mi to 4Mi]",
            ),
        ] {
            let document = with_container(json!({"resources": resources}));
            assert_eq!(hints(&document), [expected]);
            assert_eq!(judge(&fixed(&document)).findings, []);
        }
    }

    #[test]
    fn what_is_filled_in_is_accepted() {
        let containers = json!([{"name": "c", "image": "i"}]);
        let template = json!({"metadata": {"labels": {"a": "b"}}, "spec": {"containers": containers}});
        for document in [
            json!({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": containers}}),
            pod(json!({"containers": [{"image": "quay.io/team/web_app:1"}]})),
            json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": {"template": template}}),
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"template": template}}),
        ] {
            assert_eq!(judge(&fixed(&document)).findings, [], "{document}");
        }
    }
}

//! Names that fields have elsewhere: in Docker Compose, in a Service, in other sources of volumes.

use serde_json::Value;

use super::neighbourhood;
use crate::path::{Path, Segment};
use crate::schema::Schema;

/// A field by another name.
struct Alias {
    /// The list or the field that the object is in; `*` for any container.
    owner: &'static str,
    written: &'static str,
    meant: &'static str,
}

const fn alias(owner: &'static str, written: &'static str, meant: &'static str) -> Alias {
    Alias { owner, written, meant }
}

const ALIASES: [Alias; 38] = [
    alias("*", "environment", "env"),
    alias("*", "entrypoint", "command"),
    alias("*", "cmd", "args"),
    alias("*", "container_name", "name"),
    alias("*", "working_dir", "workingDir"),
    alias("*", "mounts", "volumeMounts"),
    alias("*", "healthcheck", "livenessProbe"),
    alias("*", "port", "ports"),
    alias("*", "pullPolicy", "imagePullPolicy"),
    alias("secret", "name", "secretName"),
    alias("persistentVolumeClaim", "name", "claimName"),
    alias("volumeMounts", "path", "mountPath"),
    alias("volumeMounts", "target", "mountPath"),
    alias("volumeMounts", "volume", "name"),
    alias("volumeMounts", "source", "name"),
    alias("volumeMounts", "read_only", "readOnly"),
    alias("ports", "port", "containerPort"),
    alias("ports", "targetPort", "containerPort"),
    alias("ports", "target", "containerPort"),
    alias("ports", "published", "hostPort"),
    alias("emptyDir", "size", "sizeLimit"),
    alias("env", "key", "name"),
    alias("valueFrom", "configMapRef", "configMapKeyRef"),
    alias("valueFrom", "configMap", "configMapKeyRef"),
    alias("valueFrom", "secretRef", "secretKeyRef"),
    alias("valueFrom", "secret", "secretKeyRef"),
    alias("envFrom", "configMap", "configMapRef"),
    alias("envFrom", "secret", "secretRef"),
    alias("volumes", "pvc", "persistentVolumeClaim"),
    alias("volumes", "claim", "persistentVolumeClaim"),
    alias("configMap", "configMapName", "name"),
    alias("configMap", "configName", "name"),
    alias("hostPath", "mountPath", "path"),
    alias("hostPath", "name", "path"),
    alias("persistentVolumeClaim", "claim", "claimName"),
    alias("volumeMounts", "volumeName", "name"),
    alias("spec", "strategy", "updateStrategy"),
    alias("spec", "updateStrategy", "strategy"),
];

/// What the names of durations end in.
const UNIT: &str = "Seconds";

/// The name that the field `written` with this `value` has in the object at `parent`, if it is known by another one; and true if
/// the value is one of that field.
pub(crate) fn meant(parent: &Path, object: &Schema, written: &str, value: &Value) -> Option<(&'static str, bool)> {
    let owner = parent.segments().iter().rev().find_map(|segment| match segment {
        Segment::Field(name) => Some(name.as_str()),
        _ => None,
    })?;
    let is_container = object.field("volumeMounts").is_some();
    let is_it = |alias: &&Alias| alias.written == written && (alias.owner == owner || alias.owner == "*" && is_container);
    let with_unit = |(known, _): &&(&'static str, Schema)| known.strip_suffix(UNIT) == Some(written);
    let known = ALIASES.iter().find(is_it).map(|alias| alias.meant);
    let meant = known.or_else(|| object.fields().iter().find(with_unit).map(|(known, _)| *known))?;
    let field = object.field(meant)?;
    Some((meant, neighbourhood::is_of(field, value) && meant != "livenessProbe"))
}

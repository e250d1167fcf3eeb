//! In which order people write the fields of the Kubernetes API.

use serde_json::{Map, Value};

/// What is known of the fields of an object: their order, and that of the fields inside of them.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    fields: &'static [(&'static str, &'static Order)],
}

impl Order {
    /// The order inside of the field `name`, and of each item if the field is a list.
    #[must_use]
    pub fn of_field(&self, name: &str) -> &'static Self {
        self.fields.iter().find(|(known, _)| *known == name).map_or(&ANY, |(_, order)| order)
    }

    /// The entries of `map`: the known fields in the order people write them, then all others in their own order.
    #[must_use]
    pub fn entries<'a>(&self, map: &'a Map<String, Value>) -> Vec<(&'a str, &'a Value)> {
        let rank = |name: &str| self.fields.iter().position(|(known, _)| *known == name).unwrap_or(self.fields.len());
        let mut entries: Vec<_> = map.iter().map(|(name, value)| (name.as_str(), value)).collect();
        if !self.fields.is_empty() {
            entries.sort_by_cached_key(|(name, _)| rank(name));
        }
        entries
    }
}

/// An object whose fields keep their own order.
static ANY: Order = Order { fields: &[] };

static NAME_FIRST: Order = Order { fields: &[("name", &ANY)] };

static METADATA: Order =
    Order { fields: &[("name", &ANY), ("generateName", &ANY), ("namespace", &ANY), ("labels", &ANY), ("annotations", &ANY)] };

/// A Pod.
pub(crate) static POD: Order =
    Order { fields: &[("apiVersion", &ANY), ("kind", &ANY), ("metadata", &METADATA), ("spec", &POD_SPEC), ("status", &ANY)] };

/// Deployment, StatefulSet, DaemonSet, and what is not known here.
pub(crate) static WORKLOAD: Order = Order {
    fields: &[
        ("apiVersion", &ANY),
        ("kind", &ANY),
        ("metadata", &METADATA),
        ("spec", &WORKLOAD_SPEC),
        ("type", &ANY),
        ("data", &ANY),
        ("stringData", &ANY),
        ("binaryData", &ANY),
        ("status", &ANY),
    ],
};

/// A Job.
pub(crate) static JOB: Order =
    Order { fields: &[("apiVersion", &ANY), ("kind", &ANY), ("metadata", &METADATA), ("spec", &JOB_SPEC), ("status", &ANY)] };

/// A CronJob.
pub(crate) static CRON_JOB: Order = Order {
    fields: &[("apiVersion", &ANY), ("kind", &ANY), ("metadata", &METADATA), ("spec", &CRON_JOB_SPEC), ("status", &ANY)],
};

/// A `PodTemplate`.
pub(crate) static POD_TEMPLATE: Order =
    Order { fields: &[("apiVersion", &ANY), ("kind", &ANY), ("metadata", &METADATA), ("template", &TEMPLATE)] };

static WORKLOAD_SPEC: Order = Order {
    fields: &[
        ("replicas", &ANY),
        ("serviceName", &ANY),
        ("revisionHistoryLimit", &ANY),
        ("progressDeadlineSeconds", &ANY),
        ("minReadySeconds", &ANY),
        ("podManagementPolicy", &ANY),
        ("strategy", &ANY),
        ("updateStrategy", &ANY),
        ("selector", &ANY),
        ("template", &TEMPLATE),
        ("volumeClaimTemplates", &CLAIM),
    ],
};

static JOB_SPEC: Order = Order {
    fields: &[
        ("completions", &ANY),
        ("completionMode", &ANY),
        ("parallelism", &ANY),
        ("backoffLimit", &ANY),
        ("backoffLimitPerIndex", &ANY),
        ("maxFailedIndexes", &ANY),
        ("activeDeadlineSeconds", &ANY),
        ("ttlSecondsAfterFinished", &ANY),
        ("suspend", &ANY),
        ("manualSelector", &ANY),
        ("podFailurePolicy", &ANY),
        ("successPolicy", &ANY),
        ("podReplacementPolicy", &ANY),
        ("selector", &ANY),
        ("template", &TEMPLATE),
    ],
};

static CRON_JOB_SPEC: Order = Order {
    fields: &[
        ("schedule", &ANY),
        ("timeZone", &ANY),
        ("concurrencyPolicy", &ANY),
        ("startingDeadlineSeconds", &ANY),
        ("suspend", &ANY),
        ("successfulJobsHistoryLimit", &ANY),
        ("failedJobsHistoryLimit", &ANY),
        ("jobTemplate", &JOB_TEMPLATE),
    ],
};

static TEMPLATE: Order = Order { fields: &[("metadata", &METADATA), ("spec", &POD_SPEC)] };

static JOB_TEMPLATE: Order = Order { fields: &[("metadata", &METADATA), ("spec", &JOB_SPEC)] };

static CLAIM: Order = Order { fields: &[("apiVersion", &ANY), ("kind", &ANY), ("metadata", &METADATA), ("spec", &CLAIM_SPEC)] };

static CLAIM_SPEC: Order =
    Order { fields: &[("accessModes", &ANY), ("storageClassName", &ANY), ("volumeMode", &ANY), ("resources", &RESOURCES)] };

/// Short settings first, then the containers with their volumes, then where the Pod may run.
static POD_SPEC: Order = Order {
    fields: &[
        ("restartPolicy", &ANY),
        ("terminationGracePeriodSeconds", &ANY),
        ("activeDeadlineSeconds", &ANY),
        ("shareProcessNamespace", &ANY),
        ("serviceAccountName", &ANY),
        ("serviceAccount", &ANY),
        ("automountServiceAccountToken", &ANY),
        ("hostname", &ANY),
        ("subdomain", &ANY),
        ("setHostnameAsFQDN", &ANY),
        ("hostNetwork", &ANY),
        ("hostPID", &ANY),
        ("hostIPC", &ANY),
        ("hostUsers", &ANY),
        ("dnsPolicy", &ANY),
        ("dnsConfig", &ANY),
        ("hostAliases", &ANY),
        ("enableServiceLinks", &ANY),
        ("os", &ANY),
        ("securityContext", &ANY),
        ("imagePullSecrets", &ANY),
        ("initContainers", &CONTAINER),
        ("containers", &CONTAINER),
        ("ephemeralContainers", &CONTAINER),
        ("volumes", &VOLUME),
        ("nodeName", &ANY),
        ("nodeSelector", &ANY),
        ("affinity", &ANY),
        ("tolerations", &TOLERATION),
        ("topologySpreadConstraints", &ANY),
        ("schedulerName", &ANY),
        ("schedulingGates", &ANY),
        ("priorityClassName", &ANY),
        ("priority", &ANY),
        ("preemptionPolicy", &ANY),
        ("runtimeClassName", &ANY),
        ("readinessGates", &ANY),
        ("resourceClaims", &NAME_FIRST),
        ("resources", &RESOURCES),
        ("overhead", &ANY),
    ],
};

static CONTAINER: Order = Order {
    fields: &[
        ("name", &ANY),
        ("image", &ANY),
        ("imagePullPolicy", &ANY),
        ("restartPolicy", &ANY),
        ("restartPolicyRules", &ANY),
        ("command", &ANY),
        ("args", &ANY),
        ("workingDir", &ANY),
        ("env", &ENV),
        ("envFrom", &ENV_FROM),
        ("ports", &PORT),
        ("resources", &RESOURCES),
        ("resizePolicy", &ANY),
        ("volumeMounts", &MOUNT),
        ("volumeDevices", &NAME_FIRST),
        ("startupProbe", &PROBE),
        ("livenessProbe", &PROBE),
        ("readinessProbe", &PROBE),
        ("lifecycle", &LIFECYCLE),
        ("securityContext", &ANY),
        ("terminationMessagePath", &ANY),
        ("terminationMessagePolicy", &ANY),
        ("stdin", &ANY),
        ("stdinOnce", &ANY),
        ("tty", &ANY),
        ("targetContainerName", &ANY),
    ],
};

static ENV: Order = Order { fields: &[("name", &ANY), ("value", &ANY), ("valueFrom", &ENV_SOURCE)] };

static ENV_SOURCE: Order = Order {
    fields: &[
        ("fieldRef", &FIELD_REF),
        ("resourceFieldRef", &RESOURCE_REF),
        ("configMapKeyRef", &KEY_REF),
        ("secretKeyRef", &KEY_REF),
        ("fileKeyRef", &ANY),
    ],
};

static FIELD_REF: Order = Order { fields: &[("apiVersion", &ANY), ("fieldPath", &ANY)] };

static RESOURCE_REF: Order = Order { fields: &[("containerName", &ANY), ("resource", &ANY), ("divisor", &ANY)] };

static KEY_REF: Order = Order { fields: &[("name", &ANY), ("key", &ANY), ("optional", &ANY)] };

static ENV_FROM: Order = Order { fields: &[("prefix", &ANY), ("configMapRef", &NAME_FIRST), ("secretRef", &NAME_FIRST)] };

static PORT: Order =
    Order { fields: &[("name", &ANY), ("containerPort", &ANY), ("hostPort", &ANY), ("hostIP", &ANY), ("protocol", &ANY)] };

static RESOURCES: Order = Order { fields: &[("requests", &ANY), ("limits", &ANY), ("claims", &NAME_FIRST)] };

static MOUNT: Order = Order {
    fields: &[
        ("name", &ANY),
        ("mountPath", &ANY),
        ("subPath", &ANY),
        ("subPathExpr", &ANY),
        ("readOnly", &ANY),
        ("recursiveReadOnly", &ANY),
        ("mountPropagation", &ANY),
    ],
};

static PROBE: Order = Order {
    fields: &[
        ("exec", &ACTION),
        ("httpGet", &HTTP_GET),
        ("tcpSocket", &SOCKET),
        ("grpc", &SOCKET),
        ("initialDelaySeconds", &ANY),
        ("periodSeconds", &ANY),
        ("timeoutSeconds", &ANY),
        ("successThreshold", &ANY),
        ("failureThreshold", &ANY),
        ("terminationGracePeriodSeconds", &ANY),
    ],
};

static ACTION: Order = Order { fields: &[("command", &ANY)] };

static HTTP_GET: Order =
    Order { fields: &[("scheme", &ANY), ("host", &ANY), ("path", &ANY), ("port", &ANY), ("httpHeaders", &HEADER)] };

static HEADER: Order = Order { fields: &[("name", &ANY), ("value", &ANY)] };

static SOCKET: Order = Order { fields: &[("host", &ANY), ("port", &ANY), ("service", &ANY)] };

static LIFECYCLE: Order = Order { fields: &[("postStart", &HANDLER), ("preStop", &HANDLER), ("stopSignal", &ANY)] };

static HANDLER: Order = Order { fields: &[("exec", &ACTION), ("httpGet", &HTTP_GET), ("tcpSocket", &SOCKET), ("sleep", &ANY)] };

static TOLERATION: Order =
    Order { fields: &[("key", &ANY), ("operator", &ANY), ("value", &ANY), ("effect", &ANY), ("tolerationSeconds", &ANY)] };

static VOLUME: Order = Order {
    fields: &[
        ("name", &ANY),
        ("emptyDir", &EMPTY_DIR),
        ("configMap", &FILES),
        ("secret", &FILES),
        ("projected", &PROJECTED),
        ("downwardAPI", &DOWNWARD),
        ("persistentVolumeClaim", &VOLUME_CLAIM),
        ("hostPath", &HOST_PATH),
        ("ephemeral", &EPHEMERAL),
    ],
};

static EMPTY_DIR: Order = Order { fields: &[("medium", &ANY), ("sizeLimit", &ANY)] };

static FILES: Order =
    Order { fields: &[("name", &ANY), ("secretName", &ANY), ("optional", &ANY), ("defaultMode", &ANY), ("items", &ITEM)] };

static ITEM: Order = Order {
    fields: &[("key", &ANY), ("path", &ANY), ("mode", &ANY), ("fieldRef", &FIELD_REF), ("resourceFieldRef", &RESOURCE_REF)],
};

static DOWNWARD: Order = Order { fields: &[("defaultMode", &ANY), ("items", &ITEM)] };

static PROJECTED: Order = Order { fields: &[("defaultMode", &ANY), ("sources", &PROJECTION)] };

static PROJECTION: Order =
    Order { fields: &[("configMap", &FILES), ("secret", &FILES), ("downwardAPI", &DOWNWARD), ("serviceAccountToken", &TOKEN)] };

static TOKEN: Order = Order { fields: &[("audience", &ANY), ("expirationSeconds", &ANY), ("path", &ANY)] };

static VOLUME_CLAIM: Order = Order { fields: &[("claimName", &ANY), ("readOnly", &ANY)] };

static HOST_PATH: Order = Order { fields: &[("path", &ANY), ("type", &ANY)] };

static EPHEMERAL: Order = Order { fields: &[("volumeClaimTemplate", &CLAIM)] };

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};
    use std::ptr;

    use super::*;
    use crate::kinds::KINDS;
    use crate::schema::Schema;

    /// The names of the fields of all objects that an order serves.
    type Served = HashMap<*const Order, BTreeSet<&'static str>>;

    fn collect(order: &'static Order, schema: &Schema, served: &mut Served) {
        let object = match schema {
            Schema::List(item) => item,
            schema => schema,
        };
        served.entry(ptr::from_ref(order)).or_default().extend(object.fields().iter().map(|(name, _)| *name));
        for (name, order) in order.fields {
            if let Some(schema) = object.field(name) {
                collect(order, schema, served);
            }
        }
    }

    fn check(order: &'static Order, served: &Served) {
        // An object that is not in the table of kinds, such as a ConfigMap, is laid out like a workload.
        let of_others = ["type", "data", "stringData", "binaryData"];
        let known = served.get(&ptr::from_ref(order));
        for (name, inside) in order.fields {
            let is_known = known.is_some_and(|known| known.contains(name));
            assert!(is_known || ptr::eq(order, &raw const WORKLOAD) && of_others.contains(name), "{name} is no field");
            check(inside, served);
        }
    }

    #[test]
    fn every_field_is_one_of_the_api() {
        let mut served = Served::new();
        for kind in &KINDS {
            collect(kind.order, &kind.schema, &mut served);
        }
        for kind in &KINDS {
            check(kind.order, &served);
        }
    }
}

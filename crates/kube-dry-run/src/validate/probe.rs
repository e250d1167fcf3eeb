//! Probes.
//!
//! Follows `validateProbe` and the functions around it in `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::Probe;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::handler::Handler;
use super::non_negative;

/// A liveness or a startup probe, for which one success is enough.
pub(super) fn liveness_or_startup(errors: &mut Errors, probe: &Probe, path: &FieldPath<'_>) {
    common(errors, probe, path);
    if let Some(threshold) = probe.success_threshold.filter(|threshold| *threshold != 1) {
        errors.invalid(&path.field("successThreshold"), threshold, "must be 1");
    }
}

/// A readiness probe, which ends nothing.
pub(super) fn readiness(errors: &mut Errors, probe: &Probe, path: &FieldPath<'_>) {
    common(errors, probe, path);
    if let Some(seconds) = probe.termination_grace_period_seconds {
        errors.invalid(&path.field("terminationGracePeriodSeconds"), seconds, "must not be set for readinessProbes");
    }
}

fn common(errors: &mut Errors, probe: &Probe, path: &FieldPath<'_>) {
    Handler::from(probe).validate(errors, None, path);
    for (name, value) in [
        ("initialDelaySeconds", probe.initial_delay_seconds),
        ("timeoutSeconds", probe.timeout_seconds),
        ("periodSeconds", probe.period_seconds),
        ("successThreshold", probe.success_threshold),
        ("failureThreshold", probe.failure_threshold),
    ] {
        non_negative(errors, value.map(i64::from), &path.field(name));
    }
    if let Some(seconds) = probe.termination_grace_period_seconds.filter(|seconds| *seconds <= 0) {
        errors.invalid(&path.field("terminationGracePeriodSeconds"), seconds, "must be greater than 0");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_container;
    use serde_json::json;

    #[test]
    fn no_number_is_negative() {
        for field in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
            let of = |value: i32| messages_of_container(json!({"readinessProbe": {"tcpSocket": {"port": 80}, field: value}}));
            for good in [0, 1, 2] {
                assert_eq!(of(good), Vec::<String>::new(), "{field}");
            }
            let place = format!("spec.containers[0].readinessProbe.{field}");
            assert_eq!(of(-1), [format!("{place}: Invalid value: -1: must be greater than or equal to 0")]);
        }
    }

    #[test]
    fn one_success_proves_life() {
        for probe in ["livenessProbe", "startupProbe"] {
            let of = |value: i32| messages_of_container(json!({probe: {"tcpSocket": {"port": 80}, "successThreshold": value}}));
            assert_eq!(of(1), Vec::<String>::new());
            assert_eq!(of(2), [format!("spec.containers[0].{probe}.successThreshold: Invalid value: 2: must be 1")]);
        }
    }

    #[test]
    fn only_a_probe_that_ends_something_grants_a_period() {
        let of = |probe: &str, value: i64| {
            messages_of_container(json!({probe: {"tcpSocket": {"port": 80}, "terminationGracePeriodSeconds": value}}))
        };
        for probe in ["livenessProbe", "startupProbe"] {
            let place = format!("spec.containers[0].{probe}.terminationGracePeriodSeconds");
            assert_eq!(of(probe, 1), Vec::<String>::new());
            for bad in [0, -1] {
                assert_eq!(of(probe, bad), [format!("{place}: Invalid value: {bad}: must be greater than 0")]);
            }
        }
        let place = "spec.containers[0].readinessProbe.terminationGracePeriodSeconds";
        assert_eq!(of("readinessProbe", 1), [format!("{place}: Invalid value: 1: must not be set for readinessProbes")]);
        assert_eq!(
            of("readinessProbe", 0),
            [
                format!("{place}: Invalid value: 0: must be greater than 0"),
                format!("{place}: Invalid value: 0: must not be set for readinessProbes"),
            ]
        );
    }

    #[test]
    fn numbers_are_bounded() {
        let probe = json!({"tcpSocket": {"port": 80}, "periodSeconds": -1, "successThreshold": 2});
        assert_eq!(
            messages_of_container(json!({"livenessProbe": probe, "readinessProbe": probe})),
            [
                "spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
                "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
                "spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0",
            ]
        );
    }
}

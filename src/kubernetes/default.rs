//! What the server sets before it validates, as far as validation and warnings depend on it. A default that is always valid and
//! that nothing else reads (the pull policy, the probe's scheme) is not set; the validation takes the missing value for good.
//!
//! Follows `pkg/apis/core/v1/defaults.go`, `pkg/apis/apps/v1/defaults.go`, `pkg/apis/batch/v1/defaults.go`, the strategies'
//! `PrepareForCreate` in `pkg/registry`, and `pkg/api/pod/util.go` `dropDisabledFields` with default feature gates (v1.35).

mod app_armor;
mod disabled;
mod label_keys;
mod metadata;
mod pod;
mod pod_resources;
mod workload;

pub(super) use pod::pod;
pub(super) use workload::{cron_job, daemon_set, deployment, job, stateful_set};

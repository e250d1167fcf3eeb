//! The three stages with their lights, in words.

use kube_dry_run::Stage;
use serde::Serialize;

use super::{Light, Outcome};

/// What a stage is called.
#[must_use]
pub const fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Admitted => "Admitted",
        Stage::Starts => "Starts",
        Stage::Shares => "Shares",
    }
}

/// How a stage turns out, in a few words.
#[must_use]
pub const fn title(stage: Stage, light: Light) -> &'static str {
    match (stage, light) {
        (_, Light::Green) => name(stage),
        (Stage::Admitted, Light::Amber) => "Admitted, with a warning",
        (Stage::Admitted, Light::Red) => "Not admitted",
        (Stage::Admitted, Light::Unknown) => "Admitted?",
        (Stage::Starts, Light::Amber) => "Starts, perhaps",
        (Stage::Starts, Light::Red) => "Does not start",
        (Stage::Starts, Light::Unknown) => "Starts?",
        (Stage::Shares, Light::Amber) => "Shares, with a catch",
        (Stage::Shares, Light::Red) => "Does not share",
        (Stage::Shares, Light::Unknown) => "Shares?",
    }
}

/// The lights of all stages, as JSON has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lights {
    admitted: Light,
    starts: Light,
    shares: Light,
}

impl From<&Outcome> for Lights {
    fn from(outcome: &Outcome) -> Self {
        let [admitted, starts, shares] = super::STAGES.map(|stage| outcome.light(stage));
        Self { admitted, starts, shares }
    }
}

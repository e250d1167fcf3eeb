//! The three lights: is the manifest admitted, does the Pod start, do its containers share files?

use super::finding;
use crate::report::stages::title;
use crate::report::{Light, Outcome, STAGES, Shown, counted};
use crate::web::html::Html;
use crate::web::icon::{Icon, icon};
use kube_dry_run::inspection::Problems;
use kube_dry_run::{Stage, Verdict};

/// The word for it in attributes.
pub fn word(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Unknown => "unknown",
        Light::Amber => "amber",
        Light::Red => "red",
    }
}

/// The stage in attributes.
pub fn attribute(stage: Stage) -> &'static str {
    match stage {
        Stage::Admitted => "admitted",
        Stage::Starts => "starts",
        Stage::Shares => "shares",
    }
}

/// A light for every stage, each with a sign and in words. It leads to the first of its `findings`, which are listed under
/// numbers from `first` on.
pub fn lights(outcome: &Outcome, findings: &[Shown], first: usize) -> Html {
    let place = |stage| findings.iter().position(|Shown { finding, .. }| finding.stage == stage && !finding.later);
    let mut html = Html::default();
    html.start("ol").class("lights").fixed("aria-label", "How far it gets").holding(|html| {
        for stage in STAGES {
            light(html, outcome, stage, place(stage).map(|place| finding::id(first + place)));
        }
    });
    html
}

fn light(html: &mut Html, outcome: &Outcome, stage: Stage, finding: Option<String>) {
    let light = outcome.light(stage);
    let sign = match light {
        Light::Green => Icon::Fine,
        Light::Unknown => Icon::Unknown,
        Light::Amber => Icon::Caution,
        Light::Red => Icon::Bad,
    };
    html.start("li").fixed("data-stage", attribute(stage)).fixed("data-light", word(light)).holding(|html| {
        html.add(icon(sign));
        html.start("div").holding(|html| {
            html.start("strong").saying(title(stage, light));
            html.start("p").holding(|html| remark(html, outcome, stage, light, finding));
        });
    });
}

fn remark(html: &mut Html, outcome: &Outcome, stage: Stage, light: Light, finding: Option<String>) {
    let Problems { errors, warnings } = outcome.at(stage);
    let said = match (stage, light) {
        (_, Light::Amber | Light::Red) => {
            let problems = counted(errors + warnings, noun(stage, light));
            return match finding {
                Some(finding) => html.start("a").with("href", ["#", &finding]).saying(&problems),
                None => html.text(&problems),
            };
        }
        (Stage::Admitted, Light::Unknown) if outcome.verdict == Verdict::TooMuch => "more than is judged here",
        (Stage::Admitted, Light::Unknown) => "this kind is not judged",
        (_, Light::Unknown) => "not known yet",
        (Stage::Admitted, Light::Green) => "Kubernetes 1.35 takes it",
        (Stage::Starts, Light::Green) if outcome.verdict.is_refusal() => "once it is admitted",
        (Stage::Starts, Light::Green) => "nothing known stops a container",
        (Stage::Shares, Light::Green) => "nothing known spoils the files",
    };
    html.text(said);
}

fn noun(stage: Stage, light: Light) -> &'static str {
    match (stage, light) {
        (Stage::Admitted, Light::Amber) => "warning",
        (Stage::Admitted, _) => "error",
        _ => "problem",
    }
}

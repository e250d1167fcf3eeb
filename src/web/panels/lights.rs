//! The three lights: is the manifest admitted, does the Pod start, do its containers share files?

use leptos::prelude::*;

use crate::report::{Light, Report, STAGES, counted};
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::{Icon, icon};
use kube_dry_run::{Severity, Stage};

/// The word for it in attributes.
pub fn word(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Unknown => "unknown",
        Light::Amber => "amber",
        Light::Red => "red",
    }
}

/// The worst light of a document.
pub fn worst(report: &Report) -> Light {
    STAGES.map(|stage| report.light(stage)).into_iter().max().unwrap_or(Light::Unknown)
}

/// What a stage is called.
pub fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Admitted => "Admitted",
        Stage::Starts => "Starts",
        Stage::Shares => "Shares",
    }
}

/// The id of the first finding of a stage.
pub fn id(stage: Stage) -> String {
    format!("findings-{}", attribute(stage))
}

/// The stage in attributes.
pub fn attribute(stage: Stage) -> &'static str {
    match stage {
        Stage::Admitted => "admitted",
        Stage::Starts => "starts",
        Stage::Shares => "shares",
    }
}

/// A light for every stage, each with a sign and in words.
pub fn lights(report: &Report) -> Html {
    let lights: Html = STAGES.iter().map(|stage| light(report, *stage)).collect();
    view! { <ol class="lights" aria-label="How far it gets">{lights}</ol> }.html()
}

fn light(report: &Report, stage: Stage) -> Html {
    let light = report.light(stage);
    let sign = match light {
        Light::Green => Icon::Fine,
        Light::Unknown => Icon::Unknown,
        Light::Amber => Icon::Caution,
        Light::Red => Icon::Bad,
    };
    view! {
        <li data-stage=attribute(stage) data-light=word(light)>
            {icon(sign)}
            <div>
                <strong>{title(stage, light)}</strong>
                <p>{remark(report, stage, light)}</p>
            </div>
        </li>
    }
    .html()
}

fn title(stage: Stage, light: Light) -> &'static str {
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

fn remark(report: &Report, stage: Stage, light: Light) -> Html {
    let count = report.count(stage, Severity::Error) + report.count(stage, Severity::Warning);
    let said = match (stage, light) {
        (_, Light::Amber | Light::Red) => {
            let href = format!("#{}", id(stage));
            return view! { <a href=href>{counted(count, noun(stage, light))}</a> }.html();
        }
        (Stage::Admitted, Light::Unknown) => "this kind is not judged",
        (_, Light::Unknown) => "not known yet",
        (Stage::Admitted, Light::Green) => "Kubernetes 1.35 takes it",
        (Stage::Starts, Light::Green) if report.verdict.is_refusal() => "once it is admitted",
        (Stage::Starts, Light::Green) => "nothing known stops a container",
        (Stage::Shares, Light::Green) => "nothing known spoils the files",
    };
    said.html()
}

fn noun(stage: Stage, light: Light) -> &'static str {
    match (stage, light) {
        (Stage::Admitted, Light::Amber) => "warning",
        (Stage::Admitted, _) => "error",
        _ => "problem",
    }
}

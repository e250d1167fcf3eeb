//! What belongs to the whole Pod, and to the object around it.

use leptos::prelude::*;

use crate::document::Path;
use crate::web::form::control::{Choice, Control, messages};
use crate::web::html::{IntoHtml, part};
use crate::web::sheet::{Sheet, label};

const LABELS_HINT: &str = "One `key: value` a line.";

/// The fields of the object and of the Pod's `spec`.
pub fn section(sheet: &Sheet) -> impl IntoView {
    part(move |html| {
        let spec = &sheet.document().pod_spec();
        view! {
            <section class="card" id=spec.to_text() tabindex="-1" aria-labelledby="pod-heading">
                <h1 id="pod-heading">{heading(sheet)}</h1>
                {messages(sheet, spec)}
                <div class="grid">{metadata(sheet)}</div>
                <details class="more">
                    <summary>"Restart policy, labels and more"</summary>
                    <div class="grid">{settings(sheet, spec)} {labels(sheet)}</div>
                </details>
            </section>
        }
        .write(html);
    })
}

fn heading(sheet: &Sheet) -> String {
    match sheet.document().kind() {
        "" => "Pod".to_owned(),
        kind => label(kind),
    }
}

fn metadata(sheet: &Sheet) -> impl IntoView {
    let metadata = Path::root().entry("metadata");
    (
        Control::new(sheet, metadata.entry("name"), "Name").placeholder("shared-files").view(),
        Control::new(sheet, metadata.entry("namespace"), "Namespace").placeholder("default").view(),
    )
}

fn settings(sheet: &Sheet, spec: &Path) -> impl IntoView {
    (
        Control::new(sheet, spec.entry("restartPolicy"), "Restart policy").choose(restart_policies(sheet)).view(),
        Control::new(sheet, spec.entry("terminationGracePeriodSeconds"), "Grace period in seconds")
            .placeholder("30")
            .hint("How long a container may take to end before it is killed.")
            .view(),
        Control::new(sheet, spec.entry("shareProcessNamespace"), "Share process namespace")
            .hint("The containers see each other's processes and can send signals.")
            .class("wide")
            .view(),
    )
}

fn restart_policies(sheet: &Sheet) -> Vec<Choice> {
    let unset = match sheet.document().kind() {
        "Job" | "CronJob" => "(none)",
        _ => "Always (default)",
    };
    let named = ["Always", "OnFailure", "Never"].map(|policy| Choice::new(policy, policy));
    std::iter::once(Choice::new("", unset)).chain(named).collect()
}

fn labels(sheet: &Sheet) -> impl IntoView {
    let template = sheet.document().template();
    let of_pods = (!template.is_root()).then(|| labels_of(sheet, template, "Labels of the Pods", "Annotations of the Pods"));
    (labels_of(sheet, Path::root(), "Labels", "Annotations"), of_pods)
}

fn labels_of(sheet: &Sheet, owner: Path, labels: &'static str, annotations: &'static str) -> impl IntoView {
    let metadata = owner.entry("metadata");
    (
        Control::new(sheet, metadata.entry("labels"), labels).hint(LABELS_HINT).placeholder("app: web").view(),
        Control::new(sheet, metadata.entry("annotations"), annotations).hint(LABELS_HINT).view(),
    )
}

//! What belongs to the whole Pod, and to the object around it.

use crate::document::Path;
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::place::Place;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

const LABELS_HINT: &str = "One key: value a line.";

/// The fields of the object and of the Pod's `spec`.
pub fn section(html: &mut Html, sheet: &Sheet, spec: &Place<'_>) {
    let section = html.start("section").class("card").target(&spec.id);
    section.fixed("aria-labelledby", "pod-heading").holding(|html| {
        html.start("h1").fixed("id", "pod-heading").saying(&heading(sheet));
        messages(html, sheet, &spec.id);
        html.start("div").class("grid").holding(|html| metadata(html, sheet));
        html.start("details").class("more").holding(|html| {
            html.start("summary").saying("Restart policy, labels and more");
            html.start("div").class("grid").holding(|html| {
                settings(html, sheet, spec);
                labels(html, sheet);
            });
        });
    });
}

fn heading(sheet: &Sheet) -> String {
    match sheet.document().kind() {
        "" => "Pod".to_owned(),
        kind => label(kind),
    }
}

fn metadata(html: &mut Html, sheet: &Sheet) {
    let metadata = Place::of(sheet.document(), Path::root().entry("metadata"));
    Control::new(sheet, metadata.entry("name"), "Name").placeholder("shared-files").write(html);
    Control::new(sheet, metadata.entry("namespace"), "Namespace").placeholder("default").write(html);
}

fn settings(html: &mut Html, sheet: &Sheet, spec: &Place<'_>) {
    Control::new(sheet, spec.entry("restartPolicy"), "Restart policy").choose(restart_policies(sheet)).write(html);
    Control::new(sheet, spec.entry("terminationGracePeriodSeconds"), "Grace period in seconds")
        .placeholder("30")
        .hint("How long a container may take to end before it is killed.")
        .write(html);
    Control::new(sheet, spec.entry("shareProcessNamespace"), "Share process namespace")
        .hint("The containers see each other's processes and can send signals.")
        .class("wide")
        .write(html);
}

fn restart_policies(sheet: &Sheet) -> Vec<Choice> {
    let unset = match sheet.document().kind() {
        "Job" | "CronJob" => "(none)",
        _ => "Always (default)",
    };
    let named = ["Always", "OnFailure", "Never"].map(|policy| Choice::new(policy, policy));
    std::iter::once(Choice::new("", unset)).chain(named).collect()
}

fn labels(html: &mut Html, sheet: &Sheet) {
    let template = sheet.document().template();
    labels_of(html, sheet, Path::root(), "Labels", "Annotations");
    if !template.is_root() {
        labels_of(html, sheet, template, "Labels of the Pods", "Annotations of the Pods");
    }
}

fn labels_of(html: &mut Html, sheet: &Sheet, owner: Path, labels: &'static str, annotations: &'static str) {
    let metadata = Place::of(sheet.document(), owner).entry("metadata");
    Control::new(sheet, metadata.entry("labels"), labels).hint(LABELS_HINT).placeholder("app: web").write(html);
    Control::new(sheet, metadata.entry("annotations"), annotations).hint(LABELS_HINT).write(html);
}

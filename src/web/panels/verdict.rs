//! The verdict on a document, in words.

use leptos::prelude::*;

use crate::report::{Light, Report, counted};
use crate::shorten::shorten;
use crate::web::budget::MAX_MESSAGE;
use crate::web::html::{Html, IntoHtml};
use kube_dry_run::{Finding, Severity, Stage, Verdict};

/// The word for it in attributes.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::NotJudged => "not-judged",
        _ => "refused",
    }
}

/// The verdict in a sentence, with how many findings there are.
pub fn sentence(verdict: Verdict, errors: usize, warnings: usize) -> String {
    format!("{}.", clause(verdict, errors, warnings))
}

/// How a document turns out, in a sentence: what the API server answers, and what becomes of the Pod then.
pub fn overall(report: &Report) -> String {
    let count = |severity| report.count(Stage::Admitted, severity);
    let answer = clause(report.verdict, count(Severity::Error), count(Severity::Warning));
    if report.verdict != Verdict::Accepted {
        return format!("{answer}.");
    }
    match (report.light(Stage::Starts), report.light(Stage::Shares)) {
        (Light::Red, _) => format!("{answer}, but the Pod will not start as it should."),
        (_, Light::Red) => format!("{answer}, but its containers will not share what they should."),
        (Light::Amber, _) => format!("{answer}, but something may go wrong when the Pod starts."),
        (_, Light::Amber) => format!("{answer}, but something may go wrong with the shared files."),
        _ => format!("{answer}."),
    }
}

fn clause(verdict: Verdict, errors: usize, warnings: usize) -> String {
    match verdict {
        Verdict::Accepted if warnings == 0 => "Kubernetes 1.35 accepts this manifest".to_owned(),
        Verdict::Accepted => format!("Kubernetes 1.35 accepts this manifest, with {}", counted(warnings, "warning")),
        Verdict::NotJudged => "This kind is not judged".to_owned(),
        _ => format!("Kubernetes 1.35 refuses this manifest: {}", counted(errors, "error")),
    }
}

/// What a finding means in plain words, if that is known.
pub fn hint(finding: &Finding) -> Html {
    let hint = finding.hint.as_ref().map(|hint| shorten(hint, MAX_MESSAGE).into_owned());
    hint.map(|hint| view! { <p class="hint">{hint}</p> }).html()
}

/// The `items` of what comes later, as a list.
pub fn later(items: Html) -> Html {
    view! {
        <p class="hint">"Once that is settled, Kubernetes would go on with:"</p>
        <ol class="findings later" aria-label="Later">{items}</ol>
    }
    .html()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::File;
    use crate::pipeline;
    use pod_lesson::lesson;

    #[test]
    fn findings_are_counted() {
        assert_eq!(sentence(Verdict::Accepted, 0, 0), "Kubernetes 1.35 accepts this manifest.");
        assert_eq!(sentence(Verdict::Accepted, 0, 1), "Kubernetes 1.35 accepts this manifest, with 1 warning.");
        assert_eq!(sentence(Verdict::Invalid, 2, 0), "Kubernetes 1.35 refuses this manifest: 2 errors.");
        assert_eq!(sentence(Verdict::NotJudged, 0, 0), "This kind is not judged.");
    }

    #[test]
    fn what_is_accepted_and_cannot_work_is_not_called_accepted_alone() {
        let web = lesson("web-content").unwrap().finished();
        let told = |text: &str| overall(&pipeline::report(&File::open(text.to_owned(), None).unwrap()));
        assert_eq!(told(web), "Kubernetes 1.35 accepts this manifest.");
        let toolbox = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: alpine:3.22}]}\n";
        assert_eq!(told(toolbox), "Kubernetes 1.35 accepts this manifest, but something may go wrong when the Pod starts.");
        let unmounted = web.replace("emptyDir:", "emptyDir:\n        medium: memory");
        assert_eq!(told(&unmounted), "Kubernetes 1.35 accepts this manifest, but the Pod will not start as it should.");
        let unread = web.replace("mountPath: /html", "mountPath: /html\n          readOnly: true");
        assert_eq!(told(&unread), "Kubernetes 1.35 accepts this manifest, but its containers will not share what they should.");
        assert_eq!(told("kind: Pod\napiVersion: v1\n"), "Kubernetes 1.35 refuses this manifest: 2 errors.");
    }
}

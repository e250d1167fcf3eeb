//! The verdict on a document, in words.

use leptos::prelude::*;

use crate::report::{Light, Outcome, counted};
use crate::web::html::{Html, IntoHtml};
use kube_dry_run::inspection::Problems;
use kube_dry_run::{Stage, Verdict};

/// The word for it in attributes.
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::NotJudged | Verdict::TooMuch => "not-judged",
        _ => "refused",
    }
}

/// How a document turns out, in a sentence: what the API server answers, and what becomes of the Pod then.
pub fn overall(outcome: &Outcome) -> String {
    let answer = clause(outcome.verdict, outcome.at(Stage::Admitted));
    if outcome.verdict != Verdict::Accepted {
        return format!("{answer}.");
    }
    match (outcome.light(Stage::Starts), outcome.light(Stage::Shares)) {
        (Light::Red, _) => format!("{answer}, but the Pod will not start as it should."),
        (_, Light::Red) => format!("{answer}, but its containers will not share what they should."),
        (Light::Amber, _) => format!("{answer}, but something may go wrong when the Pod starts."),
        (_, Light::Amber) => format!("{answer}, but something may go wrong with the shared files."),
        _ => format!("{answer}."),
    }
}

fn clause(verdict: Verdict, Problems { errors, warnings }: Problems) -> String {
    match verdict {
        Verdict::Accepted if warnings == 0 => "Kubernetes 1.35 accepts this manifest".to_owned(),
        Verdict::Accepted => format!("Kubernetes 1.35 accepts this manifest, with {}", counted(warnings, "warning")),
        Verdict::NotJudged => "This kind is not judged".to_owned(),
        Verdict::TooMuch => "This is too much to be judged here".to_owned(),
        Verdict::ClientError => format!("kubectl refuses this manifest: {}", counted(errors, "error")),
        _ => format!("Kubernetes 1.35 refuses this manifest: {}", counted(errors, "error")),
    }
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
    use kube_dry_run::inspection::inspect_file;
    use pod_lesson::lesson;

    #[test]
    fn findings_are_counted() {
        let told = |verdict, errors, warnings| clause(verdict, Problems { errors, warnings });
        assert_eq!(told(Verdict::Accepted, 0, 0), "Kubernetes 1.35 accepts this manifest");
        assert_eq!(told(Verdict::Accepted, 0, 1), "Kubernetes 1.35 accepts this manifest, with 1 warning");
        assert_eq!(told(Verdict::Invalid, 2, 0), "Kubernetes 1.35 refuses this manifest: 2 errors");
        assert_eq!(told(Verdict::NotJudged, 0, 0), "This kind is not judged");
        assert_eq!(told(Verdict::ClientError, 1, 0), "kubectl refuses this manifest: 1 error");
        assert_eq!(told(Verdict::TooMuch, 1, 0), "This is too much to be judged here");
    }

    #[test]
    fn the_headline_and_the_light_agree() {
        let deep = format!("kind: Pod\napiVersion: v1\nspec: {}{}\n", "[".repeat(200), "]".repeat(200));
        for (text, expected, light) in [
            ("kind: Pod\napiVersion: v2\n", "kubectl refuses this manifest: 1 error.", Light::Red),
            ("apiVersion: v1\n", "kubectl refuses this manifest: 1 error.", Light::Red),
            ("- a\n", "kubectl refuses this manifest: 1 error.", Light::Red),
            ("kind: [\n", "kubectl refuses this manifest: 1 error.", Light::Red),
            ("kind: Pod\napiVersion: v1\n", "Kubernetes 1.35 refuses this manifest: 2 errors.", Light::Red),
            ("kind: Service\napiVersion: v1\n", "This kind is not judged.", Light::Unknown),
            (&deep, "This is too much to be judged here.", Light::Unknown),
        ] {
            let (_, inspections) = inspect_file(text.as_bytes().to_vec());
            let outcome = Outcome::of_inspection(&inspections.documents[0]);
            assert_eq!((overall(&outcome).as_str(), outcome.light(Stage::Admitted)), (expected, light), "{text:.60}");
        }
    }

    #[test]
    fn what_is_accepted_and_cannot_work_is_not_called_accepted_alone() {
        let web = lesson("web-content").unwrap().finished();
        let told = |text: &str| overall(&pipeline::report(&File::open(text.to_owned(), None).unwrap()).outcome);
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

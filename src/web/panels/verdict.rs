//! The verdict on a document, in words.

use leptos::prelude::*;

use crate::report::counted;
use crate::shorten::shorten;
use crate::web::budget::MAX_MESSAGE;
use crate::web::html::{Html, IntoHtml};
use kube_dry_run::{Finding, Verdict};

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
    match verdict {
        Verdict::Accepted if warnings == 0 => "Kubernetes 1.35 accepts this manifest.".to_owned(),
        Verdict::Accepted => format!("Kubernetes 1.35 accepts this manifest, with {}.", counted(warnings, "warning")),
        Verdict::NotJudged => "This kind is not judged.".to_owned(),
        _ => format!("Kubernetes 1.35 refuses this manifest: {}.", counted(errors, "error")),
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

    #[test]
    fn findings_are_counted() {
        assert_eq!(sentence(Verdict::Accepted, 0, 0), "Kubernetes 1.35 accepts this manifest.");
        assert_eq!(sentence(Verdict::Accepted, 0, 1), "Kubernetes 1.35 accepts this manifest, with 1 warning.");
        assert_eq!(sentence(Verdict::Invalid, 2, 0), "Kubernetes 1.35 refuses this manifest: 2 errors.");
        assert_eq!(sentence(Verdict::NotJudged, 0, 0), "This kind is not judged.");
    }
}

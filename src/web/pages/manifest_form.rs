//! The box that takes a manifest as text or as a file, to be opened or to be checked.

use leptos::prelude::*;

use crate::repair::MEND_TEXT;
use crate::web::html::{Html, IntoHtml};
use crate::web::islands::FileDrop;
use crate::web::panels::marks::Marks;
use crate::web::panels::{self, TextView};
use crate::web::prose::prose;
use crate::web::text_area::text_area_content;
use kube_dry_run::inspection::Lines;

/// How many bytes of HTML the text in the box may become. What is longer fits into no link, and a browser that goes back still
/// has it.
const MAX_HTML: usize = 1 << 20;

/// The id of the form.
const FORM: &str = "import";

const TOO_LONG: &str = "Your text is longer than a megabyte, too long to be shown here again. Go back: it is still there.";

/// What the form is there for; the other one is its second button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To go on with the manifest in the editor.
    Open,
    /// To see what Kubernetes answers to the text as it stands.
    Check,
}

/// The form for `purpose`, with the text `lines` in the box, and the reason of a `refusal` to do it. To be checked, the text has
/// its numbers and `marks`, unless it is very long.
pub(super) fn manifest_form(purpose: Purpose, lines: &Lines, marks: &Marks, refusal: Option<String>) -> Html {
    let refused = refusal.is_some().then_some("refusal");
    let text = if purpose == Purpose::Check && TextView::fits(lines.text()) {
        TextView { id: "manifest-text", name: "manifest", key: None, lines, marks, refusal: refused }.html()
    } else {
        plain_box("manifest", lines.text(), refused)
    };
    view! {
        <form id=FORM class="manifest-form" method="post" action=address(purpose) enctype="multipart/form-data">
            <label for="manifest-text">"Paste YAML or JSON: a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob"</label>
            {refusal.map(|refusal| view! { <p id="refusal" class="message" data-severity="error" role="alert" tabindex="-1" autofocus>{prose(&refusal)}</p> })}
            {if purpose == Purpose::Open { mend_button(lines) } else { Html::default() }}
            {text}
            <input id="manifest-crlf" type="hidden" name="crlf" />
            <p id="import-hint" class="hint">
                "Comments stay where they are, and so does everything that the form has no input for. A check takes the text as it \
                stands, with all its documents."
            </p>
            <div class="buttons">
                <label for="manifest-file">"or a file" <input id="manifest-file" type="file" name="file" accept=".yaml,.yml,.json,.txt" /></label>
                <div class="buttons">{buttons(purpose)}</div>
            </div>
            <FileDrop />
        </form>
    }
    .html()
}

/// The button that mends the text, if there is one.
pub(super) fn mend_button(lines: &Lines) -> Html {
    panels::mend_button(lines.text(), FORM, "fix", MEND_TEXT)
}

/// The box called `name` without numbers and marks; a text that is too long for the page is left out with a word.
pub(super) fn plain_box(name: &'static str, text: &str, refusal: Option<&'static str>) -> Html {
    let content = (html_length(text) <= MAX_HTML).then(|| text_area_content(text));
    let too_long = content.is_none().then(|| view! { <p id="too-long" class="message" role="alert">{TOO_LONG}</p> });
    view! {
        <textarea
            id="manifest-text"
            name=name
            rows="12"
            spellcheck="false"
            autocapitalize="none"
            aria-invalid=refusal.map(|_| "true")
            aria-describedby=refusal.unwrap_or("import-hint")
        >
            {content.unwrap_or_default()}
        </textarea>
        {too_long}
    }
    .html()
}

/// How many bytes `text` has in the box.
fn html_length(text: &str) -> usize {
    let more = |byte| match byte {
        b'&' => "&amp;".len() - 1,
        b'<' | b'>' => "&lt;".len() - 1,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

fn buttons(purpose: Purpose) -> Html {
    let (first, second, other) = match purpose {
        Purpose::Open => ("Open manifest", "Only check it", Purpose::Check),
        Purpose::Check => ("Check", "Open manifest", Purpose::Open),
    };
    view! {
        <button type="submit" formaction=address(other)>{second}</button>
        <button type="submit" class="primary">{first}</button>
    }
    .html()
}

fn address(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Open => "/",
        Purpose::Check => "/check",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_text_is_known_before_it_is_escaped() {
        for text in ["", "a: \"<b>\" & 'c'\n", "ä🚀&&"] {
            assert_eq!(html_length(text), text_area_content(text).len(), "{text}");
        }
    }
}

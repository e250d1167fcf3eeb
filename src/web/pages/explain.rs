//! What fields mean: a list of those that the pattern has, and a page for each.
//!
//! The page of a field is also what the editor shows beside it, so nothing on it has an `id`.

use std::collections::HashSet;

use leptos::prelude::*;

use crate::document::Path;
use crate::web::about::About;
use crate::web::explained::address_of;
use crate::web::html::{Html, IntoHtml};
use crate::web::prose::prose;
use crate::web::shell::Shell;
use kube_dry_run::kinds::{KINDS, Kind};
use kube_explain::{Child, Explanation, FieldType, Need, Unknown, Use, explain_field};

const LEAD: &str = "Every field of these kinds has a page: what it is, what it is when nobody writes it, and what it is for.";

/// The page of what can be asked: the kinds, and the fields of containers that share files.
pub fn explanations() -> Html {
    let kinds: Html = KINDS.iter().filter_map(kind).collect();
    let fields: Html = Kind::named("Pod").map(fields_of_pattern).unwrap_or_default().iter().map(entry).collect();
    view! {
        <Shell title="Fields" about=About::new(LEAD)>
            <article class="start rule-page explanation">
                {close()}
                <h1>"What the fields mean"</h1>
                <p class="lead">{LEAD}</p>
                <h2>"Kinds"</h2>
                <ul class="kinds">{kinds}</ul>
                <h2>"Fields of Pods whose containers share files"</h2>
                <ul class="rule-list">{fields}</ul>
            </article>
        </Shell>
    }
    .html()
}

fn kind(kind: &'static Kind) -> Option<Html> {
    let explanation = explain_field(kind, &Path::root()).ok()?;
    Some(view! { <li><a href=address_of(&explanation.link)>{kind.name}</a></li> }.html())
}

/// The fields of a Pod that people use where containers share files, in the order of their paths; what is inside of a type is
/// listed once: in an ordinary container, not in an init container or in the Pod as a whole.
fn fields_of_pattern(pod: &'static Kind) -> Vec<Child> {
    let spec = Path::root().entry("spec");
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut open = vec![Path::root(), spec.entry("volumes"), spec.entry("containers")];
    while let Some(path) = open.pop() {
        let Ok(explanation) = explain_field(pod, &path) else { continue };
        // Two maps, of limits and of requests, are of one type and have not the same use.
        if !matches!(explanation.field_type, FieldType::Map(_)) && !seen.insert(explanation.field_type.to_string()) {
            continue;
        }
        for child in explanation.children.into_iter().filter(|child| child.is_of_the_pattern) {
            open.push(path.entry(child.name));
            found.push(child);
        }
    }
    found.sort_by(|one, other| one.link.cmp(&other.link));
    found
}

fn entry(child: &Child) -> Html {
    named(child, child.link.clone())
}

/// The page of one field or kind.
pub fn explanation(explanation: &Explanation) -> Html {
    let title = if explanation.path.is_empty() { explanation.kind } else { &explanation.path };
    let parts = Html::from([
        close(),
        way(explanation),
        view! { <h1>{explanation.name}</h1> }.html(),
        view! { <p class="lead">{prose(explanation.summary)}</p> }.html(),
        facts(explanation),
        explanation.used_for.map(used_for).unwrap_or_default(),
        words(explanation),
        inside(&explanation.children),
    ]);
    let about = About::new(explanation.summary.replace('`', ""));
    view! { <Shell title about><article class="start rule-page explanation">{parts}</article></Shell> }.html()
}

/// What closes the popover in which the editor shows an explanation; a page has none, and does not show it.
fn close() -> Html {
    view! { <button type="button" class="close" popovertarget="explanation" popovertargetaction="hide">"Close"</button> }.html()
}

/// The way to the field, from the kind on.
fn way(explanation: &Explanation) -> Html {
    let steps: Html =
        explanation.steps.iter().map(|step| view! { <li><a href=address_of(&step.link)>{step.name}</a></li> }.html()).collect();
    view! { <nav aria-label="The way to this field"><ol class="way"><li><a href="/explain">"Fields"</a></li>{steps}</ol></nav> }
        .html()
}

fn facts(explanation: &Explanation) -> Html {
    let is_field = !explanation.path.is_empty();
    let mut facts = vec![("Of", format!("{} ({})", explanation.kind, explanation.api_version).html())];
    if is_field {
        facts.push(("Path", code(&explanation.path)));
        facts.push(("Type", explanation.type_in_words().html()));
        facts.push(("Needed", prose(&explanation.need.to_string())));
    }
    if let Some(default) = explanation.default {
        // Some are sentences.
        let value = if default.value.contains(' ') { prose(default.value) } else { code(default.value) };
        facts.push(("Default", Html::from([value, format!(" (set by {})", default.set_by).html()])));
    }
    facts.push(("Since", since(explanation).html()));
    if let Some(history) = explanation.history {
        facts.push(("History", prose(history)));
    }
    let facts: Html = facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }.html()).collect();
    view! { <dl class="facts">{facts}</dl> }.html()
}

fn since(explanation: &Explanation) -> String {
    let stage = explanation.stage.filter(|_| explanation.history.is_none()).map(|stage| format!("; {stage}"));
    format!("Kubernetes {}{}", explanation.since, stage.unwrap_or_default())
}

fn used_for(used_for: &Use) -> Html {
    let rules: Html = used_for
        .rules
        .iter()
        .map(|rule| view! { <li><a href=format!("/rules/{rule}")><code>{*rule}</code></a></li> }.html())
        .collect();
    let advice = (!used_for.rules.is_empty()).then(|| {
        view! {
            <p>"Rules that look at it:"</p>
            <ul class="kinds">{rules}</ul>
        }
    });
    view! {
        <h2>"What it is used for here"</h2>
        <p>{prose(used_for.text)}</p>
        {advice}
    }
    .html()
}

/// All that upstream says, unless that is the sentence which the page begins with.
fn words(explanation: &Explanation) -> Html {
    if explanation.paragraphs.iter().all(|paragraph| *paragraph == explanation.summary) {
        return Html::default();
    }
    let paragraphs: Html =
        explanation.paragraphs.iter().map(|paragraph| view! { <p class="said">{*paragraph}</p> }.html()).collect();
    view! {
        <h2>"What Kubernetes says"</h2>
        {paragraphs}
    }
    .html()
}

fn inside(children: &[Child]) -> Html {
    if children.is_empty() {
        return Html::default();
    }
    let items: Html = children.iter().map(|child| named(child, child.name.to_owned())).collect();
    view! {
        <h2>"Fields"</h2>
        <ul class="rule-list">{items}</ul>
    }
    .html()
}

/// A field in a list, called `name`; those that the pattern has stand out.
fn named(child: &Child, name: String) -> Html {
    let required = (child.need == Need::Required).then(|| view! { " " <span class="badge">"required"</span> });
    let class = child.is_of_the_pattern.then_some("of-pattern");
    view! {
        <li class=class>
            <a href=address_of(&child.link)>{code(&name)}</a>
            " "
            <span class="type">{child.type_in_words()}</span>
            {required}
            <p>{prose(child.summary)}</p>
        </li>
    }
    .html()
}

/// The page for a path that leads to no field.
pub fn no_explanation(unknown: &Unknown) -> Html {
    let near: Html = unknown.near.iter().map(String::as_str).map(link_to).collect();
    let meant = (!near.as_str().is_empty()).then(|| {
        view! {
            <p>"Did you mean:"</p>
            <ul>{near}</ul>
        }
    });
    let (message, nearest) = (prose(&unknown.message), link_to(&unknown.nearest));
    view! {
        <Shell title="No such field">
            <article class="start rule-page explanation">
                <nav aria-label="Other fields"><ol class="way"><li><a href="/explain">"Fields"</a></li></ol></nav>
                <h1>"There is no such field"</h1>
                <p class="lead">{message} "."</p>
                {meant}
                <p>"The nearest field that there is:"</p>
                <ul>{nearest}</ul>
            </article>
        </Shell>
    }
    .html()
}

fn link_to(link: &str) -> Html {
    view! { <li><a href=address_of(link)>{code(link)}</a></li> }.html()
}

fn code(text: &str) -> Html {
    view! { <code>{text.to_owned()}</code> }.html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_pattern_is_listed() {
        let pod = Kind::named("Pod").unwrap();
        let listed: HashSet<_> = fields_of_pattern(pod).into_iter().map(|child| child.link).collect();
        for link in ["metadata.name", "spec.volumes.emptyDir.sizeLimit", "spec.containers.volumeMounts.mountPath"] {
            assert!(listed.contains(link), "{link}");
        }
        for link in ["spec.affinity", "spec.resources.limits", "spec.initContainers.image"] {
            assert!(!listed.contains(link), "{link}");
        }
        assert!(listed.contains("spec.containers.resources.limits.memory") && listed.len() > 50, "{}", listed.len());
    }

    #[test]
    fn everything_is_escaped() {
        let unknown = kube_explain::explain("Pod", "spec.<script>").unwrap_err();
        assert!(!no_explanation(&unknown).into_string().contains("<script>`"));
    }
}

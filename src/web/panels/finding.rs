//! One finding: what happens, what to do, and the button that does it.

use std::collections::HashSet;

use leptos::prelude::*;

use super::lights;
use crate::document::{Edit, Path};
use crate::report::Shown;
use crate::shorten::shorten;
use crate::web::budget::{MAX_LABEL, MAX_MESSAGE};
use crate::web::html::{Html, IntoHtml};
use crate::web::prose::prose;
use crate::web::sheet::{Sheet, field_attribute};
use kube_dry_run::{Finding, Stage};

/// Writes findings as items of lists.
pub struct Items<'a> {
    sheet: &'a Sheet,
    /// What has a button already: where a rule finds two things at a place, its fix settles the first of them first.
    fixed: HashSet<(&'static str, &'a Path)>,
    stages: HashSet<Stage>,
    has_first: bool,
}

impl<'a> Items<'a> {
    /// For the findings of `sheet`.
    pub fn new(sheet: &'a Sheet) -> Self {
        Self { sheet, fixed: HashSet::new(), stages: HashSet::new(), has_first: false }
    }

    /// The item for `shown`. The first of a stage that is said at once has the `id` to which its light leads.
    pub fn item(&mut self, shown: &'a Shown) -> Html {
        let Shown { finding, line, .. } = shown;
        let id = (!finding.later && self.stages.insert(finding.stage)).then(|| lights::id(finding.stage));
        let key = (!std::mem::replace(&mut self.has_first, true)).then_some("f");
        let stage = lights::attribute(finding.stage);
        view! {
            <li id=id data-field=field_attribute(&finding.field) data-severity=finding.severity.word() data-stage=stage>
                <div class="said">{self.said(shown, key)} {self.fix(finding).unwrap_or_default()}</div>
                <span class="line-number">{format!("{} · line {line}", lights::name(finding.stage))}</span>
            </li>
        }
        .html()
    }

    /// What happens and what to do. Of what the server says, our own words stand first and its words are folded.
    /// With `key` the link has a shortcut.
    fn said(&self, Shown { finding, anchor, .. }: &Shown, key: Option<&'static str>) -> Html {
        let href = self.sheet.address_of(anchor);
        match &finding.hint {
            Some(hint) if finding.stage == Stage::Admitted => {
                let words = shorten(&finding.message, MAX_MESSAGE).into_owned();
                view! {
                    <p><a href=href aria-keyshortcuts=key>{prose(hint)}</a></p>
                    <details class="words">
                        <summary>"What Kubernetes says"</summary>
                        <p>{words} " " {rule(finding)}</p>
                    </details>
                }
                .html()
            }
            None if finding.stage == Stage::Admitted => {
                view! { <p><a href=href aria-keyshortcuts=key>{shorten(&finding.message, MAX_MESSAGE).into_owned()}</a></p> }
                    .html()
            }
            hint => view! {
                <p><a href=href aria-keyshortcuts=key>{prose(&finding.message)}</a></p>
                <p class="hint">{hint.as_deref().map(prose).unwrap_or_default()} " " {rule(finding)}</p>
            }
            .html(),
        }
    }

    /// The button that makes the fix, if there is one.
    fn fix(&mut self, finding: &'a Finding) -> Option<Html> {
        let fix = finding.fix.as_ref()?;
        let place = field_attribute(&finding.place.to_text())?;
        // Kubernetes' notation is ambiguous for some keys, which then name no place.
        place.parse::<Path>().ok().filter(|read| *read == finding.place)?;
        let edit = Edit::Fix(finding.rule.id().to_owned(), finding.place.clone()).to_string();
        let title = format!("Fix: {}", shorten(&fix.title, MAX_LABEL));
        let is_first = self.fixed.insert((finding.rule.id(), &finding.place));
        is_first.then(|| view! { <button type="submit" form="editor" name="edit" value=edit class="fix">{title}</button> }.html())
    }
}

/// The name of the rule, which leads to its page.
fn rule(finding: &Finding) -> Html {
    let id = finding.rule.id();
    view! { <a class="rule" href=format!("/rules/{id}")>{id}</a> }.html()
}

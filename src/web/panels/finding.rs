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

/// The page that findings are listed on.
pub trait Place {
    /// Where the page shows what a finding is about.
    fn address(&self, shown: &Shown) -> String;

    /// What the page says about the line of a finding; nothing but its number, unless it has more.
    fn line(&self, shown: &Shown) -> Html {
        format!("line {}", shown.line).html()
    }

    /// The shortcut of the finding with this number, if the page has one.
    fn key(&self, _: Option<usize>) -> Option<&'static str> {
        None
    }

    /// The line itself, where the page does not show it elsewhere.
    fn quote(&self, _: &Shown) -> Html {
        Html::default()
    }

    /// The button that makes `edit`, called `title`.
    fn button(&self, edit: &Edit, title: String) -> Html {
        view! { <button type="submit" form="editor" name="edit" value=edit.to_string() class="fix">{title}</button> }.html()
    }
}

impl Place for Sheet {
    fn address(&self, shown: &Shown) -> String {
        self.address_of(&shown.anchor)
    }

    fn key(&self, number: Option<usize>) -> Option<&'static str> {
        number.filter(|number| *number == 0).map(|_| "f")
    }

    fn line(&self, shown: &Shown) -> Html {
        let words = format!("line {}", shown.line);
        if self.has_text_view() { view! { <a href=format!("#line-{}", shown.line)>{words}</a> }.html() } else { words.html() }
    }
}

/// The id of the finding with this number.
pub fn id(number: usize) -> String {
    format!("finding-{number}")
}

/// Writes findings as items of lists.
pub struct Items<'a> {
    place: &'a dyn Place,
    /// What has a button already: where a rule finds two things at a place, its fix settles the first of them first.
    fixed: HashSet<(&'static str, &'a Path)>,
}

impl<'a> Items<'a> {
    /// For the findings of a document at `place`.
    pub fn new(place: &'a dyn Place) -> Self {
        Self { place, fixed: HashSet::new() }
    }

    /// The item for `shown`, to which lights and marks lead if it has a number.
    pub fn item(&mut self, shown: &'a Shown, number: Option<usize>) -> Html {
        let finding = &shown.finding;
        let stage = lights::attribute(finding.stage);
        let index = number.map(|_| "-1");
        view! {
            <li
                id=number.map(id)
                tabindex=index
                data-field=field_attribute(&finding.field)
                data-severity=finding.severity.word()
                data-stage=stage
            >
                <div class="said">
                    {self.said(shown, self.place.key(number))} {self.place.quote(shown)} {self.fix(finding).unwrap_or_default()}
                </div>
                <span class="line-number">{lights::name(finding.stage)} " · " {self.place.line(shown)}</span>
            </li>
        }
        .html()
    }

    /// What happens and what to do. Of what the server says, our own words stand first and its words are folded.
    /// With `key` the link has a shortcut.
    fn said(&self, shown: &Shown, key: Option<&'static str>) -> Html {
        let href = self.place.address(shown);
        let finding = &shown.finding;
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
        let edit = Edit::Fix(finding.rule.id().to_owned(), finding.place.clone());
        let title = format!("Fix: {}", shorten(&fix.title, MAX_LABEL));
        let is_first = self.fixed.insert((finding.rule.id(), &finding.place));
        is_first.then(|| self.place.button(&edit, title))
    }
}

/// The name of the rule, which leads to its page.
fn rule(finding: &Finding) -> Html {
    let id = finding.rule.id();
    view! { <a class="rule" href=format!("/rules/{id}")>{id}</a> }.html()
}

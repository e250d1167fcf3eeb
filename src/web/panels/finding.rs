//! One finding: what happens, what to do, and the button that does it.

use std::collections::HashSet;

use super::lights;
use crate::document::{Edit, Path};
use crate::report::Shown;
use crate::report::stages;
use crate::shorten::shorten;
use crate::web::budget::MAX_LABEL;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, field_attribute};
use kube_dry_run::{Finding, Stage};

/// The page that findings are listed on.
pub trait Place {
    /// Where the page shows what a finding is about.
    fn address(&self, shown: &Shown) -> String;

    /// Writes what the page says about the line of a finding; nothing but its number, unless it has more.
    fn line(&self, html: &mut Html, shown: &Shown) {
        html.text(&format!("line {}", shown.line));
    }

    /// The shortcut of the finding with this number, if the page has one.
    fn key(&self, _: Option<usize>) -> Option<&'static str> {
        None
    }

    /// Writes the line itself, where the page does not show it elsewhere.
    fn quote(&self, _: &mut Html, _: &Shown) {}

    /// Writes the button that makes `edit`, called `title`.
    fn button(&self, html: &mut Html, edit: &Edit, title: &str) {
        let button = html.start("button").fixed("type", "submit").fixed("form", "editor").fixed("name", "edit");
        button.with("value", [&edit.to_text()]).class("fix").saying(title);
    }
}

impl Place for Sheet {
    fn address(&self, shown: &Shown) -> String {
        self.address_of(&shown.anchor)
    }

    fn key(&self, number: Option<usize>) -> Option<&'static str> {
        number.filter(|number| *number == 0).map(|_| "f")
    }

    fn line(&self, html: &mut Html, shown: &Shown) {
        let words = format!("line {}", shown.line);
        if self.has_text_view() {
            html.start("a").with("href", ["#line-", &shown.line.to_string()]).saying(&words);
        } else {
            html.text(&words);
        }
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

    /// Writes the item for `shown`, to which lights and marks lead if it has a number.
    pub fn item(&mut self, html: &mut Html, shown: &'a Shown, number: Option<usize>) {
        let finding = &shown.finding;
        let item = html.start("li").maybe("id", number.map(id)).maybe("tabindex", number.map(|_| "-1"));
        let item = item.maybe("data-field", field_attribute(&finding.field)).with("data-severity", [finding.severity.word()]);
        item.fixed("data-stage", lights::attribute(finding.stage)).holding(|html| {
            html.start("div").class("said").holding(|html| {
                self.said(html, shown, self.place.key(number));
                self.place.quote(html, shown);
                self.fix(html, finding);
            });
            html.start("span").class("line-number").holding(|html| {
                html.text(stages::name(finding.stage));
                html.text(" · ");
                self.place.line(html, shown);
            });
        });
    }

    /// What happens and what to do. Of what the manifest is refused or warned of for, the hint stands first and the message is folded.
    /// With `key` the link has a shortcut.
    fn said(&self, html: &mut Html, shown: &Shown, key: Option<&'static str>) {
        let finding = &shown.finding;
        let href = self.place.address(shown);
        let link = |html: &mut Html, content: &dyn Fn(&mut Html)| {
            html.start("p")
                .holding(|html| html.start("a").with("href", [&href]).maybe("aria-keyshortcuts", key).holding(content));
        };
        match &finding.hint {
            Some(hint) if finding.stage == Stage::Admitted => {
                link(html, &|html| html.prose(hint));
                html.start("details").class("words").holding(|html| {
                    let is_of_kubernetes = finding.rule.is_to_the_letter();
                    html.start("summary").saying(if is_of_kubernetes { "What Kubernetes says" } else { "In full" });
                    html.start("p").holding(|html| {
                        html.message(finding.rule, &finding.message);
                        html.text(" ");
                        rule(html, finding);
                    });
                });
            }
            None if finding.stage == Stage::Admitted => link(html, &|html| html.message(finding.rule, &finding.message)),
            hint => {
                link(html, &|html| html.prose(&finding.message));
                html.start("p").class("hint").holding(|html| {
                    html.prose(hint.as_deref().unwrap_or_default());
                    html.text(" ");
                    rule(html, finding);
                });
            }
        }
    }

    /// The button that makes the fix, if there is one.
    fn fix(&mut self, html: &mut Html, finding: &'a Finding) {
        let Some(fix) = &finding.fix else { return };
        let Some(place) = field_attribute(&finding.place.to_text()) else { return };
        // Kubernetes' notation is ambiguous for some keys, which then name no place.
        let is_place = place.parse::<Path>().is_ok_and(|read| read == finding.place);
        if is_place && self.fixed.insert((finding.rule.id(), &finding.place)) {
            let edit = Edit::Fix(finding.rule.id().to_owned(), finding.place.clone());
            self.place.button(html, &edit, &format!("Fix: {}", shorten(&fix.title, MAX_LABEL)));
        }
    }
}

/// The name of the rule, which leads to its page.
fn rule(html: &mut Html, finding: &Finding) {
    let id = finding.rule.id();
    html.start("a").class("rule").with("href", ["/rules/", id]).saying(id);
}

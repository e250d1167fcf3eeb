//! The editor: the form of a document, and beside it what the server makes of it.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::diagram::{Mark, Picture, Use};
use crate::document::Path;
use crate::report::Shown;
use crate::web::about::{About, MAX_DESCRIPTION, Preview};
use crate::web::budget::Budget;
use crate::web::form::editor_form;
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::icon_sprite;
use crate::web::islands::{DraftOffer, Explanation, LiveForm, UndoButtons};
use crate::web::panels::{
    ask, changes_since, documents, findings, lesson, manifest, peek, same_files, take_away, text, waiting, what_if,
};
use crate::web::prose::prose;
use crate::web::sheet::{Sheet, field_attribute, label};
use crate::web::shell::{Frame, Skips};
use crate::web::shortcuts::shortcuts;

const SKIPS: Skips = &[("editor", "To the form"), ("result", "To the result"), ("download", "To the download")];

/// What a page takes, mostly: without a document, and for each byte of its text.
const FRAME_BYTES: usize = 28 << 10;
const BYTES_OF_BYTE: usize = 76;
/// Room for more than that is made where it is needed.
const MAX_ROOM: usize = 2 << 20;

/// The page of one document. Its parts spend from one budget, in the order that [`budget`](crate::web::budget) tells.
pub fn editor(sheet: &Sheet) -> Html {
    static SHORTCUTS: LazyLock<Html> = LazyLock::new(shortcuts);
    static EXPLANATION: LazyLock<Html> = LazyLock::new(|| view! { <Explanation /> }.html());
    let title = sheet.title();
    let mut page = Html::with_capacity((FRAME_BYTES + BYTES_OF_BYTE * sheet.file().text().len()).min(MAX_ROOM));
    let picture = Picture::of(sheet.document().value());
    let frame = Frame { title: &title, about: Some(&about(sheet, &picture)), skips: SKIPS, tools: &SHORTCUTS };
    frame.write(&mut page, |html| {
        html.add(icon_sprite());
        let mut budget = Budget::of_page();
        let focus = sheet.focus.as_ref().map(Path::to_text);
        let element = html.start("div").fixed("id", "sheet").class("sheet").maybe("data-focus", focus);
        element.maybe("data-basis", sheet.basis).holding(|html| {
            html.start("div").class("form-side").holding(|html| form_side(html, sheet, &mut budget));
            let result = html.start("section").class("result-side").fixed("aria-label", "Result");
            result.holding(|html| result_side(html, sheet, &picture, &mut budget));
        });
        html.add(&EXPLANATION);
    });
    page
}

fn form_side(html: &mut Html, sheet: &Sheet, budget: &mut Budget) {
    static DRAFT_OFFER: LazyLock<Html> = LazyLock::new(|| view! { <DraftOffer /> }.html());
    static UNDO_BUTTONS: LazyLock<Html> = LazyLock::new(|| view! { <UndoButtons /> }.html());
    html.add(&DRAFT_OFFER);
    html.add(&lesson(sheet));
    html.add(&UNDO_BUTTONS);
    budget.spend_on(html, |html| {
        html.add(&Html::from([waiting(sheet), documents(sheet), refusals(sheet)]));
        editor_form(html, sheet);
    });
    html.add(&peek(sheet));
}

fn result_side(html: &mut Html, sheet: &Sheet, picture: &Picture, budget: &mut Budget) {
    static LIVE_FORM: LazyLock<Html> = LazyLock::new(|| view! { <LiveForm /> }.html());
    let findings = findings(sheet, budget);
    html.add(&LIVE_FORM);
    budget.spend_on(html, |html| {
        figure(html, sheet, picture);
        html.add(&same_files(sheet));
        html.add(&what_if(sheet));
    });
    html.add(&take_away(sheet));
    html.add(&findings);
    html.start("section").class("yaml").fixed("aria-labelledby", "yaml").holding(|html| {
        html.start("h2").fixed("id", "yaml").saying("YAML");
        budget.spend_on(html, |html| html.add(&text(sheet)));
        html.add(&ask(sheet));
        let changes = changes_since(sheet, budget);
        manifest(html, sheet, budget);
        html.add(&changes);
    });
}

fn about(sheet: &Sheet, picture: &Picture) -> About {
    let words = picture.in_words(MAX_DESCRIPTION);
    let preview = Preview { page: sheet.links.share(), picture: sheet.links.preview(), words: words.clone() };
    About { preview: Some(preview), ..About::new(words) }
}

fn figure(html: &mut Html, sheet: &Sheet, picture: &Picture) {
    let marks = sheet.report().findings.iter().map(|Shown { finding, .. }| Mark {
        field: &finding.place,
        severity: finding.severity,
        rule: finding.rule.id(),
        message: &finding.message,
    });
    let marks: Vec<Mark> = marks.collect();
    let svg = picture.svg(Use::Linked(&marks));
    html.start("figure").fixed("id", "diagram").holding(|html| html.add(&Html::written(svg)));
}

/// What could not be done with the posted form. The form below still holds what was typed.
fn refusals(sheet: &Sheet) -> Html {
    let items: Vec<_> = sheet
        .problems
        .iter()
        .map(|problem| {
            let field = problem.field.to_string();
            let place = (!field.is_empty()).then(|| {
                let href = field_attribute(&field).map(|_| sheet.address_of(&problem.field));
                view! { <a href=href>{label(&field)}</a>": " }
            });
            view! { <li>{place}{prose(&problem.message)}</li> }
        })
        .collect();
    if items.is_empty() {
        return Html::default();
    }
    view! {
        <div id="refusals" class="banner" role="alert">
            <p>"This could not be applied. What you typed is still in the form."</p>
            <ul>{items}</ul>
        </div>
    }
    .html()
}

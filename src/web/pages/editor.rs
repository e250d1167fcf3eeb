//! The editor: the form of a document, and beside it what the server makes of it.

use leptos::prelude::*;

use crate::diagram::{self, Mark, Use};
use crate::report::Shown;
use crate::web::about::{About, Preview};
use crate::web::budget::Budget;
use crate::web::form::editor_form;
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::icon_sprite;
use crate::web::islands::{DraftOffer, Explanation, LiveForm, UndoButtons};
use crate::web::panels::{
    ask, changes_since, documents, findings, lesson, manifest, peek, same_files, take_away, text, waiting, what_if,
};
use crate::web::sheet::{Sheet, field_attribute, label};
use crate::web::shell::{Shell, Skips};
use crate::web::shortcuts::shortcuts;

const SKIPS: Skips = &[("editor", "To the form"), ("result", "To the result"), ("download", "To the download")];

/// What stands on the page beside the parts that spend from its budget, mostly; it grows where that is more.
const REST_BYTES: usize = 16 << 10;

/// The page of one document. Its parts spend from one budget, in the order that [`budget`](crate::web::budget) tells.
pub fn editor(sheet: &Sheet) -> Html {
    let title = match sheet.document().name() {
        "" => "New manifest".to_owned(),
        name => label(name),
    };
    let mut budget = Budget::of_page();
    let mut form = Html::from([waiting(sheet), documents(sheet), refusals(sheet)]);
    editor_form(&mut form, sheet);
    let form = budget.spend(form);
    let findings = findings(sheet, &mut budget);
    let picture = budget.spend(picture(sheet));
    let shared = budget.spend(Html::from([same_files(sheet), what_if(sheet)]));
    let text = budget.spend(text(sheet));
    let changes = changes_since(sheet, &mut budget);
    let manifest = manifest(sheet, &mut budget);
    let mut page = Html::with_capacity(budget.spent() + REST_BYTES);
    let body = view! {
        {icon_sprite()}
        <div id="sheet" class="sheet" data-focus=sheet.focus.as_ref().map(ToString::to_string) data-basis=sheet.basis>
            <div class="form-side"><DraftOffer /> {lesson(sheet)} <UndoButtons /> {form} {peek(sheet)}</div>
            <section class="result-side" aria-label="Result">
                <LiveForm />
                {picture}
                {shared}
                {take_away(sheet)}
                {findings}
                <section class="yaml" aria-labelledby="yaml">
                    <h2 id="yaml">"YAML"</h2>
                    {text}
                    {ask(sheet)}
                    {manifest}
                    {changes}
                </section>
            </section>
        </div>
        <Explanation />
    };
    view! { <Shell title about=about(sheet) skips=SKIPS tools=shortcuts()>{body}</Shell> }.write(&mut page);
    page
}

fn about(sheet: &Sheet) -> About {
    let words = diagram::in_words(sheet.document().value());
    let preview = Preview { page: sheet.links.share(), picture: sheet.links.preview(), words: words.clone() };
    About { preview: Some(preview), ..About::new(words) }
}

fn picture(sheet: &Sheet) -> Html {
    let marks = sheet.report.findings.iter().map(|Shown { finding, .. }| Mark {
        field: &finding.place,
        severity: finding.severity,
        rule: finding.rule.id(),
        message: &finding.message,
    });
    let marks: Vec<Mark> = marks.collect();
    let svg = diagram::svg(sheet.document().value(), Use::Linked(&marks));
    view! { <figure id="diagram" inner_html=svg></figure> }.html()
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
            view! { <li>{place}{problem.message.clone()}</li> }
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

//! The editor: the form of a document, and beside it what the server makes of it.

use leptos::prelude::*;

use crate::diagram;
use crate::web::form::editor_form;
use crate::web::icon::icon_sprite;
use crate::web::islands::LiveForm;
use crate::web::panels::{findings, manifest, peek, take_away};
use crate::web::sheet::Sheet;
use crate::web::shell::Shell;

/// The page of one document.
pub fn editor(sheet: &Sheet) -> AnyView {
    let title = match sheet.document.name() {
        "" => "New manifest".to_owned(),
        name => name.to_owned(),
    };
    let body = view! {
        {icon_sprite()}
        <div id="sheet" class="sheet" data-focus=sheet.focus.as_ref().map(ToString::to_string)>
            <div class="form-side">{refusals(sheet)} {editor_form(sheet)} {peek(sheet)}</div>
            <div class="result-side">
                <LiveForm />
                <figure id="diagram" inner_html=diagram::svg(sheet.document.value(), diagram::Use::Inline)></figure>
                {take_away(sheet)}
                {findings(sheet)}
                {manifest(sheet)}
            </div>
        </div>
    };
    view! { <Shell title>{body}</Shell> }.into_any()
}

/// What could not be done with the posted form. The form below still holds what was typed.
fn refusals(sheet: &Sheet) -> AnyView {
    let items: Vec<_> = sheet
        .problems
        .iter()
        .map(|problem| {
            let place = (!problem.field.is_root()).then(|| {
                view! { <a href=format!("#{}", problem.field)>{problem.field.to_string()}</a>": " }
            });
            view! { <li>{place}{problem.message.clone()}</li> }
        })
        .collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <div id="refusals" class="banner" role="alert">
            <p>"This could not be applied. What you typed is still in the form."</p>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

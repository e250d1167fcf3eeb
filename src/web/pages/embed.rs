//! A document in a frame of another page: to be read only.

use leptos::prelude::*;

use crate::diagram::{Picture, Use};
use crate::web::budget::Budget;
use crate::web::html::{Html, IntoHtml};
use crate::web::panels::{manifest, same_files, verdict};
use crate::web::sheet::Sheet;
use crate::web::site;

/// The page of one document without any script.
pub fn embed(sheet: &Sheet) -> Html {
    let root = site::root();
    let name = sheet.title();
    let mut budget = Budget::of_page();
    let svg = Picture::of(sheet.document().value()).svg(Use::Inline);
    let picture = budget.spend(view! { <figure id="diagram" inner_html=svg></figure> }.html());
    let shared = budget.spend(same_files(sheet));
    let mut lines = Html::default();
    manifest(&mut lines, sheet, &mut budget);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>{format!("{name} · Podweave")}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="stylesheet" href=format!("{root}/pkg/podweave.css") />
            </head>
            <body class="embed">
                <main>
                    <header>
                        <h1>{name.clone()}</h1>
                        <a class="button" href=sheet.links.page() target="_blank" rel="noopener">"Open in Podweave"</a>
                    </header>
                    <p class="verdict">{verdict::overall(&sheet.report.outcome)}</p>
                    {picture}
                    {shared}
                    {lines}
                </main>
            </body>
        </html>
    }
    .html()
}

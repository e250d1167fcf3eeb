//! A document in a frame of another page: to be read only.

use leptos::prelude::*;

use crate::diagram::{Picture, Use};
use crate::lesson::OpenLesson;
use crate::web::authored::emphasised;
use crate::web::budget::Budget;
use crate::web::html::{Html, IntoHtml};
use crate::web::panels::{lights, manifest, same_files, verdict};
use crate::web::sheet::Sheet;
use crate::web::site;

/// The page of one document without any script.
pub fn embed(sheet: &Sheet) -> Html {
    let name = sheet.title();
    let mut budget = Budget::of_page();
    let svg = Picture::of(sheet.document().value()).svg(Use::Inline);
    let picture = budget.spend(view! { <figure id="diagram" inner_html=svg></figure> }.html());
    let shared = budget.spend(same_files(sheet));
    let mut lines = Html::default();
    manifest(&mut lines, sheet, &mut budget);
    let outcome = &sheet.report().outcome;
    let open = opener(sheet.links.page(), "Open in Podweave");
    let content = view! {
        <header>
            <h1>{name.clone()}</h1>
            {open}
        </header>
        <div class="verdict">
            <p data-verdict=verdict::word(outcome.verdict) data-light=lights::word(outcome.worst())>{verdict::overall(outcome)}</p>
        </div>
        {picture}
        {shared}
        {lines}
    };
    framed(&name, content.html())
}

/// The page of a lesson, with the picture of its manifest: a learner begins it in a window of its own, where there are scripts.
pub fn embed_lesson(open: &OpenLesson, picture: String) -> Html {
    let (lesson, title) = (&*open.lesson, &open.lesson.title);
    let (language, direction) = (lesson.language.clone(), lesson.direction());
    let content = view! {
        <header>
            <h1 lang=language.clone() dir=direction>{title.clone()}</h1>
            {opener(open.page(), "Open the lesson")}
        </header>
        <div lang=language dir=direction>{emphasised(lesson.summary())}</div>
        <figure id="diagram" aria-hidden="true" inner_html=picture></figure>
    };
    framed(title, content.html())
}

/// The page that says why there is nothing to see: `title` in a few words, `text` with how to go on.
pub fn embed_problem(title: &str, text: &str) -> Html {
    let content = view! {
        <header>
            <h1>{title.to_owned()}</h1>
            {opener("/".to_owned(), "To the start")}
        </header>
        <p>{text.to_owned()}</p>
    };
    framed(title, content.html())
}

/// The way out of the frame.
fn opener(page: String, words: &'static str) -> Html {
    view! { <a class="button" href=page target="_blank" rel="noopener">{words}</a> }.html()
}

fn framed(title: &str, content: Html) -> Html {
    let root = site::root();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>{format!("{title} · Podweave")}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <link rel="icon" href=format!("{root}/favicon.svg") type="image/svg+xml" />
                <link rel="stylesheet" href=format!("{root}/pkg/podweave.css") />
            </head>
            <body class="embed">
                <main>{content}</main>
            </body>
        </html>
    }
    .html()
}

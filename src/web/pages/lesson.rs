//! The page of a lesson: what it is about, and where it begins.

use leptos::prelude::*;

use crate::lesson::OpenLesson;
use crate::web::about::About;
use crate::web::authored::blocks;
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::icon_sprite;
use crate::web::panels::{after, steps};
use crate::web::shell::Shell;

/// The page of `open`, with the picture of its manifest.
pub fn lesson(open: &OpenLesson, about: About, picture: String) -> Html {
    let lesson = &*open.lesson;
    let (title, language, direction) = (lesson.title.clone(), lesson.language.clone(), lesson.direction());
    let (task, steps) = (blocks(&lesson.task), steps(lesson));
    let finished = open.finished_page().map(|page| view! { <a class="button" href=page>"Open the finished manifest"</a> });
    let trials = after(lesson);
    let begin = match open.start_page() {
        Some(page) => view! { <a class="button primary" href=page>"Begin"</a> }.html(),
        None => view! { <p class="message" data-severity="error">"The manifest to start from cannot be opened in the form."</p> }
            .html(),
    };
    view! {
        <Shell title=title.clone() about>
            {icon_sprite()}
            <div class="start lesson-page">
                <div lang=language.clone() dir=direction>
                    <h1>{title}</h1>
                    <div class="lead">{task}</div>
                </div>
                <div class="buttons">{begin}{finished}</div>
                <figure class="picture" aria-hidden="true" inner_html=picture></figure>
                <section aria-labelledby="steps-heading">
                    <h2 id="steps-heading">"What you will do"</h2>
                    <ol class="steps" lang=language.clone() dir=direction>{steps}</ol>
                </section>
                <div lang=language dir=direction>{trials}</div>
            </div>
        </Shell>
    }
    .html()
}

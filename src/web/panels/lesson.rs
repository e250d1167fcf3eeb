//! The lesson in which a document is edited: its steps, and which of them are done.

use leptos::prelude::*;
use pod_lesson::{Lesson, Outcome, Progress, Step};

use crate::lesson::{LessonError, OpenLesson};
use crate::web::authored::{blocks, emphasised};
use crate::web::html::{Html, IntoHtml};
use crate::web::icon::{Icon, icon};
use crate::web::sheet::Sheet;

/// The lesson of the sheet, or that the text itself is one; nothing where there is none.
pub fn lesson(sheet: &Sheet) -> Html {
    match &sheet.lesson {
        None => itself(sheet),
        Some(Ok(open)) => of_lesson(open, &open.progress(sheet.document().value())),
        Some(Err(error)) => unreadable(error),
    }
}

/// What a text is that is a lesson, and where it is at home. Every document but a lesson has a kind.
fn itself(sheet: &Sheet) -> Html {
    if !sheet.document().kind().is_empty() {
        return Html::default();
    }
    let Ok(open) = OpenLesson::read(sheet.links.code(), sheet.file().text()) else { return Html::default() };
    view! {
        <div class="banner is-lesson" role="status">
            <p>
                "This text is a lesson and no manifest: "
                <strong lang=open.lesson.language.clone() dir=open.lesson.direction()>{open.lesson.title.clone()}</strong>
                ". It stays here as it is."
            </p>
            <p class="buttons">
                <a class="button primary" href=open.page()>"Open the lesson"</a>
                <a class="button" href="/lesson">"Write a lesson"</a>
            </p>
        </div>
    }
    .html()
}

fn unreadable(error: &LessonError) -> Html {
    view! {
        <div class="banner" role="alert">
            <p>{format!("The lesson of this link cannot be opened: {error}. Your document is not touched by that.")}</p>
        </div>
    }
    .html()
}

fn of_lesson(open: &OpenLesson, progress: &Progress) -> Html {
    let Lesson { title, language, task, steps, .. } = &*open.lesson;
    let next = progress.next();
    let items = steps.iter().zip(&progress.steps).enumerate();
    let items: Html = items.map(|(place, (step, outcome))| item(step, outcome, next == Some(place))).collect();
    let is_untouched = progress.done() == 0;
    view! {
        <section class="lesson" aria-labelledby="lesson-heading">
            <p class="eyebrow">
                <a href=open.page()>"Lesson"</a>
                <span role="status">{format!("{} of {} steps done", progress.done(), steps.len())}</span>
            </p>
            <div lang=language.clone() dir=open.lesson.direction()>
                <h2 id="lesson-heading">{title.clone()}</h2>
                <details class="task" open=is_untouched>
                    <summary lang="en">"What it is about"</summary>
                    {blocks(task)}
                </details>
                <ol class="steps">{items}</ol>
                {if next.is_none() { done(open) } else { Html::default() }}
            </div>
        </section>
    }
    .html()
}

fn item(step: &Step, outcome: &Outcome, is_next: bool) -> Html {
    let (state, mark) = match outcome {
        Outcome::Done => ("done", view! { {icon(Icon::Fine)} <span class="visually-hidden" lang="en">"Done: "</span> }.html()),
        Outcome::Open => (if is_next { "next" } else { "open" }, Html::default()),
        Outcome::Failed(_) => ("open", Html::default()),
    };
    let author = match outcome {
        Outcome::Failed(reason) => view! {
            <p class="message" data-severity="warning" lang="en">
                {format!("Nobody can say whether this is done, by a mistake of the lesson: {reason}")}
            </p>
        }
        .html(),
        _ => Html::default(),
    };
    let hints = if outcome.is_done() { Html::default() } else { hints(&step.hints) };
    view! {
        <li data-state=state aria-current=is_next.then_some("step")>
            {mark}
            <div>{emphasised(&step.text)}{author}{hints}</div>
        </li>
    }
    .html()
}

/// One hint at a time: the next one is within the fold of the one before.
fn hints(hints: &[String]) -> Html {
    let fold = |inner: Html, (place, hint): (usize, &String)| {
        let words = if place == 0 { "A hint" } else { "Another hint" };
        view! { <details class="hint"><summary lang="en">{words}</summary>{blocks(hint)}{inner}</details> }.html()
    };
    hints.iter().enumerate().rev().fold(Html::default(), fold)
}

/// What there is to do when every step is done.
fn done(open: &OpenLesson) -> Html {
    let lesson = &*open.lesson;
    let next = open.next().map(|next| {
        view! { <a class="button" href=format!("/l/{}", next.name)>{format!("Next lesson: {}", next.lesson.title)}</a> }
    });
    view! {
        <div class="done" lang="en" dir="ltr">
            <p>
                <strong>"All steps are done."</strong>
                " Ask "
                <a href="#what-if">"what happens to the files"</a>
                ", and "
                <a href="#download">"take the manifest away"</a>
                "."
            </p>
            <p>{next}</p>
        </div>
        {after(lesson)}
    }
    .html()
}

/// The steps as a list's items, for who has not begun.
pub fn steps(lesson: &Lesson) -> Html {
    lesson.steps.iter().map(|step| view! { <li>{emphasised(&step.text)}</li> }.html()).collect()
}

/// What to try with a manifest, what breaks it, and what stays to be known.
pub fn after(lesson: &Lesson) -> Html {
    let trials: Html = lesson
        .trials
        .iter()
        .map(|trial| view! { <li><code>{trial.command.as_str()}</code> {blocks(&trial.shows)}</li> }.html())
        .collect();
    let trials = (!lesson.trials.is_empty()).then(|| {
        view! { <details class="trials"><summary lang="en">"Try it in a cluster"</summary><ol>{trials}</ol></details> }
    });
    let breaks = lesson.breaks.as_deref().map(|breaks| {
        view! { <details class="trials"><summary lang="en">"What breaks it"</summary>{blocks(breaks)}</details> }
    });
    let note = lesson.note.as_deref().map(|note| {
        view! { <details class="trials"><summary lang="en">"Good to know"</summary>{blocks(note)}</details> }
    });
    view! { {trials}{breaks}{note} }.html()
}

//! The page on which a lesson is written: a box for its text, what is wrong with it, and the link to hand out.

use kube_dry_run::inspection::Lines;
use leptos::prelude::*;
use pod_lesson::{Lesson, MAX_LESSON_BYTES, Problem};

use super::manifest_form::plain_box;
use crate::web::about::About;
use crate::web::authored::blocks;
use crate::web::html::{Html, IntoHtml};
use crate::web::islands::LiveCheck;
use crate::web::panels::marks::Marks;
use crate::web::panels::{TextView, steps};
use crate::web::prose::prose;
use crate::web::shell::Shell;

const DESCRIPTION: &str = "Write an exercise about Pods that share files: a task, a manifest to start from, and steps that are \
                           checked as a learner goes. Its link holds all of it.";

/// A text on its way to be a lesson.
pub struct Draft {
    /// The text.
    pub lines: Lines,
    /// The lesson, if the text is one.
    pub lesson: Option<Lesson>,
    /// What its author should know.
    pub problems: Vec<Problem>,
    /// The link that opens it, or why it has none; `None` of what is no lesson.
    pub link: Option<Result<String, String>>,
}

/// The page with a draft.
pub fn lesson_author(draft: &Draft) -> Html {
    let (text_box, result) = (text_box(draft), result(draft));
    view! {
        <Shell title="Write a lesson" about=About::new(DESCRIPTION)>
            <div class="check lesson-author">
                <h1>"Write a lesson"</h1>
                <section class="import" aria-label="The text">
                    <p class="hint">
                        "A lesson is a small YAML text: a title, a task, the manifest to start from, and steps. Each step has a check, \
                        an expression in CEL as in Kubernetes' own admission policies, or the name of a "<a href="/rules">"rule"</a>" \
                        that must be silent. The link holds the whole lesson; nothing is stored here. Its texts may be in any \
                        language. "<a href="/lesson/format">"How a lesson is written"</a>" has all keys, and checks to begin with."
                    </p>
                    <form id="import" method="post" action="/lesson" enctype="multipart/form-data">
                        <label for="manifest-text">"The lesson, as YAML"</label>
                        {text_box}
                        <p id="import-hint" class="hint">{format!("At most {} KiB, so that it fits into a link.", MAX_LESSON_BYTES >> 10)}</p>
                        <div class="buttons"><button type="submit" class="primary">"Check the lesson"</button></div>
                    </form>
                </section>
                <section id="answers" class="answers" aria-label="What is to be said">{result}</section>
                <span id="peek" hidden></span>
                <LiveCheck />
            </div>
        </Shell>
    }
    .html()
}

/// The box; a plain one where the text is too long to be drawn again and again.
fn text_box(draft: &Draft) -> Html {
    if !TextView::fits(draft.lines.text()) {
        return plain_box("lesson", draft.lines.text(), None);
    }
    let mut marks = Marks::default();
    for (place, problem) in draft.problems.iter().enumerate() {
        marks.add_remark(problem.line, problem.severity, &id(place));
    }
    TextView { id: "manifest-text", name: "lesson", key: None, lines: &draft.lines, marks: &marks, refusal: None }.html()
}

fn id(place: usize) -> String {
    format!("problem-{place}")
}

fn result(draft: &Draft) -> Html {
    let problems: Html = draft.problems.iter().enumerate().map(problem).collect();
    let problems = (!draft.problems.is_empty()).then(|| view! { <ol class="problems">{problems}</ol> });
    let words = match (&draft.lesson, &draft.link) {
        (None, _) => "This is no lesson yet",
        (Some(_), Some(Err(_))) => "There is no link for this lesson",
        (Some(_), _) if draft.problems.is_empty() => "This lesson works",
        (Some(_), _) => "This lesson can be opened. Look at these first",
    };
    let link = match &draft.link {
        Some(Ok(link)) => view! {
            <label for="lesson-link" class="address">"Link to hand out" <input id="lesson-link" readonly value=link.clone() /></label>
            <p><a class="button primary" href=link.clone()>"Open the lesson"</a></p>
        }
        .html(),
        Some(Err(reason)) => view! { <p class="message" data-severity="error">{reason.clone()}</p> }.html(),
        None => Html::default(),
    };
    let preview = draft.lesson.as_ref().map(preview).unwrap_or_default();
    view! {
        <div class="card result">
            <h2>{words}</h2>
            {problems}
            {link}
            {preview}
        </div>
    }
    .html()
}

fn problem((place, problem): (usize, &Problem)) -> Html {
    let Problem { line, column, severity, message, .. } = problem;
    view! {
        <li id=id(place) data-severity=severity.word()>
            <a href=format!("#line-{line}") data-column=*column>{format!("Line {line}, column {column}")}</a>
            ": "
            {prose(message)}
        </li>
    }
    .html()
}

fn preview(lesson: &Lesson) -> Html {
    view! {
        <details class="preview" open=true>
            <summary>"What a learner reads"</summary>
            <div lang=lesson.language.clone() dir=lesson.direction()>
                <h3>{lesson.title.clone()}</h3>
                {blocks(&lesson.task)}
                <ol class="steps">{steps(lesson)}</ol>
            </div>
        </details>
    }
    .html()
}

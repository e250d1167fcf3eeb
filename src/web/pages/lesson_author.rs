//! The page on which a lesson is written: a box for its text, what is wrong with it, and the link to hand out.

use leptos::prelude::*;
use pod_lesson::{Lesson, MAX_LESSON_BYTES, Problem};

use crate::web::html::{Html, IntoHtml};
use crate::web::prose::{emphasised, paragraphs, prose};
use crate::web::shell::Shell;
use crate::web::text_area::text_area_content;

/// A text on its way to be a lesson.
pub struct Draft {
    /// The text.
    pub text: String,
    /// The lesson, if the text is one.
    pub lesson: Option<Lesson>,
    /// What its author should know.
    pub problems: Vec<Problem>,
    /// The link that opens it, or why there is none; `None` of what is no lesson.
    pub link: Option<Result<String, String>>,
}

/// The page with a draft.
pub fn lesson_author(draft: Draft) -> Html {
    let is_new = draft.lesson.is_none() && draft.problems.is_empty();
    let is_invalid = (!is_new && draft.lesson.is_none()).then_some("true");
    let result = if is_new { Html::default() } else { result(&draft) };
    view! {
        <Shell title="Write a lesson">
            <div class="start lesson-author">
                <h1>"Write a lesson"</h1>
                <p class="lead">
                    "A lesson is a small YAML text: a title, a task, the manifest to start from, and steps. Each step has a check, an \
                    expression in CEL as in Kubernetes' own admission policies, or the name of a "<a href="/rules">"rule"</a>" that must \
                    be silent. The link holds the whole lesson; nothing is stored here. Its texts may be in any language."
                </p>
                {result}
                <form method="post" action="/lesson" enctype="multipart/form-data">
                    <label for="lesson-text">"The lesson, as YAML"</label>
                    <textarea id="lesson-text" name="lesson" rows="28" spellcheck="false" autocapitalize="none" aria-invalid=is_invalid>
                        {text_area_content(&draft.text)}
                    </textarea>
                    <p class="hint">{format!("At most {} KiB, so that it fits into a link.", MAX_LESSON_BYTES >> 10)}</p>
                    <div class="buttons"><button type="submit" class="primary">"Check the lesson"</button></div>
                </form>
            </div>
        </Shell>
    }
    .html()
}

fn result(draft: &Draft) -> Html {
    let problems: Html = draft.problems.iter().map(problem).collect();
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
        <section class="card result" aria-labelledby="result-heading" tabindex="-1" autofocus>
            <h2 id="result-heading">{words}</h2>
            {problems}
            {link}
            {preview}
        </section>
    }
    .html()
}

fn problem(problem: &Problem) -> Html {
    view! {
        <li data-severity=problem.severity.word()>
            <strong>{format!("Line {}, column {}: ", problem.line, problem.column)}</strong>
            {prose(&problem.message)}
        </li>
    }
    .html()
}

fn preview(lesson: &Lesson) -> Html {
    let steps: Html = lesson.steps.iter().map(|step| view! { <li>{emphasised(&step.text)}</li> }.html()).collect();
    view! {
        <details class="preview">
            <summary>"What a learner reads"</summary>
            <div lang=lesson.language.clone() dir="auto">
                <h3>{lesson.title.as_str()}</h3>
                {paragraphs(&lesson.task)}
                <ol class="steps">{steps}</ol>
            </div>
        </details>
    }
    .html()
}

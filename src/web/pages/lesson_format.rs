//! The page that says how a lesson is written: `docs/LESSONS.md`, so that a server can be asked that shows no repository.

use leptos::prelude::*;

use crate::web::about::About;
use crate::web::html::{Html, IntoHtml};
use crate::web::markdown::markdown;
use crate::web::shell::Shell;

const TEXT: &str = include_str!("../../../docs/LESSONS.md");

/// Where the text leads to in the repository, and where here.
const LINKS: [(&str, &str); 1] = [("(../crates/pod-advice/src/rules)", "(/rules)")];

const DESCRIPTION: &str = "The keys of a lesson, the checks of its steps with examples, and what is looked for in it.";

/// How a lesson is written.
pub fn lesson_format() -> Html {
    let text = TEXT.split_once('\n').map_or(TEXT, |(_, text)| text);
    let text = LINKS.iter().fold(text.to_owned(), |text, (there, here)| text.replace(there, here));
    view! {
        <Shell title="How a lesson is written" about=About::new(DESCRIPTION)>
            <article class="start rule-page">
                <p><a href="/lesson">"Write a lesson"</a></p>
                <h1>"How a lesson is written"</h1>
                {markdown(&text)}
            </article>
        </Shell>
    }
    .html()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_leads_nowhere_in_the_repository_and_has_its_tables() {
        let page = lesson_format().into_string();
        assert!(!page.contains("href=\"..") && page.contains("href=\"/rules\""));
        assert!(page.matches("<table>").count() > 3 && page.contains("<pre><code class=\"language-cel\">"));
        assert_eq!(page.matches("<h1").count(), 1);
    }
}

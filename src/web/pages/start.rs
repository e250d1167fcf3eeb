//! The start page: lessons, an empty Pod, or a manifest to go on with.

use leptos::prelude::*;
use pod_lesson::BuiltIn;

use super::manifest_form::{Purpose, manifest_form};
use super::recent::recent;
use crate::diagram::Picture;
use crate::web::about::{About, MAX_DESCRIPTION, Preview};
use crate::web::html::{Html, IntoHtml};
use crate::web::panels::marks::Marks;
use crate::web::prose::prose;
use crate::web::shell::Shell;
use kube_dry_run::inspection::Lines;

const DESCRIPTION: &str = "Compose a Kubernetes Pod whose containers share files: a form, the YAML it means, a picture of \
                           it, and what Kubernetes 1.35 answers, with advice on what would go wrong.";

/// What the start page shows.
#[derive(Clone, Debug)]
pub struct Start {
    /// Under which address a browser sees the server, such as `https://pods.example`.
    pub origin: String,
    /// What does not change.
    pub gallery: &'static Gallery,
    /// The text in the box for manifests.
    pub text: String,
    /// Why that text cannot be opened.
    pub refusal: Option<String>,
}

/// Where somebody can begin.
#[derive(Clone, Debug)]
pub struct Gallery {
    /// The path of the editor with an empty Pod.
    pub new_pod: String,
    /// The lessons.
    pub lessons: Vec<Card>,
}

/// A lesson in the gallery.
#[derive(Clone, Debug)]
pub struct Card {
    /// The lesson.
    pub lesson: &'static BuiltIn,
    /// The picture of the Pod that comes of it.
    pub picture: String,
    /// The path of the editor with that Pod.
    pub page: String,
}

/// The start page.
pub fn start(page: Start) -> Html {
    let about = about(&page);
    view! {
        <Shell title="Share files between containers" about>
            <div class="start">
                <h1>"Containers of a Pod, sharing files"</h1>
                <p class="lead">
                    "Compose a Pod in a form, see the manifest it means and what Kubernetes 1.35 answers to it, and leave with a file, \
                    a link, or a command. Nothing is stored here: the link is the document."
                </p>
                {recent()}
                {newcomer(page.gallery)}
                <section aria-labelledby="lessons-heading">
                    <h2 id="lessons-heading">"Start from a manifest that works, or build it step by step"</h2>
                    <ul class="gallery">{page.gallery.lessons.iter().map(card).collect::<Html>()}</ul>
                    <p class="buttons">
                        <a class="button" href=page.gallery.new_pod.as_str()>"Start with a new Pod"</a>
                        <a href="/lesson">"Write a lesson of your own"</a>
                        <a href="/rules">"All mistakes that are looked for"</a>
                    </p>
                </section>
                <section class="import" aria-labelledby="import-heading">
                    <h2 id="import-heading">"Or go on with a manifest"</h2>
                    {manifest_form(Purpose::Open, &Lines::new(page.text), &Marks::default(), page.refusal)}
                </section>
            </div>
        </Shell>
    }
    .html()
}

/// What all of this is about, for who hears of it for the first time, and the lesson to begin with.
fn newcomer(gallery: &'static Gallery) -> Html {
    let Some(first) = gallery.lessons.first() else { return Html::default() };
    view! {
        <section class="newcomer" aria-labelledby="newcomer-heading">
            <h2 id="newcomer-heading">"New to this?"</h2>
            <p>
                "Containers of one Pod share a network, and no files. An "<code>"emptyDir"</code>" is a directory that is there as long \
                as the Pod: mounted into several containers, one can write what another serves. A "<dfn>"sidecar"</dfn>" is a helper \
                that runs beside the main container, such as the one that writes."
            </p>
            <p><a class="button primary" href=format!("/l/{}", first.lesson.name)>"Start here: "{first.lesson.lesson.title.as_str()}</a></p>
        </section>
    }
    .html()
}

/// The start, with the picture of the first lesson.
fn about(Start { origin, gallery, .. }: &Start) -> About {
    let preview = gallery.lessons.first().map(|card| Preview {
        page: format!("{origin}/"),
        picture: format!("{origin}{}.png", card.page),
        words: Picture::of(&card.lesson.document).in_words(MAX_DESCRIPTION),
    });
    About { preview, ..About::new(DESCRIPTION) }
}

fn card(card: &'static Card) -> Html {
    let lesson = &card.lesson.lesson;
    view! {
        <li class="card preset">
            <h3><a href=card.page.as_str()>{lesson.title.as_str()}</a></h3>
            <p>{prose(lesson.summary())}</p>
            <div class="picture" aria-hidden="true" inner_html=card.picture.as_str()></div>
            <p class="learn">
                <a href=format!("/l/{}", card.lesson.name)>{format!("Step by step, {} steps", lesson.steps.len())}
                    <span class="visually-hidden">{format!(": {}", lesson.title)}</span>
                </a>
            </p>
        </li>
    }
    .html()
}

//! The start page: presets, an empty Pod, or a manifest to go on with.

use leptos::prelude::*;

use super::manifest_form::{Purpose, manifest_form};
use crate::diagram;
use crate::document::Preset;
use crate::web::about::{About, Preview};
use crate::web::html::{Html, IntoHtml};
use crate::web::islands::{MAX_RECENT, RecentDocuments};
use crate::web::shell::Shell;

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
    /// The presets.
    pub presets: Vec<Card>,
}

/// A preset in the gallery.
#[derive(Clone, Debug)]
pub struct Card {
    /// The preset.
    pub preset: &'static Preset,
    /// The picture of its Pod.
    pub picture: String,
    /// The path of the editor with it.
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
                <section aria-labelledby="presets-heading">
                    <h2 id="presets-heading">"Start from a preset"</h2>
                    <ul class="gallery">{page.gallery.presets.iter().map(card).collect::<Html>()}</ul>
                    <p><a class="button" href=page.gallery.new_pod.as_str()>"Start with a new Pod"</a></p>
                </section>
                <section class="import" aria-labelledby="import-heading">
                    <h2 id="import-heading">"Or go on with a manifest"</h2>
                    {manifest_form(Purpose::Open, &page.text, page.refusal)}
                </section>
            </div>
        </Shell>
    }
    .html()
}

/// The documents that the browser remembers; `RecentDocuments` fills the rows.
fn recent() -> Html {
    let rows: Vec<_> = (0..MAX_RECENT)
        .map(|_| {
            view! {
                <li hidden>
                    <a href="/">"A document"</a>
                    <span class="hint"></span>
                    <button type="button">"Forget"</button>
                </li>
            }
        })
        .collect();
    view! {
        <section id="recent" aria-labelledby="recent-heading">
            <h2 id="recent-heading">"Continue where you left off"</h2>
            <ul id="recent-list">{rows}</ul>
            <div class="buttons">
                <div class="switch">
                    <label for="recent-on">
                        <input type="checkbox" id="recent-on" checked />
                        "Keep my last documents in this browser"
                    </label>
                </div>
                <button type="button" id="recent-clear">"Forget all"</button>
            </div>
            <RecentDocuments />
        </section>
    }
    .html()
}

/// The start, with the picture of the first preset.
fn about(Start { origin, gallery, .. }: &Start) -> About {
    let preview = gallery.presets.first().map(|card| Preview {
        page: format!("{origin}/"),
        picture: format!("{origin}{}.png", card.page),
        words: diagram::in_words(&card.preset.document),
    });
    About { preview, ..About::new(DESCRIPTION) }
}

fn card(card: &'static Card) -> Html {
    view! {
        <li class="card preset">
            <h3><a href=card.page.as_str()>{card.preset.title.as_str()}</a></h3>
            <p>{card.preset.summary.as_str()}</p>
            <div class="picture" aria-hidden="true" inner_html=card.picture.as_str()></div>
            {trials(card.preset)}
        </li>
    }
    .html()
}

fn trials(preset: &'static Preset) -> Html {
    let items: Vec<_> = preset
        .try_it
        .iter()
        .map(|trial| view! { <li><code>{trial.command.as_str()}</code> <p>{trial.shows.as_str()}</p></li> })
        .collect();
    view! {
        <details class="trials">
            <summary>"Try it in a cluster"</summary>
            <ol>{items}</ol>
            {preset.note.as_deref().map(|note| view! { <p class="note"><strong>"Note: "</strong> {note}</p> })}
        </details>
    }
    .html()
}

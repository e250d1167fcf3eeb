//! What would happen to the containers and their files if something happened to the Pod.

use kube_dry_run::Stage;
use leptos::prelude::*;
use pod_advice::{Event, Fate, Lever, Outcome, VolumeOutcome, what_happens};

use crate::document::Links;
use crate::form::input_at;
use crate::report::{self, Light};
use crate::web::html::{Html, IntoHtml};
use crate::web::prose::prose;
use crate::web::sheet::{Sheet, field_attribute, label};

/// As many items of one list are shown.
const MAX_ITEMS: usize = 30;

/// A link for each event that makes sense for the document, and the answer to the one that was asked about.
pub fn what_if(sheet: &Sheet) -> Html {
    let events = &sheet.report().events;
    if events.is_empty() {
        return Html::default();
    }
    let asked = sheet.question.as_ref().and_then(|id| events.iter().find(|event| event.id() == *id));
    let mut links = Html::default();
    for event in events {
        link(&mut links, &sheet.links, event, asked == Some(event));
    }
    let answer = asked.map(|event| answer(sheet, event, &what_happens(sheet.document().value(), event))).unwrap_or_default();
    view! {
        <section id="what-if" class="what-if" aria-labelledby="what-if-heading" inert=sheet.is_waiting()>
            <h2 id="what-if-heading">"What if"</h2>
            <ul>{links}</ul>
            {answer}
        </section>
    }
    .html()
}

fn link(html: &mut Html, links: &Links, event: &Event, is_asked: bool) {
    let page = if is_asked { links.page() } else { links.page_asking(&event.id()) };
    html.start("li").holding(|html| {
        let link = html.start("a").class("button").with("href", [&page, "#what-if"]);
        link.maybe("aria-current", is_asked.then_some("true")).saying(&label(&event.label()));
    });
}

fn answer(sheet: &Sheet, event: &Event, outcome: &Outcome) -> Html {
    let volumes = outcome.volumes.iter().map(volume);
    let ended = outcome.ended.iter().map(|container| sentence(&container.sentence));
    let started = outcome.started.iter().map(|container| sentence(&container.sentence));
    let notes = outcome.notes.iter().map(|note| sentence(note));
    let levers = outcome.levers.iter().map(|lever| of_lever(sheet, lever));
    view! {
        <div class="outcome-of" role="status">
            <p><strong>{format!("If {}: ", label(&event.label()))}</strong>{prose(&outcome.summary)}</p>
            {supposed(&sheet.report().outcome)}
            {list("The volumes", "ul", volumes)}
            {list("What ends", "ul", ended)}
            {list("What starts again, in this order", "ol", started)}
            {list("Good to know", "ul", notes)}
            {list("What would change it", "ul", levers)}
        </div>
    }
    .html()
}

/// What the answer supposes of a Pod that does not get so far.
fn supposed(outcome: &report::Outcome) -> Html {
    let supposed = match (outcome.light(Stage::Admitted), outcome.light(Stage::Starts)) {
        (Light::Red, _) => "Kubernetes refuses this manifest as it is: this is what would happen once it is accepted.",
        (_, Light::Red) => "As it is, this Pod does not start as it should: this is what would happen once it does.",
        _ => return Html::default(),
    };
    view! { <p class="hint">{supposed}</p> }.html()
}

/// The first of `items` under a heading; nothing where there are none.
fn list(heading: &'static str, element: &str, items: impl Iterator<Item = Html>) -> Html {
    let items: Html = items.take(MAX_ITEMS).collect();
    if items.as_str().is_empty() {
        return Html::default();
    }
    let list = if element == "ol" { view! { <ol>{items}</ol> }.html() } else { view! { <ul>{items}</ul> }.html() };
    Html::from([view! { <h3>{heading}</h3> }.html(), list])
}

fn sentence(text: &str) -> Html {
    view! { <li>{prose(text)}</li> }.html()
}

fn volume(volume: &VolumeOutcome) -> Html {
    let fate = match volume.fate {
        Fate::Lost => "lost",
        Fate::Kept => "kept",
        _ => "changed",
    };
    let field = field_attribute(&volume.field.to_text());
    view! { <li data-fate=fate data-field=field><span class="badge">{volume.fate.word()}</span>" "{prose(&volume.sentence)}</li> }
        .html()
}

fn of_lever(sheet: &Sheet, lever: &Lever) -> Html {
    let field = lever.field.to_text();
    let has_input = input_at(sheet.document(), &lever.field).is_some();
    let href = field_attribute(&field).filter(|_| has_input).map(|_| sheet.address_of(&lever.field));
    let field = label(&field);
    let field = match href {
        Some(href) => view! { <a href=href><code>{field}</code></a> }.html(),
        None => view! { <code>{field}</code> }.html(),
    };
    view! { <li>{field}": "{prose(&lever.sentence)}</li> }.html()
}

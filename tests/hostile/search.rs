//! Looks for links and forms that cost the server most: bytes of an answer, processor time, memory.
//!
//! A hill is climbed for every kind of request: a recipe for a document changes at random, and the dearest is kept. A short climb
//! is part of every test run and asserts the limit of an answer. For a long one, with the figures of `docs/LIMITS.md`:
//!
//! ```sh
//! PODWEAVE_SEARCH=2000 cargo test --release --test hostile -- --ignored --nocapture search
//! ```

mod chance;
mod meter;
mod recipe;
mod texts;

use podweave::web::budget::MAX_PAGE_BYTES;

use self::chance::Chance;
use self::meter::{forget_peak, peak, processor_time};
use self::recipe::{CHARACTERS, Recipe};
use crate::client::{Answer, form_request, get, send};

/// How many steps a short climb has.
const SHORT: usize = 3;

/// A kind of request, and what is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Request {
    Page,
    Yaml,
    Json,
    Svg,
    /// A form in which one field is filled with as much text as fits.
    Form(&'static str),
    /// A form with a hundred buttons pressed.
    Edits(&'static str),
    /// The same of a page that shows just this document: both pages are drawn, and what differs is sent.
    Live(&'static str),
    /// What is typed in the place of the form's fields.
    Text,
    Png,
    /// The page with what has changed since it was a document with other values, and that as a file.
    Since,
    Diff,
    /// The page with what would happen.
    WhatIf(&'static str),
}

const REQUESTS: [Request; 20] = [
    Request::Page,
    Request::Yaml,
    Request::Json,
    Request::Svg,
    Request::Form("spec.volumes[0].name"),
    Request::Form("metadata.labels"),
    Request::Form("spec.containers[0].args"),
    Request::Form("spec.containers[0].volumeMounts[0].mountPath"),
    Request::Edits("duplicate spec.containers[0]"),
    Request::Edits("add spec.containers[0].volumeMounts"),
    Request::Edits("remove spec.volumes[0]"),
    Request::Edits("share spec.volumes[0] spec.containers[0]"),
    Request::Live("add spec.containers"),
    Request::Live("duplicate spec.containers[0]"),
    Request::Text,
    Request::Png,
    Request::Since,
    Request::Diff,
    Request::WhatIf("deleted"),
    Request::WhatIf("crash:xxxx"),
];

/// What an answer cost.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    sent: usize,
    bytes: usize,
    milliseconds: u64,
    mebibytes: u64,
}

impl Recipe {
    /// Where `request` goes to.
    fn address(&self, request: Request) -> String {
        let page = format!("/p/{}", self.code());
        match request {
            Request::Yaml => page + ".yaml",
            Request::Json => page + ".json",
            Request::Svg => page + ".svg",
            Request::Png => page + ".png",
            Request::Since => format!("{page}?since={}", self.earlier().code()),
            Request::Diff => format!("{page}.diff?since={}", self.earlier().code()),
            Request::WhatIf(event) => {
                format!("{page}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("what", event).finish())
            }
            _ => page,
        }
    }

    /// The answer to `request` for this document, and what it cost.
    async fn cost(&self, request: Request) -> Cost {
        let page = self.address(request);
        let character = CHARACTERS[self.part("characters")];
        let typed = character.repeat(self.part("length of what is typed") / character.len());
        let form = |pairs: Vec<(&str, &str)>| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let body = match request {
            Request::Form(field) => form(vec![(field, &typed)]),
            Request::Edits(edit) => form(vec![("edit", edit); 100]),
            Request::Live(edit) => form(vec![("edit", edit)]),
            Request::Text => form(vec![("text", &typed)]),
            _ => String::new(),
        };
        let basis = if matches!(request, Request::Live(_)) { basis().await } else { "1".to_owned() };
        let sent = page.len() + body.len();
        forget_peak();
        let (memory, time) = (peak(), processor_time());
        let answer = match request {
            Request::Form(_) | Request::Edits(_) | Request::Live(_) | Request::Text => {
                send(form_request(&page).header("podweave-live", basis), body).await
            }
            _ => get(&page).await,
        };
        let Answer { status, body, .. } = answer;
        assert!(matches!(status.as_u16(), 200 | 413 | 422), "{request:?}: {status} for {self:?}");
        assert!(body.len() <= MAX_PAGE_BYTES, "{request:?}: {} bytes for {self:?}", body.len());
        Cost { sent, bytes: body.len(), milliseconds: processor_time() - time, mebibytes: peak().saturating_sub(memory) >> 10 }
    }
}

/// By what a live form says that its page shows just its document.
async fn basis() -> String {
    let page = get(&format!("/p/{}", Recipe::plain().code())).await;
    let page = String::from_utf8(page.body).unwrap();
    let (_, behind) = page.split_once("data-basis=\"").unwrap();
    behind.split('"').next().unwrap().to_owned()
}

/// What a climb looks for.
#[derive(Clone, Copy, Debug)]
enum Aim {
    Bytes,
    Time,
    Memory,
}

impl Aim {
    fn of(self, cost: Cost) -> u64 {
        match self {
            Self::Bytes => cost.bytes as u64,
            Self::Time => cost.milliseconds,
            Self::Memory => cost.mebibytes,
        }
    }
}

/// The dearest of `steps` recipes for `request`.
async fn climb(request: Request, aim: Aim, steps: usize) -> (Recipe, Cost) {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut best = Recipe::plain();
    let mut dearest = best.cost(request).await;
    for _ in 0..steps {
        let candidate = best.changed(&mut chance);
        let cost = candidate.cost(request).await;
        if aim.of(cost) >= aim.of(dearest) {
            (best, dearest) = (candidate, cost);
        }
    }
    (best, dearest)
}

#[tokio::test(start_paused = true)]
async fn no_answer_of_a_short_search_is_too_large() {
    for request in REQUESTS {
        climb(request, Aim::Bytes, SHORT).await;
    }
}

#[ignore = "takes minutes; for the figures of docs/LIMITS.md"]
#[tokio::test(start_paused = true)]
#[expect(clippy::print_stdout, reason = "the figures are what the search is for")]
async fn long_search() {
    let steps = std::env::var("PODWEAVE_SEARCH").ok().and_then(|steps| steps.parse().ok()).unwrap_or(200);
    for (request, aim) in REQUESTS.into_iter().flat_map(|request| [(request, Aim::Bytes), (request, Aim::Time)]) {
        let (recipe, cost) = climb(request, aim, steps).await;
        println!(
            "{request:?} {aim:?}: {} bytes in, {} out, {} ms, +{} MiB: {}",
            cost.sent,
            cost.bytes,
            cost.milliseconds,
            cost.mebibytes,
            recipe.unusual()
        );
    }
}

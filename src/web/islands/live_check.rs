//! Checks a text again as it is typed.
//!
//! Without this island the form works with its buttons. One exchange runs at a time; what is typed meanwhile goes with the next.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlFormElement, HtmlTextAreaElement};

use super::connection::Connection;
use super::events::{by_id, in_browser, in_page, listen};
use super::exchange::{Answer, Request};
use super::file_drop::tell_input;
use super::morph::morph;
use super::text_follower;

/// A text of more characters is checked by the button alone.
const MAX_LENGTH: u32 = 128 << 10;
/// What an answer changes of the page.
const PARTS: [&str; 4] = ["answers", "marks", "numbers", "peek"];

/// The line that tells of a slow or lost connection.
#[island]
pub fn LiveCheck() -> impl IntoView {
    in_browser(start);
    in_page(|| view! { <p id="connection" role="status" data-status="idle"></p> })
}

struct Check {
    form: HtmlFormElement,
    connection: Connection,
    /// True if something was typed that is not yet sent.
    is_newer: Cell<bool>,
    is_running: Cell<bool>,
}

fn start() -> Option<()> {
    text_follower::start();
    by_id::<Element>("numbers")?;
    let text: HtmlTextAreaElement = by_id("manifest-text")?;
    let connection = Connection::new(by_id("connection")?);
    let check = Check { form: by_id("import")?, connection, is_newer: Cell::new(false), is_running: Cell::new(false) };
    let check = Rc::new(check);
    let typed = text.clone();
    listen(&text, "input", move |_| {
        if typed.text_length() < MAX_LENGTH {
            check.is_newer.set(true);
            if !check.is_running.replace(true) {
                spawn_local(Rc::clone(&check).run());
            }
        }
    });
    if text.value() != text.default_value().ok()? {
        tell_input(&text);
    }
    Some(())
}

impl Check {
    async fn run(self: Rc<Self>) {
        while self.is_newer.replace(false) {
            match self.connection.exchange(Request::post_file(&self.form)).await {
                Some(answer) => self.show(&answer),
                None => self.is_newer.set(true),
            }
        }
        self.is_running.set(false);
    }

    fn show(&self, answer: &Answer) {
        for id in PARTS {
            match (by_id(id), answer.element(id)) {
                (Some(old), Some(new)) => morph(&old, &new, false),
                _ => self.connection.say(&answer.words()),
            }
        }
    }
}

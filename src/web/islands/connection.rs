//! The connection to the server: what is slow, lost, given up or tried again, and the words for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, Element};

use super::events::{sleep, wait};
use super::exchange::{Answer, Request};

/// After this time without an answer the page is seen to be behind, in milliseconds.
const SEEN: i32 = 200;
/// After this time without an answer the page says so.
const SLOW: i32 = 1_000;
/// After this time without an answer an exchange is taken for lost.
const LOST: i32 = 20_000;
/// The longest time between two attempts.
const MAX_PAUSE: i32 = 15_000;
/// So often in a row a gateway may say that the server does not answer it, which takes half a minute, until it is believed.
const MAX_BAD_GATEWAYS: u32 = 6;

/// Marks the page while something is on its way. No style depends on it: to style a page anew takes the browser a tenth of the
/// time of an answer.
pub(super) const SENDING: &str = "data-sending";
/// Marks the page when it has been behind what was typed for so long that it is seen.
const BEHIND: &str = "data-behind";
const WAITING: &str = "Waiting for the server…";
const OFFLINE: &str = "No answer from the server. What you typed is kept here and sent again.";

/// One exchange at a time, and what the page says about it.
pub(super) struct Connection {
    /// What the page says; empty where all is well.
    status: Element,
    /// Ends the exchange under way.
    abort: RefCell<Option<AbortController>>,
    /// Ends the pause between two attempts.
    wake: RefCell<Option<js_sys::Function>>,
    /// Counts how often an exchange was given up.
    given_up: Cell<u32>,
    failures: Cell<u32>,
    bad_gateways: Cell<u32>,
}

impl Connection {
    pub(super) fn new(status: Element) -> Self {
        let (abort, wake) = (RefCell::default(), RefCell::default());
        Self { status, abort, wake, given_up: Cell::new(0), failures: Cell::new(0), bad_gateways: Cell::new(0) }
    }

    /// Ends the exchange or the pause that is under way; the caller of [`exchange`](Self::exchange) tries again at once.
    pub(super) fn give_up(&self) {
        self.given_up.set(self.given_up.get().wrapping_add(1));
        if let Some(abort) = self.abort.borrow().as_ref() {
            abort.abort();
        }
        self.wake();
    }

    /// Ends the pause that is under way.
    pub(super) fn wake(&self) {
        if let Some(wake) = self.wake.borrow().as_ref() {
            _ = wake.call0(&JsValue::NULL);
        }
    }

    /// The answer to `request`; `None` where it was given up, or failed and a pause is over.
    pub(super) async fn exchange(&self, request: Result<Request, JsValue>) -> Option<Answer> {
        let before = self.given_up.get();
        let abort = AbortController::new().ok()?;
        *self.abort.borrow_mut() = Some(abort.clone());
        let finished = Rc::new(Cell::new(false));
        self.watch(abort.clone(), Rc::clone(&finished));
        let answer = async { request?.send(Some(&abort.signal())).await }.await;
        finished.set(true);
        if self.given_up.get() != before {
            return None;
        }
        match answer {
            Ok(answer) if !self.is_temporary(answer.status) => {
                self.failures.set(0);
                mark_page(BEHIND, false);
                say(&self.status, "");
                Some(answer)
            }
            _ => {
                self.failures.set(self.failures.get() + 1);
                mark_page(BEHIND, true);
                say(&self.status, OFFLINE);
                self.pause((500 << self.failures.get().min(5)).min(MAX_PAUSE)).await;
                None
            }
        }
    }

    /// True if a gateway answered, or the server has too much to do: the same request may soon succeed.
    fn is_temporary(&self, status: u16) -> bool {
        let bad_gateways = if status == 502 { self.bad_gateways.get() + 1 } else { 0 };
        self.bad_gateways.set(bad_gateways);
        matches!(status, 429 | 503 | 504) || (1..MAX_BAD_GATEWAYS).contains(&bad_gateways)
    }

    /// Says that the server has not answered yet.
    pub(super) fn say_waiting(&self) {
        say_waiting(&self.status);
    }

    /// Says what the server said instead of sending the editor.
    pub(super) fn say(&self, text: &str) {
        say(&self.status, text);
    }

    /// True while the page tells of something.
    pub(super) fn is_troubled(&self) -> bool {
        self.status.has_child_nodes()
    }

    /// Tells of a slow exchange, and ends one that is lost.
    fn watch(&self, abort: AbortController, finished: Rc<Cell<bool>>) {
        let status = self.status.clone();
        spawn_local(async move {
            sleep(SEEN).await;
            if finished.get() {
                return;
            }
            mark_page(BEHIND, true);
            sleep(SLOW - SEEN).await;
            if finished.get() {
                return;
            }
            say_waiting(&status);
            sleep(LOST - SLOW).await;
            if !finished.get() {
                abort.abort();
            }
        });
    }

    /// Waits for `milliseconds`, or until somebody calls [`wake`](Self::wake).
    pub(super) async fn pause(&self, milliseconds: i32) {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
            *self.wake.borrow_mut() = Some(resolve);
        });
        _ = wait::<JsValue>(promise).await;
    }
}

fn say(status: &Element, text: &str) {
    status.set_text_content(Some(text));
    _ = status.set_attribute("data-status", if text.is_empty() { "idle" } else { "waiting" });
}

fn say_waiting(status: &Element) {
    if !status.has_child_nodes() {
        say(status, WAITING);
    }
}

/// Gives the page the mark `name`, or takes it.
pub(super) fn mark_page(name: &str, is_set: bool) {
    if let Some(root) = document().document_element() {
        _ = root.toggle_attribute_with_force(name, is_set);
    }
}

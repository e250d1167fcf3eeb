//! Undo and redo of the document, which are the browser's Back and Forward, as buttons and with the usual keys.
//!
//! Within a field that was typed into, the browser's own undo stays.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, History, HtmlElement, KeyboardEvent};

use super::events::{by_id, in_page, listen, target_of};

/// The fields with an undo of their own.
const TEXT_FIELDS: &str = "input:not([type=checkbox]), textarea";

/// An entry of the history knows of fewer entries ahead of it.
const MAX_AHEAD: u32 = 1000;

/// The buttons, and what the last edit did. They show where there is a script.
#[island]
pub fn UndoButtons() -> impl IntoView {
    in_page(|| {
        view! {
            <div class="undo with-script">
                <button type="button" id="undo" disabled title="Undo the last change (Ctrl+Z)">"Undo"</button>
                <button type="button" id="redo" disabled title="Redo it (Ctrl+Shift+Z)">"Redo"</button>
                <span id="undo-note" role="status"></span>
            </div>
        }
    })
}

/// Where the document stands among its steps. Each entry of the browser's history has its number, and how many are ahead of it.
pub(super) struct Undo {
    back: HtmlElement,
    forward: HtmlElement,
    note: Element,
    step: Cell<u32>,
    last: Cell<u32>,
    /// So many steps the browser is to go, on or back, once everything is sent.
    to_go: Cell<i32>,
    /// The page that is to stand in the address bar, and whether as the next step or as what the present one has become.
    page: RefCell<Option<(String, bool)>>,
    /// True while the focused field has text that its own undo takes back.
    is_typed: Cell<bool>,
}

impl Undo {
    pub(super) fn of_page() -> Option<Self> {
        let (step, ahead) = entry();
        let (back, forward, note) = (by_id("undo")?, by_id("redo")?, by_id("undo-note")?);
        let (step, last) = (Cell::new(step), Cell::new(step + ahead));
        let (to_go, page, is_typed) = (Cell::default(), RefCell::default(), Cell::default());
        Some(Self { back, forward, note, step, last, to_go, page, is_typed })
    }

    pub(super) fn start(self: &Rc<Self>) {
        listen(&self.back, "click", |_| go(-1));
        listen(&self.forward, "click", |_| go(1));
        let undo = Rc::clone(self);
        listen(&document(), "keydown", move |event| undo.pressed(&event));
        let undo = Rc::clone(self);
        listen(&document(), "focusin", move |_| undo.is_typed.set(false));
        let undo = Rc::clone(self);
        listen(&document(), "input", move |_| undo.is_typed.set(true));
        self.show();
    }

    /// Notes that `page` is the next step, or what the present one has become. It stands in the address bar after
    /// [`settle`](Self::settle).
    pub(super) fn enter(&self, page: &str, is_next: bool) {
        *self.page.borrow_mut() = Some((page.to_owned(), is_next));
    }

    /// True if a page is to stand in the address bar and does not yet.
    pub(super) fn is_unsettled(&self) -> bool {
        self.page.borrow().is_some()
    }

    /// Puts the page that is to stand in the address bar there, unless the browser is at another step.
    pub(super) fn settle(&self) {
        let Some(history) = history().filter(|_| self.distance() == 0) else { return };
        let Some((page, is_next)) = self.page.take() else { return };
        if is_next {
            self.step.set(self.step.get() + 1);
            self.last.set(self.step.get());
        }
        _ = if is_next {
            history.push_state_with_url(&self.state(), "", Some(&page))
        } else {
            history.replace_state_with_url(&self.state(), "", Some(&page))
        };
        self.show();
    }

    /// How many steps the browser has gone of its own accord.
    pub(super) fn distance(&self) -> i32 {
        entry().0.cast_signed() - self.step.get().cast_signed()
    }

    /// Takes the browser back from where it went of its own accord, until [`go_on`](Self::go_on).
    pub(super) fn put_off(&self) {
        let distance = self.distance();
        self.to_go.set(self.to_go.get() + distance);
        go(-distance);
    }

    /// Goes the steps that were put off, once the browser is back where they begin.
    pub(super) fn go_on(&self) {
        if self.distance() == 0 {
            go(self.to_go.take());
        }
    }

    /// Notes that the browser went to another step of its own accord.
    pub(super) fn moved(&self) {
        self.step.set(entry().0);
        // A page that is loaded again knows from it what can be done again.
        _ = history().map(|history| history.replace_state_with_url(&self.state(), "", None));
        self.say("");
        self.show();
    }

    /// Says what the last edit did; what it did is undone by the button beside.
    pub(super) fn say(&self, text: &str) {
        self.note.set_text_content(Some(text));
    }

    /// What [`entry`] reads, of the present step.
    fn state(&self) -> JsValue {
        let (step, last) = (self.step.get(), self.last.get());
        JsValue::from(step * MAX_AHEAD + last.saturating_sub(step).min(MAX_AHEAD - 1))
    }

    fn show(&self) {
        set_disabled(&self.back, self.step.get() == 0);
        set_disabled(&self.forward, self.step.get() >= self.last.get());
    }

    fn pressed(&self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| (key.ctrl_key() || key.meta_key()) && !key.alt_key())
        else {
            return;
        };
        let in_text = target_of(event).is_some_and(|target| target.matches(TEXT_FIELDS).unwrap_or_default());
        if in_text && self.is_typed.get() {
            return;
        }
        match (key.key().to_ascii_lowercase().as_str(), key.shift_key()) {
            ("z", false) if self.step.get() > 0 => self.back.click(),
            ("z", true) | ("y", false) => go(1),
            _ => return,
        }
        event.prevent_default();
    }
}

/// The number of the browser's entry, and how many are ahead of it.
fn entry() -> (u32, u32) {
    let number = history().and_then(|history| history.state().ok()?.as_f64()).unwrap_or_default();
    // A number that this module wrote.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = number as u32;
    (number / MAX_AHEAD, number % MAX_AHEAD)
}

fn set_disabled(button: &HtmlElement, is_disabled: bool) {
    _ = button.toggle_attribute_with_force("disabled", is_disabled);
}

fn history() -> Option<History> {
    window().history().ok()
}

/// Goes as many steps on, or back.
fn go(steps: i32) {
    // No step at all would load the page again.
    if steps != 0 {
        _ = history().map(|history| history.go_with_delta(steps));
    }
}

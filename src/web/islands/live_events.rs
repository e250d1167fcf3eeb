//! What a person does on the page, for the form that is sent in the background.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlSelectElement, SubmitEvent};

use super::draft;
use super::events::{by_id, go_to, listen, listen_first, target_of};
use super::exchange::{self, EDIT};
use super::highlight;
use super::live_form::{Live, here};
use super::picture;
use super::recent;
use super::task::Task;
use super::text_follower;
use super::typed::{TEXT_FORM, TOUCHED, mark_typed, text_form};

/// What hands out the document; it waits until nothing is unsent.
const TAKES_AWAY: &str = ".take-away :is(a, button), .what-if > ul a";
/// What takes back the last step; it waits until what is on its way has become one.
pub(super) const TAKES_BACK: &str = "#undo";
/// Where the document is edited as a text.
const TEXT_BOX: &str = "text-box";

impl Live {
    /// Listens to everything from here on.
    pub(super) fn start(self: Rc<Self>) {
        self.listen_to_form();
        self.listen_to_text();
        self.listen_to_page();
        self.ask_before_leaving();
        self.offer_draft();
        self.undo.start();
        picture::start(&self.sheet);
        highlight::start(&self.sheet);
        text_follower::start();
        recent::keep();
        _ = document().document_element().map(|root| root.set_attribute("data-live", ""));
        self.send_edited();
    }

    fn on(self: &Rc<Self>, target: &EventTarget, name: &str, handler: impl Fn(&Rc<Self>, Event) + 'static) {
        let live = Rc::clone(self);
        listen(target, name, move |event| handler(&live, event));
    }

    fn listen_to_form(self: &Rc<Self>) {
        self.on(&self.form, "input", |live, event| live.typed(&event));
        self.on(&self.form, "submit", |live, event| live.submitted(&event));
    }

    fn listen_to_text(self: &Rc<Self>) {
        self.on(&self.sheet, "input", |live, event| {
            if let Some(text) = target_of(&event).filter(|target| target.id() == TEXT_BOX) {
                mark_typed(&text);
                live.add(Task::Text);
            }
        });
    }

    fn listen_to_page(self: &Rc<Self>) {
        self.on(&document(), "click", |live, event| live.clicked(&event));
        self.on(&window(), "popstate", |live, _| live.visited());
        self.on(&window(), "online", |live, _| live.connection.give_up());
        // A phone tells nothing else of a page that it ends.
        self.on(&document(), "visibilitychange", |live, _| live.keep_draft());
        let live = Rc::clone(self);
        listen_first(&self.sheet, "click", move |event| live.taken_away(&event));
    }

    fn ask_before_leaving(self: &Rc<Self>) {
        let sends_text = Rc::new(Cell::new(false));
        let sent = Rc::clone(&sends_text);
        // What a button of its form sends is the whole text, so nothing is lost with the page.
        listen(&self.sheet, "submit", move |event| sent.set(target_of(&event).is_some_and(|form| form.id() == TEXT_FORM)));
        self.on(&window(), "beforeunload", move |live, event| {
            if live.has_more_than_document() && !sends_text.get() {
                event.prevent_default();
            }
        });
    }

    fn offer_draft(self: &Rc<Self>) {
        let live = Rc::clone(self);
        draft::start(self.form.clone(), move |is_text| {
            live.add(if is_text { Task::Text } else { Task::Typed(String::new()) });
            if let Some(text) = by_id::<Element>(TEXT_BOX).filter(|_| is_text) {
                go_to(&text);
            }
        });
    }

    /// Sends what was typed before the page listened.
    fn send_edited(self: &Rc<Self>) {
        if exchange::is_edited(&self.form) {
            self.add(Task::Typed(String::new()));
        }
        if text_form().is_some_and(|form| exchange::is_edited(&form)) {
            self.add(Task::Text);
        }
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        let Some(input) = target_of(event) else { return };
        let name = input.get_attribute("name").unwrap_or_default();
        if name == EDIT {
            _ = input.set_attribute(TOUCHED, "");
            let edit = input.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default();
            return self.add(Task::Edit(edit));
        }
        mark_typed(&input);
        self.add(Task::Typed(name));
    }

    fn submitted(self: &Rc<Self>, event: &Event) {
        event.prevent_default();
        let submitter = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let attribute = |name| submitter.as_ref().and_then(|button| button.get_attribute(name));
        let edit = attribute("value").unwrap_or_default();
        *self.removal.borrow_mut() = match attribute("aria-label").filter(|_| edit.starts_with("remove ")) {
            Some(label) => String::from("Removed") + label.strip_prefix("Remove").unwrap_or(&label) + ".",
            None => String::new(),
        };
        self.add(Task::Edit(edit));
    }

    /// A link within the page leads to its target without a step in the history, where Back is undo.
    fn clicked(&self, event: &Event) {
        let link = target_of(event).and_then(|target| target.closest("a[href^='#']").ok().flatten());
        let Some(target) = link.and_then(|link| link.get_attribute("href")) else { return };
        if let Some(target) = by_id::<Element>(&target[1..]) {
            event.prevent_default();
            if !self.form.contains(Some(&target)) {
                target.scroll_into_view();
            }
            go_to(&target);
        }
    }

    /// What is on its way becomes a step first, so that Back takes back this, and Forward does it again.
    fn visited(self: &Rc<Self>) {
        if self.undo.distance() != 0 && self.is_sending() {
            return self.undo.put_off();
        }
        self.undo.settle();
        if !self.is_sending() {
            self.undo.go_on();
        }
        self.keep_draft();
        self.steps.moved();
        if here().split('#').next() != Some(self.form.action().as_str()) {
            self.add(Task::Visit);
        }
    }

    /// What hands out the document is clicked again when the document is what was typed.
    fn taken_away(self: &Rc<Self>, event: &Event) {
        let closest = |selector| target_of(event).and_then(|target| target.closest(selector).ok().flatten());
        let back = closest(TAKES_BACK).filter(|_| self.is_sending());
        if let Some(target) = back.or_else(|| closest(TAKES_AWAY).filter(|_| self.is_behind())) {
            event.prevent_default();
            event.stop_immediate_propagation();
            *self.waiting.borrow_mut() = target.dyn_into().ok();
            self.send_again();
        }
    }
}

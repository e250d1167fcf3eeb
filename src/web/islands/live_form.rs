//! Sends the form in the background as it is typed into, and puts the server's answer in its place.
//!
//! Without this island the same form works with its buttons. One exchange runs at a time and takes the whole form along. What
//! is typed meanwhile goes with the next, which starts as soon as the answer is there. An edit that is under way starts again
//! with what is typed, so that none moves an input while something is typed into it. An exchange that fails is repeated until it
//! succeeds, or a proxy on the way is known to let none through.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlSelectElement, SubmitEvent};

use super::connection::Connection;
use super::draft;
use super::events::{by_id, go_to, in_browser, in_page, listen, listen_first, target_of};
use super::exchange::{self, Answer, Destination, EDIT};
use super::highlight;
use super::history::Steps;
use super::morph::{TOUCHED, TYPED_INPUTS, morph};
use super::opened::Opened;
use super::picture;
use super::queue::{Added, Queue, Task};
use super::recent;
use super::text_follower;
use super::typed::{mark_sent, mark_typed, text_form};
use super::undo::Undo;

/// What hands out the document; it waits until nothing is unsent.
const TAKES_AWAY: &str = ".take-away :is(a, button), .what-if > ul a";
/// Where the document is edited as a text.
const TEXT_BOX: &str = "text-box";
const UNREAD_TEXT: &str = "#text-box:is([data-typed], [aria-invalid])";

/// The line that tells of a slow or lost connection. The form works without it, by its buttons.
#[island]
pub fn LiveForm() -> impl IntoView {
    in_browser(|| {
        Rc::new(Live::of_page()?).start();
        Some(())
    });
    in_page(|| view! { <p id="connection" role="status" data-status="idle"></p> })
}

struct Live {
    sheet: Element,
    form: HtmlFormElement,
    queue: Queue,
    connection: Connection,
    steps: Steps,
    undo: Rc<Undo>,
    running: Cell<bool>,
    /// What was clicked and waits until everything is sent.
    waiting: RefCell<Option<HtmlElement>>,
    /// What the edit under way takes away, in words.
    removal: RefCell<String>,
    opened: Opened,
}

impl Live {
    fn of_page() -> Option<Self> {
        let undo = Rc::new(Undo::of_page()?);
        Some(Self {
            sheet: by_id("sheet")?,
            form: by_id("editor")?,
            queue: Queue::default(),
            connection: Connection::new(by_id("connection")?),
            steps: Steps::new(Rc::clone(&undo)),
            undo,
            running: Cell::new(false),
            waiting: RefCell::default(),
            removal: RefCell::default(),
            opened: Opened::of_page(),
        })
    }

    fn start(self: Rc<Self>) {
        let live = Rc::clone(&self);
        listen(&self.form, "input", move |event| live.typed(&event));
        let live = Rc::clone(&self);
        listen(&self.form, "submit", move |event| live.submitted(&event));
        let live = Rc::clone(&self);
        listen(&document(), "click", move |event| live.clicked(&event));
        let live = Rc::clone(&self);
        listen(&self.sheet, "input", move |event| {
            if let Some(text) = target_of(&event).filter(|target| target.id() == TEXT_BOX) {
                mark_typed(&text);
                live.add(Task::Text);
            }
        });
        let live = Rc::clone(&self);
        listen(&window(), "popstate", move |_| live.visited());
        let live = Rc::clone(&self);
        listen(&window(), "online", move |_| live.connection.give_up());
        let live = Rc::clone(&self);
        listen(&window(), "beforeunload", move |event| {
            if live.is_behind() {
                draft::keep(&text_form().filter(|_| live.has_unread_text()).unwrap_or_else(|| live.form.clone()));
                event.prevent_default();
            }
        });
        let live = Rc::clone(&self);
        listen_first(&self.sheet, "click", move |event| live.taken_away(&event));
        let live = Rc::clone(&self);
        draft::offer(&self.form, move |is_text| {
            live.add(if is_text { Task::Text } else { Task::Typed(String::new()) });
        });
        self.undo.start();
        picture::start(&self.sheet);
        highlight::start(&self.sheet);
        text_follower::start();
        recent::keep();
        _ = document().document_element().map(|root| root.set_attribute("data-live", ""));
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

    fn visited(self: &Rc<Self>) {
        self.steps.moved();
        if here().split('#').next() != Some(self.form.action().as_str()) {
            self.add(Task::Visit);
        }
    }

    /// True if the document on the page is not yet what was typed.
    fn is_behind(&self) -> bool {
        self.connection.is_troubled() || !self.queue.is_empty() || self.has_unsent_text() || self.has_unread_text()
    }

    /// True if there is a text of which the document is not made, because it is not sent yet or cannot be read.
    fn has_unread_text(&self) -> bool {
        self.sheet.query_selector(UNREAD_TEXT).is_ok_and(|found| found.is_some())
    }

    /// What hands out the document is clicked again when the document is what was typed.
    fn taken_away(&self, event: &Event) {
        let target = target_of(event).and_then(|target| target.closest(TAKES_AWAY).ok().flatten());
        if let Some(target) = target.filter(|_| self.is_behind()) {
            event.prevent_default();
            event.stop_immediate_propagation();
            *self.waiting.borrow_mut() = target.dyn_into().ok();
        }
    }

    fn add(self: &Rc<Self>, task: Task) {
        mark_behind(true);
        match self.queue.add(task) {
            Added::Waits => {}
            Added::Restarts => self.connection.give_up(),
            Added::Dropped => self.connection.say_waiting(),
        }
        if !self.running.replace(true) {
            spawn_local(Rc::clone(self).run());
        }
    }

    async fn run(self: Rc<Self>) {
        while let Some(task) = self.queue.first() {
            let form = text_form().filter(|_| task == Task::Text).unwrap_or_else(|| self.form.clone());
            mark_sent(&form);
            self.queue.all_is_sent();
            let answer = self.connection.exchange(async |signal| match &task {
                Task::Typed(_) | Task::Text => exchange::post(&form, "", signal).await,
                Task::Edit(edit) => exchange::post(&form, edit, signal).await,
                Task::Visit => exchange::get(&here(), signal).await,
            });
            let Some(answer) = answer.await else { continue };
            if matches!(task, Task::Edit(_)) && self.has_unsent_text() {
                continue;
            }
            self.queue.first_is_done();
            self.show(&task, &answer);
        }
        self.running.set(false);
        mark_behind(false);
        if let Some(waiting) = self.waiting.take() {
            waiting.click();
        }
    }

    fn has_unsent_text(&self) -> bool {
        self.form.query_selector(TYPED_INPUTS).is_ok_and(|found| found.is_some())
    }

    fn show(&self, task: &Task, answer: &Answer) {
        let Some(sheet) = answer.sheet() else { return self.connection.say(&answer.words()) };
        let destination = answer.destination();
        morph(&self.sheet, &sheet, matches!(task, Task::Typed(_) | Task::Text));
        document().set_title(&answer.title());
        self.opened.show();
        if let Some(Destination { page, field }) = destination {
            self.steps.remember(task, &page);
            self.undo.say(&self.removal.take());
            if let Some(target) = by_id(&field).filter(|_| !self.has_unsent_text()) {
                go_to(&target);
            }
        }
        picture::release(&self.sheet);
        highlight::focused(&self.sheet);
    }
}

/// The address in the address bar.
fn here() -> String {
    window().location().href().unwrap_or_default()
}

/// Tells the page whether what it shows is behind what was typed.
fn mark_behind(is_behind: bool) {
    if let Some(root) = document().document_element() {
        _ = root.toggle_attribute_with_force("data-behind", is_behind);
    }
}

//! Sends the form in the background as it is typed into, and puts the server's answer in its place.
//!
//! Without this island the same form works with its buttons. One exchange runs at a time and takes the whole form along.
//! Typing makes an exchange stale: it is given up and starts again with what is typed by then, so the newest answer wins and
//! no edit moves an input while something is typed into it. An exchange that fails is repeated until it
//! succeeds, or a proxy on the way is known to let none through.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlSelectElement, SubmitEvent};

use super::connection::Connection;
use super::events::{by_id, each, in_browser, listen, sleep, target_of};
use super::exchange::{self, Answer, Destination, EDIT};
use super::highlight;
use super::history::Steps;
use super::morph::{TYPED, TYPED_INPUTS, morph};
use super::queue::{Added, Queue, Task};

/// How long typing has to rest before it is sent, in milliseconds.
const REST: i32 = 150;

/// The line that tells of a slow or lost connection. The form works without it, by its buttons.
#[island]
pub fn LiveForm() -> impl IntoView {
    in_browser(|| {
        Rc::new(Live::of_page()?).start();
        Some(())
    });
    view! { <p id="connection" role="status" data-status="idle"></p> }
}

struct Live {
    sheet: Element,
    form: HtmlFormElement,
    queue: Queue,
    connection: Connection,
    steps: Steps,
    running: Cell<bool>,
    /// Counts the inputs, so that the last of a burst can be told.
    inputs: Cell<u32>,
}

impl Live {
    fn of_page() -> Option<Self> {
        Some(Self {
            sheet: by_id("sheet")?,
            form: by_id("editor")?,
            queue: Queue::default(),
            connection: Connection::new(by_id("connection")?),
            steps: Steps::default(),
            running: Cell::new(false),
            inputs: Cell::new(0),
        })
    }

    fn start(self: Rc<Self>) {
        let live = Rc::clone(&self);
        listen(&self.form, "input", move |event| live.typed(&event));
        let live = Rc::clone(&self);
        listen(&self.form, "submit", move |event| live.submitted(&event));
        let live = Rc::clone(&self);
        listen(&self.sheet, "click", move |event| live.clicked(&event));
        let live = Rc::clone(&self);
        listen(&window(), "popstate", move |_| live.visited());
        let live = Rc::clone(&self);
        listen(&window(), "online", move |_| live.connection.give_up());
        let live = Rc::clone(&self);
        listen(&window(), "beforeunload", move |event| {
            if live.connection.is_troubled() {
                event.prevent_default();
            }
        });
        highlight::start(&self.sheet);
        _ = document().document_element().map(|root| root.set_attribute("data-live", ""));
        if exchange::is_edited(&self.form) {
            self.add(Task::Typed(String::new()));
        }
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        let Some(input) = target_of(event) else { return };
        let name = input.get_attribute("name").unwrap_or_default();
        if name == EDIT {
            let edit = input.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default();
            return self.add(Task::Edit(edit));
        }
        _ = input.set_attribute(TYPED, "");
        let count = self.inputs.get().wrapping_add(1);
        self.inputs.set(count);
        let live = Rc::clone(self);
        spawn_local(async move {
            sleep(REST).await;
            if live.inputs.get() == count && live.has_unsent_text() {
                live.add(Task::Typed(name));
            }
        });
    }

    fn submitted(self: &Rc<Self>, event: &Event) {
        event.prevent_default();
        let submitter = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let edit = submitter.and_then(|button| button.get_attribute("value")).unwrap_or_default();
        self.add(Task::Edit(edit));
    }

    /// A link within the page leads to its target without a step in the history, where Back is undo.
    fn clicked(&self, event: &Event) {
        let link = target_of(event).and_then(|target| target.closest("a[href^='#']").ok().flatten());
        let Some(target) = link.and_then(|link| link.get_attribute("href")) else { return };
        if let Some(target) = document().get_element_by_id(&target[1..]) {
            event.prevent_default();
            if !self.form.contains(Some(&target)) {
                target.scroll_into_view();
            }
            focus(&target);
        }
    }

    fn visited(self: &Rc<Self>) {
        let here = window().location().href().unwrap_or_default();
        self.steps.moved();
        if here.split('#').next() != Some(self.form.action().as_str()) {
            self.add(Task::Visit);
        }
    }

    fn add(self: &Rc<Self>, task: Task) {
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
            self.mark_sent();
            let answer = self.connection.exchange(async |signal| match &task {
                Task::Typed(_) => exchange::post(&self.form, "", signal).await,
                Task::Edit(edit) => exchange::post(&self.form, edit, signal).await,
                Task::Visit => exchange::get(signal).await,
            });
            let Some(answer) = answer.await else { continue };
            if matches!(task, Task::Edit(_)) && self.has_unsent_text() {
                continue;
            }
            self.queue.first_is_done();
            self.show(&task, &answer);
        }
        self.running.set(false);
    }

    /// What stands in the inputs now is on its way; what is typed from here on is not.
    fn mark_sent(&self) {
        each(&self.form, TYPED_INPUTS, |input| _ = input.remove_attribute(TYPED));
    }

    fn has_unsent_text(&self) -> bool {
        self.form.query_selector(TYPED_INPUTS).is_ok_and(|found| found.is_some())
    }

    fn show(&self, task: &Task, answer: &Answer) {
        let Some(sheet) = answer.sheet() else { return self.connection.say(&answer.words()) };
        let destination = answer.destination();
        morph(&self.sheet, &sheet, matches!(task, Task::Typed(_)));
        document().set_title(&answer.title());
        if let Some(Destination { page, field }) = destination {
            self.steps.remember(task, &page);
            if let Some(target) = document().get_element_by_id(&field).filter(|_| !self.has_unsent_text()) {
                focus(&target);
            }
        }
        highlight::focused(&self.sheet);
    }
}

/// Goes to `target` and opens the folds around it.
fn focus(target: &Element) {
    let mut around = target.parent_element();
    while let Some(element) = around {
        if element.tag_name() == "DETAILS" {
            _ = element.set_attribute("open", "");
        }
        around = element.parent_element();
    }
    if let Some(target) = target.dyn_ref::<HtmlElement>() {
        _ = target.focus();
    }
}

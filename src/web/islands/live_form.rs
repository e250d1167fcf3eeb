//! Sends the form in the background as it is typed into, and puts the server's answer in its place.
//!
//! Without this island the same form works with its buttons. One exchange runs at a time and takes the whole form along. What
//! is typed meanwhile goes with the next, which starts as soon as the answer is there. An edit that is under way starts again
//! with what is typed, so that none moves an input while something is typed into it. An exchange that fails is repeated until it
//! succeeds, or a proxy on the way is known to let none through.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlFormElement};

use super::connection::{Connection, SENDING, mark_page};
use super::draft;
use super::events::{by_id, go_to, in_browser, in_page};
use super::exchange::{Answer, Destination, Request};
use super::highlight;
use super::history::Steps;
use super::live_events::TAKES_BACK;
use super::morph::morph;
use super::opened::Opened;
use super::picture;
use super::queue::{Added, Queue};
use super::task::Task;
use super::typed::{TYPED_INPUTS, mark_sent, mark_unsent, text_form};
use super::undo::Undo;

/// The time in which the browser draws what has changed, in milliseconds.
const FRAME: i32 = 20;
/// Where a text is edited of which the document is not made.
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

/// The form as it is sent.
pub(super) struct Live {
    pub(super) sheet: Element,
    pub(super) form: HtmlFormElement,
    queue: Queue,
    pub(super) connection: Connection,
    pub(super) steps: Steps,
    pub(super) undo: Rc<Undo>,
    running: Cell<bool>,
    /// What was clicked and waits until everything is sent.
    pub(super) waiting: RefCell<Option<HtmlElement>>,
    /// What the edit under way takes away, in words.
    pub(super) removal: RefCell<String>,
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

    /// True if the document on the page is not yet what was typed.
    pub(super) fn is_behind(&self) -> bool {
        self.connection.is_troubled() || !self.queue.is_empty() || self.has_unsent_text() || self.has_unread_text()
    }

    /// True if something was typed that is in no document: it is not sent yet, or was refused.
    pub(super) fn has_more_than_document(&self) -> bool {
        self.is_behind() || by_id::<Element>("refusals").is_some()
    }

    /// True while something of which a document will be made is on its way.
    pub(super) fn is_sending(&self) -> bool {
        self.running.get() && !matches!(self.queue.first(), Some(Task::Visit))
    }

    /// Keeps what was typed and is in no document, to be offered again.
    pub(super) fn keep_draft(&self) {
        if self.has_more_than_document() {
            draft::keep(&text_form().filter(|_| self.has_unread_text()).unwrap_or_else(|| self.form.clone()));
        }
    }

    /// True if there is a text of which the document is not made, because it is not sent yet or cannot be read.
    pub(super) fn has_unread_text(&self) -> bool {
        self.sheet.query_selector(UNREAD_TEXT).is_ok_and(|found| found.is_some())
    }

    pub(super) fn add(self: &Rc<Self>, task: Task) {
        mark_page(SENDING, true);
        if matches!(task, Task::Text) && self.is_sending() && !self.undo.is_unsettled() {
            mark_unsent(&self.form);
        }
        match self.queue.add(task) {
            Added::Waits if self.undo.is_unsettled() => self.connection.wake(),
            Added::Waits => {}
            Added::Restarts => self.connection.give_up(),
            Added::Dropped => self.connection.say_waiting(),
        }
        if !self.running.replace(true) {
            spawn_local(Rc::clone(self).run());
        }
    }

    async fn run(self: Rc<Self>) {
        while let Some(task) = self.next() {
            let form = text_form().filter(|_| matches!(task, Task::Text)).unwrap_or_else(|| self.form.clone());
            mark_sent(&form);
            self.queue.all_is_sent();
            let answer = self.connection.exchange(match &task {
                Task::Visit => Ok(Request::get(here())),
                _ => Request::post(&form, task.edit()),
            });
            let Some(answer) = answer.await else { continue };
            if matches!(task, Task::Edit(_)) && self.has_unsent_text() {
                continue;
            }
            self.queue.first_is_done();
            if answer.sheet().is_none() {
                mark_unsent(&form);
            }
            self.show(&task, &answer);
            self.settle().await;
        }
        self.running.set(false);
        mark_page(SENDING, false);
        self.undo.go_on();
        if let Some(waiting) =
            self.waiting.take().filter(|target| target.matches(TAKES_BACK).unwrap_or_default() || !self.is_behind())
        {
            waiting.click();
        }
    }

    /// Puts the address of the document into the address bar: after the frame that shows it, because it takes the browser as long
    /// as the answer takes the server, unless something waits to be sent.
    async fn settle(&self) {
        if self.undo.is_unsettled() && self.next().is_none() {
            self.connection.pause(FRAME).await;
        }
        self.undo.settle();
    }

    /// What is to be sent next. What is about the form waits for a text that can be read.
    fn next(&self) -> Option<Task> {
        self.queue.first().filter(|task| matches!(task, Task::Text | Task::Visit) || !self.has_unread_text())
    }

    /// Sends what the server, or a proxy on the way, has not taken.
    pub(super) fn send_again(self: &Rc<Self>) {
        if !self.running.get() {
            self.add(if self.has_unread_text() { Task::Text } else { Task::Typed(String::new()) });
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
        draft::offer(&self.form);
        picture::release(&self.sheet);
        highlight::focused(&self.sheet);
    }
}

/// The address in the address bar.
pub(super) fn here() -> String {
    window().location().href().unwrap_or_default()
}

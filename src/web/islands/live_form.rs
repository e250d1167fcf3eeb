//! Sends the form in the background as it is typed into, and puts the server's answer in its place.
//!
//! Without this island the same form works with its buttons. One exchange runs at a time. What is typed while it runs goes out
//! next, and an exchange that typing has made stale is given up, so the newest answer wins. An exchange that fails is
//! repeated until it succeeds; nothing typed is lost meanwhile.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::{AbortController, Element, Event, HtmlElement, HtmlFormElement, SubmitEvent};

use super::events::{listen, sleep};
use super::exchange::{self, Answer};
use super::highlight;
use super::morph::{Inputs, TYPED, morph};

/// How long typing has to rest before it is sent, in milliseconds.
const REST: i32 = 150;
/// After this time without an answer the page says so.
const SLOW: i32 = 1_000;
/// After this time without an answer an exchange is taken for lost.
const LOST: i32 = 20_000;
/// The longest time between two attempts.
const LONGEST_PAUSE: i32 = 15_000;

#[derive(Clone, Copy, PartialEq)]
enum Status {
    Idle,
    Slow,
    Offline,
    Refused,
}

impl Status {
    fn text(self) -> &'static str {
        match self {
            Self::Idle => "",
            Self::Slow => "Waiting for the server…",
            Self::Offline => "No connection. What you typed is kept here and sent again.",
            Self::Refused => "The server could not read the form. What you typed is still here.",
        }
    }
}

/// Something to be sent.
#[derive(Clone, PartialEq)]
enum Task {
    /// What was typed into the input of that name.
    Typed(String),
    /// The edit of a button; empty for a choice, which the form carries itself.
    Edit(String),
    /// The document at the address in the address bar.
    Visit,
}

/// The line that tells of a slow or lost connection. The form works without it, by its buttons.
#[island]
pub fn LiveForm() -> impl IntoView {
    let status = RwSignal::new(Status::Idle);
    Effect::new(move || {
        if let Some(live) = Live::of_page(status) {
            Rc::new(live).start();
        }
    });
    view! {
        <p id="connection" role="status" data-status=move || if status.get() == Status::Idle { "idle" } else { "waiting" }>
            {move || status.get().text()}
        </p>
    }
}

struct Live {
    sheet: Element,
    form: HtmlFormElement,
    status: RwSignal<Status>,
    tasks: RefCell<VecDeque<Task>>,
    running: Cell<bool>,
    /// Ends the exchange that is under way.
    abort: RefCell<Option<AbortController>>,
    /// Counts the inputs, so that the last of a burst can be told.
    inputs: Cell<u32>,
    /// The input whose typing the current entry of the history stands for.
    entry: RefCell<Option<String>>,
}

impl Live {
    fn of_page(status: RwSignal<Status>) -> Option<Self> {
        Some(Self {
            sheet: document().get_element_by_id("sheet")?,
            form: document().get_element_by_id("editor")?.dyn_into().ok()?,
            status,
            tasks: RefCell::default(),
            running: Cell::new(false),
            abort: RefCell::default(),
            inputs: Cell::new(0),
            entry: RefCell::default(),
        })
    }

    fn start(self: Rc<Self>) {
        let live = Rc::clone(&self);
        listen(&self.form, "input", move |event| live.typed(&event));
        let live = Rc::clone(&self);
        listen(&self.form, "submit", move |event| live.submitted(&event));
        let live = Rc::clone(&self);
        listen(&window(), "popstate", move |_| live.visited());
        let live = Rc::clone(&self);
        listen(&window(), "online", move |_| live.give_up());
        highlight::start(&self.sheet);
        _ = document().document_element().map(|root| root.set_attribute("data-live", ""));
    }

    fn typed(self: &Rc<Self>, event: &Event) {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let name = input.get_attribute("name").unwrap_or_default();
        if name == "edit" {
            return self.add(Task::Edit(String::new()));
        }
        _ = input.set_attribute(TYPED, "");
        let count = self.inputs.get().wrapping_add(1);
        self.inputs.set(count);
        let live = Rc::clone(self);
        spawn_local(async move {
            sleep(REST).await;
            if live.inputs.get() == count {
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

    fn visited(self: &Rc<Self>) {
        let here = window().location().href().unwrap_or_default();
        if here.split('#').next() != Some(self.form.action().as_str()) {
            self.add(Task::Visit);
        }
    }

    /// Ends the exchange under way; it starts again at once.
    fn give_up(&self) {
        if let Some(abort) = self.abort.borrow().as_ref() {
            abort.abort();
        }
    }

    fn add(self: &Rc<Self>, task: Task) {
        let mut tasks = self.tasks.borrow_mut();
        let stale = matches!(tasks.front(), Some(Task::Typed(_)));
        tasks.retain(|task| !matches!(task, Task::Typed(_)));
        tasks.push_back(task);
        drop(tasks);
        if stale {
            self.give_up();
        }
        if !self.running.replace(true) {
            spawn_local(Rc::clone(self).run());
        }
    }

    async fn run(self: Rc<Self>) {
        let mut failures = 0;
        while let Some(task) = self.next_task() {
            match self.exchange(&task).await {
                Some(answer) => {
                    failures = 0;
                    self.done(&task);
                    self.show(&task, &answer);
                }
                None if self.next_task().as_ref() == Some(&task) => {
                    failures += 1;
                    self.status.set(Status::Offline);
                    sleep((500 << failures.min(5)).min(LONGEST_PAUSE)).await;
                }
                None => {}
            }
        }
        self.running.set(false);
    }

    fn next_task(&self) -> Option<Task> {
        self.tasks.borrow().front().cloned()
    }

    fn done(&self, task: &Task) {
        let mut tasks = self.tasks.borrow_mut();
        if tasks.front() == Some(task) {
            tasks.pop_front();
        }
    }

    async fn exchange(self: &Rc<Self>, task: &Task) -> Option<Answer> {
        let abort = AbortController::new().ok()?;
        let signal = abort.signal();
        *self.abort.borrow_mut() = Some(abort.clone());
        let finished = Rc::new(Cell::new(false));
        self.watch(abort, Rc::clone(&finished));
        self.mark_sent();
        let answer = match task {
            Task::Typed(_) => exchange::post(&self.form, "", &signal).await,
            Task::Edit(edit) => exchange::post(&self.form, edit, &signal).await,
            Task::Visit => exchange::get(&window().location().href().unwrap_or_default(), &signal).await,
        };
        finished.set(true);
        answer.ok()
    }

    /// Tells of a slow exchange, and ends one that is lost.
    fn watch(&self, abort: AbortController, finished: Rc<Cell<bool>>) {
        let status = self.status;
        spawn_local(async move {
            sleep(SLOW).await;
            if finished.get() {
                return;
            }
            status.update(|status| {
                if *status == Status::Idle {
                    *status = Status::Slow;
                }
            });
            sleep(LOST - SLOW).await;
            if !finished.get() {
                abort.abort();
            }
        });
    }

    /// What stands in the inputs now is on its way; what is typed from here on is not.
    fn mark_sent(&self) {
        let Ok(typed) = self.form.query_selector_all(&format!("[{TYPED}]")) else { return };
        for index in 0..typed.length() {
            if let Some(input) = typed.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
                _ = input.remove_attribute(TYPED);
            }
        }
    }

    fn show(&self, task: &Task, answer: &Answer) {
        let Some(sheet) = answer.page.get_element_by_id("sheet") else {
            return self.status.set(Status::Refused);
        };
        self.status.set(Status::Idle);
        let inputs = if *task == Task::Visit { Inputs::Replace } else { Inputs::Keep };
        morph(&self.sheet, &sheet, inputs);
        document().set_title(&answer.page.title());
        if let Some(address) = &answer.address {
            self.remember(task, address);
        }
    }

    fn remember(&self, task: &Task, address: &str) {
        let (page, field) = address.split_once('#').unwrap_or((address, ""));
        let location = window().location();
        if *task != Task::Visit && location.pathname().ok().as_deref() != Some(page) {
            self.write_history(task, page);
        }
        if matches!(task, Task::Edit(_)) && !field.is_empty() {
            focus(field);
        }
    }

    /// Typing into one input is one step back; so is every edit.
    fn write_history(&self, task: &Task, page: &str) {
        let name = match task {
            Task::Typed(name) => Some(name.clone()),
            _ => None,
        };
        let goes_on = name.is_some() && *self.entry.borrow() == name;
        *self.entry.borrow_mut() = name;
        let Ok(history) = window().history() else { return };
        let state = leptos::wasm_bindgen::JsValue::NULL;
        _ = if goes_on {
            history.replace_state_with_url(&state, "", Some(page))
        } else {
            history.push_state_with_url(&state, "", Some(page))
        };
    }
}

/// Goes to the element for a field and opens the folds around it.
fn focus(field: &str) {
    let Some(target) = document().get_element_by_id(field) else { return };
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

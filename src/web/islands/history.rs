//! The steps that the browser's Back goes through.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::window;

use super::task::Task;
use super::undo::Undo;

/// Typing into one input is one step; so is every edit.
pub(super) struct Steps {
    undo: Rc<Undo>,
    /// The input whose typing the current entry of the history stands for.
    typing: RefCell<Option<String>>,
}

impl Steps {
    pub(super) fn new(undo: Rc<Undo>) -> Self {
        Self { undo, typing: RefCell::default() }
    }

    /// Notes that `task` led to `page`.
    pub(super) fn remember(&self, task: &Task, page: &str) {
        let location = window().location();
        if location.pathname().unwrap_or_default() + &location.search().unwrap_or_default() == page {
            return;
        }
        let name = match task {
            Task::Typed(name) => Some(name.clone()),
            Task::Text => Some("text".to_owned()),
            _ => None,
        };
        let goes_on = name.is_some() && *self.typing.borrow() == name;
        *self.typing.borrow_mut() = name;
        self.undo.enter(page, !goes_on);
    }

    /// Notes that the browser went to an entry of its own accord: what is typed next is a step from there.
    pub(super) fn moved(&self) {
        *self.typing.borrow_mut() = None;
        self.undo.moved();
    }
}

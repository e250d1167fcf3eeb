//! The steps that the browser's Back goes through.

use std::cell::RefCell;

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;

use super::queue::Task;

/// Typing into one input is one step; so is every edit.
#[derive(Default)]
pub(super) struct Steps {
    /// The input whose typing the current entry of the history stands for.
    typing: RefCell<Option<String>>,
}

impl Steps {
    /// Notes that `task` led to `page`.
    pub(super) fn remember(&self, task: &Task, page: &str) {
        let location = window().location();
        if location.pathname().unwrap_or_default() + &location.search().unwrap_or_default() == page {
            return;
        }
        let name = match task {
            Task::Typed(name) => Some(name.clone()),
            _ => None,
        };
        let goes_on = name.is_some() && *self.typing.borrow() == name;
        *self.typing.borrow_mut() = name;
        let Ok(history) = window().history() else { return };
        _ = if goes_on {
            history.replace_state_with_url(&JsValue::NULL, "", Some(page))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(page))
        };
    }

    /// Notes that the browser went to an entry of its own accord: what is typed next is a step from there.
    pub(super) fn moved(&self) {
        *self.typing.borrow_mut() = None;
    }
}

//! What is to be sent, in its order.

use std::cell::RefCell;

/// Something to be sent.
#[derive(Clone, PartialEq)]
pub(super) enum Task {
    /// What was typed into the input of that name.
    Typed(String),
    /// The edit of a button or of a choice, with what was typed; a submission without an edit is empty.
    Edit(String),
    /// Nothing: the document at the address in the address bar is asked for.
    Visit,
}

/// What becomes of a task that is added.
#[derive(PartialEq)]
pub(super) enum Added {
    /// It waits for those before it.
    Waits,
    /// The task under way has to start again, with what is in the form now.
    Restarts,
    /// It was dropped: what is before it may move what it is about to another place.
    Dropped,
}

/// The tasks that wait, the first of them under way.
#[derive(Default)]
pub(super) struct Queue(RefCell<Vec<Task>>);

impl Queue {
    pub(super) fn first(&self) -> Option<Task> {
        self.0.borrow().first().cloned()
    }

    pub(super) fn first_is_done(&self) {
        self.0.borrow_mut().remove(0);
    }

    pub(super) fn add(&self, task: Task) -> Added {
        let mut tasks = self.0.borrow_mut();
        let edits = || tasks.iter().filter_map(|task| if let Task::Edit(edit) = task { Some(edit) } else { None });
        let added = match &task {
            Task::Visit => {
                tasks.clear();
                Added::Restarts
            }
            // Every edit takes the whole form along.
            Task::Typed(_) if edits().next().is_some() => return Added::Restarts,
            Task::Edit(edit) if edit.is_empty() && edits().next().is_some() => return Added::Restarts,
            Task::Edit(_) if tasks.contains(&Task::Visit) || edits().any(|edit| shifts(edit)) => return Added::Dropped,
            Task::Typed(_) | Task::Edit(_) => {
                let stale = matches!(tasks.first(), Some(Task::Typed(_)));
                tasks.retain(|task| !matches!(task, Task::Typed(_)));
                if stale { Added::Restarts } else { Added::Waits }
            }
        };
        tasks.push(task);
        added
    }
}

/// True unless every item of the document keeps its place.
fn shifts(edit: &str) -> bool {
    !(edit.is_empty() || edit.starts_with("add") || edit.starts_with("share"))
}

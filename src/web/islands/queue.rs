//! What is to be sent, in its order.

use std::cell::RefCell;
use std::mem;

use super::task::Task;

/// What becomes of a task that is added.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Debug))]
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

    /// Everything that was typed into the form, or into the text, is on its way with the first task.
    pub(super) fn all_is_sent(&self) {
        let mut tasks = self.0.borrow_mut();
        let is_text = matches!(tasks.first(), Some(Task::Text));
        drop_waiting(&mut tasks, is_text);
    }

    /// True if nothing waits and nothing is under way.
    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(super) fn add(&self, task: Task) -> Added {
        let mut tasks = self.0.borrow_mut();
        let has_edits = tasks.iter().any(|task| matches!(task, Task::Edit(_)));
        let added = match &task {
            Task::Visit => {
                tasks.clear();
                Added::Restarts
            }
            Task::Text => return add_text(&mut tasks),
            // Every edit takes the whole form along.
            Task::Typed(_) if has_edits => return Added::Restarts,
            Task::Edit(edit) if edit.is_empty() && has_edits => return Added::Restarts,
            Task::Edit(_) if tasks.iter().any(Task::shifts) => return Added::Dropped,
            // The answer to older text is shown first, so that the preview moves while somebody types fast.
            Task::Typed(_) => {
                drop_waiting(&mut tasks, false);
                Added::Waits
            }
            Task::Edit(_) => {
                let stale = matches!(tasks.first(), Some(Task::Typed(_)));
                tasks.retain(|task| !matches!(task, Task::Typed(_)));
                if stale { Added::Restarts } else { Added::Waits }
            }
        };
        tasks.push(task);
        added
    }
}

/// The text goes before what is about the form: it was typed without what the form would change of it, while the form is applied
/// to any text.
fn add_text(tasks: &mut Vec<Task>) -> Added {
    drop_waiting(tasks, true);
    let is_about_form = matches!(tasks.first(), Some(Task::Typed(_) | Task::Edit(_)));
    tasks.insert(usize::from(!is_about_form && !tasks.is_empty()), Task::Text);
    if is_about_form { Added::Restarts } else { Added::Waits }
}

/// Drops what was typed into the text, or else into the form, and is not under way.
fn drop_waiting(tasks: &mut Vec<Task>, is_text: bool) {
    let mut is_waiting = false;
    tasks.retain(|task| {
        let is_typed = if is_text { matches!(task, Task::Text) } else { matches!(task, Task::Typed(_)) };
        !(mem::replace(&mut is_waiting, true) && is_typed)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str) -> Task {
        Task::Typed(name.to_owned())
    }
    fn edit(text: &str) -> Task {
        Task::Edit(text.to_owned())
    }

    /// A queue to which `tasks` were added, and what became of the last of them.
    fn queue(tasks: &[Task]) -> (Vec<Task>, Added) {
        let queue = Queue::default();
        let added = tasks.iter().map(|task| queue.add(task.clone())).last();
        (queue.0.take(), added.expect("there are tasks"))
    }

    #[test]
    fn the_first_task_is_under_way_until_it_is_done() {
        let queue = Queue::default();
        assert_eq!(queue.first(), None);
        queue.add(edit("add spec.volumes"));
        queue.add(edit("remove spec.volumes[0]"));
        assert_eq!(queue.first(), Some(edit("add spec.volumes")));
        queue.first_is_done();
        assert_eq!(queue.first(), Some(edit("remove spec.volumes[0]")));
        queue.first_is_done();
        assert_eq!(queue.first(), None);
    }

    #[test]
    fn newer_text_waits_for_what_is_under_way_and_takes_the_place_of_older_text() {
        assert_eq!(queue(&[typed("a")]), (vec![typed("a")], Added::Waits));
        assert_eq!(queue(&[typed("a"), typed("b")]), (vec![typed("a"), typed("b")], Added::Waits));
        assert_eq!(queue(&[typed("a"), typed("b"), typed("c")]), (vec![typed("a"), typed("c")], Added::Waits));
    }

    #[test]
    fn text_that_waits_goes_along_with_what_is_sent() {
        let queue = Queue::default();
        queue.add(typed("a"));
        queue.add(typed("b"));
        queue.all_is_sent();
        assert_eq!((queue.first(), queue.0.borrow().len()), (Some(typed("a")), 1));
        queue.first_is_done();
        assert!(queue.is_empty());
    }

    #[test]
    fn the_text_of_the_document_is_sent_by_itself() {
        assert_eq!(queue(&[Task::Text, Task::Text, Task::Text]), (vec![Task::Text, Task::Text], Added::Waits));
        assert_eq!(queue(&[Task::Text, typed("a")]), (vec![Task::Text, typed("a")], Added::Waits));
        assert_eq!(queue(&[Task::Visit, Task::Text]), (vec![Task::Visit, Task::Text], Added::Waits));
        let queue = Queue::default();
        for task in [Task::Text, Task::Text, typed("a")] {
            queue.add(task);
        }
        queue.all_is_sent();
        assert_eq!(queue.0.take(), [Task::Text, typed("a")]);
    }

    #[test]
    fn the_text_goes_before_what_is_about_the_form() {
        for form in [typed("a"), edit("add spec.volumes"), edit("remove spec.volumes[0]")] {
            assert_eq!(queue(&[form.clone(), Task::Text]), (vec![Task::Text, form.clone()], Added::Restarts));
            assert_eq!(queue(&[Task::Text, form.clone(), Task::Text]).0, [Task::Text, Task::Text, form.clone()]);
        }
    }

    #[test]
    fn text_goes_along_with_the_edit_that_waits() {
        for first in ["add spec.volumes", "remove spec.volumes[0]", ""] {
            assert_eq!(queue(&[edit(first), typed("a")]), (vec![edit(first)], Added::Restarts), "{first}");
            assert_eq!(queue(&[edit(first), edit("")]), (vec![edit(first)], Added::Restarts), "{first}");
        }
    }

    #[test]
    fn an_edit_takes_the_text_before_it_along() {
        let add = edit("add spec.volumes");
        assert_eq!(queue(&[typed("a"), add.clone()]), (vec![add], Added::Restarts));
    }

    #[test]
    fn edits_that_keep_every_place_wait_for_each_other() {
        for first in ["add spec.volumes", "add-sidecar spec.initContainers", "share spec.volumes[0] spec.containers[0]", ""] {
            let later = edit("up spec.containers[1]");
            assert_eq!(queue(&[edit(first), later.clone()]), (vec![edit(first), later], Added::Waits), "{first}");
        }
    }

    #[test]
    fn nothing_is_pressed_behind_an_edit_that_moves_places() {
        for first in
            ["remove spec.volumes[0]", "up spec.containers[1]", "duplicate spec.containers[0]", "role spec.containers[0] init"]
        {
            assert_eq!(queue(&[edit(first), edit("add spec.volumes")]), (vec![edit(first)], Added::Dropped), "{first}");
        }
    }

    #[test]
    fn a_visit_replaces_everything_and_lets_nothing_be_pressed() {
        assert_eq!(queue(&[typed("a"), edit("add spec.volumes"), Task::Visit]), (vec![Task::Visit], Added::Restarts));
        assert_eq!(queue(&[Task::Visit, edit("add spec.volumes")]), (vec![Task::Visit], Added::Dropped));
        assert_eq!(queue(&[Task::Visit, typed("a")]), (vec![Task::Visit, typed("a")], Added::Waits));
    }
}

//! Lets the runtime go on where one of its threads works for long.
//!
//! Work is done on the threads of the runtime themselves: handing each request to a thread of another pool and back costs a
//! third of what a small request takes. But what a thread has yet to do waits until its work is done, and so does the whole
//! network if the thread was the one that watched it. As soon as a piece of work takes longer than a tick, the watchdog
//! therefore gives the runtime something else to do, which wakes an idle thread; it takes over what the other has left, and
//! watches the network from then on. There is one thread more than can be at work at once, so one is always idle.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;

/// How long work goes unnoticed, at least; at most twice as long. Ordinary requests are done within it.
const TICK: Duration = Duration::from_millis(5);

/// Watches over the work that is done on the threads of a runtime.
#[derive(Default)]
pub struct Watchdog {
    state: Mutex<State>,
    begun: Condvar,
}

#[derive(Default)]
struct State {
    tick: u64,
    /// Pieces of work that have begun in this tick.
    new: usize,
    /// Pieces of work that have begun in earlier ones.
    old: usize,
    asleep: bool,
    closed: bool,
}

impl Watchdog {
    /// Watches in a thread of its own, until what is returned is dropped.
    pub fn watch(self: &Arc<Self>, runtime: Handle) -> Watch {
        let watchdog = Arc::clone(self);
        // Without the thread, long work is only slower to make way.
        _ = thread::Builder::new().name("watchdog".to_owned()).spawn(move || watchdog.run(&runtime));
        Watch(Arc::clone(self))
    }

    /// Notes that a piece of work begins, which ends when what is returned is dropped.
    pub fn begin(self: &Arc<Self>) -> Work {
        let mut state = self.state();
        state.new += 1;
        let tick = state.tick;
        if std::mem::take(&mut state.asleep) {
            self.begun.notify_one();
        }
        Work { watchdog: Arc::clone(self), tick }
    }

    fn run(&self, runtime: &Handle) {
        loop {
            let mut state = self.state();
            while state.new + state.old == 0 && !state.closed {
                state.asleep = true;
                state = self.begun.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.closed {
                return;
            }
            let is_long = state.old > 0;
            state.old += std::mem::take(&mut state.new);
            state.tick += 1;
            drop(state);
            if is_long {
                runtime.spawn(async {});
            }
            thread::sleep(TICK);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece of work.
pub struct Work {
    watchdog: Arc<Watchdog>,
    tick: u64,
}

impl Drop for Work {
    fn drop(&mut self) {
        let mut state = self.watchdog.state();
        if self.tick == state.tick {
            state.new -= 1;
        } else {
            state.old -= 1;
        }
    }
}

/// Keeps a watchdog awake.
pub struct Watch(Arc<Watchdog>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.begun.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn others_go_on_while_all_threads_but_one_work() {
        let runtime = Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
        let watchdog = Arc::new(Watchdog::default());
        let _watch = watchdog.watch(runtime.handle().clone());
        let (answer, asked) = channel();
        let workers: Vec<_> = (0..2)
            .map(|_| {
                let (watchdog, answer) = (Arc::clone(&watchdog), answer.clone());
                let (end, ended) = channel::<()>();
                runtime.spawn(async move {
                    // What is begun here waits for the thread on which this runs.
                    tokio::spawn(async move { answer.send(()) });
                    let _work = watchdog.begin();
                    _ = ended.recv();
                });
                end
            })
            .collect();
        for _ in &workers {
            asked.recv().unwrap();
        }
        drop(workers);
    }
}

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
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::sync::mpsc::{Receiver, channel};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::runtime::Builder;

    use super::*;

    const TOO_LONG: Duration = Duration::from_mins(1);

    /// Repeats what each client says. Who says `w` makes a thread work until `end`.
    async fn serve(listener: TcpListener, watchdog: Arc<Watchdog>, end: Arc<Mutex<Receiver<()>>>) {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (watchdog, end) = (Arc::clone(&watchdog), Arc::clone(&end));
            tokio::spawn(async move {
                let byte = socket.read_u8().await.unwrap();
                socket.write_u8(byte).await.unwrap();
                if byte == b'w' {
                    let _work = watchdog.begin();
                    _ = end.lock().map(|end| end.recv());
                }
            });
        }
    }

    fn say(byte: u8, addr: SocketAddr) -> u8 {
        let mut socket = TcpStream::connect(addr).unwrap();
        socket.set_read_timeout(Some(TOO_LONG)).unwrap();
        socket.write_all(&[byte]).unwrap();
        let mut answer = [0];
        socket.read_exact(&mut answer).unwrap();
        answer[0]
    }

    #[test]
    fn the_network_is_watched_while_all_threads_but_one_work() {
        let runtime = Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
        let watchdog = Arc::new(Watchdog::default());
        let _watch = watchdog.watch(runtime.handle().clone());
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let addr = listener.local_addr().unwrap();
        let (end, ended) = channel();
        runtime.spawn(serve(listener, watchdog, Arc::new(Mutex::new(ended))));
        for byte in *b"wwhello" {
            assert_eq!(say(byte, addr), byte);
        }
        drop(end);
    }
}

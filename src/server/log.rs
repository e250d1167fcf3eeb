//! Where the log goes. A log that cannot be written, or only slowly, never keeps the server from its work.

use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

/// As many lines wait to be written; what comes on top of them is lost.
const MAX_LINES: usize = 1024;

/// How long the end of the program waits for the last lines.
const LAST_LINES: Duration = Duration::from_millis(500);

/// What libraries may say, whatever the filter: below this they may repeat what a client sent.
const SILENCED: [&str; 2] = ["axum::rejection=off", "h2=info"];

/// The running log. What was written before this is dropped reaches the error stream, if that takes it.
pub struct Log {
    lines: LineWriter,
}

/// Starts the log of this process on the error stream, with what `filter` lets through.
///
/// # Errors
/// The filter is not one.
pub fn start(filter: &str) -> Result<Log, ParseError> {
    let mut filter = EnvFilter::try_new(filter)?;
    for silenced in SILENCED {
        filter = filter.add_directive(silenced.parse()?);
    }
    let lines = LineWriter::to(io::stderr());
    let log = Log { lines: lines.clone() };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || lines.clone())
        .with_ansi(io::stderr().is_terminal())
        .log_internal_errors(false)
        .finish();
    // Another log of this process stays the only one.
    _ = tracing::subscriber::set_global_default(subscriber);
    // The message of a panic may repeat a part of a document.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a mistake in the program");
    }));
    Ok(log)
}

impl Drop for Log {
    fn drop(&mut self) {
        let (written, wait) = sync_channel(1);
        if self.lines.0.try_send(Message::Tell(written)).is_ok() {
            // There is nobody left to tell that lines were lost.
            _ = wait.recv_timeout(LAST_LINES);
        }
    }
}

enum Message {
    Line(Vec<u8>),
    Tell(SyncSender<()>),
}

/// The way of lines to the thread that writes them.
#[derive(Clone)]
struct LineWriter(SyncSender<Message>);

impl LineWriter {
    /// Lines that a thread of their own writes to `stream`. Without that thread they are lost.
    fn to(stream: impl Write + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(MAX_LINES);
        _ = thread::Builder::new().name("log".to_owned()).spawn(move || write(stream, receiver));
        Self(sender)
    }
}

fn write(mut stream: impl Write, messages: Receiver<Message>) {
    for message in messages {
        match message {
            Message::Line(line) => _ = stream.write_all(&line),
            Message::Tell(written) => _ = written.send(()),
        }
    }
}

impl Write for LineWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        _ = self.0.try_send(Message::Line(line.to_vec()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that takes nothing, and never says so.
    struct Stuck;

    impl Write for Stuck {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            loop {
                thread::park();
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A stream that is full.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_stream_that_takes_nothing_stops_nobody() {
        for mut lines in [LineWriter::to(Stuck), LineWriter::to(Full)] {
            for _ in 0..10 * MAX_LINES {
                lines.write_all(b"a line\n").unwrap();
            }
            drop(Log { lines });
        }
    }
}

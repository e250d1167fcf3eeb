//! Output to a reader that may have seen enough, such as `head`.

use std::io::{self, ErrorKind, Write};

/// Writes to `out` until its reader is gone. What is written then goes nowhere, and is no error: whoever asks for the exit status
/// alone gets it as if all had been read.
pub(super) struct UntilClosed<W> {
    out: W,
    is_closed: bool,
}

impl<W: Write> UntilClosed<W> {
    /// Writes to `out`.
    pub(super) fn new(out: W) -> Self {
        Self { out, is_closed: false }
    }

    /// What `write` brings about, or `lost` where there is no reader.
    fn unless_closed<T>(&mut self, lost: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_closed {
            return Ok(lost);
        }
        match write(&mut self.out) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(lost)
            }
            written => written,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_is_gone_is_no_error() {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut out = UntilClosed::new(writer);
        assert!(out.write_all(b"a").is_ok() && out.write_all(b"b").is_ok() && out.flush().is_ok());
    }

    #[test]
    fn what_is_not_taken_for_another_reason_is_an_error() {
        let mut short = [0; 1];
        let mut out = UntilClosed::new(&mut short[..]);
        assert_eq!(out.write_all(b"ab").unwrap_err().kind(), ErrorKind::WriteZero);
    }
}

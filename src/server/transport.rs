//! The socket of a connection, which tells the [`Connection`] what the client takes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::server::connection::Connection;

/// A socket and what is known of its connection.
pub struct Transport {
    socket: TcpStream,
    connection: Arc<Connection>,
    close: Duration,
    closing: Option<Pin<Box<Sleep>>>,
}

impl Transport {
    /// The transport of `connection` over `socket`, whose client gets the time `close` to read the last answer.
    pub fn new(socket: TcpStream, connection: Arc<Connection>, close: Duration) -> Self {
        Self { socket, connection, close, closing: None }
    }

    fn noted(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Ready(_) => self.connection.wrote(),
            Poll::Pending => self.connection.write_blocked(),
        }
        written
    }
}

impl AsyncRead for Transport {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let room = buffer.remaining();
        ready!(Pin::new(&mut self.socket).poll_read(context, buffer))?;
        if buffer.remaining() == room && room > 0 {
            ready!(self.connection.poll_finished(context));
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Transport {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.noted(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(context, parts);
        self.noted(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    /// Says that nothing more will be sent, and then reads, and forgets, what the client still sends, until it has closed its
    /// side or its time is over. A socket that is closed with bytes unread makes the operating system of the client forget
    /// the answer.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.closing.is_none() {
            ready!(Pin::new(&mut self.socket).poll_shutdown(context))?;
            self.closing = Some(Box::pin(sleep(self.close)));
        }
        let mut forgotten = [0; 4096];
        loop {
            if let Some(closing) = &mut self.closing
                && closing.as_mut().poll(context).is_ready()
            {
                return Poll::Ready(Ok(()));
            }
            let mut buffer = ReadBuf::new(&mut forgotten);
            ready!(Pin::new(&mut self.socket).poll_read(context, &mut buffer))?;
            if buffer.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

impl Drop for Transport {
    /// What a client does not take is forgotten by the operating system too.
    fn drop(&mut self) {
        if self.connection.is_cut() {
            // Where it fails, the operating system keeps it for a while.
            _ = self.socket.set_zero_linger();
        }
    }
}

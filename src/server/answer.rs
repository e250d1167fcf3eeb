//! The body of an answer, which is held for the client only as long as the client has not taken it.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use futures::stream::empty;
use hyper::body::{Frame, SizeHint};

use crate::server::connection::{Connection, Held, Phase};
use crate::server::limits::CHUNK;

/// `bytes` as the body of an answer on `connection`.
///
/// It is handed over in parts of [`CHUNK`] bytes, each a copy, so that a client that has taken most of an answer holds little.
pub fn body(bytes: Bytes, connection: &Arc<Connection>) -> Body {
    let held = connection.try_hold(bytes.len());
    Body::new(Answer { rest: bytes, is_begun: false, held })
}

/// The body of what is answered to `HEAD` for a page that is not made. An empty one would tell that the page has no bytes.
pub fn untold() -> Body {
    Body::from_stream(empty::<Result<&[u8], Infallible>>())
}

struct Answer {
    rest: Bytes,
    is_begun: bool,
    held: Option<Held>,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK);
        let part = self.rest.split_to(length);
        let bytes = if self.is_begun || !self.rest.is_empty() { Bytes::copy_from_slice(&part) } else { part };
        self.is_begun = true;
        let held = self.held.as_mut().map(|held| held.split(length));
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_owner(Chunk { bytes, _held: held })))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

struct Chunk {
    bytes: Bytes,
    _held: Option<Held>,
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// `body`, with which the request of `phase` ends.
pub fn ending(body: Body, phase: Phase) -> Body {
    Body::new(Ending { body, _phase: phase })
}

struct Ending {
    body: Body,
    _phase: Phase,
}

impl HttpBody for Ending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

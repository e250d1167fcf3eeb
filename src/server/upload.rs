//! The body of a request, received as a whole before any work is done for it.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use tokio::time::timeout;

use crate::server::connection::{Connection, Held};

/// The body of a request, and the memory that it takes.
pub struct Upload {
    /// The whole body.
    pub bytes: Bytes,
    /// What is held for the client, as long as it is needed.
    pub held: Held,
}

/// Receives `body`, of at most `limit` bytes, from `connection` within a time.
///
/// # Errors
/// The status of the answer: 413 for a larger body, 408 for a slower one, 400 for one that is cut, 503 where there is no memory
/// for it now.
pub async fn receive(body: Body, connection: &Arc<Connection>, limit: usize, within: Duration) -> Result<Upload, StatusCode> {
    let _receiving = connection.receive();
    timeout(within, collect(body, connection, limit)).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

async fn collect(mut body: Body, connection: &Arc<Connection>, limit: usize) -> Result<Upload, StatusCode> {
    if body.size_hint().lower() > limit as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let mut held = connection.try_hold(0).ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
    let mut bytes = Vec::new();
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // Trailers say nothing here.
        let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
        if data.len() > limit - bytes.len() {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let before = bytes.capacity();
        bytes.reserve(data.len());
        if !held.try_grow(bytes.capacity() - before) {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Upload { bytes: bytes.into(), held })
}

//! `/healthz` and `/readyz`: whether the server lives, and whether it is to be sent more requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use axum::http::StatusCode;

/// Whether the server is to be sent more requests. It is until it is told to stop.
#[derive(Clone, Default)]
pub struct Readiness {
    stopping: Arc<AtomicBool>,
}

impl Readiness {
    /// Takes no more requests from now on.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    fn is_ready(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed)
    }
}

/// `ok`, as long as the server answers anything.
pub async fn live() -> &'static str {
    "ok"
}

/// `ok`, or 503 from the moment when the server is told to stop: whoever spreads requests over several servers leaves this
/// one out then.
pub async fn ready(State(readiness): State<Readiness>) -> (StatusCode, &'static str) {
    if readiness.is_ready() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "stopping") }
}

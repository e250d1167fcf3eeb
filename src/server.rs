//! The server: Axum around the pipeline and the page.

mod editor;
mod error;
mod file;
mod origin;
pub mod page;
mod router;
mod start;

use std::net::SocketAddr;
use std::process::ExitCode;

pub use router::router;

/// Serves on `addr` until the process is told to stop.
pub fn run(addr: SocketAddr) -> ExitCode {
    let served = tokio::runtime::Runtime::new().and_then(|runtime| runtime.block_on(serve(addr)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    // Leptos hands what it starts to the executor named here; a second call finds the same one already named.
    _ = any_spawner::Executor::init_tokio();
    let listener = tokio::net::TcpListener::bind(addr).await?;
    axum::serve(listener, router()).await
}

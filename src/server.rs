//! The server: Axum around the pipeline and the page.

pub mod assets;
mod check;
pub mod config;
mod drain;
mod editor;
pub mod error;
mod file;
mod form_body;
mod headers;
mod host;
mod manifest_form;
mod middleware;
pub mod origin;
pub mod page;
mod router;
mod start;

use std::io::{self, IsTerminal};

use axum::{Extension, Router};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::server::config::Config;
use crate::server::origin::{Origin, OriginError};

/// Why the server could not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, is not of this machine, or may not be used.
    #[error("cannot listen on {addr}: {source}; another address is chosen with --addr HOST:PORT")]
    Listen {
        /// The address as configured.
        addr: String,
        /// What the system answered.
        source: io::Error,
    },
    /// The filter of the log is not one.
    #[error("`{filter}` is not a filter for the log: {source}")]
    Log {
        /// The filter as configured.
        filter: String,
        /// What is wrong with it.
        source: tracing_subscriber::filter::ParseError,
    },
    /// The base of the links is none.
    #[error("`{base}` cannot be the base of links, --base URL or PODWEAVE_BASE: {source}")]
    Base {
        /// The base as configured.
        base: String,
        /// What is wrong with it.
        source: OriginError,
    },
    /// The system failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The whole application: every route with what is around it. Its links lead to the host that a request names.
pub fn app() -> Router {
    app_at(None)
}

/// The whole application; its links lead to `base`, where there is one.
pub fn app_at(base: Option<Origin>) -> Router {
    let routes = router::routes();
    middleware::around(match base {
        Some(base) => routes.layer(Extension(base)),
        None => routes,
    })
}

/// Serves as `config` says, until the process is interrupted or told to stop and has answered what it was asked before.
///
/// # Errors
///
/// What was configured is not possible, or the system fails.
pub fn serve(config: &Config) -> Result<(), ServeError> {
    let base = config.base.as_deref().map(base_of).transpose()?;
    let filter = EnvFilter::try_new(&config.log).map_err(|source| ServeError::Log { filter: config.log.clone(), source })?;
    let colours = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours).init();
    tokio::runtime::Runtime::new()?.block_on(listen(&config.addr, base))
}

fn base_of(text: &str) -> Result<Origin, ServeError> {
    text.parse().map_err(|source| ServeError::Base { base: text.to_owned(), source })
}

async fn listen(addr: &str, base: Option<Origin>) -> Result<(), ServeError> {
    let listener = TcpListener::bind(addr).await.map_err(|source| ServeError::Listen { addr: addr.to_owned(), source })?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let stopped = async move {
        tokio::select! {
            _ = interrupted.recv() => (),
            _ = terminated.recv() => (),
        }
        tracing::info!("stopping");
    };
    tracing::info!("serving on http://{}", listener.local_addr()?);
    axum::serve(listener, app_at(base)).with_graceful_shutdown(stopped).await?;
    Ok(())
}

//! The server: Axum around the pipeline and the page.
//!
//! `listener` takes connections, `middleware` lays around every route what all need, `work` does what takes time. What a
//! client may take of it is in `limits`.

mod answer;
pub mod assets;
mod cache;
mod check;
mod coding;
pub mod config;
mod connection;
mod connections;
mod documents;
mod editor;
mod embed;
mod entity_tag;
pub mod error;
mod explain;
mod file;
mod form_body;
mod header_list;
mod headers;
mod health;
mod lesson;
pub mod limits;
pub mod listener;
mod log;
mod manifest_form;
mod middleware;
mod origin;
pub mod page;
mod parameters;
mod plain_page;
mod posted_text;
mod program;
mod request_log;
mod router;
mod rules;
mod shown_pages;
mod signals;
mod start;
mod transport;
mod upload;
mod watchdog;
mod work;

use std::io;

use axum::{Extension, Router};
use tokio::runtime::Builder;

use crate::origin::{Origin, OriginError};
use crate::server::config::Config;
use crate::server::health::Readiness;
use crate::server::limits::Limits;
use crate::server::listener::Listener;
use crate::server::work::Work;

/// After so many tasks a thread looks at the network again: fewer than usual, because a task may be the work for a request.
const EVENT_INTERVAL: u32 = 8;

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
    at(base, middleware::app(&Work::new(&Limits::default()), &Readiness::default()))
}

/// The application with links that lead to `base`, where there is one.
fn at(base: Option<Origin>, app: Router) -> Router {
    match base {
        Some(base) => app.layer(Extension(base)),
        None => app,
    }
}

/// Serves as `config` says, until the process is interrupted or told to stop and has answered what it was asked before.
///
/// # Errors
///
/// What was configured is not possible, or the system fails.
pub fn serve(config: &Config) -> Result<(), ServeError> {
    let base = config.base.as_deref().map(base_of).transpose()?;
    let _log = log::start(&config.log).map_err(|source| ServeError::Log { filter: config.log.clone(), source })?;
    let limits = config.limits();
    // One thread is always left for everything but work.
    let runtime =
        Builder::new_multi_thread().worker_threads(limits.work + 1).event_interval(EVENT_INTERVAL).enable_all().build()?;
    let served = runtime.block_on(listen(&config.addr, limits, base));
    // Nobody waits for work that is still being done.
    runtime.shutdown_background();
    served
}

fn base_of(text: &str) -> Result<Origin, ServeError> {
    text.parse().map_err(|source| ServeError::Base { base: text.to_owned(), source })
}

async fn listen(addr: &str, limits: Limits, base: Option<Origin>) -> Result<(), ServeError> {
    let stop = signals::stop_signals()?;
    let listener = Listener::bind(addr, limits).await.map_err(|source| ServeError::Listen { addr: addr.to_owned(), source })?;
    tracing::info!("serving on http://{}", listener.addr()?);
    listener.with_base(base).serve(stop).await;
    Ok(())
}

//! The server: Axum around the pipeline and the page.
//!
//! [`listener`] takes connections, [`middleware`] lays around every route what all need, [`work`] does what takes time. What a
//! client may take of it is in [`limits`].

mod answer;
pub mod assets;
mod check;
pub mod config;
mod connection;
mod connections;
mod editor;
pub mod error;
mod file;
mod health;
pub mod limits;
pub mod listener;
mod log;
mod manifest_form;
mod middleware;
mod origin;
pub mod page;
mod plain_page;
mod request_log;
mod router;
mod signals;
mod start;
mod transport;
mod upload;
mod watchdog;
mod work;

use std::io;

use axum::Router;
use tokio::runtime::Builder;

use crate::server::config::Config;
use crate::server::health::Readiness;
use crate::server::limits::Limits;
use crate::server::listener::Listener;
use crate::server::work::Work;

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
    /// The system failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// The whole application: every route with what is around it.
pub fn app() -> Router {
    middleware::app(&Work::new(&Limits::default()), &Readiness::default())
}

/// Serves as `config` says, until the process is interrupted or told to stop and has answered what it was asked before.
///
/// # Errors
///
/// What was configured is not possible, or the system fails.
pub fn serve(config: &Config) -> Result<(), ServeError> {
    let _log = log::start(&config.log).map_err(|source| ServeError::Log { filter: config.log.clone(), source })?;
    let limits = config.limits();
    // One thread is always left for everything but work.
    let runtime = Builder::new_multi_thread().worker_threads(limits.work + 1).enable_all().build()?;
    let served = runtime.block_on(listen(&config.addr, limits));
    // Nobody waits for work that is still being done.
    runtime.shutdown_background();
    served
}

async fn listen(addr: &str, limits: Limits) -> Result<(), ServeError> {
    let stop = signals::stop_signals()?;
    let listener = Listener::bind(addr, limits).await.map_err(|source| ServeError::Listen { addr: addr.to_owned(), source })?;
    tracing::info!("serving on http://{}", listener.addr()?);
    listener.serve(stop).await;
    Ok(())
}

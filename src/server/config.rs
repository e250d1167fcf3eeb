//! What can be configured about the server, on the command line or in the environment, and what is fixed.

use std::time::Duration;

use clap::Args;

/// The largest request body: beyond every document that works, so that a larger one can still be told what is wrong.
pub const BODY_LIMIT: usize = 4 << 20;

/// How long an answer may take.
pub const TIMEOUT: Duration = Duration::from_secs(10);

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "HOST:PORT", env = "PODWEAVE_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: String,

    /// The address under which browsers reach the server, such as `https://pods.example`, for the links that leave the page
    ///
    /// Without it, links repeat the host that a request names. Set it wherever strangers can reach the server.
    #[arg(long, value_name = "URL", env = "PODWEAVE_BASE")]
    pub base: Option<String>,

    /// What to log: error, warn, info, debug, or a filter such as `info,tower_http=debug` for every request
    #[arg(long, value_name = "FILTER", env = "PODWEAVE_LOG", default_value = "info")]
    pub log: String,
}

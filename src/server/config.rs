//! What can be configured about the server, on the command line or in the environment.

use std::time::Duration;

use clap::Args;

use crate::server::limits::Limits;

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

    /// What to log: error, warn, info, debug, or a filter such as `info,request=debug` for every request
    #[arg(long, value_name = "FILTER", env = "PODWEAVE_LOG", default_value = "info")]
    pub log: String,

    /// How many seconds to go on after the signal to stop, while /readyz answers 503
    #[arg(long, value_name = "SECONDS", env = "PODWEAVE_SHUTDOWN_DELAY", default_value_t = 0)]
    pub shutdown_delay: u16,
}

impl Config {
    /// What a client may take of the server.
    pub fn limits(&self) -> Limits {
        Limits { shutdown_delay: Duration::from_secs(self.shutdown_delay.into()), ..Limits::default() }
    }
}

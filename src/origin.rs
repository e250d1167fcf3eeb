//! The address under which a browser sees this server.

mod host;

use std::fmt;
use std::str::FromStr;

pub use host::{HostAndPort, NotAHost};

/// Scheme, host and port, such as `https://pods.example` or `http://127.0.0.1:3000`: what stands before the path in links that
/// leave the page. As text it has no slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// How it is spoken to.
    pub scheme: Scheme,
    /// Where it is.
    pub host: HostAndPort,
}

/// How a browser speaks to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `http`
    Http,
    /// `https`
    Https,
}

/// Why a text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// The scheme is missing or another one.
    #[error("it must begin with http:// or https://")]
    Scheme,
    /// What stands after the scheme is not the name of a server.
    #[error("after http:// or https:// there must be a host name or IP address, and perhaps a port, such as pods.example:8080")]
    Host(#[from] NotAHost),
    /// There is a path.
    #[error("it must end after the host and port: Podweave is served at the root of a host, not below a path")]
    Path,
    /// There is a query or a fragment.
    #[error("it must have no ? and no #")]
    Query,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        write!(formatter, "{scheme}://{}", self.host)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    /// Reads what was configured; one slash at the end is left out.
    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
        let scheme = Scheme::named(&scheme.to_ascii_lowercase()).ok_or(OriginError::Scheme)?;
        if rest.contains(['?', '#']) {
            return Err(OriginError::Query);
        }
        match rest.split_once('/') {
            None => Ok(Self { scheme, host: rest.parse()? }),
            Some((host, "")) => Ok(Self { scheme, host: host.parse()? }),
            Some(_) => Err(OriginError::Path),
        }
    }
}

/// The origin of a server on this machine that was not configured.
impl Default for Origin {
    fn default() -> Self {
        Self { scheme: Scheme::Http, host: HostAndPort::DEFAULT }
    }
}

impl Scheme {
    /// The scheme that is written so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "http" => Some(Self::Http),
            "https" => Some(Self::Https),
            _ => None,
        }
    }
}

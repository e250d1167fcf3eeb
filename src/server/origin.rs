//! The address under which a browser sees this server.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::request::Parts;

use crate::server::host::{HostAndPort, NotAHost};

/// Scheme, host and port, such as `https://pods.example` or `http://127.0.0.1:3000`: what stands before the path in links that
/// leave the page. As text it has no slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: Scheme,
    host: HostAndPort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Http,
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
    fn named(name: &str) -> Option<Self> {
        match name {
            "http" => Some(Self::Http),
            "https" => Some(Self::Https),
            _ => None,
        }
    }
}

impl Origin {
    /// What a request says of it: the host is that of the request's target or else of `Host` (RFC 9112, 3.2.2), the scheme that
    /// of `X-Forwarded-Proto`, which a proxy in front of this server sets, or else `http`. `None` where that is no host, or
    /// where several are named.
    fn of_request(parts: &Parts) -> Option<Self> {
        let host = match parts.uri.authority() {
            Some(authority) => authority.as_str(),
            None => only(&parts.headers, HOST.as_str())?,
        };
        let scheme = only(&parts.headers, "x-forwarded-proto").and_then(Scheme::named).unwrap_or(Scheme::Http);
        Some(Self { scheme, host: host.parse().ok()? })
    }
}

/// The value of the header `name`, unless there are several of them.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    /// The configured origin, which a layer puts into the request's extensions; else what the request says; else the default.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let configured = parts.extensions.get::<Self>().cloned();
        Ok(configured.or_else(|| Self::of_request(parts)).unwrap_or_default())
    }
}

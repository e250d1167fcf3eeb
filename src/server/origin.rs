//! The address under which a browser sees this server.

use std::convert::Infallible;
use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::uri::Authority;

/// Scheme and host of a request, such as `http://127.0.0.1:3000`, for links that leave the page.
pub struct Origin {
    scheme: &'static str,
    host: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    /// Takes the host from `Host` (HTTP/1.1) or the request's target (HTTP/2), and the scheme from `X-Forwarded-Proto`, which a
    /// proxy in front of this server sets. What is no host name is not repeated.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let named =
            header(HOST.as_str()).and_then(|host| host.parse::<Authority>().ok()).or_else(|| parts.uri.authority().cloned());
        let host = named.map_or_else(|| "localhost".to_owned(), |authority| authority.to_string());
        let scheme = if header("x-forwarded-proto") == Some("https") { "https" } else { "http" };
        Ok(Self { scheme, host })
    }
}

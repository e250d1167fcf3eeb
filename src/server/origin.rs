//! What a request says of the address under which a browser sees this server.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Version};
use axum::middleware::Next;
use axum::response::Response;

use crate::origin::{Origin, Scheme};
use crate::server::plain_page;

/// Refuses a request with several `Host` headers, since a proxy on the way may have followed another one, and one of HTTP/1.1
/// with none (RFC 9112, 3.2). HTTP/1.0 knew no such header, and HTTP/2 names the host in its target.
pub async fn of_one_host(request: Request, next: Next) -> Response {
    match (request.headers().get_all(HOST).iter().count(), request.version()) {
        (2.., _) | (0, Version::HTTP_11) => plain_page::of_status(StatusCode::BAD_REQUEST),
        _ => next.run(request).await,
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    /// The configured origin, which a layer puts into the request's extensions; else what the request says; else the default.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let configured = parts.extensions.get::<Self>().cloned();
        Ok(configured.or_else(|| of_request(parts)).unwrap_or_default())
    }
}

/// The host is that of the request's target or else of `Host` (RFC 9112, 3.2.2), the scheme that of `X-Forwarded-Proto`, which a
/// proxy in front of this server sets, or else `http`. `None` where that is no host, or where several are named.
fn of_request(parts: &Parts) -> Option<Origin> {
    let host = match parts.uri.authority() {
        Some(authority) => authority.as_str(),
        None => only(&parts.headers, HOST.as_str())?,
    };
    let scheme = only(&parts.headers, "x-forwarded-proto").and_then(Scheme::named).unwrap_or(Scheme::Http);
    Some(Origin { scheme, host: host.parse().ok()? })
}

/// The value of the header `name`, unless there are several of them.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())?.to_str().ok()
}

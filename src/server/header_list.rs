//! Headers whose values are lists.

use axum::http::{HeaderMap, HeaderName};

/// The items of all headers `name`, which are lists with commas (RFC 9110, 5.6.1).
pub fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

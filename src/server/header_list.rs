//! Headers whose values are lists.

use axum::http::{HeaderMap, HeaderName};

/// As many items of a list are looked at. Browsers send four, and every request is looked at before it has to wait for others.
const MAX_ITEMS: usize = 64;

/// The first items of all headers `name`, which are lists with commas (RFC 9110, 5.6.1).
pub fn items<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).take(MAX_ITEMS).map(str::trim)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::http::header::ACCEPT_ENCODING;

    use super::*;

    #[test]
    fn of_a_list_without_end_the_beginning_counts() {
        let items = |value: &str| {
            let value = HeaderValue::from_str(value).unwrap();
            items(&HeaderMap::from_iter([(ACCEPT_ENCODING, value)]), &ACCEPT_ENCODING).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(items("a, b ,c"), ["a", "b", "c"]);
        assert_eq!(items(&",".repeat(60_000)).len(), MAX_ITEMS);
    }
}

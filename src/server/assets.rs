//! The site's files, which the program carries in itself.
//!
//! `make build` leaves them in `target/site`, each beside its brotli (`.br`) and gzip (`.gz`) form. A debug build reads
//! them from there at run time, so that a change shows without a build; where no site was built there are none.

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::web::site::VERSION;

/// The route of [`asset`]. The version names the content of all files.
pub const ROUTE: &str = "/assets/{version}/{*path}";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_ALWAYS: HeaderValue = HeaderValue::from_static("no-cache");

/// The compressed forms of a file, best first: the content coding and how their names end.
const COMPRESSED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
struct Site;

/// Answers a `GET` of [`ROUTE`] with the file at `path`, in the smallest form that the browser accepts, or with 404.
///
/// The links of another version's page lead to the present file too, but a browser may not keep that one.
pub async fn asset(Path((version, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some((file, coding)) = find(&path, &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = entity_tag(&file, coding);
    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content_type = mime_guess::from_path(&path).first_or_octet_stream();
        let mut response = ([(CONTENT_TYPE, content_type.as_ref())], file.data).into_response();
        set(&mut response, CONTENT_ENCODING, coding.map(HeaderValue::from_static));
        response
    };
    set(&mut response, ETAG, HeaderValue::try_from(tag).ok());
    set(&mut response, VARY, Some(HeaderValue::from_static("accept-encoding")));
    set(&mut response, CACHE_CONTROL, Some(if VERSION == Some(&version) { FOR_EVER } else { ASK_ALWAYS }));
    response
}

/// The file at `path` and the content coding of what was found; `None` as coding is the file as it is.
fn find(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let mut compressed = COMPRESSED.iter().filter(|(coding, _)| accepts(headers, coding));
    compressed
        .find_map(|(coding, ending)| Some((Site::get(&format!("{path}{ending}"))?, Some(*coding))))
        .or_else(|| Some((Site::get(path)?, None)))
}

/// Whether the client takes a content coding: it is listed, or `*` is, and without the weight zero (RFC 9110, 12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let weight = |name: &str| list(headers, &ACCEPT_ENCODING).find_map(|item| weight_of(item, name));
    weight(coding).or_else(|| weight("*")).is_some_and(|weight| weight > 0.0)
}

fn weight_of(item: &str, coding: &str) -> Option<f32> {
    let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
    let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
    name.trim().eq_ignore_ascii_case(coding).then_some(weight.unwrap_or(1.0))
}

/// A strong entity tag: the beginning of the content's SHA-256. Every coding has its own.
fn entity_tag(file: &EmbeddedFile, coding: Option<&str>) -> String {
    let digest = file.metadata.sha256_hash();
    let beginning = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("\"{beginning:016x}-{}\"", coding.unwrap_or("identity"))
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    list(headers, &IF_NONE_MATCH).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The items of a header that is a list.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

fn set(response: &mut Response, name: HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn codings_are_accepted_as_listed() {
        let accepts = |list: &'static str, coding| accepts(&headers(ACCEPT_ENCODING, list), coding);
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("gzip;q=0.5, BR ; q=0.1", "br"));
        assert!(accepts("*", "gzip"));
        assert!(!accepts("gzip", "br"));
        assert!(!accepts("br;q=0, *", "br"));
        assert!(!accepts("", "br"));
    }

    #[test]
    fn a_known_entity_tag_is_found_in_the_list() {
        assert!(is_known(&headers(IF_NONE_MATCH, "\"a-br\", W/\"b-br\""), "\"b-br\""));
        assert!(is_known(&headers(IF_NONE_MATCH, "*"), "\"b-br\""));
        assert!(!is_known(&headers(IF_NONE_MATCH, "\"a-br\""), "\"a-gzip\""));
    }

    #[tokio::test]
    async fn a_file_that_is_not_there_is_404() {
        let response = asset(Path(("1".to_owned(), "../Cargo.toml".to_owned())), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}

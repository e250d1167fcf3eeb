//! The site's files, which the program carries in itself.
//!
//! `make build` leaves them in `target/site`, each beside its brotli (`.br`) and gzip (`.gz`) form. A debug build reads
//! them from there at run time, so that a change shows without a build; where no site was built there are none.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::server::coding::Coding;
use crate::server::entity_tag::{entity_tag, is_known};
use crate::web::site::VERSION;

/// The route of [`asset`]. The version names the content of all files.
pub const ROUTE: &str = "/assets/{version}/{*path}";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_ALWAYS: HeaderValue = HeaderValue::from_static("no-cache");

/// The compressed forms of a file, and how their names end.
const COMPRESSED: [(Coding, &str); 2] = [(Coding::Brotli, ".br"), (Coding::Gzip, ".gz")];

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
    let tag = entity_tag(&file.metadata.sha256_hash(), coding);
    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content_type = mime_guess::from_path(&path).first_or_octet_stream();
        let mut response = ([(CONTENT_TYPE, content_type.as_ref())], file.data).into_response();
        set(&mut response, CONTENT_ENCODING, coding.header());
        response
    };
    set(&mut response, ETAG, Some(tag));
    set(&mut response, VARY, Some(HeaderValue::from_static("accept-encoding")));
    set(&mut response, CACHE_CONTROL, Some(if VERSION == Some(&version) { FOR_EVER } else { ASK_ALWAYS }));
    response
}

/// The file at `path` in the smallest coding that there is and that the client takes.
fn find(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Coding)> {
    let accepted = Coding::accepted(headers, &COMPRESSED.map(|(coding, _)| coding));
    let compressed = COMPRESSED.iter().find(|(coding, _)| *coding == accepted);
    compressed
        .and_then(|(coding, ending)| Some((Site::get(&format!("{path}{ending}"))?, *coding)))
        .or_else(|| Some((Site::get(path)?, Coding::Identity)))
}

fn set(response: &mut Response, name: HeaderName, value: Option<HeaderValue>) {
    if let Some(value) = value {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_not_there_is_404() {
        let response = asset(Path(("1".to_owned(), "../Cargo.toml".to_owned())), HeaderMap::new()).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}

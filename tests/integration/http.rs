//! What every answer of the server has in common.

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use scraper::{Html, Selector};
use sha2::{Digest, Sha256};

use crate::client::{Answer, send};

async fn answer(request: Builder) -> (StatusCode, HeaderMap, Vec<u8>) {
    let Answer { status, headers, body } = send(request, Body::empty()).await;
    (status, headers, body)
}

async fn get(path: &str) -> (StatusCode, HeaderMap, String) {
    let (status, headers, body) = answer(Request::get(path)).await;
    (status, headers, String::from_utf8(body).unwrap())
}

#[tokio::test]
async fn the_server_says_that_it_is_well() {
    let (status, headers, body) = get("/healthz").await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "ok"));
    assert_eq!(headers[CONTENT_SECURITY_POLICY], "default-src 'none'; frame-ancestors 'none'");
}

#[tokio::test]
async fn a_page_admits_only_its_own_scripts() {
    let (status, headers, page) = get("/").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["referrer-policy"], "no-referrer");
    assert_eq!(headers["cross-origin-opener-policy"], "same-origin");

    let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let scripts = scripts_in(&page);
    assert!(!scripts.is_empty());
    for script in scripts {
        let hash = BASE64_STANDARD.encode(Sha256::digest(&script));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}: {script}");
    }
    assert_eq!(get("/").await.1[CONTENT_SECURITY_POLICY], policy);
}

/// The scripts that stand in a page itself.
fn scripts_in(page: &str) -> Vec<String> {
    let selector = Selector::parse("script:not([src])").unwrap();
    Html::parse_document(page).select(&selector).map(|script| script.text().collect()).collect()
}

#[tokio::test]
async fn an_error_is_a_page() {
    let missing = get("/nothing").await;
    let wrong_method = answer(Request::post("/healthz")).await;
    assert_eq!((missing.0, wrong_method.0), (StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED));
    assert_eq!(missing.1[CONTENT_TYPE], "text/html; charset=utf-8");
    assert_eq!(wrong_method.1[CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(missing.2.contains("<h1>There is no such page</h1>"), "{}", missing.2);
}

#[tokio::test]
async fn a_page_is_compressed_for_who_accepts_it() {
    let (_, headers, _) = answer(Request::get("/").header("accept-encoding", "gzip")).await;
    assert_eq!(headers[CONTENT_ENCODING], "gzip");
    assert!(!get("/").await.1.contains_key(CONTENT_ENCODING));
}

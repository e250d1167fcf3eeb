//! The headers of every route, of errors too.

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use podweave::document::link;
use serde_json::json;

use crate::client::{Answer, form_request, page_of, post_manifest, send};

const CODE_OF_NOTHING: &str = "/p/1x";

/// What kind of answer a route gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    /// A page that costs no work and has no script.
    PlainPage,
    Picture,
    Manifest,
    /// Plain text, a redirection, or nothing at all.
    Bare,
}

fn pod() -> String {
    page_of(&json!({"kind": "Pod", "metadata": {"name": "web"}}))
}

async fn ask(method: Method, path: &str) -> Answer {
    send(Request::builder().method(method).uri(path), Body::empty()).await
}

/// An answer of every route in every way in which it can end, with what it should be.
async fn answers() -> Vec<(String, Answer, StatusCode, Kind)> {
    let pod = pod();
    let mut answers = Vec::new();
    for (method, path, status, kind) in [
        (Method::GET, "/".to_owned(), StatusCode::OK, Kind::Page),
        (Method::HEAD, "/".to_owned(), StatusCode::OK, Kind::Page),
        (Method::GET, "/check".to_owned(), StatusCode::OK, Kind::Page),
        (Method::GET, pod.clone(), StatusCode::OK, Kind::Page),
        (Method::GET, format!("{pod}.svg"), StatusCode::OK, Kind::Picture),
        (Method::GET, format!("{pod}.svg?download"), StatusCode::OK, Kind::Picture),
        (Method::GET, format!("{pod}.yaml"), StatusCode::OK, Kind::Manifest),
        (Method::GET, format!("{pod}.json"), StatusCode::OK, Kind::Manifest),
        (Method::HEAD, format!("{pod}.json"), StatusCode::OK, Kind::Manifest),
        (Method::GET, "/healthz".to_owned(), StatusCode::OK, Kind::Bare),
        (Method::GET, format!("{pod}.exe"), StatusCode::NOT_FOUND, Kind::Page),
        (Method::GET, CODE_OF_NOTHING.to_owned(), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::GET, format!("{CODE_OF_NOTHING}.svg"), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::GET, format!("/p/{}", "1".repeat(link::MAX_CODE_LENGTH + 1)), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::GET, "/p/%ff".to_owned(), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::GET, format!("{pod}.yaml?download&download"), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::POST, CODE_OF_NOTHING.to_owned(), StatusCode::BAD_REQUEST, Kind::Page),
        (Method::POST, "/".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE, Kind::Page),
        (Method::POST, "/check".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE, Kind::Page),
        (Method::GET, "/readyz".to_owned(), StatusCode::OK, Kind::Bare),
        (Method::POST, "/healthz".to_owned(), StatusCode::METHOD_NOT_ALLOWED, Kind::PlainPage),
        (Method::DELETE, pod.clone(), StatusCode::METHOD_NOT_ALLOWED, Kind::Page),
        (Method::OPTIONS, pod.clone(), StatusCode::METHOD_NOT_ALLOWED, Kind::Page),
        (Method::GET, "/nothing".to_owned(), StatusCode::NOT_FOUND, Kind::Page),
        (Method::GET, "/assets/1/nothing.js".to_owned(), StatusCode::NOT_FOUND, Kind::PlainPage),
    ] {
        answers.push((format!("{method} {path}"), ask(method, &path).await, status, kind));
    }
    for (text, status, kind) in [
        ("kind: Pod", StatusCode::SEE_OTHER, Kind::Bare),
        ("kind: Pod\n---\nkind: Pod", StatusCode::OK, Kind::Page),
        ("kind: [", StatusCode::UNPROCESSABLE_ENTITY, Kind::Page),
    ] {
        answers.push((format!("POST / {text}"), post_manifest("/", text.as_bytes(), b"").await, status, kind));
    }
    let too_large = post_manifest("/check", &vec![b'x'; 5 << 20], b"").await;
    answers.push(("POST /check, too large".to_owned(), too_large, StatusCode::PAYLOAD_TOO_LARGE, Kind::PlainPage));
    let checked = post_manifest("/check", b"kind: Pod", b"").await;
    answers.push(("POST /check".to_owned(), checked, StatusCode::OK, Kind::Page));
    for (edit, live, status, kind) in [
        ("add spec.volumes", false, StatusCode::SEE_OTHER, Kind::Bare),
        ("add spec.volumes", true, StatusCode::OK, Kind::Page),
        ("explode", true, StatusCode::BAD_REQUEST, Kind::Page),
    ] {
        let request = form_request(&pod);
        let request = if live { request.header("podweave-live", "1") } else { request };
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("edit", edit).finish();
        answers.push((format!("POST {edit}, live: {live}"), send(request, form).await, status, kind));
    }
    answers
}

#[tokio::test]
async fn every_answer_says_what_browsers_and_caches_may_do_with_it() {
    for (request, answer, status, kind) in answers().await {
        let request = format!("{request:.80}");
        assert_eq!(answer.status, status, "{request}");
        let header = |name: &str| only(&answer.headers, name, &request);
        assert_eq!(header(X_CONTENT_TYPE_OPTIONS.as_str()), Some("nosniff"), "{request}");
        assert_eq!(header(REFERRER_POLICY.as_str()), Some("no-referrer"), "{request}");
        assert_eq!(header("cross-origin-opener-policy"), Some("same-origin"), "{request}");

        let is_page = matches!(kind, Kind::Page | Kind::PlainPage);
        let is_file = matches!(kind, Kind::Picture | Kind::Manifest);
        let sites = if is_file { "cross-origin" } else { "same-origin" };
        assert_eq!(header("cross-origin-resource-policy"), Some(sites), "{request}");
        assert_eq!(header(ACCESS_CONTROL_ALLOW_ORIGIN.as_str()), is_file.then_some("*"), "{request}");
        let caches = match kind {
            Kind::Picture | Kind::Manifest => "no-cache",
            Kind::Page | Kind::PlainPage | Kind::Bare => "private, no-cache",
        };
        assert_eq!(header(CACHE_CONTROL.as_str()), Some(caches), "{request}");

        let policy = header(CONTENT_SECURITY_POLICY.as_str()).unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{request}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{request}: {policy}");
        assert_eq!(policy.contains("script-src 'self' 'sha256-"), kind == Kind::Page, "{request}: {policy}");
        assert_eq!(policy.contains("style-src 'sha256-"), kind == Kind::Picture, "{request}: {policy}");

        let content_type = header(CONTENT_TYPE.as_str()).unwrap_or_default();
        assert_eq!(content_type == "text/html; charset=utf-8", is_page, "{request}: {content_type}");
        let permissions = header("permissions-policy");
        assert_eq!(permissions.is_some(), is_page || kind == Kind::Picture, "{request}");
        if let Some(permissions) = permissions {
            assert!(permissions.contains("camera=(), ") && permissions.ends_with(", clipboard-write=(self)"), "{permissions}");
            assert!(permissions.split(", ").all(|item| item.ends_with("=()") || item == "clipboard-write=(self)"));
        }
    }
}

/// The value of a header, which must not stand there twice.
fn only<'a>(headers: &'a HeaderMap, name: &str, request: &str) -> Option<&'a str> {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
    assert!(values.len() < 2, "{request}: {name}: {values:?}");
    values.first().copied()
}

#[tokio::test]
async fn no_header_of_a_request_comes_back() {
    const NAMES: [&str; 12] = [
        "host",
        "referer",
        "origin",
        "user-agent",
        "cookie",
        "forwarded",
        "x-forwarded-host",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-original-url",
        "x-request-id",
        "accept-language",
    ];
    let pod = pod();
    for path in ["/", "/check", &pod, &format!("{pod}.yaml"), &format!("{pod}.svg"), CODE_OF_NOTHING, "/nothing", "/healthz"] {
        for method in [Method::GET, Method::DELETE] {
            let request = Request::builder().method(method).uri(path);
            let request = NAMES.iter().fold(request, |request, name| request.header(*name, "evil(marker)"));
            let answer = send(request, Body::empty()).await;
            assert!(!answer.text().contains("marker"), "{path}");
            assert!(answer.headers.values().all(|value| !value.as_bytes().windows(6).any(|part| part == b"marker")), "{path}");
        }
    }
}

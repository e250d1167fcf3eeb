//! Answers that a client has already, or that are kept for everybody.

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HOST, IF_NONE_MATCH, VARY};
use axum::http::{Request, StatusCode};
use pod_lesson::lessons;
use podweave::server::app;

use crate::client::{Answer, and, encode, form_of, form_request, get, page_of, send_to};

/// What `app` answers to a `GET` of `path` with these headers.
async fn answer(app: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    send_to(app.clone(), request.body(Body::empty()).unwrap()).await
}

/// The entity tag of the answer to a `GET` of `path` with these headers.
async fn tag(app: &Router, path: &str, headers: &[(&str, &str)]) -> String {
    answer(app, path, headers).await.headers[ETAG].to_str().unwrap().to_owned()
}

fn pages() -> Vec<String> {
    let page = page_of(&lessons()[0].document);
    let files = ["yaml", "json", "svg", "yaml?download="].map(|format| format!("{page}.{format}"));
    [vec!["/".to_owned(), "/check".to_owned(), page], files.to_vec()].concat()
}

#[tokio::test]
async fn who_has_an_answer_is_told_so() {
    let app = app();
    for page in pages() {
        let first = answer(&app, &page, &[]).await;
        let tag = first.headers[ETAG].to_str().unwrap();
        let second = answer(&app, &page, &[(IF_NONE_MATCH.as_str(), tag)]).await;
        assert_eq!((second.status, second.body.len()), (StatusCode::NOT_MODIFIED, 0), "{page}");
        for name in [ETAG.as_str(), CACHE_CONTROL.as_str(), VARY.as_str(), "access-control-allow-origin"] {
            assert_eq!(second.headers.get(name), first.headers.get(name), "{page}: {name}");
        }
        let other = answer(&app, &page, &[(IF_NONE_MATCH.as_str(), "\"another\"")]).await;
        assert_eq!((other.status, other.body), (StatusCode::OK, first.body), "{page}");
    }
}

#[tokio::test]
async fn a_head_has_the_status_of_its_page() {
    let app = app();
    let page = page_of(&lessons()[0].document);
    for query in ["", "?since=x", "?document=7", "?lesson=none", "?from=x", "?what=node"] {
        let address = format!("{page}{query}");
        let head = send_to(app.clone(), Request::head(&address).body(Body::empty()).unwrap()).await;
        assert_eq!(head.status, answer(&app, &address, &[]).await.status, "{query}");
    }
}

#[tokio::test]
async fn what_is_kept_is_what_was_made() {
    let app = app();
    for page in pages() {
        for coding in ["identity", "gzip", "br", "zstd"] {
            let headers = [(ACCEPT_ENCODING.as_str(), coding)];
            let (first, second) = (answer(&app, &page, &headers).await, answer(&app, &page, &headers).await);
            assert_eq!(first.status, StatusCode::OK);
            let without_number = |answer: &Answer| {
                let mut headers = answer.headers.clone();
                headers.remove("x-request-id");
                headers
            };
            assert_eq!(without_number(&first), without_number(&second), "{page}");
            assert_eq!(first.body, second.body, "{page}");
        }
    }
}

#[tokio::test]
async fn every_host_and_every_coding_has_its_own_answer() {
    let app = app();
    let host = |name: &'static str| [(HOST.as_str(), name)];
    let page = page_of(&lessons()[0].document);
    let (first, second) = (answer(&app, &page, &host("a.example")).await, answer(&app, &page, &host("b.example")).await);
    assert!(first.text().contains("http://a.example/p/") && !first.text().contains("b.example"));
    assert!(second.text().contains("http://b.example/p/") && !second.text().contains("a.example"));
    assert_ne!(first.headers[ETAG], second.headers[ETAG]);
    let secure = [(HOST.as_str(), "a.example"), ("x-forwarded-proto", "https")];
    assert!(answer(&app, &page, &secure).await.text().contains("https://a.example/p/"));
    let mut tags = Vec::new();
    for coding in ["identity", "gzip", "br", "zstd"] {
        tags.push(tag(&app, &page, &[(ACCEPT_ENCODING.as_str(), coding)]).await);
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4);
}

#[tokio::test]
async fn a_link_that_another_program_has_added_to_is_the_same_link() {
    let app = app();
    let page = page_of(&lessons()[0].document);
    let tagged = async |added: &str| tag(&app, &format!("{page}{added}"), &[]).await;
    let tag = tagged("").await;
    for added in ["?fbclid=IwAR0", "?utm_source=mail&utm_medium=a%20b", "?"] {
        assert_eq!(tagged(added).await, tag, "{added}");
    }
    assert_ne!(tagged("?utm_source=mail&what=pod-deleted").await, tag);
    assert_eq!(tagged("?utm_source=mail&what=pod-deleted").await, tagged("?what=pod-deleted").await);
}

#[tokio::test]
async fn what_cannot_be_opened_is_not_kept() {
    let app = app();
    for path in ["/p/nothing", "/nothing", "/p/nothing.yaml"] {
        let answer = answer(&app, path, &[(IF_NONE_MATCH.as_str(), "*")]).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(!answer.headers.contains_key(ETAG), "{path}");
    }
}

#[tokio::test]
async fn the_answer_to_a_form_is_quick_and_not_kept() {
    let page = page_of(&lessons()[0].document);
    let form = encode(&form_of(&get(&page).await.html()));
    let request = form_request(&page).header("podweave-live", "1").header(ACCEPT_ENCODING, "gzip, deflate, br, zstd");
    let answer = send_to(app(), request.body(Body::from(form)).unwrap()).await;
    assert_eq!((answer.status, answer.headers[CONTENT_ENCODING].to_str().unwrap()), (StatusCode::OK, "zstd"));
    assert!(!answer.headers.contains_key(ETAG));
}

/// What a form is posted with, besides its fields.
const EDITS: [&str; 4] = ["add spec.volumes", "duplicate spec.containers[0]", "comment", "remove spec.containers[0]"];

#[tokio::test]
async fn who_works_on_a_document_gets_what_others_get_who_open_it() {
    let server = app();
    for lesson in lessons() {
        let mut page = page_of(&lesson.document);
        for edit in EDITS {
            let fields = form_of(&answer(&server, &page, &[]).await.html());
            let fields = encode(&and(fields, "edit", edit));
            let post = |app: &Router| send_to(app.clone(), form_request(&page).body(fields.clone().into()).unwrap());
            let (own, others) = (post(&server).await, post(&app()).await);
            assert_eq!((own.status, own.text()), (others.status, others.text()), "{edit}: {page}");
            if own.status == StatusCode::UNPROCESSABLE_ENTITY {
                continue;
            }
            page = own.location().split('#').next().unwrap().to_owned();
            let code = page.split('?').next().unwrap();
            for address in [page.clone(), format!("{code}?what=deleted"), format!("{code}.svg"), format!("{code}?what=reboot")] {
                let own = answer(&server, &address, &[]).await;
                assert!(own.text() == answer(&app(), &address, &[]).await.text(), "{edit}: {address}");
            }
        }
    }
}

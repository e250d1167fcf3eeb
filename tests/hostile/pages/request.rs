//! Requests without a body that is wanted, with one of another kind, and with too much of it.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use podweave::web::budget::MAX_PAGE_BYTES;
use serde_json::json;

use super::{page_bomb, pod};
use crate::client::{Answer, get, page_of, send, text_of};

async fn head(path: &str) -> Answer {
    send(axum::http::Request::head(path), "").await
}

#[tokio::test(start_paused = true)]
async fn a_head_is_answered_as_the_page_without_one() {
    let page = page_of(&page_bomb(1500));
    for (path, is_page) in [
        (page.clone(), true),
        ("/".to_owned(), true),
        ("/check".to_owned(), true),
        ("/explain".to_owned(), true),
        ("/explain/spec.volumes".to_owned(), true),
        ("/explain/nothing".to_owned(), true),
        ("/rules".to_owned(), true),
        ("/rules/tail-name".to_owned(), true),
        ("/rules/nothing".to_owned(), true),
        ("/p/1x".to_owned(), true),
        (format!("{page}.yaml"), false),
    ] {
        let (whole, empty) = (get(&path).await, head(&path).await);
        assert_eq!((empty.status, empty.body.len()), (whole.status, 0), "{path:.20}");
        let names = |answer: &Answer| {
            let names = answer.headers.keys().map(ToString::to_string);
            names.filter(|name| name != "content-length").collect::<BTreeSet<_>>()
        };
        assert_eq!(names(&empty), names(&whole), "{path:.20}");
        // A page is not made to tell how long it is.
        let told = empty.headers.get("content-length");
        assert!(told.is_none_or(|told| Some(told) == whole.headers.get("content-length")), "{path:.20}: {told:?}");
        if !is_page {
            let without_id = |answer: &Answer| {
                let mut headers = answer.headers.clone();
                headers.remove("x-request-id");
                headers
            };
            assert_eq!(without_id(&empty), without_id(&whole));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_of_another_kind_is_told_what_is_wanted() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    let paths = ["/", "/check", page.as_str()];
    for path in paths {
        for content_type in ["text/plain", "application/json", ""] {
            let request = axum::http::Request::builder().method(Method::POST).uri(path).header("content-type", content_type);
            let answer = send(request, "a=b").await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path:.20} {content_type}");
            assert!(text_of(&answer.html(), "h1").contains("cannot be read"));
        }
        let without = send(axum::http::Request::post(path), "a=b").await;
        assert_eq!(without.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    for (content_type, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=b", "no part"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\nkind: Pod"),
        ("multipart/form-data; boundary=b", "--b\r\n\r\n\r\n"),
    ] {
        for path in ["/", "/check"] {
            let answer = send(axum::http::Request::post(path).header("content-type", content_type), body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
            assert!(text_of(&answer.html(), "h1").contains("cannot be read"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_too_much_gets_the_same_page_everywhere() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    let multipart = "multipart/form-data; boundary=b";
    let part = |bytes: usize| {
        format!("--b\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n{}\r\n--b--\r\n", "x".repeat(bytes))
    };
    let form = "application/x-www-form-urlencoded";
    let requests = [
        (page.as_str(), form, format!("metadata.name={}", "x".repeat(500_000))),
        (page.as_str(), form, "a=x&".repeat(300_000)),
        (page.as_str(), form, format!("metadata.name={}", "x".repeat(5 << 20))),
        ("/", multipart, part(4 << 20)),
        ("/check", multipart, part(4 << 20)),
        ("/", multipart, part(9 << 20)),
    ];
    let mut answers = Vec::new();
    for (path, content_type, body) in requests {
        for is_chunked in [false, true] {
            let request = axum::http::Request::post(path).header("content-type", content_type);
            let answer = if is_chunked {
                send(request, chunks(&body)).await
            } else {
                send(request.header("content-length", body.len()), body.clone()).await
            };
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path:.20}");
            answers.push((text_of(&answer.html(), "h1"), text_of(&answer.html(), ".lead")));
        }
    }
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert!(answers[0].1.contains("4 MiB") && answers[0].1.contains("1 MiB"));
}

/// A body without a known length.
fn chunks(text: &str) -> axum::body::Body {
    let chunks: Vec<_> = text.as_bytes().chunks(64 << 10).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
    axum::body::Body::from_stream(futures::stream::iter(chunks))
}

#[tokio::test(start_paused = true)]
async fn a_text_is_shown_again_as_far_as_an_answer_goes() {
    for character in ["&", "<", "x", "\u{1}", "\"", "é"] {
        let text = character.repeat((3 << 20) / character.len());
        for (path, text) in
            [("/", text.clone()), ("/check", text.clone()), ("/lesson", text.clone()), ("/check", format!("a: \"{text}\""))]
        {
            let answer = crate::client::post_manifest(path, text.as_bytes(), b"").await;
            assert!(answer.body.len() <= MAX_PAGE_BYTES, "{path} {character}: {}", answer.body.len());
            let is_shown = answer
                .html()
                .select(&scraper::Selector::parse("#manifest-text").unwrap())
                .any(|area| area.text().collect::<String>().len() > 1 << 20);
            let is_told = answer.text().contains("too long to be shown here again");
            assert!(is_shown != is_told, "{path} {character}");
        }
    }
    let findings = format!(
        "apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n---\n",
        format!("{{name: \"{}\"}}, ", "&".repeat(300)).repeat(90)
    );
    let answer = crate::client::post_manifest("/check", findings.repeat(100).as_bytes(), b"").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.len() <= MAX_PAGE_BYTES, "{}", answer.body.len());
    assert!(answer.text().contains(" more.</p>"));
}

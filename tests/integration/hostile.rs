//! Requests that want too much of the server.

use axum::http::StatusCode;
use podweave::document::link;
use serde_json::{Value, json};

use crate::client::{Answer, and, form_of, get, page_of, post, post_manifest, select, text_of};

async fn open(text: &str) -> Answer {
    post_manifest("/", text.as_bytes(), b"").await
}

/// Two thousand of what `item` makes of a number.
fn many(item: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..2_000).map(item).collect()
}

#[tokio::test]
async fn a_text_beyond_the_limit_is_refused() {
    assert_eq!(open(&"x".repeat(4 << 20)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_broken_text_comes_back_with_the_reason() {
    let megabyte = 1 << 20;
    for (text, reason) in [
        ("[".repeat(megabyte), "nested"),
        ("abc\0".repeat(megabyte / 4), "the control character U+0000"),
        ("kind: Pod\nspec: {a: 1}\n".repeat(megabyte / 100), "appears twice"),
        (format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(1000), "*a, ".repeat(megabyte / 100)), "expand to too much"),
        (format!("kind: Pod\ndata: {}\n", "x".repeat(megabyte)), "262144"),
    ] {
        let answer = open(&text).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(reason), "{reason}");
    }
}

#[tokio::test]
async fn of_thousands_of_documents_the_first_are_offered() {
    let answer = open(&"kind: Pod\n---\n".repeat(15_000)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(text_of(&answer.html(), "h1").contains("15000 documents"));
    assert_eq!(select(&answer.html(), ".candidates li").len(), 200);
}

#[tokio::test]
async fn a_text_is_checked_whatever_is_in_it() {
    for text in [
        "[".repeat(1 << 20),
        "kind: Pod\n---\n".repeat(20_000),
        format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n", "{}, ".repeat(5_000)),
        format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: \"{}\"}}]}}\n", "x".repeat(1 << 20)),
    ] {
        let answer = post_manifest("/check", text.as_bytes(), b"").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() < 2 * text.len() + (4 << 20), "{}", answer.body.len());
    }
    assert!(post_manifest("/check", b"kind: \xff", b"").await.text().contains("this is not UTF-8"));
}

#[tokio::test]
async fn a_path_of_many_kilobytes_is_not_written_on_every_line() {
    let document = json!({"kind": "Pod", "a": {"x".repeat(100_000): vec![0; 50_000]}});
    let page = get(&page_of(&document)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.len() < 20 << 20, "{}", page.body.len());
}

#[tokio::test]
async fn of_thousands_of_containers_volumes_and_mounts_the_first_are_drawn_and_the_rest_is_kept() {
    let containers = many(|number| json!({"name": format!("c{number}"), "volumeMounts": [{"name": "v"}]}));
    let volumes = many(|_| json!({"name": "v"}));
    let mounts = many(|number| json!({"name": format!("v{number}")}));
    let named = many(|number| json!({"name": format!("v{number}")}));
    for document in [
        json!({"kind": "Pod", "spec": {"containers": containers, "volumes": volumes}}),
        json!({"kind": "Pod", "spec": {"containers": [{"name": "c", "volumeMounts": mounts}], "volumes": named}}),
        json!({"kind": "Pod", "spec": {"containers": [{"name": "c", "env": mounts, "ports": mounts}]}}),
        json!({"kind": "Pod", "spec": {"containers": vec![0; 100_000]}}),
    ] {
        let page = page_of(&document);
        let shown = get(&page).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.len() < 40 << 20, "{}", shown.body.len());
        let pairs = and(form_of(&shown.html()), "metadata.name", "");
        assert_eq!(post(&page, &pairs).await.document(), document);
    }
}

#[tokio::test]
async fn a_form_of_thousands_of_edits_is_refused() {
    let page = page_of(&json!({"kind": "Pod", "spec": {"containers": [{"name": "a"}]}}));
    let edit = ("edit".to_owned(), "duplicate spec.containers[0]".to_owned());
    assert_eq!(post(&page, &vec![edit.clone(); 50_000]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(post(&page, &vec![edit.clone(); 20_000]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(post(&page, &vec![edit; 100]).await.document()["spec"]["containers"].as_array().map(Vec::len), Some(101));
}

#[tokio::test]
async fn a_form_of_thousands_of_foreign_fields_is_answered() {
    let page = page_of(&json!({"kind": "Pod"}));
    let pairs: Vec<_> = (0..50_000).map(|number| (format!("a[{number}]"), "x".to_owned())).collect();
    let answer = post(&page, &pairs).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_long_address_is_refused() {
    for code in ["1".repeat(link::MAX_CODE_LENGTH + 1), "1".repeat(1000), format!("1{}", "_".repeat(30_000))] {
        assert_eq!(get(&format!("/p/{code}")).await.status, StatusCode::BAD_REQUEST);
    }
}

//! The start page: presets, and the box that opens a manifest.

use axum::http::StatusCode;
use podweave::document::presets;

use crate::client::{Answer, get, page_of, post_manifest, select, text_of};

/// Posts the box of the start page.
pub async fn open(text: &str, file: Option<&str>) -> Answer {
    post_manifest("/", text.as_bytes(), file.unwrap_or_default().as_bytes()).await
}

#[tokio::test]
async fn every_preset_and_an_empty_pod_can_be_opened() {
    let start = get("/").await.html();
    let pages: Vec<_> =
        select(&start, ".gallery h3 a, a.button").iter().filter_map(|link| link.attr("href")).map(str::to_owned).collect();
    assert_eq!(pages.len(), presets().len() + 1);
    for page in pages {
        assert_eq!(get(&page).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_pasted_manifest_or_a_file_is_opened() {
    let yaml = "# kept no longer\r\nkind: Pod\r\nspec:\r\n  nodeName: a\r\n";
    let expected = page_of(&serde_json::json!({"kind": "Pod", "spec": {"nodeName": "a"}}));
    assert_eq!(open(yaml, None).await.location(), expected);
    assert_eq!(open("", Some(yaml)).await.location(), expected);
    assert_eq!(open(r#"{"kind": "Pod", "spec": {"nodeName": "a"}}"#, None).await.location(), expected);
}

#[tokio::test]
async fn what_cannot_be_opened_stays_in_the_box_with_the_reason() {
    for (text, reason) in [
        ("kind: Pod\nmetadata: [\n", "line"),
        ("kind: Service\n", "line 1, column 7: the kind Service has no Pod template"),
        ("", "there is no manifest in this text"),
        ("kind: Pod\n--- \n{", "line"),
        ("\n</textarea><script>alert(1)</script>: [", "line"),
    ] {
        let answer = open(text, None).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        let html = answer.html();
        assert!(text_of(&html, "#refusal").contains(reason), "{}", text_of(&html, "#refusal"));
        assert_eq!(text_of(&html, "#manifest-text"), text);
    }
}

#[tokio::test]
async fn a_manifest_larger_than_a_link_stays_in_the_box() {
    let text = format!("kind: Pod\nspec:\n  containers:\n    - args: [{}]\n", "x, ".repeat(150_000));
    let answer = open(&text, None).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&answer.html(), "#refusal").contains("larger than the 262144 bytes"));
    assert_eq!(text_of(&answer.html(), "#manifest-text"), text);
}

#[tokio::test]
async fn of_several_documents_one_is_chosen() {
    let answer = open("kind: Service\nmetadata: {name: s}\n---\nkind: Pod\nmetadata: {name: p}\n", None).await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.html();
    assert_eq!(select(&html, ".candidates li").len(), 2);
    assert_eq!(text_of(&html, ".candidates a"), "Pod p (line 4)");
    assert!(text_of(&html, ".candidates").contains("has no Pod template"));
}

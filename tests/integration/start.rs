//! The start page: lessons, and the box that opens a manifest.

use axum::http::StatusCode;
use pod_lesson::lessons;
use podweave::document::link;

use crate::client::{Answer, get, post, post_manifest, select, text_of};

/// Posts the box of the start page.
pub async fn open(text: &str, file: Option<&str>) -> Answer {
    post_manifest("/", text.as_bytes(), file.unwrap_or_default().as_bytes()).await
}

#[tokio::test]
async fn every_manifest_and_an_empty_pod_can_be_opened() {
    let start = get("/").await.html();
    let pages: Vec<_> =
        select(&start, ".gallery h3 a, a.button").iter().filter_map(|link| link.attr("href")).map(str::to_owned).collect();
    // An empty Pod, and the lesson to begin with.
    assert_eq!(pages.len(), lessons().len() + 2);
    for page in pages {
        assert_eq!(get(&page).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_pasted_manifest_or_a_file_is_opened() {
    let yaml = "# kept\r\nkind: Pod\r\nspec:\r\n  nodeName: a\r\n";
    let json = r#"{"kind": "Pod", "spec": {"nodeName": "a"}}"#;
    let pasted = yaml.replace("\r\n", "\n");
    for (answer, text) in
        [(open(yaml, None).await, pasted.as_str()), (open("", Some(yaml)).await, yaml), (open(json, None).await, json)]
    {
        let code = answer.location().strip_prefix("/p/").unwrap();
        assert_eq!(link::decode(code).as_deref(), Ok(text));
        assert_eq!(get(&format!("/p/{code}.yaml")).await.text(), text);
    }
}

#[tokio::test]
async fn what_cannot_be_opened_stays_in_the_box_with_the_reason() {
    for (text, reason) in [
        ("kind: Pod\nmetadata: [\n", "line"),
        ("kind: Service\n", "line 1, column 7: the kind Service has no Pod template"),
        ("", "there is no manifest in this text"),
        ("kind: Pod\n--- \n{", "line"),
        ("kind: Pod\nspec:\n\tcontainers: []\n", "Replace each tab by spaces"),
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
    let text = format!("kind: Pod\nspec:\n  containers:\n    - args: [{}]\n", "words, ".repeat(40_000));
    let answer = open(&text, None).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&answer.html(), "#refusal").contains("larger than the 262144 bytes"));
    assert_eq!(text_of(&answer.html(), "#manifest-text"), text);
}

#[tokio::test]
async fn of_several_documents_one_is_chosen() {
    let text = "kind: Service\nmetadata: {name: s}\n---\nkind: Pod\nmetadata: {name: p}\n---\nkind: Job\nmetadata: {name: j}\n";
    let answer = open(text, None).await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.html();
    assert_eq!(select(&html, ".candidates li").len(), 3);
    assert_eq!(select(&html, ".candidates button").len(), 2);
    assert_eq!(text_of(&html, ".candidates button"), "Pod p (line 4)");
    assert!(text_of(&html, ".candidates").contains("has no Pod template"));
    let editor = select(&html, "form[method=get]")[0].attr("action").unwrap();
    let job = get(&format!("{editor}?document=3")).await.html();
    assert_eq!(text_of(&job, "#documents [aria-current=page]"), "Job j (line 7)");
    assert_eq!(text_of(&job, "#manifest"), text);
    assert_eq!(select(&job, "#editor")[0].attr("action"), Some(format!("{editor}?document=3").as_str()));
}

#[tokio::test]
async fn the_only_document_with_a_form_opens_without_a_question() {
    let text = "kind: Service\nmetadata: {name: s}\n---\nkind: Pod # mine\nmetadata: {name: p}\n";
    let page = open(text, None).await.location().to_owned();
    assert_eq!(text_of(&get(&page).await.html(), "#documents [aria-current=page]"), "Pod p (line 4)");
    let answer = post(&page, &[("metadata.name".to_owned(), "q".to_owned())]).await;
    let changed = answer.location().split('#').next().unwrap().to_owned();
    assert_eq!(get(&format!("{changed}.yaml")).await.text(), text.replace("{name: p}", "{name: q}"));
}

//! The page that says what Kubernetes answers to a text as it stands.

use axum::http::StatusCode;

use crate::client::{get, post_manifest, select, text_of};

const TEXT: &str = "\
# kept
apiVersion: v1
kind: Pod
metadata:
  name: Web</textarea>
spec:
  containers:
    - name: web
      image: nginx
---
kind: Service
apiVersion: v1
---
apiVersion: v1
kind: Pod
metadata: {name: good}
spec: {containers: [{name: a, image: b}]}
";

#[tokio::test]
async fn every_document_is_answered_at_the_places_of_the_text() {
    let html = post_manifest("/check", TEXT.as_bytes(), b"").await.html();
    let verdicts: Vec<_> = select(&html, ".checked").iter().map(|one| one.text().collect::<String>()).collect();
    assert_eq!(verdicts.len(), 3);
    assert!(
        verdicts[0].starts_with("Pod Web</textarea> line 2Kubernetes 1.35 refuses this manifest: 1 error."),
        "{}",
        verdicts[0]
    );
    assert!(verdicts[0].ends_with("line 5, column 9"), "{}", verdicts[0]);
    assert!(verdicts[1].contains("This kind is not judged."), "{}", verdicts[1]);
    assert!(verdicts[2].contains("Kubernetes 1.35 accepts this manifest."), "{}", verdicts[2]);
    assert_eq!(text_of(&html, "#line-5 mark"), "Web</textarea>");
    assert_eq!(select(&html, ".checked a[href='#line-5']").len(), 1);
    assert_eq!(text_of(&html, ".source"), TEXT);
    assert_eq!(text_of(&html, "#manifest-text"), TEXT);
}

#[tokio::test]
async fn a_file_is_checked_whatever_it_holds() {
    let invalid = post_manifest("/check", b"", b"a: b\n\xff: c\n").await;
    assert_eq!(invalid.status, StatusCode::OK);
    assert!(text_of(&invalid.html(), ".checked").contains("this is not UTF-8"));
    let nul = post_manifest("/check", b"", b"kind: \0").await.html();
    assert!(text_of(&nul, ".checked").contains("U+0000"));
    let comments = post_manifest("/check", b"# nothing", b"").await.html();
    assert!(text_of(&comments, "#refusal").contains("no manifest in this text"));
}

#[tokio::test]
async fn the_empty_page_has_the_box_only() {
    let html = get("/check").await.html();
    assert_eq!((select(&html, "#manifest-text").len(), select(&html, ".checked, .source, #refusal").len()), (1, 0));
}

#[tokio::test]
async fn a_large_text_gives_a_page_of_bounded_size() {
    let lines = "x\n".repeat(400_000);
    let unknown = (0..20_000).map(|number| format!("f{number}: 1\n")).collect::<Vec<_>>().concat();
    let documents = "---\n- a\n".repeat(50_000);
    for text in [lines, format!("apiVersion: v1\nkind: Pod\n{unknown}"), documents, "[".repeat(500_000), "a".repeat(500_000)] {
        let answer = post_manifest("/check", text.as_bytes(), b"").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() < 4 * text.len() + 2_000_000);
    }
}

//! `/rules`: the list and the pages.

use axum::http::StatusCode;

use crate::client::{get, select, text_of};

#[tokio::test]
async fn every_rule_of_the_list_has_a_page() {
    let list = get("/rules").await;
    assert_eq!(list.status, StatusCode::OK);
    let html = list.html();
    assert_eq!(text_of(&html, "h2"), "Admitted");
    let links: Vec<_> = select(&html, ".rule-list a").iter().map(|link| link.attr("href").unwrap().to_owned()).collect();
    assert!(links.len() > 80, "{}", links.len());
    for link in links {
        let page = get(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{link}");
        assert_eq!(format!("/rules/{}", text_of(&page.html(), "h1")), link);
    }
}

#[tokio::test]
async fn a_page_is_what_the_rule_brings_along() {
    let html = get("/rules/nobody-writes").await.html();
    let headings: Vec<String> = select(&html, "h2").iter().map(|heading| heading.text().collect()).collect();
    assert_eq!(headings, ["What it finds", "Why it matters", "Example", "Use instead", "Sources", "Silence it"]);
    assert!(text_of(&html, "pre").starts_with("containers:\n"));
    assert!(text_of(&get("/rules/FieldValueRequired").await.html(), "main").contains("A value is missing."));
}

#[tokio::test]
async fn a_rule_that_is_none_has_no_page() {
    for path in ["/rules/nothing", "/rules/%3Cscript%3E", "/rules/a/b"] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text().contains("<script>x"), "{path}");
    }
}

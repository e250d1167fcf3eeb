//! The text of a document, posted in the place of the form's fields.

use axum::http::{HeaderValue, StatusCode};
use podweave::document::link;

use crate::client::{Answer, Pairs, encode, form_request, get, post, post_manifest, select, send, text_of};

const TEXT: &str = "\
# mine
apiVersion: v1
kind: Pod
metadata:
  name: web # short
spec:
  containers:
    - name: web
      image: nginx:1.29
";
const SEVERAL: &str = "kind: Service # stays\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n";

async fn page_of(text: &str) -> String {
    let opened = post_manifest("/", text.as_bytes(), b"").await;
    if opened.status == StatusCode::SEE_OTHER {
        return opened.location().to_owned();
    }
    select(&opened.html(), "form[action^='/p/']")[0].attr("action").unwrap().to_owned()
}

fn pairs(text: &str) -> Pairs {
    vec![("text".to_owned(), text.to_owned()), ("crlf".to_owned(), String::new())]
}

fn text_at(location: &str) -> String {
    let code = location.split(['?', '#']).next().unwrap().strip_prefix("/p/").unwrap();
    link::decode(code).unwrap()
}

async fn post_live(page: &str, text: &str) -> Answer {
    send(form_request(page).header("podweave-live", HeaderValue::from_static("1")), encode(&pairs(text))).await
}

#[tokio::test]
async fn the_posted_text_is_the_document_with_its_comments() {
    let page = page_of(TEXT).await;
    assert_eq!(text_of(&get(&page).await.html(), "#text-box"), TEXT);
    let changed = TEXT.replace("name: web # short", "name: site # shorter\n  labels: {a: b} # new");
    let answer = post(&page, &pairs(&changed)).await;
    assert_eq!(text_at(answer.location()), changed);
    assert_eq!(text_at(post(&page, &pairs(TEXT)).await.location()), TEXT);

    let live = post_live(&page, &changed).await;
    assert_eq!(live.status, StatusCode::OK);
    assert_eq!(text_at(select(&live.html(), "#editor")[0].attr("action").unwrap()), changed);
    assert!(select(&live.html(), "#sheet")[0].attr("data-focus").is_some());
}

#[tokio::test]
async fn a_text_that_cannot_be_read_comes_back_with_its_mark_and_the_form_waits() {
    let page = page_of(TEXT).await;
    let broken = TEXT.replace("kind: Pod", "kind: Pod\n\tx: y");
    for answer in [post(&page, &pairs(&broken)).await, post_live(&page, &broken).await] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = answer.html();
        assert_eq!(text_of(&html, "#text-box"), broken);
        assert!(text_of(&html, "#text-refusal").starts_with("line 4, column 1: "), "{}", text_of(&html, "#text-refusal"));
        assert_eq!(select(&html, "#line-4")[0].attr("href"), Some("#text-refusal"));
        assert!(text_of(&html, "#waiting").contains("the form waits"));
        assert_eq!(select(&html, "#text[open]").len(), 1);
        for waiting in ["#editor", ".take-away", ".verdict"] {
            assert!(select(&html, waiting)[0].attr("inert").is_some(), "{waiting}");
        }
        assert_eq!(select(&html, "#editor")[0].attr("action"), Some(page.as_str()));
        assert_eq!(text_of(&html, "#manifest"), TEXT);
    }
    let html = post(&page, &pairs("")).await.html();
    assert!(text_of(&html, "#text-refusal").contains("no manifest"));
    assert!(select(&get(&page).await.html(), "[inert], #text[open], #waiting").is_empty());
}

#[tokio::test]
async fn of_several_documents_the_open_one_stays_open() {
    let page = format!("{}?document=3", page_of(SEVERAL).await);
    let html = get(&page).await.html();
    assert_eq!(text_of(&html, "#text-box"), SEVERAL);
    assert_eq!(select(&html, "#text-form")[0].attr("action"), Some(page.as_str()));
    let answer = post(&page, &pairs(&SEVERAL.replace("{name: b}", "{name: c} # third"))).await;
    assert!(answer.location().contains("?document=3"), "{}", answer.location());
    assert!(text_of(&get(answer.location()).await.html(), "title").starts_with("c "));
    let fewer = post(&page, &pairs(SEVERAL.rsplit_once("---").unwrap().0)).await;
    assert!(text_of(&get(fewer.location()).await.html(), "title").starts_with("a "));
}

#[tokio::test]
async fn a_text_that_no_link_can_hold_is_refused_and_stays() {
    let page = page_of(TEXT).await;
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from(state >> 59).unwrap() % 26)
    };
    let long = format!("{TEXT}# {}\n", (0..60_000).map(|_| letter()).collect::<String>());
    let answer = post(&page, &pairs(&long)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(text_of(&answer.html(), "#text-box"), long);
    let too_long = post(&page, &pairs(&"x".repeat(400_000))).await;
    assert_eq!(too_long.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn marks_and_findings_lead_to_each_other() {
    let html = get(&page_of(&TEXT.replace("name: web # short", "name: Web # short")).await).await.html();
    let finding = select(&html, "#findings > [data-field=\"metadata.name\"]")[0];
    let line = select(&html, "#line-5")[0];
    assert_eq!(line.attr("href").unwrap().strip_prefix('#'), finding.attr("id"));
    assert_eq!(select(&html, "#findings a[href='#line-5']").len(), 1);
    for link in select(&html, "a[href^='#line-']") {
        assert_eq!(select(&html, link.attr("href").unwrap()).len(), 1);
    }
}

#[tokio::test]
async fn what_has_changed_since_the_document_was_opened_is_shown_and_carried_along() {
    let opened = page_of(TEXT).await;
    let follow = select(&get(&opened).await.html(), "#changes-link")[0].attr("href").unwrap().to_owned();
    assert!(text_of(&get(&follow).await.html(), "#changes").contains("Nothing has changed."));
    let changed = post(&follow, &pairs(&TEXT.replace("name: web # short", "name: site"))).await;
    assert!(changed.location().contains("since="), "{}", changed.location());
    let html = get(changed.location()).await.html();
    assert_eq!(
        (text_of(&html, "#changes del"), text_of(&html, "#changes ins")),
        ("-  name: web # short\n".to_owned(), "+  name: site\n".to_owned())
    );
    assert!(!select(&html, "#link")[0].attr("value").unwrap().contains("since="));
    assert_eq!(select(&html, "#editor")[0].attr("action"), Some(changed.location()));
    let diff = select(&html, "#changes a")
        .iter()
        .find_map(|link| link.attr("href").filter(|href| href.contains(".diff")))
        .unwrap()
        .to_owned();
    let diff = get(&diff).await;
    assert_eq!(diff.headers["content-type"], "text/plain; charset=utf-8");
    assert!(diff.text().starts_with("--- a/manifest.yaml\n+++ b/manifest.yaml\n@@ -2,7 +2,7 @@\n"), "{}", diff.text());
    assert!(diff.text().contains("\n-  name: web # short\n+  name: site\n"), "{}", diff.text());
}

#[tokio::test]
async fn a_comparison_with_nothing_is_refused() {
    let page = page_of(TEXT).await;
    for address in [format!("{page}?since=2broken"), format!("{page}.diff"), format!("{page}.diff?since=")] {
        assert_eq!(get(&address).await.status, StatusCode::BAD_REQUEST, "{address}");
    }
}

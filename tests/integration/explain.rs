//! `/explain`, and comments for learners in the editor.

use axum::http::{Request, StatusCode};

use crate::client::{and, form_of, get, post, post_manifest, select, send, text_of, with};
use podweave::document::link;

fn links(html: &scraper::Html, selector: &str) -> Vec<String> {
    select(html, selector).iter().map(|link| link.attr("href").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_field_of_the_list_has_a_page_which_leads_to_rules_that_there_are() {
    let list = get("/explain").await;
    assert_eq!(list.status, StatusCode::OK);
    let fields = links(&list.html(), "article a");
    assert!(fields.len() > 60, "{}", fields.len());
    let mut rules = std::collections::BTreeSet::new();
    for field in fields {
        let page = get(&field).await;
        assert_eq!(page.status, StatusCode::OK, "{field}");
        rules.extend(links(&page.html(), "article a[href^='/rules']"));
    }
    assert!(rules.len() > 20, "{rules:?}");
    for rule in rules {
        assert_eq!(get(&rule).await.status, StatusCode::OK, "{rule}");
    }
}

#[tokio::test]
async fn a_page_says_all_that_is_known() {
    let html = get("/explain/spec.volumes.emptyDir.sizeLimit").await.html();
    assert_eq!(
        (text_of(&html, "h1").as_str(), text_of(&html, "title").as_str()),
        ("sizeLimit", "spec.volumes.emptyDir.sizeLimit · Podweave")
    );
    let description = select(&html, "meta[name=description]")[0].attr("content").unwrap();
    assert_eq!(description, text_of(&html, ".lead"));
    let way = ["/explain", "/explain/pod", "/explain/spec", "/explain/spec.volumes", "/explain/spec.volumes.emptyDir"];
    assert_eq!(links(&html, ".way a"), way);
    let facts: Vec<String> = select(&html, ".facts dt").iter().map(|name| name.text().collect()).collect();
    assert_eq!(facts, ["Of", "Path", "Type", "Needed", "Default", "Since", "History"]);
    assert!(text_of(&html, ".facts").contains("(set by the kubelet)"));
    assert!(text_of(&html, ".said").contains("minimum value between the SizeLimit"));
    let inside = get("/explain/spec.volumes.emptyDir").await.html();
    assert_eq!(
        links(&inside, ".rule-list a"),
        ["/explain/spec.volumes.emptyDir.medium", "/explain/spec.volumes.emptyDir.sizeLimit"]
    );
}

/// Without a script too, what is not in the form and what stands on a line can be asked about.
#[tokio::test]
async fn every_line_and_every_kept_field_leads_to_its_page() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: 2\n  nothing: 1\n  \
        selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      \
        - name: a\n        image: nginx:1.29\n      - name: b\n        image: nginx:1.29\n        tty: true\n";
    let html = get(&format!("/p/{}", link::encode(text).unwrap())).await.html();
    let lines = links(&html, ".line-asks a");
    let mut once = lines.clone();
    once.sort();
    once.dedup();
    assert_eq!(lines.len(), once.len(), "{lines:?}");
    for field in ["apiVersion", "spec.replicas", "spec.template.spec.containers.image", "spec.template.spec.containers.tty"] {
        assert!(lines.contains(&format!("/explain/deployment.{field}")), "{field}: {lines:?}");
    }
    let words: Vec<String> = select(&html, ".line-asks a").iter().map(|link| link.text().collect()).collect();
    assert!(words.contains(&"containers.tty".to_owned()) && words.contains(&"deployment.spec.replicas".to_owned()), "{words:?}");
    let kept = ["spec.replicas", "spec.selector", "spec.template.spec.containers.tty"];
    assert_eq!(links(&html, "#kept a"), kept.map(|field| format!("/explain/deployment.{field}")));
    for page in &lines {
        assert_eq!(get(page).await.status, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn a_path_may_have_indexes_keys_and_a_kind() {
    for (path, heading) in [
        ("pod.spec.volumes%5B0%5D.emptyDir.medium", "medium"),
        ("spec.volumes[0].emptyDir", "emptyDir"),
        ("pod.spec.containers%5B1%5D.resources.limits%5Bephemeral-storage%5D", "ephemeral-storage"),
        ("pod.metadata.labels%5Bapp.kubernetes.io%2Fname%5D", "labels"),
        ("cronjob.spec.jobTemplate.spec.template.spec.containers%5B0%5D.image", "image"),
        ("deployment", "Deployment"),
    ] {
        let page = get(&format!("/explain/{path}")).await;
        assert_eq!((page.status, text_of(&page.html(), "h1").as_str()), (StatusCode::OK, heading), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_field_leads_to_those_that_may_be_meant() {
    let answer = get("/explain/spec.volume.emptyDir").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(text_of(&answer.html(), ".lead"), "PodSpec has no field volume (at spec).");
    assert_eq!(links(&answer.html(), "article ul a"), ["/explain/spec.volumes.emptyDir", "/explain/spec"]);
    let long = "a.".repeat(2_000);
    for path in ["%3Cscript%3Ex", "a/b", "[", "%00", &long] {
        let answer = get(&format!("/explain/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path:.20}");
        assert!(!answer.text().contains("<script>x") && answer.body.len() < 5_000, "{path:.20}");
    }
}

#[tokio::test]
async fn head_is_answered_as_get() {
    for path in ["/explain", "/explain/spec.volumes", "/explain/nothing"] {
        let head = send(Request::head(path), "").await;
        assert_eq!((head.status, head.body.len()), (get(path).await.status, 0), "{path}");
    }
}

const POD: &str = "apiVersion: v1 # mine
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.29
    volumeMounts:
    - {name: html, mountPath: /usr/share/nginx/html}
  volumes:
  - name: html
    emptyDir: {}
---
kind: Service
";

/// The text of the page at `page`, and what the button for comments does.
async fn comments_of(page: &str) -> (String, String) {
    let code = page.strip_prefix("/p/").unwrap().split(['?', '#']).next().unwrap();
    let button = get(page).await.html();
    let button = select(&button, ".about-lines button")[0].attr("value").unwrap().to_owned();
    (link::decode(code).unwrap(), button)
}

#[tokio::test]
async fn comments_are_added_and_taken_out_by_a_button() {
    let page = post_manifest("/", POD.as_bytes(), b"").await.location().to_owned();
    assert_eq!(comments_of(&page).await, (POD.to_owned(), "comment".to_owned()));
    let typed = with(form_of(&get(&page).await.html()), "metadata.name", "site");
    let commented = post(&page, &and(typed, "edit", "comment")).await.location().to_owned();
    let (text, button) = comments_of(&commented).await;
    assert!(text.contains("\n    # An empty directory; it lives exactly as long as the Pod.\n    emptyDir: {}\n"), "{text}");
    assert!(text.contains("name: site") && text.contains("apiVersion: v1 # mine"), "{text}");
    assert_eq!(button, "uncomment");
    let form = form_of(&get(&commented).await.html());
    let without = post(&commented, &and(form.clone(), "edit", "uncomment")).await.location().to_owned();
    assert_eq!(comments_of(&without).await, (POD.replace("name: web\nspec", "name: site\nspec"), "comment".to_owned()));
    let again = post(&commented, &and(form, "edit", "comment")).await.location().to_owned();
    assert_eq!(comments_of(&again).await.0, text);
}

#[tokio::test]
async fn who_asks_for_comments_where_there_is_no_line_for_one_hears_so() {
    let pod = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": []}}"#;
    let page = post_manifest("/", pod.as_bytes(), b"").await.location().to_owned();
    let typed = with(form_of(&get(&page).await.html()), "metadata.name", "site");
    let answer = post(&page, &and(typed.clone(), "edit", "comment")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&answer.html(), "#refusals").contains("there is no line for a comment"));
    assert_eq!(form_of(&answer.html()), typed);
}

/// The address of the longest text, of those that begin with a comment of letters which no compression makes much shorter, that has
/// a link.
fn longest() -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from(state >> 59).unwrap() % 26)
    };
    let letters: String = (0..60_000).map(|_| letter()).collect();
    let page = |length: usize| link::v2::encode(&format!("# {}\n{POD}", &letters[..length])).map(|code| format!("/p/{code}"));
    let (mut fits, mut most) = (0, letters.len());
    while most - fits > 1 {
        let middle = usize::midpoint(fits, most);
        if page(middle).is_ok() { fits = middle } else { most = middle }
    }
    page(fits).unwrap()
}

#[tokio::test]
async fn comments_that_make_the_document_too_large_for_a_link_are_refused() {
    let page = longest();
    let form = form_of(&get(&page).await.html());
    let answer = post(&page, &and(form.clone(), "edit", "comment")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text_of(&answer.html(), "#refusals").contains("more than the 32768"));
    assert_eq!(form_of(&answer.html()), form);
}

//! The lights of the editor, and fixes by its buttons.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Pairs, and, form_of, get, page_of, post, post_manifest, post_parts, select, text_of, with};

fn pod() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
        "spec": {
            "containers": [
                {"name": "writer", "image": "alpine:3.22", "command": ["sh", "-c", "while true; do date > /html/a; sleep 5; done"],
                    "volumeMounts": [{"name": "html", "mountPath": "/html"}, {"name": "tmp", "mountPath": "/tmp"}]},
                {"name": "web", "image": "nginx:1.29",
                    "volumeMounts": [{"name": "html", "mountPath": "/usr/share/nginx/html", "readOnly": true}]}
            ],
            "volumes": [
                {"name": "html", "emptyDir": {"medium": "memory", "sizeLimit": "16Mi"}},
                {"name": "tmp", "emptyDir": {"medium": "MEMORY", "sizeLimit": "16Mi"}}
            ]
        }
    })
}

async fn lights(document: &Value) -> Vec<String> {
    let html = get(&page_of(document)).await.html();
    select(&html, ".lights > li").iter().map(|light| light.attr("data-light").unwrap().to_owned()).collect()
}

fn edits(html: &scraper::Html) -> Pairs {
    let buttons = select(html, "button[form=editor][name=edit]");
    buttons.iter().map(|button| (button.text().collect(), button.attr("value").unwrap().to_owned())).collect()
}

#[tokio::test]
async fn three_lights_say_how_far_a_document_gets() {
    assert_eq!(lights(&pod()).await, ["green", "red", "green"]);
    let mut works = pod();
    works["spec"]["volumes"] =
        json!([{"name": "html", "emptyDir": {"sizeLimit": "16Mi"}}, {"name": "tmp", "emptyDir": {"sizeLimit": "16Mi"}}]);
    assert_eq!(lights(&works).await, ["green", "green", "green"]);
    let mut refused = works.clone();
    refused["metadata"]["name"] = json!("Web");
    assert_eq!(lights(&refused).await, ["red", "green", "green"]);
    refused["spec"]["containers"][0]["image"] = json!(7);
    assert_eq!(lights(&refused).await, ["red", "unknown", "unknown"]);
    let mut unread = works.clone();
    unread["spec"]["containers"][0]["volumeMounts"][0]["readOnly"] = json!(true);
    assert_eq!(lights(&unread).await[2], "red");
    assert_eq!(lights(&json!({"apiVersion": "v1", "kind": "Service"})).await, ["unknown"; 3]);
    assert_eq!(
        lights(&json!({"apiVersion": "v1", "kind": "Pod", "spec": {"containers": []}})).await,
        ["red", "unknown", "unknown"]
    );
}

#[tokio::test]
async fn a_finding_says_what_happens_and_what_to_do() {
    let html = get(&page_of(&pod())).await.html();
    let verdict = select(&html, "#verdict")[0];
    assert_eq!(
        (verdict.attr("data-verdict"), verdict.attr("data-light"), verdict.attr("role")),
        (Some("accepted"), Some("red"), Some("status"))
    );
    assert!(text_of(&html, "#verdict").ends_with("but the Pod will not start as it should."));
    assert!(text_of(&html, ".peek").contains("will not start"));
    let medium = select(&html, "#findings > [data-field=\"spec.volumes[0].emptyDir.medium\"]")[0];
    assert_eq!((medium.attr("data-severity"), medium.attr("data-stage")), (Some("error"), Some("starts")));
    let links: Vec<_> = medium.descendent_elements().filter_map(|element| element.attr("href").map(str::to_owned)).collect();
    assert_eq!(links, ["#spec.volumes[0].emptyDir.medium", "/rules/medium-unknown", "#line-27"]);
    assert!(!select(&html, "#notes li").is_empty());
    assert!(select(&html, "#findings > [data-severity=advice]").is_empty());
}

#[tokio::test]
async fn a_fix_is_an_edit_of_the_form() {
    let page = page_of(&pod());
    let html = get(&page).await.html();
    let offered = edits(&html);
    assert!(offered.contains(&("Fix all 2 that are safe".to_owned(), "fix-all".to_owned())), "{offered:?}");
    let edit = "fix medium-unknown spec.volumes[0].emptyDir.medium";
    assert!(offered.iter().any(|(title, value)| title.starts_with("Fix: ") && value == edit), "{offered:?}");

    let typed = with(form_of(&html), "spec.containers[1].image", "nginx:1.28");
    let fixed = post(&page, &and(typed.clone(), "edit", edit)).await;
    assert_eq!(fixed.status, StatusCode::SEE_OTHER);
    assert!(fixed.location().ends_with("#spec.volumes[0].emptyDir.medium"), "{}", fixed.location());
    let (volumes, image) =
        (fixed.document()["spec"]["volumes"].clone(), fixed.document()["spec"]["containers"][1]["image"].clone());
    assert_eq!((&volumes[0]["emptyDir"]["medium"], &volumes[1]["emptyDir"]["medium"]), (&json!("Memory"), &json!("MEMORY")));
    assert_eq!(image, "nginx:1.28");

    let all = post(&page, &and(typed, "edit", "fix-all")).await.document();
    let media: Vec<_> = all["spec"]["volumes"].as_array().unwrap().iter().map(|volume| &volume["emptyDir"]["medium"]).collect();
    assert_eq!(media, ["Memory", "Memory"]);
}

#[tokio::test]
async fn a_finding_that_is_gone_is_told_and_nothing_typed_is_lost() {
    let page = page_of(&pod());
    let typed = with(form_of(&get(&page).await.html()), "metadata.name", "site");
    let answer = post(&page, &and(typed, "edit", "fix medium-unknown spec.volumes[7].emptyDir.medium")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&answer.html(), "#refusals").contains("there is nothing to fix any more"));
    assert!(form_of(&answer.html()).contains(&("metadata.name".to_owned(), "site".to_owned())));
}

#[tokio::test]
async fn what_the_server_says_is_fixed_too_and_its_words_are_folded() {
    let mut document = pod();
    document["metadata"]["name"] = json!("Web");
    let page = page_of(&document);
    let html = get(&page).await.html();
    let words = text_of(&html, "#findings > [data-field=\"metadata.name\"] > .said > details.words");
    assert!(words.contains("metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 subdomain"), "{words}");
    let fixed = post(&page, &and(form_of(&html), "edit", "fix FieldValueInvalid metadata.name")).await.document();
    assert_eq!(fixed["metadata"]["name"], "web");
}

#[tokio::test]
async fn silenced_rules_are_shown() {
    let mut document = pod();
    document["metadata"]["annotations"] = json!({"podweave.dev/ignore": "medium-unknown"});
    let html = get(&page_of(&document)).await.html();
    assert!(text_of(&html, "#silenced > summary").contains("2 findings silenced by this document"));
    assert_eq!(select(&html, "#silenced li").len(), 2);
    assert!(edits(&html).iter().all(|(_, edit)| edit != "fix-all"));
}

#[tokio::test]
async fn comments_of_a_text_silence_rules() {
    let text = "apiVersion: v1\nkind: Pod # podweave: ignore shell-exits-at-once\nmetadata: {name: a}\n\
        spec: {containers: [{name: a, image: alpine:3.22}]}\n";
    let opened = post_manifest("/", text.as_bytes(), b"").await;
    let html = get(opened.location()).await.html();
    assert!(text_of(&html, "#silenced > summary").contains("1 finding silenced"));
    assert_eq!(text_of(&html, "#verdict"), "Kubernetes 1.35 accepts this manifest.");
}

const FENCED: &str = "```yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n\tcontainers:\n\t- {name: web, image: 'nginx:1.29'}\n```\n";
const MENDED: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: web, image: 'nginx:1.29'}\n";

#[tokio::test]
async fn a_text_that_cannot_be_read_is_mended_by_a_button() {
    let button = "button[form=import][name=fix]";
    for page in ["/check", "/"] {
        let html = post_manifest(page, FENCED.as_bytes(), b"").await.html();
        assert_eq!(text_of(&html, button), "Fix: Keep what stands in the code block and replace tabs by spaces", "{page}");
        let broken = post_manifest(page, FENCED.replace("kind:", "kind").as_bytes(), b"").await.html();
        assert!(select(&broken, "[value=mend-text]").is_empty(), "{page}");
    }
    let parts = [("manifest", "", FENCED.as_bytes()), ("fix", "", b"mend-text" as &[u8])];
    let checked = post_parts("/check", &parts).await.html();
    assert_eq!(text_of(&checked, "#manifest-text").trim(), MENDED.trim());
    assert!(select(&checked, button).is_empty());
    let opened = post_parts("/", &parts).await;
    assert_eq!((opened.status, &opened.document()["metadata"]["name"]), (StatusCode::SEE_OTHER, &json!("web")));
}

#[tokio::test]
async fn the_text_beside_the_form_is_mended_too() {
    let page = page_of(&pod());
    // The button stands before the text.
    let posted = |button: &[(&str, &str)]| {
        let pairs = button.iter().chain(&[("text", FENCED), ("crlf", "")]);
        pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Pairs>()
    };
    let unread = post(&page, &posted(&[])).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text_of(&unread.html(), "#text-form button[name=mend-text]").starts_with("Fix: Keep what stands"));
    let mended = post(&page, &posted(&[("mend-text", "true")])).await;
    assert_eq!((mended.status, &mended.document()["metadata"]["name"]), (StatusCode::SEE_OTHER, &json!("web")));
}

//! The editor without a script: its page, its form, its files.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use pod_lesson::lessons;
use podweave::document::Path;
use podweave::document::link::MAX_CODE_LENGTH;
use podweave::document::link::v1::encode;
use podweave::form::input_at;
use podweave::server::app;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{
    Pairs, and, encode as form, form_of, form_request, get, page_of, post, select, send, send_to, text_of, with,
};

fn pod() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"app": "web"}},
        "spec": {
            "containers": [{
                "name": "web", "image": "nginx:1.28-alpine", "args": ["a", "b\nc\n"],
                "ports": [{"containerPort": 80}],
                "livenessProbe": {"httpGet": {"port": 80}},
                "volumeMounts": [{"name": "html", "mountPath": "/usr/share/nginx/html", "readOnly": true}]
            }],
            "volumes": [{"name": "html", "emptyDir": {"medium": "Memory", "sizeLimit": "16Mi"}}]
        }
    })
}

async fn form_pairs(document: &Value) -> Pairs {
    form_of(&get(&page_of(document)).await.html())
}

#[tokio::test]
async fn a_manifest_is_shown_as_it_is_downloaded() {
    for lesson in lessons() {
        let page = page_of(&lesson.document);
        let shown = get(&page).await;
        let file = get(&format!("{page}.yaml")).await;
        assert_eq!((shown.status, file.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(text_of(&shown.html(), "#manifest"), file.text(), "{}", lesson.name);
        assert_eq!(select(&shown.html(), "#findings [data-severity=error]").len(), 0, "{}", lesson.name);
    }
}

/// A claim of a `StatefulSet` is a volume of its Pods.
#[tokio::test]
async fn nothing_says_that_a_claim_is_missing() {
    let container = |name: &str| json!({"name": name, "image": "a:1", "volumeMounts": [{"name": "data", "mountPath": "/data"}]});
    let document = json!({
        "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db"},
        "spec": {
            "selector": {"matchLabels": {"a": "b"}},
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container("a"), container("b")]}},
            "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
                "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}},
            }}],
        }
    });
    let html = get(&page_of(&document)).await.html();
    assert!(text_of(&html, ".sharing thead").contains("Claim of the StatefulSet"));
    assert!(!text_of(&html, ".sharing").contains("o such volume"));
    assert!(text_of(&html, ".sharing option[selected]").contains("data (a claim)"));
    assert_eq!(select(&html, "#diagram .volume.undefined").len(), 0);
    assert!(text_of(&html, "#same-files").starts_with("For example, /data/file is one file in a and b."));
}

#[tokio::test]
async fn a_document_is_a_file_in_three_formats() {
    let page = page_of(&pod());
    for (extension, media_type) in [("yaml", "application/yaml"), ("json", "application/json"), ("svg", "image/svg+xml")] {
        let file = get(&format!("{page}.{extension}")).await;
        assert_eq!((file.status, file.headers[CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, media_type));
        assert!(!file.headers.contains_key(CONTENT_DISPOSITION));
        let download = get(&format!("{page}.{extension}?download=")).await;
        assert_eq!(download.headers[CONTENT_DISPOSITION], format!("attachment; filename=\"web.{extension}\""));
    }
    let json: Value = serde_json::from_slice(&get(&format!("{page}.json")).await.body).unwrap();
    assert_eq!(json, pod());
    assert_eq!(get(&format!("{page}.exe")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_bad_link_says_what_is_wrong() {
    let good = encode(&pod()).unwrap();
    let long = "1".repeat(MAX_CODE_LENGTH + 1);
    for (code, reason) in [
        (&good[..good.len() / 2], "cut off"),
        ("9abc", "version"),
        ("1ab!c", "no code contains"),
        (long.as_str(), "more than the 32768"),
        (&encode(&json!([1, 2])).unwrap(), "a manifest begins with fields"),
    ] {
        for address in [format!("/p/{code}"), format!("/p/{code}.svg")] {
            let answer = get(&address).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
            assert!(text_of(&answer.html(), "main").contains(reason), "{reason}: {}", text_of(&answer.html(), "main"));
        }
    }
}

#[tokio::test]
async fn a_text_that_is_no_manifest_is_handed_out_as_it_is() {
    let code = encode(&json!([1, 2])).unwrap();
    assert_eq!(get(&format!("/p/{code}.yaml")).await.text(), "- 1\n- 2\n");
}

#[tokio::test]
async fn every_input_is_named_by_a_field_path() {
    let document = podweave::document::Document::try_from(pod()).unwrap();
    let pairs = form_pairs(&pod()).await;
    for name in pairs.iter().map(|(name, _)| name).filter(|name| !["edit", "switch"].contains(&name.as_str())) {
        let path: Path = name.parse().unwrap();
        assert_eq!(path.to_string(), *name);
        assert!(input_at(&document, &path).is_some(), "{name}");
    }
    for expected in ["spec.containers[0].image", "spec.containers[0].resources.limits[memory]", "spec.volumes[0].emptyDir.medium"]
    {
        assert!(pairs.iter().any(|(name, value)| name == expected || value == expected), "{expected}");
    }
}

/// No mount makes a `ConfigMap` writable, so a box that is not ticked must not look as if it did.
#[tokio::test]
async fn a_box_that_decides_nothing_says_so() {
    let volumes = json!([
        {"name": "plain", "emptyDir": {}}, {"name": "map", "configMap": {"name": "a"}}, {"name": "secret", "secret": {"secretName": "a"}},
        {"name": "token", "projected": {"sources": []}}, {"name": "labels", "downwardAPI": {"items": []}},
        {"name": "files", "image": {"reference": "a:1"}}, {"name": "share", "nfs": {"server": "a", "path": "/", "readOnly": true}},
        {"name": "host", "hostPath": {"path": "/"}},
    ]);
    let names = ["plain", "map", "secret", "token", "labels", "files", "share", "host"];
    let mounts: Vec<_> = names.iter().map(|name| json!({"name": name, "mountPath": format!("/{name}")})).collect();
    let container = json!({"name": "a", "image": "a:1", "volumeMounts": mounts});
    let table = json!({"kind": "Pod", "spec": {"containers": [container], "volumes": volumes}});
    let cards = json!({"kind": "Pod", "spec": {"containers": vec![container; 60], "volumes": volumes}});
    for document in [table, cards] {
        let html = get(&page_of(&document)).await.html();
        let told = names.iter().enumerate().map(|(index, name)| {
            let hint = format!("[id='spec.containers[0].volumeMounts[{index}].readOnly:hint']");
            (*name, select(&html, &hint).iter().any(|hint| hint.text().collect::<String>().contains("always read-only")))
        });
        let silent: Vec<_> = told.filter(|(_, is_told)| !is_told).map(|(name, _)| name).collect();
        assert_eq!(silent, ["plain", "host"]);
    }
}

#[tokio::test]
async fn typed_text_and_an_edit_lead_to_the_new_document() {
    let pairs = with(form_pairs(&pod()).await, "spec.containers[0].image", "nginx:1.29");
    let answer = post(&page_of(&pod()), &and(pairs, "edit", "duplicate spec.containers[0]")).await;
    assert!(answer.location().ends_with("#spec.containers[1].name"), "{}", answer.location());
    assert_eq!(answer.document()["spec"]["containers"][1]["image"], "nginx:1.29");
    assert_eq!(answer.document()["spec"]["containers"][1]["livenessProbe"], pod()["spec"]["containers"][0]["livenessProbe"]);
}

#[tokio::test]
async fn a_live_form_gets_the_page_in_one_exchange() {
    let pairs = and(form_pairs(&pod()).await, "edit", "add spec.volumes");
    let answer = send(form_request(&page_of(&pod())).header("podweave-live", "1"), form(&pairs)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.html();
    assert_eq!(select(&html, "#sheet")[0].attr("data-focus"), Some("spec.volumes[1].name"));
    let page = select(&html, "#editor")[0].attr("action").unwrap();
    assert_eq!(text_of(&get(page).await.html(), "#manifest"), text_of(&html, "#manifest"));
    assert!(text_of(&answer.html(), "#manifest").contains("name: shared-data"));
}

#[tokio::test]
async fn a_live_form_of_a_page_that_is_shown_gets_what_changes() {
    let shown = get(&page_of(&pod())).await.html();
    let basis = select(&shown, "#sheet")[0].attr("data-basis").unwrap();
    let pairs = with(form_pairs(&pod()).await, "spec.containers[0].image", "nginx:1.29");
    let request = |basis: &str| form_request(&page_of(&pod())).header("podweave-live", basis);
    let delta = send(request(basis), form(&pairs)).await;
    let whole = send(request("another program"), form(&pairs)).await;
    assert_eq!([delta.status, whole.status], [StatusCode::OK; 2]);
    assert!(delta.body.len() * 2 < whole.body.len(), "{} of {}", delta.body.len(), whole.body.len());
    assert_eq!(select(&delta.html(), "#manifest > [data-of]").len(), 1);
    assert!(select(&whole.html(), "[data-of], [data-stay]").is_empty());
}

#[tokio::test]
async fn what_changes_is_the_same_whether_the_page_before_was_answered_or_is_drawn_again() {
    let server = app();
    let basis = select(&get(&page_of(&pod())).await.html(), "#sheet")[0].attr("data-basis").unwrap().to_owned();
    let request = async |server: &Router, page: &str, document: &Value, image: &str| {
        let pairs = with(form_pairs(document).await, "spec.containers[0].image", image);
        let request = form_request(page).header("podweave-live", &basis).body(form(&pairs).into()).unwrap();
        send_to(server.clone(), request).await
    };
    let first = request(&server, &page_of(&pod()), &pod(), "nginx:1.28").await;
    let page = select(&first.html(), "#editor")[0].attr("action").unwrap().to_owned();
    let mut changed = pod();
    changed["spec"]["containers"][0]["image"] = json!("nginx:1.28");
    let answered = request(&server, &page, &changed, "nginx:1.29").await;
    let drawn = request(&app(), &page, &changed, "nginx:1.29").await;
    assert_eq!(answered.text(), drawn.text());
    assert_eq!(select(&answered.html(), "#manifest > [data-of]").len(), 1);
}

#[tokio::test]
async fn a_page_with_an_answer_or_a_refusal_is_no_basis() {
    let asked = get(&format!("{}?what=deleted", page_of(&pod()))).await.html();
    assert_eq!(select(&asked, "#sheet")[0].attr("data-basis"), None);
    let pairs = with(form_pairs(&pod()).await, "metadata.labels", "app: web\napp: again");
    assert_eq!(select(&post(&page_of(&pod()), &pairs).await.html(), "#sheet")[0].attr("data-basis"), None);
}

#[tokio::test]
async fn what_if_says_what_it_supposes_of_a_pod_that_does_not_run() {
    let asked = async |document: &Value| {
        let html = get(&format!("{}?what=reboot", page_of(document))).await.html();
        text_of(&html, ".outcome-of")
    };
    let mut document = pod();
    let plain = asked(&document).await;
    assert!(plain.starts_with("If the node reboots: ") && !plain.contains("as it is"), "{plain}");
    document["spec"]["containers"][0]["image"] = "https://example.com/Image".into();
    assert!(asked(&document).await.contains("As it is, this Pod does not start as it should"));
    document["metadata"]["name"] = "A B".into();
    assert!(asked(&document).await.contains("Kubernetes refuses this manifest as it is"));
}

#[tokio::test]
async fn a_refused_live_form_leads_nowhere() {
    let pairs = with(form_pairs(&pod()).await, "metadata.labels", "app: web\napp: again");
    let answer = send(form_request(&page_of(&pod())).header("podweave-live", "1"), form(&pairs)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(select(&answer.html(), "#sheet")[0].attr("data-focus"), None);
}

/// Proxies take few kilobytes of headers: nginx 4 KiB, unless it is told otherwise.
#[tokio::test]
async fn the_headers_of_a_live_answer_are_short_however_long_the_code_is() {
    let pairs = with(form_pairs(&pod()).await, "spec.containers[0].args", &noise(30_000));
    let answer = send(form_request(&page_of(&pod())).header("podweave-live", "1"), form(&pairs)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = select(&answer.html(), "#editor")[0].attr("action").unwrap().to_owned();
    assert!(page.len() > 20_000, "{}", page.len());
    let length: usize = answer.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len()).sum();
    assert!(length < 2_048, "{:?}", answer.headers);
}

#[tokio::test]
async fn what_cannot_be_applied_is_still_in_the_form() {
    let pairs = with(form_pairs(&pod()).await, "metadata.labels", "app: web\napp: again");
    let answer = post(&page_of(&pod()), &pairs).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = form_of(&answer.html());
    assert!(again.contains(&("metadata.labels".to_owned(), "app: web\napp: again".to_owned())));
    assert!(text_of(&answer.html(), "#refusals").contains("stands there twice"));
}

/// So many letters that no compression makes much shorter.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from(state >> 59).unwrap() % 26)
    };
    (0..length).map(|_| letter()).collect()
}

#[tokio::test]
async fn a_document_that_no_link_can_hold_is_refused_and_stays_in_the_form() {
    let text = noise(60_000);
    let pairs = with(form_pairs(&pod()).await, "spec.containers[0].args", &text);
    let answer = post(&page_of(&pod()), &and(pairs, "edit", "add spec.volumes")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(form_of(&answer.html()).contains(&("spec.containers[0].args".to_owned(), text)));
    assert!(text_of(&answer.html(), "#refusals").contains("more than the 32768"));
}

#[tokio::test]
async fn a_form_of_another_page_is_refused() {
    for pairs in [[("edit", "explode")], [("a..b", "c")]] {
        let pairs: Pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(post(&page_of(&pod()), &pairs).await.status, StatusCode::BAD_REQUEST);
    }
    let not_a_form = send(axum::http::Request::post(page_of(&pod())).header(CONTENT_TYPE, "text/plain"), "x").await;
    assert!(not_a_form.status.is_client_error());
    assert!(text_of(&not_a_form.html(), "h1").contains("cannot be read"));
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\n\\r\\t |:=\"<>&;'\\\\-]{0,8}",
        Just("yes".to_owned()),
        Just("\nfirst line".to_owned()),
        Just("</textarea><script>".to_owned()),
        Just("|".to_owned()),
    ]
}

fn any_scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        hostile().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null)
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    any_scalar().prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z./:= ]{0,6}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A Pod with arbitrary values in the places that have inputs.
fn half_typed_pod() -> impl Strategy<Value = Value> {
    prop::collection::vec(any_value(), 16).prop_map(|mut values| {
        let mut next = || values.pop().unwrap_or_default();
        json!({
            "kind": "Pod",
            "metadata": {"name": next(), "labels": next(), "annotations": {"a/b": next()}},
            "spec": {
                "restartPolicy": next(), "shareProcessNamespace": next(),
                "initContainers": [{"name": next(), "restartPolicy": next()}],
                "containers": [{
                    "name": next(), "args": next(), "command": [next()],
                    "env": [{"name": "A", "value": next()}, next()],
                    "ports": [{"containerPort": next()}],
                    "volumeMounts": [{"name": next(), "readOnly": next()}]
                }],
                "volumes": [{"name": "v", "emptyDir": {"medium": next()}}]
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_form_that_nobody_touched_changes_nothing(document in half_typed_pod()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let after = runtime.block_on(async {
            let pairs = form_pairs(&document).await;
            post(&page_of(&document), &pairs).await.document()
        });
        prop_assert_eq!(after, document);
    }
}

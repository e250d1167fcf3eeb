//! Links and posted forms whose parts multiply: containers by mounts by volumes by the length of a name. An answer stays within
//! 8 MiB, and what a page has no room for is counted, can be turned to, and survives.

mod form;
mod request;
mod window;

use axum::http::StatusCode;
use podweave::document::link;
use podweave::web::budget::MAX_PAGE_BYTES;
use serde_json::{Map, Value, json};

use crate::client::get;

fn pod(spec: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": spec})
}

/// As many copies of `item` as a link can carry.
fn filled(item: &Value) -> Vec<Value> {
    vec![item.clone(); (link::MAX_DOCUMENT_BYTES - 500) / (item.to_string().len() + 1)]
}

fn numbered(count: usize, item: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..count).map(item).collect()
}

/// 200 containers with 100 empty mounts each, and 100 volumes with names of `length` characters.
fn page_bomb(length: usize) -> Value {
    let containers = vec![json!({"volumeMounts": vec![json!({}); 100]}); 100];
    let volumes = numbered(100, |number| json!({"name": format!("{:y<length$}", format!("v{number:02}"))}));
    pod(json!({"containers": containers, "initContainers": containers, "volumes": volumes}))
}

/// What is to be answered within the limit, by what it has very much of.
fn bombs() -> Vec<(&'static str, Value)> {
    let container = |fields: Value| {
        let mut container = json!({"name": "a", "image": "b"});
        container.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        pod(json!({"containers": [container]}))
    };
    let escaped = "\"".repeat(64);
    let row = json!({"name": escaped, "mountPath": escaped, "subPath": escaped});
    let deep = |inside: Value| (0..110).fold(inside, |inside, _| json!({"a": inside}));
    let long_keys: Map<String, Value> = numbered(50, |number| json!({"key": format!("{number}{}", "&".repeat(4000))}))
        .into_iter()
        .map(|key| (key["key"].as_str().unwrap().to_owned(), json!({"a": 1})))
        .collect();
    vec![
        ("mounts, volumes and their names", page_bomb(1500)),
        ("mounts and volumes", page_bomb(10)),
        ("containers", pod(json!({"containers": filled(&json!({}))}))),
        ("init containers", pod(json!({"initContainers": filled(&json!({}))}))),
        ("what is no container", pod(json!({"containers": filled(&json!(0))}))),
        ("volumes", pod(json!({"volumes": filled(&json!({}))}))),
        ("named volumes", pod(json!({"volumes": numbered(7_000, |number| json!({"name": format!("v{number}")}))}))),
        ("volumes of one name", {
            let mounts = vec![json!({"name": "v"}); 10_000];
            pod(json!({"containers": [{"volumeMounts": mounts}], "volumes": vec![json!({"name": "v"}); 100]}))
        }),
        ("containers that could mount volumes", {
            let containers = numbered(2000, |number| json!({"name": format!("{escaped}{number}")}));
            pod(
                json!({"containers": &containers[..1000], "volumes": numbered(60, |number| json!({"name": format!("{escaped}{number}")}))}),
            )
        }),
        ("mounts", container(json!({"volumeMounts": filled(&json!({}))}))),
        ("variables", container(json!({"env": filled(&json!({}))}))),
        ("ports", container(json!({"ports": filled(&json!({}))}))),
        ("arguments", container(json!({"args": filled(&json!(""))}))),
        ("lines of an argument", container(json!({"args": ["a\n".repeat(80_000)]}))),
        ("characters to escape in a text area", container(json!({"args": ["&".repeat(250_000)]}))),
        ("characters to escape in an attribute", container(json!({"image": "\"".repeat(125_000)}))),
        ("characters to escape in a choice", container(json!({"imagePullPolicy": "&".repeat(250_000)}))),
        ("characters to escape in a row", {
            let containers = vec![json!({"name": escaped, "image": escaped, "volumeMounts": vec![row.clone(); 26]}); 20];
            pod(
                json!({"containers": containers, "volumes": numbered(40, |number| json!({"name": format!("{escaped}{number}")}))}),
            )
        }),
        ("a name", json!({"kind": "Pod", "metadata": {"name": "&".repeat(250_000)}})),
        ("a kind", json!({"kind": "&".repeat(250_000)})),
        ("labels", {
            let labels: Map<String, Value> = (0..4000).map(|number| (format!("&{number}"), json!("&&&&&&&&"))).collect();
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": labels, "annotations": labels}})
        }),
        (
            "kept values",
            pod(json!({"containers": [{"securityContext": long_keys}], "tolerations": filled(&json!({}))[..15_000]})),
        ),
        ("a kept key", json!({"apiVersion": "v1", "kind": "Pod", "&".repeat(120_000): {"<".repeat(120_000): 1}})),
        ("unknown fields below long keys", json!({"apiVersion": "v1", "kind": "Pod", "metadata": long_keys})),
        ("depth", json!({"kind": "Pod", "a": deep(json!(vec![0; 120_000]))})),
        ("depth of lines", json!({"kind": "Pod", "a": deep(json!("a\n".repeat(80_000)))})),
    ]
}

/// The page of a text that is the document on one line.
fn page_of_text(document: &Value) -> String {
    format!("/p/{}", link::v2::encode(&document.to_string()).unwrap())
}

#[tokio::test(start_paused = true)]
async fn no_answer_is_larger_than_its_limit() {
    let links: Vec<_> = bombs().iter().map(|(name, document)| (*name, link::v1::encode(document))).collect();
    for (name, code) in &links {
        assert!(code.is_ok(), "{name}: {code:?}");
    }
    for (name, code) in links {
        let code = code.unwrap();
        for address in ["", ".yaml", ".json", ".svg"].map(|extension| format!("/p/{code}{extension}")) {
            let answer = get(&address).await;
            // The text of a deep tree is many times as long as the tree.
            let expected = if name.starts_with("depth") { StatusCode::BAD_REQUEST } else { StatusCode::OK };
            assert_eq!(answer.status, expected, "{name}");
            assert!(answer.body.len() <= MAX_PAGE_BYTES, "{name}: {} bytes", answer.body.len());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_file_of_any_depth_is_the_whole_document() {
    let deep = |inside: Value| (0..90).fold(inside, |inside, _| json!({"a": inside}));
    for (name, inside) in [("numbers", json!(vec![0; 100_000])), ("lines", json!("a\n".repeat(80_000)))] {
        let document = json!({"kind": "Pod", "a": deep(inside)});
        let page = page_of_text(&document);
        let json: Value = serde_json::from_slice(&get(&format!("{page}.json")).await.body).unwrap();
        let yaml: Value = serde_json::from_slice(&get(&format!("{page}.yaml")).await.body).unwrap();
        assert!(json == document && yaml == document, "{name}");
    }
}

//! Forms that are typed to do harm, and what becomes of what is typed.

use axum::http::StatusCode;
use podweave::web::budget::MAX_PAGE_BYTES;
use serde_json::json;

use super::{filled, pod};
use crate::client::{Pairs, and, form_of, form_request, get, page_of, post, send, text_of, with};

const CONTAINER: &str = "spec.containers[0]";

/// A volume with 15,000 mounts gets a name of 300 KB.
#[tokio::test(start_paused = true)]
async fn a_name_that_multiplies_is_refused_and_stays_in_its_input() {
    let mounts = vec![json!({"name": "v"}); 15_000];
    let document = pod(json!({"containers": [{"name": "a", "image": "b", "volumeMounts": mounts}], "volumes": [{"name": "v"}]}));
    let page = page_of(&document);
    assert!(page.len() < 600, "{}", page.len());
    for name in ["\"".repeat(300_000), "x".repeat(20)] {
        let typed = vec![("spec.volumes[0].name".to_owned(), name.clone())];
        let answer = post(&page, &and(typed, "edit", "add spec.containers")).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.len() <= MAX_PAGE_BYTES, "{}", answer.body.len());
        assert!(form_of(&answer.html()).contains(&("spec.volumes[0].name".to_owned(), name)));
        assert!(text_of(&answer.html(), "#refusals").contains("larger than the 262144 bytes"));
    }
}

/// As YAML this document is larger than a text that a link may carry, and as JSON it is not.
#[tokio::test(start_paused = true)]
async fn a_large_document_of_version_1_can_still_be_changed() {
    let mut document = pod(json!({"containers": [{"name": "a"}], "volumes": vec![json!({"name": "v", "emptyDir": {}}); 8000]}));
    let page = page_of(&document);
    assert_eq!(post(&page, &Pairs::new()).await.location(), page);
    let changed = post(&page, &[("spec.volumes[7].name".to_owned(), "x".to_owned())]).await;
    document["spec"]["volumes"][7]["name"] = json!("x");
    assert_eq!(changed.document(), document);
}

#[tokio::test(start_paused = true)]
async fn everything_typed_is_still_there_when_the_document_would_be_too_large() {
    let document = pod(json!({"containers": [{"name": "a", "image": "b"}], "volumes": [{"name": "v", "emptyDir": {}}]}));
    let page = page_of(&document);
    let mut typed = with(form_of(&get(&page).await.html()), "spec.containers[0].args", &"<\n".repeat(90_000));
    typed = with(typed, "metadata.annotations", &format!("a: {}", "x".repeat(190_000)));
    typed = and(typed, "spec.volumes[0].emptyDir.medium", "Memory");
    let answer = post(&page, &typed).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let again = form_of(&answer.html());
    for (name, value) in typed {
        assert!(again.contains(&(name.clone(), value)), "{name}");
    }
}

/// Lines that begin a block before very many blank lines, as one input of a form.
#[tokio::test(start_paused = true)]
async fn blank_lines_are_read_once() {
    let page = page_of(&pod(json!({"containers": [{"name": "a", "image": "b"}]})));
    let body = |heads: usize, blanks: usize| format!("{CONTAINER}.args={}{}", "|\n++\n".repeat(heads), "\n".repeat(blanks));
    let large = send(form_request(&page), body(8000, 700_000)).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.text().contains("384 KiB of text"));
    let typed = send(form_request(&page), body(8000, 340_000)).await;
    assert_eq!(typed.document()["spec"]["containers"][0]["args"], json!(vec!["\n"; 8000]));
    let many = send(form_request(&page), body(60_000, 80_000)).await;
    assert!(matches!(many.status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::SEE_OTHER), "{}", many.status);
}

#[tokio::test(start_paused = true)]
async fn no_character_of_an_edit_is_a_mistake_of_the_server() {
    let page = page_of(&pod(json!({"containers": [{"name": "a", "image": "b"}]})));
    let odd = [
        "\r\n",
        "\n",
        "\0",
        "\u{7f}",
        "\u{1}",
        "\t",
        "é",
        "\u{2028}",
        "😀",
        "%0d%0a",
        "\"",
        "#",
        "<",
        "a\r\nX: y",
        &"k".repeat(100_000),
    ];
    for text in odd {
        for edit in [
            format!("add a{text}"),
            format!("add {text}"),
            format!("add a[{text}]"),
            format!("add spec.{text}.containers"),
            format!("show {text}"),
        ] {
            for live in [false, true] {
                let request = form_request(&page);
                let request = if live { request.header("podweave-live", "1") } else { request };
                let answer = send(request, encode_as_is(&edit)).await;
                assert!(!answer.status.is_server_error(), "{edit:.100?}");
                for (name, value) in &answer.headers {
                    assert!(value.len() < 1000 && value.to_str().is_ok(), "{edit:.100?} gives {name}");
                }
            }
        }
    }
}

fn encode_as_is(edit: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("edit", edit).finish()
}

#[tokio::test(start_paused = true)]
async fn a_hundred_edits_of_the_largest_document_end() {
    let containers = filled(&json!({"name": "a"}));
    let document = pod(json!({"containers": &containers[..containers.len() - 2000]}));
    let page = page_of(&document);
    for edit in [
        "duplicate spec.containers[0]",
        "add spec.containers",
        "up spec.containers[9]",
        "remove spec.containers[0]",
        "duplicate spec.containers",
    ] {
        let answer = post(&page, &vec![("edit".to_owned(), edit.to_owned()); 100]).await;
        assert!(matches!(answer.status.as_u16(), 303 | 413 | 422), "{edit}: {}", answer.status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_form_has_no_more_fields_than_a_page() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    for body in ["&a".repeat(500_000), "a=&".repeat(340_000), "switch=a&".repeat(110_000), "a.a.a.a.a.a.a.a.a.a=&".repeat(50_000)]
    {
        let answer = send(form_request(&page), body).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert!(answer.body.len() <= MAX_PAGE_BYTES);
    }
}

#[tokio::test(start_paused = true)]
async fn a_text_that_is_repeated_by_an_error_is_shortened() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    let long = "&".repeat(300_000);
    for pairs in [
        vec![("edit".to_owned(), format!("explode {long}"))],
        vec![(format!("a[{long}"), "x".to_owned())],
        vec![("edit".to_owned(), format!("remove a[{long}]"))],
        vec![(format!("a[{long}]"), "x".to_owned())],
        vec![("metadata.labels".to_owned(), format!("{}: 1\n{0}: 2", "k".repeat(100_000)))],
    ] {
        let body: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
        let answer = post(&page, &pairs).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        assert!(answer.body.len() < body + 100_000, "{} bytes", answer.body.len());
    }
}

//! Links and posted forms whose parts multiply: containers by mounts by volumes by the length of a name. An answer stays within
//! 8 MiB, and what a page has no room for is counted, can be turned to, and survives.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use podweave::document::link;
use podweave::web::budget::MAX_PAGE_BYTES;
use scraper::Html;
use serde_json::{Map, Value, json};

use crate::client::{Answer, Pairs, and, form_of, form_request, get, page_of, post, select, send, text_of, with};

const CONTAINER: &str = "spec.containers[0]";

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

/// Where the form of a page posts to.
fn action_of(html: &Html) -> String {
    select(html, "#editor")[0].attr("action").unwrap().to_owned()
}

fn names_of_containers(html: &Html) -> Vec<String> {
    let is_name = |name: &str| name.starts_with("spec.containers[") && name.matches('[').count() == 1 && name.ends_with("].name");
    form_of(html).into_iter().filter(|(name, _)| is_name(name)).map(|(_, value)| value).collect()
}

/// The page of a text that is the document on one line.
fn page_of_text(document: &Value) -> String {
    format!("/p/{}", link::v2::encode(&document.to_string()).unwrap())
}

async fn head(path: &str) -> Answer {
    send(axum::http::Request::head(path), "").await
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

#[tokio::test(start_paused = true)]
async fn a_link_of_a_thousand_characters_gives_a_page() {
    for (length, characters) in [(1500, 1300), (700, 1200)] {
        let page = page_of(&page_bomb(length));
        assert!(page.len() < characters, "{}", page.len());
        let answer = get(&page).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(text_of(&answer.html(), "#editor").contains("There are 96 more"), "{}", text_of(&answer.html(), "#editor"));
    }
}

/// An address holds the whole document, so each container that stands on another page costs as many bytes.
#[tokio::test(start_paused = true)]
async fn addresses_of_other_pages_do_not_multiply() {
    let noise = |seed: u32| -> String {
        let numbers = std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)));
        numbers.skip(1).take(100).filter_map(|number| char::from_digit(number >> 27, 32)).collect()
    };
    let mounts = numbered(10, |number| json!({"name": format!("v{number}"), "mountPath": format!("/{number}")}));
    let containers = numbered(
        300,
        |number| json!({"name": noise(u32::try_from(number).unwrap() * 7919 + 1), "image": "b", "volumeMounts": mounts}),
    );
    let volumes = numbered(10, |number| json!({"name": format!("v{number}")}));
    let page = page_of_text(&pod(json!({"containers": containers, "volumes": volumes})));
    assert!(page.len() > 12_000, "{}", page.len());
    for from in ["", "?from=spec.containers%5B299%5D"] {
        let answer = get(&format!("{page}{from}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() <= MAX_PAGE_BYTES, "{} bytes", answer.body.len());
    }
}

/// The hidden items are reached by the buttons that the page has for them, one page after the other.
#[tokio::test(start_paused = true)]
async fn every_item_can_be_turned_to_and_changed() {
    let containers = numbered(130, |number| json!({"name": format!("c{number}"), "image": "b"}));
    let document =
        pod(json!({"containers": containers, "volumes": numbered(150, |number| json!({"name": format!("v{number}")}))}));
    let mut page = page_of(&document);
    let mut seen = BTreeSet::new();
    loop {
        let html = get(&page).await.html();
        seen.extend(names_of_containers(&html));
        let next = format!("spec.containers[{}]", seen.len());
        let edit = format!("show {next}");
        if select(&html, "button.turn").iter().all(|button| button.attr("value") != Some(&edit)) {
            break;
        }
        let answer = post(&action_of(&html), &and(form_of(&html), "edit", &edit)).await;
        assert_eq!(answer.document(), document);
        let (address, field) = answer.location().split_once('#').unwrap();
        assert_eq!(field, next);
        page = address.to_owned();
    }
    assert_eq!(seen, (0..130).map(|number| format!("c{number}")).collect());

    let html = get(&page).await.html();
    let pairs = with(form_of(&html), "spec.containers[129].image", "changed");
    let answer = post(&action_of(&html), &pairs).await;
    assert_eq!(answer.document()["spec"]["containers"][129]["image"], "changed");
    assert_eq!(answer.location().split('?').nth(1), page.split('?').nth(1), "the page is turned to where it was");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_shown_survives_an_untouched_form() {
    let document = page_bomb(10);
    for from in ["", "?from=spec.containers%5B77%5D.volumeMounts%5B50%5D", "?from=spec.volumes%5B99%5D", "?from=%5D%5B"] {
        let address = page_of_text(&document) + from;
        let pairs = and(form_of(&get(&address).await.html()), "metadata.namespace", "");
        let answer = post(&address, &pairs).await;
        assert!(answer.status == StatusCode::SEE_OTHER && answer.document() == document, "{from}: {}", answer.status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_finding_leads_to_a_page_that_shows_its_input() {
    let document = pod(json!({"containers": numbered(200, |number| match number {
        150 => json!({"name": "c150"}),
        _ => json!({"name": format!("c{number}"), "image": "b"}),
    })}));
    let html = get(&page_of(&document)).await.html();
    let address = select(&html, "#findings a")[0].attr("href").unwrap();
    assert!(address.ends_with("?from=spec.containers%5B150%5D#spec.containers[150].image"), "{address}");
    let page = get(address.split('#').next().unwrap()).await.html();
    assert_eq!(select(&page, "[id=\"spec.containers[150].image\"]").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_added_item_is_on_the_page_that_follows() {
    let document = pod(json!({"containers": numbered(150, |number| json!({"name": format!("c{number}"), "image": "b"}))}));
    let answer = post(&page_of(&document), &and(Pairs::new(), "edit", "add spec.containers")).await;
    let (page, field) = answer.location().split_once('#').unwrap();
    assert_eq!(field, "spec.containers[150].image");
    assert_eq!(select(&get(page).await.html(), "[id=\"spec.containers[150].image\"]").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn of_many_volumes_the_names_are_suggested_once() {
    let html = get(&page_of(&page_bomb(700))).await.html();
    assert_eq!(select(&html, "select[name$='.name']").len(), 0);
    let mount = "input[list=volumes][name='spec.containers[0].volumeMounts[0].name']";
    assert_eq!((select(&html, mount).len(), select(&html, "datalist#volumes").len()), (1, 1));
    let names = json!({"containers": [{"name": "a", "volumeMounts": [{"name": "v3"}]}], "volumes": numbered(120, |number| json!({"name": format!("v{number}")}))});
    let html = get(&page_of(&pod(names))).await.html();
    assert!(select(&html, "#volumes option").iter().any(|option| option.attr("value") == Some("v7")));
    let pairs = with(form_of(&html), "spec.containers[0].volumeMounts[0].name", "+new");
    let answer = post(&action_of(&html), &pairs).await;
    assert_eq!(answer.document()["spec"]["containers"][0]["volumeMounts"][0]["name"], "shared-data");
}

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

#[tokio::test(start_paused = true)]
async fn a_head_is_answered_as_the_page_without_one() {
    let page = page_of(&page_bomb(1500));
    for (path, is_page) in [
        (page.clone(), true),
        ("/".to_owned(), true),
        ("/check".to_owned(), true),
        ("/explain".to_owned(), true),
        ("/explain/spec.volumes".to_owned(), true),
        ("/explain/nothing".to_owned(), true),
        ("/rules".to_owned(), true),
        ("/rules/tail-name".to_owned(), true),
        ("/rules/nothing".to_owned(), true),
        ("/p/1x".to_owned(), true),
        (format!("{page}.yaml"), false),
    ] {
        let (whole, empty) = (get(&path).await, head(&path).await);
        assert_eq!((empty.status, empty.body.len()), (whole.status, 0), "{path:.20}");
        let names = |answer: &Answer| {
            let names = answer.headers.keys().map(ToString::to_string);
            names.filter(|name| name != "content-length").collect::<BTreeSet<_>>()
        };
        assert_eq!(names(&empty), names(&whole), "{path:.20}");
        // A page is not made to tell how long it is.
        let told = empty.headers.get("content-length");
        assert!(told.is_none_or(|told| Some(told) == whole.headers.get("content-length")), "{path:.20}: {told:?}");
        if !is_page {
            let without_id = |answer: &Answer| {
                let mut headers = answer.headers.clone();
                headers.remove("x-request-id");
                headers
            };
            assert_eq!(without_id(&empty), without_id(&whole));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_of_another_kind_is_told_what_is_wanted() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    let paths = ["/", "/check", page.as_str()];
    for path in paths {
        for content_type in ["text/plain", "application/json", ""] {
            let request = axum::http::Request::builder().method(Method::POST).uri(path).header("content-type", content_type);
            let answer = send(request, "a=b").await;
            assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path:.20} {content_type}");
            assert!(text_of(&answer.html(), "h1").contains("cannot be read"));
        }
        let without = send(axum::http::Request::post(path), "a=b").await;
        assert_eq!(without.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    for (content_type, body) in [
        ("multipart/form-data", "x"),
        ("multipart/form-data; boundary=b", "no part"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\nkind: Pod"),
        ("multipart/form-data; boundary=b", "--b\r\n\r\n\r\n"),
    ] {
        for path in ["/", "/check"] {
            let answer = send(axum::http::Request::post(path).header("content-type", content_type), body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
            assert!(text_of(&answer.html(), "h1").contains("cannot be read"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_too_much_gets_the_same_page_everywhere() {
    let page = page_of(&pod(json!({"containers": [{"name": "a"}]})));
    let multipart = "multipart/form-data; boundary=b";
    let part = |bytes: usize| {
        format!("--b\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n{}\r\n--b--\r\n", "x".repeat(bytes))
    };
    let form = "application/x-www-form-urlencoded";
    let requests = [
        (page.as_str(), form, format!("metadata.name={}", "x".repeat(500_000))),
        (page.as_str(), form, "a=x&".repeat(300_000)),
        (page.as_str(), form, format!("metadata.name={}", "x".repeat(5 << 20))),
        ("/", multipart, part(4 << 20)),
        ("/check", multipart, part(4 << 20)),
        ("/", multipart, part(9 << 20)),
    ];
    let mut answers = Vec::new();
    for (path, content_type, body) in requests {
        for is_chunked in [false, true] {
            let request = axum::http::Request::post(path).header("content-type", content_type);
            let answer = if is_chunked {
                send(request, chunks(&body)).await
            } else {
                send(request.header("content-length", body.len()), body.clone()).await
            };
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path:.20}");
            answers.push((text_of(&answer.html(), "h1"), text_of(&answer.html(), ".lead")));
        }
    }
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert!(answers[0].1.contains("4 MiB") && answers[0].1.contains("1 MiB"));
}

/// A body without a known length.
fn chunks(text: &str) -> axum::body::Body {
    let chunks: Vec<_> = text.as_bytes().chunks(64 << 10).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
    axum::body::Body::from_stream(futures::stream::iter(chunks))
}

#[tokio::test(start_paused = true)]
async fn a_text_is_shown_again_as_far_as_an_answer_goes() {
    for character in ["&", "<", "x", "\u{1}", "\"", "é"] {
        let text = character.repeat((3 << 20) / character.len());
        for (path, text) in
            [("/", text.clone()), ("/check", text.clone()), ("/lesson", text.clone()), ("/check", format!("a: \"{text}\""))]
        {
            let answer = crate::client::post_manifest(path, text.as_bytes(), b"").await;
            assert!(answer.body.len() <= MAX_PAGE_BYTES, "{path} {character}: {}", answer.body.len());
            let is_shown = answer
                .html()
                .select(&scraper::Selector::parse("#manifest-text").unwrap())
                .any(|area| area.text().collect::<String>().len() > 1 << 20);
            let is_told = answer.text().contains("too long to be shown here again");
            assert!(is_shown != is_told, "{path} {character}");
        }
    }
    let findings = format!(
        "apiVersion: v1\nkind: Pod\nspec: {{containers: [{}]}}\n---\n",
        format!("{{name: \"{}\"}}, ", "&".repeat(300)).repeat(90)
    );
    let answer = crate::client::post_manifest("/check", findings.repeat(100).as_bytes(), b"").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.len() <= MAX_PAGE_BYTES, "{}", answer.body.len());
    assert!(answer.text().contains(" more.</p>"));
}

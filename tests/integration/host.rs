//! Under which address a page says that it is served.

use axum::body::Body;
use axum::http::header::HOST;
use axum::http::request::Builder;
use axum::http::{HeaderValue, Request, StatusCode};
use podweave::server::app_at;
use serde_json::json;

use crate::client::{Answer, page_of, select, send, send_to};

const DEFAULT: &str = "http://127.0.0.1:3000";

fn page() -> String {
    page_of(&json!({"kind": "Pod", "metadata": {"name": "web"}}))
}

fn request(hosts: &[&[u8]]) -> Builder {
    hosts.iter().fold(Request::get(page()), |request, host| request.header(HOST, HeaderValue::from_bytes(host).unwrap()))
}

/// What the links of the page begin with: the link to share, and the one of the command.
fn origin(answer: &Answer) -> String {
    let html = answer.html();
    let link = select(&html, "#link")[0].attr("value").unwrap();
    let command = select(&html, "#apply-command")[0].attr("value").unwrap();
    assert_eq!(command, format!("kubectl apply -f {link}.yaml"));
    link.strip_suffix(&page()).unwrap().to_owned()
}

async fn origin_of(request: Builder) -> String {
    origin(&send(request, Body::empty()).await)
}

#[tokio::test]
async fn links_lead_to_the_host_that_was_asked() {
    for (host, expected) in [
        ("podweave.example:8080", "http://podweave.example:8080"),
        ("localhost", "http://localhost"),
        ("192.0.2.1:80", "http://192.0.2.1:80"),
        ("[::1]:3000", "http://[::1]:3000"),
        ("xn--bcher-kva.example", "http://xn--bcher-kva.example"),
        ("PODS.Example", "http://pods.example"),
        ("pods.example.", "http://pods.example."),
    ] {
        assert_eq!(origin_of(request(&[host.as_bytes()])).await, expected);
    }
    let absolute = Request::get(format!("http://target.example{}", page())).header(HOST, "other.example");
    assert_eq!(origin_of(absolute).await, "http://target.example");
}

#[tokio::test]
async fn what_is_no_host_is_not_repeated() {
    let long = "a".repeat(60_000);
    for hosts in [
        vec![&b""[..]],
        vec![b"$(id)"],
        vec![b"a@evil"],
        vec![b"a'b"],
        vec![b"a;id"],
        vec![b"a b"],
        vec![b"a/b"],
        vec![b"a_b"],
        vec![b"a:99999"],
        vec![b"a:0"],
        vec![b"::1"],
        vec![b"[::1"],
        vec![b"1.2.3"],
        vec![b"b\xc3\xbccher"],
        vec![b"<script>"],
        vec![long.as_bytes()],
    ] {
        assert_eq!(origin_of(request(&hosts)).await, DEFAULT, "{hosts:?}");
    }
    for target in ["http://a@evil.example", "http://$(id)", "http://a:99999"] {
        let Ok(request) = Request::get(format!("{target}{}", page())).body(Body::empty()) else { continue };
        assert_eq!(origin(&send_to(podweave::server::app(), request).await), DEFAULT, "{target}");
    }
}

#[tokio::test]
async fn several_hosts_are_refused() {
    for hosts in [[&b"pods.example"[..], b"pods.example"], [b"pods.example", b"evil.example"]] {
        let answer = send(request(&hosts), Body::empty()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(!answer.text().contains(".example"));
    }
}

#[tokio::test]
async fn a_proxy_names_the_scheme_and_nothing_else() {
    for (values, expected) in [
        (vec!["https"], "https"),
        (vec!["http"], "http"),
        (vec!["HTTPS"], "http"),
        (vec!["javascript"], "http"),
        (vec!["https, http"], "http"),
        (vec!["https", "https"], "http"),
        (vec![""], "http"),
    ] {
        let request = request(&[b"pods.example"]);
        let request = values.iter().fold(request, |request, value| request.header("x-forwarded-proto", *value));
        assert_eq!(origin_of(request).await, format!("{expected}://pods.example"), "{values:?}");
    }
    let request = ["x-forwarded-host", "x-forwarded-port", "forwarded", "x-original-url", "x-forwarded-prefix"]
        .iter()
        .fold(request(&[b"pods.example"]), |request, name| request.header(*name, "host=evil.example"));
    assert_eq!(origin_of(request).await, "http://pods.example");
}

#[tokio::test]
async fn a_configured_base_is_that_of_every_link() {
    let base = "https://Pods.example:8443/".parse().unwrap();
    let request = request(&[b"evil.example"]).header("x-forwarded-proto", "http").body(Body::empty()).unwrap();
    let answer = send_to(app_at(Some(base)), request).await;
    assert_eq!(origin(&answer), "https://pods.example:8443");
    assert!(!answer.text().contains("evil"));
}

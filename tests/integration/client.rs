//! A browser without scripts, as far as the tests need one.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION};
use axum::http::request::Builder;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use podweave::document::{File, link};
use podweave::server::app;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tower::ServiceExt;

/// An answer of the server.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Names and values of a form.
pub type Pairs = Vec<(String, String)>;

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn html(&self) -> Html {
        Html::parse_document(self.text())
    }

    /// Where the answer leads to.
    pub fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers[LOCATION].to_str().unwrap()
    }

    /// The document that the answer leads to.
    pub fn document(&self) -> Value {
        let page = self.location().split(['#', '?']).next().unwrap();
        let text = link::decode(page.strip_prefix("/p/").unwrap()).unwrap();
        File::open(text, None).unwrap().document().value().clone()
    }
}

pub async fn send(request: Builder, body: impl Into<Body>) -> Answer {
    send_to(app(), request.body(body.into()).unwrap()).await
}

/// Sends `request`, which names a host as every one of HTTP/1.1 does.
pub async fn send_to(app: Router, mut request: Request<Body>) -> Answer {
    request.headers_mut().entry(HOST).or_insert(HeaderValue::from_static("127.0.0.1:3000"));
    let response = app.oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    Answer { status: head.status, headers: head.headers, body: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
}

/// Posts the box for manifests with what is in it and a file, which may be empty.
pub async fn post_manifest(path: &str, text: &[u8], file: &[u8]) -> Answer {
    post_parts(path, &[("manifest", "", text), ("file", "; filename=\"x.yaml\"", file)]).await
}

/// Posts a form with parts, each with its name, what else is said of it, and its content.
pub async fn post_parts(path: &str, parts: &[(&str, &str, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, more, content) in parts {
        body.extend(format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--limit--\r\n");
    send(Request::post(path).header(CONTENT_TYPE, "multipart/form-data; boundary=limit"), body).await
}

pub async fn get(path: &str) -> Answer {
    send(Request::get(path), Body::empty()).await
}

/// Posts a form as browsers do, with every line feed as CR LF.
pub async fn post(path: &str, pairs: &[(String, String)]) -> Answer {
    send(form_request(path), encode(pairs)).await
}

pub fn form_request(path: &str) -> Builder {
    Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

pub fn encode(pairs: &[(String, String)]) -> String {
    let normalised = pairs.iter().map(|(name, value)| (name, value.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n")));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(normalised).finish()
}

/// The address of the editor with `document`.
pub fn page_of(document: &Value) -> String {
    format!("/p/{}", link::v1::encode(document).unwrap())
}

pub fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

pub fn text_of(html: &Html, selector: &str) -> String {
    select(html, selector).first().map(|element| element.text().collect()).unwrap_or_default()
}

/// What a browser would send for the editor's form if its first button were pressed.
pub fn form_of(html: &Html) -> Pairs {
    let inputs = select(html, "#editor input[name], #editor select[name], #editor textarea[name]");
    inputs.into_iter().filter_map(|input| Some((input.attr("name")?.to_owned(), value_of(input)?))).collect()
}

fn value_of(input: ElementRef) -> Option<String> {
    let value = |element: ElementRef| element.attr("value").unwrap_or_default().to_owned();
    match (input.value().name(), input.attr("type")) {
        ("textarea", _) => Some(input.text().collect()),
        ("select", _) => {
            let options: Vec<_> = input.select(&Selector::parse("option").unwrap()).collect();
            let selected = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
            selected.map(|option| value(*option))
        }
        (_, Some("checkbox")) => input.attr("checked").map(|_| value(input)),
        (_, Some("hidden")) => Some(value(input)),
        _ => Some(value(input).replace(['\r', '\n'], "")),
    }
}

/// `pairs` with the value of `name` replaced.
pub fn with(mut pairs: Pairs, name: &str, value: &str) -> Pairs {
    let pair = pairs.iter_mut().find(|(other, _)| other == name);
    value.clone_into(&mut pair.unwrap_or_else(|| panic!("no input {name}")).1);
    pairs
}

/// `pairs` with one more.
pub fn and(mut pairs: Pairs, name: &str, value: &str) -> Pairs {
    pairs.push((name.to_owned(), value.to_owned()));
    pairs
}

//! The document as a file: YAML, JSON, or the picture, as SVG or PNG.

use std::fmt::{self, Write};
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::changes::Changes;
use crate::diagram::{Picture, STANDALONE_STYLE, Use};
use crate::document::File;
use crate::preview;
use crate::server::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use crate::web::budget::MAX_PAGE_BYTES;
use kube_dry_run::order;

/// Files are made to be used elsewhere: a picture in another site's page, a manifest by its scripts. They hold nothing that
/// their address does not hold, and are the same for everybody, so every site may load and read them. They can change with the
/// version of this server.
pub(super) const FOR_ALL_SITES: [(HeaderName, HeaderValue); 3] = [
    (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
];

/// The policy of a picture: nothing but its own style sheet.
static PICTURE_POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STANDALONE_STYLE));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'");
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
});

/// What a document can be written as.
#[derive(Clone, Copy)]
pub enum Format {
    /// The manifest as YAML.
    Yaml,
    /// The manifest as JSON.
    Json,
    /// The picture of the Pod.
    Svg,
    /// The picture as it is shown beside a link.
    Png,
}

impl Format {
    /// The format that an extension of an address names.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "yaml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            _ => None,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// The media types of RFC 9512 (YAML), RFC 8259 (JSON), of SVG 2 and of PNG.
    fn media_type(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }

    fn write(self, file: &File) -> Body {
        match self {
            Self::Yaml => file.text().to_owned().into(),
            Self::Json => json(file).into(),
            Self::Svg => Picture::of(file.document().value()).svg(Use::Standalone).into(),
            Self::Png => preview::png(file.document().value()).unwrap_or_default().into(),
        }
    }
}

/// All documents as JSON, one object after the other; on one line each if indentation makes them too large for an answer.
fn json(file: &File) -> String {
    let documents = || file.values().flatten().map(|value| order::arrange(&value));
    let mut text = Answer(String::new());
    let is_whole = documents().all(|document| writeln!(text, "{document:#}").is_ok());
    if is_whole { text.0 } else { documents().map(|document| document.to_string() + "\n").collect() }
}

/// A text that takes no more than an answer has, so that what is too long is not written to its end.
struct Answer(String);

impl fmt::Write for Answer {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.0.len() + part.len() > MAX_PAGE_BYTES {
            return Err(fmt::Error);
        }
        self.0.push_str(part);
        Ok(())
    }
}

/// Answers the manifest `text` as YAML, as it stands in its link.
pub fn manifest(text: String) -> Response {
    written(Format::Yaml, text.into())
}

/// Answers what has changed from the text `before` to the text `after`, as a unified diff, which browsers show.
pub fn changes(before: &str, after: &str) -> Response {
    let diff = Changes::between(before, after).unified("a/manifest.yaml", "b/manifest.yaml");
    (StatusCode::OK, [(CONTENT_TYPE, "text/plain; charset=utf-8")], FOR_ALL_SITES, diff).into_response()
}

/// Answers `file` in `format`, to be shown or, as `attachment`, to be saved under the name of the open document: the whole text,
/// or the picture of that document.
pub fn file(file: &File, format: Format, attachment: bool) -> Response {
    let mut response = written(format, format.write(file));
    if matches!(format, Format::Svg) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, PICTURE_POLICY.clone());
    }
    if attachment && let Ok(disposition) = disposition(file.document().name(), format) {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

fn written(format: Format, content: Body) -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, format.media_type())], FOR_ALL_SITES, content).into_response()
}

fn disposition(name: &str, format: Format) -> Result<HeaderValue, axum::http::header::InvalidHeaderValue> {
    let plain: String =
        name.chars().filter(|character| character.is_ascii_alphanumeric() || "-._".contains(*character)).collect();
    let stem = plain.trim_start_matches('.');
    let stem = if stem.is_empty() { "pod" } else { stem };
    HeaderValue::try_from(format!("attachment; filename=\"{stem}.{}\"", format.extension()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn the_policy_of_a_picture_admits_its_style_sheet() {
        let picture = Picture::of(Document::empty_pod().value()).svg(Use::Standalone);
        let picture = roxmltree::Document::parse(&picture).unwrap();
        let mut sheets = picture.descendants().filter(|node| node.tag_name().name() == "style");
        let sheet = sheets.next().and_then(|sheet| sheet.text()).unwrap();
        let hash = STANDARD.encode(Sha256::digest(sheet));
        let policy = PICTURE_POLICY.to_str().unwrap();
        assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'"));
        assert!(sheets.next().is_none());
        assert!(picture.descendants().all(|node| node.attribute("style").is_none()));
    }

    #[test]
    fn a_file_is_named_after_its_pod() {
        for (name, expected) in [("web-content", "web-content.yaml"), ("", "pod.yaml"), ("../../etc/\"x\r\n", "etcx.yaml")] {
            let header = disposition(name, Format::Yaml).unwrap();
            assert_eq!(header.to_str().unwrap(), format!("attachment; filename=\"{expected}\""));
        }
    }
}

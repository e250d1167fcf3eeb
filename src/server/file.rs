//! The document as a file: YAML, JSON, or the picture.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::diagram;
use crate::document::Document;
use crate::document::order;
use crate::web::budget::MAX_PAGE_BYTES;
use crate::yaml;

/// What a document can be written as.
#[derive(Clone, Copy)]
pub enum Format {
    /// The manifest as YAML.
    Yaml,
    /// The manifest as JSON.
    Json,
    /// The picture of the Pod.
    Svg,
}

impl Format {
    /// The format that an extension of an address names.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "yaml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Svg => "svg",
        }
    }

    /// The media types of RFC 9512 (YAML), RFC 8259 (JSON) and of SVG 2.
    fn media_type(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
        }
    }

    fn write(self, document: &Document) -> String {
        match self {
            Self::Yaml => Some(yaml::write(document.value()).text).filter(is_answerable).unwrap_or_else(|| compact(document)),
            Self::Json => {
                let text = format!("{:#}\n", order::arrange(document.value()));
                Some(text).filter(is_answerable).unwrap_or_else(|| compact(document))
            }
            Self::Svg => diagram::svg(document.value(), diagram::Use::Standalone),
        }
    }
}

/// True unless the text is too large for an answer: indentation alone can make a deeply nested document many times longer.
fn is_answerable(text: &String) -> bool {
    text.len() <= MAX_PAGE_BYTES
}

/// The document on one line of JSON, which is YAML as well.
fn compact(document: &Document) -> String {
    format!("{}\n", order::arrange(document.value()))
}

/// Answers `document` in `format`, to be shown or, as `attachment`, to be saved under the name of the Pod.
pub fn file(document: &Document, format: Format, attachment: bool) -> Response {
    let mut response = (StatusCode::OK, [(CONTENT_TYPE, format.media_type())], format.write(document)).into_response();
    if attachment && let Ok(disposition) = disposition(document.name(), format) {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    response
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

    #[test]
    fn a_file_is_named_after_its_pod() {
        for (name, expected) in [("web-content", "web-content.yaml"), ("", "pod.yaml"), ("../../etc/\"x\r\n", "etcx.yaml")] {
            let header = disposition(name, Format::Yaml).unwrap();
            assert_eq!(header.to_str().unwrap(), format!("attachment; filename=\"{expected}\""));
        }
    }
}

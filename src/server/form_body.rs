//! The body of a posted form, as browsers send it without a file.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

use crate::server::error::Refusal;

const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// The body of a form.
///
/// # Errors
/// The body is of another type, too large, or cut off.
pub fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Bytes, Refusal> {
    if !is_of_type(headers, MEDIA_TYPE) {
        return Err(Refusal::wrong_type(MEDIA_TYPE));
    }
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Refusal::unreadable_form(rejection.body_text()),
    })
}

/// The names and values in the body of a form, one after the other.
pub fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(body).into_owned()
}

/// True if the body is said to be of the type `media_type`, whatever its parameters are.
pub fn is_of_type(headers: &HeaderMap, media_type: &str) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case(media_type))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_media_type_has_any_parameters() {
        let is_form = |value: &'static str| {
            is_of_type(&HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(value))]), MEDIA_TYPE)
        };
        assert!(is_form("application/x-www-form-urlencoded"));
        assert!(is_form("Application/X-WWW-Form-URLEncoded ; charset=UTF-8"));
        assert!(!is_form("application/json"));
        assert!(!is_of_type(&HeaderMap::new(), MEDIA_TYPE));
    }
}

//! The posted box for manifests.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};

use crate::server::error::Refusal;
use crate::server::form_body::is_of_type;

const MEDIA_TYPE: &str = "multipart/form-data";

/// The bytes of the chosen file, or of the text in the box if none was chosen.
///
/// # Errors
/// The form is of another type, too large, cut off or malformed.
pub async fn read(headers: &HeaderMap, form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, Refusal> {
    if !is_of_type(headers, MEDIA_TYPE) {
        return Err(Refusal::wrong_type(MEDIA_TYPE));
    }
    let mut form = form.map_err(|rejection| Refusal::unreadable_form(rejection.body_text()))?;
    let mut content = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| refusal_of(&error))? {
        let is_file = field.name() == Some("file");
        let bytes = field.bytes().await.map_err(|error| refusal_of(&error))?;
        if !(is_file && bytes.is_empty()) {
            content = bytes.into();
        }
    }
    Ok(content)
}

fn refusal_of(error: &MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Refusal::unreadable_form(error.body_text()),
    }
}

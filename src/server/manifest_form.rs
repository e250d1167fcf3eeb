//! The posted box for manifests.

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;

use crate::server::error::Refusal;

/// The bytes of the chosen file, or of the text in the box if none was chosen.
///
/// # Errors
/// The form is cut or malformed.
pub async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, Refusal> {
    let mut form = form.map_err(|rejection| unreadable(rejection.body_text()))?;
    let mut content = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| refusal_of(&error))? {
        let is_file = field.name() == Some("file");
        let bytes = field.bytes().await.map_err(|error| refusal_of(&error))?;
        if !(is_file && bytes.is_empty()) {
            content = bytes.to_vec();
        }
    }
    Ok(content)
}

fn refusal_of(error: &MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => unreadable(error.body_text()),
    }
}

fn unreadable(explanation: String) -> Refusal {
    Refusal::bad_request("This form cannot be read", explanation)
}

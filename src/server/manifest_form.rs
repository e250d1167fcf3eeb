//! The posted box for manifests.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};

use crate::server::error::Refusal;
use crate::server::form_body::is_of_type;

const MEDIA_TYPE: &str = "multipart/form-data";

/// What the box was posted with.
pub struct Posted {
    /// The bytes of the chosen file, or of the text in the box if none was chosen.
    pub text: Vec<u8>,
    /// The fix that a button asks for.
    pub fix: Option<String>,
}

/// Reads the form.
///
/// Browsers send every line break of a box as `\r\n`. It becomes `\n`, unless the form says that the text in the box came from a
/// file with `\r\n`.
///
/// # Errors
/// The form is of another type, too large, cut off or malformed.
pub async fn read(headers: &HeaderMap, form: Result<Multipart, MultipartRejection>) -> Result<Posted, Refusal> {
    if !is_of_type(headers, MEDIA_TYPE) {
        return Err(Refusal::wrong_type(MEDIA_TYPE));
    }
    let mut form = form.map_err(|rejection| Refusal::unreadable_form(rejection.body_text()))?;
    let (mut text, mut file, mut fix, mut keeps_crlf) = (Bytes::new(), Bytes::new(), None, false);
    while let Some(field) = form.next_field().await.map_err(|error| refusal_of(&error))? {
        let name = field.name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|error| refusal_of(&error))?;
        match name.as_deref() {
            Some("file") => file = bytes,
            Some("fix") => fix = Some(String::from_utf8_lossy(&bytes).into_owned()),
            Some("crlf") => keeps_crlf = !bytes.is_empty(),
            _ => text = bytes,
        }
    }
    let text = match () {
        () if !file.is_empty() => file.into(),
        () if keeps_crlf => text.into(),
        () => with_line_feeds(text.into()),
    };
    Ok(Posted { text, fix })
}

/// `text` with `\n` in the place of every `\r\n`.
fn with_line_feeds(mut text: Vec<u8>) -> Vec<u8> {
    let mut kept = 0;
    for at in 0..text.len() {
        if !text[at..].starts_with(b"\r\n") {
            text[kept] = text[at];
            kept += 1;
        }
    }
    text.truncate(kept);
    text
}

fn refusal_of(error: &MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Refusal::unreadable_form(error.body_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_of_a_box_become_line_feeds() {
        for (sent, expected) in [("a\r\nb\r\n", "a\nb\n"), ("\r\r\n\n", "\r\n\n"), ("a\r", "a\r"), ("", "")] {
            assert_eq!(with_line_feeds(sent.into()), expected.as_bytes());
        }
    }
}

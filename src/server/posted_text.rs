//! The text of the manifest, posted in the place of the form's fields.

use axum::http::StatusCode;

use crate::document::{File, Links};
use crate::form::MAX_TEXT_BYTES;
use crate::import::ImportError;
use crate::repair::MEND_TEXT;
use crate::server::error::Refusal;
use crate::server::form_body;
use crate::web::sheet::Unread;
use kube_dry_run::inspection::{Lines, Mark};
use kube_dry_run::mended;

/// The name of the box. It comes first in its form, but for the button that mends it, so a form of fields is known by its first
/// one.
const TEXT: &str = "text";
/// The name of the field that says, if it is not empty, that lines end with `\r\n`, which a box does not tell.
const CRLF: &str = "crlf";

/// The text in the `body` of a form, if that is what was posted; mended, if a button asks for that.
///
/// # Errors
/// The text is longer than what all fields of a form may hold.
pub fn read(body: &[u8]) -> Result<Option<String>, Refusal> {
    let mut pairs = form_body::pairs(body).peekable();
    let is_to_mend = pairs.next_if(|(name, _)| name == MEND_TEXT).is_some();
    let Some((_, text)) = pairs.next().filter(|(name, _)| name == TEXT) else { return Ok(None) };
    let text = text.replace("\r\n", "\n");
    if text.len() > MAX_TEXT_BYTES {
        return Err(Refusal::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let has_crlf = pairs.any(|(name, value)| name == CRLF && !value.is_empty());
    let text = if is_to_mend { mended(&text).map_or(text, |mended| mended.text) } else { text };
    Ok(Some(if has_crlf { text.replace('\n', "\r\n") } else { text }))
}

/// The posted `text` with its addresses below `origin`. The document at `place` stays open, if the text still has it.
///
/// # Errors
/// Why the text cannot be opened, with the status that says so.
pub fn open(text: String, place: Option<usize>, origin: &str) -> Result<(File, Links), (StatusCode, Unread)> {
    let opened = match File::open(text.clone(), place) {
        Err(ImportError::Missing) if place.is_some() => File::open(text.clone(), None),
        opened => opened,
    };
    let file = match opened {
        Ok(file) => file,
        Err(error) => return Err((StatusCode::UNPROCESSABLE_ENTITY, unread(text, error))),
    };
    match Links::new(origin, &file) {
        Ok(links) => Ok((file, links)),
        Err(error) => Err((StatusCode::PAYLOAD_TOO_LARGE, Unread { text, message: error.to_string(), mark: None })),
    }
}

fn unread(text: String, error: ImportError) -> Unread {
    let lines = Lines::new(text);
    let mark = error.position().map(|position| Mark::new(&lines, position, None));
    let message = error.explained(&lines);
    Unread { text: lines.into_text(), message, mark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_those_of_the_document() {
        let read = |body: &str| read(body.as_bytes()).ok().flatten();
        assert_eq!(read("text=a%0D%0Ab%0D%0A&crlf="), Some("a\nb\n".to_owned()));
        assert_eq!(read("text=a%0Ab%0D%0A&crlf=true"), Some("a\r\nb\r\n".to_owned()));
        assert_eq!(read("metadata.name=a&text=b"), None);
        assert!(super::read(format!("text={}", "x".repeat(MAX_TEXT_BYTES + 1)).as_bytes()).is_err());
    }

    #[test]
    fn a_text_is_mended_if_a_button_asks_for_it() {
        let text = |before: &str, crlf: &str| {
            read(format!("{before}text=%60%60%60%0D%0Akind: Pod%0D%0A%60%60%60%0D%0A&crlf={crlf}").as_bytes()).ok().flatten()
        };
        assert_eq!(text("", "").as_deref(), Some("```\nkind: Pod\n```\n"));
        assert_eq!(text("mend-text=true&", "true").as_deref(), Some("kind: Pod\r\n"));
    }

    #[test]
    fn the_open_document_stays_open_where_the_text_still_has_it() {
        let text = "kind: Pod\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: b}\n";
        let name = |text: &str, place| open(text.to_owned(), place, "").ok().map(|(file, _)| file.document().name().to_owned());
        assert_eq!(name(text, Some(1)).as_deref(), Some("b"));
        assert_eq!(name(&text[..30], Some(1)).as_deref(), Some("a"));
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_place() {
        let unread = |text: &str| open(text.to_owned(), None, "").err().map(|(_, unread)| unread).unwrap();
        let broken = unread("kind: Pod\nmetadata:\n\tname: x\n");
        assert_eq!((broken.mark.unwrap().line, broken.text.len()), (3, 29));
        assert!(broken.message.starts_with("line 3, column 1: "), "{}", broken.message);
        assert_eq!(unread("kind: Pod\nkind: Pod\n").mark.unwrap().line, 2);
        assert_eq!(unread("# nothing").mark, None);
    }
}

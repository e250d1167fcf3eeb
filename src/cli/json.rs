//! JSON that may end up on a terminal.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use serde::Serialize;

use super::printable::is_obeyed;

/// `value` as JSON on one line.
///
/// # Errors
/// Where a value refuses to be written, which none of this program does.
pub(super) fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(escaped(&serde_json::to_string(value)?).into_owned())
}

/// The JSON text `json` with escapes for those characters that JSON allows and a terminal obeys.
pub(super) fn escaped(json: &str) -> Cow<'_, str> {
    let is_dangerous = |character: char| character != '\n' && is_obeyed(character);
    if !json.chars().any(is_dangerous) {
        return json.into();
    }
    let mut safe = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if is_dangerous(character) {
            let _ = write!(safe, "\\u{:04x}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_the_same() {
        let value = "\u{1b}[1m\u{9b}1m\u{7f}\u{202e}\nä";
        let json = line(&value).unwrap();
        assert_eq!(json, r#""\u001b[1m\u009b1m\u007f\u202e\nä""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), value);
    }
}

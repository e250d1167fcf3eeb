//! Looking for bytes in texts, many at once: most of what is written is looked through for what has to be escaped.

use std::ops::BitOr;

/// True if a byte of `text` is one that `is_sought` says.
pub fn has_byte(text: &str, is_sought: impl Fn(u8) -> bool) -> bool {
    let found = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(is_sought(*byte))).fold(0, u8::bitor) > 0;
    let (sixteens, rest) = text.as_bytes().as_chunks::<16>();
    let (fours, rest) = rest.as_chunks::<4>();
    sixteens.iter().any(|bytes| found(bytes)) || fours.iter().any(|bytes| found(bytes)) || found(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_at_every_place() {
        for at in 0..40 {
            let text = [&" ".repeat(at), "x", &" ".repeat(40 - at)].concat();
            let has_x = |text: &str| has_byte(text, |byte| byte == b'x');
            assert!(has_x(&text) && has_x(&text[..=at]) && !has_x(&text[..at]), "at {at}");
        }
    }
}

//! The characters of a file.
//!
//! Follows `FileVisitor` of `k8s.io/cli-runtime/pkg/resource` (v1.35), which goes by the byte order mark and takes all else for
//! UTF-8. Unlike kubectl, which puts a replacement character for what is neither, this refuses it: nobody means it.

use crate::yaml::SyntaxError;

use crate::lines::Lines;

/// The text of a file, without its byte order mark, and what is wrong with its encoding; with a mistake the text is what comes
/// nearest, for showing only.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<SyntaxError>) {
    match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => (lossy(&bytes), Some(refused(String::new(), UTF_32))),
        [0xff, 0xfe, units @ ..] => utf_16(units, u16::from_le_bytes),
        [0xfe, 0xff, units @ ..] => utf_16(units, u16::from_be_bytes),
        [0, _, ..] | [_, 0, ..] => (lossy(&bytes), Some(refused(String::new(), NO_MARK))),
        _ => utf_8(bytes),
    }
}

const UTF_32: &str = "this is UTF-32, which Kubernetes does not read: save the file as UTF-8";
const NO_MARK: &str = "this looks like UTF-16 without a byte order mark, which Kubernetes does not read: save the file as UTF-8";
const NOT_UTF_16: &str = "this is not UTF-16, as the byte order mark of the file says: save the file as UTF-8";
const NOT_UTF_8: &str = "this is not UTF-8: save the file in that encoding";

fn utf_8(bytes: Vec<u8>) -> (String, Option<SyntaxError>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            (lossy(error.as_bytes()), Some(refused(lossy(good), NOT_UTF_8)))
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<SyntaxError>) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut good = None;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        good = good.or_else(|| character.is_err().then_some(text.len()));
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let good = good.or_else(|| (!rest.is_empty()).then_some(text.len()));
    let error = good.map(|good| refused(text[..good].to_owned(), NOT_UTF_16));
    (text, error)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A mistake behind the text `good`.
fn refused(good: String, message: &str) -> SyntaxError {
    let (line, column) = Lines::new(good).end();
    SyntaxError { line, column, message: message.to_owned(), is_too_much: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_mark_tells_the_encoding() {
        let text = "kind: Pod\r\nä: 🚀\n";
        for bytes in [
            text.as_bytes().to_vec(),
            in_utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes),
            in_utf_16(&format!("\u{feff}{text}"), u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes), (text.to_owned(), None));
        }
        assert_eq!(decode(Vec::new()), (String::new(), None));
        assert_eq!(decode(vec![0xff, 0xfe]), (String::new(), None));
    }

    #[test]
    fn what_is_in_no_encoding_has_a_place() {
        let told = |bytes: &[u8]| {
            let (text, error) = decode(bytes.to_vec());
            (text, error.unwrap().to_string())
        };
        assert_eq!(told(b"a: b\nc: \xff"), ("a: b\nc: \u{fffd}".to_owned(), format!("line 2, column 4: {NOT_UTF_8}")));
        assert_eq!(told(b"\xff\xfea\0\n\0\x3d\xd8b\0"), ("a\n\u{fffd}b".to_owned(), format!("line 2, column 1: {NOT_UTF_16}")));
        assert_eq!(told(b"\xfe\xff\0a\0"), ("a".to_owned(), format!("line 1, column 2: {NOT_UTF_16}")));
        assert_eq!(told(b"\xff\xfe\0\0a\0\0\0").1, format!("line 1, column 1: {UTF_32}"));
        assert_eq!(told(b"\0\0\xfe\xff\0\0\0a").1, format!("line 1, column 1: {UTF_32}"));
        assert_eq!(told(b"k\0i\0").1, format!("line 1, column 1: {NO_MARK}"));
        assert_eq!(told(b"\0k\0i").1, format!("line 1, column 1: {NO_MARK}"));
    }

    #[test]
    fn bytes_without_end_are_decoded() {
        let much = [0x3d, 0xd8].repeat(1 << 20);
        assert_eq!(decode([vec![0xff, 0xfe], much].concat()).0.chars().count(), 1 << 20);
    }
}

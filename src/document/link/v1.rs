//! Links of version 1: the code carries one document, as the tree that it means.
//!
//! Version 1 is the character `1` and, in URL-safe base64 without padding, two bytes of check and a raw DEFLATE stream
//! (RFC 1951). The stream holds the document as compact JSON and starts with `link/v1.dict` as preset dictionary; the check is
//! the low half of the CRC-32 of the JSON, low byte first. Published links open for ever: `tests/link_v1.txt` holds codes that
//! must, and the dictionary never changes.

use flate2::Compression;
use serde_json::Value;

use super::deflate::{deflate, inflate};
use super::envelope::{self, CHECK_BYTES, check};
use super::{LinkError, MAX_DOCUMENT_BYTES};

/// The first character of a code.
pub const VERSION: char = '1';

/// How deep objects and lists may stand in one another: what `serde_json` reads.
const MAX_DEPTH: usize = 127;

/// What manifests contain, the most likely last. Part of the format.
const DICTIONARY: &[u8] = include_bytes!("v1.dict");

/// The code that carries `document`: the same for the same document, at most [`MAX_CODE_LENGTH`](super::MAX_CODE_LENGTH)
/// characters that need no escape in a URL.
///
/// # Errors
///
/// [`LinkError::DocumentTooLarge`], [`LinkError::TooDeep`] and [`LinkError::CodeTooLong`] for a document that no code can carry.
pub fn encode(document: &Value) -> Result<String, LinkError> {
    if !depth_within(document, MAX_DEPTH) {
        return Err(LinkError::TooDeep { limit: MAX_DEPTH });
    }
    let json = document.to_string();
    if json.len() > MAX_DOCUMENT_BYTES {
        return Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    let stream = deflate(json.as_bytes(), DICTIONARY, Compression::best())?;
    envelope::write(VERSION, &[check(json.as_bytes()).as_slice(), &stream].concat())
}

/// The document that `code` carries, its keys in the order in which they were.
///
/// # Errors
///
/// What is wrong with a code that [`encode`] did not make; no such code takes more memory or time than the largest document.
pub fn decode(code: &str) -> Result<Value, LinkError> {
    let body = envelope::body(code, VERSION)?;
    let bytes = envelope::bytes(body)?;
    let (expected, stream) = bytes.split_first_chunk::<CHECK_BYTES>().ok_or(LinkError::Truncated)?;
    let json = inflate(stream, DICTIONARY)?;
    if check(&json) != *expected {
        return Err(LinkError::Corrupt);
    }
    envelope::check_end(body, &bytes)?;
    serde_json::from_slice(&json).map_err(|error| LinkError::NotJson(error.to_string()))
}

fn depth_within(value: &Value, levels: usize) -> bool {
    let inside = |value: &Value| levels > 0 && depth_within(value, levels - 1);
    match value {
        Value::Array(items) => levels > 0 && items.iter().all(inside),
        Value::Object(map) => levels > 0 && map.values().all(inside),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::link::MAX_CODE_LENGTH;
    use crate::document::link::tests::{edited_preset, in_dictionaries};
    use base64::alphabet::URL_SAFE;
    use flate2::Crc;
    use proptest::prelude::*;
    use serde_json::json;

    /// Codes of version 1 and what they carry, one pair a line, a tab between them. Lines are added, never changed.
    const PUBLISHED: &str = include_str!("../../../tests/link_v1.txt");

    fn code_of(json: &[u8], check: [u8; CHECK_BYTES]) -> String {
        envelope::write(VERSION, &[check.as_slice(), &deflate(json, DICTIONARY, Compression::best()).unwrap()].concat()).unwrap()
    }

    #[test]
    fn the_dictionary_of_version_1_never_changes() {
        let mut crc = Crc::new();
        crc.update(DICTIONARY);
        assert_eq!((DICTIONARY.len(), crc.sum()), (29_761, 0xdc8f_dbdf));
    }

    #[test]
    fn published_codes_open_for_ever() {
        for line in PUBLISHED.lines() {
            let (code, json) = line.split_once('\t').unwrap();
            assert_eq!(decode(code).map(|document| document.to_string()).as_deref(), Ok(json), "{code}");
        }
    }

    #[test]
    fn presets_are_short() {
        for preset in in_dictionaries() {
            let code = encode(&preset.document).unwrap();
            assert!(code.len() <= 40, "{}: {} characters", preset.name, code.len());
            assert_eq!(decode(&code).as_ref(), Ok(&preset.document));
        }
    }

    #[test]
    fn an_edited_preset_stays_short() {
        let code = encode(&edited_preset()).unwrap();
        assert!(code.len() <= 310, "{} characters", code.len());
    }

    #[test]
    fn says_what_is_wrong_with_a_code() {
        let code = encode(&json!({"kind": "Pod"})).unwrap();
        let longer = format!("{code}AAAA");
        assert_eq!(decode(""), Err(LinkError::Empty));
        assert_eq!(decode("ä"), Err(LinkError::UnknownVersion('ä')));
        assert_eq!(decode("1ab c"), Err(LinkError::ForeignCharacter { character: ' ', position: 4 }));
        assert_eq!(decode("1"), Err(LinkError::Truncated));
        assert_eq!(decode(&longer), Err(LinkError::TrailingData));
        assert_eq!(decode("1AAD___"), Err(LinkError::Corrupt));
        assert!(matches!(decode(&code_of(b"{", check(b"{"))), Err(LinkError::NotJson(_))));
        assert_eq!(decode(&code_of(b"{}", [1, 2])), Err(LinkError::Corrupt));
    }

    #[test]
    fn carries_documents_up_to_the_limits_and_refuses_the_rest() {
        let of_size = |bytes: usize| json!({"data": "x".repeat(bytes - r#"{"data":""}"#.len())});
        let largest = of_size(MAX_DOCUMENT_BYTES);
        assert_eq!(decode(&encode(&largest).unwrap()), Ok(largest));
        let too_large = LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES };
        assert_eq!(encode(&of_size(MAX_DOCUMENT_BYTES + 1)), Err(too_large.clone()));
        assert_eq!(decode(&code_of(&vec![b' '; 8 * MAX_DOCUMENT_BYTES], [0, 0])), Err(too_large));
        assert!(matches!(decode(&"1".repeat(MAX_CODE_LENGTH + 1)), Err(LinkError::CodeTooLong { length: 32_769, .. })));
    }

    #[test]
    fn refuses_nesting_that_no_reader_would_follow() {
        let nested = |levels: usize| (0..levels).fold(Value::Null, |inside, _| json!([inside]));
        let deepest = nested(MAX_DEPTH);
        assert_eq!(decode(&encode(&deepest).unwrap()), Ok(deepest));
        assert_eq!(encode(&nested(MAX_DEPTH + 1)), Err(LinkError::TooDeep { limit: MAX_DEPTH }));
        let brackets = "[".repeat(100_000);
        assert!(matches!(decode(&code_of(brackets.as_bytes(), check(brackets.as_bytes()))), Err(LinkError::NotJson(_))));
    }

    #[test]
    fn every_truncation_is_noticed() {
        for preset in in_dictionaries() {
            let code = encode(&preset.document).unwrap();
            for length in 1..code.len() {
                assert_eq!(decode(&code[..length]), Err(LinkError::Truncated), "{length} of {code}");
            }
        }
    }

    #[test]
    fn another_character_never_shows_another_document() {
        let alphabet = URL_SAFE.as_str();
        for preset in in_dictionaries() {
            let code = encode(&preset.document).unwrap();
            for at in 1..code.len() {
                for other in alphabet.chars() {
                    let altered = format!("{}{other}{}", &code[..at], &code[at + 1..]);
                    assert!(decode(&altered).map_or(true, |document| document == preset.document), "{altered}");
                }
            }
        }
    }

    fn any_document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 64, 8, |inside| {
            prop_oneof![
                prop::collection::vec(inside.clone(), 0..8).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inside), 0..8)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(document in any_document()) {
            let code = encode(&document).unwrap();
            let read = decode(&code).unwrap();
            prop_assert_eq!(read.to_string(), document.to_string());
            prop_assert_eq!(read, document);
        }

        #[test]
        fn notices_every_truncation(document in any_document(), part in 0.0..1.0) {
            let code = encode(&document).unwrap();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let length = (code.len() as f64 * part) as usize;
            prop_assert!(decode(&code[..length]).is_err());
        }

        #[test]
        fn never_panics(code in prop_oneof![any::<String>(), "1[-_A-Za-z0-9]{0,200}"]) {
            let _ = decode(&code);
        }
    }
}

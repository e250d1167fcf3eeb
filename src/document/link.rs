//! The code of a link: a whole document in a few characters of a URL.
//!
//! Version 1 is the character `1` and, in URL-safe base64 without padding (RFC 4648, section 5), two bytes of check and a
//! raw DEFLATE stream (RFC 1951). The stream holds the document as compact JSON and starts with `link/v1.dict` as preset
//! dictionary; the check is the low half of the CRC-32 of the JSON, low byte first. Published links open for ever:
//! `tests/link_v1.txt` holds codes that must, the dictionary never changes, and only the encoder may become better.

mod error;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress, Status};
use serde_json::Value;

pub use error::LinkError;

/// The longest code that is made or read, in characters.
pub const MAX_CODE_LENGTH: usize = 32 * 1024;

/// The largest document that a code carries, in bytes of compact JSON.
pub const MAX_DOCUMENT_BYTES: usize = 256 * 1024;

/// The length from which on some chat programs cut a link, in characters.
pub const CHAT_SAFE_LENGTH: usize = 2000;

/// How deep objects and lists may stand in one another: what `serde_json` reads.
const MAX_DEPTH: usize = 127;

const VERSION: char = '1';

/// What manifests contain, the most likely last. Part of the format of version 1.
const DICTIONARY: &[u8] = include_bytes!("link/v1.dict");

const CHECK_BYTES: usize = 2;

/// The code that carries `document`: the same for the same document, at most [`MAX_CODE_LENGTH`] characters that need no
/// escape in a URL.
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
    let mut bytes = check(json.as_bytes()).to_vec();
    deflate(json.as_bytes(), &mut bytes)?;
    let mut code = String::from(VERSION);
    URL_SAFE_NO_PAD.encode_string(&bytes, &mut code);
    within_length(&code)?;
    Ok(code)
}

/// The document that `code` carries, its keys in the order in which they were.
///
/// # Errors
///
/// What is wrong with a code that [`encode`] did not make; no such code takes more memory or time than the largest document.
pub fn decode(code: &str) -> Result<Value, LinkError> {
    within_length(code)?;
    let body = match code.chars().next() {
        None => return Err(LinkError::Empty),
        Some(VERSION) => &code[VERSION.len_utf8()..],
        Some(version) => return Err(LinkError::UnknownVersion(version)),
    };
    let bytes = bytes_of(body)?;
    let (expected, stream) = bytes.split_first_chunk::<CHECK_BYTES>().ok_or(LinkError::Truncated)?;
    let json = inflate(stream)?;
    if check(&json) != *expected {
        return Err(LinkError::Corrupt);
    }
    if URL_SAFE_NO_PAD.encode(&bytes) != body {
        return Err(LinkError::TrailingData);
    }
    serde_json::from_slice(&json).map_err(|error| LinkError::NotJson(error.to_string()))
}

fn within_length(code: &str) -> Result<(), LinkError> {
    match code.len() {
        length if length > MAX_CODE_LENGTH => Err(LinkError::CodeTooLong { length, limit: MAX_CODE_LENGTH }),
        _ => Ok(()),
    }
}

fn depth_within(value: &Value, levels: usize) -> bool {
    let inside = |value: &Value| levels > 0 && depth_within(value, levels - 1);
    match value {
        Value::Array(items) => levels > 0 && items.iter().all(inside),
        Value::Object(map) => levels > 0 && map.values().all(inside),
        _ => true,
    }
}

/// The whole bytes in `body`. Bits that are left over at its end are for the caller to notice, so that a code which was
/// cut off is told from one to which something was added.
fn bytes_of(body: &str) -> Result<Vec<u8>, LinkError> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    let foreign = |character: &char| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    if let Some((at, character)) = body.chars().enumerate().find(|(_, character)| foreign(character)) {
        return Err(LinkError::ForeignCharacter { character, position: at + 2 });
    }
    let whole = if body.len() % 4 == 1 { body.len() - 1 } else { body.len() };
    LENIENT.decode(&body[..whole]).map_err(|_| LinkError::Corrupt)
}

fn check(json: &[u8]) -> [u8; CHECK_BYTES] {
    let mut crc = Crc::new();
    crc.update(json);
    let [low, next, ..] = crc.sum().to_le_bytes();
    [low, next]
}

fn deflate(json: &[u8], output: &mut Vec<u8>) -> Result<(), LinkError> {
    let mut compress = Compress::new(Compression::best(), false);
    compress.set_dictionary(DICTIONARY).map_err(|_| LinkError::NotCompressed)?;
    let mut status = Status::Ok;
    while status != Status::StreamEnd {
        output.reserve(json.len() / 2 + 64);
        let rest = json.get(usize::try_from(compress.total_in()).unwrap_or(usize::MAX)..).unwrap_or_default();
        status = compress.compress_vec(rest, output, FlushCompress::Finish).map_err(|_| LinkError::NotCompressed)?;
    }
    Ok(())
}

fn inflate(stream: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut decompress = Decompress::new(false);
    decompress.set_dictionary(DICTIONARY).map_err(|_| LinkError::Corrupt)?;
    let mut json = Vec::with_capacity(MAX_DOCUMENT_BYTES + 1);
    let status = decompress.decompress_vec(stream, &mut json, FlushDecompress::Finish);
    let at_end = usize::try_from(decompress.total_in()) == Ok(stream.len());
    match status.map_err(|_| LinkError::Corrupt)? {
        _ if json.len() > MAX_DOCUMENT_BYTES => Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES }),
        Status::StreamEnd if at_end => Ok(json),
        Status::StreamEnd => Err(LinkError::TrailingData),
        Status::Ok | Status::BufError => Err(LinkError::Truncated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::presets::{preset, presets};
    use proptest::prelude::*;
    use serde_json::json;

    /// Codes of version 1 and what they carry, one pair a line, a tab between them. Lines are added, never changed.
    const PUBLISHED: &str = include_str!("../../tests/link_v1.txt");

    fn code_of(json: &[u8], check: [u8; CHECK_BYTES]) -> String {
        let mut bytes = check.to_vec();
        deflate(json, &mut bytes).unwrap();
        format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(&bytes))
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
        for preset in presets() {
            let code = encode(&preset.document).unwrap();
            assert!(code.len() <= 40, "{}: {} characters", preset.name, code.len());
            assert_eq!(decode(&code).as_ref(), Ok(&preset.document));
        }
    }

    #[test]
    fn an_edited_preset_stays_short() {
        let mut document = preset("web-content").unwrap().document.clone();
        document["metadata"] = json!({"name": "hans-homepage", "namespace": "workshop", "labels": {"app": "hans-homepage"}});
        let writer = &mut document["spec"]["containers"][0];
        writer["name"] = json!("generator");
        writer["image"] = json!("python:3.12-alpine");
        let script = "import time\nwhile True:\n  open('/out/status.html','w').write(time.ctime())\n  time.sleep(3)\n";
        writer["command"] = json!(["python", "-c", script]);
        writer["volumeMounts"] = json!([{"name": "pages", "mountPath": "/out"}]);
        let web = &mut document["spec"]["containers"][1];
        web["name"] = json!("frontend");
        web["image"] = json!("caddy:2.10-alpine");
        web["volumeMounts"] = json!([{"name": "pages", "mountPath": "/srv/www", "readOnly": true}]);
        document["spec"]["containers"].as_array_mut().unwrap().push(json!({
            "name": "backup", "image": "restic/restic:0.18.0", "args": ["backup", "/srv"],
            "volumeMounts": [{"name": "pages", "mountPath": "/srv", "readOnly": true}, {"name": "backup", "mountPath": "/backup"}],
        }));
        document["spec"]["volumes"] = json!([
            {"name": "pages", "emptyDir": {"medium": "Memory", "sizeLimit": "48Mi"}},
            {"name": "backup", "emptyDir": {"sizeLimit": "3Gi"}},
        ]);
        let code = encode(&document).unwrap();
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
        for preset in presets() {
            let code = encode(&preset.document).unwrap();
            for length in 1..code.len() {
                assert_eq!(decode(&code[..length]), Err(LinkError::Truncated), "{length} of {code}");
            }
        }
    }

    #[test]
    fn another_character_never_shows_another_document() {
        let alphabet = URL_SAFE.as_str();
        for preset in presets() {
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

//! Codes of links.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Crc, Decompress, FlushDecompress};
use podweave::document::link::{self, MAX_CODE_LENGTH, MAX_DOCUMENT_BYTES, v1, v2};
use serde_json::Value;

const DICTIONARY: &[u8] = include_bytes!("../../src/document/link/v1.dict");

/// With this first byte the rest of a code of version 2 is a whole DEFLATE stream behind two bytes of check.
const WHOLE_STREAM: u8 = 0b1000_0000;

/// Reads `data` as a code, and of each version as what is compressed in a code, and as the compressed stream in a code: whatever
/// can be decoded is encoded and decoded to the same document.
pub fn link(data: &[u8]) {
    check_code(&String::from_utf8_lossy(data));
    check_code(&code_of_version_1(data, &stored(data)));
    check_code(&code_of_version_1(&inflated(data), data));
    check_code(&code_of_version_2(data));
    check_code(&code_of_version_2(&[&[WHOLE_STREAM, 0, 0], stored(data).as_slice()].concat()));
    if let Ok(document) = serde_json::from_slice(data) {
        check_document(&document);
    }
    check_text(&String::from_utf8_lossy(data));
}

fn check_code(code: &str) {
    match link::decode(code) {
        Ok(text) => {
            assert!(code.len() <= MAX_CODE_LENGTH);
            check_text(&text);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(document) = v1::decode(code) {
        check_document(&document);
    }
}

/// A code for `document`, if there is one, brings it back, and its keys in their order.
pub fn check_document(document: &Value) {
    if let Ok(code) = v1::encode(document) {
        let decoded = v1::decode(&code).unwrap_or_else(|error| panic!("the code {code} of {document}: {error}"));
        assert_eq!(&decoded, document);
        assert_eq!(decoded.to_string(), document.to_string());
        assert_eq!(v1::encode(&decoded).as_ref(), Ok(&code));
    }
}

/// A code for `text`, if there is one, brings it back to the byte.
fn check_text(text: &str) {
    if let Ok(code) = v2::encode(text) {
        let decoded = v2::decode(&code).unwrap_or_else(|error| panic!("the code {code} of {text:?}: {error}"));
        assert_eq!(decoded, text);
    }
}

fn code_of_version_2(bytes: &[u8]) -> String {
    format!("2{}", URL_SAFE_NO_PAD.encode(bytes))
}

fn code_of_version_1(json: &[u8], stream: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(json);
    let check = &crc.sum().to_le_bytes()[..2];
    format!("1{}", URL_SAFE_NO_PAD.encode([check, stream].concat()))
}

/// `json` in DEFLATE blocks without compression.
fn stored(json: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut blocks = json.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream
}

/// What `stream` holds, as far as it can be read.
fn inflated(stream: &[u8]) -> Vec<u8> {
    let mut json = Vec::with_capacity(MAX_DOCUMENT_BYTES + 1);
    let mut decompress = Decompress::new(false);
    if decompress.set_dictionary(DICTIONARY).is_ok() {
        // What was read up to a mistake is left in `json`, and such a stream is refused whatever its check says.
        let _ = decompress.decompress_vec(stream, &mut json, FlushDecompress::Finish);
    }
    json
}

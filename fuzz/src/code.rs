//! Codes of links.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::{Crc, Decompress, FlushDecompress};
use podweave::document::link::{MAX_CODE_LENGTH, MAX_DOCUMENT_BYTES, decode, encode};
use serde_json::Value;

const DICTIONARY: &[u8] = include_bytes!("../../src/document/link/v1.dict");

/// Reads `data` as a code, as the JSON in a code, and as the compressed stream in a code: whatever can be decoded is encoded
/// and decoded to the same document.
pub fn link(data: &[u8]) {
    check_code(&String::from_utf8_lossy(data));
    check_code(&code(data, &stored(data)));
    check_code(&code(&inflated(data), data));
    if let Ok(document) = serde_json::from_slice(data) {
        check_document(&document);
    }
}

fn check_code(code: &str) {
    match decode(code) {
        Ok(document) => {
            assert!(code.len() <= MAX_CODE_LENGTH);
            check_document(&document);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A code for `document`, if there is one, brings it back, and its keys in their order.
pub fn check_document(document: &Value) {
    if let Ok(code) = encode(document) {
        let decoded = decode(&code).unwrap_or_else(|error| panic!("the code {code} of {document}: {error}"));
        assert_eq!(&decoded, document);
        assert_eq!(decoded.to_string(), document.to_string());
        assert_eq!(encode(&decoded).as_ref(), Ok(&code));
    }
}

fn code(json: &[u8], stream: &[u8]) -> String {
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

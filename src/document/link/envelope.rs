//! What the codes of all versions have in common: a character for the version, then bytes in URL-safe base64 without padding
//! (RFC 4648, section 5), and a check of two bytes, which is the low half of a CRC-32, low byte first.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use flate2::Crc;

use super::{LinkError, MAX_CODE_LENGTH};

/// The bytes of a check.
pub const CHECK_BYTES: usize = 2;

/// The check of `content`.
pub fn check(content: &[u8]) -> [u8; CHECK_BYTES] {
    let mut crc = Crc::new();
    crc.update(content);
    let [low, next, ..] = crc.sum().to_le_bytes();
    [low, next]
}

/// The code of this version that carries `bytes`.
///
/// # Errors
/// [`LinkError::CodeTooLong`].
pub fn write(version: char, bytes: &[u8]) -> Result<String, LinkError> {
    let mut code = String::from(version);
    URL_SAFE_NO_PAD.encode_string(bytes, &mut code);
    within_length(&code)?;
    Ok(code)
}

/// The version of `code`.
///
/// # Errors
/// [`LinkError::CodeTooLong`] and [`LinkError::Empty`].
pub fn version(code: &str) -> Result<char, LinkError> {
    within_length(code)?;
    code.chars().next().ok_or(LinkError::Empty)
}

/// What follows the version of `code`, if it is this one.
///
/// # Errors
/// As of [`version`], and [`LinkError::UnknownVersion`] for any other.
pub fn body(code: &str, expected: char) -> Result<&str, LinkError> {
    match version(code)? {
        version if version == expected => Ok(&code[version.len_utf8()..]),
        version => Err(LinkError::UnknownVersion(version)),
    }
}

/// The whole bytes in `body`. Bits that are left over at its end are for [`check_end`] to notice, so that a code which was
/// cut off is told from one to which something was added.
///
/// # Errors
/// [`LinkError::ForeignCharacter`].
pub fn bytes(body: &str) -> Result<Vec<u8>, LinkError> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    let is_foreign = |character: &char| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    if let Some((at, character)) = body.chars().enumerate().find(|(_, character)| is_foreign(character)) {
        return Err(LinkError::ForeignCharacter { character, position: at + 2 });
    }
    let whole = if body.len() % 4 == 1 { body.len() - 1 } else { body.len() };
    LENIENT.decode(&body[..whole]).map_err(|_| LinkError::Corrupt)
}

/// Whether `body` is `bytes` and nothing more.
///
/// # Errors
/// [`LinkError::TrailingData`].
pub fn check_end(body: &str, bytes: &[u8]) -> Result<(), LinkError> {
    if URL_SAFE_NO_PAD.encode(bytes) == body { Ok(()) } else { Err(LinkError::TrailingData) }
}

fn within_length(code: &str) -> Result<(), LinkError> {
    match code.len() {
        length if length > MAX_CODE_LENGTH => Err(LinkError::CodeTooLong { length, limit: MAX_CODE_LENGTH }),
        _ => Ok(()),
    }
}

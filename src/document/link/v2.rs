//! Links of version 2: the code carries a text, byte for byte.
//!
//! # Format
//!
//! A code is the character `2` and, in URL-safe base64 without padding, these bytes:
//!
//! | bytes | what they are |
//! |---|---|
//! | 1 | bits 0 to 4 the number of the dictionary, bit 5 `FLUSH_LISTS`, bit 6 `CRLF`, bit 7 `WHOLE_STREAM` |
//! | 2 | the check: the low half of the CRC-32 of the text, low byte first |
//! | the rest | the compressed text |
//!
//! **The compressed text** is a raw DEFLATE stream (RFC 1951) of the coded text, with the file `v2/NUMBER.dict` as preset
//! dictionary. Without `WHOLE_STREAM` the stream begins with a head that is left out, since it is always the same:
//! three empty blocks with fixed codes (ten bits `0100000000` each, in the order of RFC 1951, section 3.1.1), and the header
//! of a last block with dynamic codes: `HLIT` 29, `HDIST` 29, `HCLEN` 15; code length codes of 4 bits for 0 to 15 and none for
//! 16 to 18; and the 316 lengths that `v2/NUMBER.lengths` has as hexadecimal digits. It is 171 bytes long. So what is likely
//! in a manifest has short codes, at no cost.
//!
//! **Coded text** is UTF-8 in which a byte that no character begins with stands for a line break and the start of a line. A
//! stack of columns, at first only 0, says which blocks a line is in:
//!
//! | byte | what it does to the stack | dash |
//! |---|---|---|
//! | `80` | pushes the top plus 2 | |
//! | `88` | pushes the top plus 2, or plus 0 with `FLUSH_LISTS` | yes |
//! | `81` to `87` | pops 0 to 6 columns | |
//! | `89` to `8F` | pops 0 to 6 columns | yes |
//! | `90` to `97` | pops 7 to 14 columns | |
//! | `98` to `9F` | pops 7 to 14 columns | yes |
//! | `A0` to `AF` | pushes the top plus 0 to 15 | |
//! | `B0` to `BF` | pushes the top plus 0 to 15 | yes |
//!
//! The line then begins with as many spaces as the top says, and where there is a dash with `- `, after which the top plus 2 is
//! pushed. A byte `0A` is a line break that leaves the stack alone. A line break is `0D 0A` with `CRLF`, otherwise `0A`.
//! The first line has no such byte. At least one column stays on the stack, or no text has such a code.
//!
//! # What may change
//!
//! Published codes open for ever: `tests/link_v2.txt` holds codes that must. A dictionary never changes; another one gets the
//! next number. The encoder may become better.

mod dictionary;
mod huffman;
mod indentation;
mod matches;
mod shortest;
#[cfg(test)]
mod training;

use self::dictionary::{NEWEST, Stream, dictionary};
use self::indentation::Layout;
use super::envelope::{self, CHECK_BYTES, check};
use super::{LinkError, MAX_DOCUMENT_BYTES};

/// The first character of a code.
pub const VERSION: char = '2';

const DICTIONARY: u8 = 0b0001_1111;
const FLUSH_LISTS: u8 = 0b0010_0000;
const CRLF: u8 = 0b0100_0000;
const WHOLE_STREAM: u8 = 0b1000_0000;

/// The code that carries `text`: the same for the same text, at most [`MAX_CODE_LENGTH`](super::MAX_CODE_LENGTH) characters
/// that need no escape in a URL.
///
/// # Errors
/// [`LinkError::DocumentTooLarge`] and [`LinkError::CodeTooLong`] for a text that no code can carry.
pub fn encode(text: &str) -> Result<String, LinkError> {
    if text.len() > MAX_DOCUMENT_BYTES {
        return Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES });
    }
    let (layout, coded) = indentation::encode(text);
    let dictionary = dictionary(NEWEST).ok_or(LinkError::UnknownDictionary(NEWEST))?;
    let stream = dictionary.compress(&coded)?;
    write(NEWEST, layout, check(text.as_bytes()), &stream)
}

fn write(number: u8, layout: Layout, check: [u8; CHECK_BYTES], stream: &Stream) -> Result<String, LinkError> {
    let (whole, stream) = match stream {
        Stream::Headless(rest) => (false, rest),
        Stream::Whole(stream) => (true, stream),
    };
    let flags = [(layout.has_flush_lists, FLUSH_LISTS), (layout.has_crlf, CRLF), (whole, WHOLE_STREAM)];
    let first = flags.into_iter().filter(|(is_set, _)| *is_set).fold(number, |first, (_, flag)| first | flag);
    envelope::write(VERSION, &[&[first], check.as_slice(), stream].concat())
}

/// The text that `code` carries.
///
/// # Errors
/// What is wrong with a code that [`encode`] did not make; no such code takes more memory or time than the largest text.
pub fn decode(code: &str) -> Result<String, LinkError> {
    let body = envelope::body(code, VERSION)?;
    let bytes = envelope::bytes(body)?;
    let (first, rest) = bytes.split_first().ok_or(LinkError::Truncated)?;
    let (expected, stream) = rest.split_first_chunk::<CHECK_BYTES>().ok_or(LinkError::Truncated)?;
    let number = first & DICTIONARY;
    let dictionary = dictionary(number).ok_or(LinkError::UnknownDictionary(number))?;
    let layout = Layout { has_flush_lists: first & FLUSH_LISTS != 0, has_crlf: first & CRLF != 0 };
    let stream = if first & WHOLE_STREAM == 0 { Stream::Headless(stream.to_vec()) } else { Stream::Whole(stream.to_vec()) };
    let text = indentation::decode(layout, &dictionary.decompress(&stream)?)?;
    if check(text.as_bytes()) != *expected {
        return Err(LinkError::Corrupt);
    }
    envelope::check_end(body, &bytes)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::link::MAX_CODE_LENGTH;
    use crate::document::link::deflate::deflate;
    use crate::document::link::tests::{edited_preset, texts_in_dictionaries};
    use base64::alphabet::URL_SAFE;
    use flate2::Compression;
    use kube_dry_run::yaml;
    use proptest::prelude::*;

    /// Codes of version 2 and the texts they carry as JSON strings, one pair a line, a tab between them. Lines are added, never
    /// changed.
    const PUBLISHED: &str = include_str!("../../../tests/link_v2.txt");

    fn code_of(flags: u8, coded: &[u8], check: [u8; CHECK_BYTES]) -> String {
        let stream = deflate(coded, &[], Compression::best()).unwrap();
        envelope::write(VERSION, &[&[flags], check.as_slice(), &stream].concat()).unwrap()
    }

    #[test]
    fn published_codes_open_for_ever() {
        for line in PUBLISHED.lines() {
            let (code, text) = line.split_once('\t').unwrap();
            assert_eq!(decode(code), Ok(serde_json::from_str(text).unwrap()), "{code}");
        }
    }

    #[test]
    fn presets_are_short() {
        for text in texts_in_dictionaries() {
            let code = encode(&text).unwrap();
            assert!(code.len() <= 45, "{} characters for {text}", code.len());
            assert_eq!(decode(&code), Ok(text));
        }
    }

    #[test]
    fn an_edited_preset_stays_short() {
        let code = encode(&yaml::write(&edited_preset()).text).unwrap();
        assert!(code.len() <= 245, "{} characters", code.len());
    }

    #[test]
    fn the_style_of_a_text_costs_little() {
        let text = texts_in_dictionaries().next().unwrap();
        let flush = text.replace("\n    - name", "\n  - name");
        let styles = [flush.replace("\n      ", "\n    "), text.replace('\n', "\r\n")];
        let length = encode(&text).unwrap().len();
        for style in styles {
            let code = encode(&style).unwrap();
            assert!(code.len() <= length + 40, "{} characters instead of {length} for {style}", code.len());
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_code() {
        let code = encode("kind: Pod\n").unwrap();
        assert_eq!(decode("2ab c"), Err(LinkError::ForeignCharacter { character: ' ', position: 4 }));
        assert_eq!(decode("2"), Err(LinkError::Truncated));
        assert_eq!(decode(&format!("{code}AAAA")), Err(LinkError::TrailingData));
        assert_eq!(decode("2Hwww____"), Err(LinkError::UnknownDictionary(31)));
        assert_eq!(decode(&code_of(WHOLE_STREAM, b"a", [0, 0])), Err(LinkError::Corrupt));
        let no_character = code_of(WHOLE_STREAM, b"a\xff", check(b"a\xff"));
        let popped_too_often = code_of(WHOLE_STREAM, b"a\x82b", check(b"a\nb"));
        let cut_off_character = code_of(WHOLE_STREAM, b"a\xe4", check(b"a"));
        for code in [no_character, popped_too_often, cut_off_character] {
            assert_eq!(decode(&code), Err(LinkError::Corrupt), "{code}");
        }
    }

    #[test]
    fn carries_texts_up_to_the_limits_and_refuses_the_rest() {
        let largest = "x".repeat(MAX_DOCUMENT_BYTES);
        assert_eq!(decode(&encode(&largest).unwrap()), Ok(largest));
        let too_large = LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES };
        assert_eq!(encode(&"x".repeat(MAX_DOCUMENT_BYTES + 1)), Err(too_large.clone()));
        assert_eq!(decode(&code_of(WHOLE_STREAM, &vec![b' '; 8 * MAX_DOCUMENT_BYTES], [0, 0])), Err(too_large.clone()));
        // Each line stands farther to the right than the one before.
        assert_eq!(decode(&code_of(WHOLE_STREAM, &[0xbf; 4096], [0, 0])), Err(too_large));
        let noise = std::iter::successors(Some(1_u32), |last| Some(last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)));
        let incompressible: String = noise.take(60_000).filter_map(|number| char::from_digit(number >> 27, 32)).collect();
        assert!(matches!(encode(&incompressible), Err(LinkError::CodeTooLong { limit: MAX_CODE_LENGTH, .. })));
    }

    #[test]
    fn every_truncation_is_noticed() {
        for text in texts_in_dictionaries().chain([yaml::write(&edited_preset()).text, "ä".repeat(300)]) {
            let code = encode(&text).unwrap();
            for length in 1..code.len() {
                assert_eq!(decode(&code[..length]), Err(LinkError::Truncated), "{length} of {code}");
            }
        }
    }

    #[test]
    fn another_character_never_shows_another_document() {
        let alphabet = URL_SAFE.as_str();
        for text in texts_in_dictionaries() {
            let code = encode(&text).unwrap();
            for at in 1..code.len() {
                for other in alphabet.chars() {
                    let altered = format!("{}{other}{}", &code[..at], &code[at + 1..]);
                    assert!(decode(&altered).map_or(true, |other| other == text), "{altered}");
                }
            }
        }
    }

    /// Texts of what the coding has to tell apart, and any others.
    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            8 => "[ ]{0,9}",
            8 => prop::sample::select(vec!["\n", "\r\n", "\r", "- ", "-", ": ", "#", "\t", "\0", "\u{feff}", "\u{80}", "ä", "\u{2028}"]).prop_map(str::to_owned),
            4 => prop::sample::select(vec!["name: ", "image: nginx", "spec:\n  containers:\n  - ", "volumeMounts:\r\n"]).prop_map(str::to_owned),
            1 => any::<String>(),
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(text in any_text()) {
            let code = encode(&text).unwrap();
            prop_assert_eq!(decode(&code), Ok(text));
        }

        #[test]
        fn notices_every_truncation(text in any_text(), part in 0.0..1.0) {
            let code = encode(&text).unwrap();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
            let length = (code.len() as f64 * part) as usize;
            prop_assert!(decode(&code[..length]).is_err());
        }

        #[test]
        fn never_panics(code in prop_oneof![any::<String>(), "2[-_A-Za-z0-9]{0,200}", "2[AIQYgow4]A[-_A-Za-z0-9]{0,200}"]) {
            let _ = decode(&code);
        }

        #[test]
        fn any_coded_text_is_a_text_or_corrupt(coded in prop::collection::vec(any::<u8>(), 0..300), flags in 0_u8..4) {
            let layout = Layout { has_flush_lists: flags & 1 != 0, has_crlf: flags & 2 != 0 };
            if let Ok(text) = indentation::decode(layout, &coded) {
                let (layout, coded) = indentation::encode(&text);
                prop_assert!(coded.len() <= text.len());
                prop_assert_eq!(indentation::decode(layout, &coded), Ok(text));
            }
        }
    }
}

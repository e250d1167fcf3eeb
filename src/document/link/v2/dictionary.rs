//! The dictionaries, by their numbers: what is likely to stand in a manifest, and how likely it is. None is ever changed.

use std::sync::LazyLock;

use flate2::Compression;

use super::super::LinkError;
use super::super::deflate::{deflate, inflate};
use super::huffman::{BitWriter, Codes, DISTANCES, LITERALS, Symbol};
use super::matches::Index;
use super::shortest::BlockCodes;

/// The number of the dictionary that new codes are made with.
pub const NEWEST: u8 = 0;

static DICTIONARIES: [LazyLock<Dictionary>; 1] =
    [LazyLock::new(|| Dictionary::new(include_bytes!("0.dict"), include_str!("0.lengths")))];

/// The longest coded text of which the shortest stream is searched, in bytes. A longer one does better with its own codes.
const MAX_SEARCHED: usize = 32 * 1024;

/// The effort for streams with codes of their own. The best takes a hundred times as long for some texts.
const EFFORT: Compression = Compression::new(7);

/// The stream from which on a block may be longer than one whose codes were counted for it, in bytes.
const LONG_STREAM: usize = 1024;

/// What characters outside of ASCII begin with, at least. They are rare in manifests, and have long codes.
const FIRST_OF_OTHER_CHARACTERS: u8 = 0xc0;

/// What texts are compressed with.
pub struct Dictionary {
    /// What manifests contain, as coded text; the most likely last.
    text: &'static [u8],
    index: Index,
    /// How a stream with the dictionary's own codes begins.
    head: Vec<u8>,
    codes: BlockCodes,
}

/// The dictionary with this number.
pub fn dictionary(number: u8) -> Option<&'static Dictionary> {
    DICTIONARIES.get(usize::from(number)).map(|dictionary| &**dictionary)
}

/// A compressed text.
#[derive(Debug, PartialEq, Eq)]
pub enum Stream {
    /// A DEFLATE stream without the head of the dictionary, with which it begins.
    Headless(Vec<u8>),
    /// A whole DEFLATE stream.
    Whole(Vec<u8>),
}

impl Dictionary {
    /// The dictionary of this text and of these lengths of codes, in hexadecimal digits.
    fn new(text: &'static [u8], lengths: &str) -> Self {
        let lengths = code_lengths(lengths);
        Self { text, index: Index::new(text), head: head(&lengths), codes: BlockCodes::new(&lengths) }
    }

    /// `coded` as the shortest stream that is known for it.
    ///
    /// # Errors
    /// [`LinkError::NotCompressed`].
    pub fn compress(&self, coded: &[u8]) -> Result<Stream, LinkError> {
        if coded.len() > MAX_SEARCHED {
            return deflate(coded, self.text, EFFORT).map(Stream::Whole);
        }
        let headless = self.codes.write(&[self.text, coded].concat(), self.text.len(), &self.index);
        let is_unusual = headless.len() > LONG_STREAM || coded.iter().any(|byte| *byte >= FIRST_OF_OTHER_CHARACTERS);
        if is_unusual {
            let whole = deflate(coded, self.text, EFFORT)?;
            if whole.len() < headless.len() {
                return Ok(Stream::Whole(whole));
            }
        }
        Ok(Stream::Headless(headless))
    }

    /// What stands before a text for the compressor, as coded text.
    #[cfg(test)]
    pub fn text(&self) -> &[u8] {
        self.text
    }

    /// What `stream` holds.
    ///
    /// # Errors
    /// As of [`inflate`].
    pub fn decompress(&self, stream: &Stream) -> Result<Vec<u8>, LinkError> {
        match stream {
            Stream::Headless(rest) => inflate(&[&self.head, rest.as_slice()].concat(), self.text),
            Stream::Whole(stream) => inflate(stream, self.text),
        }
    }
}

fn code_lengths(digits: &str) -> [u32; LITERALS + DISTANCES] {
    let mut lengths = [0; LITERALS + DISTANCES];
    for (length, digit) in lengths.iter_mut().zip(digits.chars().filter_map(|digit| digit.to_digit(16))) {
        *length = digit;
    }
    lengths
}

/// Three empty blocks, so that the head ends with a byte, and the header of the last block of a stream, whose codes have these
/// lengths.
fn head(lengths: &[u32]) -> Vec<u8> {
    const EMPTY_BLOCK: (usize, u32) = (0b01 << 1, 10);
    const LAST_BLOCK_WITH_ITS_OWN_CODES: (usize, u32) = (0b10 << 1 | 1, 3);
    const SYMBOLS_OF_LENGTHS: usize = 16;
    let mut writer = BitWriter::default();
    for (value, bits) in [EMPTY_BLOCK, EMPTY_BLOCK, EMPTY_BLOCK, LAST_BLOCK_WITH_ITS_OWN_CODES] {
        writer.write(value, bits);
    }
    writer.write(LITERALS - 257, 5);
    writer.write(DISTANCES - 1, 5);
    writer.write(19 - 4, 4);
    // Repetitions are not used; each of the 16 lengths has a code of four bits.
    writer.write(0, 3 * 3);
    for _ in 0..SYMBOLS_OF_LENGTHS {
        writer.write(4, 3);
    }
    let codes = Codes::of_lengths(&[4; SYMBOLS_OF_LENGTHS]);
    for length in lengths {
        writer.write_symbol(&codes, Symbol { number: *length as usize, extra: 0, extra_bits: 0 });
    }
    writer.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Crc;

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = Crc::new();
        crc.update(bytes);
        crc.sum()
    }

    #[test]
    fn dictionary_0_never_changes() {
        let dictionary = dictionary(0).unwrap();
        assert_eq!((dictionary.text.len(), crc(dictionary.text)), (30_746, 0xe21a_17f3));
        assert_eq!((dictionary.head.len(), crc(&dictionary.head)), (171, 0x0db5_ac6c));
    }

    #[test]
    fn a_block_with_the_codes_of_a_dictionary_is_what_any_reader_takes() {
        let bytes: Vec<u8> = (0..=u8::MAX).chain(b"name: ".repeat(50)).collect();
        let dictionary = dictionary(NEWEST).unwrap();
        let stream = Stream::Headless(dictionary.codes.write(
            &[dictionary.text, &bytes].concat(),
            dictionary.text.len(),
            &dictionary.index,
        ));
        assert_eq!(dictionary.decompress(&stream), Ok(bytes));
    }

    #[test]
    fn a_text_that_is_unlike_a_manifest_gets_codes_of_its_own() {
        let dictionary = dictionary(NEWEST).unwrap();
        for unusual in ["\u{5e8f}\u{5377}".repeat(40), "0123456789abcdef".repeat(3000)] {
            let stream = dictionary.compress(unusual.as_bytes()).unwrap();
            assert!(matches!(stream, Stream::Whole(_)), "{stream:?}");
            assert_eq!(dictionary.decompress(&stream), Ok(unusual.into_bytes()));
        }
    }
}

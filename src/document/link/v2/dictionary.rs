//! The dictionaries, by their numbers: what is likely to stand in a manifest, and how likely it is. None is ever changed.

use std::sync::LazyLock;

use super::super::LinkError;
use super::super::deflate::{deflate, inflate};
use super::huffman::{BitWriter, Codes, DISTANCES, LITERALS, Symbol};
use super::indentation;
use super::matches::Index;
use super::shortest::BlockCodes;

/// The number of the dictionary that new codes are made with.
pub const NEWEST: u8 = 0;

static DICTIONARIES: [LazyLock<Dictionary>; 1] =
    [LazyLock::new(|| Dictionary::new(include_str!("0.dict"), include_str!("0.lengths")))];

/// The stream from which on a block may be longer than one whose codes were counted for it, in bytes.
const LONG_STREAM: usize = 1024;

/// What characters outside of ASCII begin with, at least. They are rare in manifests, and have long codes.
const FIRST_OF_OTHER_CHARACTERS: u8 = 0xc0;

/// What texts are compressed with.
pub struct Dictionary {
    /// What manifests contain, coded; the most likely last.
    text: Vec<u8>,
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
    fn new(text: &str, lengths: &str) -> Self {
        let (_, text) = indentation::encode(text);
        let lengths = code_lengths(lengths);
        Self { index: Index::new(&text), text, head: head(&lengths), codes: BlockCodes::new(&lengths) }
    }

    /// `coded` as the shortest stream that is known for it.
    ///
    /// # Errors
    /// [`LinkError::NotCompressed`].
    pub fn compress(&self, coded: &[u8]) -> Result<Stream, LinkError> {
        let headless = self.codes.write(&[&self.text, coded].concat(), self.text.len(), &self.index);
        let is_unusual = headless.len() > LONG_STREAM || coded.iter().any(|byte| *byte >= FIRST_OF_OTHER_CHARACTERS);
        if is_unusual {
            let whole = deflate(coded, &self.text)?;
            if whole.len() < headless.len() {
                return Ok(Stream::Whole(whole));
            }
        }
        Ok(Stream::Headless(headless))
    }

    /// What stands before a text for the compressor, coded.
    #[cfg(test)]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// What `stream` holds.
    ///
    /// # Errors
    /// As of [`inflate`].
    pub fn decompress(&self, stream: &Stream) -> Result<Vec<u8>, LinkError> {
        match stream {
            Stream::Headless(rest) => inflate(&[&self.head, rest.as_slice()].concat(), &self.text),
            Stream::Whole(stream) => inflate(stream, &self.text),
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

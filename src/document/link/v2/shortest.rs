//! The shortest DEFLATE block with given codes.
//!
//! Compressors that count the codes of each block cannot know them while they choose what to write. Here the codes are there
//! before, so the choice is a shortest path: from each place a byte or a match leads on, and costs its bits.

use super::huffman::{BitWriter, Codes, DISTANCES, END_OF_BLOCK, LITERALS, MAX_LENGTH, MIN_LENGTH, Symbol};
use super::matches::{Index, Match, Matches};

/// A match of this length is taken without a look at what begins inside of it.
const LONG_ENOUGH: u16 = 64;

/// The codes of a block, and what the choice needs of them.
pub struct BlockCodes {
    literals: Codes,
    distances: Codes,
    /// The bits of a match of each length, without those of its distance.
    length_bits: [u32; MAX_LENGTH + 1],
}

/// One step of the way through a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A byte as it is.
    Literal(u8),
    /// What has stood before.
    Match(Match),
}

impl Token {
    fn length(self) -> usize {
        match self {
            Self::Literal(_) => 1,
            Self::Match(Match { length, .. }) => length.into(),
        }
    }
}

impl BlockCodes {
    /// The codes with these lengths in bits, first those of bytes, the end and lengths, then those of distances.
    pub fn new(lengths: &[u32; LITERALS + DISTANCES]) -> Self {
        let (literals, distances) = lengths.split_at(LITERALS);
        let (literals, distances) = (Codes::of_lengths(literals), Codes::of_lengths(distances));
        let mut length_bits = [0; MAX_LENGTH + 1];
        for (length, bits) in length_bits.iter_mut().enumerate().skip(MIN_LENGTH.into()) {
            *bits = literals.bits(Symbol::of_length(length));
        }
        Self { literals, distances, length_bits }
    }

    /// The rest of a block behind its header: all of `bytes` from `from` on. What is before is known to the reader, and in
    /// `index`.
    pub fn write(&self, bytes: &[u8], from: usize, index: &Index) -> Vec<u8> {
        let mut writer = BitWriter::default();
        for token in self.tokens(bytes, from, index) {
            match token {
                Token::Literal(byte) => writer.write_symbol(&self.literals, literal(byte)),
                Token::Match(Match { length, distance }) => {
                    writer.write_symbol(&self.literals, Symbol::of_length(length.into()));
                    writer.write_symbol(&self.distances, Symbol::of_distance(distance.into()));
                }
            }
        }
        writer.write_symbol(&self.literals, Symbol { number: END_OF_BLOCK, extra: 0, extra_bits: 0 });
        writer.into_bytes()
    }

    /// The steps that take the fewest bits from `from` to the end of `bytes`.
    pub fn tokens(&self, bytes: &[u8], from: usize, index: &Index) -> Vec<Token> {
        let mut ways = Ways(vec![None; bytes.len() - from + 1]);
        let mut matches = Matches::new(bytes, index);
        let mut at = from;
        let mut bits = 0;
        while let Some(byte) = bytes.get(at) {
            ways.lead(at - from, bits + self.literals.bits(literal(*byte)), Token::Literal(*byte));
            at += self.lead_on(matches.at(at), &mut ways, at - from, bits);
            bits = ways.0[at - from].map_or(bits, |way| way.bits);
        }
        ways.back()
    }

    /// Tries the matches at `at`, to which a way of so many bits leads; how far it is to the next place to go on from.
    fn lead_on(&self, matches: &[Match], ways: &mut Ways, at: usize, bits: u32) -> usize {
        let mut shortest = MIN_LENGTH;
        for Match { length: longest, distance } in matches.iter().copied() {
            let with_distance = bits + self.distances.bits(Symbol::of_distance(distance.into()));
            for length in shortest..=longest {
                let with_length = with_distance + self.length_bits[usize::from(length)];
                ways.lead(at, with_length, Token::Match(Match { length, distance }));
            }
            shortest = longest + 1;
        }
        let longest = matches.last().map_or(1, |longest| longest.length);
        if longest >= LONG_ENOUGH { longest.into() } else { 1 }
    }
}

fn literal(byte: u8) -> Symbol {
    Symbol { number: byte.into(), extra: 0, extra_bits: 0 }
}

/// The shortest known way to each place.
struct Ways(Vec<Option<Way>>);

#[derive(Clone, Copy)]
struct Way {
    bits: u32,
    last: Token,
}

impl Ways {
    /// `last` leads on from `from`, and the whole way then takes so many bits.
    fn lead(&mut self, from: usize, bits: u32, last: Token) {
        let way = &mut self.0[from + last.length()];
        if way.is_none_or(|way| bits < way.bits) {
            *way = Some(Way { bits, last });
        }
    }

    /// The steps of the shortest way to the end.
    fn back(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = self.0.len() - 1;
        while let Some(way) = self.0[at].filter(|_| at > 0) {
            tokens.push(way.last);
            at -= way.last.length();
        }
        tokens.reverse();
        tokens
    }
}

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

    /// The tokens that take the fewest bits for `bytes` from `from` on: a shortest path by dynamic programming.
    pub fn tokens(&self, bytes: &[u8], from: usize, index: &Index) -> Vec<Token> {
        let mut paths = Paths::new(bytes.len() - from);
        let mut matches = Matches::new(bytes, index);
        let mut at = from;
        while let Some(byte) = bytes.get(at) {
            paths.relax(at - from, self.literals.bits(literal(*byte)), Token::Literal(*byte));
            at += self.relax_matches(matches.at(at), &mut paths, at - from);
        }
        paths.shortest()
    }

    /// Tries all lengths of the matches at `at`; how far it is to the next position to look at.
    fn relax_matches(&self, matches: &[Match], paths: &mut Paths, at: usize) -> usize {
        let mut shortest = MIN_LENGTH;
        for Match { length: longest, distance } in matches.iter().copied() {
            let distance_bits = self.distances.bits(Symbol::of_distance(distance.into()));
            for length in shortest..=longest {
                let bits = distance_bits + self.length_bits[usize::from(length)];
                paths.relax(at, bits, Token::Match(Match { length, distance }));
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

/// The shortest known path to each position: its bits, and its last token.
struct Paths(Vec<(u32, Token)>);

impl Paths {
    /// The paths through a text of this length, of which only the beginning is known.
    fn new(length: usize) -> Self {
        let mut paths = vec![(u32::MAX, Token::Literal(0)); length + 1];
        paths[0].0 = 0;
        Self(paths)
    }

    /// Goes on from `at` with `token`, which takes so many bits, if that is shorter than what is known.
    fn relax(&mut self, at: usize, bits: u32, token: Token) {
        let bits = self.0[at].0.saturating_add(bits);
        let known = &mut self.0[at + token.length()];
        if bits < known.0 {
            *known = (bits, token);
        }
    }

    /// The tokens of the shortest path to the end.
    fn shortest(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut at = self.0.len() - 1;
        while at > 0 {
            let (_, token) = self.0[at];
            tokens.push(token);
            at -= token.length();
        }
        tokens.reverse();
        tokens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of `text` behind `dictionary`, where each symbol takes eight bits.
    fn tokens(dictionary: &str, text: &str) -> Vec<Token> {
        let codes = BlockCodes::new(&[8; LITERALS + DISTANCES]);
        let bytes = [dictionary, text].concat();
        codes.tokens(bytes.as_bytes(), dictionary.len(), &Index::new(dictionary.as_bytes()))
    }

    #[test]
    fn the_longest_match_is_not_always_the_shortest_way() {
        let dictionary = format!("abcdef{}cdefgh", "-".repeat(20_000));
        let near = Token::Match(Match { length: 6, distance: 8 });
        assert_eq!(tokens(&dictionary, "abcdefgh"), [Token::Literal(b'a'), Token::Literal(b'b'), near]);
    }

    #[test]
    fn what_was_not_there_before_stays_as_it_is() {
        assert_eq!(tokens("", ""), []);
        assert_eq!(tokens("abc", "xy"), [Token::Literal(b'x'), Token::Literal(b'y')]);
        let repeated = [
            Token::Literal(b'x'),
            Token::Match(Match { length: 258, distance: 1 }),
            Token::Match(Match { length: 41, distance: 1 }),
        ];
        assert_eq!(tokens("", &"x".repeat(300)), repeated);
    }
}

//! The Huffman codes of a DEFLATE block and its bits (RFC 1951, sections 3.1.1 and 3.2).

/// The symbols for bytes, for the end of the block, and for lengths.
pub const LITERALS: usize = 286;

/// The symbols for distances.
pub const DISTANCES: usize = 30;

/// The symbol that ends a block.
pub const END_OF_BLOCK: usize = 256;

/// The longest match.
pub const MAX_LENGTH: usize = 258;

/// The shortest match.
pub const MIN_LENGTH: u16 = 3;

/// The farthest match.
pub const MAX_DISTANCE: usize = 32 * 1024;

/// A symbol and the bits that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its number.
    pub number: usize,
    /// What the further bits hold.
    pub extra: usize,
    /// How many further bits there are.
    pub extra_bits: u32,
}

impl Symbol {
    /// The symbol of a match of this length.
    pub fn of_length(length: usize) -> Self {
        if length == MAX_LENGTH {
            return Self { number: LITERALS - 1, extra: 0, extra_bits: 0 };
        }
        let symbol = Self::in_groups(length - usize::from(MIN_LENGTH), 2);
        Self { number: END_OF_BLOCK + 1 + symbol.number, ..symbol }
    }

    /// The symbol of a match so far back.
    pub fn of_distance(distance: usize) -> Self {
        Self::in_groups(distance - 1, 1)
    }

    /// The symbol of `value` where each further bit comes with a group of 2 to the power of `group_bits` symbols.
    fn in_groups(value: usize, group_bits: u32) -> Self {
        let group = 1 << group_bits;
        let extra_bits = value.checked_ilog2().unwrap_or_default().saturating_sub(group_bits);
        let number = group * extra_bits as usize + (value >> extra_bits);
        Self { number, extra: value & ((1 << extra_bits) - 1), extra_bits }
    }
}

/// The codes of an alphabet, as its lengths determine them.
pub struct Codes(Vec<(u32, u32)>);

impl Codes {
    /// The codes whose lengths in bits these are.
    pub fn of_lengths(lengths: &[u32]) -> Self {
        let mut codes = vec![(0, 0); lengths.len()];
        let mut next = 0;
        for bits in 1..=15 {
            for (code, _) in codes.iter_mut().zip(lengths).filter(|(_, length)| **length == bits) {
                *code = (reversed(next, bits), bits);
                next += 1;
            }
            next <<= 1;
        }
        Self(codes)
    }

    /// How many bits `symbol` takes with what follows it.
    pub fn bits(&self, symbol: Symbol) -> u32 {
        self.0[symbol.number].1 + symbol.extra_bits
    }
}

/// A Huffman code is written from its most significant bit.
fn reversed(code: u32, bits: u32) -> u32 {
    code.reverse_bits() >> (32 - bits)
}

/// Bits that become bytes, the first bit the lowest.
#[derive(Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    pending_bits: u32,
}

impl BitWriter {
    /// Adds the lowest `bits` bits of `value`, 32 at most.
    pub fn write(&mut self, value: usize, bits: u32) {
        self.pending |= (value as u64) << self.pending_bits;
        self.pending_bits += bits;
        while self.pending_bits >= 8 {
            self.bytes.push(self.pending.to_le_bytes()[0]);
            self.pending >>= 8;
            self.pending_bits -= 8;
        }
    }

    /// Adds `symbol` and what follows it.
    pub fn write_symbol(&mut self, codes: &Codes, symbol: Symbol) {
        let (code, bits) = codes.0[symbol.number];
        self.write(code as usize, bits);
        self.write(symbol.extra, symbol.extra_bits);
    }

    /// All bytes; the last one is filled up with zeros.
    pub fn into_bytes(mut self) -> Vec<u8> {
        if self.pending_bits > 0 {
            self.bytes.push(self.pending.to_le_bytes()[0]);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_those_of_the_tables_of_rfc_1951() {
        let parts = |Symbol { number, extra, extra_bits }| (number, extra_bits, extra);
        let lengths = [3, 10, 11, 12, 19, 34, 130, 131, 257, 258].map(|length| parts(Symbol::of_length(length)));
        let first = [(257, 0, 0), (264, 0, 0), (265, 1, 0), (265, 1, 1), (269, 2, 0)];
        let last = [(272, 2, 3), (280, 4, 15), (281, 5, 0), (284, 5, 30), (285, 0, 0)];
        assert_eq!(lengths, [first, last].concat()[..]);
        let distances = [1, 4, 5, 6, 24_577, 32_768].map(|distance| parts(Symbol::of_distance(distance)));
        assert_eq!(distances, [(0, 0, 0), (3, 0, 0), (4, 1, 0), (4, 1, 1), (29, 13, 0), (29, 13, 8191)]);
    }

    #[test]
    fn codes_are_those_of_the_example_of_rfc_1951() {
        let codes = Codes::of_lengths(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let written: Vec<String> =
            codes.0.iter().map(|(code, bits)| format!("{:0width$b}", reversed(*code, *bits), width = *bits as usize)).collect();
        assert_eq!(written, ["010", "011", "100", "101", "110", "00", "1110", "1111"]);
    }

    #[test]
    fn bits_fill_bytes_from_the_lowest() {
        let mut writer = BitWriter::default();
        writer.write(0b1, 1);
        writer.write(0b01, 2);
        writer.write(0xfff, 12);
        assert_eq!(writer.into_bytes(), [0b1111_1011, 0b0111_1111]);
    }
}

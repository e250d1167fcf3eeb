//! What of a text has stood before, in the dictionary or in the text.

use super::huffman::{MAX_DISTANCE, MAX_LENGTH, MIN_LENGTH};

/// As many earlier places are compared with one place at most.
const MAX_CANDIDATES: usize = 48;

const HASH_BITS: u32 = 14;

/// No earlier place.
const NOWHERE: u32 = u32::MAX;

/// Something that has stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// How many bytes are the same.
    pub length: u16,
    /// How many bytes before it stands.
    pub distance: u16,
}

impl Match {
    fn new(length: usize, distance: usize) -> Option<Self> {
        Some(Self { length: length.try_into().ok()?, distance: distance.try_into().ok()? })
    }
}

/// Where every three bytes stand: by their hash the last place, by each place the one before it.
#[derive(Clone)]
pub struct Index {
    last: Vec<u32>,
    before: Vec<u32>,
}

impl Index {
    /// The index of all of `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        let mut index = Self { last: vec![NOWHERE; 1 << HASH_BITS], before: Vec::with_capacity(bytes.len()) };
        while index.before.len() < bytes.len() {
            index.add(bytes);
        }
        index
    }

    /// Adds the next place of `bytes`.
    fn add(&mut self, bytes: &[u8]) {
        let at = self.before.len();
        let last = bytes.get(at..at + usize::from(MIN_LENGTH)).map(|start| &mut self.last[hash(start)]);
        let before = last.map_or(NOWHERE, |last| std::mem::replace(last, u32::try_from(at).unwrap_or(NOWHERE)));
        self.before.push(before);
    }

    /// The places before `at` that begin with the same three bytes as it does, or with others of the same hash; the nearest first.
    fn places<'a>(&'a self, bytes: &[u8], at: usize) -> impl Iterator<Item = usize> + 'a {
        let last = bytes.get(at..at + usize::from(MIN_LENGTH)).map_or(NOWHERE, |start| self.last[hash(start)]);
        let as_place = |place: u32| (place != NOWHERE).then_some(place as usize);
        std::iter::successors(as_place(last), move |place| as_place(self.before[*place]))
    }
}

fn hash(start: &[u8]) -> usize {
    let number = start.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
    (number.wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS)) as usize
}

/// Goes through a text and tells at each place what of it has stood before.
pub struct Matches<'a> {
    /// The dictionary and the text.
    bytes: &'a [u8],
    index: Index,
    found: Vec<Match>,
}

impl<'a> Matches<'a> {
    /// The matches of `bytes`, of which the beginning is in `index` already.
    pub fn new(bytes: &'a [u8], index: &Index) -> Self {
        Self { bytes, index: index.clone(), found: Vec::new() }
    }

    /// The matches at `at`, each longer and farther back than the one before. Places are asked for in their order; some may
    /// be left out.
    pub fn at(&mut self, at: usize) -> &[Match] {
        while self.index.before.len() < at {
            self.index.add(self.bytes);
        }
        self.found.clear();
        let here = &self.bytes[at..self.bytes.len().min(at + MAX_LENGTH)];
        let mut longest = usize::from(MIN_LENGTH) - 1;
        for place in self.index.places(self.bytes, at).take(MAX_CANDIDATES) {
            if at - place > MAX_DISTANCE || longest == here.len() {
                break;
            }
            let there = &self.bytes[place..];
            if there[longest] != here[longest] {
                continue;
            }
            let same = here.iter().zip(there).take_while(|(one, other)| one == other).count();
            if same > longest {
                longest = same;
                self.found.extend(Match::new(same, at - place));
            }
        }
        &self.found
    }
}

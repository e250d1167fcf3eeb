//! How a dictionary is made: its text is written by hand; its code lengths are counted over manifests, and the counts decide
//! again how the manifests are compressed, until nothing changes.
//!
//! `cargo test --lib makes_a_dictionary -- --ignored` writes the newest dictionary as readable text to
//! `target/dictionary.yaml`, if there is no such file, and makes `target/dictionary.dict` and `.lengths` of it. So: run it,
//! change the text, run it again, and put both files into `v2/` under the next number.

use std::fs;
use std::path::Path;

use super::dictionary::{NEWEST, dictionary};
use super::huffman::{DISTANCES, END_OF_BLOCK, LITERALS, MAX_DISTANCE, Symbol};
use super::indentation::{self, Layout};
use super::matches::{Index, Match};
use super::shortest::{BlockCodes, Token};
use crate::document::link::tests::{edited_preset, texts_in_dictionaries};
use kube_dry_run::yaml;

/// As often as every symbol is counted before anything else, so that none gets a very long code.
const UNSEEN: u64 = 3;

const ROUNDS: usize = 10;

/// The longest code that DEFLATE allows, in bits.
const MAX_BITS: u32 = 15;

#[test]
#[ignore = "makes a new dictionary"]
fn makes_a_dictionary() {
    let file = |extension| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/dictionary").with_extension(extension);
    if !file("yaml").exists() {
        let newest = indentation::decode(Layout::default(), dictionary(NEWEST).unwrap().text()).unwrap();
        fs::write(file("yaml"), newest).unwrap();
    }
    let (layout, text) = indentation::encode(&fs::read_to_string(file("yaml")).unwrap());
    assert_eq!(layout, Layout::default(), "lists stand below their keys, and lines end with a line feed");
    assert!(text.len() < MAX_DISTANCE, "{} bytes, of which the compressor sees {MAX_DISTANCE}", text.len());
    let digits: Vec<char> = train(&text).iter().filter_map(|length| char::from_digit(*length, 16)).collect();
    let rows: Vec<String> = digits.chunks(64).map(|row| row.iter().collect()).collect();
    fs::write(file("dict"), text).unwrap();
    fs::write(file("lengths"), rows.join("\n") + "\n").unwrap();
}

/// The code lengths for a dictionary of this text.
fn train(text: &[u8]) -> [u32; LITERALS + DISTANCES] {
    let index = Index::new(text);
    let manifests: Vec<Vec<u8>> = manifests().iter().map(|text| indentation::encode(text).1).collect();
    let mut lengths = [8; LITERALS + DISTANCES];
    for _ in 0..ROUNDS {
        let codes = BlockCodes::new(&lengths);
        let mut counts = [UNSEEN; LITERALS + DISTANCES];
        for manifest in &manifests {
            count(&codes.tokens(&[text, manifest].concat(), text.len(), &index), &mut counts);
        }
        let (literals, distances) = counts.split_at(LITERALS);
        lengths = [code_lengths(literals), code_lengths(distances)].concat().try_into().unwrap();
    }
    lengths
}

/// Manifests as people write them.
fn manifests() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/kube-dry-run/tests/manifests");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_unstable();
    let manifests = files.iter().map(|file| fs::read_to_string(file).unwrap());
    manifests.chain(texts_in_dictionaries()).chain([yaml::write(&edited_preset()).text]).collect()
}

fn count(tokens: &[Token], counts: &mut [u64]) {
    counts[END_OF_BLOCK] += 1;
    for token in tokens {
        match *token {
            Token::Literal(byte) => counts[usize::from(byte)] += 1,
            Token::Match(Match { length, distance }) => {
                counts[Symbol::of_length(length.into()).number] += 1;
                counts[LITERALS + Symbol::of_distance(distance.into()).number] += 1;
            }
        }
    }
}

/// The lengths of the best codes of at most [`MAX_BITS`] bits for symbols that occur so often: package-merge, by Larmore and
/// Hirschberg.
fn code_lengths(counts: &[u64]) -> Vec<u32> {
    let mut symbols: Vec<(u64, Vec<usize>)> = counts.iter().enumerate().map(|(symbol, count)| (*count, vec![symbol])).collect();
    symbols.sort_by_key(|(count, _)| *count);
    let mut packages = symbols.clone();
    for _ in 1..MAX_BITS {
        let merged =
            packages.chunks_exact(2).map(|pair| (pair[0].0 + pair[1].0, [pair[0].1.clone(), pair[1].1.clone()].concat()));
        packages = merged.chain(symbols.iter().cloned()).collect();
        packages.sort_by_key(|(count, _)| *count);
    }
    let mut lengths = vec![0; counts.len()];
    for symbol in packages.iter().take(2 * counts.len() - 2).flat_map(|(_, symbols)| symbols) {
        lengths[*symbol] += 1;
    }
    lengths
}

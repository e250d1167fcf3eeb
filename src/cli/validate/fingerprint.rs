//! By what a code host knows a finding again.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use kube_dry_run::Finding;
use kube_dry_run::inspection::Inspection;

/// How many bytes of a digest are written.
const LENGTH: usize = 16;

/// Fingerprints of the findings of one file: they stay when lines move, documents change places or another one is added, and no two
/// are the same.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How often each has been given.
    given: HashMap<[u8; LENGTH], usize>,
}

impl Fingerprints {
    /// The fingerprint of the next `finding`, which is about `document`: its rule and its field, but not its place in the text.
    pub(super) fn of(&mut self, document: &Inspection, finding: &Finding) -> String {
        let parts = [finding.rule.id(), &document.kind, &document.name, &finding.field];
        let digest = digest(&parts);
        let count = self.given.entry(digest).and_modify(|count| *count += 1).or_insert(0);
        in_hexadecimal(&digest) + &if *count == 0 { String::new() } else { format!("-{count}") }
    }
}

/// A fingerprint of `parts`, of which none holds a zero byte that could be taken for the end of another one.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    in_hexadecimal(&digest(parts))
}

fn digest(parts: &[&str]) -> [u8; LENGTH] {
    let whole: [u8; 32] = Sha256::digest(parts.join("\0")).into();
    std::array::from_fn(|at| whole[at])
}

fn in_hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

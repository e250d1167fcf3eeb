//! `podweave licences`: the terms of the code in this program.

use std::io::{self, Read, Write};

use flate2::read::GzDecoder;

/// The notices, which `scripts/licences` writes and `tests/licences.rs` holds against what Cargo.lock names.
const NOTICES: &[u8] = include_bytes!("licences.txt.gz");

/// Writes the licences and notices of every package whose code is in this program to the standard output.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run() -> io::Result<()> {
    let mut notices = Vec::new();
    GzDecoder::new(NOTICES).read_to_end(&mut notices)?;
    io::stdout().write_all(&notices)
}

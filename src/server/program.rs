//! Which program this is.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::sync::LazyLock;
use std::{env, process};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A digest of the program's own file: two programs that could answer differently have different ones.
pub static PROGRAM: LazyLock<[u8; 32]> = LazyLock::new(|| {
    let digest = env::current_exe().and_then(File::open).and_then(digest_of);
    digest.unwrap_or_else(|_| Sha256::digest(process::id().to_le_bytes()).into())
});

/// The beginning of [`PROGRAM`] in writing.
pub static PROGRAM_NAME: LazyLock<String> = LazyLock::new(|| BASE64_URL_SAFE_NO_PAD.encode(&PROGRAM[..9]));

/// The digest of a file, which is not held as a whole.
fn digest_of(file: File) -> io::Result<[u8; 32]> {
    let mut file = BufReader::with_capacity(64 << 10, file);
    let mut digest = Sha256::new();
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok(digest.finalize().into());
        }
        let length = part.len();
        digest.update(part);
        file.consume(length);
    }
}

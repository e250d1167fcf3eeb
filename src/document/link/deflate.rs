//! DEFLATE (RFC 1951) with a preset dictionary, as the text that stands before the content and is not written.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::{LinkError, MAX_DOCUMENT_BYTES};

/// `content` as a raw DEFLATE stream, made with so much effort.
///
/// # Errors
/// [`LinkError::NotCompressed`].
pub fn deflate(content: &[u8], dictionary: &[u8], effort: Compression) -> Result<Vec<u8>, LinkError> {
    let mut compress = Compress::new(effort, false);
    compress.set_dictionary(dictionary).map_err(|_| LinkError::NotCompressed)?;
    let mut stream = Vec::new();
    let mut status = Status::Ok;
    while status != Status::StreamEnd {
        stream.reserve(content.len() / 2 + 64);
        let rest = content.get(usize::try_from(compress.total_in()).unwrap_or(usize::MAX)..).unwrap_or_default();
        status = compress.compress_vec(rest, &mut stream, FlushCompress::Finish).map_err(|_| LinkError::NotCompressed)?;
    }
    Ok(stream)
}

/// Room for the content of an ordinary link.
const FIRST_BYTES: usize = 4096;

/// What the raw DEFLATE `stream` holds. No stream takes more memory or time than the largest document.
///
/// # Errors
/// [`LinkError::DocumentTooLarge`], [`LinkError::TrailingData`], [`LinkError::Truncated`] and [`LinkError::Corrupt`].
pub fn inflate(stream: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut decompress = Decompress::new(false);
    decompress.set_dictionary(dictionary).map_err(|_| LinkError::Corrupt)?;
    let (mut content, mut rest, mut status) = (Vec::new(), stream, Status::Ok);
    // Room is made as it is needed: the decompressor clears all that it gets.
    while status != Status::StreamEnd && content.len() == content.capacity() && content.len() <= MAX_DOCUMENT_BYTES {
        content.reserve_exact((content.len() + stream.len() + FIRST_BYTES).min(MAX_DOCUMENT_BYTES + 1 - content.len()));
        status = decompress.decompress_vec(rest, &mut content, FlushDecompress::None).map_err(|_| LinkError::Corrupt)?;
        rest = stream.get(usize::try_from(decompress.total_in()).unwrap_or(usize::MAX)..).unwrap_or_default();
    }
    let at_end = rest.is_empty();
    match status {
        _ if content.len() > MAX_DOCUMENT_BYTES => Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES }),
        Status::StreamEnd if at_end => Ok(content),
        Status::StreamEnd => Err(LinkError::TrailingData),
        Status::Ok | Status::BufError => Err(LinkError::Truncated),
    }
}

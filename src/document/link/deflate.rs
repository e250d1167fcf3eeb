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

/// What the raw DEFLATE `stream` holds. No stream takes more memory or time than the largest document.
///
/// # Errors
/// [`LinkError::DocumentTooLarge`], [`LinkError::TrailingData`], [`LinkError::Truncated`] and [`LinkError::Corrupt`].
pub fn inflate(stream: &[u8], dictionary: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut decompress = Decompress::new(false);
    decompress.set_dictionary(dictionary).map_err(|_| LinkError::Corrupt)?;
    let mut content = Vec::with_capacity(MAX_DOCUMENT_BYTES + 1);
    let status = decompress.decompress_vec(stream, &mut content, FlushDecompress::Finish);
    let at_end = usize::try_from(decompress.total_in()) == Ok(stream.len());
    match status.map_err(|_| LinkError::Corrupt)? {
        _ if content.len() > MAX_DOCUMENT_BYTES => Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES }),
        Status::StreamEnd if at_end => Ok(content),
        Status::StreamEnd => Err(LinkError::TrailingData),
        Status::Ok | Status::BufError => Err(LinkError::Truncated),
    }
}

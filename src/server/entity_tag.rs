//! Entity tags (RFC 9110, 8.8.3): by which a client knows an answer that it has already.

use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::IF_NONE_MATCH;

use crate::server::coding::Coding;
use crate::server::header_list;

/// A strong tag of what `digest` stands for; every coding has its own.
pub fn entity_tag(digest: &[u8], coding: Coding) -> HeaderValue {
    let beginning = digest.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let tag = format!("\"{beginning:032x}-{}\"", coding.name());
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// True if the client has what `tag` stands for, which is there.
pub fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    is_listed(headers, tag) || header_list::items(headers, &IF_NONE_MATCH).any(|known| known == "*")
}

/// True if the client has what `tag` stands for, whether that is there or not.
pub fn is_listed(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let is_tag = |known: &str| known.strip_prefix("W/").unwrap_or(known).as_bytes() == tag.as_bytes();
    header_list::items(headers, &IF_NONE_MATCH).any(is_tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tag_is_found_in_the_list() {
        let known = |list| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(list))]);
            is_known(&headers, &HeaderValue::from_static("\"b-br\""))
        };
        assert!(known("\"a-br\", W/\"b-br\""));
        assert!(known("*"));
        assert!(!known("\"b-gzip\""));
        assert!(!known(""));
    }

    #[test]
    fn every_coding_has_its_own_tag() {
        let digest = [7; 32];
        assert_eq!(entity_tag(&digest, Coding::Brotli), "\"07070707070707070707070707070707-br\"");
        assert_ne!(entity_tag(&digest, Coding::Brotli), entity_tag(&digest, Coding::Identity));
    }
}

//! Finished answers, for everybody who asks for the same.
//!
//! What a `GET` is answered is a function of the address, of the host that its links repeat, of the content coding and of this
//! program. So its entity tag is a digest of these: who has the tag has the answer, and is told so without any work. And an
//! answer is kept, compressed, as long as there is room. Only what is asked for again and again pushes something else out
//! (`TinyLFU`): a flood of different addresses costs each of its requests a digest and a lookup, and others nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::header::{ETAG, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, response};
use axum::response::{IntoResponse, Response};
use moka::sync::Cache as Entries;
use sha2::{Digest, Sha256};

use crate::origin::Origin;
use crate::server::coding::{Coding, QUICKEST_FIRST, SMALLEST_FIRST};
use crate::server::entity_tag::{entity_tag, is_listed};
use crate::server::file;
use crate::server::program::PROGRAM;

/// The bytes of all answers that are kept.
pub const MAX_CACHE_BYTES: u64 = 16 << 20;
/// A larger answer is not kept.
pub const MAX_ENTRY_BYTES: usize = 512 << 10;
/// What an entry takes beside its body: headers, and what the cache itself needs.
const ENTRY_BYTES: usize = 2 << 10;

/// The answers that are kept.
#[derive(Clone)]
pub struct Cache(Arc<Entries<[u8; 32], Finished>>);

/// An answer as it is sent.
#[derive(Clone)]
pub struct Finished {
    headers: HeaderMap,
    /// What is sent of it.
    pub body: Bytes,
}

/// What a request asks for.
pub struct Wanted {
    /// How the answer is to be compressed.
    pub coding: Coding,
    /// The digest of everything that the answer depends on; `None` where it depends on more, as that to a form does.
    digest: Option<[u8; 32]>,
    /// False of a `HEAD`, which has the tag of an answer, and no answer to keep.
    has_body: bool,
    cache: Cache,
}

impl Default for Cache {
    fn default() -> Self {
        let weight = |_: &_, entry: &Finished| u32::try_from(entry.body.len() + ENTRY_BYTES).unwrap_or(u32::MAX);
        Self(Arc::new(Entries::builder().max_capacity(MAX_CACHE_BYTES).weigher(weight).build()))
    }
}

impl Cache {
    /// What the request with this `head` asks for.
    pub async fn wanted(&self, head: &mut Parts) -> Wanted {
        let cache = self.clone();
        if ![Method::GET, Method::HEAD].contains(&head.method) {
            return Wanted { coding: Coding::accepted(&head.headers, &QUICKEST_FIRST), digest: None, has_body: true, cache };
        }
        let coding = Coding::accepted(&head.headers, &SMALLEST_FIRST);
        let Ok(origin) = Origin::from_request_parts(head, &()).await;
        let target = head.uri.path_and_query().map(axum::http::uri::PathAndQuery::as_str).unwrap_or_default();
        let digest = Sha256::new()
            .chain_update(*PROGRAM)
            .chain_update(coding.name())
            .chain_update(origin.to_string())
            .chain_update(target);
        Wanted { coding, digest: Some(digest.finalize().into()), has_body: head.method == Method::GET, cache }
    }
}

impl Wanted {
    /// The answer to who has it already.
    pub fn not_modified(&self, head: &Parts) -> Option<Response> {
        let tag = self.tag().filter(|tag| is_listed(&head.headers, tag))?;
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        // A file, the name of which has an extension, is for all sites, and a page for none.
        if head.uri.path().contains('.') {
            response.headers_mut().extend(file::FOR_ALL_SITES);
        }
        response.headers_mut().extend([(ETAG, tag), (VARY, HeaderValue::from_static("accept-encoding"))]);
        Some(response)
    }

    /// The answer that was kept.
    pub fn kept(&self) -> Option<Finished> {
        self.cache.0.get(&self.digest.filter(|_| self.has_body)?)
    }

    /// Gives an answer its tag, and keeps it, if everybody would get the same.
    pub fn keep(&self, head: &mut response::Parts, body: &Bytes) {
        let (Some(digest), Some(tag), StatusCode::OK) = (self.digest, self.tag(), head.status) else { return };
        head.headers.insert(ETAG, tag);
        if self.has_body && body.len() <= MAX_ENTRY_BYTES {
            self.cache.0.insert(digest, Finished { headers: head.headers.clone(), body: body.clone() });
        }
    }

    fn tag(&self) -> Option<HeaderValue> {
        self.digest.map(|digest| entity_tag(&digest, self.coding))
    }
}

impl Finished {
    /// The answer with `body`, which is what is sent of its own.
    pub fn with<B>(self, body: B) -> axum::http::Response<B> {
        let mut response = axum::http::Response::new(body);
        *response.headers_mut() = self.headers;
        response
    }
}

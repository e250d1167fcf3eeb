//! The pages that browsers show behind a live form.
//!
//! A live answer says what differs from the page before it, which an earlier answer was: kept here, it is neither judged nor drawn
//! again. Each is needed once more, soon, so the one that was used the longest time ago makes room.

use std::sync::Arc;

use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::web::html::Html;
use crate::web::sheet::Sheet;

/// The bytes of all pages that are kept.
const MAX_BYTES: u64 = 16 << 20;
/// A larger page is not kept.
const MAX_ENTRY_BYTES: usize = 2 << 20;
/// What an entry takes beside its page.
const ENTRY_BYTES: usize = 256;

/// The pages that are kept.
#[derive(Clone)]
pub struct ShownPages(Cache<[u8; 32], Arc<str>>);

impl Default for ShownPages {
    fn default() -> Self {
        let weight = |_: &_, page: &Arc<str>| u32::try_from(page.len() + ENTRY_BYTES).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MAX_BYTES).weigher(weight).eviction_policy(EvictionPolicy::lru()).build())
    }
}

impl ShownPages {
    /// The page at `address`, as [`address`] tells it, if it was kept.
    pub fn get(&self, address: &[u8; 32]) -> Option<Arc<str>> {
        self.0.get(address)
    }

    /// Keeps `page`, which `sheet` was drawn as: its bytes alone, whatever room it was drawn in.
    pub fn keep(&self, sheet: &Sheet, page: &Html) {
        if sheet.basis.is_some() && page.as_str().len() <= MAX_ENTRY_BYTES {
            self.0.insert(address(&sheet.links.share(), &sheet.action()), page.as_str().into());
        }
    }
}

/// A digest of everything that a page depends on which a form can be posted from: the address of its document with the host that
/// its links repeat, and the path that it posts to.
pub fn address(document: &str, action: &str) -> [u8; 32] {
    Sha256::new().chain_update(document).chain_update("\n").chain_update(action).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{File, Links};
    use pod_lesson::lesson;

    #[test]
    fn only_a_page_that_can_be_a_basis_is_kept() {
        let sheet = || {
            let file = File::open(lesson("web-content").unwrap().finished().to_owned(), None).unwrap();
            let links = Links::new("https://podweave.example", &file).unwrap();
            Sheet::new(file, links, None)
        };
        let (pages, page) = (ShownPages::default(), Html::written("<p>"));
        let address = address(&sheet().links.share(), &sheet().action());
        pages.keep(&sheet(), &page);
        assert!(pages.get(&address).is_none());
        pages.keep(&sheet().drawn_by("a program"), &page);
        assert_eq!(&*pages.get(&address).unwrap(), "<p>");
        pages.keep(&sheet().drawn_by("a program"), &Html::written(" ".repeat(MAX_ENTRY_BYTES + 1)));
        assert_eq!(&*pages.get(&address).unwrap(), "<p>");
    }
}

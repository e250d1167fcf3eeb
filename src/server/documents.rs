//! The documents that links stand for, read and judged.
//!
//! Who works on a document asks for it again and again: for its page, for what would happen, and with every form that is posted
//! to it. A small one to which a form has led, or that is asked for the second time, is kept for that. It is needed again soon, or
//! never, so the one that was used the longest time ago makes room. What is asked for once is not kept: the next trees would take
//! memory that no cache of the processor has, which costs a fifth of a page.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use crate::document::{count_values, json_size};
use crate::opened::Opened;
use crate::report::{Report, Shown};
use crate::server::editor::file_of;
use crate::server::error::Refusal;
use kube_dry_run::{Change, Fix};

/// The memory of all documents that are kept.
const MAX_BYTES: u64 = 16 << 20;
/// A longer text is not kept, and none about which more is to be said.
const MAX_TEXT_BYTES: usize = 16 << 10;
const MAX_FINDINGS: usize = 64;

/// What a document takes beside what follows from its text.
const ENTRY_BYTES: usize = 2 << 10;
/// How often what stands in a text may stand in what is said about it: names of containers in events, paths in sentences.
const COPIES: usize = 16;
/// What a value takes in its tree, with its name and its places in the text.
const VALUE_BYTES: usize = 400;
/// What a finding takes beside its texts: its paths, and what the page says of it.
const FINDING_BYTES: usize = 1 << 10;
/// The paths of a finding: its field and its place, and the element that it leads to.
const PATHS: usize = 4;

/// The documents that are kept.
#[derive(Clone)]
pub struct Documents {
    kept: Cache<String, Opened>,
    asked: Arc<Asked>,
}

impl Default for Documents {
    fn default() -> Self {
        let weight = |code: &String, opened: &Opened| u32::try_from(code.len() + bytes_of(opened)).unwrap_or(u32::MAX);
        let kept = Cache::builder().max_capacity(MAX_BYTES).weigher(weight).eviction_policy(EvictionPolicy::lru()).build();
        Self { kept, asked: Arc::default() }
    }
}

impl Documents {
    /// The text that `code` stands for, with the document at `place` open, or the one that opens by itself.
    ///
    /// # Errors
    /// The link stands for no such document.
    pub fn open(&self, code: &str, place: Option<usize>) -> Result<Opened, Refusal> {
        match self.kept.get(&*key(code, place)) {
            Some(opened) => Ok(opened),
            None => file_of(code, place).map(Opened::from),
        }
    }

    /// What [`open`](Self::open) opens, to be judged. It is kept if it is asked for again.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn judge(&self, code: &str, place: Option<usize>) -> Result<Opened, Refusal> {
        let key = key(code, place);
        if let Some(opened) = self.kept.get(&*key) {
            return Ok(opened);
        }
        let opened = Opened::from(file_of(code, place)?);
        if self.asked.again(&key) {
            self.keep(key.into_owned(), &opened);
        }
        Ok(opened)
    }

    /// Keeps `opened`, which `code` stands for, under the place of its open document.
    pub fn add(&self, code: &str, opened: &Opened) {
        self.keep(key(code, opened.file().wanted()).into_owned(), opened);
    }

    fn keep(&self, key: String, opened: &Opened) {
        if is_small(opened) {
            self.kept.insert(key, opened.clone());
        }
    }
}

/// What was asked for lately.
struct Asked {
    hasher: RandomState,
    hashes: [AtomicU64; 1 << 10],
}

impl Default for Asked {
    fn default() -> Self {
        Self { hasher: RandomState::new(), hashes: [const { AtomicU64::new(0) }; 1 << 10] }
    }
}

impl Asked {
    /// True if `key` was asked for before, and not much else since.
    fn again(&self, key: &str) -> bool {
        let hash = self.hasher.hash_one(key);
        let place = usize::try_from(hash).unwrap_or_default() % self.hashes.len();
        self.hashes[place].swap(hash, Ordering::Relaxed) == hash
    }
}

/// The name of the document at `place` of what `code` stands for.
fn key(code: &str, place: Option<usize>) -> Cow<'_, str> {
    place.map_or(Cow::Borrowed(code), |place| Cow::Owned(format!("{code} {place}")))
}

fn is_small(opened: &Opened) -> bool {
    if opened.file().text().len() > MAX_TEXT_BYTES {
        return false;
    }
    let Report { findings, notes, silenced, .. } = opened.report();
    findings.len() + notes.len() + silenced.len() <= MAX_FINDINGS
}

/// What `opened` takes in memory, rather too much than too little.
fn bytes_of(opened: &Opened) -> usize {
    let (file, Report { findings, notes, silenced, .. }) = (opened.file(), opened.report());
    let said: usize = [findings, notes, silenced].into_iter().flatten().map(bytes_of_finding).sum();
    ENTRY_BYTES + COPIES * file.text().len() + file.document().size() + VALUE_BYTES * file.count_values() + said
}

fn bytes_of_finding(Shown { finding, .. }: &Shown) -> usize {
    let texts = [Some(&finding.message), finding.hint.as_ref(), finding.caused_by.as_ref()].into_iter().flatten();
    let texts = texts.map(String::len).sum::<usize>();
    FINDING_BYTES + PATHS * finding.field.len() + texts + finding.fix.as_ref().map_or(0, bytes_of_fix)
}

fn bytes_of_fix(fix: &Fix) -> usize {
    let of_change = |change: &Change| match change {
        Change::Set(_, value) => FINDING_BYTES + VALUE_BYTES * count_values(value) + json_size(value),
        _ => FINDING_BYTES,
    };
    fix.changes.iter().map(of_change).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{File, link};

    fn code(text: &str) -> String {
        link::encode(text).unwrap()
    }

    /// True if both are one and the same, and not only alike.
    fn is_same(one: Result<Opened, Refusal>, other: Result<Opened, Refusal>) -> bool {
        matches!((one, other), (Ok(one), Ok(other)) if std::ptr::eq(one.file(), other.file()))
    }

    #[test]
    fn a_document_that_is_asked_for_again_is_kept() {
        let documents = Documents::default();
        let (one, other) = (code("kind: Pod\n"), code("kind: Job\n"));
        assert!(!is_same(documents.open(&one, None), documents.open(&one, None)));
        assert!(!is_same(documents.judge(&one, None), documents.judge(&other, None)));
        assert!(is_same(documents.judge(&one, None), documents.open(&one, None)));
        assert!(!is_same(documents.open(&other, None), documents.open(&other, None)));
    }

    #[test]
    fn each_document_of_a_text_is_one_of_its_own() {
        let text = "kind: Pod\nmetadata: {name: a}\n---\nkind: Pod\nmetadata: {name: b}\n";
        let documents = Documents::default();
        let second = Opened::from(File::open(text.to_owned(), Some(1)).unwrap());
        documents.add(&code(text), &second);
        let name = |place| documents.open(&code(text), place).map(|opened| opened.file().document().name().to_owned()).ok();
        assert_eq!((name(Some(1)).as_deref(), name(None).as_deref(), name(Some(2))), (Some("b"), Some("a"), None));
        assert!(is_same(documents.open(&code(text), Some(1)), Ok(second)));
    }

    #[test]
    fn what_is_large_is_opened_anew() {
        let long = format!("kind: Pod\n# {}\n", "x".repeat(MAX_TEXT_BYTES));
        let wrong = format!("kind: Pod\nspec: {{containers: [{}]}}\n", "{name: _, image: a}, ".repeat(MAX_FINDINGS));
        let documents = Documents::default();
        for text in [long, wrong] {
            let code = code(&text);
            documents.add(&code, &Opened::from(File::open(text, None).unwrap()));
            assert!(!is_same(documents.judge(&code, None), documents.judge(&code, None)));
        }
    }

    #[test]
    fn a_document_with_more_in_it_takes_more() {
        let bytes = |text: &str| bytes_of(&Opened::from(File::open(text.to_owned(), None).unwrap()));
        let plain = bytes("kind: Pod\n");
        assert!(bytes("kind: Pod\nspec: {a: [[], [], []]}\n") > plain + 6 * VALUE_BYTES);
        assert!(bytes("kind: List\nitems: [{kind: Pod}]\n") > plain + 3 * VALUE_BYTES);
        let aliases = "kind: Pod\nmetadata: {annotations: {a: &a xxxxxxxxxxxxxxxx, b: *a, c: *a}}\n";
        assert!(bytes(aliases) > bytes(&aliases.replace("*a", "a")) + 30);
    }
}

//! How much is kept of what is said about one text.

use crate::change::Change;
use crate::finding::Finding;
use crate::judgement::Omitted;

/// How many documents of a text are kept; the others are counted.
pub const MAX_DOCUMENTS: usize = 10_000;

/// How many findings of one document are kept; the others are counted.
pub const MAX_DOCUMENT_FINDINGS: usize = 1_000;

/// How many findings of a text are kept; the others are counted.
pub const MAX_FINDINGS: usize = 5_000;

/// How many bytes the fields, the messages, the hints and the fixes of all findings of a text may have, and how many the kinds
/// and names of its documents.
pub const MAX_KEPT_BYTES: usize = 1 << 20;

/// How many bytes of a field and of a message are kept. What is refused for its length alone, such as indexes of 64 KiB, is repeated
/// in the message to the letter.
pub const MAX_MESSAGE_BYTES: usize = 128 << 10;

/// How many bytes of a kind and of a name are kept. No longer name is valid.
pub const MAX_NAME_BYTES: usize = 253;

/// What is left of the bounds of a text.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    /// For the judgement of the documents.
    pub(super) judging: crate::Budget,
    findings: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { judging: crate::Budget::default(), findings: MAX_FINDINGS, bytes: MAX_KEPT_BYTES }
    }
}

impl Budget {
    /// The first of the `findings` of one document, as many as there is room for, their fields and messages cut to what is kept;
    /// and how many there are besides, with those that are `omitted` already.
    pub(super) fn keep(&mut self, mut findings: Vec<Finding>, mut omitted: Omitted) -> (Vec<Finding>, Omitted) {
        let room = self.findings.min(MAX_DOCUMENT_FINDINGS);
        let count = findings.iter_mut().take(room).map_while(|finding| self.keep_one(finding)).count();
        findings.drain(count..).for_each(|finding| omitted.count(&finding));
        self.findings -= count;
        (findings, omitted)
    }

    fn keep_one(&mut self, finding: &mut Finding) -> Option<()> {
        if self.bytes == 0 {
            return None;
        }
        // A fix that changes very much is not kept: it would take more memory than all that is said.
        finding.fix = finding.fix.take().filter(|fix| fix.changes.len() * size_of::<Change>() <= self.bytes);
        let Finding { field, message, hint, caused_by, fix, .. } = finding;
        let title = fix.as_mut().map(|fix| &mut fix.title);
        for text in [Some(field), Some(message), hint.as_mut(), caused_by.as_mut(), title].into_iter().flatten() {
            cut_off(text, MAX_MESSAGE_BYTES);
            self.bytes = self.bytes.saturating_sub(text.len());
        }
        let changes = fix.as_ref().map_or(0, |fix| fix.changes.len());
        self.bytes = self.bytes.saturating_sub(changes * size_of::<Change>());
        Some(())
    }
}

/// `text`, or its beginning of at most `max` bytes with `…` behind it.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.len() <= max { text.to_owned() } else { format!("{}…", &text[..text.floor_char_boundary(max)]) }
}

/// Cuts `text` as [`cut`] does.
fn cut_off(text: &mut String, max: usize) {
    if text.len() > max {
        *text = cut(text, max);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Inspections, Lines, inspect, inspect_file};
    use super::*;
    use crate::severity::Severity;

    fn inspected(text: &str) -> Inspections {
        inspect_file(text.as_bytes().to_vec()).1
    }

    #[test]
    fn a_document_keeps_the_first_of_its_findings() {
        let containers = "{}, ".repeat(2_000);
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{containers: [{containers}]}}\n");
        let document = &inspected(&text).documents[0];
        assert_eq!((document.findings.len(), document.omitted.errors), (MAX_DOCUMENT_FINDINGS, 5_999 - MAX_DOCUMENT_FINDINGS));
        assert_eq!(document.count(Severity::Error), 5_999);
    }

    #[test]
    fn documents_share_what_is_kept_of_their_text() {
        let text = vec!["apiVersion: v1\nkind: Pod\nspec: {containers: [{}, {}, {}]}\n"; 2_000].join("---\n");
        let lines = Lines::new(text);
        let found: Vec<_> = inspect(&lines).collect();
        assert!(found.iter().all(|document| document.count(Severity::Error) == 9), "{:?}", found[0]);
        assert_eq!(found.iter().map(|document| document.findings.len()).sum::<usize>(), MAX_FINDINGS);
        assert!(found[0].omitted.is_empty());
    }

    #[test]
    fn long_words_are_cut() {
        let long = "X".repeat(400_000);
        let text =
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {long}, labels: {{? {long} : a}}}}\n---\nkind: {long}\n");
        let documents = inspected(&text).documents;
        assert_eq!(documents[0].name, format!("{}…", &long[..MAX_NAME_BYTES]));
        assert_eq!(documents[1].kind, documents[0].name);
        let findings = documents.iter().flat_map(|document| &document.findings);
        assert!(findings.clone().count() >= 3);
        for finding in findings {
            assert!(finding.field.len() <= MAX_MESSAGE_BYTES + 3 && finding.message.len() <= MAX_MESSAGE_BYTES + 3);
        }
        assert_eq!((cut("äö", 3), cut("äö", 4)), ("ä…".to_owned(), "äö".to_owned()));
    }

    #[test]
    fn of_very_many_documents_the_rest_is_counted() {
        let found = inspected(&"- a\n---\n".repeat(MAX_DOCUMENTS + 10));
        assert_eq!((found.documents.len(), found.omitted.documents, found.omitted.refused), (MAX_DOCUMENTS, 10, 10));
        let named = format!("kind: {}\n---\n", "k".repeat(300)).repeat(5_000);
        let found = inspected(&named);
        assert!(found.documents.len() < 4_200 && found.documents.len() + found.omitted.documents == 5_000);
    }
}

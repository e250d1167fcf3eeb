//! Changes of a text, gathered and made at once.

use std::ops::Range;

/// What replaces some bytes of a text; in an empty range it is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Splice {
    range: Range<usize>,
    text: String,
}

/// Changes of one text, at places as they were before the first of them.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<Splice>);

impl Splices {
    /// Puts `text` in place of `range`. Of several texts for one place the first comes first.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        if !range.is_empty() || !text.is_empty() {
            self.0.push(Splice { range, text });
        }
    }

    /// Puts `text` in at `at`.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes `range` away.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, String::new());
    }

    /// The part `range` of `text` with all changes; none if two of them want the same bytes, or one lies outside.
    pub(super) fn apply(mut self, text: &str, range: Range<usize>) -> Option<String> {
        self.0.sort_by_key(|splice| (splice.range.start, splice.range.end));
        let added: usize = self.0.iter().map(|splice| splice.text.len()).sum();
        let mut out = String::with_capacity(range.len() + added);
        let mut done = range.start;
        for Splice { range: replaced, text: new } in &self.0 {
            if replaced.start < done || replaced.end > range.end {
                return None;
            }
            out.push_str(&text[done..replaced.start]);
            out.push_str(new);
            done = replaced.end;
        }
        out.push_str(&text[done..range.end]);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(range: Range<usize>, changes: &[(Range<usize>, &str)]) -> Option<String> {
        let mut splices = Splices::default();
        for (range, text) in changes {
            splices.replace(range.clone(), *text);
        }
        splices.apply("abcdef", range)
    }

    #[test]
    fn changes_are_made_where_they_were_meant() {
        assert_eq!(apply(0..6, &[(4..5, "5"), (1..1, "x"), (1..3, "y"), (1..1, "z")]).as_deref(), Some("axzyd5f"));
        assert_eq!(apply(1..5, &[(1..2, ""), (5..5, "!")]).as_deref(), Some("cde!"));
        assert_eq!(apply(0..6, &[]).as_deref(), Some("abcdef"));
    }

    #[test]
    fn changes_that_collide_are_none() {
        assert_eq!(apply(0..6, &[(1..3, "x"), (2..4, "y")]), None);
        assert_eq!(apply(1..3, &[(0..2, "x")]), None);
        assert_eq!(apply(1..3, &[(2..4, "x")]), None);
    }
}

//! Comments for learners in the text of a document.

use kube_explain::{add_comments, has_comments, remove_comments};

/// What is done with the comments for learners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comments {
    /// A comment is put above the fields that learners ask for.
    Add,
    /// These comments are taken out; those of the author stay.
    Remove,
}

impl Comments {
    /// Both, for the written form.
    pub(super) const ALL: [Self; 2] = [Self::Add, Self::Remove];

    /// What is left to do with `text`.
    #[must_use]
    pub fn next_for(text: &str) -> Self {
        if has_comments(text) { Self::Remove } else { Self::Add }
    }

    /// The verb of the edit.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Add => "comment",
            Self::Remove => "uncomment",
        }
    }

    /// `text` after that. Its documents mean what they meant.
    pub(super) fn in_text(self, text: &str) -> String {
        match self {
            Self::Add => add_comments(text),
            Self::Remove => remove_comments(text),
        }
    }
}

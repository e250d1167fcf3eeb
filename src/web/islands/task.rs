//! Something to be sent.

/// What is sent to the server.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(super) enum Task {
    /// What was typed into the input of that name.
    Typed(String),
    /// What was typed into the text of the document, which is sent without the form.
    Text,
    /// The edit of a button or of a choice, with what was typed; a submission without an edit is empty.
    Edit(String),
    /// Nothing: the document at the address in the address bar is asked for.
    Visit,
}

impl Task {
    /// The edit that is sent along; empty where there is none.
    pub(super) fn edit(&self) -> &str {
        if let Self::Edit(edit) = self { edit } else { "" }
    }

    /// True if items of the document may be at other places when it is done.
    pub(super) fn shifts(&self) -> bool {
        match self {
            Self::Visit => true,
            Self::Edit(edit) => !(edit.is_empty() || edit.starts_with("add") || edit.starts_with("share")),
            Self::Typed(_) | Self::Text => false,
        }
    }
}

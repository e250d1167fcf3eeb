//! What becomes of a posted form: the document with it, or what was typed beside the document as it was.

use std::collections::{HashMap, HashSet};

use super::submission::MAX_EDITS;
use super::{Input, Unreadable};
use crate::document::link::MAX_DOCUMENT_BYTES;
use crate::document::{Comments, Document, Edit, EditError, Path, Segment};
use crate::shorten::shorten;

/// The choice in the list of volumes that stands for a volume which does not exist yet. No volume can have this name.
pub const NEW_VOLUME: &str = "+new";

/// As many problems are told.
const MAX_PROBLEMS: usize = 100;
/// As many columns of a message are told; what is repeated in it may be of any length.
const MAX_MESSAGE: usize = 400;

/// Something that was typed and could not be put into the document, or a button that could not do what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The field it was typed into; the root where it is about no single field.
    pub field: Path,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A document with a posted form applied to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The document with everything that could be applied.
    pub document: Document,
    /// The document with the typed text alone, before the edits of buttons.
    pub typed: Document,
    /// The field to go on with.
    pub focus: Option<Path>,
    /// What is to be done with the comments for learners in the text.
    pub comments: Option<Comments>,
    /// What could not be applied.
    pub problems: Vec<Problem>,
    /// What was typed, by its field: where something could not be applied, the inputs show it again.
    pub drafts: HashMap<Path, String>,
    /// True if the document would be too large; nothing of the form is in it then.
    pub is_too_large: bool,
}

/// Text that differs from what its input showed.
pub(super) struct Change<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
    pub(super) input: Option<Input>,
}

impl Applied {
    /// The document `base` with what was typed: the new `names` of volumes, and all `others`.
    pub(super) fn typed(base: &Document, names: &[Change<'_>], others: &[Change<'_>]) -> Self {
        let drafts = names.iter().chain(others).map(|change| (change.path.clone(), change.text.to_owned())).collect();
        let mut applied = Self { drafts, ..Self::new(base.clone()) };
        for (index, change) in names.iter().enumerate() {
            applied.rename(change, index);
        }
        for change in others {
            applied.set(base, change);
        }
        applied.follow_images(base, others);
        if applied.is_too_large || applied.document.size() > MAX_DOCUMENT_BYTES {
            return applied.too_large(base, EditError::TooLarge.to_string());
        }
        applied.typed = applied.document.clone();
        applied
    }

    fn new(document: Document) -> Self {
        Self {
            typed: document.clone(),
            document,
            focus: None,
            comments: None,
            problems: Vec::new(),
            drafts: HashMap::new(),
            is_too_large: false,
        }
    }

    /// The document `base` as it was, everything that was typed beside it, and `message` about the limit that it would exceed.
    #[must_use]
    pub fn too_large(self, base: &Document, message: String) -> Self {
        let problem = Problem { field: Path::root(), message };
        Self { problems: vec![problem], drafts: self.drafts, is_too_large: true, ..Self::new(base.clone()) }
    }

    /// The field to go on with, for whom nothing else of this is needed any more.
    #[must_use]
    pub fn into_focus(self) -> Option<Path> {
        self.focus
    }

    /// This with the answer to somebody who asked for comments in a text that has no line for one.
    #[must_use]
    pub fn without_line_for_comments(mut self) -> Self {
        let message = "there is no line for a comment: the fields that are explained have one already, or stand between braces";
        self.problems.push(Problem { field: Path::root(), message: message.to_owned() });
        self
    }

    fn rename(&mut self, change: &Change<'_>, index: usize) {
        if index >= MAX_EDITS {
            return self.tell(change.path, &format!("only {MAX_EDITS} volumes can get another name at once"));
        }
        let Some(volume) = change.path.parent().filter(|_| !self.is_too_large) else { return };
        match self.document.edit(&Edit::Rename(volume, change.text.to_owned())) {
            Ok(_) => {}
            Err(EditError::TooLarge) => self.is_too_large = true,
            Err(error) => self.tell(change.path, &error.to_string()),
        }
    }

    fn set(&mut self, base: &Document, change: &Change<'_>) {
        let Change { path, text, input } = *change;
        let Some(input) = input else {
            let message = format!("the form has no field {path}, so what was sent for it is not in the manifest");
            return self.tell(path, &message);
        };
        if text == NEW_VOLUME && is_field(path, "name") {
            return self.add_volume(change);
        }
        let old = base.get(path);
        let result = match input.read(text, old, old.map(|old| base.as_written(path, old)).as_deref()) {
            Ok(value) => self.document.set(path, value).map_err(|error| error.to_string()),
            Err(error @ Unreadable::DuplicateKey(_)) => Err(error.to_string()),
        };
        if let Err(message) = result {
            self.tell(path, &message);
        }
    }

    /// Containers whose image was typed are called after it, unless somebody gave them a name, or does so now.
    fn follow_images(&mut self, base: &Document, changes: &[Change<'_>]) {
        let typed: HashSet<&Path> = changes.iter().map(|change| change.path).collect();
        for change in changes.iter().filter(|change| change.input.is_some() && is_field(change.path, "image")).take(MAX_EDITS) {
            let container = change.path.parent().unwrap_or_default();
            if !typed.contains(&container.entry("name")) {
                let followed = self.document.follow_image(&container, base.text(change.path));
                followed.unwrap_or_else(|error| self.tell(change.path, &error.to_string()));
            }
        }
    }

    fn add_volume(&mut self, change: &Change<'_>) {
        let Some(mount) = change.path.parent() else { return };
        match self.document.edit(&Edit::NewVolume(mount)) {
            Ok(focus) => self.focus = focus,
            Err(EditError::TooLarge) => self.is_too_large = true,
            Err(error) => self.tell(change.path, &error.to_string()),
        }
    }

    /// Does `edit`, unless something went wrong before: then the form is shown again as it was typed, without any edit.
    pub(super) fn edit(&mut self, edit: &Edit) {
        if !self.problems.is_empty() {
            return;
        }
        if let Edit::Comments(comments) = edit {
            self.comments = Some(*comments);
        }
        match self.document.edit(edit) {
            Ok(focus) => self.focus = focus.or(self.focus.take()),
            Err(error) => {
                self.document = self.typed.clone();
                self.is_too_large = error == EditError::TooLarge;
                self.tell(&Path::root(), &error.to_string());
            }
        }
    }

    fn tell(&mut self, field: &Path, message: &str) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { field: field.clone(), message: shorten(message, MAX_MESSAGE).into_owned() });
        }
    }
}

pub(super) fn is_field(path: &Path, name: &str) -> bool {
    matches!(path.last(), Some(Segment::Field(field)) if field == name)
}

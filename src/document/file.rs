//! A text as a person wrote it, with the documents in it, one of which is open in the form.
//!
//! The text is what is kept: a link carries it, a download hands it out, an edit of the open document changes the lines that it
//! concerns and no other.

use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use super::lines::lines;
use super::link::MAX_DOCUMENT_BYTES;
use super::{Comments, Document, Path, count_values};
use crate::import::{self, ImportError};
use kube_dry_run::yaml::{self, Parsed, SyntaxError};
use kube_dry_run::{Object, objects_in_place};

/// How many documents of a text are listed; the others are counted.
const MAX_LISTED: usize = 200;

/// A text with several documents, one of which is open. Each item of a list is one.
#[derive(Clone, Debug)]
pub struct File {
    text: String,
    /// The open document, with its places in the text.
    parsed: Arc<Parsed>,
    /// The list that it is an item of, and where it stands there.
    list: Option<(Arc<Parsed>, Path)>,
    document: Document,
    contents: Contents,
}

/// What documents a text holds.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The first documents.
    pub listed: Vec<Listed>,
    /// How many documents there are.
    pub count: usize,
    /// The place of the open document among them, counted from zero.
    pub open: usize,
    /// The place of the document that opens if none is asked for.
    pub first: usize,
    /// How many documents there is a form for.
    pub forms: usize,
}

/// A document of a text in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is, such as `Deployment web (line 12)`.
    pub title: String,
    /// Why there is no form for it, if there is none.
    pub refusal: Option<String>,
}

impl File {
    /// The text `text` with the document at the place `wanted` open; without one the first document that there is a form for,
    /// or else the first of all. A document that has no form can be open: what it holds is kept.
    ///
    /// # Errors
    /// Where the text is unreadable, or the document is none that can be edited.
    pub fn open(text: String, wanted: Option<usize>) -> Result<Self, ImportError> {
        let mut contents = Contents::default();
        let mut found: Option<Object> = None;
        for object in objects_in_place(&text) {
            let object = object?;
            let is_first = contents.add(&object.parsed);
            let place = contents.count - 1;
            if wanted.map_or(is_first, |wanted| wanted == place) {
                contents.open = place;
                found = Some(object);
            }
        }
        Self::opened(text, found.ok_or(ImportError::Missing)?, contents)
    }

    fn opened(text: String, object: Object, contents: Contents) -> Result<Self, ImportError> {
        let Object { parsed, list } = object;
        import::check(&parsed)?;
        let parsed = Arc::new(parsed);
        let document = Document::read_from(&text, Arc::clone(&parsed)).map_err(|_| ImportError::Missing)?;
        if document.size() > MAX_DOCUMENT_BYTES {
            return Err(ImportError::TooLarge { limit: MAX_DOCUMENT_BYTES });
        }
        Ok(Self { text, parsed, list, document, contents })
    }

    /// The file that holds nothing but `document`, as Podweave writes it.
    ///
    /// # Errors
    /// Where the document is nested too deep to be read.
    pub fn of_document(document: &Document) -> Result<Self, ImportError> {
        Self::open(yaml::write(document.value()).text, None)
    }

    /// This file with `document` in the place of the open one: only the lines that differ change.
    ///
    /// # Errors
    /// Where no text can mean `document`, because it is nested too deep.
    pub fn with(&self, document: &Document) -> Result<Self, ImportError> {
        if *document == self.document {
            return Ok(self.clone());
        }
        let changed = match &self.list {
            None => yaml::reconcile(&self.text, &self.parsed, document.value())?,
            Some((list, path)) => yaml::reconcile(&self.text, list, &self.list_with(list, path, document))?,
        };
        if self.contents.count == 1 && self.list.is_none() {
            let mut contents = Contents::default();
            contents.add(&changed.document);
            return Self::opened(changed.text, Object { parsed: changed.document, list: None }, contents);
        }
        Self::open(changed.text, self.wanted())
    }

    /// This file with comments for learners in its text, or without them. Its documents stay as they are.
    ///
    /// # Errors
    /// Where the text could not be opened any more; none is known for which that is so.
    pub fn with_comments(self, comments: Comments) -> Result<Self, ImportError> {
        let (text, wanted) = (comments.in_text(&self.text), self.wanted());
        // Two trees of a document at once take twice the memory.
        drop(self);
        Self::open(text, wanted)
    }

    /// The place by which the open document is asked for, if it does not open by itself.
    #[must_use]
    pub fn wanted(&self) -> Option<usize> {
        (!self.contents.is_open_by_itself()).then_some(self.contents.open)
    }

    /// The `list` with `document` in the place of its item at `path`, which says what it is only if it did so before.
    fn list_with(&self, list: &Parsed, path: &Path, document: &Document) -> Value {
        let mut value = list.value.clone();
        let Some(item) = path.find_mut(&mut value) else { return value };
        let mut new = document.value().clone();
        for field in ["kind", "apiVersion"] {
            let is_inherited = item.get(field).is_none() && new.get(field) == self.parsed.value.get(field);
            if let Some(object) = new.as_object_mut().filter(|_| is_inherited) {
                object.shift_remove(field);
            }
        }
        *item = new;
        value
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The open document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The open document with its places in the text.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// What documents there are.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// How many values the trees have that are kept of the text: of the open document, and of the list that it is an item of.
    #[must_use]
    pub fn count_values(&self) -> usize {
        let list = self.list.as_ref().map_or(0, |(list, _)| count_values(&list.value));
        count_values(&self.parsed.value) + list
    }

    /// The trees of all documents, in their order.
    pub fn values(&self) -> impl Iterator<Item = Result<Value, SyntaxError>> {
        yaml::documents(&self.text).map(|parsed| parsed.map(|parsed| parsed.value))
    }

    /// The lines of the text with their line breaks, each with the field that stands on it: of the open document only.
    #[must_use]
    pub fn lines(&self) -> Vec<(&str, Option<Rc<Path>>)> {
        self.first_lines(usize::MAX)
    }

    /// The first of these lines, at most `most`.
    #[must_use]
    pub fn first_lines(&self, most: usize) -> Vec<(&str, Option<Rc<Path>>)> {
        lines(&self.text, &self.parsed, most)
    }

    /// How many lines the text has.
    #[must_use]
    pub fn count_lines(&self) -> usize {
        yaml::split_lines(&self.text).count()
    }
}

impl Contents {
    /// True if the open document is the one that opens without being asked for.
    #[must_use]
    pub fn is_open_by_itself(&self) -> bool {
        self.open == self.first
    }

    /// Adds the next document; true if it is, so far, the one that opens if none is asked for.
    fn add(&mut self, parsed: &Parsed) -> bool {
        let refusal = import::check_form(parsed).err();
        let is_first_form = refusal.is_none() && self.forms == 0;
        let is_first = self.count == 0 || is_first_form;
        if is_first {
            self.first = self.count;
        }
        self.forms += usize::from(refusal.is_none());
        self.count += 1;
        if self.listed.len() < MAX_LISTED {
            self.listed.push(Listed { title: import::title(parsed), refusal: refusal.map(|error| error.to_string()) });
        }
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SEVERAL: &str = "# all of it\nkind: Service\n---\nkind: Pod # mine\nmetadata: {name: web}\n---\nkind: Job\n";

    fn file(text: &str, wanted: Option<usize>) -> File {
        File::open(text.to_owned(), wanted).unwrap()
    }

    fn set(file: &File, path: &str, value: Value) -> File {
        let mut document = file.document().clone();
        document.set(&path.parse().unwrap(), Some(value)).unwrap();
        file.with(&document).unwrap()
    }

    #[test]
    fn the_first_document_with_a_form_opens() {
        let contents = |text: &str| file(text, None).contents().clone();
        let several = contents(SEVERAL);
        assert_eq!((several.count, several.open, several.forms), (3, 1, 2));
        assert_eq!((contents("kind: Service\n---\nkind: Node\n").open, contents("kind: Pod\n").forms), (0, 1));
        assert_eq!(file(SEVERAL, Some(2)).document().kind(), "Job");
        assert_eq!(file(SEVERAL, Some(0)).document().kind(), "Service");
        for (text, wanted) in [(SEVERAL, Some(3)), ("# nothing", None)] {
            assert_eq!(File::open(text.to_owned(), wanted).unwrap_err(), ImportError::Missing);
        }
    }

    #[test]
    fn an_edit_changes_the_lines_that_it_concerns() {
        let changed = set(&file(SEVERAL, None), "metadata.name", json!("site"));
        assert_eq!(changed.text(), SEVERAL.replace("web", "site"));
        let changed = set(&file(SEVERAL, Some(2)), "metadata.name", json!("once"));
        assert_eq!(changed.text(), SEVERAL.to_owned() + "metadata:\n  name: once\n");
        assert_eq!(changed.contents().open, 2);
    }

    #[test]
    fn an_item_of_a_list_is_a_document() {
        let list = "apiVersion: v1\nkind: List\nitems: # all\n- kind: Service\n- kind: Pod # mine\n  metadata: {name: web}\n";
        let opened = file(list, None);
        assert_eq!((opened.contents().count, opened.contents().open, opened.document().name()), (2, 1, "web"));
        assert_eq!(set(&opened, "metadata.name", json!("site")).text(), list.replace("web", "site"));
        let pods = "apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n- metadata: {name: b} # b\n";
        let changed = set(&file(pods, Some(1)), "metadata.name", json!("c"));
        assert_eq!((changed.text(), changed.document().kind()), (pods.replace("name: b", "name: c").as_str(), "Pod"));
    }

    #[test]
    fn values_are_seen_as_they_are_written() {
        let text = "kind: Pod\nspec:\n  containers:\n  - env:\n    - {name: A, value: NO}\n    - {name: B, value: 1.10}\n    - {name: C, value: \"yes\"}\n    args: [0x1f, 7]\n";
        let file = file(text, None);
        let document = file.document();
        let seen = |path: &str| {
            let path = path.parse().unwrap();
            document.get(&path).map(|value| document.as_written(&path, value).into_owned())
        };
        assert_eq!(seen("spec.containers[0].env[0].value"), Some(json!("NO")));
        assert_eq!(seen("spec.containers[0].env[1].value"), Some(json!("1.10")));
        assert_eq!(seen("spec.containers[0].env[2].value"), Some(json!("yes")));
        assert_eq!(seen("spec.containers[0].args"), Some(json!(["0x1f", 7])));
        let changed = set(&file, "spec.containers[0].env[0].value", json!("NO"));
        assert_eq!(changed.text(), text.replace("value: NO", "value: \"NO\""));
    }

    #[test]
    fn comments_for_learners_leave_the_open_document_open() {
        let text = SEVERAL.replace("kind: Job", "apiVersion: batch/v1\nkind: Job");
        let opened = file(&text, Some(2));
        let commented = opened.clone().with_comments(Comments::Add).unwrap();
        assert_eq!((commented.contents().open, commented.document()), (2, opened.document()));
        assert_eq!(Comments::next_for(commented.text()), Comments::Remove);
        let without = commented.clone().with_comments(Comments::Remove).unwrap();
        assert_eq!((without.text(), Comments::next_for(without.text())), (text.as_str(), Comments::Add));
    }

    #[test]
    fn a_document_that_grows_from_nothing_is_laid_out_as_podweave_writes_it() {
        let empty = File::of_document(&Document::empty_pod()).unwrap();
        let grown = set(&empty, "spec.containers[0]", json!({"name": "a", "image": "b"}));
        assert_eq!(grown.text(), yaml::write(grown.document().value()).text);
    }
}

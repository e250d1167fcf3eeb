//! What the editor shows: a document, its report, and what was typed but is not in the document.

use std::collections::HashMap;

use foldhash::HashSet;

use crate::document::Links;
use crate::document::{Document, File, Path};
use crate::form::{Applied, Problem, is_untouched};
use crate::lesson::{LessonError, OpenLesson};
use crate::opened::Opened;
use crate::report::{Report, Shown};
use crate::shorten::shorten;
use crate::web::budget::{MAX_LABEL, MAX_MESSAGE};
use crate::web::explained::Fields;
use crate::web::html::Html;
use crate::web::panels::TextView;
use crate::web::prose::prose;
use crate::web::window::{Window, item_around};
use kube_dry_run::inspection::Mark;
use kube_dry_run::{Severity, Stage};

/// The bytes of all messages that stand beside the inputs; the list of findings has its own budget.
const MAX_MESSAGE_BYTES: usize = 128 << 10;

/// Kubernetes' own field paths stay below 400 bytes, even with the longest keys that are allowed.
const MAX_FIELD_BYTES: usize = 512;

/// One document on its way to the page.
pub struct Sheet {
    /// The text, with the document that the form and the panels show, and what is to be said about it.
    opened: Opened,
    /// Where the form posts to, and what can be taken away.
    pub links: Links,
    /// The part of the document that has inputs.
    pub window: Window,
    /// What could not be done with the form that was posted.
    pub problems: Vec<Problem>,
    /// The field to go on with, which may be the root, where an edit has just been applied.
    pub focus: Option<Path>,
    /// The text that was posted in the place of the form's fields, if it cannot be read.
    pub unread: Option<Unread>,
    /// The event that was asked about, as [`pod_advice::Event`] is written.
    pub question: Option<String>,
    /// The lesson in which the document is edited, or why there is none for its key.
    pub lesson: Option<Result<OpenLesson, LessonError>>,
    /// The program that draws this sheet, if what is posted from it can be answered by what changes on it.
    pub basis: Option<&'static str>,
    /// Where the fields of the document are explained.
    pub explained: Fields,
    /// The item that the page was turned to, unless all items are shown.
    from: Option<Path>,
    /// True if the text can be shown with numbers.
    has_numbers: bool,
    drafts: HashMap<Path, String>,
    /// What is to be said, by the texts of the paths.
    messages: foldhash::HashMap<String, Vec<Message>>,
    invalid: HashSet<Path>,
    to_do: HashSet<Path>,
}

/// A text that stands for no document.
pub struct Unread {
    /// The text, as it was typed.
    pub text: String,
    /// Why it cannot be opened.
    pub message: String,
    /// The place that this is about, if it is about one.
    pub mark: Option<Mark>,
}

/// Something to be said beside an input.
pub struct Message {
    /// How bad it is; `None` of what is only still to be done.
    pub severity: Option<Severity>,
    /// What is said.
    pub text: Html,
}

impl Sheet {
    /// The sheet of the document that a link stands for, on a page that was turned to the item `from`.
    #[must_use]
    pub fn new(opened: impl Into<Opened>, links: Links, from: Option<Path>) -> Self {
        let opened = opened.into();
        let file = opened.file();
        let window = Window::new(file.document(), from.as_ref());
        let lesson = links.lesson().map(OpenLesson::open);
        let (explained, has_numbers) = (Fields::of(file.document()), TextView::fits(file.text()));
        let mut sheet = Self {
            from: from.filter(|_| !window.is_whole()),
            opened,
            links,
            window,
            problems: Vec::new(),
            focus: None,
            unread: None,
            question: None,
            lesson,
            basis: None,
            explained,
            has_numbers,
            drafts: HashMap::new(),
            messages: foldhash::HashMap::default(),
            invalid: HashSet::default(),
            to_do: HashSet::default(),
        };
        sheet.place_messages();
        sheet
    }

    /// This sheet with the answer to what would happen if there were the event `question`.
    #[must_use]
    pub fn asking(self, question: Option<String>) -> Self {
        Self { question, ..self }
    }

    /// This sheet as the `program` draws it that answers what is posted from it. Only a sheet that is just what its address stands
    /// for has one.
    #[must_use]
    pub fn drawn_by(self, program: &'static str) -> Self {
        let basis = self.question.is_none().then_some(program);
        Self { basis, ..self }
    }

    /// The sheet of the document that a posted form has led to, with the field to go on with.
    #[must_use]
    pub fn applied(opened: Opened, links: Links, from: Option<Path>, focus: Option<Path>) -> Self {
        Self { focus: Some(focus.unwrap_or_default()), ..Self::new(opened, links, from) }
    }

    /// This sheet beneath a text that cannot be read: it shows the document as it was, and waits.
    #[must_use]
    pub fn waiting_for(self, unread: Unread) -> Self {
        Self { unread: Some(unread), ..self }
    }

    /// True if the page has the text with numbers, to which links to lines lead.
    #[must_use]
    pub fn has_text_view(&self) -> bool {
        !self.is_waiting() && self.has_numbers
    }

    /// True while a text that cannot be read is to be mended: what would leave it behind does not work.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.unread.is_some()
    }

    /// The sheet of a posted form of which a part could not be applied: it shows everything that was typed.
    #[must_use]
    pub fn refused(opened: Opened, applied: Applied, links: Links, from: Option<Path>) -> Self {
        let mut sheet = Self::new(opened, links, from);
        sheet.drafts = applied.drafts;
        for problem in applied.problems.iter().rev() {
            sheet.invalid.insert(problem.field.clone());
            let message = Message { severity: Some(Severity::Error), text: prose(&problem.message) };
            sheet.messages.entry(problem.field.to_text()).or_default().insert(0, message);
        }
        sheet.problems = applied.problems;
        sheet
    }

    /// Gives every element the messages of the findings that lead to it, as far as there is room.
    fn place_messages(&mut self) {
        let mut left = MAX_MESSAGE_BYTES;
        let opened = self.opened.clone();
        for Shown { finding, anchor, .. } in opened.report().findings.iter().filter(|shown| self.window.shows(&shown.anchor)) {
            let is_refused = finding.severity == Severity::Error && finding.stage == Stage::Admitted;
            let is_to_do = is_refused && is_untouched(opened.file().document(), anchor);
            if is_to_do {
                self.to_do.insert(anchor.clone());
            } else if is_refused {
                self.invalid.insert(anchor.clone());
            }
            let text = match (finding.stage, &finding.hint) {
                (Stage::Admitted, Some(hint)) if is_to_do => prose(&shorten(hint, MAX_MESSAGE)),
                (Stage::Admitted, _) => {
                    let mut text = Html::default();
                    text.message(finding.rule, finding.message_at(anchor));
                    text
                }
                (Stage::Starts | Stage::Shares, _) => prose(&finding.message),
            };
            if let Some(rest) = left.checked_sub(text.as_str().len()) {
                left = rest;
                let message = Message { severity: (!is_to_do).then_some(finding.severity), text };
                self.messages.entry(anchor.to_text()).or_default().push(message);
            }
        }
    }

    /// The text, with the document that the form and the panels show.
    #[must_use]
    pub fn file(&self) -> &File {
        self.opened.file()
    }

    /// The document that the form and the panels show.
    #[must_use]
    pub fn document(&self) -> &Document {
        self.file().document()
    }

    /// What is to be said about the document.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.opened.report()
    }

    /// What the page is called: the name of the document, if it has one.
    #[must_use]
    pub fn title(&self) -> String {
        match self.document().name() {
            "" => "New manifest".to_owned(),
            name => label(name),
        }
    }

    /// The path that the form posts to: the page, turned to where it is.
    #[must_use]
    pub fn action(&self) -> String {
        self.links.page_from(self.from.as_ref())
    }

    /// What was typed into the input for `path` of a form that was refused.
    #[must_use]
    pub fn draft(&self, path: &Path) -> Option<&str> {
        self.drafts.get(path).map(String::as_str)
    }

    /// What is to be said at the element with this `id`, which is a path as text.
    #[must_use]
    pub fn messages_at(&self, id: &str) -> &[Message] {
        self.messages.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// True if something at `path` is refused.
    #[must_use]
    pub fn is_invalid(&self, path: &Path) -> bool {
        self.invalid.contains(path)
    }

    /// True if the field at `path` has to be filled in and nobody has come to it yet.
    #[must_use]
    pub fn is_to_do(&self, path: &Path) -> bool {
        self.to_do.contains(path)
    }

    /// Where the element for `path` is: on this page, or on one that is turned to its item.
    #[must_use]
    pub fn address_of(&self, path: &Path) -> String {
        let from = item_around(path).filter(|_| !self.window.shows(path));
        let page = from.map(|from| self.links.page_from(Some(&from))).unwrap_or_default();
        format!("{page}#{path}")
    }
}

/// The path `field` as the attribute that ties the views of a field together; `None` of one that is too long to be repeated.
#[must_use]
pub fn field_attribute(field: &str) -> Option<String> {
    (field.len() <= MAX_FIELD_BYTES).then(|| field.to_owned())
}

/// `text` as it stands in a label.
#[must_use]
pub fn label(text: &str) -> String {
    shorten(text, MAX_LABEL).into_owned()
}

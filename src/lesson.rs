//! Lessons as links name them.

use std::borrow::Cow;

use pod_lesson::{BuiltIn, Lesson, Progress, lessons};

use crate::document::link::{self, LinkError};
use crate::document::{File, Links};
use crate::report::counted;
use serde_json::Value;

/// A lesson that somebody has opened.
#[derive(Clone, Debug)]
pub struct OpenLesson {
    /// How links name it: the name of a lesson that comes with the program, or the code of its text.
    pub key: String,
    /// The lesson.
    pub lesson: Cow<'static, Lesson>,
}

/// The path of the editor with the text that links name `key`, if that is a manifest: not of a lesson, with mistakes or without.
#[must_use]
pub fn manifest_page(key: &str) -> Option<String> {
    let file = File::open(link::decode(key).ok()?, None).ok()?;
    let is_manifest = has_any_of(&file, &["apiVersion", "kind"]) && !has_any_of(&file, FIELDS_OF_LESSONS);
    is_manifest.then(|| format!("/p/{key}"))
}

/// The fields of a lesson that no manifest has.
const FIELDS_OF_LESSONS: &[&str] = &["start", "steps"];

/// Whether the text of `file` was meant as a lesson, with mistakes or without: a manifest says its kind and has none of the fields.
#[must_use]
pub fn is_meant_as_lesson(file: &File) -> bool {
    file.document().kind().is_empty() && has_any_of(file, FIELDS_OF_LESSONS)
}

fn has_any_of(file: &File, fields: &[&str]) -> bool {
    fields.iter().any(|field| file.document().value().get(*field).is_some())
}

/// Why a link opens no lesson.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LessonError {
    /// The code stands for no text.
    #[error("{0}")]
    Link(#[from] LinkError),
    /// The text is no lesson.
    #[error("its text is no lesson: line {line}: {message}{}", more(*.rest))]
    Text {
        /// The line of the first problem.
        line: usize,
        /// The first problem.
        message: String,
        /// How many more there are.
        rest: usize,
    },
}

fn more(rest: usize) -> String {
    if rest == 0 { String::new() } else { format!(", and {}", counted(rest, "more problem")) }
}

impl OpenLesson {
    /// Opens the lesson that links name `key`.
    ///
    /// # Errors
    /// `key` is neither the name of a lesson nor the code of one.
    pub fn open(key: &str) -> Result<Self, LessonError> {
        Self::built_in(key).map_or_else(|| Self::read(key, &link::decode(key)?), Ok)
    }

    /// The lesson of this `name` that comes with the program.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let lesson = Cow::Borrowed(&pod_lesson::lesson(name)?.lesson);
        Some(Self { key: name.to_owned(), lesson })
    }

    /// Reads the lesson `text`, which links name `key`.
    ///
    /// # Errors
    /// The text is no lesson.
    pub fn read(key: &str, text: &str) -> Result<Self, LessonError> {
        let lesson = Lesson::read(text).map_err(|problems| {
            let rest = problems.len().saturating_sub(1);
            let (line, message) = problems.into_iter().next().map_or((1, String::new()), |first| (first.line, first.message));
            LessonError::Text { line, message, rest }
        })?;
        Ok(Self { key: key.to_owned(), lesson: Cow::Owned(lesson) })
    }

    /// The path of its page.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/l/{}", self.key)
    }

    /// The path of the editor with the manifest to start from, which shows what changes from there on; `None` if that cannot be
    /// opened.
    #[must_use]
    pub fn start_page(&self) -> Option<String> {
        Some(self.links_of(&self.lesson.start)?.comparing_from_here())
    }

    /// The path of the editor with the manifest at the end, if the lesson has one.
    #[must_use]
    pub fn finished_page(&self) -> Option<String> {
        Some(self.links_of(self.lesson.finished.as_ref()?)?.page())
    }

    /// The path of the picture of its manifest as PNG.
    #[must_use]
    pub fn picture(&self) -> Option<String> {
        Some(self.links_of(self.lesson.finished.as_ref().unwrap_or(&self.lesson.start))?.file("png"))
    }

    fn links_of(&self, text: &str) -> Option<Links> {
        let file = File::open(text.to_owned(), None).ok()?;
        Some(Links::new("", &file).ok()?.within(Some(self.key.clone())))
    }

    /// The lesson to go on with, where this one comes with the program.
    #[must_use]
    pub fn next(&self) -> Option<&'static BuiltIn> {
        lessons().iter().skip_while(|lesson| lesson.name != self.key).nth(1)
    }

    /// How far `document` has come in it.
    #[must_use]
    pub fn progress(&self, document: &Value) -> Progress {
        self.lesson.progress(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_are_opened_by_name_and_by_code() {
        for built_in in lessons() {
            let by_name = OpenLesson::open(built_in.name).unwrap();
            let by_code = OpenLesson::open(&link::encode(built_in.source).unwrap()).unwrap();
            assert_eq!(by_name.lesson.title, by_code.lesson.title);
            assert!(by_name.start_page().is_some() && by_code.finished_page().is_some(), "{}", built_in.name);
        }
    }

    #[test]
    fn the_last_lesson_has_no_next_one() {
        let name = |place: usize| lessons()[place].name;
        assert_eq!(OpenLesson::open(name(0)).unwrap().next().map(|next| next.name), Some(name(1)));
        assert!(OpenLesson::open(name(lessons().len() - 1)).unwrap().next().is_none());
        assert!(OpenLesson::open(&link::encode(lessons()[0].source).unwrap()).unwrap().next().is_none());
    }

    #[test]
    fn a_manifest_is_told_from_a_lesson_with_a_mistake() {
        let lesson = lessons()[0].source;
        let key = |text: &str| link::encode(text).unwrap();
        for text in ["kind: Pod\n", "kind: Service\n---\nkind: Pod\n", "title: a\nkind: Pod\n"] {
            assert_eq!(manifest_page(&key(text)), Some(format!("/p/{}", key(text))), "{text}");
        }
        let slips = [lesson.replace("task:", "tasks:"), format!("kind: Lesson\n{lesson}")];
        for text in slips.iter().map(String::as_str).chain([lesson, "a: 1\n", "- a\n", "kind: [\n"]) {
            assert_eq!(manifest_page(&key(text)), None, "{text:.40}");
        }
        assert_eq!(manifest_page("web-content"), None);
    }

    #[test]
    fn what_is_no_lesson_is_told() {
        let told = |key: &str| OpenLesson::open(key).unwrap_err().to_string();
        assert_eq!(told("2x"), LinkError::Truncated.to_string());
        assert!(told(&link::encode("kind: Pod\n").unwrap()).starts_with("its text is no lesson: line 1: "));
    }
}

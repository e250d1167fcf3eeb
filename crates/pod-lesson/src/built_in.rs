//! The lessons that come with the program, in the order in which they are learnt.
//!
//! Each is a file of `lessons/`, named as the object that it makes, and a line of [`SOURCES`].

use std::sync::LazyLock;

use serde_json::Value;

use crate::lesson::Lesson;
use crate::progress::document_of;

/// A lesson that comes with the program.
#[derive(Clone, Debug)]
pub struct BuiltIn {
    /// What links, tests and the command line call it: the name of its file, and of its object.
    pub name: &'static str,
    /// Its text.
    pub source: &'static str,
    /// What the text says.
    pub lesson: Lesson,
    /// What its manifest at the end means.
    pub document: Value,
}

/// All lessons, in the order in which they are learnt.
#[must_use]
pub fn lessons() -> &'static [BuiltIn] {
    static LESSONS: LazyLock<Vec<BuiltIn>> =
        LazyLock::new(|| SOURCES.iter().filter_map(|(name, source)| BuiltIn::read(name, source)).collect());
    &LESSONS
}

/// The lesson called `name`.
#[must_use]
pub fn lesson(name: &str) -> Option<&'static BuiltIn> {
    lessons().iter().find(|lesson| lesson.name == name)
}

impl BuiltIn {
    fn read(name: &'static str, source: &'static str) -> Option<Self> {
        let lesson = Lesson::read(source).ok()?;
        let document = document_of(lesson.finished.as_deref()?)?;
        Some(Self { name, source, lesson, document })
    }

    /// The text of its manifest at the end.
    #[must_use]
    pub fn finished(&self) -> &str {
        self.lesson.finished.as_deref().unwrap_or_default()
    }
}

macro_rules! source {
    ($name:literal) => {
        ($name, include_str!(concat!("../lessons/", $name, ".yaml")))
    };
}

/// The files of `lessons/`, by name.
const SOURCES: &[(&str, &str)] = &[
    source!("web-content"),
    source!("init-page"),
    source!("log-shipper"),
    source!("memory-cache"),
    source!("batch-job"),
    source!("config-by-init"),
    source!("git-clone"),
    source!("tools-by-init"),
    source!("database-seed"),
    source!("unix-socket"),
    source!("shared-memory"),
    source!("read-only-root"),
];

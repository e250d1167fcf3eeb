//! A file on its way to the views: what it holds, and what is to be said about it.

use std::sync::{Arc, OnceLock};

use crate::document::File;
use crate::pipeline;
use crate::report::Report;

/// A file with the report on its open document, which is made when it is first asked for. Copies share both.
#[derive(Clone)]
pub struct Opened(Arc<Parts>);

struct Parts {
    file: File,
    report: OnceLock<Report>,
}

impl From<File> for Opened {
    fn from(file: File) -> Self {
        Self(Arc::new(Parts { file, report: OnceLock::new() }))
    }
}

impl Opened {
    /// The text, and which of its documents is open.
    #[must_use]
    pub fn file(&self) -> &File {
        &self.0.file
    }

    /// What is to be said about the open document.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.0.report.get_or_init(|| pipeline::report(&self.0.file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_one_report() {
        let opened = Opened::from(File::open("kind: Pod\n".to_owned(), None).unwrap());
        assert!(std::ptr::eq(opened.clone().report(), opened.report()));
        assert_eq!(opened.clone().file().text(), "kind: Pod\n");
    }
}

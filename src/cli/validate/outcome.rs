//! What came of all files together.

use std::collections::BTreeSet;
use std::process::ExitCode;

use super::Validate;
use super::advised::Advised;
use super::answer::FileAnswer;
use crate::cli::source::Source;
use kube_dry_run::inspection::Inspections;
use kube_dry_run::{Severity, Verdict};

/// How many kinds that are not judged are named.
pub(super) const MAX_KINDS: usize = 10;

/// What came of all files.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) files: usize,
    pub(super) documents: usize,
    /// Accepted documents with a warning.
    pub(super) warned: usize,
    pub(super) refused: usize,
    pub(super) not_judged: usize,
    /// The kinds that are not judged, or some of very many.
    pub(super) kinds_not_judged: BTreeSet<String>,
    /// What is advised.
    pub(super) advised: Advised,
    /// Paths that could not be read.
    pub(super) unreadable: usize,
    /// Files without a document.
    pub(super) empty: usize,
    /// What to say of the first of them.
    first_empty: Option<String>,
}

impl Outcome {
    /// Adds what came of one file.
    pub(super) fn add(&mut self, source: &Source, answer: &FileAnswer) {
        let Inspections { documents, omitted } = &answer.inspections;
        self.files += 1;
        self.documents += documents.len() + omitted.documents;
        self.warned += omitted.warned;
        self.refused += omitted.refused;
        self.not_judged += omitted.not_judged;
        if documents.is_empty() {
            self.empty += 1;
            self.first_empty.get_or_insert_with(|| source.without_manifest(answer.lines.text()));
        }
        for document in documents {
            self.advised += Advised::of(document);
            match document.verdict {
                Verdict::Accepted if document.count(Severity::Warning) > 0 => self.warned += 1,
                Verdict::Accepted => {}
                Verdict::NotJudged => {
                    self.not_judged += 1;
                    self.add_kind_not_judged(&document.kind);
                }
                _ => self.refused += 1,
            }
        }
    }

    /// Keeps the first kinds in their order, and one more that tells that there are others.
    fn add_kind_not_judged(&mut self, kind: &str) {
        if !self.kinds_not_judged.contains(kind) {
            self.kinds_not_judged.insert(kind.to_owned());
        }
        if self.kinds_not_judged.len() > MAX_KINDS + 1 {
            self.kinds_not_judged.pop_last();
        }
    }

    /// Why no document was judged although every path could be read, if that is so.
    pub(super) fn why_nothing_was_judged(&self) -> Option<String> {
        match self {
            Self { documents: 1.., .. } | Self { unreadable: 1.., .. } => None,
            Self { files: 2.., .. } => Some(format!("there is no manifest in these {} files", self.files)),
            _ => self.first_empty.clone(),
        }
    }

    /// The exit status that `arguments` ask for.
    pub(super) fn exit_code(&self, arguments: &Validate) -> ExitCode {
        match self {
            Self { unreadable: 1.., .. } | Self { documents: 0, .. } => ExitCode::from(2),
            Self { refused: 1.., .. } => ExitCode::from(1),
            Self { not_judged: 1.., .. } if arguments.strict_kinds => ExitCode::from(1),
            Self { advised, .. } if arguments.advice.deny_advice && advised.has_problems() => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

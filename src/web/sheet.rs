//! What the editor shows: a document, its report, and what was typed but is not in the document.

use std::collections::HashMap;

use crate::document::{Document, Path};
use crate::form::{Applied, Problem};
use crate::pipeline;
use crate::report::{Finding, Report};
use crate::web::links::Links;
use kube_dry_run::Severity;

/// One document on its way to the page.
pub struct Sheet {
    /// The document that the form and the panels show.
    pub document: Document,
    /// Its YAML and what is to be said about it.
    pub report: Report,
    /// Where the form posts to, and what can be taken away.
    pub links: Links,
    /// What could not be done with the form that was posted.
    pub problems: Vec<Problem>,
    /// The field to go on with, which may be the root, where an edit has just been applied.
    pub focus: Option<Path>,
    drafts: HashMap<String, String>,
    findings_by_anchor: HashMap<Path, Vec<usize>>,
}

impl Sheet {
    /// The sheet of a document that a link stands for.
    #[must_use]
    pub fn new(document: Document, links: Links) -> Self {
        let report = pipeline::report(&document);
        let mut findings_by_anchor: HashMap<Path, Vec<usize>> = HashMap::new();
        for (index, finding) in report.findings.iter().enumerate() {
            findings_by_anchor.entry(finding.anchor.clone()).or_default().push(index);
        }
        Self { document, report, links, problems: Vec::new(), focus: None, drafts: HashMap::new(), findings_by_anchor }
    }

    /// The sheet of the document that a posted form has led to.
    #[must_use]
    pub fn applied(applied: Applied, links: Links) -> Self {
        let focus = applied.focus.unwrap_or_else(Path::root);
        Self { focus: Some(focus), ..Self::new(applied.document, links) }
    }

    /// The sheet of a posted form of which a part could not be applied: it shows everything that was typed.
    #[must_use]
    pub fn refused(applied: Applied, links: Links) -> Self {
        let drafts = applied.drafts();
        Self { problems: applied.problems, drafts, ..Self::new(applied.document, links) }
    }

    /// What was typed into the input `name` and is not in the document.
    #[must_use]
    pub fn draft(&self, path: &Path) -> Option<&str> {
        self.drafts.get(&path.to_string()).map(String::as_str)
    }

    /// The findings that lead to the element for `path`.
    pub fn findings_at(&self, path: &Path) -> impl Iterator<Item = &Finding> {
        let indices = self.findings_by_anchor.get(path).map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| self.report.findings.get(*index))
    }

    /// True if something at `path` is refused.
    #[must_use]
    pub fn is_invalid(&self, path: &Path) -> bool {
        self.draft(path).is_some() || self.findings_at(path).any(|finding| finding.severity == Severity::Error)
    }

    /// The name of a container or a volume in headings and labels: what is typed, or its place in the document.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> String {
        match self.document.text(&path.entry("name")) {
            "" => path.to_string(),
            name => name.to_owned(),
        }
    }
}

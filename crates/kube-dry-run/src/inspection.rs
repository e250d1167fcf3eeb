//! A text, and what the API server answers to every document in it, each thing at its place: what `podweave validate` and the
//! page for checking show.

mod budget;
mod place;

pub use self::budget::{MAX_DOCUMENT_FINDINGS, MAX_DOCUMENTS, MAX_FINDINGS, MAX_KEPT_BYTES, MAX_MESSAGE_BYTES, MAX_NAME_BYTES};
pub use self::place::{loss_findings, syntax_finding};
pub use crate::lines::Lines;
pub use crate::mark::Mark;

use serde::Serialize;
use serde_json::Value;

use self::budget::{Budget, cut};
use crate::finding::{Finding, Stage};
use crate::path::Path;
use crate::rule::Rule;
use crate::severity::Severity;
use crate::yaml::{Parsed, SyntaxError};
use crate::{self as kubernetes, Omitted, Verdict};

/// What is to be said about one document of a text.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// `kind`, or the beginning of a very long one; empty where it cannot be read.
    pub kind: String,
    /// `metadata.name`, or the beginning of a very long one; empty where it cannot be read.
    pub name: String,
    /// The line on which the document begins, counted from one; of a text that cannot be read, that of the mistake.
    pub line: usize,
    /// Which stage objected, if one did.
    pub verdict: Verdict,
    /// What is said about it, in the order of the text.
    pub findings: Vec<Finding>,
    /// What an adviser says beyond that, in the order of the text; nothing without one.
    pub advice: Vec<Finding>,
    /// What the document itself asks not to hear, in the order of the text.
    pub silenced: Vec<Finding>,
    /// What the adviser says goes wrong when the Pod starts, kept or not.
    pub starts: Problems,
    /// What the adviser says goes wrong with the files that its containers share, kept or not.
    pub shares: Problems,
    /// True if the document has a container that can start.
    pub has_containers: bool,
    /// How much more there is than is kept.
    pub omitted: Omitted,
}

/// What an adviser says about a document.
#[derive(Clone, Debug, Default)]
pub struct Advised {
    /// What it says.
    pub findings: Vec<Finding>,
    /// What it would say if the document did not ask it to be silent.
    pub silenced: Vec<Finding>,
    /// How much more it found than is here.
    pub omitted: usize,
}

/// How many things go wrong at a stage, and how many may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// What goes wrong.
    pub errors: usize,
    /// What may go wrong.
    pub warnings: usize,
}

/// What is to be said about all documents of a text.
#[derive(Clone, Debug, Default)]
pub struct Inspections {
    /// The documents in their order, or the first of very many.
    pub documents: Vec<Inspection>,
    /// What came of the others.
    pub omitted: OmittedDocuments,
}

/// What came of documents that are not kept, because there are too many of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OmittedDocuments {
    /// How many there are.
    pub documents: usize,
    /// How many of them the API server refuses.
    pub refused: usize,
    /// How many of them it accepts with a warning.
    pub warned: usize,
    /// How many of them are of a kind that is not judged.
    pub not_judged: usize,
}

/// Judges all documents of the text `lines`, one after the other; empty ones are skipped, and of a list each item is one. They
/// share the bounds of what is kept.
pub fn inspect(lines: &Lines) -> impl Iterator<Item = Inspection> {
    inspect_with(lines, |_| Advised::default())
}

/// As [`inspect`], with what `advise` says about each document beside it, of which as much is kept as of the answers.
pub fn inspect_with(lines: &Lines, advise: impl Fn(&Parsed) -> Advised) -> impl Iterator<Item = Inspection> {
    let (mut budget, mut of_advice) = (Budget::default(), Budget::default());
    kubernetes::objects(lines.text()).map(move |document| match document {
        Ok(parsed) => {
            let advised = advise(&parsed);
            Inspection::of_document(lines, &parsed, &mut budget).with_advice(lines, &parsed, advised, &mut of_advice)
        }
        Err(error) => Inspection::of_syntax(lines, error, &mut budget),
    })
}

/// The text of a file and what is said about its documents; bytes in no encoding that Kubernetes reads are one document that
/// cannot be read.
#[must_use]
pub fn inspect_file(content: Vec<u8>) -> (Lines, Inspections) {
    inspect_file_with(content, |_, _| Advised::default())
}

/// As [`inspect_file`], with what `advise` says about each document of the text.
#[must_use]
pub fn inspect_file_with(content: Vec<u8>, advise: impl Fn(&Lines, &Parsed) -> Advised) -> (Lines, Inspections) {
    let (lines, not_unicode) = Lines::of_bytes(content);
    let inspections = match not_unicode {
        None => inspect_with(&lines, |parsed| advise(&lines, parsed)).collect(),
        Some(error) => std::iter::once(Inspection::of_syntax(&lines, error, &mut Budget::default())).collect(),
    };
    (lines, inspections)
}

impl FromIterator<Inspection> for Inspections {
    fn from_iter<I: IntoIterator<Item = Inspection>>(documents: I) -> Self {
        let mut inspections = Self::default();
        let mut bytes_left = MAX_KEPT_BYTES;
        for document in documents {
            let bytes = document.kind.len() + document.name.len();
            if inspections.documents.len() < MAX_DOCUMENTS && bytes <= bytes_left {
                bytes_left -= bytes;
                inspections.documents.push(document);
            } else {
                inspections.omitted.add(&document);
            }
        }
        inspections
    }
}

impl Inspections {
    /// How many documents the text has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.documents.len() + self.omitted.documents
    }
}

impl OmittedDocuments {
    fn add(&mut self, document: &Inspection) {
        self.documents += 1;
        self.refused += usize::from(document.verdict.is_refusal());
        self.warned += usize::from(document.is_warned());
        self.not_judged += usize::from(document.verdict == Verdict::NotJudged);
    }

    /// True if every document is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }
}

impl Inspection {
    /// A text that cannot be read, from the mistake on.
    fn of_syntax(lines: &Lines, error: SyntaxError, budget: &mut Budget) -> Self {
        let (line, verdict) = (error.line, if error.is_too_much { Verdict::TooMuch } else { Verdict::ClientError });
        let (findings, omitted) = budget.keep(vec![syntax_finding(lines, error)], Omitted::default());
        Self {
            kind: String::new(),
            name: String::new(),
            line,
            verdict,
            findings,
            advice: Vec::new(),
            silenced: Vec::new(),
            starts: Problems::default(),
            shares: Problems::default(),
            has_containers: false,
            omitted,
        }
    }

    fn of_document(lines: &Lines, parsed: &Parsed, budget: &mut Budget) -> Self {
        let text = |pointer: &str| parsed.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let judgement = kubernetes::judge_within(parsed, &mut budget.judging);
        let found = judgement.findings.into_iter().chain(place::unread_finding(lines, parsed)).collect();
        let (findings, omitted) = budget.keep(found, judgement.omitted);
        let mut findings = place::placed(lines, parsed, findings);
        if judgement.verdict.is_refusal() && !matches!(judgement.verdict, Verdict::TooMuch | Verdict::ClientError) {
            // What is not read may well be what the server misses.
            findings.sort_by_key(|finding| finding.rule != Rule::UNREAD);
        }
        Self {
            kind: cut(text("/kind"), MAX_NAME_BYTES),
            name: cut(text("/metadata/name"), MAX_NAME_BYTES),
            line: parsed.positions.value(&Path::root()).line,
            verdict: judgement.verdict,
            findings,
            advice: Vec::new(),
            silenced: Vec::new(),
            starts: Problems::default(),
            shares: Problems::default(),
            has_containers: has_containers(&parsed.value),
            omitted,
        }
    }

    fn with_advice(mut self, lines: &Lines, parsed: &Parsed, advised: Advised, budget: &mut Budget) -> Self {
        let Advised { findings, silenced, omitted } = advised;
        self.starts = Problems::of(Stage::Starts, &findings);
        self.shares = Problems::of(Stage::Shares, &findings);
        let (advice, further) = budget.keep(findings, Omitted::default());
        let (silenced, unheard) = budget.keep(silenced, Omitted::default());
        self.omitted.advice += omitted + further.total() + unheard.total();
        Self { advice: place::placed(lines, parsed, advice), silenced: place::placed(lines, parsed, silenced), ..self }
    }

    /// True if the API server creates the object, and warns.
    #[must_use]
    pub fn is_warned(&self) -> bool {
        self.verdict == Verdict::Accepted && self.count(Severity::Warning) > 0
    }

    /// How many findings have this severity and are said at once, kept or not.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let kept = self.findings.iter().filter(|finding| finding.severity == severity && !finding.later);
        kept.count() + self.omitted.of(severity)
    }

    /// How much comes later, kept or not.
    #[must_use]
    pub fn count_later(&self) -> usize {
        self.findings.iter().filter(|finding| finding.later).count() + self.omitted.later
    }
}

impl Problems {
    /// Those of `stage` among `findings` that are said at once.
    #[must_use]
    pub fn of(stage: Stage, findings: &[Finding]) -> Self {
        let is_said = |finding: &&Finding| finding.stage == stage && !finding.later;
        let count = |severity| findings.iter().filter(is_said).filter(|finding| finding.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

/// True if the Pod in `document` has a container.
fn has_containers(document: &Value) -> bool {
    let containers = kubernetes::pod_template(document).map(|template| template.entry("spec").entry("containers"));
    let containers = containers.as_ref().and_then(|path| path.find(document)).and_then(Value::as_array);
    containers.is_some_and(|containers| !containers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_told_and_decides_nothing() {
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n";
        let lines = Lines::new(format!("{pod}...\nkind: Pod\n"));
        let found: Vec<_> = inspect(&lines).collect();
        assert_eq!((found.len(), found[0].verdict), (1, Verdict::Accepted));
        let told = found[0].findings.last().unwrap();
        assert_eq!((told.rule, told.severity, told.mark.unwrap().line), (crate::Rule::UNREAD, Severity::Warning, 6));
    }

    #[test]
    fn what_is_not_read_is_told_before_what_is_missed_in_it() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n...\n  containers: []\n";
        let found: Vec<_> = inspect(&Lines::new(text.to_owned())).collect();
        assert_eq!(found[0].findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::UNREAD, Rule::REQUIRED]);
    }

    #[test]
    fn objects_and_items_that_are_not_separated_are_told_of() {
        let hint = |text: &str| inspect(&Lines::new(text.to_owned())).next().unwrap().findings.remove(0).hint.unwrap();
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: b\n";
        assert!(hint(&format!("{pod}{pod}")).starts_with("A second object begins in line 8"));
        assert!(
            hint(&format!("{pod}    name: c\n    image: d\n"))
                .starts_with("If another item begins in line 8, put `- ` before it.")
        );
        assert!(hint(&format!("{pod}    image: d\n")).starts_with("Line 7 sets the same key."));
        assert!(hint(&format!("{pod}spec: {{}}\n")).starts_with("Line 4 sets the same key."));
        assert!(
            hint("{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\", \"name\": \"b\"}}")
                .starts_with("The key is set before in the same line.")
        );
        let service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {}\n";
        let found = inspect(&Lines::new(format!("{pod}{service}"))).next().unwrap();
        assert_eq!((found.verdict, found.count(Severity::Warning)), (Verdict::NotJudged, 1));
        let twice = inspect(&Lines::new(format!("{service}spec: {{}}\n"))).next().unwrap();
        assert_eq!(twice.count(Severity::Warning), 0);
    }

    #[test]
    fn items_of_a_list_are_inspected_one_by_one() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: a}\n- kind: Job\n";
        let lines = Lines::new(text.to_owned());
        let found: Vec<_> = inspect(&lines).map(|one| (one.kind.clone(), one.line, one.verdict)).collect();
        assert_eq!(found, [("Pod".to_owned(), 4, Verdict::Invalid), ("Job".to_owned(), 7, Verdict::ClientError)]);
    }

    #[test]
    fn a_field_that_is_there_twice_has_a_hint() {
        let lines = Lines::new("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n".to_owned());
        let found = inspect(&lines).next().unwrap();
        let repeated = found.findings.iter().find(|finding| finding.rule == crate::Rule::DUPLICATE_FIELD).unwrap();
        assert!(repeated.hint.as_ref().unwrap().starts_with("Line 4 sets the same key."));
    }

    #[test]
    fn every_document_has_its_verdict() {
        let text = "kind: Pod\n---\n# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: []}\n---\n*x\n";
        let lines = Lines::new(text.to_owned());
        let found: Vec<_> = inspect(&lines).map(|one| (one.name.clone(), one.line, one.verdict)).collect();
        assert_eq!(
            found,
            [
                (String::new(), 1, Verdict::ClientError),
                ("a".to_owned(), 5, Verdict::DecodeError),
                (String::new(), 9, Verdict::ClientError)
            ]
        );
    }

    #[test]
    fn advice_has_its_place_beside_what_the_server_says() {
        let lines = Lines::new("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n".to_owned());
        let advise = |_: &Parsed| {
            let rule = crate::Rule::new("too-quiet");
            let place = Path::root().entry("metadata").entry("name");
            let finding = Finding::of_advice(rule, Stage::Starts, Severity::Error, place, "say more");
            let findings = vec![finding.clone(); MAX_DOCUMENT_FINDINGS + 3];
            Advised { findings, silenced: vec![finding], omitted: 2 }
        };
        let found = inspect_with(&lines, advise).next().unwrap();
        assert_eq!((found.count(Severity::Error), found.omitted.advice, found.has_containers), (1, 5, false));
        assert_eq!((found.advice.len(), found.advice[0].mark.unwrap().line), (MAX_DOCUMENT_FINDINGS, 3));
        assert_eq!((found.silenced.len(), found.silenced[0].mark.unwrap().line), (1, 3));
        assert_eq!((found.starts.errors, found.shares), (MAX_DOCUMENT_FINDINGS + 3, Problems::default()));
    }
}

//! What a rule is, and what it has found.

use kube_dry_run::shown::shown;
use kube_dry_run::{Finding, Path, Rule, Severity, Stage};

use crate::silence::Silence;
use crate::workload::Workload;

/// One rule of advice.
#[derive(Clone, Copy, Debug)]
pub struct AdviceRule {
    /// Its name, which stays.
    pub rule: Rule,
    /// How bad it is; a finding may be worse than its rule where it says so.
    pub severity: Severity,
    /// When it bites.
    pub stage: Stage,
    /// What it finds, in one sentence.
    pub summary: &'static str,
    /// Its page, in Markdown: what it finds, why it matters, an example before and after, sources.
    pub page: &'static str,
    pub(crate) check: fn(&Workload<'_>, &mut Found<'_>),
}

/// What a rule has found in one document.
pub(crate) struct Found<'r> {
    rule: &'r AdviceRule,
    /// What the document asks not to hear.
    pub(crate) silence: &'r Silence,
    findings: Vec<Finding>,
    room: usize,
    omitted: usize,
}

impl AdviceRule {
    /// The name of the rule.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.rule.id()
    }
}

impl<'r> Found<'r> {
    pub(crate) fn new(rule: &'r AdviceRule, silence: &'r Silence, room: usize) -> Self {
        Self { rule, silence, findings: Vec::new(), room, omitted: 0 }
    }

    /// Adds a finding: what happens is the `message`, what to do the `hint`. Returns it for what else there is to say of it.
    pub(crate) fn say(&mut self, place: Path, message: impl Into<String>, hint: impl Into<String>) -> &mut Finding {
        let AdviceRule { rule, stage, severity, .. } = *self.rule;
        let finding = Finding::of_advice(rule, stage, severity, place, message).with_hint(hint);
        self.omitted += usize::from(self.findings.len() >= self.room);
        self.findings.truncate(self.room);
        self.findings.push_mut(finding)
    }

    /// The findings that are kept, and how many more there were.
    pub(crate) fn into_parts(mut self) -> (Vec<Finding>, usize) {
        self.findings.truncate(self.room);
        (self.findings, self.omitted)
    }
}

/// A name of the document in a sentence; a name that is missing in words.
pub(crate) fn quoted(name: &str) -> String {
    if name.is_empty() { "one without a name".to_owned() } else { format!("`{}`", shown(name)) }
}

/// What the rules are written with.
pub(crate) mod prelude {
    pub(crate) use kube_dry_run::shown::listed;
    pub(crate) use kube_dry_run::{Change, Fix, Path, Rule, Severity, Stage};
    pub(crate) use serde_json::{Value, json};

    pub(crate) use super::{AdviceRule, Found, quoted};
    pub(crate) use crate::workload::{Container, Mount, Role, Volume, Workload, amount};
}

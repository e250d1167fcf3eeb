//! A lesson: a task, the manifest to start from, and steps that are checked.

use kube_dry_run::yaml::Position;

use crate::expression::Expression;

/// A lesson as its author wrote it. Texts for people may have paragraphs, and code in backquotes; nothing in them is markup else.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// A heading of a few words.
    pub title: String,
    /// What it shows, in one sentence, if that is not the first one of the task.
    pub summary: Option<String>,
    /// The language of the texts, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about, and what is to be done.
    pub task: String,
    /// The text of the manifest to start from.
    pub start: String,
    /// The steps, one to twenty, in the order in which they are shown; they may be done in any order.
    pub steps: Vec<Step>,
    /// The text of the manifest at the end, for who wants to see it.
    pub finished: Option<String>,
    /// What to try in a cluster.
    pub trials: Vec<Trial>,
    /// What to change to see it fail.
    pub breaks: Option<String>,
    /// What a careful reader would object to, and why it is so.
    pub note: Option<String>,
    pub(crate) places: Places,
}

/// One step of a lesson.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to do.
    pub text: String,
    /// Help for who needs it, one after the other.
    pub hints: Vec<String>,
    /// What must hold for the step to be done, each with its place: at least one.
    pub(crate) conditions: Vec<(Position, Condition)>,
    pub(crate) place: Position,
}

/// Something that must hold of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `check`: the expression is true.
    Expression(Expression),
    /// `silent`: this rule of advice says nothing, not even silenced.
    Silent(String),
    /// `accepted`: Kubernetes takes the manifest.
    Accepted,
}

/// A command to run against the manifest in a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The command line, without prompt.
    pub command: String,
    /// What there is to see.
    pub shows: String,
}

/// Where in the lesson's text its manifests stand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Places {
    pub(crate) start: Position,
    pub(crate) steps: Position,
    pub(crate) finished: Position,
}

impl Lesson {
    /// The direction of the texts, as the `dir` of HTML has it: that of the language, if there is one.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        match self.language.as_deref() {
            None => "auto",
            Some(tag) if is_written_to_the_left(tag) => "rtl",
            Some(_) => "ltr",
        }
    }

    /// What it shows, in one sentence.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.summary.as_deref().unwrap_or_else(|| first_sentence(&self.task))
    }
}

impl Step {
    /// What must hold for the step to be done.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().map(|(_, condition)| condition)
    }
}

/// Languages and scripts that are written from right to left.
const LANGUAGES_TO_THE_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];
const SCRIPTS_TO_THE_LEFT: [&str; 5] = ["adlm", "arab", "hebr", "syrc", "thaa"];

/// True of the BCP 47 tag of such a language; a script in it decides.
fn is_written_to_the_left(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS_TO_THE_LEFT.contains(&script),
        None => LANGUAGES_TO_THE_LEFT.contains(&language),
    }
}

fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let end = paragraph.match_indices(['.', '!', '?', '。', '؟', '۔', '।']).map(|(start, mark)| start + mark.len());
    let mut end = end.filter(|end| paragraph[*end..].starts_with(char::is_whitespace) || paragraph[..*end].ends_with('。'));
    end.next().map_or(paragraph, |end| &paragraph[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_direction() {
        for (tag, is_left) in
            [("ar", true), ("ar-EG", true), ("FA", true), ("pa-Arab", true), ("az", false), ("ur-Latn", false), ("de", false)]
        {
            assert_eq!(is_written_to_the_left(tag), is_left, "{tag}");
        }
    }

    #[test]
    fn the_summary_is_the_first_sentence_of_the_task_where_it_has_none() {
        for (task, summary) in [
            ("One v1.2 of `a.b`. Two.", "One v1.2 of `a.b`."),
            ("One\ntwo", "One\ntwo"),
            ("One\n\ntwo.", "One"),
            ("一。二。", "一。"),
            ("ما هذا؟ وعاء.", "ما هذا؟"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(task), summary);
        }
    }
}

//! From the text of a lesson to the lesson.

mod fields;

use kube_dry_run::Path;
use kube_dry_run::yaml::{self, Position, SyntaxError};
use serde_json::Value;

use self::fields::{Fields, Reader};
use crate::expression::Expression;
use crate::lesson::{Condition, Lesson, Places, Step, Trial};
use crate::problem::Problem;

/// How many bytes the text of a lesson may have: half of what a link carries.
pub const MAX_LESSON_BYTES: usize = 128 * 1024;

/// How many bytes each of its manifests may have.
pub const MAX_MANIFEST_BYTES: usize = 64 * 1024;

/// How many steps a lesson may have.
pub const MAX_STEPS: usize = 20;

/// How many hints a step may have.
pub const MAX_HINTS: usize = 5;

/// How many commands there may be to try.
pub const MAX_TRIALS: usize = 20;

/// How many rules a step may want to be silent.
const MAX_RULES: usize = 10;

/// How many bytes texts for people may have.
const MAX_TITLE: usize = 200;
const MAX_SENTENCE: usize = 500;
const MAX_PARAGRAPH: usize = 2_000;
const MAX_PARAGRAPHS: usize = 8_000;

/// How many bytes the name of a language may have.
const MAX_LANGUAGE: usize = 35;

const LESSON_KEYS: [&str; 10] = ["title", "summary", "language", "task", "start", "steps", "finished", "try", "breaks", "note"];
const STEP_KEYS: [&str; 5] = ["do", "hints", "check", "silent", "accepted"];
const TRIAL_KEYS: [&str; 2] = ["command", "shows"];

impl Lesson {
    /// Reads the text of a lesson.
    ///
    /// A check that means nothing, or a rule that does not exist, is no problem here but of [`check`](crate::check()): a link to a
    /// lesson opens for ever, whatever becomes of them.
    ///
    /// # Errors
    /// Everything in it that makes it no lesson, in the order of the text, up to [`MAX_PROBLEMS`](crate::MAX_PROBLEMS): what is no
    /// YAML, keys that are missing, unknown or there twice, values of a wrong type, too large or too many.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let Draft { lesson, problems, .. } = draft(text)?;
        if problems.is_empty() { Ok(lesson) } else { Err(problems) }
    }
}

/// What can be read of a text that is meant to be a lesson.
pub(crate) struct Draft {
    /// The lesson, with nothing in the place of what cannot be read.
    pub(crate) lesson: Lesson,
    /// Whether there is a `start`.
    pub(crate) has_start: bool,
    /// For each step of the lesson, whether all that it asks for can be read.
    pub(crate) is_whole: Vec<bool>,
    /// What makes it no lesson, in the order of the text: nothing, if it is one.
    pub(crate) problems: Vec<Problem>,
}

/// Reads what can be read of `text`.
///
/// # Errors
/// There are no keys in it, and why.
pub(crate) fn draft(text: &str) -> Result<Draft, Vec<Problem>> {
    let start = Position { line: 1, column: 1 };
    if text.len() > MAX_LESSON_BYTES {
        let message = format!("the lesson is larger than {} KiB", MAX_LESSON_BYTES / 1024);
        return Err(vec![Problem::error(start, message)]);
    }
    let mut documents = yaml::documents(text);
    let parsed = match documents.next() {
        Some(Ok(parsed)) => parsed,
        Some(Err(error)) => return Err(vec![Problem::error(place_of(&error), error.message)]),
        None => return Err(vec![Problem::error(start, "the lesson is empty")]),
    };
    let mut reader = Reader::new(&parsed);
    if let Some(second) = documents.next() {
        let place = second.map_or_else(|error| place_of(&error), |parsed| parsed.positions.value(&Path::root()));
        reader.error(place, "a lesson is one YAML document: here begins another one, behind `---`");
    }
    match reader.object(&Path::root(), &parsed.value, &LESSON_KEYS) {
        Some(fields) => Ok(lesson(reader, &fields)),
        None => Err(reader.into_problems()),
    }
}

fn place_of(error: &SyntaxError) -> Position {
    Position { line: error.line, column: error.column }
}

fn lesson<'p>(mut reader: Reader<'p>, fields: &Fields<'p>) -> Draft {
    let title = reader.required(fields, "title", MAX_TITLE);
    let summary = reader.optional(fields, "summary", MAX_SENTENCE);
    let language = reader.optional(fields, "language", MAX_LANGUAGE);
    if language.as_deref().is_some_and(|tag| !is_language(tag)) {
        reader.error(fields.value_place("language"), "`language` is a tag such as `de` or `pt-BR`");
    }
    let task = reader.required(fields, "task", MAX_PARAGRAPHS);
    let start = reader.manifest(fields, "start");
    if start.is_none() && !fields.has("start") {
        reader.error(fields.place, "`start` is missing: the text of the manifest to start from");
    }
    let (steps, is_whole) = steps(&mut reader, fields).into_iter().unzip();
    let finished = reader.manifest(fields, "finished");
    let trials = reader.list(fields, "try", MAX_TRIALS);
    let trials = trials.into_iter().filter_map(|(path, value)| trial(&mut reader, &path, value)).collect();
    let breaks = reader.optional(fields, "breaks", MAX_PARAGRAPHS);
    let note = reader.optional(fields, "note", MAX_PARAGRAPHS);
    let places =
        Places { start: fields.key_place("start"), steps: fields.key_place("steps"), finished: fields.key_place("finished") };
    let has_start = start.is_some();
    let lesson = Lesson {
        title: title.unwrap_or_default(),
        summary,
        language,
        task: task.unwrap_or_default(),
        start: start.unwrap_or_default(),
        steps,
        finished,
        trials,
        breaks,
        note,
        places,
    };
    Draft { lesson, has_start, is_whole, problems: reader.into_problems() }
}

/// The steps, each with whether all that it asks for can be read.
fn steps<'p>(reader: &mut Reader<'p>, fields: &Fields<'p>) -> Vec<(Step, bool)> {
    if !fields.has("steps") {
        reader.error(fields.place, "`steps` is missing: what to do, one after the other");
        return Vec::new();
    }
    let items = reader.list(fields, "steps", MAX_STEPS);
    if fields.get("steps").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        reader.error(fields.value_place("steps"), "a lesson has at least one step");
    }
    items.into_iter().map(|(path, value)| step(reader, &path, value)).collect()
}

fn step<'p>(reader: &mut Reader<'p>, path: &Path, value: &'p Value) -> (Step, bool) {
    let Some(fields) = reader.object(path, value, &STEP_KEYS) else {
        return (Step { text: String::new(), hints: Vec::new(), conditions: Vec::new(), place: reader.place(path) }, false);
    };
    let text = reader.required(&fields, "do", MAX_PARAGRAPH).unwrap_or_default();
    let hints = reader.texts(&fields, "hints", MAX_HINTS, MAX_PARAGRAPH);
    let hints = hints.into_iter().map(|(_, hint)| hint).collect();
    let problems_before = reader.count();
    let conditions = conditions(reader, &fields);
    let is_whole = reader.count() == problems_before;
    (Step { text, hints, conditions, place: fields.place }, is_whole)
}

/// What must hold for a step to be done, each with its place.
fn conditions<'p>(reader: &mut Reader<'p>, fields: &Fields<'p>) -> Vec<(Position, Condition)> {
    let (mut conditions, problems_before) = (Vec::new(), reader.count());
    if let Some(source) = reader.optional(fields, "check", MAX_PARAGRAPH) {
        conditions.push((fields.value_place("check"), Condition::Expression(Expression::new(source))));
    }
    for (place, rule) in reader.texts(fields, "silent", MAX_RULES, MAX_TITLE) {
        conditions.push((place, Condition::Silent(rule)));
    }
    if fields.has("accepted") {
        match fields.get("accepted").and_then(Value::as_bool) {
            Some(true) => conditions.push((fields.value_place("accepted"), Condition::Accepted)),
            _ => reader.error(fields.value_place("accepted"), "`accepted` can only be `true`: Kubernetes takes the manifest"),
        }
    }
    if conditions.is_empty() && reader.count() == problems_before {
        reader
            .error(fields.place, "the step does not say when it is done: give it a `check`, `silent: RULE` or `accepted: true`");
    }
    conditions
}

fn trial<'p>(reader: &mut Reader<'p>, path: &Path, value: &'p Value) -> Option<Trial> {
    let fields = reader.object(path, value, &TRIAL_KEYS)?;
    let command = reader.required(&fields, "command", MAX_SENTENCE);
    let shows = reader.required(&fields, "shows", MAX_PARAGRAPH);
    Some(Trial { command: command?, shows: shows? })
}

/// True of what looks like a BCP 47 tag: longer names of languages are allowed there, and none is registered.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_part)
}

#[cfg(test)]
mod tests;

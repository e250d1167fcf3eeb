//! What the author of a lesson should know.

use kube_dry_run::yaml::{self, Position};
use kube_dry_run::{Finding, Judgement, Severity, Stage, Verdict, judge};
use pod_advice::advise_text;
use serde_json::Value;

use crate::expression::Answer;
use crate::lesson::{Condition, Lesson, Step};
use crate::problem::{MAX_PROBLEMS, Problem};
use crate::progress::{Subject, document_of};
use crate::read::{Draft, draft};

/// A text that is meant to be a lesson, looked through for its author.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The lesson, if the text is one.
    pub lesson: Option<Lesson>,
    /// What [`check`] says of the text.
    pub problems: Vec<Problem>,
}

/// What the author of the lesson `text` should know, in the order of the text, up to [`MAX_PROBLEMS`]. Nothing in it is an error if
/// the lesson works:
///
/// - the text is a lesson, as [`Lesson::read`] reads it;
/// - every check means something and every rule exists, also for the manifests of the lesson;
/// - `start` can be read, and not all steps are done there; which are is a warning, as is a kind that is not judged;
/// - no step asks for the same as another one, which is a warning;
/// - `finished`, if it is there, has all steps done, is accepted, and no rule warns of it, unless the `note` names the rule; where
///   nothing else is to be said, it is advised to write one.
///
/// What can be read of a text that is no lesson is checked just so.
#[must_use]
pub fn check(text: &str) -> Vec<Problem> {
    review(text).problems
}

/// Reads and checks `text`, as [`Lesson::read`] and [`check`] do, at once.
#[must_use]
pub fn review(text: &str) -> Review {
    let draft = match draft(text) {
        Ok(draft) => draft,
        Err(problems) => return Review { lesson: None, problems },
    };
    let lesson = &draft.lesson;
    let mut problems = Vec::new();
    check_conditions(lesson, &mut problems);
    check_twins(&draft, &mut problems);
    if draft.has_start
        && let Some(start) = readable(&lesson.start, "start", lesson.places.start, &mut problems)
    {
        check_start(&draft, &start, &mut problems);
    }
    if let Some(text) = &lesson.finished
        && let Some(finished) = readable(text, "finished", lesson.places.finished, &mut problems)
    {
        check_finished(lesson, &finished, &mut problems);
        check_findings(lesson, &finished, text, &mut problems);
    }
    let is_lesson = draft.problems.is_empty();
    if is_lesson && lesson.finished.is_none() && problems.is_empty() {
        problems.push(Problem::new(Severity::Advice, lesson.places.steps, UNTRIED));
    }
    problems.extend(draft.problems);
    problems.sort();
    problems.dedup();
    problems.truncate(MAX_PROBLEMS);
    Review { lesson: is_lesson.then_some(draft.lesson), problems }
}

/// What is wrong with the conditions whatever the manifest is.
fn check_conditions(lesson: &Lesson, problems: &mut Vec<Problem>) {
    for (place, condition) in lesson.steps.iter().flat_map(|step| &step.conditions) {
        problems.extend(error_of(condition).map(|message| Problem::error(*place, message)));
        if matches!(condition, Condition::Expression(expression) if expression.is_constant()) {
            problems.push(Problem::new(Severity::Warning, *place, CONSTANT));
        }
    }
}

/// What is said of steps that were tried on no manifest in which they are done.
const UNTRIED: &str = "nothing has tried whether the steps can be done: give the lesson a `finished`, the manifest at the end";

/// Warns of steps that mean something, and ask for the same as one before them.
fn check_twins(Draft { lesson, is_whole, .. }: &Draft, problems: &mut Vec<Problem>) {
    let mut before: Vec<(usize, &Step)> = Vec::new();
    for ((number, step), is_whole) in (1..).zip(&lesson.steps).zip(is_whole) {
        if !is_whole || step.conditions().any(|condition| error_of(condition).is_some()) {
            continue;
        }
        if let Some((twin, _)) = before.iter().find(|(_, other)| step.conditions().eq(other.conditions())) {
            let message = format!("step {number} asks for the same as step {twin}: both are done at once");
            problems.push(Problem::new(Severity::Warning, step.place, message));
        }
        before.push((number, step));
    }
}

/// What is said of a check that no manifest can fail, or none pass.
const CONSTANT: &str = "the check says the same of every manifest: it asks for nothing of `object`";

/// Why `condition` means nothing, whatever the manifest is.
fn error_of(condition: &Condition) -> Option<String> {
    match condition {
        Condition::Expression(expression) => expression.error().map(str::to_owned),
        Condition::Silent(_) => match Subject::new(&Value::Null).answer(condition) {
            Answer::Broken(message) => Some(message),
            _ => None,
        },
        Condition::Accepted => None,
    }
}

/// The document of one of the lesson's manifests.
fn readable(text: &str, key: &str, place: Position, problems: &mut Vec<Problem>) -> Option<Value> {
    if let Some(Err(error)) = yaml::documents(text).find(Result::is_err) {
        problems.push(Problem::error(place, format!("`{key}` cannot be read: in its {error}")));
        return None;
    }
    match document_of(text) {
        Some(document) if document.is_object() => return Some(document),
        Some(_) => problems.push(Problem::error(place, format!("`{key}` is no manifest: that has keys, such as `kind: Pod`"))),
        None => problems.push(Problem::error(place, format!("`{key}` has no manifest in it"))),
    }
    None
}

fn check_start(Draft { lesson, is_whole, .. }: &Draft, start: &Value, problems: &mut Vec<Problem>) {
    problems.extend(not_judged(&judge(start), "start", lesson.places.start));
    let mut subject = Subject::new(start);
    let mut done = Vec::new();
    for ((number, step), is_whole) in (1..).zip(&lesson.steps).zip(is_whole) {
        let mut is_done = *is_whole;
        for (place, condition) in &step.conditions {
            let answer = subject.answer(condition);
            is_done &= answer == Answer::True;
            problems.extend(of_start(&answer).map(|(severity, message)| Problem::new(severity, *place, message)));
        }
        if is_done {
            done.push((number, step.place));
        }
    }
    if !done.is_empty() && done.len() == lesson.steps.len() {
        problems.push(Problem::error(lesson.places.steps, "all steps are done at the start: there is nothing to learn"));
        return;
    }
    for (number, place) in done {
        let message = format!("step {number} is done at the start already");
        problems.push(Problem::new(Severity::Warning, place, message));
    }
}

/// What to say of a check that has no answer at the start.
fn of_start(answer: &Answer) -> Option<(Severity, String)> {
    match answer {
        Answer::True | Answer::False => None,
        Answer::Missing(field) => Some((
            Severity::Advice,
            format!(
                "at the start this check ends at `{field}`, which is not there, and counts as not done: `has(…)` before it would say so"
            ),
        )),
        Answer::Mistyped(message) => {
            Some((Severity::Warning, format!("at the start this check has no answer, and counts as not done: {message}")))
        }
        Answer::Broken(message) => Some((Severity::Error, message.clone())),
    }
}

fn check_finished(lesson: &Lesson, finished: &Value, problems: &mut Vec<Problem>) {
    let mut subject = Subject::new(finished);
    for (number, step) in (1..).zip(&lesson.steps) {
        for (place, condition) in &step.conditions {
            let why = match subject.answer(condition) {
                Answer::True => continue,
                Answer::Broken(_) if error_of(condition).is_some() => continue,
                Answer::False => String::new(),
                Answer::Missing(field) => format!(": it asks for `{field}`, which is not there, so ask with `has(…)` first"),
                Answer::Mistyped(message) | Answer::Broken(message) => format!(": {message}"),
            };
            problems.push(Problem::error(*place, format!("step {number} is not done in `finished`{why}")));
        }
    }
}

/// What Kubernetes and the rules say of the manifest at the end.
fn check_findings(lesson: &Lesson, finished: &Value, text: &str, problems: &mut Vec<Problem>) {
    let place = lesson.places.finished;
    let judgement = judge(finished);
    let said = judgement.findings.first().map(|finding| finding.message.as_str()).unwrap_or_default();
    match judgement.verdict {
        Verdict::Accepted => {}
        Verdict::NotJudged => return problems.extend(not_judged(&judgement, "finished", place)),
        _ => return problems.push(Problem::error(place, format!("Kubernetes does not accept `finished`: {said}"))),
    }
    for finding in judgement.findings.iter().filter(|finding| finding.severity != Severity::Advice) {
        problems.push(Problem::new(Severity::Warning, place, format!("Kubernetes warns of `finished`: {}", finding.message)));
    }
    let is_told = |finding: &Finding| lesson.note.as_ref().is_some_and(|note| note.contains(finding.rule.id()));
    for Finding { rule, message, .. } in
        advise_text(finished, text).findings.iter().filter(|finding| is_serious(finding) && !is_told(finding))
    {
        let message = format!("`{rule}` says of `finished`: {message} If that is meant, tell in `note` why, and name the rule");
        problems.push(Problem::new(Severity::Warning, place, message));
    }
}

/// What to say of a manifest of a kind that nothing is known of: the page has no form and no picture for it.
fn not_judged(judgement: &Judgement, key: &str, place: Position) -> Option<Problem> {
    let finding = judgement.findings.first().filter(|_| judgement.verdict == Verdict::NotJudged)?;
    Some(Problem::new(Severity::Warning, place, format!("nothing is said of `{key}`: {}", finding.message)))
}

/// True of what keeps containers from starting or from sharing their files.
fn is_serious(finding: &Finding) -> bool {
    finding.stage != Stage::Admitted && finding.severity != Severity::Advice
}

//! Programs that run another one, and end as that does.

use super::duration::{end_after, seconds};
use super::files::found_by_name;
use super::{Call, End, When, Word, Wrapping, programs};

/// Options of `timeout` with a value in a word of its own.
const TIMEOUT_OPTIONS: [&str; 4] = ["-k", "-s", "--kill-after", "--signal"];

/// The time that a `call` of `timeout` gives to what it runs, and the words of that.
fn timed(call: &Call) -> Option<(&Word, &[Word])> {
    let mut words = call.arguments();
    while let [option, rest @ ..] = words
        && option.text.starts_with('-')
    {
        let has_value = TIMEOUT_OPTIONS.contains(&option.text.as_str());
        words = rest.get(usize::from(has_value)..).unwrap_or_default();
    }
    words.split_first()
}

/// What `call` runs if it is one of `timeout`; one that runs another one in turn is not looked into.
pub(crate) fn run_by_timeout(call: &Call) -> Option<Call> {
    let (_, inner) = timed(call).filter(|_| call.program() == "timeout")?;
    Some(call_of(inner)).filter(|inner| !RUNNING.contains(&inner.program()))
}

/// How a `call` of `timeout` ends.
pub(super) fn end_of_timeout(call: &Call) -> End {
    timed(call).map_or(End::Ends, |(_, inner)| end_within(call, end_of_inner(inner)))
}

/// How a `call` of `timeout` ends that runs what ends as `inner` says; without a time, which is 0, it ends like that.
pub(super) fn end_within(call: &Call, inner: End) -> End {
    let Some((time, _)) = timed(call) else { return End::Ends };
    match (inner, seconds(&time.text)) {
        (End::Ends, _) => End::Ends,
        _ if !time.is_exact => End::Unknown,
        (_, None) => End::Ends,
        (inner, Some(0.0)) => inner,
        (inner, Some(seconds)) => {
            let limit = end_after(seconds);
            if limit == End::Never { inner } else { limit }
        }
    }
}

/// Options of `find` that are followed by a command.
const EXECUTING: [&str; 4] = ["-exec", "-execdir", "-ok", "-okdir"];

/// What `call` runs if it is one of `find`, on files of which nobody knows more than where they are, or how they are called.
pub(super) fn run_by_find(call: &Call) -> Vec<Call> {
    let mut words = if call.program() == "find" { call.arguments() } else { &[] };
    let start = words.first().filter(|start| !start.text.starts_with('-')).map_or(".", |start| &start.text);
    let somewhere = || Word { text: format!("{}/", start.trim_end_matches('/')).into(), is_exact: false };
    let files = found_by_name(call).unwrap_or_else(somewhere);
    let filled = |word: &Word| if word.text == "{}" { files.clone() } else { word.clone() };
    let mut run = Vec::new();
    while let Some(option) = words.iter().position(|word| EXECUTING.contains(&word.text.as_str())) {
        let rest = &words[option + 1..];
        let end = rest.iter().position(|word| matches!(word.text.as_str(), ";" | "+")).unwrap_or(rest.len());
        let inner = call_of(&rest[..end]);
        run.push(Call {
            words: inner.words.iter().map(filled).collect(),
            when: When { guarded: true, unless: None, ..call.when },
            ..inner
        });
        words = &rest[end..];
    }
    run
}

/// `find` ends with the last of the commands that it runs.
pub(super) fn end_of_find(call: &Call) -> End {
    let mut words = call.arguments();
    while let Some(option) = words.iter().position(|word| EXECUTING.contains(&word.text.as_str())) {
        let rest = &words[option + 1..];
        let end = rest.iter().position(|word| matches!(word.text.as_str(), ";" | "+")).unwrap_or(rest.len());
        if end_of_inner(&rest[..end]) != End::Ends {
            return End::Unknown;
        }
        words = &rest[end..];
    }
    End::Ends
}

/// Options of `xargs` with a value in a word of its own.
const XARGS_OPTIONS: [&str; 8] = ["-E", "-I", "-L", "-P", "-a", "-d", "-n", "-s"];

/// The words of what a `call` of `xargs` runs.
fn handed(call: &Call) -> &[Word] {
    let mut words = call.arguments();
    while let [option, rest @ ..] = words
        && option.text.starts_with('-')
    {
        words = rest.get(usize::from(XARGS_OPTIONS.contains(&option.text.as_str()))..).unwrap_or_default();
    }
    words
}

/// What `call` runs if it is one of `xargs`, without what its input adds; one that runs another one in turn is not looked into.
pub(crate) fn run_by_xargs(call: &Call) -> Option<Call> {
    let words = Some(handed(call)).filter(|words| call.program() == "xargs" && !words.is_empty())?;
    Some(call_of(words)).filter(|inner| !RUNNING.contains(&inner.program()))
}

/// `xargs` ends with its input, if what it runs does.
pub(super) fn end_of_xargs(call: &Call) -> End {
    let words = handed(call);
    if words.is_empty() || end_of_inner(words) == End::Ends { End::Ends } else { End::Unknown }
}

/// How the program ends that `words` name and give it; one that runs another one in turn is not looked into.
pub(super) fn end_of_inner(words: &[Word]) -> End {
    let call = call_of(words);
    if RUNNING.contains(&call.program()) { End::Unknown } else { programs::end_of(&call) }
}

/// Programs that run another one.
const RUNNING: [&str; 3] = ["find", "timeout", "xargs"];

fn call_of(words: &[Word]) -> Call {
    let start = Wrapping::of(words, |word| &word.text).words;
    Call::new(words[start..].to_vec(), When::default(), 0..0)
}

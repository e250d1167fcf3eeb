//! What the command of a container does, for who asks about one container alone.

use std::borrow::Cow;

use serde_json::Value;

use crate::image::Image;
use crate::process::Process;
use crate::shell::{Call, FileUse, base_name, run_by_timeout};
use crate::workload::{lies_in, normalized, text};

/// True if the command of `container`, which may be any JSON value, runs a program with these `words`: its name, and those of its
/// arguments that must be there in this order, such as `git clone`. Before the first of them are options alone.
#[must_use]
pub fn runs(container: &Value, words: &str) -> bool {
    let words: Vec<_> = words.split_whitespace().collect();
    let Some((program, arguments)) = words.split_first() else { return false };
    process(container).calls().map(what_runs).any(|call| call.program() == *program && has_arguments(&call, arguments))
}

/// True if the command of `container`, which may be any JSON value, is known to write the file at `path`, or puts what nobody knows
/// into a directory around it. A directory is written by who fills it, and not by `mkdir`.
#[must_use]
pub fn writes(container: &Value, path: &str) -> bool {
    let path = normalized(path);
    let process = process(container);
    let mut written = process.writes().filter(|used| used.program != "mkdir");
    written.any(|used| {
        let call = process.reading.calls.get(used.call);
        let is_it = if used.is_exact { used.path == *path } else { path.starts_with(used.path.as_str()) };
        is_it || lies_in(&path, &used.path) && call.is_some_and(|call| fills(&what_runs(call), used, &path))
    })
}

fn process(container: &Value) -> Process<'_> {
    Process::of(container, &Image::read(text(container, "image").unwrap_or_default()), true)
}

/// What `call` comes down to.
fn what_runs(call: &Call) -> Cow<'_, Call> {
    run_by_timeout(call).map_or(Cow::Borrowed(call), Cow::Owned)
}

fn has_arguments(call: &Call, wanted: &[&str]) -> bool {
    let given = call.arguments();
    let Some((first, others)) = wanted.split_first() else { return true };
    let is_option = |position: usize| given[position].text.starts_with('-');
    let is_of_option = |position: usize| is_option(position) || position > 0 && is_option(position - 1);
    let Some(start) = given.iter().position(|word| word.text == *first).filter(|start| (0..*start).all(is_of_option)) else {
        return false;
    };
    let mut behind = given[start + 1..].iter();
    others.iter().all(|wanted| behind.any(|word| word.text == *wanted))
}

/// True if `call`, which writes into the directory that is `used`, may put a file there at `path`.
fn fills(call: &Call, used: &FileUse, path: &str) -> bool {
    let is_in_itself = path.rsplit_once('/').is_some_and(|(directory, _)| used.path.trim_end_matches('/') == directory);
    let is_whole = |source: &str| source.ends_with(['/', '.', '*']);
    let brings = |source: &str| base_name(source) == base_name(path) && is_in_itself || is_whole(source);
    match call.program() {
        "git" | "tar" | "unzip" => true,
        "cp" | "mv" | "install" | "rsync" => {
            call.has_option(&["-a", "-r", "-R", "--recursive", "--archive"]) || call.operands().any(|word| brings(&word.text))
        }
        "wget" => call.operands().any(|word| brings(&word.text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(script: &str) -> Value {
        json!({"image": "alpine:3", "command": ["sh", "-c", script], "env": [{"name": "PAGE", "value": "/d/a"}]})
    }

    #[test]
    fn a_program_is_run_with_its_words() {
        for script in [
            "git clone x /d",
            "cd /d && git -C /d -c a=b clone x",
            "if true; then git clone --depth 1 x; fi",
            "timeout -k 5 60 nice git clone x",
        ] {
            assert!(runs(&of(script), "git clone"), "{script}");
        }
        for script in ["echo git clone x", "git git clone x", "git pull", "# git clone x", "echo 'git clone x'"] {
            assert!(!runs(&of(script), "git clone"), "{script}");
        }
        assert!(runs(&json!({"image": "alpine/git:2", "args": ["clone", "x", "/d"]}), "git clone"));
        assert!(runs(&of("date"), "date") && !runs(&of("date"), "") && !runs(&json!(1), "date"));
    }

    #[test]
    fn a_file_is_written_in_whatever_way() {
        for script in [
            "date > /d/a",
            "cd /d; date | tee a",
            "date > $PAGE",
            "cp /b /d/a",
            "cp /c/a /d",
            "cp /c/a /d/",
            "cp -r /c /d",
            "cp /c/* /d/",
            "git clone x /d",
            "tar -xf /c.tar -C /d",
            "wget -P /d https://example.com/a",
            "timeout 60 git clone x /d",
            "python3 - <<'EOF'\nopen('/d/a', 'w').write('')\nEOF",
        ] {
            assert!(writes(&of(script), "/d//a"), "{script}");
        }
        for script in
            ["cp /d/a /b", "cat /d/a", "echo /d/a", "date > /d/ab", "mkdir -p /d/a", "cp /c/b /d", "date < /d/a", "# date > /d/a"]
        {
            assert!(!writes(&of(script), "/d/a"), "{script}");
        }
    }
}

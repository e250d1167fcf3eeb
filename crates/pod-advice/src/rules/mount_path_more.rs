//! The path of a mount has a comment or another path in it.

use crate::rule::prelude::*;
use crate::workload::normalized;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-path-more"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The path of a mount has a comment or another path in it.",
    page: include_str!("mount_path_more.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for mount in &container.mounts {
            let Some(more) = More::of(mount.written) else { continue };
            let place = workload.mount_place(container, mount).entry("mountPath");
            let (message, hint) = match &more {
                More::Comment { .. } => (
                    format!(
                        "The comment is a part of the path {}: YAML has comments behind a space and a `#`, outside of quotes.",
                        quoted(mount.written)
                    ),
                    "Write the comment so, or leave it out.",
                ),
                More::Paths(_) => (
                    format!("{} is one path: a mount has no more than one.", quoted(mount.written)),
                    "Give each path an item of its own in `volumeMounts`, with the same `name`.",
                ),
            };
            let fix = fix(workload, container, mount, &place, &more);
            found.say(place, message, hint).fix = fix;
        }
    }
}

/// True of a path that this rule speaks of.
pub(super) fn has_more(written: &str) -> bool {
    More::of(written).is_some()
}

/// What stands in a path besides a path.
enum More<'a> {
    /// A comment, behind this path.
    Comment { path: &'a str },
    /// More than one path.
    Paths(Vec<&'a str>),
}

impl<'a> More<'a> {
    fn of(written: &'a str) -> Option<Self> {
        if let Some((path, _)) = written.split_once('#') {
            // A name that begins so is one of an editor's.
            return (path.len() > 1 && !path.ends_with('/')).then_some(Self::Comment { path: path.trim_end() });
        }
        if let Some((path, _)) = written.split_once(" //") {
            return Some(Self::Comment { path: path.trim_end() });
        }
        let listed = written.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or(written);
        let is_between = |sign: char| matches!(sign, ',' | ';' | '|' | '&') || sign.is_whitespace();
        let words = listed.split(is_between).map(|word| word.trim_matches(['"', '\'']));
        let paths: Vec<_> = words.filter(|word| !matches!(*word, "" | "and" | "or")).collect();
        (paths.len() > 1 && paths.iter().all(|path| path.starts_with('/'))).then_some(Self::Paths(paths))
    }
}

/// How many paths a fix makes mounts of.
const MAX_PATHS: usize = 8;

/// Leaves the comment out, or makes a mount of each path, if no other mount has it.
fn fix(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, place: &Path, more: &More<'_>) -> Option<Fix> {
    let is_taken = |path: &str| container.mounts.iter().any(|other| other.path == normalized(path));
    match more {
        More::Comment { path } => {
            (!is_taken(path)).then(|| Fix::guess(format!("Write {path}"), vec![Change::Set(place.clone(), (*path).into())]))
        }
        More::Paths(paths) => {
            let (first, others) = paths.split_first().filter(|_| paths.len() <= MAX_PATHS)?;
            let distinct = paths.iter().enumerate().all(|(index, path)| !paths[..index].contains(path));
            if !distinct || paths.iter().any(|path| is_taken(path)) {
                return None;
            }
            let mounts = workload.place(container).entry("volumeMounts");
            let end = container.value.get("volumeMounts").and_then(Value::as_array).map_or(0, Vec::len);
            let of_path = |(index, path): (usize, &&str)| {
                let mut other = mount.value.clone();
                other["mountPath"] = (*path).into();
                Change::Set(mounts.index(end + index), other)
            };
            let changes =
                std::iter::once(Change::Set(place.clone(), (*first).into())).chain(others.iter().enumerate().map(of_path));
            Some(Fix::guess("Mount it at each of the paths", changes.collect()))
        }
    }
}

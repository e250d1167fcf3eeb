//! Fixes: every finding of a document that has one, and all safe ones made at once.

use serde_json::Value;

use kube_dry_run::yaml::Parsed;
use kube_dry_run::{Change, Finding, Fix, Path, Segment, Severity, judge, judge_changed};
use pod_advice::advise_text;

/// What a button asks for that mends a text which cannot be read, in the place of the fix of a finding.
pub const MEND_TEXT: &str = "mend-text";

/// How often a document is looked through for fixes: one may bring about what another one settles.
const MAX_ROUNDS: usize = 3;

/// What a document was before it was changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Basis<'a> {
    /// The document as it was read from a text, if it was.
    pub read: Option<&'a Parsed>,
    /// The comments of that text, which may silence rules.
    pub comments: &'a str,
}

/// Everything that is said about `document`, which has come from `basis`.
#[must_use]
pub fn findings(document: &Value, basis: Basis<'_>) -> Vec<Finding> {
    let judgement = basis.read.map_or_else(|| judge(document), |read| judge_changed(document, read));
    judgement.findings.into_iter().chain(advise_text(document, basis.comments).findings).collect()
}

/// Makes in `document`, which has come from `basis`, the safe fixes of everything that goes wrong, and tells where.
pub fn fix_all(document: &mut Value, basis: Basis<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let fixed = fix_once(document, basis);
        if fixed.is_empty() {
            break;
        }
        places.extend(fixed);
    }
    places
}

/// Makes the safe fixes that do not touch each other.
fn fix_once(document: &mut Value, basis: Basis<'_>) -> Vec<Path> {
    let mut places = Vec::new();
    let mut changed: Vec<Path> = Vec::new();
    for Finding { fix, place, severity, .. } in findings(document, basis) {
        let Some(fix) = fix.filter(|fix| fix.is_safe && severity != Severity::Advice) else { continue };
        let touched = touched(&fix);
        let is_free = touched.iter().all(|path| !changed.iter().any(|other| touch(path, other)));
        if is_free && fix.apply(document).is_ok() {
            changed.extend(touched);
            places.push(place);
        }
    }
    places
}

/// What may be another value, or stand elsewhere, once `fix` is made.
fn touched(fix: &Fix) -> Vec<Path> {
    fix.changes.iter().flat_map(touched_by).collect()
}

fn touched_by(change: &Change) -> Vec<Path> {
    let moved = |path: &Path| match (path.last(), path.parent()) {
        // What stands behind an item takes its place.
        (Some(Segment::Index(_)), Some(list)) => list,
        _ => path.clone(),
    };
    match change {
        Change::Set(path, _) => vec![path.clone()],
        Change::Remove(path) => vec![moved(path)],
        Change::Rename(path, name) => vec![path.clone(), path.parent().unwrap_or_default().entry(name)],
        Change::Move(from, to) => vec![moved(from), to.clone()],
    }
}

/// True if one of two paths leads through the other.
fn touch(one: &Path, other: &Path) -> bool {
    one.segments().iter().zip(other.segments()).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fixes_that_move_each_others_items_are_made_in_turn() {
        let fix = |path: &str| Fix::safe("", vec![Change::Remove(path.parse().unwrap())]);
        let touching = |one: &str, other: &str| {
            touched(&fix(one)).iter().any(|path| touched(&fix(other)).iter().any(|other| touch(path, other)))
        };
        assert!(touching("spec.containers[0].args[1]", "spec.containers[0].args[3]"));
        assert!(touching("spec.volumes[1]", "spec.volumes[0].emptyDir.medium"));
        assert!(!touching("spec.containers[0].tty", "spec.containers[1].tty"));
    }

    #[test]
    fn what_is_mended_is_left_alone() {
        let mut pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": []}});
        let before = pod.clone();
        assert_eq!(fix_all(&mut pod, Basis::default()), []);
        assert_eq!(pod, before);
    }
}

//! Fields that somebody may have meant.

use std::collections::VecDeque;

use kube_dry_run::kinds::{KINDS, Kind};
use kube_dry_run::spelling::is_similar;
use kube_dry_run::{Path, Segment};

use crate::place::{Lost, Place};

/// How many fields are named at most.
const MAX_NEAR: usize = 5;

/// As many letters a name has to have that is taken for the beginning of another one.
const MIN_BEGUN: usize = 3;

/// How many fields of a kind are looked through at most; every kind has fewer.
const MAX_LOOKED_THROUGH: usize = 5_000;

/// The links of fields that may be meant by `segments`, the likeliest first: the same path in other letters, names that are written
/// alike, the same path in the template of the Pod, names that begin alike, a field of the same name elsewhere, the same path in
/// another kind, a field of the same name there.
pub(crate) fn near(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let ways = [in_other_letters, written_alike, in_template, begun_alike, elsewhere, in_other_kinds, elsewhere_in_other_kinds];
    let found = ways.into_iter().map(|way| way(lost, segments)).find(|found| !found.is_empty());
    found.unwrap_or_default()
}

/// The same path with other capital letters, or with slashes where dots should be.
fn in_other_letters(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let names = segments.iter().filter_map(plain_name).flat_map(|name| name.split('/'));
    let next = |place: Place, name: &str| {
        let is_called = |place: &Place| place.steps.last().is_some_and(|step| step.field.name.eq_ignore_ascii_case(name));
        place.fields().find(is_called)
    };
    let found = names.filter(|name| !name.is_empty()).try_fold(Place::of(lost.at.kind), next);
    found.map(|place| place.link()).into_iter().collect()
}

/// Fields where the way ends whose names are written like the one that is not there.
fn written_alike(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let Some((wrong, rest)) = segments.get(lost.taken..).and_then(<[_]>::split_first) else { return Vec::new() };
    let Some(wrong) = wrong.name() else { return Vec::new() };
    let alike = lost.at.fields().filter(|place| place.steps.last().is_some_and(|step| is_similar(wrong, step.field.name)));
    let whole = alike.map(|place| with_rest(&place, rest).unwrap_or(place));
    whole.take(MAX_NEAR).map(|place| place.link()).collect()
}

/// The field at `rest` inside of `place`, if there is one.
fn with_rest(place: &Place, rest: &[Segment]) -> Option<Place> {
    let path: Path = place.path().parse().ok()?;
    let whole: Vec<_> = path.segments().iter().chain(rest).cloned().collect();
    Place::find(place.kind, &whole).ok()
}

/// The same path below the Pod, its template or its spec.
fn in_template(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let kind = lost.at.kind;
    let template = kind.pod_template();
    [template.clone(), template.entry("spec"), template.entry("metadata")]
        .into_iter()
        .filter_map(|start| {
            let whole: Vec<_> = start.segments().iter().chain(segments).cloned().collect();
            Place::find(kind, &whole).ok()
        })
        .map(|place| place.link())
        .collect()
}

/// Fields where the way ends whose names begin with the one that is not there: `sizeLimit` for `size`.
fn begun_alike(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let Some(Segment::Field(begun)) = segments.last().filter(|_| lost.taken + 1 == segments.len()) else { return Vec::new() };
    let is_begun = |name: &str| name.get(..begun.len()).is_some_and(|start| start.eq_ignore_ascii_case(begun));
    let found = lost.at.fields().filter(|place| place.steps.last().is_some_and(|step| is_begun(step.field.name)));
    found.filter(|_| begun.len() >= MIN_BEGUN).take(MAX_NEAR).map(|place| place.link()).collect()
}

/// Fields of the kind whose path ends with the one that is asked for, in any case of letters, or with one of a list of it; those
/// nearest to the root first.
fn elsewhere(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    ending_with(lost.at.kind, segments, MAX_NEAR, |_| true)
}

/// Such fields of the other kinds, beside their Pods: the first one of each.
fn elsewhere_in_other_kinds(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let others = KINDS.iter().filter(|kind| kind.name != lost.at.kind.name);
    let is_beside = |place: &Place| place.definition().is_none_or(|definition| definition.name != "PodSpec");
    others.flat_map(|kind| ending_with(kind, segments, 1, is_beside)).take(MAX_NEAR).collect()
}

/// The first `most` fields of `kind` whose path ends with `segments`, below places that are `looked_into`.
fn ending_with(kind: &'static Kind, segments: &[Segment], most: usize, looked_into: impl Fn(&Place) -> bool) -> Vec<String> {
    let wanted: Vec<_> = segments.iter().filter_map(plain_name).collect();
    let is_wanted = |place: &Place| {
        let names = place.steps.iter().rev().map(|step| step.field.name);
        place.steps.len() >= wanted.len() && names.zip(wanted.iter().rev()).all(|(name, wanted)| is_called(name, wanted))
    };
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open = VecDeque::from([Place::of(kind)]);
    let mut looked_through = 0;
    while let Some(place) = open.pop_front()
        && found.len() < most
        && looked_through < MAX_LOOKED_THROUGH
    {
        looked_through += 1;
        if looked_into(&place) {
            open.extend(place.fields().filter(|place| !is_status(place)));
        }
        if is_wanted(&place) {
            found.push(place.link());
        }
    }
    found
}

/// True of a field that is called `wanted`, or is a list of such.
fn is_called(name: &str, wanted: &str) -> bool {
    [Some(name), name.strip_suffix('s')].into_iter().flatten().any(|name| name.eq_ignore_ascii_case(wanted))
}

/// Nobody writes the status of an object.
fn is_status(place: &Place) -> bool {
    place.steps.len() == 1 && place.steps.iter().all(|step| step.field.name == "status")
}

fn plain_name(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Field(name) => Some(name),
        Segment::Key(_) | Segment::Index(_) => None,
    }
}

/// The same path in the other kinds.
fn in_other_kinds(lost: &Lost, segments: &[Segment]) -> Vec<String> {
    let others = KINDS.iter().filter(|kind| kind.name != lost.at.kind.name);
    let found = others.filter_map(|kind| Place::find(kind, segments).ok()).filter(|place| !place.steps.is_empty());
    found.take(MAX_NEAR).map(|place| place.link()).collect()
}

//! Asking for a field.

use kube_dry_run::kinds::Kind;
use kube_dry_run::{Path, Segment, served_kind};

use crate::explanation::{Child, Explanation, Step};
use crate::near::near;
use crate::notes::{self, Need};
use crate::place::{Place, PlaceStep};
use crate::sentence;
use crate::unknown::Unknown;

/// How many bytes a path may have that is read from text.
const MAX_PATH_BYTES: usize = 1_000;

/// Explains the field at `path` of `kind`, as people write it: `spec.volumes.emptyDir.sizeLimit`, `spec.volumes[0].emptyDir`,
/// `.spec.containers[*].image`. A kind at the beginning of the path, `deployment.spec.replicas`, goes before `kind`; of an empty
/// path the kind itself is explained. The kinds are those of [`kube_dry_run::kinds::KINDS`], in any spelling that kubectl takes.
///
/// # Errors
/// What is not known, with the nearest field that is, and with fields that may have been meant.
pub fn explain(kind: &str, path: &str) -> Result<Explanation, Unknown> {
    let kind = Kind::meant_by(kind).ok_or_else(|| Unknown::kind(kind))?;
    let written = path.trim().trim_start_matches('.').trim_end_matches([':', '.']);
    if written.len() > MAX_PATH_BYTES {
        return Err(Unknown::too_long(MAX_PATH_BYTES));
    }
    let parsed: Path = written.parse().map_err(|error| Unknown::path(&error))?;
    let Some((Segment::Field(first), rest)) = parsed.segments().split_first() else { return at(kind, parsed.segments()) };
    if let Some(named) = Kind::meant_by(first) {
        return at(named, rest);
    }
    let of_other_kind = |unknown| if served_kind(first).is_some() { Unknown::kind(first) } else { unknown };
    at(kind, parsed.segments()).map_err(of_other_kind)
}

/// Explains the field at `path` of a document of `kind`.
///
/// # Errors
/// As [`explain`].
pub fn explain_field(kind: &'static Kind, path: &Path) -> Result<Explanation, Unknown> {
    at(kind, path.segments())
}

/// The path with which to ask for the field at `path` of `kind`, as [`Explanation::link`] has it; none if there is no such field.
#[must_use]
pub fn link_to(kind: &'static Kind, path: &Path) -> Option<String> {
    Some(Place::find(kind, path.segments()).ok()?.link())
}

fn at(kind: &'static Kind, segments: &[Segment]) -> Result<Explanation, Unknown> {
    match Place::find(kind, segments) {
        Ok(place) => Ok(explanation(&place)),
        Err(lost) => Err(Unknown::field(&lost, segments, near(&lost, segments))),
    }
}

fn explanation(place: &Place) -> Explanation {
    let description = description(place);
    let about = About::of(place);
    let inside = place.fields().chain(place.amounts());
    Explanation {
        kind: place.kind.name,
        api_version: place.kind.api_version,
        path: place.path(),
        link: place.link(),
        steps: steps(place),
        name: name(place),
        field_type: place.field_type(),
        choices: about.choices,
        need: about.need,
        default: about.key.as_ref().and_then(|(owner, field)| notes::default(owner, field)),
        since: place.since(),
        stage: notes::stage(description),
        history: about.key.as_ref().and_then(|(owner, field)| notes::history(owner, field)),
        used_for: about.used_for,
        summary: sentence::first(description),
        paragraphs: sentence::paragraphs(description),
        children: inside.map(|place| child(&place)).collect(),
    }
}

fn child(place: &Place) -> Child {
    let about = About::of(place);
    Child {
        name: name(place),
        link: place.link(),
        field_type: place.field_type(),
        choices: about.choices,
        need: about.need,
        summary: sentence::first(description(place)),
        is_of_the_pattern: about.used_for.is_some(),
    }
}

/// What the tables say of a place.
struct About {
    key: Option<(&'static str, String)>,
    choices: &'static [&'static str],
    need: Need,
    used_for: Option<&'static notes::Use>,
}

impl About {
    fn of(place: &Place) -> Self {
        let Some((owner, field)) = place.key() else {
            return Self { key: None, choices: &[], need: Need::Optional, used_for: None };
        };
        let is_required = place.steps.last().is_some_and(|step| step.amount.is_none() && step.field.is_required);
        Self {
            choices: notes::choices(owner, &field),
            need: notes::need(owner, &field, is_required),
            used_for: notes::use_of(place.holder(), owner, &field),
            key: Some((owner, field)),
        }
    }
}

fn name(place: &Place) -> &'static str {
    place.steps.last().map_or(place.kind.name, |step| step.amount.unwrap_or(step.field.name))
}

/// What upstream says: of a field, or of the type if it says nothing of the field.
fn description(place: &Place) -> &'static str {
    let of_field = place.steps.last().map(|step| step.field.description.as_str()).filter(|text| !text.is_empty());
    of_field.or_else(|| Some(place.definition()?.description.as_str())).unwrap_or_default()
}

/// The kind and the fields on the way to `place`.
fn steps(place: &Place) -> Vec<Step> {
    let before = (0..place.steps.len()).map(|count| Place { kind: place.kind, steps: place.steps[..count].to_vec() });
    let map = place.steps.split_last().filter(|(last, _)| last.amount.is_some()).map(|(last, rest)| {
        let without_amount = PlaceStep { amount: None, ..*last };
        Place { kind: place.kind, steps: rest.iter().copied().chain([without_amount]).collect() }
    });
    before.chain(map).map(|place| Step { name: name(&place), link: place.link() }).collect()
}

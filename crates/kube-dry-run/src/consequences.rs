//! What only follows from a mistake that was told before.
//!
//! The later stages look at a document whose values of wrong types are mended, as far as it is plain what was meant, or else taken
//! out, and without the unknown fields. What they miss because of that is nothing that the server would say once the mistakes are
//! settled.

use std::collections::{HashMap, HashSet};
use std::iter::successors;

use serde_json::Value;

use crate::causes;
use crate::decode::StandIn;
use crate::finding::Finding;
use crate::hint::{empty_list_before, known_elsewhere_as, without_odd_marks};
use crate::kinds::{Kind, pod_template};
use crate::path::{Path, Segment};
use crate::rule::Rule;
use crate::spelling::is_similar;
use crate::validate::NO_MATCH;

/// Fields, and fields elsewhere of which the validation says something else without them.
const DEPENDENTS: [(&str, &[&str]); 10] = [
    ("backoffLimitPerIndex", &["maxFailedIndexes", "podFailurePolicy"]),
    ("completionMode", &["backoffLimitPerIndex", "maxFailedIndexes", "podFailurePolicy", "successPolicy"]),
    ("completions", &["successPolicy"]),
    ("containers", &["annotations", "onExitCodes", "targetContainerName"]),
    ("generateName", &["name"]),
    ("initContainers", &["annotations", "onExitCodes", "targetContainerName"]),
    ("manualSelector", &["labels", "selector"]),
    ("os", &["securityContext"]),
    ("priorityClassName", &["preemptionPolicy", "priority"]),
    ("resourceClaims", &["claims"]),
];

/// In how many unknown fields something is looked for that is missing elsewhere.
const MAX_MOVED: usize = 32;

/// The mistakes of a document that are told, and what may follow from them.
pub(crate) struct Consequences<'a> {
    /// The document as the person wrote it.
    document: &'a Value,
    /// Fields that are others to the later stages, or may be.
    changed: HashSet<Path>,
    /// What has such a field in it that is not there to the later stages.
    around: HashSet<Path>,
    /// The names of unknown fields, by what they stand in.
    unknown: HashMap<Path, Vec<String>>,
    /// Where there are unknown fields, by their names.
    misplaced: HashMap<String, Vec<Path>>,
    /// The unknown fields that have something in them, which may belong elsewhere with all that it is.
    moved: Vec<(String, &'a Value)>,
    /// Names of fields of which the later stages may say something wrong.
    dependents: HashSet<&'static str>,
    /// True if mounts may name volumes that are there for the person only.
    hides_volumes: bool,
    /// True if the selector may be another one.
    hides_selector: bool,
}

impl<'a> Consequences<'a> {
    /// What may follow from what `stand_in` has changed in `document`, and from `unknown` fields of it.
    pub(crate) fn new(document: &'a Value, stand_in: Option<&StandIn>, unknown: &[Finding]) -> Self {
        let mut consequences = Self {
            document,
            changed: HashSet::new(),
            around: HashSet::new(),
            unknown: HashMap::new(),
            misplaced: HashMap::new(),
            moved: Vec::new(),
            dependents: HashSet::new(),
            hides_volumes: false,
            hides_selector: false,
        };
        for place in stand_in.iter().flat_map(|stand_in| &stand_in.changed) {
            consequences.change(place);
        }
        for place in stand_in.iter().flat_map(|stand_in| &stand_in.taken_out) {
            consequences.hides_volumes |= holds_volume_name(place);
            consequences.around.extend(successors(place.parent(), Path::parent));
            consequences.changed.extend(scope(place));
        }
        for finding in unknown {
            consequences.ignore(&finding.place);
        }
        consequences
    }

    /// What may follow from it that the fields inside of `changed` are not as the person wrote them.
    pub(crate) fn of_changes(document: &'a Value, changed: HashSet<Path>) -> Self {
        Self { changed, ..Self::new(document, None, &[]) }
    }

    fn change(&mut self, place: &Path) {
        let pod_spec = pod_template(self.document).unwrap_or_default().entry("spec");
        self.changed.insert(if pod_spec.starts_with(place) { Path::root() } else { place.clone() });
        self.hides_selector |= names(place).any(|name| name == "selector");
        names(place).for_each(|name| self.depend_on(name));
    }

    /// Notes what the validation says something else of without the field `name`.
    fn depend_on(&mut self, name: &str) {
        let dependents = DEPENDENTS.iter().filter(|(field, _)| *field == name);
        self.dependents.extend(dependents.flat_map(|(_, dependents)| *dependents));
    }

    fn ignore(&mut self, place: &Path) {
        let (Some(parent), Some(name)) = (place.parent(), place.name()) else { return };
        if Kind::of(self.document).is_some_and(|kind| empty_list_before(self.document, &kind.schema, place).is_some()) {
            self.changed.insert(parent.clone());
        }
        // References often stand in the wrong one of the two.
        if name.ends_with("Ref") && matches!(parent.list_of_item(), Some("env" | "envFrom")) {
            self.changed.insert(parent.clone());
        }
        let is_structure = |value: &&Value| value.is_object() || value.is_array();
        if let Some(value) = place.find(self.document).filter(is_structure).filter(|_| self.moved.len() < MAX_MOVED) {
            self.moved.push((name.to_owned(), value));
            if name == "containers"
                || ["/containers", "/spec/containers", "/template/spec/containers"]
                    .iter()
                    .any(|path| value.pointer(path).is_some())
            {
                self.depend_on("containers");
            }
        }
        let alias = self.alias(&parent, name);
        let name = &without_odd_marks(name);
        self.hides_volumes |= holds_volume_name(place);
        self.hides_selector |= is_similar(name, "selector") || names(&parent).any(|name| name == "selector");
        self.misplaced.entry(name.clone()).or_default().push(parent.clone());
        self.unknown.entry(parent).or_default().extend([name.clone()].into_iter().chain(alias.map(str::to_owned)));
    }

    /// The field that is meant by the unknown field `name` in the object at `parent`, if it is called so elsewhere.
    fn alias(&self, parent: &Path, name: &str) -> Option<&'static str> {
        let object = Kind::of(self.document)?.schema.at(parent)?;
        let value = parent.find(self.document)?.get(name)?;
        known_elsewhere_as(parent, object, name, value).map(|(meant, _)| meant)
    }

    /// Those of the `findings` of a stage that do not follow from a mistake that is told already, and not from what does.
    pub(crate) fn without(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        causes::link(&mut findings, self.document);
        let (following, mut others): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| self.include(finding));
        let following: HashSet<_> = following.into_iter().map(|finding| finding.field).collect();
        others.retain(|finding| finding.caused_by.as_ref().is_none_or(|cause| !following.contains(cause)));
        others
    }

    /// True if `finding` may follow from a mistake that is told already.
    fn include(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        self.is_touched(place)
            || self.unknown.contains_key(place)
            || self.is_misspelt(place)
            || self.is_misplaced(place)
            || self.is_in_what_moves(place)
            || names(place).any(|name| self.dependents.contains(name))
            || self.hides_volumes && finding.rule == Rule::NOT_FOUND && is_reference_to_volume(place)
            || self.hides_selector && finding.message.ends_with(NO_MATCH)
    }

    /// True of what is another value to the later stages, of what lies inside of it, and of what lacks it.
    fn is_touched(&self, place: &Path) -> bool {
        let steps = place.segments();
        self.around.contains(steps) || (0..=steps.len()).any(|count| self.changed.contains(&steps[..count]))
    }

    /// True of a field, or of what lies inside of one, that somebody has probably written with a slip.
    fn is_misspelt(&self, place: &Path) -> bool {
        let steps = place.segments();
        steps.iter().enumerate().any(|(count, step)| {
            let written = self.unknown.get(&steps[..count]);
            written.zip(step.name()).is_some_and(|(written, known)| written.iter().any(|written| is_similar(written, known)))
        })
    }

    /// True of a field that is missing here and stands too high, or too deep.
    fn is_misplaced(&self, place: &Path) -> bool {
        if self.misplaced.is_empty() || place.find(self.document).is_some() {
            return false;
        }
        let (Some(parent), Some(missing)) = (place.parent(), place.name()) else { return false };
        let elsewhere = self.misplaced.get(missing).map(Vec::as_slice).unwrap_or_default();
        elsewhere.iter().any(|other| parent.starts_with(other) || other.starts_with(&parent))
    }

    /// True of what is missing here and stands in an unknown field: the `containers` of a `spec` that is no field where it is.
    fn is_in_what_moves(&self, place: &Path) -> bool {
        if self.moved.is_empty() || place.find(self.document).is_some_and(|value| !value.is_null()) {
            return false;
        }
        let steps = place.segments();
        self.moved.iter().any(|(unknown, value)| {
            let is_below = |count: usize| count.checked_sub(1).and_then(|before| steps[before].name()) == Some(unknown);
            is_below(steps.len()) || (0..steps.len()).any(|count| holds(value, &steps[count..], is_below(count)))
        })
    }
}

/// True if what stands at `steps` in `value` is hardly there by chance: something large, or with a field around it, such as the
/// one that `value` is of (`is_whole`).
fn holds(value: &Value, steps: &[Segment], is_whole: bool) -> bool {
    let found = steps.iter().try_fold(value, |value, step| step.find(value));
    found.is_some_and(|found| found.is_object() || found.is_array() || steps.len() > 1 || is_whole)
}

/// What the validation looks at as a whole when it looks at the field at `place`: the item of a list that it belongs to, or the
/// object, unless that is one of the large ones.
fn scope(place: &Path) -> Option<Path> {
    let parent = place.parent()?;
    let is_item = |path: &Path| matches!(path.last(), Some(Segment::Index(_)));
    let item = successors(Some(parent.clone()), Path::parent).find(is_item);
    item.or_else(|| parent.name().is_some_and(|name| !matches!(name, "spec" | "metadata")).then_some(parent))
}

/// True if the names of volumes may be missing where the field at `place` is.
fn holds_volume_name(place: &Path) -> bool {
    const LISTS: [&str; 2] = ["volumes", "volumeClaimTemplates"];
    let is_any = |segment: &Segment, known: &[&str]| {
        segment.name().is_some_and(|name| known.iter().any(|known| name == *known || is_similar(name, known)))
    };
    match place.segments() {
        [.., list] | [.., list, Segment::Index(_)] if is_any(list, &LISTS) => true,
        [.., list, Segment::Index(_), field] if is_any(list, &LISTS) => is_any(field, &["name", "metadata"]),
        [.., list, Segment::Index(_), metadata, _] if is_any(list, &LISTS) => metadata.name() == Some("metadata"),
        _ => false,
    }
}

fn is_reference_to_volume(place: &Path) -> bool {
    names(place).any(|name| matches!(name, "volumeMounts" | "volumeDevices" | "fileKeyRef"))
}

fn names(path: &Path) -> impl Iterator<Item = &str> {
    path.segments().iter().filter_map(Segment::name)
}

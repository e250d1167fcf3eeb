//! What only follows from a mistake that was told before.
//!
//! The later stages look at a document without the values of wrong types and without the unknown fields. What they miss because
//! of that is nothing that the server would say once the mistakes are settled.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::decode::StandIn;
use crate::finding::Finding;
use crate::path::{Path, Segment};
use crate::rule::Rule;
use crate::spelling::is_similar;
use crate::validate::NO_MATCH;

/// The mistakes of a document that are told, and what may follow from them.
pub(crate) struct Consequences<'a> {
    /// The document as the person wrote it.
    document: &'a Value,
    /// Fields whose values are others to the later stages.
    changed: HashSet<Path>,
    /// What has such a field in it that is not there to the later stages.
    around: HashSet<Path>,
    /// The names of unknown fields, by what they stand in.
    unknown: HashMap<Path, Vec<String>>,
    /// The names that a field may have which nobody reads where it is.
    misplaced: HashMap<String, Vec<Path>>,
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
            hides_volumes: false,
            hides_selector: false,
        };
        if let Some(stand_in) = stand_in {
            consequences.changed.clone_from(&stand_in.changed);
            stand_in.taken_out.iter().for_each(|place| consequences.take_out(place));
        }
        unknown.iter().for_each(|finding| consequences.ignore(&finding.place));
        consequences
    }

    /// The fields inside of `changed` are others to what judges the document than the person wrote them.
    pub(crate) fn of_changes(document: &'a Value, changed: HashSet<Path>) -> Self {
        Self { changed, ..Self::new(document, None, &[]) }
    }

    fn take_out(&mut self, place: &Path) {
        self.around.extend(std::iter::successors(place.parent(), Path::parent));
        self.hides_volumes |= holds_volume_name(place);
        self.hides_selector |= names(place).any(|name| name == "selector");
    }

    fn ignore(&mut self, place: &Path) {
        let (Some(parent), Some(name)) = (place.parent(), place.last().and_then(name)) else { return };
        self.hides_volumes |= holds_volume_name(place);
        self.hides_selector |= is_similar(name, "selector") || names(&parent).any(|name| name == "selector");
        self.misplaced.entry(name.to_owned()).or_default().push(parent.clone());
        self.unknown.entry(parent).or_default().push(name.to_owned());
    }

    /// True if `finding` may follow from a mistake that is told already.
    pub(crate) fn include(&self, finding: &Finding) -> bool {
        let place = &finding.place;
        self.is_touched(place)
            || self.unknown.contains_key(place)
            || self.is_misspelt(place)
            || self.is_misplaced(place)
            || self.hides_volumes && finding.rule == Rule::NOT_FOUND && is_reference_to_volume(place)
            || self.hides_selector && finding.message.ends_with(NO_MATCH)
    }

    /// True of what is another value to the later stages, of what lies inside of it, and of what lacks it.
    fn is_touched(&self, place: &Path) -> bool {
        if self.changed.is_empty() {
            return false;
        }
        self.around.contains(place)
            || std::iter::successors(Some(place.clone()), Path::parent).any(|around| self.changed.contains(&around))
    }

    /// True of a field, or of what lies inside of one, that somebody has probably written with a slip.
    fn is_misspelt(&self, place: &Path) -> bool {
        if self.unknown.is_empty() {
            return false;
        }
        let steps = std::iter::successors(Some(place.clone()), Path::parent);
        steps.filter_map(|inside| Some((inside.parent()?, inside.last().and_then(name)?.to_owned()))).any(|(parent, known)| {
            self.unknown.get(&parent).is_some_and(|written| written.iter().any(|written| is_similar(written, &known)))
        })
    }

    /// True of a field that is missing here and stands too high, or too deep.
    fn is_misplaced(&self, place: &Path) -> bool {
        if self.misplaced.is_empty() || place.find(self.document).is_some() {
            return false;
        }
        let (Some(parent), Some(missing)) = (place.parent(), place.last().and_then(name)) else { return false };
        let elsewhere = self.misplaced.get(missing).map(Vec::as_slice).unwrap_or_default();
        elsewhere.iter().any(|other| parent.starts_with(other) || other.starts_with(&parent))
    }
}

/// True if the names of volumes may be missing where the field at `place` is.
fn holds_volume_name(place: &Path) -> bool {
    const LISTS: [&str; 2] = ["volumes", "volumeClaimTemplates"];
    let is_list =
        |segment: &Segment| name(segment).is_some_and(|name| LISTS.iter().any(|list| name == *list || is_similar(name, list)));
    match place.segments() {
        [.., spec] if name(spec) == Some("spec") => true,
        [.., list] | [.., list, Segment::Index(_)] if is_list(list) => true,
        [.., list, Segment::Index(_), field] if is_list(list) => {
            name(field).is_some_and(|name| ["name", "metadata"].iter().any(|known| name == *known || is_similar(name, known)))
        }
        [.., list, Segment::Index(_), metadata, _] if is_list(list) => name(metadata) == Some("metadata"),
        _ => false,
    }
}

fn is_reference_to_volume(place: &Path) -> bool {
    names(place).any(|name| matches!(name, "volumeMounts" | "volumeDevices" | "fileKeyRef"))
}

fn names(path: &Path) -> impl Iterator<Item = &str> {
    path.segments().iter().filter_map(name)
}

fn name(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Field(name) | Segment::Key(name) => Some(name),
        Segment::Index(_) => None,
    }
}

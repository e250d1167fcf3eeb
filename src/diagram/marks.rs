//! What goes wrong with the things that are drawn.

use foldhash::{HashMap, HashSet};

use super::model::Picture;
use crate::document::Path;
use crate::shorten::shorten;
use kube_dry_run::Severity;

/// The rule whose findings have a note of their own at a mount.
const HIDES_IMAGE: &str = "mount-hides-image";
/// As many columns of a message are said.
const MAX_MESSAGE: usize = 160;

/// Something that is to be said about a field.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// The field.
    pub field: &'a Path,
    /// How bad it is.
    pub severity: Severity,
    /// Which rule says it.
    pub rule: &'a str,
    /// What is said.
    pub message: &'a str,
}

/// What is said at one thing that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    pub(super) severity: Severity,
    /// The first of the worst messages.
    pub(super) message: String,
    /// How many more messages there are.
    pub(super) more: usize,
    /// True of a mount that hides files of its image.
    pub(super) hides_image: bool,
}

/// The notes of a picture, by the fields of the things that they stand at.
#[derive(Default)]
pub(super) struct Notes(HashMap<Path, Note>);

impl Notes {
    /// Gives each of `marks` to the smallest thing in `picture` that its field is in. What is about none of them is left out.
    pub(super) fn new(picture: &Picture, marks: &[Mark<'_>]) -> Self {
        let containers = picture.containers.iter().flat_map(|container| {
            let mounts = container.mounts.iter().map(|mount| &mount.path);
            mounts.chain([&container.path])
        });
        let drawn: HashSet<&Path> = containers.chain(picture.volumes.iter().map(|volume| &volume.path)).collect();
        let mut notes = Self::default();
        for mark in marks {
            let mut around = Some(mark.field.clone());
            while let Some(path) = around {
                if drawn.contains(&path) {
                    notes.add(path, mark);
                    break;
                }
                around = path.parent();
            }
        }
        notes
    }

    fn add(&mut self, path: Path, mark: &Mark<'_>) {
        let message = || shorten(mark.message, MAX_MESSAGE).replace('`', "");
        let hides_image = mark.rule == HIDES_IMAGE;
        let Some(note) = self.0.get_mut(&path) else {
            self.0.insert(path, Note { severity: mark.severity, message: message(), more: 0, hides_image });
            return;
        };
        note.more += 1;
        note.hides_image |= hides_image;
        if mark.severity < note.severity {
            (note.severity, note.message) = (mark.severity, message());
        }
    }

    pub(super) fn at(&self, path: &Path) -> Option<&Note> {
        self.0.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn notes(marks: &[(&str, Severity, &str)]) -> Notes {
        let picture = Picture::of(&json!({"spec": {
            "containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/v"}]}], "volumes": [{"name": "v"}],
        }}));
        let fields: Vec<Path> = marks.iter().map(|mark| mark.0.parse().unwrap()).collect();
        let marks = marks.iter().zip(&fields);
        let marks = marks.map(|((_, severity, message), field)| Mark { field, severity: *severity, rule: "rule", message });
        Notes::new(&picture, &marks.collect::<Vec<_>>())
    }

    fn at(notes: &Notes, path: &str) -> Option<(Severity, String, usize)> {
        let note = notes.at(&path.parse().unwrap())?;
        Some((note.severity, note.message.clone(), note.more))
    }

    #[test]
    fn a_mark_stands_at_the_smallest_thing_that_is_drawn() {
        let notes = notes(&[
            ("spec.containers[0].volumeMounts[0].mountPath", Severity::Warning, "in the mount"),
            ("spec.containers[0].resources.limits[memory]", Severity::Error, "in the container"),
            ("spec.volumes[0].emptyDir", Severity::Warning, "in the volume"),
            ("spec.restartPolicy", Severity::Error, "nowhere"),
        ]);
        assert_eq!(at(&notes, "spec.containers[0].volumeMounts[0]"), Some((Severity::Warning, "in the mount".into(), 0)));
        assert_eq!(at(&notes, "spec.containers[0]"), Some((Severity::Error, "in the container".into(), 0)));
        assert_eq!(at(&notes, "spec.volumes[0]"), Some((Severity::Warning, "in the volume".into(), 0)));
        assert_eq!(notes.0.len(), 3);
    }

    #[test]
    fn the_first_of_the_worst_is_said_and_the_others_are_counted() {
        let field = "spec.volumes[0].name";
        let marks = [(Severity::Warning, "warned"), (Severity::Error, "`first`"), (Severity::Error, "second")];
        let notes = notes(&marks.map(|(severity, message)| (field, severity, message)));
        assert_eq!(at(&notes, "spec.volumes[0]"), Some((Severity::Error, "first".into(), 2)));
    }
}

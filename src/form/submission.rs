//! A posted form, and the document that it makes of the one it was shown for.

use std::collections::{HashMap, HashSet};

use super::shape::input_at;
use super::{Input, Unreadable};
use crate::document::link::MAX_DOCUMENT_BYTES;
use crate::document::{Document, Edit, EditError, ParseEditError, ParsePathError, Path, Segment};

/// The choice in the list of volumes that stands for a volume which does not exist yet. No volume can have this name.
pub const NEW_VOLUME: &str = "+new";

/// The name of the buttons and choices that carry an edit.
const EDIT: &str = "edit";
/// The name of the hidden inputs that say which switches the form has; a browser does not send a switch that is off.
const SWITCH: &str = "switch";

/// As many edits a form may carry, and as many volumes may get another name with it. A page sends one or two; each copies the
/// document.
const MOST_EDITS: usize = 100;
/// As many problems are told.
const MOST_PROBLEMS: usize = 1000;

/// What a posted form says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Submission {
    fields: Vec<(Path, String)>,
    edits: Vec<Edit>,
}

/// Why a form cannot have come from this page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionError {
    /// The name of a field is no field path.
    #[error(transparent)]
    Path(#[from] ParsePathError),
    /// An edit is not written as an edit.
    #[error(transparent)]
    Edit(#[from] ParseEditError),
    /// There are more edits than anybody has asked for.
    #[error("a form carries at most {MOST_EDITS} edits")]
    TooManyEdits,
}

/// Something that was typed and could not be put into the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The field it was typed into, or that a button was about.
    pub field: Path,
    /// What was typed, to be shown again; `None` for a button.
    pub typed: Option<String>,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A document with a posted form applied to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// The document with everything that could be applied.
    pub document: Document,
    /// The document with the typed text alone, before the edits of buttons.
    pub typed: Document,
    /// The field to go on with.
    pub focus: Option<Path>,
    /// What could not be applied.
    pub problems: Vec<Problem>,
}

impl Submission {
    /// Reads the names and values of a posted form, in their order; of a name that is there twice the last value counts.
    ///
    /// # Errors
    /// Where a name is not a field path, or an edit is not written as one, or where there are too many edits.
    pub fn read(pairs: Vec<(String, String)>) -> Result<Self, SubmissionError> {
        let mut submission = Self::default();
        let mut switches = Vec::new();
        for (name, value) in pairs {
            match name.as_str() {
                EDIT if value.is_empty() => {}
                EDIT => submission.edits.push(value.parse()?),
                SWITCH => switches.push(value.parse::<Path>()?),
                _ => submission.fields.push((name.parse()?, value)),
            }
        }
        submission.add_switches_that_are_off(switches);
        submission.keep_last_of_each_field();
        let new_volumes = submission.fields.iter().filter(|(_, typed)| typed == NEW_VOLUME).count();
        if submission.edits.len() + new_volumes > MOST_EDITS {
            return Err(SubmissionError::TooManyEdits);
        }
        Ok(submission)
    }

    fn keep_last_of_each_field(&mut self) {
        let mut seen = HashSet::new();
        self.fields.reverse();
        self.fields.retain(|(path, _)| seen.insert(path.clone()));
        self.fields.reverse();
    }

    fn add_switches_that_are_off(&mut self, switches: Vec<Path>) {
        let sent: HashSet<&Path> = self.fields.iter().map(|(path, _)| path).collect();
        let off: Vec<_> = switches.into_iter().filter(|path| !sent.contains(path)).map(|path| (path, String::new())).collect();
        self.fields.extend(off);
    }

    /// Applies this form to the document that it was shown for: first what was typed, then the edits, the last of them first,
    /// because an edit moves only what comes after it.
    #[must_use]
    pub fn apply(&self, base: &Document) -> Applied {
        let mut applied = Applied { document: base.clone(), typed: base.clone(), focus: None, problems: Vec::new() };
        self.apply_fields(base, &mut applied);
        applied.typed = applied.document.clone();
        for edit in self.edits.iter().rev() {
            applied.edit(edit);
        }
        applied
    }

    fn apply_fields(&self, base: &Document, applied: &mut Applied) {
        let touched: Vec<_> = self
            .fields
            .iter()
            .filter_map(|(path, typed)| {
                let input = input_at(base, path);
                let same = input.is_some_and(|input| input.is_untouched(typed, base.get(path)));
                (!same).then_some((path, typed, input))
            })
            .collect();
        let volumes = base.pod_spec().entry("volumes");
        let is_volume_name =
            |path: &Path| path.parent().and_then(|item| item.parent()).as_ref() == Some(&volumes) && is_field(path, "name");
        let (names, others): (Vec<_>, Vec<_>) = touched.into_iter().partition(|(path, ..)| is_volume_name(path));
        for (index, (path, typed, _)) in names.into_iter().enumerate() {
            if index < MOST_EDITS {
                applied.rename(path, typed);
            } else {
                applied.tell(path, Some(typed), format!("only {MOST_EDITS} volumes can get another name at once"));
            }
        }
        for (path, typed, input) in others {
            applied.set(base, path, typed, input);
        }
    }
}

impl Applied {
    fn rename(&mut self, path: &Path, typed: &str) {
        let edit = path.parent().map(|volume| Edit::Rename(volume, typed.to_owned()));
        let done = edit.map(|edit| edit.apply(&self.document));
        match done {
            Some(Ok(edited)) => self.document = edited.document,
            Some(Err(error)) => self.refuse(path, Some(typed), &error),
            None => {}
        }
    }

    fn set(&mut self, base: &Document, path: &Path, typed: &str, input: Option<Input>) {
        let Some(input) = input else {
            return self.tell(
                path,
                None,
                format!("the form has no field {path}, so what was sent for it is not in the manifest"),
            );
        };
        if typed == NEW_VOLUME && is_field(path, "name") {
            if let Some(mount) = path.parent() {
                self.edit(&Edit::NewVolume(mount));
            }
            return;
        }
        let result = match input.read(typed, base.get(path)) {
            Ok(value) => self.document.set(path, value).map_err(|error| error.to_string()),
            Err(error @ Unreadable::DuplicateKey(_)) => Err(error.to_string()),
        };
        if let Err(message) = result {
            self.tell(path, Some(typed), message);
        }
    }

    /// Does `edit`, unless the document is too large for a link already: duplicates of duplicates grow beyond all measure.
    fn edit(&mut self, edit: &Edit) {
        if self.document.value().to_string().len() > MAX_DOCUMENT_BYTES {
            return;
        }
        match edit.apply(&self.document) {
            Ok(edited) => {
                self.document = edited.document;
                self.focus = edited.focus.or(self.focus.take());
            }
            Err(error) => self.refuse(&Path::root(), None, &error),
        }
    }

    fn refuse(&mut self, path: &Path, typed: Option<&str>, error: &EditError) {
        self.tell(path, typed, error.to_string());
    }

    fn tell(&mut self, path: &Path, typed: Option<&str>, message: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { field: path.clone(), typed: typed.map(str::to_owned), message });
        }
    }

    /// What was typed and is not in the document, by the name of its input.
    #[must_use]
    pub fn drafts(&self) -> HashMap<String, String> {
        self.problems.iter().filter_map(|problem| Some((problem.field.to_string(), problem.typed.clone()?))).collect()
    }
}

fn is_field(path: &Path, name: &str) -> bool {
    matches!(path.last(), Some(Segment::Field(field)) if field == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn pod() -> Document {
        Document::try_from(json!({
            "kind": "Pod",
            "metadata": {"name": "a", "labels": {"app": "x"}},
            "spec": {
                "shareProcessNamespace": true,
                "containers": [{"name": "web", "image": "nginx", "ports": [{"containerPort": 80}], "volumeMounts": [{"name": "html", "mountPath": "/h"}]}],
                "volumes": [{"name": "html", "emptyDir": {"medium": "Memory"}}]
            }
        }))
        .unwrap()
    }

    fn post(base: &Document, pairs: &[(&str, &str)]) -> Applied {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Submission::read(pairs).unwrap().apply(base)
    }

    fn at(applied: &Applied, path: &str) -> Value {
        applied.document.get(&path.parse().unwrap()).cloned().unwrap_or_default()
    }

    #[test]
    fn an_untouched_form_changes_nothing() {
        let applied = post(
            &pod(),
            &[
                ("metadata.name", "a"),
                ("metadata.labels", "app: x"),
                ("switch", "spec.shareProcessNamespace"),
                ("spec.shareProcessNamespace", "true"),
                ("spec.containers[0].ports[0].containerPort", "80"),
                ("spec.containers[0].workingDir", ""),
                ("edit", ""),
            ],
        );
        assert_eq!((applied.document, applied.problems), (pod(), vec![]));
    }

    #[test]
    fn typed_text_is_in_the_document() {
        let applied = post(
            &pod(),
            &[
                ("spec.containers[0].image", "nginx:1.27"),
                ("spec.containers[0].ports[0].containerPort", "80a"),
                ("spec.containers[0].resources.limits[memory]", "64Mi"),
                ("spec.containers[0].resources.limits.cpu", "1"),
                ("switch", "spec.volumes[0].emptyDir.medium"),
                ("switch", "spec.shareProcessNamespace"),
            ],
        );
        assert_eq!(at(&applied, "spec.containers[0].image"), "nginx:1.27");
        assert_eq!(at(&applied, "spec.containers[0].ports[0].containerPort"), "80a");
        assert_eq!(at(&applied, "spec.containers[0].resources"), json!({"limits": {"memory": "64Mi", "cpu": "1"}}));
        assert_eq!(at(&applied, "spec.volumes[0].emptyDir"), json!({}));
        assert_eq!(at(&applied, "spec.shareProcessNamespace"), Value::Null);
    }

    #[test]
    fn emptied_inputs_take_what_surrounds_them_along() {
        let limited = post(&pod(), &[("spec.containers[0].resources.limits[memory]", "64Mi")]).document;
        let applied = post(&limited, &[("spec.containers[0].resources.limits[memory]", ""), ("metadata.labels", "")]);
        assert_eq!(at(&applied, "spec.containers[0].resources"), Value::Null);
        assert_eq!(at(&applied, "metadata"), json!({"name": "a"}));
    }

    #[test]
    fn typed_text_comes_before_the_edits_and_the_last_edit_first() {
        let applied = post(
            &pod(),
            &[
                ("edit", "remove spec.containers[0]"),
                ("spec.containers[0].name", "site"),
                ("edit", "duplicate spec.containers[0]"),
            ],
        );
        assert_eq!(at(&applied, "spec.containers[0].name"), "site-2");
        assert_eq!(applied.typed.text(&"spec.containers[0].name".parse().unwrap()), "site");
    }

    #[test]
    fn a_mount_can_ask_for_a_new_volume() {
        let applied = post(&pod(), &[("spec.containers[0].volumeMounts[0].name", NEW_VOLUME)]);
        assert_eq!(at(&applied, "spec.containers[0].volumeMounts[0].name"), "shared-data");
        assert_eq!(at(&applied, "spec.volumes[1]"), json!({"name": "shared-data", "emptyDir": {}}));
        assert_eq!(applied.focus.unwrap().to_string(), "spec.volumes[1].name");
    }

    #[test]
    fn mounts_follow_a_renamed_volume() {
        let applied = post(&pod(), &[("spec.containers[0].volumeMounts[0].name", "html"), ("spec.volumes[0].name", "site")]);
        assert_eq!(at(&applied, "spec.containers[0].volumeMounts[0].name"), "site");
    }

    #[test]
    fn what_cannot_be_applied_is_told_and_shown_again() {
        let applied =
            post(&pod(), &[("metadata.labels", "a: 1\na: 2"), ("spec.containers[9].name", "x"), ("spec.affinity", "y")]);
        assert_eq!(applied.drafts()["metadata.labels"], "a: 1\na: 2");
        assert_eq!(applied.drafts()["spec.containers[9].name"], "x");
        assert_eq!(applied.problems.len(), 3);
        assert_eq!(applied.document, pod());
    }

    #[test]
    fn edits_have_a_bound() {
        let read = |pair: fn(usize) -> (String, String)| Submission::read((0..=MOST_EDITS).map(pair).collect());
        let edits = read(|_| ("edit".to_owned(), "add spec.volumes".to_owned()));
        assert_eq!(edits, Err(SubmissionError::TooManyEdits));
        let new_volumes = read(|number| (format!("spec.containers[0].volumeMounts[{number}].name"), NEW_VOLUME.to_owned()));
        assert_eq!(new_volumes, Err(SubmissionError::TooManyEdits));
        let many = read(|number| (format!("spec.volumes[{number}].name"), "x".to_owned())).unwrap().apply(&pod());
        assert_eq!((at(&many, "spec.volumes[0].name"), many.problems.len()), (json!("x"), MOST_EDITS));
    }

    #[test]
    fn of_a_field_that_is_sent_twice_the_last_counts() {
        let applied = post(&pod(), &[("metadata.name", "b"), ("metadata.namespace", "c"), ("metadata.name", "a")]);
        assert_eq!(at(&applied, "metadata"), json!({"name": "a", "labels": {"app": "x"}, "namespace": "c"}));
    }

    #[test]
    fn duplicates_of_duplicates_end() {
        let levels = 20;
        let nested = (0..levels).fold(json!("x"), |inside, _| json!([inside]));
        let base = Document::try_from(json!({"kind": "Pod", "list": nested})).unwrap();
        let edit = |depth: usize| ("edit".to_owned(), format!("duplicate list{}", "[0]".repeat(depth)));
        let edits = (1..=levels).flat_map(|depth| vec![edit(depth); MOST_EDITS / levels]).collect();
        let applied = Submission::read(edits).unwrap().apply(&base);
        let size = applied.document.value().to_string().len();
        assert!((MAX_DOCUMENT_BYTES..4 * MAX_DOCUMENT_BYTES).contains(&size), "{size}");
    }

    #[test]
    fn a_form_of_another_page_is_refused() {
        let read = |name: &str, value: &str| Submission::read(vec![(name.to_owned(), value.to_owned())]);
        assert!(matches!(read("a..b", "x"), Err(SubmissionError::Path(_))));
        assert!(matches!(read("edit", "explode"), Err(SubmissionError::Edit(_))));
    }
}

//! A posted form, and the document that it makes of the one it was shown for.

use std::collections::HashSet;

use super::Input;
use super::applied::{Applied, Change, NEW_VOLUME, is_field};
use super::shape::input_at;
use crate::document::{Document, Edit, ParseEditError, ParsePathError, Path};

/// The bytes of text that all fields of a form may hold together: more than any document, so that what makes one too large can
/// still be shown again.
pub const MAX_TEXT_BYTES: usize = 384 * 1024;

/// The name of the buttons and choices that carry an edit.
const EDIT: &str = "edit";
/// The name of the hidden inputs that say which switches the form has; a browser does not send a switch that is off.
const SWITCH: &str = "switch";

/// As many names and values a form may have. The largest page has some thousands.
const MAX_FIELDS: usize = 65_536;
/// As many edits a form may carry, and as many volumes may get another name with it. A page sends one or two, and each looks
/// through the whole document.
pub(super) const MAX_EDITS: usize = 100;
/// As many of them may be fixes. A page sends one, and each judges the document anew.
const MAX_FIXES: usize = 3;

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
    #[error("a form carries at most {MAX_EDITS} edits")]
    TooManyEdits,
    /// There are more fixes than anybody has asked for.
    #[error("a form carries at most {MAX_FIXES} fixes")]
    TooManyFixes,
    /// There are more names and values than any page has.
    #[error("a form has at most {MAX_FIELDS} fields")]
    TooManyFields,
    /// The values are longer together than [`MAX_TEXT_BYTES`].
    #[error("the fields of a form hold at most {MAX_TEXT_BYTES} bytes of text")]
    TooMuchText,
}

impl Submission {
    /// Reads the names and values of a posted form, in their order; of a name that appears twice the last value counts.
    ///
    /// # Errors
    /// Where a name is not a field path, or an edit is not written as one, or where there is too much of anything.
    pub fn read(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, SubmissionError> {
        let mut submission = Self::default();
        let mut switches = Vec::new();
        let mut text = 0;
        for (count, (name, value)) in pairs.into_iter().enumerate() {
            if count == MAX_FIELDS {
                return Err(SubmissionError::TooManyFields);
            }
            match name.as_str() {
                EDIT if value.is_empty() => {}
                EDIT if submission.edits.len() == MAX_EDITS => return Err(SubmissionError::TooManyEdits),
                EDIT => submission.edits.push(value.parse()?),
                SWITCH => switches.push(value.parse::<Path>()?),
                _ => {
                    // Browsers send a line end as two characters.
                    text += value.bytes().filter(|byte| *byte != b'\r').count();
                    submission.fields.push((name.parse()?, value));
                }
            }
            if text > MAX_TEXT_BYTES {
                return Err(SubmissionError::TooMuchText);
            }
        }
        submission.add_switches_that_are_off(switches);
        submission.keep_last_of_each_field();
        let new_volumes = submission.fields.iter().filter(|(_, typed)| typed == NEW_VOLUME).count();
        if submission.edits.len() + new_volumes > MAX_EDITS {
            return Err(SubmissionError::TooManyEdits);
        }
        if submission.edits.iter().filter(|edit| edit.is_fix()).count() > MAX_FIXES {
            return Err(SubmissionError::TooManyFixes);
        }
        Ok(submission)
    }

    fn keep_last_of_each_field(&mut self) {
        let mut seen = HashSet::new();
        let is_last: Vec<bool> = self.fields.iter().rev().map(|(path, _)| seen.insert(path)).collect();
        let mut is_last = is_last.into_iter().rev();
        self.fields.retain(|_| is_last.next().unwrap_or_default());
    }

    fn add_switches_that_are_off(&mut self, switches: Vec<Path>) {
        let sent: HashSet<&Path> = self.fields.iter().map(|(path, _)| path).collect();
        let off: Vec<_> = switches.into_iter().filter(|path| !sent.contains(path)).map(|path| (path, String::new())).collect();
        self.fields.extend(off);
    }

    /// Applies this form to the document that it was shown for: first what was typed, then the edits, the last of them first,
    /// because an edit moves only what comes after it. Edits are done only where everything typed could be applied.
    #[must_use]
    pub fn apply(&self, base: &Document) -> Applied {
        let (names, others): (Vec<_>, Vec<_>) = self.changes(base).partition(|change| is_volume_name(base, change.path));
        let mut applied = Applied::typed(base, &names, &others);
        for edit in self.edits.iter().rev() {
            applied.edit(edit);
        }
        applied
    }

    /// What was typed; an input that nobody touched comes back as it was shown.
    fn changes<'a>(&'a self, base: &Document) -> impl Iterator<Item = Change<'a>> {
        self.fields.iter().filter_map(|(path, text)| {
            let input = input_at(base, path);
            let is_untouched = input.is_some_and(|input| is_untouched(input, text, base, path));
            (!is_untouched).then_some(Change { path, text, input })
        })
    }
}

/// True if `text` is what a browser sends back for the field at `path` of `base` when nobody has touched its input.
fn is_untouched(input: Input, text: &str, base: &Document, path: &Path) -> bool {
    let value = base.get(path);
    if input.is_switch(value) {
        input.is_untouched(text, value)
    } else {
        input.is_untouched(text, value.map(|value| base.as_written(path, value)).as_deref())
    }
}

/// True of the name of a volume of the Pod.
fn is_volume_name(document: &Document, path: &Path) -> bool {
    is_field(path, "name") && path.parent().and_then(|volume| volume.parent()) == Some(document.pod_spec().entry("volumes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::link::MAX_DOCUMENT_BYTES;
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
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Submission::read(pairs).unwrap().apply(base)
    }

    fn at(applied: &Applied, path: &str) -> Value {
        applied.document.get(&path.parse().unwrap()).cloned().unwrap_or_default()
    }

    fn draft<'a>(applied: &'a Applied, path: &str) -> &'a str {
        &applied.drafts[&path.parse::<Path>().unwrap()]
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
        assert_eq!(draft(&applied, "metadata.labels"), "a: 1\na: 2");
        assert_eq!(draft(&applied, "spec.containers[9].name"), "x");
        assert_eq!(applied.problems.len(), 3);
        assert_eq!(applied.document, pod());
    }

    #[test]
    fn edits_have_a_bound() {
        let read = |pair: fn(usize) -> (String, String)| Submission::read((0..=MAX_EDITS).map(pair));
        let edits = read(|_| ("edit".to_owned(), "add spec.volumes".to_owned()));
        assert_eq!(edits, Err(SubmissionError::TooManyEdits));
        let new_volumes = read(|number| (format!("spec.containers[0].volumeMounts[{number}].name"), NEW_VOLUME.to_owned()));
        assert_eq!(new_volumes, Err(SubmissionError::TooManyEdits));
        let fixes = read(|_| ("edit".to_owned(), "fix-all".to_owned()));
        assert_eq!(fixes, Err(SubmissionError::TooManyEdits));
        assert_eq!(
            Submission::read(vec![("edit".to_owned(), "fix-all".to_owned()); MAX_FIXES + 1]),
            Err(SubmissionError::TooManyFixes)
        );
        let many = read(|number| (format!("spec.volumes[{number}].name"), "x".to_owned())).unwrap().apply(&pod());
        assert_eq!((at(&many, "spec.volumes[0].name"), many.problems.len()), (json!("x"), MAX_EDITS));
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
        let edits = (1..=levels).flat_map(|depth| vec![edit(depth); MAX_EDITS / levels]);
        let applied = Submission::read(edits).unwrap().apply(&base);
        assert!(applied.is_too_large);
        assert_eq!((applied.problems.len(), applied.document), (1, base));
    }

    #[test]
    fn a_name_that_makes_the_document_too_large_is_kept_beside_it() {
        let mounts = vec![json!({"name": "v"}); 15_000];
        let pod =
            json!({"kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": mounts}], "volumes": [{"name": "v"}]}});
        let pod = Document::try_from(pod).unwrap();
        for name in ["x".repeat(300_000), "x".repeat(20)] {
            let applied =
                post(&pod, &[("metadata.namespace", "b"), ("spec.volumes[0].name", &name), ("edit", "add spec.volumes")]);
            assert!(applied.is_too_large && applied.problems.len() == 1, "{:?}", applied.problems);
            assert_eq!((draft(&applied, "metadata.namespace"), draft(&applied, "spec.volumes[0].name")), ("b", name.as_str()));
            assert_eq!((&applied.document, &applied.typed), (&pod, &pod));
        }
        assert_eq!(at(&post(&pod, &[("spec.volumes[0].name", "xy")]), "spec.containers[0].volumeMounts[14999].name"), "xy");
    }

    #[test]
    fn a_text_that_makes_the_document_too_large_is_kept_beside_it() {
        let text = "x".repeat(MAX_DOCUMENT_BYTES);
        let applied = post(&pod(), &[("spec.containers[0].image", &text), ("spec.shareProcessNamespace", "")]);
        assert!(applied.is_too_large);
        assert_eq!((draft(&applied, "spec.containers[0].image"), draft(&applied, "spec.shareProcessNamespace")), (&*text, ""));
        assert_eq!(applied.document, pod());
    }

    #[test]
    fn a_form_has_a_bound() {
        let read = |count: usize, value: &str| Submission::read(vec![("a".to_owned(), value.to_owned()); count]);
        assert!(read(MAX_FIELDS, "").is_ok());
        assert_eq!(read(MAX_FIELDS + 1, ""), Err(SubmissionError::TooManyFields));
        assert!(read(1, &"x".repeat(MAX_TEXT_BYTES)).is_ok());
        assert_eq!(read(2, &"x".repeat(MAX_TEXT_BYTES / 2 + 1)), Err(SubmissionError::TooMuchText));
    }

    #[test]
    fn an_edit_that_fails_leaves_what_was_typed() {
        let applied =
            post(&pod(), &[("metadata.name", "b"), ("edit", "remove spec.volumes[7]"), ("edit", "add spec.containers")]);
        assert_eq!((at(&applied, "metadata.name"), at(&applied, "spec.containers[1]")), (json!("b"), Value::Null));
        assert_eq!(applied.problems[0].message, "there is no spec.volumes[7] in this manifest");
    }

    #[test]
    fn a_form_of_another_page_is_refused() {
        let read = |name: &str, value: &str| Submission::read(vec![(name.to_owned(), value.to_owned())]);
        assert!(matches!(read("a..b", "x"), Err(SubmissionError::Path(_))));
        assert!(matches!(read("edit", "explode"), Err(SubmissionError::Edit(_))));
    }
}

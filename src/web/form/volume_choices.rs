//! The volumes that a mount can be of, for the inputs of each mount.

use std::collections::{HashMap, HashSet};

use pod_advice::is_read_only_volume;
use serde_json::Value;

use crate::document::{Document, name_of};
use crate::form::NEW_VOLUME;
use crate::web::budget::MAX_LABEL;
use crate::web::form::control::{Choice, Control};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

/// As many volumes can be chosen from, or are suggested.
const MAX_CHOICES: usize = 100;
/// As many bytes of names the choices of all mounts have together. Beyond it the names are suggested, in one list for all.
const MAX_CHOICE_BYTES: usize = 64 << 10;
/// What an option costs beside its name, which it holds twice.
const OPTION_BYTES: usize = 32;

/// The volumes that there are. Every mount has its choice of them, or, where that would multiply, an input for any name.
pub struct VolumeChoices {
    names: Vec<String>,
    claims: Vec<String>,
    read_only: HashSet<String>,
    is_chosen: bool,
}

impl VolumeChoices {
    /// The volumes of the document on the page.
    pub fn new(sheet: &Sheet) -> Self {
        let volumes = volumes(sheet.document());
        let names = volumes.iter().map(name_of).filter(|name| !name.is_empty());
        let names: Vec<String> = names.take(MAX_CHOICES).map(str::to_owned).collect();
        let claims: Vec<String> = sheet.document().claims().take(MAX_CHOICES).map(str::to_owned).collect();
        let bytes: usize = names.iter().chain(&claims).map(|name| OPTION_BYTES + 2 * name.len()).sum();
        let mounts = sheet.window.mounts();
        let is_chosen = volumes.len() <= MAX_CHOICES && bytes.saturating_mul(mounts) <= MAX_CHOICE_BYTES;
        Self { names, claims, read_only: read_only(sheet.document()), is_chosen }
    }

    /// True if there is a volume or a claim with that name, as far as they are listed.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().chain(&self.claims).any(|known| known == name)
    }

    /// True if no container can write into the volume with that name, whatever its mounts say.
    pub fn is_read_only(&self, name: &str) -> bool {
        self.read_only.contains(name)
    }

    /// `control` with the volumes as its choices, of which `current` is one.
    pub fn offer<'a>(&self, control: Control<'a>, current: &str) -> Control<'a> {
        if !self.is_chosen {
            return control.suggest(Suggestions::Volumes);
        }
        let mut choices: Vec<Choice> = self.names.iter().map(|name| Choice::new(name, label(name))).collect();
        let claims = self.claims.iter().filter(|claim| !self.names.contains(claim));
        choices.extend(claims.map(|name| Choice::new(name, format!("{} (a claim)", label(name)))));
        if current.is_empty() {
            choices.insert(0, Choice::new("", "Choose a volume"));
        } else if !self.has(current) {
            choices.insert(0, Choice::new(current, format!("{} (there is no such volume)", label(current))));
        }
        choices.push(Choice::new(NEW_VOLUME, NEW_VOLUME_LABEL));
        control.choose(choices)
    }

    /// The list that the inputs refer to where the volumes are suggested. A name that is too long for a label is too long for
    /// Kubernetes as well.
    pub fn suggestions(&self, html: &mut Html) {
        if self.is_chosen {
            return;
        }
        html.start("datalist").with("id", [Suggestions::Volumes.id()]).holding(|html| {
            let names = self.names.iter().chain(&self.claims).filter(|name| name.len() <= MAX_LABEL);
            names.for_each(|name| html.option(name, "", false));
            html.option(NEW_VOLUME, NEW_VOLUME_LABEL, false);
        });
    }
}

const NEW_VOLUME_LABEL: &str = "A new volume";

fn volumes(document: &Document) -> &[Value] {
    let volumes = document.get(&document.pod_spec().entry("volumes")).and_then(Value::as_array);
    volumes.map(Vec::as_slice).unwrap_or_default()
}

/// The names of the volumes into which no container can write. Of two volumes of one name the first counts, and a claim takes the
/// place of a volume.
fn read_only(document: &Document) -> HashSet<String> {
    let mut is_read_only: HashMap<_, _> = document.claims().map(|claim| (claim, false)).collect();
    for volume in volumes(document) {
        is_read_only.entry(name_of(volume)).or_insert_with(|| is_read_only_volume(volume));
    }
    is_read_only.into_iter().filter(|(_, is_read_only)| *is_read_only).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_source_of_the_volume_that_is_mounted_says_whether_it_is_read_only() {
        let volumes = json!([
            {"name": "config", "configMap": {}},
            {"name": "two", "emptyDir": {}, "secret": {}},
            {"name": "null", "configMap": null, "emptyDir": {}},
            {"name": "twice", "emptyDir": {}}, {"name": "twice", "configMap": {}},
            {"name": "claim", "configMap": {}},
        ]);
        let document = json!({
            "apiVersion": "apps/v1", "kind": "StatefulSet",
            "spec": {
                "template": {"spec": {"containers": [{"name": "a"}], "volumes": volumes}},
                "volumeClaimTemplates": [{"metadata": {"name": "claim"}}],
            },
        });
        assert_eq!(read_only(&Document::try_from(document).unwrap()), HashSet::from(["config".to_owned()]));
    }
}

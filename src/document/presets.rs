//! The presets of the start page: manifests that work as they stand, each with what to try on it.
//!
//! A preset is a file of `presets/` and a line of [`SOURCES`]. The file is a manifest that `kubectl apply` takes, under a
//! comment of paragraphs with an empty comment line between them: the title; the summary; a paragraph per trial, which is
//! `$ ` and the command, then what it shows; and `Note: ` with what stays to be known.

use std::sync::LazyLock;

use serde_json::Value;

/// A manifest to start from.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// What links, tests and the command line call it: the name of its file, and of its object.
    pub name: &'static str,
    /// A heading of a few words.
    pub title: String,
    /// What it shows, in one or two sentences.
    pub summary: String,
    /// What to try once it runs.
    pub try_it: Vec<Trial>,
    /// What a careful reader would object to, and why it is so.
    pub note: Option<String>,
    /// The manifest as its text has it, without the comment before it.
    pub text: String,
    /// What that text means.
    pub document: Value,
}

/// A command to run against a preset in a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The command line, without prompt.
    pub command: String,
    /// What there is to see.
    pub shows: String,
}

/// All presets, in the order in which they are learnt.
#[must_use]
pub fn presets() -> &'static [Preset] {
    static PRESETS: LazyLock<Vec<Preset>> =
        LazyLock::new(|| SOURCES.iter().filter_map(|(name, text)| Preset::read(name, text)).collect());
    &PRESETS
}

/// The preset called `name`.
#[must_use]
pub fn preset(name: &str) -> Option<&'static Preset> {
    presets().iter().find(|preset| preset.name == name)
}

macro_rules! source {
    ($name:literal) => {
        ($name, include_str!(concat!("presets/", $name, ".yaml")))
    };
}

/// The files of `presets/`, by name.
const SOURCES: &[(&str, &str)] =
    &[source!("web-content"), source!("init-page"), source!("log-shipper"), source!("memory-cache"), source!("batch-job")];

impl Preset {
    /// Reads the file of a preset; `None` if it is not in the form that the head of this file describes.
    fn read(name: &'static str, text: &str) -> Option<Self> {
        let comment: Vec<&str> = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
        let mut paragraphs = comment.split(|line| line.is_empty());
        let mut preset = Self {
            name,
            title: paragraphs.next()?.join(" "),
            summary: paragraphs.next()?.join(" "),
            try_it: Vec::new(),
            note: None,
            text: text.lines().skip_while(|line| line.starts_with('#')).map(|line| line.to_owned() + "\n").collect(),
            document: serde_yaml::from_str(text).ok()?,
        };
        paragraphs.try_for_each(|lines| preset.add_paragraph(lines))?;
        Some(preset)
    }

    fn add_paragraph(&mut self, lines: &[&str]) -> Option<()> {
        let (first, shows) = lines.split_first()?;
        if let Some(command) = first.strip_prefix("$ ") {
            self.try_it.push(Trial { command: command.to_owned(), shows: shows.join(" ") });
        } else {
            self.note = Some(lines.join(" ").strip_prefix("Note: ")?.to_owned());
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_is_in_the_list() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/document/presets");
        let mut files: Vec<String> = folder
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .map(|file| file.strip_suffix(".yaml").expect("presets are .yaml files").to_owned())
            .collect();
        let mut listed: Vec<&str> = SOURCES.iter().map(|(name, _)| *name).collect();
        files.sort_unstable();
        listed.sort_unstable();
        assert_eq!(files, listed);
    }

    #[test]
    fn every_file_can_be_read() {
        let unreadable: Vec<_> = SOURCES.iter().filter(|(name, text)| Preset::read(name, text).is_none()).collect();
        assert_eq!(unreadable, Vec::<&(&str, &str)>::new());
        assert_eq!(presets().len(), SOURCES.len());
    }

    #[test]
    fn a_preset_is_named_as_its_object_and_says_what_to_try() {
        for preset in presets() {
            assert_eq!(preset.document.pointer("/metadata/name").and_then(Value::as_str), Some(preset.name));
            assert!(!preset.title.is_empty() && preset.summary.ends_with('.'), "{}", preset.name);
            assert!(!preset.try_it.is_empty(), "{}", preset.name);
            for trial in &preset.try_it {
                assert!(trial.command.starts_with("kubectl ") && trial.command.contains(preset.name), "{trial:?}");
                assert!(trial.shows.ends_with('.'), "{trial:?}");
            }
        }
    }

    #[test]
    fn the_comment_becomes_title_summary_trials_and_note() {
        let text = "# A title\n#\n# What it\n# shows.\n#\n# $ kubectl get pods\n# All\n# of them.\n#\n# Note: mind.\nkind: Pod\n";
        let preset = Preset::read("some", text).unwrap();
        assert_eq!((preset.title.as_str(), preset.summary.as_str()), ("A title", "What it shows."));
        assert_eq!(preset.try_it, [Trial { command: "kubectl get pods".into(), shows: "All of them.".into() }]);
        assert_eq!(preset.note.as_deref(), Some("mind."));
        assert_eq!(preset.document, serde_json::json!({"kind": "Pod"}));
        assert_eq!(Preset::read("some", "# A title\nkind: Pod\n"), None);
    }

    #[test]
    fn containers_are_pinned_and_limited() {
        for preset in presets() {
            let spec = preset.document.pointer("/spec/template/spec").or_else(|| preset.document.get("spec")).unwrap();
            for list in ["initContainers", "containers"] {
                for container in spec.get(list).and_then(Value::as_array).into_iter().flatten() {
                    let image = container["image"].as_str().unwrap();
                    assert!(image.contains(':') && !image.ends_with(":latest"), "{image}");
                    assert!(container.pointer("/resources/limits/memory").is_some(), "{}: {image}", preset.name);
                }
            }
            for volume in spec["volumes"].as_array().unwrap() {
                assert!(volume.pointer("/emptyDir/sizeLimit").is_some(), "{volume}");
            }
        }
    }
}

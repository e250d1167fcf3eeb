//! A volume, and who mounts it.

use serde_json::Value;

use super::{amount, inside, text};

/// Sources that the kubelet mounts read-only, whatever a mount says.
const READ_ONLY_SOURCES: [&str; 5] = ["configMap", "downwardAPI", "image", "projected", "secret"];

/// What a `hostPath` may be beside a directory.
const FILE_TYPES: [&str; 5] = ["BlockDevice", "CharDevice", "File", "FileOrCreate", "Socket"];

/// The source that `volume`, an item of a Pod's `volumes`, names first, such as `configMap`, with its settings; `None` if it names
/// none, which makes it an emptyDir.
#[must_use]
pub fn volume_source(volume: &Value) -> Option<(&str, &Value)> {
    let mut fields = volume.as_object().into_iter().flatten();
    fields.find(|(field, settings)| *field != "name" && !settings.is_null()).map(|(source, settings)| (source.as_str(), settings))
}

/// True if no container can write into `volume`, an item of a Pod's `volumes`, whatever its mounts say.
#[must_use]
pub fn is_read_only_volume(volume: &Value) -> bool {
    volume_source(volume).is_some_and(|(source, settings)| {
        let is_said = || settings.get("readOnly") == Some(&Value::Bool(true));
        READ_ONLY_SOURCES.contains(&source) || source != "emptyDir" && is_said()
    })
}

/// A volume of a Pod.
#[derive(Debug)]
pub(crate) struct Volume<'a> {
    pub(crate) position: usize,
    pub(crate) name: &'a str,
    pub(crate) value: &'a Value,
    pub(crate) source: Source<'a>,
    /// True of a claim that a `StatefulSet` makes.
    pub(crate) is_claim: bool,
    /// The mounts of it, in the order in which the containers start.
    pub(crate) uses: Vec<Use>,
}

/// A mount, by its container.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use {
    pub(crate) container: usize,
    pub(crate) mount: usize,
}

/// Where the files of a volume are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// In a directory that begins empty.
    EmptyDir(EmptyDir<'a>),
    /// In what another field describes.
    Other(&'a str),
}

/// An emptyDir.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EmptyDir<'a> {
    pub(crate) medium: &'a str,
    pub(crate) written_limit: Option<&'a Value>,
    limit: Option<i128>,
    /// True if no source is named, so that the server makes it an emptyDir.
    pub(crate) is_implied: bool,
}

impl<'a> EmptyDir<'a> {
    fn read(value: &'a Value) -> Self {
        let written_limit = value.get("sizeLimit").filter(|limit| !limit.is_null());
        let limit = written_limit.and_then(amount).filter(|limit| *limit > 0);
        Self { medium: text(value, "medium").unwrap_or_default(), written_limit, limit, is_implied: false }
    }
}

impl<'a> Volume<'a> {
    pub(super) fn read(position: usize, value: &'a Value) -> Self {
        let source = match volume_source(value) {
            Some(("emptyDir", settings)) => Source::EmptyDir(EmptyDir::read(settings)),
            Some((other, _)) => Source::Other(other),
            None => Source::EmptyDir(EmptyDir { is_implied: value.get("emptyDir").is_none(), ..EmptyDir::default() }),
        };
        Self { position, name: text(value, "name").unwrap_or_default(), value, source, is_claim: false, uses: Vec::new() }
    }

    /// Reads a template of a `StatefulSet` for claims.
    pub(super) fn claim(position: usize, template: &'a Value) -> Self {
        let name = inside(template, &["metadata", "name"]).and_then(Value::as_str).unwrap_or_default();
        let source = Source::Other("persistentVolumeClaim");
        Self { position, name, value: template, source, is_claim: true, uses: Vec::new() }
    }

    pub(crate) fn empty_dir(&self) -> Option<&EmptyDir<'a>> {
        match &self.source {
            Source::EmptyDir(empty_dir) => Some(empty_dir),
            Source::Other(_) => None,
        }
    }

    pub(crate) fn is_of(&self, source: &str) -> bool {
        matches!(self.source, Source::Other(other) if other == source)
    }

    /// True if no container can write into it.
    pub(crate) fn is_read_only(&self) -> bool {
        !self.is_claim && is_read_only_volume(self.value)
    }

    /// True if its files come from the cluster or an image, under known names.
    pub(crate) fn has_given_files(&self) -> bool {
        READ_ONLY_SOURCES.iter().any(|source| self.is_of(source))
    }

    /// True if it is a file and no directory; `None` if the document does not say.
    pub(crate) fn is_file(&self) -> Option<bool> {
        if !self.is_of("hostPath") {
            return Some(false);
        }
        let kind = inside(self.value, &["hostPath", "type"]).and_then(Value::as_str).filter(|kind| !kind.is_empty());
        kind.map(|kind| FILE_TYPES.contains(&kind))
    }

    /// True of a tmpfs, and of one that is meant and written as another word.
    pub(crate) fn is_memory(&self) -> bool {
        self.empty_dir().is_some_and(|empty_dir| is_word_for_memory(empty_dir.medium))
    }

    /// True of an emptyDir whose size nothing limits: no limit is written, or that of zero, which is none.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.empty_dir().is_some_and(|directory| directory.written_limit.is_none()) || self.has_limit_of_zero()
    }

    /// True of an emptyDir with the limit 0.
    pub(crate) fn has_limit_of_zero(&self) -> bool {
        self.empty_dir().and_then(|directory| directory.written_limit).and_then(amount) == Some(0)
    }

    /// True of an emptyDir on the node's disk.
    pub(crate) fn is_disk(&self) -> bool {
        self.empty_dir().is_some_and(|empty_dir| empty_dir.medium.is_empty())
    }

    /// Its limit in thousandths of a byte; `None` without one, and of 0, which means none.
    pub(crate) fn limit(&self) -> Option<i128> {
        self.empty_dir()?.limit
    }

    /// True of a volume whose name says that sockets are kept in it.
    pub(crate) fn is_for_sockets(&self) -> bool {
        self.name.contains("sock")
    }

    /// True if two containers or more mount it.
    pub(crate) fn is_shared(&self) -> bool {
        self.uses.first().zip(self.uses.last()).is_some_and(|(first, last)| first.container != last.container)
    }
}

/// True of a word for memory, as a medium.
fn is_word_for_memory(medium: &str) -> bool {
    const WORDS: [&str; 6] = ["memory", "tmpfs", "ram", "mem", "ramdisk", "in-memory"];
    WORDS.iter().any(|word| medium.trim().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_memory_are_known() {
        assert!(["memory", "tmpfs", " RAM "].iter().all(|medium| is_word_for_memory(medium)));
        assert!(["disk", "hugepages", "SSD"].iter().all(|medium| !is_word_for_memory(medium)));
    }
}

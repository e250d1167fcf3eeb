//! Which paths of which containers are one file.
//!
//! Follows `pkg/kubelet/kubelet_pods.go` (v1.35, `makeMounts`), which puts a volume, or its `subPath`, at `mountPath`.

mod sentence;

use std::collections::HashSet;

use kube_dry_run::Path;
use serde_json::Value;

pub use self::sentence::Part;
use crate::process::Process;
use crate::shell::{FileUse, base_name};
use crate::workload::{Container, Mount, Role, Volume, Workload, lies_in, normalized};

/// How many volumes are looked at.
pub const MAX_SAME_FILE_VOLUMES: usize = 50;

/// How many places a [`SameFile`] names.
pub const MAX_SAME_FILE_PLACES: usize = 8;

/// How many mounts of a volume, and how many files in it, are looked at.
const MAX_USES: usize = 64;
const MAX_FILES: usize = 16;

/// How many sentences there are about one volume.
const MAX_OF_VOLUME: usize = 4;

/// How many characters of a name or a path are kept.
const MAX_KEPT: usize = 253;

/// What a file is called when no command says.
const EXAMPLE: &str = "file";

/// Programs that write directories, or into them.
const OF_DIRECTORIES: [&str; 6] = ["git", "install", "mkdir", "rsync", "tar", "unzip"];

/// One file, as the containers that share a volume see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameFile {
    /// The name of the volume.
    pub volume: String,
    /// Where the volume stands in the document.
    pub volume_field: Path,
    /// False if it may be a directory as well, which the document does not say.
    pub is_surely_file: bool,
    /// True if its name is made up, as the document names no file there.
    pub is_example: bool,
    /// Where the file is: two places or more, first where it is written. A container that mounts the volume twice has two.
    pub places: Vec<FilePlace>,
    /// How many places more there are.
    pub omitted: usize,
}

/// A file in one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// The name of the container.
    pub container: String,
    /// Where the container's mount stands in the document.
    pub mount: Path,
    /// The path of the file in the container.
    pub path: String,
    /// False if the container can only read it.
    pub may_write: bool,
    /// True of an init container, which has ended before the app containers start.
    pub ends_first: bool,
}

/// A use of a volume.
type Seen<'w, 'a> = (&'w Container<'a>, &'w Mount<'a>);

/// The files that containers of `document` share, one or more of every volume that two containers or more mount at the same
/// place of it; `document` may be any JSON value.
#[must_use]
pub fn same_files(document: &Value) -> Vec<SameFile> {
    Workload::of(document).map(|workload| workload.same_files()).unwrap_or_default()
}

impl Workload<'_> {
    /// What [`same_files`] says of the document.
    #[must_use]
    pub fn same_files(&self) -> Vec<SameFile> {
        let shared = self.volumes.iter().filter(|volume| volume.is_shared()).take(MAX_SAME_FILE_VOLUMES);
        shared.flat_map(|volume| of_volume(self, volume)).collect()
    }
}

fn of_volume(workload: &Workload<'_>, volume: &Volume<'_>) -> Vec<SameFile> {
    let uses: Vec<Seen<'_, '_>> = workload.uses(volume).filter(|(_, mount)| mount.has_known_place()).take(MAX_USES).collect();
    let mut told: HashSet<Vec<Path>> = HashSet::new();
    let mut all = Vec::new();
    for file in files(volume, &uses) {
        let same = same_file(workload, volume, &uses, &file);
        let mounts: Vec<_> = same.places.iter().map(|place| place.mount.clone()).collect();
        if same.places.len() > 1 && all.len() < MAX_OF_VOLUME && is_new(&mounts, &mut told) {
            all.push(same);
        }
    }
    all
}

/// True if no file has been told of for all of `mounts`.
fn is_new(mounts: &[Path], told: &mut HashSet<Vec<Path>>) -> bool {
    let mut sorted = mounts.to_vec();
    sorted.sort();
    let is_told = told.iter().any(|other| sorted.iter().all(|mount| other.contains(mount)));
    if !is_told {
        told.insert(sorted);
    }
    !is_told
}

/// A file in a volume that there may be a sentence about.
struct Candidate {
    path: String,
    is_surely_file: bool,
    is_example: bool,
}

/// Files in the volume that are worth a sentence: what commands write, the best first, then an example for every `subPath`.
fn files(volume: &Volume<'_>, uses: &[Seen<'_, '_>]) -> Vec<Candidate> {
    if volume.is_file() == Some(true) {
        return vec![Candidate { path: "/".to_owned(), is_surely_file: true, is_example: false }];
    }
    let mut written: Vec<(u8, String)> = uses.iter().flat_map(|used| written_through(*used, uses)).collect();
    written.sort_by_key(|(rank, _)| *rank);
    written.truncate(MAX_FILES);
    let mut places: Vec<_> = uses.iter().map(|(_, mount)| mount.place.as_ref()).collect();
    places.sort_unstable();
    places.dedup();
    let examples = places.into_iter().take(MAX_FILES).map(|place| example_in(volume, place));
    let named = written.into_iter().map(|(_, path)| Candidate { path, is_surely_file: true, is_example: false });
    named.chain(examples).collect()
}

/// The files that a container writes through a mount, by their paths in the volume, each with its rank.
fn written_through<'w>((container, mount): Seen<'w, '_>, uses: &[Seen<'w, '_>]) -> Vec<(u8, String)> {
    let process = container.process();
    let is_file = |path: &str, program: &str| *path != *mount.path && !OF_DIRECTORIES.contains(&program);
    let is_here = |path: &str| container.mount_of(path).is_some_and(|inner| inner.position == mount.position);
    let files = process.writes().filter(|used| used.is_exact && is_file(&used.path, &used.program) && is_here(&used.path));
    files.take(MAX_FILES).map(|used| (rank(process, &used.path, uses, mount), mount.in_volume(&used.path))).collect()
}

/// What somebody reads by its name is the best example, what is renamed at once, or kept aside under another name, the worst.
fn rank(writer: &Process<'_>, path: &str, uses: &[Seen<'_, '_>], mount: &Mount<'_>) -> u8 {
    let file = mount.in_volume(path);
    let reads = |(container, mount): &Seen<'_, '_>| {
        let is_same = |used: &str| lies_in(used, &mount.path) && mount.in_volume(used) == file;
        container.process().reads().any(|used| used.program != "mv" && is_same(&used.path))
    };
    let renames = |used: &FileUse| used.program == "mv" && used.path == path && !is_kept_aside(writer, used);
    let is_aside = || writer.reads().any(|used| is_copied(used) && used.path != path && is_rotated(&used.path, path));
    match () {
        () if writer.reads().any(renames) || is_aside() => 2,
        () if uses.iter().any(reads) => 0,
        () => 1,
    }
}

/// True if `source`, which is renamed, goes on under its old name: its new one is that with more behind it, as of a log that is
/// rotated.
fn is_kept_aside(writer: &Process<'_>, source: &FileUse) -> bool {
    writer.writes().any(|target| target.call == source.call && is_rotated(&source.path, &target.path))
}

fn is_copied(used: &FileUse) -> bool {
    matches!(&*used.program, "cp" | "mv")
}

/// True if `path` is that of the file at `live` with more behind it: `app.log.1`, `app.log-old`.
fn is_rotated(live: &str, path: &str) -> bool {
    path.strip_prefix(live).is_some_and(|more| more.starts_with(['.', '-', '_', '~']))
}

/// A file in `place`, which may be one itself if its name has an extension, or if the volume is a path of the node: the kubelet
/// makes a directory of a `subPath` that is missing.
fn example_in(volume: &Volume<'_>, place: &str) -> Candidate {
    let has_extension = base_name(place).find('.').is_some_and(|dot| dot > 0);
    let may_be_file = has_extension || (place == "/" && volume.is_file().is_none());
    if may_be_file {
        return Candidate { path: place.to_owned(), is_surely_file: volume.has_given_files(), is_example: false };
    }
    Candidate { path: format!("{}/{EXAMPLE}", place.trim_end_matches('/')), is_surely_file: true, is_example: true }
}

fn same_file(workload: &Workload<'_>, volume: &Volume<'_>, uses: &[Seen<'_, '_>], file: &Candidate) -> SameFile {
    let mut found: Vec<(u8, Seen<'_, '_>, String)> = Vec::new();
    for (container, mount) in uses {
        let Some(path) = path_of(&file.path, container, mount) else { continue };
        let may_write = may_write(volume, mount);
        let writes = may_write && container.process().writes().any(|used| used.path == path);
        let order = if writes { 0 } else { u8::from(!may_write) + 1 };
        found.push((order, (container, mount), path));
    }
    found.sort_by_key(|(order, ..)| *order);
    let omitted = found.len().saturating_sub(MAX_SAME_FILE_PLACES);
    let named = found.into_iter().take(MAX_SAME_FILE_PLACES);
    let places = named.map(|(_, (container, mount), path)| FilePlace {
        container: kept(container.name),
        mount: workload.mount_place(container, mount),
        path: kept(&path),
        may_write: may_write(volume, mount),
        ends_first: container.role == Role::Init,
    });
    SameFile {
        volume: kept(volume.name),
        volume_field: workload.volume_place(volume),
        is_surely_file: file.is_surely_file,
        is_example: file.is_example,
        places: places.collect(),
        omitted,
    }
}

fn may_write(volume: &Volume<'_>, mount: &Mount<'_>) -> bool {
    !mount.read_only && !volume.is_read_only()
}

/// The path in `container` of the file at `file` in the volume; `None` if its mount does not show it, or another one hides it.
fn path_of(file: &str, container: &Container<'_>, mount: &Mount<'_>) -> Option<String> {
    let place = mount.place.as_ref();
    let below = lies_in(file, place).then(|| &file[place.trim_end_matches('/').len()..])?;
    let path = normalized(&[mount.path.as_ref(), below].concat()).into_owned();
    container.mount_of(&path).is_some_and(|inner| inner.position == mount.position).then_some(path)
}

/// `text`, or the beginning of a long one.
fn kept(text: &str) -> String {
    let end = text.char_indices().nth(MAX_KEPT).map_or(text.len(), |(end, _)| end);
    text[..end].to_owned()
}

#[cfg(test)]
mod tests;

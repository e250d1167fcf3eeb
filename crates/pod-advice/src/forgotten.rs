//! Volumes that a container writes for and does not mount.

use crate::shell::{Call, FileUse};
use crate::workload::{Container, Mount, Volume, Workload, lies_in, text};

/// A file that a container writes where another one has a volume, which the writer does not mount.
pub(crate) struct Forgotten<'w, 'a> {
    pub(crate) used: &'w FileUse,
    pub(crate) volume: &'w Volume<'a>,
    /// A container that has the volume at that path, and its mount.
    pub(crate) reader: &'w Container<'a>,
    pub(crate) mount: &'w Mount<'a>,
}

/// What `writer` writes for an emptyDir of others, of which it is certain that none of them fills it.
pub(crate) fn forgotten<'w, 'a>(workload: &'w Workload<'a>, writer: &'w Container<'a>) -> Option<Forgotten<'w, 'a>> {
    let process = writer.process();
    let is_for_others = |used: &&FileUse| {
        used.program != "mkdir"
            && !is_of_everybody(&used.path)
            && writer.mount_of(&used.path).is_none()
            && !belongs_to_image(writer, used)
    };
    let mut written = process.writes().filter(is_for_others).take(MAX_FILES).peekable();
    written.peek()?;
    if !process.calls().enumerate().all(|(index, call)| only_makes_files(writer, index, call)) {
        return None;
    }
    written.find_map(|used| {
        let forgotten = workload.empty_dirs().filter(|volume| volume.uses.len() <= MAX_USES).find_map(|volume| {
            let mut uses = workload.uses(volume);
            let (reader, mount) = uses.find(|(_, mount)| is_below(used, mount))?;
            is_left_empty(workload, volume, writer, used, mount).then_some(Forgotten { used, volume, reader, mount })
        })?;
        let reads = process.reads().any(|read| lies_in(&read.path, &forgotten.mount.path));
        (!reads).then_some(forgotten)
    })
}

/// How many files outside of all mounts are looked at, and how many mounts of a volume.
const MAX_FILES: usize = 16;
const MAX_USES: usize = 64;

/// Directories in which every container has files of its own.
const OF_EVERYBODY: [&str; 4] = ["/dev", "/etc", "/proc", "/sys"];

/// True where every container has files of its own.
pub(crate) fn is_of_everybody(path: &str) -> bool {
    OF_EVERYBODY.iter().any(|directory| lies_in(path, directory))
}

/// True if `used` is a file below `mount`.
fn is_below(used: &FileUse, mount: &Mount<'_>) -> bool {
    lies_in(&used.path, &mount.path) && (used.is_exact || used.path.len() > mount.path.len())
}

/// True of a file in a directory that the image of `writer` brings or the container works in.
fn belongs_to_image(writer: &Container<'_>, used: &FileUse) -> bool {
    let known = writer.image.known.into_iter().flat_map(|known| known.content.iter().chain(known.data));
    let works_in = text(writer.value, "workingDir");
    known.copied().chain(works_in).any(|directory| lies_in(&used.path, directory))
}

/// Programs that leave the files alone which others write.
const HARMLESS: [&str; 7] = ["apk", "apt", "apt-get", "dnf", "env", "trap", "yum"];

/// True if `call` writes a file, or runs nothing that could want the files which the others write.
fn only_makes_files(container: &Container<'_>, index: usize, call: &Call) -> bool {
    call.makes_named_files_only()
        || HARMLESS.contains(&call.program())
        || container.process().writes().any(|used| used.call == index)
}

/// True if nobody who mounts `volume` is known to fill it, and one of them wants just the file `used`, or none of them may fill
/// it and its `mount` is at no place where programs keep files for themselves.
fn is_left_empty(
    workload: &Workload<'_>,
    volume: &Volume<'_>,
    writer: &Container<'_>,
    used: &FileUse,
    mount: &Mount<'_>,
) -> bool {
    let mut mounting = workload.uses(volume);
    if mounting.any(|(other, mount)| other.is(writer) || other.surely_writes(mount) || other.hook_writes(mount)) {
        return false;
    }
    let is_wanted =
        |other: &Container<'_>| used.is_exact && other.process().reads().any(|read| read.is_exact && read.path == used.path);
    !mount.is_scratch() && workload.uses(volume).all(|(other, mount)| only_reads(other, mount))
        || workload.uses(volume).any(|(other, mount)| is_below(used, mount) && is_wanted(other))
}

/// True if `container` does not write into `mount`, for all that is known.
fn only_reads(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    let serves = || container.image.known.is_some_and(|known| known.content.contains(&&*mount.path));
    mount.read_only || serves() || container.process().makes_known_files_only()
}

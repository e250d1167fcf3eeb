//! Files and directories that root makes in a volume, and that another user is to write.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::{Access, Call, FileUse};
use crate::workload::{FileInVolume, lies_in};

/// A file that somebody is to write and may not, as root has made it or the directory that it is in.
pub(super) struct Closed<'w, 'a> {
    pub(super) maker: &'w Container<'a>,
    pub(super) writer: &'w Container<'a>,
    /// Who the writer is.
    pub(super) user: i64,
    /// The file that it cannot write.
    pub(super) file: &'w str,
    /// True if root has made the file itself.
    pub(super) is_file: bool,
    /// The position of the volume.
    pub(super) volume: usize,
}

/// The first such file of each container that writes one. None where anything may change who may write.
pub(super) fn closed_files<'w, 'a>(workload: &'w Workload<'a>) -> Vec<Closed<'w, 'a>> {
    let is_opening = |call: &Call| {
        let of_input = call.program() == "xargs" && call.operands().any(|word| OPENING.contains(&&*word.text));
        of_input || OPENING.contains(&call.program())
    };
    let opens = |container: &Container<'_>| container.process().calls().any(is_opening);
    if workload.shared().next().is_none() || workload.containers.iter().any(opens) {
        return Vec::new();
    }
    let made = made_by_root(workload);
    workload.containers.iter().filter_map(|writer| closed_to(workload, writer, &made)).collect()
}

/// Programs that may give a file to others, or make it for them.
const OPENING: [&str; 5] = ["chmod", "chown", "install", "setfacl", "umask"];

/// Programs that put a file of their own in the place of one that is there, for which its directory counts.
const REPLACING: [&str; 9] = ["cp", "git", "ln", "mkdir", "mv", "rsync", "sed", "tar", "unzip"];

/// Programs that may keep the owner and the mode of what they copy.
const KEEPING: [&str; 6] = ["cp", "ln", "mv", "rsync", "tar", "unzip"];

/// Who is the first to make each directory and each file of a volume.
type Made<'w, 'a> = HashMap<FileInVolume, &'w Container<'a>>;

fn made_by_root<'w, 'a>(workload: &'w Workload<'a>) -> Made<'w, 'a> {
    let mut made = HashMap::new();
    let says_mode = |call: &Call| call.program() == "mkdir" && call.has_option(&["-m", "--mode"]);
    let makes_closed =
        |container: &&Container<'_>| container.known_user() == Some(0) && !container.process().calls().any(says_mode);
    for container in workload.containers.iter().filter(makes_closed) {
        for used in container.process().writes().filter(|used| used.is_exact && stays_of(container, used)) {
            let Some(mount) = container.mount_of(&used.path) else { continue };
            let path = used.path.trim_end_matches('/');
            if let Some(volume) = mount.volume.filter(|_| path != mount.path) {
                made.entry((volume, mount.in_volume(path))).or_insert(container);
            }
        }
    }
    made
}

/// True of a directory that `container` makes, and of a file that it is sure to make before others start and leaves there.
fn stays_of(container: &Container<'_>, used: &FileUse) -> bool {
    let is_sure = container.role == Role::Init && !used.when.guarded && !KEEPING.contains(&&*used.program);
    used.program == "mkdir" || is_sure && !takes_away(container, &used.path)
}

/// True if `container` removes the file at `path`, or moves it.
fn takes_away(container: &Container<'_>, path: &str) -> bool {
    let takes = |used: &FileUse| used.access == Access::Remove || used.access == Access::Read && used.program == "mv";
    container.process().reading.files.iter().any(|used| takes(used) && lies_in(path, used.path.trim_end_matches('/')))
}

fn closed_to<'w, 'a>(workload: &'w Workload<'a>, writer: &'w Container<'a>, made: &Made<'w, 'a>) -> Option<Closed<'w, 'a>> {
    let user = writer.known_user().filter(|user| *user != 0)?;
    writer.process().writes().filter(|used| used.is_exact && !used.when.guarded).find_map(|used| {
        let mount = writer.mount_of(&used.path)?;
        let volume = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some())?;
        let made_at = |path: &str| made.get(&(volume, mount.in_volume(path))).copied();
        let is_opened = !REPLACING.contains(&&*used.program);
        let file = is_opened.then(|| made_at(&used.path)).flatten().filter(|_| !takes_away(writer, &used.path));
        let maker = file.or_else(|| made_at(used.path.trim_end_matches('/').rsplit_once('/')?.0))?;
        let is_earlier = maker.role != Role::Init || maker.starts_before(writer);
        is_earlier.then_some(Closed { maker, writer, user, file: &used.path, is_file: file.is_some(), volume })
    })
}

//! Directories that root makes in a volume, and into which another user is to write.

use std::collections::HashMap;

use crate::rule::prelude::*;
use crate::shell::Call;
use crate::workload::FileInVolume;

/// A directory that is closed to somebody who writes into it.
pub(super) struct ClosedDirectory<'w, 'a> {
    pub(super) maker: &'w Container<'a>,
    pub(super) writer: &'w Container<'a>,
    /// Who the writer is.
    pub(super) user: i64,
    /// The file that it cannot write.
    pub(super) file: &'w str,
    /// The position of the volume.
    pub(super) volume: usize,
}

/// The first such directory of each container that writes into one. None where anything may change who may write.
pub(super) fn closed_directories<'w, 'a>(workload: &'w Workload<'a>) -> Vec<ClosedDirectory<'w, 'a>> {
    let opens = |container: &Container<'_>| container.process().calls().any(|call| OPENING.contains(&call.program()));
    if workload.shared().next().is_none() || workload.containers.iter().any(opens) {
        return Vec::new();
    }
    let made = made_by_root(workload);
    workload.containers.iter().filter_map(|writer| closed_to(workload, writer, &made)).collect()
}

/// Programs that may give a directory to others, or make it for them.
const OPENING: [&str; 5] = ["chmod", "chown", "install", "setfacl", "umask"];

/// Who is the first to make each directory of a volume.
type Made<'w, 'a> = HashMap<FileInVolume, &'w Container<'a>>;

fn made_by_root<'w, 'a>(workload: &'w Workload<'a>) -> Made<'w, 'a> {
    let mut made = HashMap::new();
    let says_mode = |call: &Call| call.program() == "mkdir" && call.has_option(&["-m", "--mode"]);
    let makes_closed =
        |container: &&Container<'_>| container.known_user() == Some(0) && !container.process().calls().any(says_mode);
    for container in workload.containers.iter().filter(makes_closed) {
        for used in container.process().writes().filter(|used| used.is_exact && used.program == "mkdir") {
            let Some(mount) = container.mount_of(&used.path) else { continue };
            let path = used.path.trim_end_matches('/');
            if let Some(volume) = mount.volume.filter(|_| path != mount.path) {
                made.entry((volume, mount.in_volume(path))).or_insert(container);
            }
        }
    }
    made
}

fn closed_to<'w, 'a>(
    workload: &'w Workload<'a>,
    writer: &'w Container<'a>,
    made: &Made<'w, 'a>,
) -> Option<ClosedDirectory<'w, 'a>> {
    let user = writer.known_user().filter(|user| *user != 0)?;
    writer.process().writes().filter(|used| used.is_exact && !used.when.guarded).find_map(|used| {
        let mount = writer.mount_of(&used.path)?;
        let volume = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some())?;
        let directory = used.path.trim_end_matches('/').rsplit_once('/')?.0;
        let maker = *made.get(&(volume, mount.in_volume(directory)))?;
        let is_earlier = maker.role != Role::Init || maker.starts_before(writer);
        is_earlier.then_some(ClosedDirectory { maker, writer, user, file: &used.path, volume })
    })
}

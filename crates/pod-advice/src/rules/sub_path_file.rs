//! A subPath of an emptyDir is named like a file that nobody has made before.

use crate::rule::prelude::*;
use crate::shell::{Access, base_name};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("sub-path-file"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A subPath of an emptyDir is named like a file that nobody has made before.",
    page: include_str!("sub_path_file.md"),
    check,
};

/// Endings of files that programs read, in order.
const ENDINGS: [&str; 44] = [
    "cer",
    "cfg",
    "cnf",
    "conf",
    "crt",
    "css",
    "csv",
    "db",
    "env",
    "gz",
    "htm",
    "html",
    "ini",
    "jar",
    "jks",
    "js",
    "json",
    "key",
    "lock",
    "log",
    "md",
    "p12",
    "pem",
    "php",
    "pid",
    "pl",
    "properties",
    "py",
    "rb",
    "sh",
    "sock",
    "sql",
    "sqlite",
    "sqlite3",
    "tar",
    "tgz",
    "toml",
    "ts",
    "txt",
    "war",
    "xml",
    "yaml",
    "yml",
    "zip",
];

/// Files that programs read and whose names have no ending.
const NAMES: [&str; 8] = [".env", ".htaccess", ".htpasswd", ".netrc", ".npmrc", ".pgpass", "authorized_keys", "known_hosts"];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let Some(sub_path) = mount.sub_path.filter(|_| is_made_directory(workload, container, mount, volume)) else {
                continue;
            };
            let (file, name) = (quoted(sub_path), quoted(container.name));
            let message = if workload.is_written_by_others(volume, container, mount) {
                format!(
                    "Where {file} is not there yet when {name} starts, the kubelet makes a directory of that name, and no file."
                )
            } else {
                format!("{file} is not there when {name} starts, so the kubelet makes a directory of that name, and no file.")
            };
            let hint = "Make the file in an init container before, or mount the directory that it is in.";
            found.say(workload.mount_place(container, mount).entry(mount.sub_path_field()), message, hint);
        }
    }
}

/// True if `mount` of `container` shows a directory where a file is meant, which nobody has made before.
pub(super) fn is_made_directory(
    workload: &Workload<'_>,
    container: &Container<'_>,
    mount: &Mount<'_>,
    volume: &Volume<'_>,
) -> bool {
    mount.sub_path.is_some_and(is_file_name)
        && mount.has_known_place()
        && !workload.uses(volume).any(|(other, used)| may_make(container, mount, other, used))
}

fn is_file_name(path: &str) -> bool {
    if NAMES.contains(&base_name(path)) {
        return true;
    }
    let ending = base_name(path).rsplit_once('.').filter(|(name, _)| !name.is_empty()).map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.binary_search(&ending).is_ok())
}

/// True if `other` runs before `container` and may make the file of `mount` through its own mount, `used`.
fn may_make(container: &Container<'_>, mount: &Mount<'_>, other: &Container<'_>, used: &Mount<'_>) -> bool {
    // A mount of the same name shows the directory that has been made for it.
    let is_outside = used.place != mount.place && lies_in(&mount.place, &used.place);
    let is_known = || other.process().makes_known_files_only();
    other.starts_before(container) && !used.read_only && is_outside && (!is_known() || makes(other, mount, used))
}

fn makes(other: &Container<'_>, mount: &Mount<'_>, used: &Mount<'_>) -> bool {
    let files = other.process().reading.files.iter();
    let mut written =
        files.filter(|file| matches!(file.access, Access::Write | Access::Append) && lies_in(&file.path, &used.path));
    written.any(|file| {
        let place = used.in_volume(&file.path);
        !file.is_exact || lies_in(&mount.place, &place) && (file.program != "mkdir" || place != *mount.place)
    })
}

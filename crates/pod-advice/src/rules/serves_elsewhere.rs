//! A web server has a shared volume, but not where it serves files from.

use std::collections::HashMap;

use super::disk_unbounded::is_for_logs;
use crate::rule::prelude::*;
use crate::shell::{FileUse, base_name};
use crate::workload::lies_in;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("serves-elsewhere"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A web server has a shared volume, but not where it serves files from.",
    page: include_str!("serves_elsewhere.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let mut known_to_hold: HashMap<usize, bool> = HashMap::new();
    for container in workload.apps().filter(|container| !container.has_command() && container.hook().is_none()) {
        let Some(known) = container.image.known.filter(|known| known.is_server && known.ports.contains(&80)) else { continue };
        let Some(content) = known.content.first() else { continue };
        let is_known = |mount: &Mount<'_>| {
            let mut places = known.content.iter().chain(known.log_links).chain(known.scratch);
            mount.sub_path.is_some() || places.any(|place| lies_in(place, &mount.path) || lies_in(&mount.path, place))
        };
        if container.mounts.iter().any(is_known) {
            continue;
        }
        // A colon stands before what Docker takes as options, of which `mount-path-options` tells.
        let is_plain = |mount: &Mount<'_>| !mount.path.contains(':') && !is_for_logs(&mount.path);
        let may_hold = |volume: &Volume<'_>| volume.is_shared() && !is_for_logs(volume.name);
        let mut shared = workload.empty_dir_mounts(container).filter(|(mount, volume)| may_hold(volume) && is_plain(mount));
        let of_pages = shared.find(|(mount, volume)| {
            is_for_pages(&mount.path) || *known_to_hold.entry(volume.position).or_insert_with(|| holds_pages(workload, volume))
        });
        let Some((mount, volume)) = of_pages else { continue };
        let place = workload.mount_place(container, mount).entry("mountPath");
        let message = format!(
            "{} serves {}, not {}, where {} is mounted.",
            quoted(container.name),
            quoted(content),
            quoted(&mount.path),
            quoted(volume.name)
        );
        let changes = vec![Change::Set(place.clone(), (*content).into())];
        let finding = found.say(place, message, "Mount it at the directory that the server serves.");
        // An empty volume there would hide what the image has.
        let has_files = workload.other_writers(volume, container, mount).any(|(other, used)| other.may_fill(used));
        finding.fix = has_files.then(|| Fix::guess(format!("Mount it at {content}"), changes));
    }
}

/// Endings of files that are there to be served.
const PAGES: [&str; 14] = ["css", "gif", "htm", "html", "ico", "jpg", "js", "json", "php", "png", "svg", "txt", "wasm", "xml"];

/// Words of paths and volumes that say that files are there to be served.
const NAMES: [&str; 11] = ["content", "htdocs", "html", "page", "pages", "public", "site", "srv", "static", "web", "www"];

/// How many mounts of a volume, and how many files that are written there, are looked at.
const MAX_LOOKED_AT: usize = 64;

/// True if `volume` holds what a web server hands out: by its name, by where it is mounted to be written, or by the files that
/// are written into it.
fn holds_pages(workload: &Workload<'_>, volume: &Volume<'_>) -> bool {
    let is_page = |file: &FileUse| {
        let ending = base_name(&file.path).rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| PAGES.contains(&ending)) || is_for_pages(&file.path)
    };
    let mut writers = workload.uses(volume).filter(|(_, mount)| !mount.read_only).take(MAX_LOOKED_AT);
    is_for_pages(volume.name)
        || writers.any(|(container, mount)| {
            let mut files = container.process().writes().filter(|file| lies_in(&file.path, &mount.path)).take(MAX_LOOKED_AT);
            is_for_pages(&mount.path) || files.any(is_page)
        })
}

/// True of a name with a word that says so: `/site`, `web-content`, not `/opposite`.
fn is_for_pages(name: &str) -> bool {
    name.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| NAMES.contains(&word))
}

//! A web server has a shared volume, but not where it serves files from.

use crate::rule::prelude::*;
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
    for container in workload.apps().filter(|container| !container.has_command()) {
        let Some(known) = container.image.known.filter(|known| known.is_server && known.ports.contains(&80)) else { continue };
        let Some(content) = known.content.first() else { continue };
        let is_known = |mount: &Mount<'_>| {
            let mut places = known.content.iter().chain(known.log_links).chain(known.scratch);
            mount.sub_path.is_some() || places.any(|place| lies_in(place, &mount.path) || lies_in(&mount.path, place))
        };
        if container.mounts.iter().any(is_known) {
            continue;
        }
        let Some((mount, volume)) = workload.empty_dir_mounts(container).find(|(_, volume)| volume.is_shared()) else { continue };
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
        let has_files = workload.is_written_by_others(volume, container);
        finding.fix = has_files.then(|| Fix::guess(format!("Mount it at {content}"), changes));
    }
}

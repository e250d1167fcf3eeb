//! Two containers write the same file.

use std::collections::HashMap;

use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("same-file-twice"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "Two containers write the same file.",
    page: include_str!("same_file_twice.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let mut written: HashMap<(usize, String), &Container<'_>> = HashMap::new();
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        for used in
            container.process().writes().filter(|used| used.is_exact && !matches!(&*used.program, "mkdir" | "touch" | "mkfifo"))
        {
            let Some(mount) = container.mount_of(&used.path).filter(|mount| mount.path != used.path) else { continue };
            let Some(volume) = mount.volume.filter(|volume| workload.volumes[*volume].empty_dir().is_some()) else { continue };
            let first = *written.entry((volume, mount.in_volume(&used.path))).or_insert(container);
            if first.is(container) {
                continue;
            }
            let message =
                format!("{} and {} both write {}, in no order.", quoted(first.name), quoted(container.name), quoted(&used.path));
            found.say(workload.place(container), message, "Give each a file of its own.");
            break;
        }
    }
}

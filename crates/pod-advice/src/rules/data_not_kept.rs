//! A database keeps its files in a volume that goes with the Pod.

use crate::rule::prelude::*;
use crate::shell::with_values;
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("data-not-kept"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A database keeps its files in a volume that goes with the Pod.",
    page: include_str!("data_not_kept.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let data = data_of(container);
        for (mount, volume) in workload.empty_dir_mounts(container) {
            let is_own =
                |mount: &Mount<'_>, data: &str| container.mount_of(data).is_some_and(|own| own.position == mount.position);
            if !data.iter().any(|data| is_own(mount, data)) {
                continue;
            }
            let message = format!("What {} stores in {} is gone when the Pod is.", quoted(container.name), quoted(volume.name));
            let hint = "Use a PersistentVolumeClaim, or the `volumeClaimTemplates` of a StatefulSet.";
            found.say(workload.mount_place(container, mount), message, hint);
        }
    }
}

/// Where the database in `container` keeps its files: where it is told to, or where its image does.
fn data_of<'c>(container: &'c Container<'_>) -> Vec<&'c str> {
    let Some(known) = container.image.known.filter(|known| !known.data.is_empty()) else { return Vec::new() };
    let told = told_by_variable(container).or_else(|| told_by_option(container));
    told.map_or_else(|| known.data.to_vec(), |directory| vec![directory])
}

/// Variables that name the directory: of `PostgreSQL` and the images of Bitnami.
const VARIABLES: [&str; 4] = ["PGDATA", "POSTGRESQL_DATA_DIR", "MYSQL_DATA_DIR", "MONGODB_DATA_DIR"];

fn told_by_variable<'c>(container: &'c Container<'_>) -> Option<&'c str> {
    let mut variables = list(container.value, "env");
    variables.find_map(|(_, variable)| {
        let is_named = text(variable, "name").is_some_and(|name| VARIABLES.contains(&name));
        text(variable, "value").filter(|value| is_named && value.starts_with('/'))
    })
}

/// Options that do so: of `MySQL` and `MongoDB`.
const OPTIONS: [&str; 2] = ["--datadir", "--dbpath"];

fn told_by_option<'c>(container: &'c Container<'_>) -> Option<&'c str> {
    let items = ["command", "args"].into_iter().flat_map(|field| list(container.value, field));
    let words: Vec<_> = items.filter_map(|(_, item)| item.as_str()).collect();
    let told = with_values(&words).find(|(option, _)| OPTIONS.contains(option));
    told.map(|(_, value)| value).filter(|value| value.starts_with('/'))
}

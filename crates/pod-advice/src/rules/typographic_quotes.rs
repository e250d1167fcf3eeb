//! A value stands in typographic quotes, which are a part of it.

use crate::rule::prelude::*;
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("typographic-quotes"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A value stands in typographic quotes, which are a part of it.",
    page: include_str!("typographic_quotes.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let place = workload.place(container);
        let mut values: Vec<(Path, &str)> = Vec::new();
        values.extend(
            ["name", "image", "workingDir"].iter().filter_map(|field| Some((place.entry(*field), text(container.value, field)?))),
        );
        for field in ["command", "args"] {
            values.extend(
                list(container.value, field).filter_map(|(index, item)| Some((place.entry(field).index(index), item.as_str()?))),
            );
        }
        for mount in &container.mounts {
            let place = workload.mount_place(container, mount);
            values.extend([(place.entry("name"), mount.name), (place.entry("mountPath"), mount.written)]);
        }
        say(values, found);
    }
    let name = |volume: &Volume<'_>| workload.volume_place(volume).entry("name");
    say(workload.volumes.iter().map(|volume| (name(volume), volume.name)).collect(), found);
}

const QUOTES: [char; 7] = ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'];

fn say(values: Vec<(Path, &str)>, found: &mut Found<'_>) {
    for (place, value) in values.into_iter().filter(|(_, value)| value.starts_with(QUOTES) && value.ends_with(QUOTES)) {
        let message = format!("The quotes of {} are a part of the value: YAML knows only straight ones.", quoted(value));
        let plain = value.trim_matches(QUOTES);
        let changes = vec![Change::Set(place.clone(), plain.into())];
        found.say(place, message, "Write straight quotes, or none.").fix = Some(Fix::safe("Take the quotes away", changes));
    }
}

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
        let place = || workload.place(container);
        let texts = [
            ("name", Some(container.name)),
            ("image", Some(container.image.written)),
            ("workingDir", text(container.value, "workingDir")),
        ];
        for (field, text) in texts {
            say(text, || place().entry(field), found);
        }
        for field in ["command", "args"] {
            for (index, item) in list(container.value, field) {
                say(item.as_str(), || place().entry(field).index(index), found);
            }
        }
        for mount in &container.mounts {
            let place = || workload.mount_place(container, mount);
            say(Some(mount.name), || place().entry("name"), found);
            say(Some(mount.written), || place().entry("mountPath"), found);
        }
    }
    for volume in &workload.volumes {
        say(Some(volume.name), || workload.volume_place(volume).entry("name"), found);
    }
}

/// The first bytes of [`QUOTES`].
const FIRST_BYTES: [u8; 2] = [0xc2, 0xe2];

const QUOTES: [char; 9] =
    ['\u{ab}', '\u{bb}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'];

/// True of a value that begins and ends with typographic quotes.
pub(super) fn is_quoted(value: &str) -> bool {
    value.as_bytes().first().is_some_and(|byte| FIRST_BYTES.contains(byte))
        && value.starts_with(QUOTES)
        && value.ends_with(QUOTES)
}

fn say(value: Option<&str>, place: impl Fn() -> Path, found: &mut Found<'_>) {
    let Some(value) = value.filter(|value| is_quoted(value)) else { return };
    let message = format!("The quotes of {} are a part of the value: YAML knows only straight ones.", quoted(value));
    let changes = vec![Change::Set(place(), value.trim_matches(QUOTES).into())];
    let finding = found.say(place(), message, "Write straight quotes, or none.");
    finding.fix = Some(Fix::safe("Take the quotes away", changes));
}

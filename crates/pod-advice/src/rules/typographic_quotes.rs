//! A value stands in typographic quotes, which are a part of it.

use kube_dry_run::Finding;

use crate::quotes::{is_quote, unquoted};
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

/// Names in such quotes are not looked at: the server refuses them itself.
fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let place = || workload.place(container);
        let texts = [("image", Some(container.image.written)), ("workingDir", text(container.value, "workingDir"))];
        for (field, text) in texts {
            say(text, || place().entry(field), found);
        }
        for field in ["command", "args"] {
            for (index, item) in list(container.value, field) {
                say(item.as_str(), || place().entry(field).index(index), found);
            }
        }
        for (index, variable) in list(container.value, "env") {
            let place = || place().entry("env").index(index);
            let value = text(variable, "value").filter(|value| is_in_quotes(value));
            if let Some(finding) = say(value, || place().entry("value"), found) {
                (finding.severity, finding.stage) = (Severity::Warning, Stage::Shares);
                finding.fix.iter_mut().for_each(|fix| fix.is_safe = false);
            }
        }
        for mount in &container.mounts {
            let place = || workload.mount_place(container, mount);
            say(Some(mount.written), || place().entry("mountPath"), found);
            say(mount.sub_path, || place().entry(mount.sub_path_field()), found);
        }
    }
}

/// True of a text that stands in quotes as a whole, and is none in which somebody is quoted.
fn is_in_quotes(value: &str) -> bool {
    unquoted(value).is_some_and(|inner| !inner.contains(is_quote))
}

fn say<'f>(value: Option<&str>, place: impl Fn() -> Path, found: &'f mut Found<'_>) -> Option<&'f mut Finding> {
    let (value, unquoted) = value.and_then(|value| Some((value, unquoted(value)?)))?;
    let message = format!("The quotes of {} are a part of the value: YAML knows only straight ones.", quoted(value));
    let changes = vec![Change::Set(place(), unquoted.into())];
    let finding = found.say(place(), message, "Write straight quotes, or none.");
    finding.fix = Some(Fix::safe("Take the quotes away", changes));
    Some(finding)
}

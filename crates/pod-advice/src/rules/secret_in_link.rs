//! A variable looks like a credential that stands in the manifest.

use crate::rule::prelude::*;
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("secret-in-link"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A variable looks like a credential that stands in the manifest.",
    page: include_str!("secret_in_link.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        for (index, variable) in list(container.value, "env") {
            let (Some(name), Some(value)) = (text(variable, "name"), text(variable, "value")) else { continue };
            if !(is_credential(value) || has_name_of_credential(name) && may_be_credential(value)) {
                continue;
            }
            let place = workload.place(container).entry("env").index(index);
            let message =
                format!("{} looks like a credential: whoever has this manifest, or a link to it, can read it.", quoted(name));
            let finding =
                found.say(place.entry("value"), message, "Keep it in a Secret and name that with `valueFrom.secretKeyRef`.");
            let key = name.to_ascii_lowercase().replace('_', "-");
            let reference = json!({"secretKeyRef": {"name": "credentials", "key": key}});
            let changes = vec![Change::Remove(place.entry("value")), Change::Set(place.entry("valueFrom"), reference)];
            let is_plain = name.len() < 200 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            finding.fix = is_plain.then(|| Fix::guess("Take it from the Secret credentials", changes));
        }
    }
}

const NAMES: [&str; 9] =
    ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ACCESS_KEY", "CREDENTIAL"];

/// Names of where a credential is, or of what is done with it.
const OTHER_ENDS: [&str; 14] = [
    "_FILE",
    "_PATH",
    "_DIR",
    "_NAME",
    "_URL",
    "_URI",
    "_TTL",
    "_TYPE",
    "_HEADER",
    "_LENGTH",
    "_ENABLED",
    "_EXPIRATION",
    "_ISSUER",
    "_ARN",
];

fn has_name_of_credential(name: &str) -> bool {
    let name = name.get(..name.len().min(200)).unwrap_or_default().to_ascii_uppercase();
    let is_about = OTHER_ENDS.iter().any(|end| name.ends_with(end)) || name.contains("ALLOW_EMPTY") || name.contains("RANDOM");
    !is_about && NAMES.iter().any(|part| name.contains(part))
}

fn may_be_credential(value: &str) -> bool {
    let is_other = value.starts_with(['/', '$', '<', '{']) || value.contains("$(") || value.contains("://");
    let is_switch = matches!(value.to_ascii_lowercase().as_str(), "" | "true" | "false" | "yes" | "no" | "none" | "null");
    let is_number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    !is_other && !is_switch && !is_number
}

/// True of what is a credential by its form.
fn is_credential(value: &str) -> bool {
    let begins = ["-----BEGIN ", "AKIA", "ghp_", "github_pat_", "glpat-", "xoxb-", "sk_live_"];
    begins.iter().any(|start| value.starts_with(start)) && value.len() >= 20 || has_password_in_address(value)
}

fn has_password_in_address(value: &str) -> bool {
    let Some((_, rest)) = value.split_once("://") else { return false };
    let authority = rest.split(['/', '?', ' ']).next().unwrap_or_default();
    let password = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).map(|(_, password)| password);
    password.is_some_and(|password| !password.is_empty() && !password.starts_with(['$', '<', '{']))
}

//! How the containers of a Pod find names.
//!
//! Follows `validatePodDNSConfig` in `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{PodDNSConfig, PodSpec};
use serde_json::json;

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::{ip_address, names};
use super::{list, text};

const MOST_NAME_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 32;
const LONGEST_SEARCHES: usize = 2048;

/// The `dnsConfig` at `path`, which the policy `None` requires.
pub(super) fn config(errors: &mut Errors, spec: &PodSpec, path: &FieldPath<'_>) {
    let is_alone = spec.dns_policy.as_deref() == Some("None");
    let Some(config) = &spec.dns_config else {
        if is_alone {
            errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
        }
        return;
    };
    let servers = list(config.nameservers.as_ref());
    let servers_path = &path.field("nameservers");
    if is_alone && servers.is_empty() {
        errors.required(servers_path, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
    }
    if servers.len() > MOST_NAME_SERVERS {
        errors.invalid(servers_path, json!(servers), "must not have more than 3 nameservers");
    }
    for (index, server) in servers.iter().enumerate() {
        ip_address::validate(errors, server, &servers_path.index(index));
    }
    searches(errors, config, &path.field("searches"));
    for (index, option) in list(config.options.as_ref()).iter().enumerate() {
        if text(option.name.as_ref()).is_empty() {
            errors.required(&path.field("options").index(index), "must not be empty");
        }
    }
}

fn searches(errors: &mut Errors, config: &PodDNSConfig, path: &FieldPath<'_>) {
    let searches = list(config.searches.as_ref());
    if searches.len() > MOST_SEARCHES {
        errors.invalid(path, json!(searches), "must not have more than 32 search paths");
    }
    let together = searches.iter().map(|search| search.len() + 1).sum::<usize>().saturating_sub(1);
    if together > LONGEST_SEARCHES {
        let detail = "must not have more than 2048 characters (including spaces) in the search list";
        errors.invalid(path, json!(searches), detail);
    }
    for (index, search) in searches.iter().enumerate().filter(|(_, search)| *search != ".") {
        let search = search.strip_suffix('.').unwrap_or(search);
        errors.invalid_each(&path.index(index), search, &names::dns_subdomain_with_underscore(search));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let mut spec = spec;
        spec["containers"] = json!([]);
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        let mut errors = Errors::default();
        config(&mut errors, &spec, &ROOT.field("d"));
        errors.into_vec().into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn the_policy_none_needs_a_server() {
        let detail = "when `dnsPolicy` is None";
        assert_eq!(messages(json!({"dnsPolicy": "None"})), [format!("d: Required value: must provide `dnsConfig` {detail}")]);
        assert_eq!(
            messages(json!({"dnsPolicy": "None", "dnsConfig": {}})),
            [format!("d.nameservers: Required value: must provide at least one DNS nameserver {detail}")]
        );
    }

    #[test]
    fn servers_searches_and_options_are_bounded() {
        let config = json!({
            "nameservers": ["1.1.1.1", "8.8.8.8", "9.9.9.9", "::1"],
            "searches": [".", "_tcp.example.com."],
            "options": [{"value": "2"}],
        });
        assert_eq!(
            messages(json!({"dnsConfig": config})),
            [
                r#"d.nameservers: Invalid value: ["1.1.1.1","8.8.8.8","9.9.9.9","::1"]: must not have more than 3 nameservers"#,
                "d.options[0]: Required value: must not be empty",
            ]
        );
    }
}

//! How the containers of a Pod find names.
//!
//! Follows `validatePodDNSConfig` in `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{PodDNSConfig, PodSpec};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::{ip_address, names};
use super::{list, text};

const MAX_NAME_SERVERS: usize = 3;
const MAX_SEARCHES: usize = 32;
const MAX_SEARCHES_LENGTH: usize = 2048;

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
    if servers.len() > MAX_NAME_SERVERS {
        errors.invalid(servers_path, Bad::json(&servers), "must not have more than 3 nameservers");
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
    if searches.len() > MAX_SEARCHES {
        errors.invalid(path, Bad::json(&searches), "must not have more than 32 search paths");
    }
    let together = searches.iter().map(|search| search.len() + 1).sum::<usize>().saturating_sub(1);
    if together > MAX_SEARCHES_LENGTH {
        let detail = "must not have more than 2048 characters (including spaces) in the search list";
        errors.invalid(path, Bad::json(&searches), detail);
    }
    for (index, search) in searches.iter().enumerate().filter(|(_, search)| *search != ".") {
        let search = search.strip_suffix('.').unwrap_or(search);
        errors.invalid_each(&path.index(index), search, &names::dns_subdomain_with_underscore(search));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(spec: Value) -> Vec<String> {
        let mut spec = spec;
        spec["containers"] = json!([]);
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        testing::messages(|errors| config(errors, &spec, &ROOT.field("d")))
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn the_policy_none_is_content_with_one_server() {
        assert_eq!(messages(json!({"dnsPolicy": "None", "dnsConfig": {"nameservers": ["1.1.1.1"]}})), NONE);
        assert_eq!(messages(json!({"dnsPolicy": "Default", "dnsConfig": {}})), NONE);
        assert_eq!(messages(json!({"dnsPolicy": "Default"})), NONE);
    }

    #[test]
    fn three_servers_are_addresses() {
        let of = |servers: &[&str]| messages(json!({"dnsConfig": {"nameservers": servers}}));
        assert_eq!(of(&["1.1.1.1", "::1", "010.0.0.1"]), NONE);
        assert_eq!(
            of(&["1.1.1.1", "dns"]),
            [r#"d.nameservers[1]: Invalid value: "dns": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"#]
        );
    }

    #[test]
    fn at_most_32_domains_are_searched() {
        let of = |count: usize| messages(json!({"dnsConfig": {"searches": vec!["a"; count]}}));
        assert_eq!(of(32), NONE);
        let all = vec![r#""a""#; 33].join(",");
        assert_eq!(of(33), [format!("d.searches: Invalid value: [{all}]: must not have more than 32 search paths")]);
    }

    #[test]
    fn the_search_list_has_at_most_2048_characters() {
        let label = "a".repeat(63);
        let long = [&label[..], &label, &label, &label[..58]].join(".");
        let of = |last: usize| {
            let mut searches = vec![long.clone(); 8];
            searches.push("b".repeat(last));
            messages(json!({"dnsConfig": {"searches": searches}}))
        };
        assert_eq!(long.len(), 250);
        assert_eq!(of(40), NONE);
        let found = of(41);
        let detail = "must not have more than 2048 characters (including spaces) in the search list";
        assert!(found.len() == 1 && found[0].starts_with("d.searches: Invalid value: [\"aaa") && found[0].ends_with(detail));
    }

    #[test]
    fn searches_are_domains() {
        let of = |search: &str| messages(json!({"dnsConfig": {"searches": [search]}}));
        for good in [".", "a.b", "a.b.", "_tcp.a_b"] {
            assert_eq!(of(good), NONE, "{good}");
        }
        for (bad, shown) in [("A", "A"), ("a..", "a."), ("", "")] {
            let beginning = format!(
                "d.searches[0]: Invalid value: {shown:?}: a lowercase RFC 1123 subdomain must consist of lower case \
                                     alphanumeric characters, '_', '-' or '.'"
            );
            assert!(of(bad)[0].starts_with(&beginning), "{bad}");
        }
    }

    #[test]
    fn an_option_has_a_name() {
        let of = |option: Value| messages(json!({"dnsConfig": {"options": [option]}}));
        assert_eq!(of(json!({"name": "ndots", "value": "2"})), NONE);
        for bad in [json!({}), json!({"name": ""})] {
            assert_eq!(of(bad), ["d.options[0]: Required value: must not be empty"]);
        }
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

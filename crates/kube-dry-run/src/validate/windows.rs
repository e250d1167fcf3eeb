//! What a security context says to Windows.
//!
//! Follows `validateWindowsSecurityContextOptions` and `validateWindowsHostProcessPod` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{SecurityContext, WindowsSecurityContextOptions};

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;
use super::super::names;
use super::scope::Scope;

/// How long a group managed service account's credential specification may be.
const MAX_CREDENTIAL_LENGTH: usize = 64 * 1024;
const DOMAIN_LIMIT: usize = 256;
const MAX_USER_LENGTH: usize = 104;
const MAX_NET_BIOS_LENGTH: usize = 15;

/// The `windowsOptions` of a Pod or of a container.
pub(super) fn options(errors: &mut Errors, options: Option<&WindowsSecurityContextOptions>, path: &FieldPath<'_>) {
    let Some(options) = options else { return };
    if let Some(name) = &options.gmsa_credential_spec_name {
        for reason in names::dns_subdomain(name) {
            errors.invalid(&path.field("gmsaCredentialSpecName"), Bad::Typed(name), reason);
        }
    }
    if let Some(credential) = &options.gmsa_credential_spec {
        let path = &path.field("gmsaCredentialSpec");
        if credential.is_empty() {
            errors.invalid(path, Bad::Typed(credential), "gmsaCredentialSpec cannot be an empty string");
        } else if credential.len() > MAX_CREDENTIAL_LENGTH {
            errors.invalid(path, Bad::Typed(credential), "gmsaCredentialSpec size must be under 64 KiB");
        }
    }
    if let Some(name) = &options.run_as_user_name {
        for reason in user_name(name) {
            errors.invalid(&path.field("runAsUserName"), Bad::Typed(name), reason);
        }
    }
}

/// Containers that are processes of the host are so together, and in the network of the host; `path` is the `spec`.
pub(super) fn host_process(errors: &mut Errors, scope: &Scope<'_>, path: &FieldPath<'_>) {
    let of_pod = scope.spec.security_context.as_ref().and_then(|context| context.windows_options.as_ref());
    let of_pod = of_pod.and_then(|options| options.host_process);
    let (mut all, mut of_host) = (0, 0);
    scope.visit_containers(path, |container, path| {
        let own = container.security_context.as_ref().and_then(of_container);
        if let (Some(of_pod), Some(own)) = (of_pod, own)
            && of_pod != own
        {
            let path = path.field("securityContext");
            let path = path.field("windowsOptions");
            let detail = format!("pod hostProcess value must be identical if both are specified, was {of_pod}");
            errors.invalid(&path.field("hostProcess"), own, &detail);
        }
        all += 1;
        of_host += usize::from(own.or(of_pod) == Some(true));
    });
    if of_host == 0 {
        return;
    }
    if of_host != all {
        errors.invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
    }
    if scope.spec.host_network != Some(true) {
        let detail = "hostNetwork must be true if pod contains any hostProcess containers";
        errors.invalid(&path.field("hostNetwork"), false, detail);
    }
}

fn of_container(context: &SecurityContext) -> Option<bool> {
    context.windows_options.as_ref()?.host_process
}

/// The reasons against a `runAsUserName`.
fn user_name(name: &str) -> names::Reasons {
    if name.is_empty() {
        return vec!["runAsUserName cannot be an empty string"];
    }
    if name.contains(|character: char| character.is_ascii_control()) {
        return vec!["runAsUserName cannot contain control characters"];
    }
    let (domain, user) = match name.split_once('\\') {
        None => (None, name),
        Some((_, rest)) if rest.contains('\\') => return vec!["runAsUserName cannot contain more than one backslash"],
        Some((domain, user)) => (Some(domain), user),
    };
    let mut reasons = names::Reasons::new();
    if let Some(domain) = domain {
        if domain.len() >= DOMAIN_LIMIT {
            reasons.push("runAsUserName's Domain length must be under 256 characters");
        }
        if !is_net_bios(domain) && !is_domain(domain) {
            reasons.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }
    if user.is_empty() {
        reasons.push("runAsUserName's User cannot be empty");
    } else if user.len() > MAX_USER_LENGTH {
        reasons.push("runAsUserName's User length must not be longer than 104 characters");
    }
    if !user.is_empty() && user.chars().all(|character| matches!(character, '.' | ' ')) {
        reasons.push("runAsUserName's User cannot contain only periods or spaces");
    }
    if user.contains(|character| r#""/\:;|=,+*?<>@[]"#.contains(character)) {
        reasons.push(r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#);
    }
    reasons
}

fn is_net_bios(domain: &str) -> bool {
    let length = domain.chars().count();
    (1..=MAX_NET_BIOS_LENGTH).contains(&length)
        && !domain.starts_with('.')
        && !domain.contains(|character| r#"\/:*?"<>|"#.contains(character))
}

fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| label.len() <= 63 && names::is_label(&label.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use k8s_openapi::api::core::v1::PodSpec;
    use serde_json::{Value, json};

    use super::super::super::field_error::testing;
    use super::super::super::field_path::ROOT;
    use super::*;

    fn with(options: Value) -> Vec<String> {
        let options: WindowsSecurityContextOptions = serde_json::from_value(options).unwrap();
        testing::messages(|errors| super::options(errors, Some(&options), &ROOT.field("w")))
    }

    #[test]
    fn a_credential_has_between_1_and_65536_bytes() {
        let of = |length: usize| with(json!({"gmsaCredentialSpec": "a".repeat(length)}));
        assert_eq!((of(1), of(65_536)), (vec![], vec![]));
        assert_eq!(of(0), ["w.gmsaCredentialSpec: Invalid value: \"\": gmsaCredentialSpec cannot be an empty string"]);
        let long = "a".repeat(65_537);
        assert_eq!(
            of(65_537),
            [format!("w.gmsaCredentialSpec: Invalid value: \"{long}\": gmsaCredentialSpec size must be under 64 KiB")]
        );
    }

    #[test]
    fn names_are_written_as_json() {
        let found = with(json!({"runAsUserName": "<\u{1}>"}));
        assert_eq!(
            found,
            [r#"w.runAsUserName: Invalid value: "\u003c\u0001\u003e": runAsUserName cannot contain control characters"#]
        );
    }

    #[test]
    fn a_credential_has_the_name_of_an_object() {
        assert_eq!(with(json!({"gmsaCredentialSpecName": "a.b"})), Vec::<String>::new());
        let found = with(json!({"gmsaCredentialSpecName": ""}));
        assert!(found[0].starts_with("w.gmsaCredentialSpecName: Invalid value: \"\": a lowercase RFC 1123 subdomain must"));
        assert_eq!(testing::messages(|errors| super::options(errors, None, &ROOT)), Vec::<String>::new());
    }

    #[test]
    fn errors_of_a_user_stand_at_its_name() {
        assert_eq!(with(json!({"runAsUserName": "a"})), Vec::<String>::new());
        assert_eq!(
            with(json!({"runAsUserName": ""})),
            ["w.runAsUserName: Invalid value: \"\": runAsUserName cannot be an empty string"]
        );
    }

    #[test]
    fn domains_have_less_than_256_characters() {
        let labels = ["a".repeat(63), "a".repeat(63), "a".repeat(63)].join(".");
        let of = |last: usize| user_name(&format!("{labels}.{}\\user", "a".repeat(last)));
        assert_eq!(of(63), names::Reasons::new());
        let long = format!("{labels}.{}.a\\user", "a".repeat(63));
        assert_eq!(long.len(), 257 + r"\user".len());
        assert_eq!(user_name(&long), ["runAsUserName's Domain length must be under 256 characters"]);
        assert_eq!(
            of(64),
            [
                "runAsUserName's Domain length must be under 256 characters",
                "runAsUserName's Domain doesn't match the NetBios nor the DNS format",
            ]
        );
    }

    #[test]
    fn a_domain_is_short_or_has_labels() {
        const BAD: &str = "runAsUserName's Domain doesn't match the NetBios nor the DNS format";
        for good in ["a", "A B_C", "fifteen-letters", "sixteen-letters1", "a.b"] {
            assert_eq!(user_name(&format!("{good}\\user")), names::Reasons::new(), "{good}");
        }
        for bad in ["", ".a", "a:b", "a*", "sixteen letters1", "-sixteen-letters"] {
            assert_eq!(user_name(&format!("{bad}\\user")), [BAD], "{bad}");
        }
    }

    #[test]
    fn users_have_at_most_104_plain_characters() {
        assert_eq!(user_name(&"a".repeat(104)), names::Reasons::new());
        assert_eq!(user_name(&"a".repeat(105)), ["runAsUserName's User length must not be longer than 104 characters"]);
        for bad in r#""/:;|=,+*?<>@[]"#.chars() {
            assert_eq!(
                user_name(&format!("a{bad}b")),
                [r#"runAsUserName's User cannot contain the following characters: "/\:;|=,+*?<>@[]"#],
                "{bad}"
            );
        }
        assert_eq!(user_name(". a."), names::Reasons::new());
    }

    #[test]
    fn processes_of_the_host_are_in_its_network() {
        let context = json!({"windowsOptions": {"hostProcess": true}});
        for spec in [
            json!({"securityContext": context, "containers": [{"name": "a"}], "initContainers": [{"name": "b"}]}),
            json!({"containers": [{"name": "a", "securityContext": context}]}),
            json!({"securityContext": context, "containers": [{"name": "a", "securityContext": context}]}),
        ] {
            let mut in_network = spec.clone();
            in_network["hostNetwork"] = json!(true);
            assert_eq!(host_process_of(in_network), Vec::<String>::new());
            let detail = "hostNetwork must be true if pod contains any hostProcess containers";
            assert_eq!(host_process_of(spec), [format!("spec.hostNetwork: Invalid value: false: {detail}")]);
        }
    }

    #[test]
    fn one_process_of_the_host_wants_all_to_be_such() {
        let context = json!({"windowsOptions": {"hostProcess": true}});
        let containers = json!([{"name": "a", "securityContext": context}, {"name": "b"}]);
        assert_eq!(
            host_process_of(json!({"hostNetwork": true, "containers": containers})),
            [
                "spec: Invalid value: \"\": If pod contains any hostProcess containers then all containers must be HostProcess containers"
            ]
        );
        let denied = json!({"windowsOptions": {"hostProcess": false}});
        assert_eq!(host_process_of(json!({"containers": [{"name": "a", "securityContext": denied}]})), Vec::<String>::new());
    }

    #[test]
    fn users_may_have_a_domain() {
        for good in ["ContainerAdministrator", r"NT AUTHORITY\SYSTEM", r"example.com\me", "日本"] {
            assert_eq!(user_name(good), names::Reasons::new(), "{good}");
        }
        assert_eq!(user_name(""), ["runAsUserName cannot be an empty string"]);
        assert_eq!(user_name("a\tb"), ["runAsUserName cannot contain control characters"]);
        assert_eq!(user_name(r"a\b\c"), ["runAsUserName cannot contain more than one backslash"]);
        assert_eq!(
            user_name(r"a:b\"),
            ["runAsUserName's Domain doesn't match the NetBios nor the DNS format", "runAsUserName's User cannot be empty",]
        );
        assert_eq!(user_name(". ."), ["runAsUserName's User cannot contain only periods or spaces"]);
    }

    fn host_process_of(spec: Value) -> Vec<String> {
        let spec: PodSpec = serde_json::from_value(spec).unwrap();
        testing::messages(|errors| host_process(errors, &Scope::new(&spec), &ROOT.field("spec")))
    }

    #[test]
    fn processes_of_the_host_keep_to_themselves() {
        let with = |value: bool| json!({"windowsOptions": {"hostProcess": value}});
        let spec =
            json!({"securityContext": with(true), "containers": [{"name": "a"}, {"name": "b", "securityContext": with(false)}]});
        assert_eq!(
            host_process_of(spec),
            [
                "spec.containers[1].securityContext.windowsOptions.hostProcess: Invalid value: false: pod hostProcess value must be \
             identical if both are specified, was true",
                "spec: Invalid value: \"\": If pod contains any hostProcess containers then all containers must be HostProcess \
             containers",
                "spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers",
            ]
        );
        assert_eq!(host_process_of(json!({"containers": [{"name": "a"}]})), Vec::<String>::new());
    }
}

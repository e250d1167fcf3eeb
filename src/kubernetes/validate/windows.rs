//! What a security context says to Windows.
//!
//! Follows `validateWindowsSecurityContextOptions` and `validateWindowsHostProcessPod` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use k8s_openapi::api::core::v1::{SecurityContext, WindowsSecurityContextOptions};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::super::names;
use super::scope::Scope;

/// How long a group managed service account's credential specification may be.
const LONGEST_CREDENTIAL: usize = 64 * 1024;
const DOMAIN_LIMIT: usize = 256;
const LONGEST_USER: usize = 104;
const LONGEST_NET_BIOS: usize = 15;

/// The `windowsOptions` of a Pod or of a container.
pub(super) fn options(errors: &mut Errors, options: Option<&WindowsSecurityContextOptions>, path: &FieldPath<'_>) {
    let Some(options) = options else { return };
    if let Some(name) = &options.gmsa_credential_spec_name {
        errors.invalid_each(&path.field("gmsaCredentialSpecName"), name, &names::dns_subdomain(name));
    }
    if let Some(credential) = &options.gmsa_credential_spec {
        let path = &path.field("gmsaCredentialSpec");
        if credential.is_empty() {
            errors.invalid(path, credential, "gmsaCredentialSpec cannot be an empty string");
        } else if credential.len() > LONGEST_CREDENTIAL {
            errors.invalid(path, credential, "gmsaCredentialSpec size must be under 64 KiB");
        }
    }
    if let Some(name) = &options.run_as_user_name {
        errors.invalid_each(&path.field("runAsUserName"), name, &user_name(name));
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
    } else if user.len() > LONGEST_USER {
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
    (1..=LONGEST_NET_BIOS).contains(&length)
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

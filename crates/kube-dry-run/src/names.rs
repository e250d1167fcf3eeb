//! What names may look like. Each check returns the server's reasons against a name, none if it is good.
//!
//! Follows `k8s.io/apimachinery/pkg/util/validation`, `pkg/api/validate/content` and `pkg/api/validation/name.go` (v1.35).
//! The checks read bytes instead of running the regular expressions that the messages quote.

/// The reasons against a name.
pub(super) type Reasons = Vec<&'static str>;

const NO_DOTS: &str = "must not contain dots";
const MAX_15_CHARACTERS: &str = "must be no more than 15 characters";
const MAX_63_CHARACTERS: &str = "must be no more than 63 characters";
const MAX_253_CHARACTERS: &str = "must be no more than 253 characters";
const MAX_63_BYTES: &str = "must be no more than 63 bytes";
const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an \
     alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start \
     and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
     '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const SUBDOMAIN_WITH_UNDERSCORE: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or \
     '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
     '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";
const QUALIFIED: &str = "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
     alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
     '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
const NAME_PART: &str = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
     character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
     '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const NAME_PART_EMPTY: &str = "name part must be non-empty";
const NAME_PART_LONG: &str = "name part must be no more than 63 bytes";
const PREFIX_PART_EMPTY: &str = "prefix part must be non-empty";
const PREFIX_PART_LONG: &str = "prefix part must be no more than 253 bytes";
const PREFIX_PART: &str = "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and \
     must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
     '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start \
     and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is \
     '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const ENV_NAME: &str = "a valid environment variable name must consist only of printable ASCII characters other than '='";
const CONFIG_KEY: &str = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  \
     or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
const HEADER_NAME: &str = "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for \
     validation is '[-A-Za-z0-9]+')";
const PERCENT: &str = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for \
     validation is '[0-9]+%')";

/// `IsDNS1123Label`: the name of a container, a volume, a namespace.
pub(super) fn dns_label(name: &str) -> Reasons {
    let mut reasons = Reasons::new();
    if name.len() > 63 {
        reasons.push(MAX_63_CHARACTERS);
    }
    if !is_label(name) {
        reasons.push(if is_subdomain(name) { NO_DOTS } else { LABEL });
    }
    reasons
}

/// `IsDNS1123Subdomain`: the name of most objects.
pub(super) fn dns_subdomain(name: &str) -> Reasons {
    subdomain_like(name, is_subdomain(name), SUBDOMAIN)
}

/// `IsDNS1123SubdomainWithUnderscore`: a DNS search domain.
pub(super) fn dns_subdomain_with_underscore(name: &str) -> Reasons {
    let good = name.split('.').all(|part| is_underscore_label(part.strip_prefix('_').unwrap_or(part)));
    subdomain_like(name, good, SUBDOMAIN_WITH_UNDERSCORE)
}

/// `maskTrailingDash`: what is checked of a `generateName`, whose last dash gets a suffix.
pub(super) fn without_trailing_dash(prefix: &str) -> String {
    match prefix.strip_suffix('-') {
        Some(rest) if !rest.is_empty() => {
            let mut masked = rest.to_owned();
            masked.pop();
            masked.push('a');
            masked
        }
        _ => prefix.to_owned(),
    }
}

/// `IsQualifiedName`: the key of a label or annotation, the name of a resource.
pub(super) fn qualified_name(name: &str) -> Reasons {
    let mut reasons = Reasons::new();
    let part = match name.split_once('/') {
        None => name,
        Some((_, rest)) if rest.contains('/') => return vec![QUALIFIED],
        Some((prefix, rest)) => {
            if prefix.is_empty() {
                reasons.push(PREFIX_PART_EMPTY);
            } else {
                if prefix.len() > 253 {
                    reasons.push(PREFIX_PART_LONG);
                }
                if !is_subdomain(prefix) {
                    reasons.push(PREFIX_PART);
                }
            }
            rest
        }
    };
    if part.is_empty() {
        reasons.push(NAME_PART_EMPTY);
    } else if part.len() > 63 {
        reasons.push(NAME_PART_LONG);
    }
    if !is_qualified_part(part) {
        reasons.push(NAME_PART);
    }
    reasons
}

/// `IsValidLabelValue`.
pub(super) fn label_value(value: &str) -> Reasons {
    let mut reasons = Reasons::new();
    if value.len() > 63 {
        reasons.push(MAX_63_BYTES);
    }
    if !value.is_empty() && !is_qualified_part(value) {
        reasons.push(LABEL_VALUE);
    }
    reasons
}

/// `IsRelaxedEnvVarName`.
pub(super) fn env_name(name: &str) -> Reasons {
    let good = name.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=');
    if good { Reasons::new() } else { vec![ENV_NAME] }
}

/// `IsConfigMapKey`.
pub(super) fn config_key(key: &str) -> Reasons {
    let mut reasons = Reasons::new();
    if key.len() > 253 {
        reasons.push(MAX_253_CHARACTERS);
    }
    if key.is_empty() || !key.bytes().all(is_word) {
        reasons.push(CONFIG_KEY);
    }
    match key {
        "." => reasons.push("must not be '.'"),
        ".." => reasons.push("must not be '..'"),
        _ if key.starts_with("..") => reasons.push("must not start with '..'"),
        _ => {}
    }
    reasons
}

/// `IsHTTPHeaderName`.
pub(super) fn header_name(name: &str) -> Reasons {
    let good = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if good { Reasons::new() } else { vec![HEADER_NAME] }
}

/// `IsValidPercent`.
pub(super) fn percent(text: &str) -> Reasons {
    let good =
        text.strip_suffix('%').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    if good { Reasons::new() } else { vec![PERCENT] }
}

/// `IsValidPortName`.
pub(super) fn port_name(name: &str) -> Reasons {
    let mut reasons = Reasons::new();
    if name.len() > 15 {
        reasons.push(MAX_15_CHARACTERS);
    }
    if name.is_empty() || !name.bytes().all(|byte| is_lower_alphanumeric(byte) || byte == b'-') {
        reasons.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        reasons.push("must contain at least one letter (a-z)");
    }
    if name.contains("--") {
        reasons.push("must not contain consecutive hyphens");
    }
    if name.starts_with('-') || name.ends_with('-') {
        reasons.push("must not begin or end with a hyphen");
    }
    reasons
}

/// True of a name that `IsDNS1123Label` accepts but for its length.
pub(super) fn is_label(name: &str) -> bool {
    ends_well(name, is_lower_alphanumeric) && name.bytes().all(|byte| is_lower_alphanumeric(byte) || byte == b'-')
}

/// True of a path in the manner of RFC 3986: what `IsDomainPrefixedPath` accepts after the domain.
pub(super) fn is_http_path(path: &str) -> bool {
    !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte))
}

fn is_subdomain(name: &str) -> bool {
    name.split('.').all(is_label)
}

fn is_underscore_label(part: &str) -> bool {
    ends_well(part, is_lower_alphanumeric) && part.bytes().all(|byte| is_lower_alphanumeric(byte) || byte == b'-' || byte == b'_')
}

fn is_qualified_part(part: &str) -> bool {
    ends_well(part, |byte| byte.is_ascii_alphanumeric()) && part.bytes().all(is_word)
}

fn subdomain_like(name: &str, good: bool, reason: &'static str) -> Reasons {
    let mut reasons = Reasons::new();
    if name.len() > 253 {
        reasons.push(MAX_253_CHARACTERS);
    }
    if !good {
        reasons.push(reason);
    }
    reasons
}

fn ends_well(name: &str, good: impl Fn(u8) -> bool) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|byte| good(*byte)) && bytes.last().is_some_and(|byte| good(*byte))
}

fn is_lower_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A check accepts `length` letters, and refuses one more with `reason`.
    fn assert_longest(check: fn(&str) -> Reasons, length: usize, reason: &str) {
        assert_eq!(check(&"a".repeat(length)), Reasons::new(), "{reason}");
        assert_eq!(check(&"a".repeat(length + 1)), [reason]);
    }

    #[test]
    fn names_have_a_greatest_length() {
        assert_longest(dns_label, 63, "must be no more than 63 characters");
        assert_longest(dns_subdomain, 253, "must be no more than 253 characters");
        assert_longest(dns_subdomain_with_underscore, 253, "must be no more than 253 characters");
        assert_longest(qualified_name, 63, "name part must be no more than 63 bytes");
        assert_longest(|prefix| qualified_name(&format!("{prefix}/a")), 253, "prefix part must be no more than 253 bytes");
        assert_longest(label_value, 63, "must be no more than 63 bytes");
        assert_longest(config_key, 253, "must be no more than 253 characters");
        assert_longest(port_name, 15, "must be no more than 15 characters");
    }

    #[test]
    fn reasons_are_worded_as_the_server_words_them() {
        let label = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an \
                     alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is \
                     '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
        let subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start \
                         and end with an alphanumeric character (e.g. 'example.com', regex used for validation is \
                         '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
        let part = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character \
                    (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
                    '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
        assert_eq!(dns_label("A"), [label]);
        assert_eq!(dns_label("a.b"), ["must not contain dots"]);
        assert_eq!(dns_subdomain("A"), [subdomain]);
        assert_eq!(qualified_name("a/_"), [format!("name part {part}")]);
        assert_eq!(qualified_name("A/a"), [format!("prefix part {subdomain}")]);
        assert_eq!(qualified_name("/a"), ["prefix part must be non-empty"]);
        assert_eq!(qualified_name("a/")[0], "name part must be non-empty");
        assert_eq!(
            qualified_name("a/b/c"),
            [format!("a valid label key {part} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")]
        );
    }

    #[test]
    fn values_of_labels_may_be_empty() {
        for good in ["", "a", "A-_.b", "1"] {
            assert_eq!(label_value(good), Reasons::new(), "{good}");
        }
        let reason = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and \
                      end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is \
                      '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
        for bad in ["-a", "a.", "a/b", "a b", "ä"] {
            assert_eq!(label_value(bad), [reason], "{bad}");
        }
    }

    #[test]
    fn headers_have_letters_digits_and_hyphens() {
        for good in ["X-Header-1", "-"] {
            assert_eq!(header_name(good), Reasons::new(), "{good}");
        }
        for bad in ["", "A:", "A_B", "Ä"] {
            assert_eq!(header_name(bad), [HEADER_NAME], "{bad}");
        }
    }

    #[test]
    fn ports_have_lower_case_letters_digits_and_single_hyphens() {
        for bad in ["", "1"] {
            assert_eq!(port_name(bad).last(), Some(&"must contain at least one letter (a-z)"), "{bad}");
        }
        for bad in ["Http", "a_b", "ä1b"] {
            assert_eq!(port_name(bad), ["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"], "{bad}");
        }
        for bad in ["-a", "a-"] {
            assert_eq!(port_name(bad), ["must not begin or end with a hyphen"], "{bad}");
        }
    }

    #[test]
    fn keys_do_not_look_like_the_way_up() {
        for (bad, reason) in [(".", "must not be '.'"), ("..", "must not be '..'"), ("..a", "must not start with '..'")] {
            assert_eq!(config_key(bad), [reason]);
        }
        let reason = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or \
                      'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
        assert_eq!(config_key(""), [reason]);
        assert_eq!(config_key(".a"), Reasons::new());
    }

    #[test]
    fn paths_of_a_domain_have_plain_characters() {
        for good in ["a", "/a-._~%!$&'()*+,;=:B9"] {
            assert!(is_http_path(good), "{good}");
        }
        for bad in ["", "a b", "a?", "a#", "ä"] {
            assert!(!is_http_path(bad), "{bad}");
        }
    }

    #[test]
    fn labels_have_no_dots_and_at_most_63_characters() {
        assert_eq!(dns_label("web-0"), Reasons::new());
        assert_eq!(dns_label("a.b"), [NO_DOTS]);
        assert_eq!(dns_label("Web"), [LABEL]);
        assert_eq!(dns_label(""), [LABEL]);
        assert_eq!(dns_label(&"a".repeat(64)), [MAX_63_CHARACTERS]);
    }

    #[test]
    fn subdomains_are_labels_with_dots() {
        assert_eq!(dns_subdomain("a.b-c.d"), Reasons::new());
        assert_eq!(dns_subdomain("a..b"), [SUBDOMAIN]);
        assert_eq!(dns_subdomain("ä"), [SUBDOMAIN]);
        assert_eq!(dns_subdomain_with_underscore("_tcp.a_b"), Reasons::new());
        assert_eq!(dns_subdomain_with_underscore("__a"), [SUBDOMAIN_WITH_UNDERSCORE]);
    }

    #[test]
    fn the_dash_that_gets_a_suffix_does_not_count() {
        assert_eq!(without_trailing_dash("web-"), "wea");
        assert_eq!(without_trailing_dash("-"), "-");
        assert_eq!(without_trailing_dash("web"), "web");
    }

    #[test]
    fn qualified_names_may_have_a_domain() {
        assert_eq!(qualified_name("app.kubernetes.io/Name_1"), Reasons::new());
        assert_eq!(qualified_name("/a"), [PREFIX_PART_EMPTY]);
        assert_eq!(qualified_name("A/a"), [PREFIX_PART]);
        assert_eq!(qualified_name(""), [NAME_PART_EMPTY, NAME_PART]);
        assert_eq!(qualified_name("a/b/c"), [QUALIFIED]);
    }

    #[test]
    fn environment_names_are_printable_ascii_without_equals() {
        for good in ["my name-1", "~"] {
            assert_eq!(env_name(good), Reasons::new(), "{good}");
        }
        let reason = "a valid environment variable name must consist only of printable ASCII characters other than '='";
        for bad in ["A=B", "Ä", "\u{7f}", "\t"] {
            assert_eq!(env_name(bad), [reason], "{bad}");
        }
    }

    #[test]
    fn port_names_are_short_and_have_a_letter() {
        assert_eq!(port_name("http-2"), Reasons::new());
        assert_eq!(port_name("8080"), ["must contain at least one letter (a-z)"]);
        assert_eq!(port_name("-a--b"), ["must not contain consecutive hyphens", "must not begin or end with a hyphen"]);
    }

    #[test]
    fn config_keys_are_file_names() {
        assert_eq!(config_key("app.conf"), Reasons::new());
        assert_eq!(config_key(".."), ["must not be '..'"]);
        assert_eq!(config_key("a/b"), [CONFIG_KEY]);
    }
}

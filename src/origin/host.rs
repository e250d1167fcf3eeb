//! A host with an optional port, as a `Host` header names it.

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The longest name of RFC 1123, which may end with a dot.
const MAX_NAME_LENGTH: usize = 253;
/// The longest part of a name between its dots.
const MAX_LABEL_LENGTH: usize = 63;

/// A host name (RFC 1123), an IPv4 address or an IPv6 address in brackets, and perhaps a port, in lower case: what can stand
/// in a link or on a shell's command line and mean nothing but an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostAndPort(Cow<'static, str>);

impl HostAndPort {
    /// Where this server listens unless it is told otherwise.
    pub const DEFAULT: Self = Self(Cow::Borrowed("127.0.0.1:3000"));
}

/// The text is no host with an optional port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a host name or IP address with an optional port")]
pub struct NotAHost;

impl FromStr for HostAndPort {
    type Err = NotAHost;

    fn from_str(text: &str) -> Result<Self, NotAHost> {
        let (host, port) = split(text);
        let is_good = is_host(host) && port.is_none_or(is_port);
        if is_good { Ok(Self(text.to_ascii_lowercase().into())) } else { Err(NotAHost) }
    }
}

impl fmt::Display for HostAndPort {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Host and port: the last colon that is not within brackets parts them.
fn split(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    }
}

fn is_host(text: &str) -> bool {
    match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<Ipv4Addr>().is_ok() || is_name(text),
    }
}

/// A name whose last part is a number would be read as an IPv4 address by browsers, such as `0x7f.1`.
fn is_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let is_numeric =
        |label: &str| label.starts_with("0x") || label.starts_with("0X") || label.bytes().all(|byte| byte.is_ascii_digit());
    name.len() <= MAX_NAME_LENGTH && name.split('.').all(is_label) && !name.rsplit('.').next().is_some_and(is_numeric)
}

fn is_label(text: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=MAX_LABEL_LENGTH).contains(&text.len()) && text.bytes().all(is_good) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn label(length: usize) -> String {
        "a".repeat(length)
    }

    #[test]
    fn names_and_addresses_are_hosts() {
        let longest = [label(63), label(63), label(63), label(61)].join(".");
        for text in [
            "localhost",
            "localhost:1",
            "pods.example:65535",
            "a-b.3com.example",
            "pods.example.",
            "pods.example.:80",
            "xn--bcher-kva.example",
            "127.0.0.1",
            "127.0.0.1:3000",
            "[::1]",
            "[::1]:3000",
            "[2001:db8::ffff:192.0.2.1]:443",
            &longest,
        ] {
            assert_eq!(text.parse::<HostAndPort>().map(|host| host.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("Pods.EXAMPLE:80".parse::<HostAndPort>().unwrap().to_string(), "pods.example:80");
    }

    #[test]
    fn nothing_else_is_a_host() {
        let too_long = [label(63), label(63), label(63), label(62)].join(".");
        for text in [
            "",
            ".",
            ":",
            ":80",
            "..",
            "a..b",
            ".a",
            "$(id)",
            "a`id`",
            "a;id",
            "a|id",
            "a&id",
            "a@evil",
            "a'b",
            "a\"b",
            "a b",
            "a\tb",
            "a/b",
            "a?b",
            "a#b",
            "a\\b",
            "a%41",
            "a_b",
            "bücher.example",
            "-a",
            "a-",
            "a.-b.c",
            "a:",
            "a:0",
            "a:+80",
            "a:-1",
            "a:65536",
            "a:99999",
            "a:8o",
            "a:80:80",
            "a:000080x",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3.4.",
            "0x7f.1",
            "a.0x1",
            "2130706433",
            "::1",
            "[::1",
            "::1]",
            "[]",
            "[::1]x",
            "[::1]:",
            "[::1]:99999",
            "[::1%eth0]",
            "[127.0.0.1]",
            "[a]",
            "[::1].",
            "a,b",
            "a\r\nb",
            "a\0",
            &label(64),
            &too_long,
            &"a.".repeat(10_000),
        ] {
            assert_eq!(text.parse::<HostAndPort>(), Err(NotAHost), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_host_has_only_letters_digits_and_the_signs_of_addresses(text in "[-a-zA-Z0-9.:\\[\\]$(@' ]{0,20}|.{0,8}") {
            if let Ok(host) = text.parse::<HostAndPort>() {
                let host = host.to_string();
                prop_assert!(host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte)), "{host:?}");
                prop_assert!(host.len() <= MAX_NAME_LENGTH + ".:65535".len());
            }
        }
    }
}

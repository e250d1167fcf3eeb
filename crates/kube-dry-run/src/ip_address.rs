//! IP addresses in the fields that have always been generous about their form.
//!
//! Follows `IsValidIPForLegacyField` and `GetWarningsForIP` in `k8s.io/apimachinery/pkg/util/validation/ip.go` (v1.35, without the
//! gate `StrictIPCIDRValidation`).

use std::net::{IpAddr, Ipv4Addr};

use super::field_error::Errors;
use super::field_path::FieldPath;
use super::go_text;

/// An address, in which IPv4 numbers may begin with zeros.
pub(super) fn validate(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    if parse_sloppily(text).is_none() {
        errors.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
}

/// What the server warns of in an address that it accepts; upstream's `GetWarningsForIP`.
pub(super) fn warning(text: &str) -> Option<String> {
    let sloppy = parse_sloppily(text)?;
    let strict: Option<IpAddr> = text.parse().ok();
    let mapped = |address: &IpAddr| matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    match strict.filter(|address| !mapped(address)) {
        None => Some(format!(
            "non-standard IP address {} will be considered invalid in a future Kubernetes release: use \"{}\"",
            go_text::quoted(text),
            sloppy.to_canonical()
        )),
        Some(IpAddr::V6(address)) if address.to_string() != text => {
            Some(format!("IPv6 address {} should be in RFC 5952 canonical format (\"{address}\")", go_text::quoted(text)))
        }
        Some(_) => None,
    }
}

/// Go's `ParseIPSloppy`
fn parse_sloppily(text: &str) -> Option<IpAddr> {
    if !text.contains(':') {
        return sloppy_ipv4(text).map(IpAddr::V4);
    }
    let groups: Vec<_> = text.split(':').map(without_zeros).collect();
    let text = &groups.join(":");
    text.parse().ok().map(IpAddr::V6).or_else(|| {
        let (start, ipv4) = text.rsplit_once(':').filter(|(_, ipv4)| ipv4.contains('.'))?;
        format!("{start}:{}", sloppy_ipv4(ipv4)?).parse().ok().map(IpAddr::V6)
    })
}

/// A group of an IPv6 address without the zeros in front, of which Go takes any number.
fn without_zeros(group: &str) -> &str {
    if group.contains('.') {
        return group;
    }
    let digits = group.trim_start_matches('0');
    if digits.is_empty() { &group[..group.len().min(1)] } else { digits }
}

fn sloppy_ipv4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next().filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        let digits = part.trim_start_matches('0');
        *octet = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_in_front_do_no_harm() {
        assert_eq!(parse_sloppily("010.0.00.1"), Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))));
        for (text, address) in [("00001::", "1::"), ("000000::0002", "::2"), ("::ffff:01.2.3.4", "::ffff:1.2.3.4")] {
            assert_eq!(parse_sloppily(text), address.parse().ok(), "{text}");
        }
        for bad in ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "a", "1:2", "::g", "fe80::1%eth0", "1000.1.1.1"] {
            assert_eq!(parse_sloppily(bad), None, "{bad}");
        }
    }

    #[test]
    fn unusual_forms_are_warned_of() {
        assert_eq!(warning("10.0.0.1"), None);
        assert_eq!(warning("fd00::1"), None);
        assert_eq!(
            warning("010.0.0.1").unwrap(),
            r#"non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1""#
        );
        assert_eq!(
            warning("fd00:0::1").unwrap(),
            r#"IPv6 address "fd00:0::1" should be in RFC 5952 canonical format ("fd00::1")"#
        );
        assert!(warning("::ffff:10.0.0.1").unwrap().ends_with(r#"use "10.0.0.1""#));
    }
}

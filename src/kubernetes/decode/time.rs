//! Times, which the API server reads by `time.Parse(time.RFC3339, …)`.

use k8s_openapi::jiff::Timestamp;

/// True if `text` is a time as RFC 3339 writes it: `2026-01-31T12:00:00Z`, with a fraction or an offset if wanted.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let shape: String = text.chars().take(19).map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let leap_second = text.get(17..19) == Some("60");
    let zoned = text.ends_with('Z') || matches!(text.as_bytes(), [.., b'+' | b'-', _, _, b':', _, _]);
    shape == "0000-00-00T00:00:00" && !leap_second && zoned && text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_rfc3339;

    #[test]
    fn times_have_date_time_and_zone() {
        for good in ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.25Z", "2026-01-31T12:00:00+01:00"] {
            assert!(is_rfc3339(good), "{good}");
        }
        for bad in [
            "",
            "today",
            "2026-01-31",
            "2026-01-31 12:00:00Z",
            "2026-02-30T12:00:00Z",
            "2026-01-31T12:00:60Z",
            "2026-01-31T12:00:00",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}

//! Times, which the API server reads by `time.Parse(time.RFC3339, …)`.

use k8s_openapi::jiff::civil::DateTime;

/// True if `text` is a time as RFC 3339 writes it: `2026-01-31T12:00:00Z`, with a fraction or an offset if wanted. Go takes an
/// hour of one digit, too.
pub(super) fn is_rfc3339(text: &str) -> bool {
    parts(text).is_some_and(|(date, hour, rest)| {
        let padded = format!("{date}T{hour:0>2}:{}", &rest[..5]);
        let shape: String = padded.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
        let is_leap_second = rest[..5].ends_with("60");
        shape == "0000-00-00T00:00:00" && !is_leap_second && padded.parse::<DateTime>().is_ok() && is_zone(&rest[5..])
    })
}

/// The date, the hour, and what follows the hour's colon, which is at least the minute and the second.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (date, time) = text.split_once('T')?;
    let (hour, rest) = time.split_once(':')?;
    (matches!(hour.len(), 1 | 2) && rest.is_char_boundary(5) && rest.len() > 5).then_some((date, hour, rest))
}

/// A fraction, if there is one, and the zone.
fn is_zone(text: &str) -> bool {
    let fraction = text.strip_prefix(['.', ',']);
    let zone = fraction.map_or(text, |fraction| fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    let has_digits = fraction.is_none_or(|fraction| fraction.len() > zone.len());
    let within = |digits: &[u8], most: u8| {
        digits.iter().all(u8::is_ascii_digit) && digits <= [b'0' + most / 10, b'0' + most % 10].as_slice()
    };
    let is_offset = matches!(zone.as_bytes(), [b'+' | b'-', hour @ .., b':', a, b] if hour.len() == 2 && within(hour, 24) && within(&[*a, *b], 60));
    has_digits && (zone == "Z" || is_offset)
}

#[cfg(test)]
mod tests {
    use super::is_rfc3339;

    #[test]
    fn times_have_date_time_and_zone() {
        for good in [
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00:00.25Z",
            "2026-01-31T12:00:00+01:00",
            "2026-01-31T1:00:00,5-24:60",
            "9999-12-31T23:59:59Z",
        ] {
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
            "2026-01-31T24:00:00Z",
            "2026-01-31T12:00:00.Z",
            "2026-01-31T12:00:00+25:00",
            "2026-01-31T:00:00Z",
        ] {
            assert!(!is_rfc3339(bad), "{bad}");
        }
    }
}

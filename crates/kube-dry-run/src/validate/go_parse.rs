//! How Go reads numbers and durations, with the words that it has for those that it cannot read.
//!
//! Follows `strconv.Atoi` and `time.ParseDuration` of the Go that kube-apiserver v1.35 is built with.

use std::fmt::Write as _;

use super::super::go_text;

/// The longest duration in nanoseconds; one that is negative may be longer by one.
const MAX_LENGTH: u64 = 1 << 63;

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// `strconv.Atoi`: a whole number, or Go's error.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    let reason = if is_integer(text) { "value out of range" } else { "invalid syntax" };
    text.parse().map_err(|_| format!("strconv.Atoi: parsing {}: {reason}", go_text::quoted(text)))
}

/// `strconv.Atoi` of a caller who does not look at the error: the nearest number there is, or zero for what is none.
pub(super) fn nearest_integer(text: &str) -> i64 {
    match text.parse() {
        Ok(number) => number,
        Err(_) if !is_integer(text) => 0,
        Err(_) if text.starts_with('-') => i64::MIN,
        Err(_) => i64::MAX,
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `time.ParseDuration`: nothing if `text` is a duration, or Go's error.
pub(super) fn duration(text: &str) -> Result<(), String> {
    let invalid = || format!("time: invalid duration {}", quoted(text));
    let is_negative = text.starts_with('-');
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (whole, fraction, following) = number(rest).ok_or_else(invalid)?;
        let end = following.find(|character: char| character == '.' || character.is_ascii_digit());
        let (name, following) = following.split_at(end.unwrap_or(following.len()));
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {}", quoted(text)));
        }
        let Some((_, unit)) = UNITS.iter().find(|(unit, _)| *unit == name) else {
            return Err(format!("time: unknown unit {} in duration {}", quoted(name), quoted(text)));
        };
        let part = nanoseconds(whole, fraction, *unit).ok_or_else(invalid)?;
        total = total.checked_add(part).filter(|total| *total <= MAX_LENGTH).ok_or_else(invalid)?;
        rest = following;
    }
    if total == MAX_LENGTH && !is_negative { Err(invalid()) } else { Ok(()) }
}

/// The whole part and the digits after the point of the number that `text` begins with, and what follows it. `None` if there
/// is no digit or the whole part is too large.
fn number(text: &str) -> Option<(u64, &str, &str)> {
    let (whole, rest) = split_digits(text);
    let (fraction, following) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse().ok().filter(|whole| *whole <= MAX_LENGTH)? };
    Some((whole, fraction, following))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len()))
}

/// A number of units in nanoseconds, unless there are too many; what is less than a nanosecond is cut off.
fn nanoseconds(whole: u64, fraction: &str, unit: u64) -> Option<u64> {
    let mut part = 0;
    let mut scale = unit;
    for digit in fraction.bytes() {
        let tenths = u64::from(digit - b'0') * scale;
        part += tenths / 10;
        scale /= 10;
    }
    whole.checked_mul(unit)?.checked_add(part).filter(|nanoseconds| *nanoseconds <= MAX_LENGTH)
}

/// `text` as the package `time` quotes it: other than with `%q`, what is not ASCII is written byte by byte.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            ' '..='\u{7f}' => out.push(character),
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_a_sign_and_digits() {
        for (good, number) in [("0", 0), ("+5", 5), ("-05", -5), ("9223372036854775807", i64::MAX)] {
            assert_eq!((integer(good), nearest_integer(good)), (Ok(number), number), "{good}");
        }
        for (bad, reason, nearest) in [
            ("", "invalid syntax", 0),
            ("+", "invalid syntax", 0),
            ("1_000", "invalid syntax", 0),
            ("٣", "invalid syntax", 0),
            ("9223372036854775808", "value out of range", i64::MAX),
            ("-99999999999999999999", "value out of range", i64::MIN),
        ] {
            assert_eq!(integer(bad), Err(format!("strconv.Atoi: parsing \"{bad}\": {reason}")));
            assert_eq!(nearest_integer(bad), nearest);
        }
    }

    #[test]
    fn durations_have_units() {
        for good in ["0", "+0", "-1h", "1h30m", "1.5s", ".5s", "5.s", "1us1µs1μs", "2562047h", "0.000000000000000000000001h"] {
            assert_eq!(duration(good), Ok(()), "{good}");
        }
        for bad in ["", "-", ".s", "x", "9223372036854775809ns", "2562048h", "99999999999999999999s"] {
            assert_eq!(duration(bad), Err(format!("time: invalid duration \"{bad}\"")));
        }
        assert_eq!(duration("5"), Err("time: missing unit in duration \"5\"".to_owned()));
        assert_eq!(duration("5d"), Err("time: unknown unit \"d\" in duration \"5d\"".to_owned()));
    }

    #[test]
    fn the_shortest_duration_is_longer_than_the_longest() {
        assert_eq!(duration("-9223372036854775808ns"), Ok(()));
        assert_eq!(duration("9223372036854775807ns"), Ok(()));
        assert!(duration("9223372036854775808ns").is_err());
    }

    #[test]
    fn a_duration_is_quoted_byte_by_byte() {
        assert_eq!(duration("é\"\n"), Err(r#"time: invalid duration "\xc3\xa9\"\x0a""#.to_owned()));
    }
}

//! Times, as YAML 1.1 writes them.

/// True if `text` is one of the times that `parseTimestamp` of `go.yaml.in/yaml/v2` (`resolve.go`) reads with Go's `time.Parse`:
/// `2026-01-31`, `2026-1-31 12:00:00`, `2026-01-31T12:00:00.5+01:00`.
pub(super) fn is_timestamp(text: &str) -> bool {
    read(text).is_some()
}

fn read(text: &str) -> Option<()> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: u16 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
    let (month, rest) = number(rest.strip_prefix('-')?, 1..=12)?;
    let (_, rest) = number(rest.strip_prefix('-')?, 1..=days(year, month))?;
    match rest.chars().next() {
        None => Some(()),
        Some(' ') => clock(&rest[1..]).filter(|rest| rest.is_empty()).map(|_| ()),
        Some('T' | 't') => zone(clock(&rest[1..])?),
        Some(_) => None,
    }
}

/// What stands behind the time of day that `text` begins with.
fn clock(text: &str) -> Option<&str> {
    let (_, rest) = number(text, 0..=23)?;
    let (_, rest) = number(rest.strip_prefix(':')?, 0..=59)?;
    let (_, rest) = number(rest.strip_prefix(':')?, 0..=59)?;
    let fraction = rest.strip_prefix(['.', ',']).map(|digits| digits.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    Some(fraction.filter(|behind| behind.len() + 1 < rest.len()).unwrap_or(rest))
}

fn zone(text: &str) -> Option<()> {
    if text == "Z" {
        return Some(());
    }
    let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
    let is_in = |digits: &str, most: u8| digits.len() == 2 && number(digits, 0..=most).is_some_and(|(_, rest)| rest.is_empty());
    (is_in(hours, 24) && is_in(minutes, 60)).then_some(())
}

/// A number of one or two digits in `bounds`, and what stands behind it.
fn number(text: &str, bounds: std::ops::RangeInclusive<u8>) -> Option<(u8, &str)> {
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(digits);
    let number = digits.parse().ok()?;
    bounds.contains(&number).then_some((number, rest))
}

fn days(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn reads_the_times_that_go_reads() {
        for text in [
            "2026-01-31",
            "2026-1-1",
            "2024-02-29",
            "2026-01-31 1:2:3",
            "2026-01-31 12:00:00.123456789",
            "2026-01-31T12:00:00Z",
            "2026-01-31t12:00:00,5+01:00",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-",
            "2026-13-01",
            "2026-02-29",
            "2026-01-311",
            "26-01-31",
            "2026-01-31T12:00:00",
            "2026-01-31 12:00:00Z",
            "2026-01-31 24:00:00",
            "2026-01-31T12:00:00+1:00",
            "2026-01-31T12:00:00.Z",
            "ä26-01-31",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}

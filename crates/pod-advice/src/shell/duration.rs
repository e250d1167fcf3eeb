//! How long `sleep` and `timeout` take.
//!
//! Follows `sleep.c` and `timeout.c` of the GNU coreutils: numbers of strtod with `s`, `m`, `h` or `d`, of which `sleep` adds up
//! several.

use super::{Call, End};

/// Who sleeps for so many seconds is meant to be there for as long as somebody wants it.
const LONG_SECONDS: f64 = 5.0 * 60.0;

/// Longer than this many seconds is for ever.
const FOR_EVER_SECONDS: f64 = 60.0 * 60.0 * 24.0 * 30.0;

/// How `sleep` ends; one that is told no time fails at once.
pub(super) fn end_of_sleep(call: &Call) -> End {
    if call.arguments().iter().any(|word| !word.is_exact) {
        return End::Unknown;
    }
    let durations: Option<Vec<_>> = call.operands().map(|word| seconds(&word.text)).collect();
    durations.map_or(End::Ends, |durations| end_after(durations.iter().sum()))
}

/// How something ends that takes so many seconds.
pub(super) fn end_after(seconds: f64) -> End {
    match () {
        () if seconds >= FOR_EVER_SECONDS => End::Never,
        () if seconds >= LONG_SECONDS => End::Unknown,
        () => End::Ends,
    }
}

/// The seconds of a duration; `None` of what is none.
pub(super) fn seconds(duration: &str) -> Option<f64> {
    let units = [('s', 1.0), ('m', 60.0), ('h', 3_600.0), ('d', 86_400.0)];
    let unit = units.into_iter().find_map(|(unit, factor)| Some((duration.strip_suffix(unit)?, factor)));
    let (number, factor) = unit.unwrap_or((duration, 1.0));
    let number: f64 = number.parse().ok()?;
    (number >= 0.0).then_some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_the_coreutils_do() {
        for (duration, expected) in
            [("30", Some(30.0)), ("1.5m", Some(90.0)), (".5", Some(0.5)), ("1e3", Some(1_000.0)), ("2d", Some(172_800.0))]
        {
            assert_eq!(seconds(duration), expected, "{duration}");
        }
        assert!(seconds("infinity").is_some_and(f64::is_infinite) && seconds("99999999999999999999999").is_some());
        assert_eq!(["forever", "", "-1", "nan", "1w"].map(seconds), [None; 5]);
    }
}

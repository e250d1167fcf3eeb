//! When a CronJob starts its Jobs.
//!
//! Follows `ParseStandard` of `github.com/robfig/cron/v3` (parser.go), whose words the server passes on, and
//! `ParseCronScheduleWithPanicRecovery` in `pkg/util/parsers/parsers.go` (v1.35).

use super::{go_parse, time_zone};

/// One of the five fields of a schedule: the numbers that it takes, and their names.
struct Field {
    least: i64,
    most: i64,
    names: &'static [&'static str],
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const FIELDS: [Field; 5] = [
    Field { least: 0, most: 59, names: &[] },
    Field { least: 0, most: 23, names: &[] },
    Field { least: 1, most: 31, names: &[] },
    Field { least: 1, most: 12, names: &MONTHS },
    Field { least: 0, most: 6, names: &DAYS },
];

/// What the server makes of the parser's panic at a time zone with nothing after it.
const ZONE_ALONE: &str = "invalid schedule format: runtime error: slice bounds out of range [:-1]";

const DESCRIPTORS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Reads a schedule. The error is the parser's own.
pub(super) fn check(schedule: &str) -> Result<(), String> {
    if schedule.is_empty() {
        return Err("empty spec string".to_owned());
    }
    let rest = without_time_zone(schedule)?;
    if rest.starts_with('@') {
        return descriptor(rest);
    }
    let fields: Vec<_> = rest.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!("expected exactly 5 fields, found {}: [{}]", fields.len(), fields.join(" ")));
    }
    fields.iter().zip(&FIELDS).try_for_each(|(text, field)| field.check(text))
}

/// What stands after `TZ=…` or `CRON_TZ=…`.
fn without_time_zone(schedule: &str) -> Result<&str, String> {
    let Some(zoned) = schedule.strip_prefix("TZ=").or_else(|| schedule.strip_prefix("CRON_TZ=")) else { return Ok(schedule) };
    let (zone, rest) = zoned.split_once(' ').ok_or(ZONE_ALONE)?;
    time_zone::load(zone).map_err(|reason| format!("provided bad location {zone}: {reason}"))?;
    Ok(rest.trim())
}

fn descriptor(text: &str) -> Result<(), String> {
    if DESCRIPTORS.contains(&text) {
        return Ok(());
    }
    match text.strip_prefix("@every ") {
        Some(length) => go_parse::duration(length).map_err(|reason| format!("failed to parse duration {text}: {reason}")),
        None => Err(format!("unrecognized descriptor: {text}")),
    }
}

impl Field {
    fn check(&self, text: &str) -> Result<(), String> {
        text.split(',').filter(|range| !range.is_empty()).try_for_each(|range| self.range(range))
    }

    fn range(&self, text: &str) -> Result<(), String> {
        let parts: Vec<_> = text.split('/').collect();
        let ends: Vec<_> = parts[0].split('-').collect();
        let (start, mut end) = match ends.as_slice() {
            [] | ["*" | "?", ..] => (self.least, self.most),
            [only] => (self.number(only)?, self.number(only)?),
            [first, last] => (self.number(first)?, self.number(last)?),
            [first, ..] => {
                self.number(first)?;
                return Err(format!("too many hyphens: {text}"));
            }
        };
        let step = match parts.as_slice() {
            [_] => 1,
            [_, step] => {
                if ends.len() == 1 {
                    end = self.most;
                }
                natural(step)?
            }
            _ => return Err(format!("too many slashes: {text}")),
        };
        if start < self.least {
            Err(format!("beginning of range ({start}) below minimum ({}): {text}", self.least))
        } else if end > self.most {
            Err(format!("end of range ({end}) above maximum ({}): {text}", self.most))
        } else if start > end {
            Err(format!("beginning of range ({start}) beyond end of range ({end}): {text}"))
        } else if step == 0 {
            Err(format!("step of range should be a positive number: {text}"))
        } else {
            Ok(())
        }
    }

    fn number(&self, text: &str) -> Result<i64, String> {
        let position = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        match position.and_then(|position| i64::try_from(position).ok()) {
            Some(position) => Ok(position + self.least),
            None => natural(text),
        }
    }
}

fn natural(text: &str) -> Result<i64, String> {
    match go_parse::integer(text) {
        Err(reason) => Err(format!("failed to parse int from {text}: {reason}")),
        Ok(number) if number < 0 => Err(format!("negative number ({number}) not allowed: {text}")),
        Ok(number) => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_cron_reads() {
        for good in [
            "* * * * *",
            "*/5 0-6,22 ? JAN-mar sun",
            "0 0 31 12 6",
            "5/15 , 1 1 1",
            "@daily",
            "@every 1h30m",
            "@every 0",
            "@every .5s",
            "@every -1h",
            " * * * * * ",
            "*-x/2 ?-9 1-5/10 */100 Mon,FRI",
            "+5 * * * *",
            "20-30/5 1/23 * feb-DEC/3 sun-sat/2",
            "59/7 23/1 31/1 dec/2 sat/9",
            "5-5 * * * *",
            "TZ=UTC 0 0 * * *",
            "CRON_TZ= @hourly",
            "TZ=Local @hourly",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn says_what_cron_says() {
        for (bad, reason) in [
            ("", "empty spec string"),
            ("* * * *", "expected exactly 5 fields, found 4: [* * * *]"),
            ("60 * * * *", "end of range (60) above maximum (59): 60"),
            ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
            ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
            ("30-20/5 * * * *", "beginning of range (30) beyond end of range (20): 30-20/5"),
            ("* * * dec-jan/2 *", "beginning of range (12) beyond end of range (1): dec-jan/2"),
            ("60/5 * * * *", "beginning of range (60) beyond end of range (59): 60/5"),
            ("0-60/5 * * * *", "end of range (60) above maximum (59): 0-60/5"),
            ("* * 0-5/2 * *", "beginning of range (0) below minimum (1): 0-5/2"),
            ("1-2-3/4 * * * *", "too many hyphens: 1-2-3/4"),
            ("5/0 * * * *", "step of range should be a positive number: 5/0"),
            ("1-2/ * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax"),
            ("/5 * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax"),
            ("1,30-20/5,x * * * *", "beginning of range (30) beyond end of range (20): 30-20/5"),
            ("TZ=Europe 0 * * * *", "provided bad location Europe: is a directory"),
            ("*/0 * * * *", "step of range should be a positive number: */0"),
            ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
            ("-1-2 * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax"),
            ("*/-5 * * * *", "negative number (-5) not allowed: -5"),
            ("1/2/3 * * * *", "too many slashes: 1/2/3"),
            ("a * * * *", "failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax"),
            ("* * * * 7", "end of range (7) above maximum (6): 7"),
            ("@never", "unrecognized descriptor: @never"),
            ("@every 5", "failed to parse duration @every 5: time: missing unit in duration \"5\""),
            ("@every 5x", "failed to parse duration @every 5x: time: unknown unit \"x\" in duration \"5x\""),
            ("@every x", "failed to parse duration @every x: time: invalid duration \"x\""),
            ("* * * * * *", "expected exactly 5 fields, found 6: [* * * * * *]"),
            (" ", "expected exactly 5 fields, found 0: []"),
            ("24-x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"),
            ("x-1-2 * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"),
            ("*/a * * * *", "failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax"),
            ("jan * * * *", "failed to parse int from jan: strconv.Atoi: parsing \"jan\": invalid syntax"),
            ("70/1/2 * * * *", "too many slashes: 70/1/2"),
            ("* 24 * * *", "end of range (24) above maximum (23): 24"),
            ("* * 32 * *", "end of range (32) above maximum (31): 32"),
            ("* * * 0 *", "beginning of range (0) below minimum (1): 0"),
            ("@Daily", "unrecognized descriptor: @Daily"),
            ("@every", "unrecognized descriptor: @every"),
            ("@every ", "failed to parse duration @every : time: invalid duration \"\""),
            (" @daily", "expected exactly 5 fields, found 1: [@daily]"),
            ("TZ=/UTC @daily", "provided bad location /UTC: time: invalid location name"),
            ("TZ=0", ZONE_ALONE),
            ("CRON_TZ=UTC", ZONE_ALONE),
            ("TZ=UTC ", "expected exactly 5 fields, found 0: []"),
            ("TZ=Nowhere * * * * *", "provided bad location Nowhere: unknown time zone Nowhere"),
        ] {
            assert_eq!(check(bad), Err(reason.to_owned()), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(schedule in "(TZ=|@every )?[-0-9a-z*/,@. =]{0,30}") {
            let _ = check(&schedule);
        }
    }
}

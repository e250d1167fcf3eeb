//! A file mode is written in digits that are meant as octal and read as decimal.

use crate::rule::prelude::*;
use crate::workload::list;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mode-written-decimal"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A file mode is written in digits that are meant as octal and read as decimal.",
    page: include_str!("mode_written_decimal.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.volumes.iter().filter(|volume| volume.empty_dir().is_none() && !volume.is_claim) {
        let place = workload.volume_place(volume);
        for source in ["configMap", "secret", "downwardAPI", "projected"] {
            let Some(value) = volume.value.get(source) else { continue };
            say_of(value, &place.entry(source), found);
            for (index, projection) in list(value, "sources") {
                for of in ["configMap", "secret", "downwardAPI"] {
                    let Some(value) = projection.get(of) else { continue };
                    say_of(value, &place.entry(source).entry("sources").index(index).entry(of), found);
                }
            }
        }
    }
}

fn say_of(source: &Value, place: &Path, found: &mut Found<'_>) {
    say(source, "defaultMode", place, found);
    for (index, item) in list(source, "items") {
        say(item, "mode", &place.entry("items").index(index), found);
    }
}

/// Modes that nobody means in decimal.
const MODES: [u64; 18] = [400, 404, 440, 444, 500, 600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 776, 777];

/// The API server refuses larger ones: 0777.
const MAX_MODE: u64 = 511;

fn say(parent: &Value, field: &str, place: &Path, found: &mut Found<'_>) {
    let Some(mode) = parent.get(field).and_then(Value::as_u64).filter(|mode| MODES.contains(mode)) else { return };
    let octal = mode / 100 * 64 + mode / 10 % 10 * 8 + mode % 10;
    let message = format!("`{mode}` is read as a decimal number: the mode becomes `{mode:#o}`.").replace("0o", "0");
    let hint = format!("Write `0{mode}` in YAML, or `{octal}` in decimal.");
    let place = place.entry(field);
    let is_refused = mode > MAX_MODE;
    let fix = || Fix::safe(format!("Write {octal}, which is 0{mode}"), vec![Change::Set(place.clone(), octal.into())]);
    let (fix, cause) = if is_refused { (None, Some(place.to_text())) } else { (Some(fix()), None) };
    let finding = found.say(place, message, hint);
    // What the server says has the fix already.
    if is_refused {
        finding.severity = Severity::Advice;
    }
    (finding.fix, finding.caused_by) = (fix, cause);
}

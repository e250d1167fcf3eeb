//! A size is written in milli-bytes, or is smaller than anything that works.

use crate::memory::MEBIBYTE;
use crate::rule::prelude::*;
use crate::unit::{as_written, rewritten};
use crate::workload::inside;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("size-milli"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A size is written in milli-bytes, or is smaller than anything that works.",
    page: include_str!("size_milli.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs() {
        let written = volume.empty_dir().and_then(|empty_dir| empty_dir.written_limit);
        let Some(written) = written.filter(|written| is_too_small(written) || as_written(written).ends_with('m')) else {
            continue;
        };
        let place = workload.limit_place(volume);
        let fix = fix(&[(place.clone(), written)]);
        found.say(place, message(written), HINT).fix = fix;
    }
    for (volume, storage) in workload.volumes.iter().filter_map(|volume| Some((volume, claimed(volume)?))) {
        if is_too_small(storage) {
            let place = CLAIMED.iter().fold(workload.volume_place(volume), |place, field| place.entry(*field));
            let fix = fix(&[(place.clone(), storage)]);
            found.say(place, message(storage), HINT).fix = fix;
        }
    }
    for (container, resources) in workload.resources() {
        for resource in ["memory", "ephemeral-storage"] {
            let place = |list: &str| workload.resources_place(container).entry(list).entry(resource);
            let small: Vec<_> = small_amounts(resources, resource).map(|(list, written)| (place(list), written)).collect();
            let Some((place, written)) = small.first() else { continue };
            found.say(place.clone(), message(written), HINT).fix = fix(&small);
        }
    }
}

/// In which of limits and requests `resource` is too small, and what is written there; small requests with a unit may be meant.
fn small_amounts<'a>(resources: &'a Value, resource: &str) -> impl Iterator<Item = (&'static str, &'a Value)> {
    ["limits", "requests"].into_iter().filter_map(move |list| {
        let written = resources.get(list)?.get(resource).filter(|written| is_too_small(written))?;
        let is_meant = list == "requests" && !as_written(written).ends_with('m') && !is_bare(written);
        (!is_meant).then_some((list, written))
    })
}

/// Where a claim that a `StatefulSet` makes says how large it is.
const CLAIMED: [&str; 4] = ["spec", "resources", "requests", "storage"];

/// What the claim of `volume` asks for, if that is one of a `StatefulSet`.
fn claimed<'a>(volume: &Volume<'a>) -> Option<&'a Value> {
    inside(volume.value, &CLAIMED).filter(|_| volume.is_claim)
}

const HINT: &str = "Write the unit that is meant, such as `Mi`.";

fn message(written: &Value) -> String {
    let text = as_written(written);
    let what = if text.ends_with('m') { "means thousandths of a byte" } else { "is less than one mebibyte" };
    format!("{} {what}.", quoted(&text))
}

/// True of a number of bytes that has no unit, and is none of those that stand for nearly nothing.
fn is_bare(written: &Value) -> bool {
    let text = as_written(written);
    text.bytes().all(|byte| byte.is_ascii_digit()) && amount(written).is_some_and(|amount| amount >= FEW_BYTES)
}

/// Sixteen bytes, in thousandths of one.
const FEW_BYTES: i128 = 16_000;

fn is_too_small(written: &Value) -> bool {
    amount(written).is_some_and(|amount| amount > 0 && amount < MEBIBYTE)
}

/// Writes `Mi` in place of the `m`, or after the number.
fn fix(small: &[(Path, &Value)]) -> Option<Fix> {
    rewritten(small, |written| {
        let text = as_written(written);
        let number = text.strip_suffix('m').unwrap_or(&text);
        let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && is_too_small(written);
        is_plain.then(|| format!("{number}Mi"))
    })
}

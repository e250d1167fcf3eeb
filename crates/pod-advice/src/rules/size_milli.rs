//! A size is written in milli-bytes, or is smaller than anything that works.

use crate::rule::prelude::*;
use kube_dry_run::Segment;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("size-milli"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A size is written in milli-bytes, or is smaller than anything that works.",
    page: include_str!("size_milli.md"),
    check,
};

const MEBIBYTE: i128 = 1024 * 1024 * 1000;

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for volume in workload.empty_dirs() {
        let Some(written) = volume.empty_dir().and_then(|empty_dir| empty_dir.written_limit) else { continue };
        let place = workload.volume_place(volume).entry("emptyDir").entry("sizeLimit");
        if is_too_small(written) {
            found.say(place.clone(), message(written), HINT).fix = fix(&[(place.clone(), written)]);
        }
    }
    for container in &workload.containers {
        for resource in ["memory", "ephemeral-storage"] {
            let small =
                |(place, written): &(Path, &Value)| is_too_small(written) && (is_limit(place) || text_of(written).ends_with('m'));
            let small: Vec<_> = amounts(workload, container, resource).filter(small).collect();
            let Some((place, written)) = small.first() else { continue };
            found.say(place.clone(), message(written), HINT).fix = fix(&small);
        }
    }
}

const HINT: &str = "Write the unit that is meant, such as `Mi`.";

fn message(written: &Value) -> String {
    let text = text_of(written);
    let what = if text.ends_with('m') { "means thousandths of a byte" } else { "is less than one mebibyte" };
    format!("{} {what}.", quoted(&text))
}

fn amounts<'w>(workload: &Workload<'_>, container: &'w Container<'_>, resource: &str) -> impl Iterator<Item = (Path, &'w Value)> {
    ["limits", "requests"].into_iter().filter_map(move |list| {
        let written = container.value.get("resources")?.get(list)?.get(resource)?;
        Some((workload.place(container).entry("resources").entry(list).entry(resource), written))
    })
}

/// A small request is harmless.
fn is_limit(place: &Path) -> bool {
    place.parent().is_some_and(|list| list.last() == Some(&Segment::Field("limits".to_owned())))
}

fn is_too_small(written: &Value) -> bool {
    amount(written).is_some_and(|amount| amount > 0 && amount < MEBIBYTE)
}

/// Writes `Mi` in place of the `m`, or after the number.
fn fix(small: &[(Path, &Value)]) -> Option<Fix> {
    let mended = |written: &Value| {
        let text = text_of(written);
        let number = text.strip_suffix('m').unwrap_or(&text);
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{number}Mi"))
    };
    let title = format!("Write {}", mended(small.first()?.1)?);
    let changes = small.iter().map(|(place, written)| mended(written).map(|text| Change::Set(place.clone(), text.into())));
    Some(Fix::guess(title, changes.collect::<Option<_>>()?))
}

fn text_of(written: &Value) -> String {
    written.as_str().map_or_else(|| written.to_string(), str::to_owned)
}

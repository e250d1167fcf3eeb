//! The kubelet cannot read the name of an image.

use crate::image::Fault;
use crate::quotes::unquoted;
use crate::rule::prelude::*;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("image-unparsable"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "The kubelet cannot read the name of an image.",
    page: include_str!("image_unparsable.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        say(container.image.written.trim(), || workload.place(container).entry("image"), found);
    }
    for (_, reference, place) in workload.shown_images() {
        say(reference.trim(), || place, found);
    }
}

fn say(written: &str, place: impl FnOnce() -> Path, found: &mut Found<'_>) {
    let Some(fault) = Fault::of(written).filter(|_| unquoted(written).is_none()) else { return };
    let place = place();
    let message = match (fault, written.split_once('/')) {
        (Fault::UpperHost, Some((host, _))) => {
            format!("The kubelet takes {} for a registry, as it has upper case, which no repository has.", quoted(host))
        }
        _ => format!("The kubelet cannot read {}: {}.", quoted(written), fault.reason()),
    };
    let hint = match fault {
        Fault::Placeholder => "Fill it in before the manifest goes to Kubernetes, which does not do so.",
        _ => "Write it as `registry/repository:tag`, in lower case.",
    };
    let finding = found.say(place.clone(), message, hint);
    let mended = fault.mended(written);
    finding.fix = mended.map(|image| Fix::safe("Write it as the kubelet reads it", vec![Change::Set(place, image.into())]));
}

/// True of a name of which nobody knows which image it is meant for: it cannot be read, or something else fills it in, as `ko` does.
pub(super) fn is_unknown(image: &str) -> bool {
    image.starts_with("ko://") || Fault::of(image).is_some_and(|fault| fault.mended(image).is_none())
}

//! An image has no tag, or the tag `latest`.

use super::image_unparsable;
use crate::rule::prelude::*;
use crate::workload::text;

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("latest-tag"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "An image has no tag, or the tag `latest`.",
    page: include_str!("latest_tag.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| is_fetched(container)) {
        let image = &container.image;
        if image.has_digest || image.written.is_empty() || !matches!(image.tag, None | Some("latest")) {
            continue;
        }
        if image_unparsable::is_left_open(image.written) {
            continue;
        }
        let message =
            format!("What {} runs changes under you: {} is whatever is newest.", quoted(container.name), quoted(image.written));
        found.say(workload.place(container).entry("image"), message, "Name a version, such as `:1.29`.");
    }
}

/// False of an image that is only ever taken from the node, where somebody has built it.
fn is_fetched(container: &Container<'_>) -> bool {
    text(container.value, "imagePullPolicy") != Some("Never")
}

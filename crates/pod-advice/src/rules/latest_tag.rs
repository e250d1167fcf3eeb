//! An image has no tag, or the tag `latest`.

use super::image_unparsable;
use crate::image::Image;
use crate::images::version;
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
    for container in workload.containers.iter().filter(|container| is_fetched(container.value, "imagePullPolicy")) {
        let what = || format!("What {} runs", quoted(container.name));
        say(&container.image, what, || workload.place(container).entry("image"), found);
    }
    for (volume, reference, place) in workload.shown_images() {
        if volume.value.get("image").is_none_or(|image| is_fetched(image, "pullPolicy")) {
            say(&Image::read(reference), || format!("What {} shows", quoted(volume.name)), || place, found);
        }
    }
}

fn say(image: &Image<'_>, what: impl Fn() -> String, place: impl FnOnce() -> Path, found: &mut Found<'_>) {
    let is_fixed = image.has_digest || !matches!(image.tag, None | Some("latest"));
    if is_fixed || image.written.is_empty() || image_unparsable::is_unknown(image.written) {
        return;
    }
    let name = quoted(image.written);
    let why = match image.tag {
        None => format!("{name} means its tag `latest`, which moves"),
        Some(_) => format!("the tag of {name} moves"),
    };
    let message = format!("{} may change under you: {why}.", what());
    let hint = match version(image.repository) {
        Some(version) => format!("Name a version, such as `{}:{version}`.", image.name()),
        None => "Name a version: another tag that its registry lists.".to_owned(),
    };
    found.say(place(), message, hint);
}

/// False of an image that is only ever taken from the node, where somebody has built it.
fn is_fetched(value: &Value, policy: &str) -> bool {
    text(value, policy) != Some("Never")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_one_of_the_image() {
        let hints = |image: &str| {
            let document = json!({"kind": "Pod", "spec": {"containers": [{"name": "a", "image": image}]}});
            let findings = crate::advise(&document).findings.into_iter().filter(|finding| finding.rule == RULE.rule);
            findings.map(|finding| (finding.message, finding.hint.unwrap_or_default())).collect::<Vec<_>>()
        };
        let [(message, hint)] = &hints("debian")[..] else { panic!("one finding") };
        assert_eq!(message, "What `a` runs may change under you: `debian` means its tag `latest`, which moves.");
        assert_eq!(hint, "Name a version, such as `debian:13`.");
        let [(message, hint)] = &hints("example.com/team/app:latest")[..] else { panic!("one finding") };
        assert_eq!(message, "What `a` runs may change under you: the tag of `example.com/team/app:latest` moves.");
        assert_eq!(hint, "Name a version: another tag that its registry lists.");
    }
}

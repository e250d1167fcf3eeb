//! The kubelet cannot read the name of an image.

use crate::image::Image;
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
        let written = container.image.written.trim();
        let Some((reason, mended)) = fault(written) else { continue };
        let place = workload.place(container).entry("image");
        let message = format!("The kubelet cannot read {}: {reason}.", quoted(written));
        let hint = "Write it as `registry/repository:tag`, in lower case.";
        let finding = found.say(place.clone(), message, hint);
        let mended = mended.filter(|image| fault(image).is_none());
        finding.fix = mended.map(|image| Fix::safe("Write it as the kubelet reads it", vec![Change::Set(place, image.into())]));
    }
}

/// True of a placeholder in capital letters.
fn is_shouted(image: &str) -> bool {
    let has = |is_meant: fn(&u8) -> bool| image.as_bytes().iter().any(is_meant);
    has(u8::is_ascii_uppercase) && !has(u8::is_ascii_lowercase)
}

/// True of a name that something else is to fill in before the kubelet sees it: a template, a placeholder, what `ko` builds.
pub(super) fn is_left_open(image: &str) -> bool {
    image.starts_with("ko://") || fault(image).is_some_and(|(_, mended)| mended.is_none())
}

/// True of a name in which nothing can be wrong, as nearly all are.
fn is_plain(image: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"./_-@:".contains(&byte);
    image.bytes().all(is_plain) && !image.ends_with(':') && !image.contains("://")
}

/// What is wrong with the name of an image, and the name that is meant.
fn fault(image: &str) -> Option<(&'static str, Option<String>)> {
    if is_plain(image) {
        return None;
    }
    if let Some((scheme, rest)) = image.split_once("://") {
        if scheme == "ko" {
            return None;
        }
        return Some(("an address has a scheme, an image has none", Some(rest.to_owned())));
    }
    if image.contains(['{', '}', '$', '<', '>', ' ']) || is_shouted(image) {
        return Some(("a placeholder is left in it", None));
    }
    if let Some(rest) = image.strip_suffix(':') {
        return Some(("the tag is missing", Some(rest.to_owned())));
    }
    let repository = Image::read(image).repository;
    let start = image.find(repository)?;
    let is_upper = repository.bytes().any(|byte| byte.is_ascii_uppercase());
    is_upper.then(|| {
        let (before, rest) = image.split_at(start);
        let mended = format!("{before}{}{}", repository.to_ascii_lowercase(), &rest[repository.len()..]);
        ("a repository has no upper case", Some(mended))
    })
}

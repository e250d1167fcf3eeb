//! Small drawings that say something without a word, each around its middle.

use super::element::{Element, Value};
use super::model::Storage;
use kube_dry_run::Severity;

/// The width of an icon.
pub(super) const ICON: i32 = 14;

/// A cylinder, a chip, a sheet or a question mark.
pub(super) fn icon(source: Storage, x: i32, y: i32) -> Element {
    let shape = match source {
        Storage::Disk => "m-6-4c0-3 12-3 12 0v8c0 3-12 3-12 0zm0 0c0 3 12 3 12 0",
        Storage::Memory => "m-4-4h8v8h-8zm2 0v-2.5m4 2.5v-2.5m-4 10.5v2.5m4-2.5v2.5m-6-8.5h-2.5m2.5 4h-2.5m10.5-4h2.5m-2.5 4h2.5",
        Storage::Other => "m-5-6.5h6l4 4v9h-10zm6 0v4h4",
        Storage::Undefined => "m-3-2c0-5 7-4 6-.5-.4 1.5-3 2-3 4.5m0 3v.5",
    };
    drawn("icon", x, y, shape)
}

/// A pen for who can write, an eye for who only reads.
pub(super) fn access(is_read_only: bool, x: i32, y: i32) -> Element {
    let shape = if is_read_only {
        "m-6 0c3-5.5 9-5.5 12 0-3 5.5-9 5.5-12 0zm4 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
    } else {
        "m-5 5 1-4 6-6 3 3-6 6zm5-8 3 3"
    };
    drawn("access", x, y, shape)
}

/// A disc for what is refused or cannot run, a triangle for what may go wrong, each with an exclamation mark.
pub(super) fn mark(severity: Severity, x: i32, y: i32) -> Element {
    let ground = if severity == Severity::Error { "m-6.5 0a6.5 6.5 0 1 1 13 0 6.5 6.5 0 1 1-13 0" } else { "m0-7 7 13h-14z" };
    let path = |class: &str, shape: &str| Element::new("path").attr("class", class).attr("d", ("M0 0", shape));
    Element::new("g")
        .attr("class", ("mark ", severity.word()))
        .attr("transform", format_args!("translate({x} {y})"))
        .child(&path("ground", ground))
        .child(&path("sign", "m0-3v3.5m0 2v1").attr("fill", "none").attr("stroke-width", "1.6"))
}

/// A plus sign on a disc.
pub(super) fn plus(x: i32, y: i32) -> [Element; 2] {
    let disc = Element::new("circle").attr("class", "card").attr("cx", x).attr("cy", y).attr("r", 11);
    [disc, stroked("sign", format_args!("M{x} {y}m-5 0h10m-5-5v10")).attr("stroke-width", 2)]
}

fn drawn(class: &str, x: i32, y: i32, shape: &str) -> Element {
    stroked(class, ("M", x, (" ", y, shape))).attr("stroke-width", "1.2").attr("stroke-linejoin", "round")
}

/// A line along `path`.
pub(super) fn stroked(class: &str, path: impl Value) -> Element {
    Element::new("path").attr("class", class).attr("d", path).attr("fill", "none").attr("stroke", "currentColor")
}

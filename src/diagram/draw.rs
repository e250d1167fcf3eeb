//! A picture as a whole: its title, what it says in words, its arrangement, and what its symbols mean.

use super::cards::cards;
use super::element::Element;
use super::lanes::{lanes, needs_lanes};
use super::marks::Notes;
use super::model::Picture;
use super::scene::{Arrangement, BASE_SIZE, DETAIL, NAME, Scene, TAG, outline};
use super::symbol::{access, stroked};
use super::words::{description, left_out};
use super::{STANDALONE_STYLE, Use};
use crate::document::Path;
use crate::shorten::shorten;

const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

/// As many columns of the name are said where one points at it.
const MAX_TITLE: usize = 128;
const MARGIN: i32 = 10;
/// The height of the line that says what the symbols mean.
const LEGEND: i32 = 24;
/// The room of a line there.
const LEGEND_ITEM: i32 = 92;
const LEGEND_START: i32 = 20;
const LEGEND_END: i32 = LEGEND_START + 2 * LEGEND_ITEM;
/// In a page, a picture has as many units as there are pixels in an em of this size.
const EM: f64 = 12.0;
/// What is wider would be illegible if it were made as narrow as the screen of a phone.
const MAX_NARROW: i32 = 400;

/// The SVG of `picture`.
pub(super) fn draw(picture: &Picture, purpose: Use<'_>) -> String {
    let (marks, is_linked) = if let Use::Linked(marks) = purpose { (marks, true) } else { (&[][..], false) };
    let notes = Notes::new(picture, marks);
    let description = description(picture, &notes);
    let scene = Scene { picture, notes, is_linked, is_titled: !matches!(purpose, Use::Inline) };
    let arrangement = if needs_lanes(picture) { lanes(&scene) } else { cards(&scene) };
    let has_mounts = picture.containers.iter().any(|container| !container.mounts.is_empty());
    let Arrangement { class, width, height, parts } = arrangement;
    let (width, bottom) = if has_mounts { (width.max(LEGEND_END), height + LEGEND) } else { (width, height) };
    let root = Element::new("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("class", ("pod-diagram ", class, if width > MAX_NARROW { " wide" } else { "" }))
        .attr("viewBox", format_args!("0 0 {width} {bottom}"));
    described(root_size(root, purpose, width, bottom), "aria-describedby", is_linked)
        .attr("role", if is_linked { "group" } else { "img" })
        .attr("font-family", SANS)
        .attr("fill", "currentColor")
        .child(&Element::new("title").text(&shorten(&picture.title, MAX_TITLE)))
        .child(&described(Element::new("desc"), "id", is_linked).text(&description))
        .children(paper(purpose, width, bottom))
        .child(
            &Element::new("g")
                .attr("font-size", BASE_SIZE)
                .children(frame(&scene, width, bottom))
                .children(parts)
                .children(has_mounts.then(|| legend(height))),
        )
        .children(is_linked.then(|| drag(width, bottom)))
        .to_string()
}

fn is_standalone(purpose: Use<'_>) -> bool {
    matches!(purpose, Use::Standalone)
}

/// Ties a picture that is used to its description, which a picture that is only looked at has anyway.
fn described(element: Element, attribute: &str, is_linked: bool) -> Element {
    if is_linked { element.attr(attribute, "picture-in-words") } else { element }
}

/// A picture in a page grows with the text around it.
fn root_size(root: Element, purpose: Use<'_>, width: i32, height: i32) -> Element {
    if is_standalone(purpose) {
        return root.attr("width", width).attr("height", height);
    }
    let em = |length: i32| format!("{:.2}em", (f64::from(length) * 100.0 / EM).ceil() / 100.0);
    root.attr("width", em(width)).attr("height", em(height))
}

fn paper(purpose: Use<'_>, width: i32, height: i32) -> Vec<Element> {
    if !is_standalone(purpose) {
        return Vec::new();
    }
    let paper = Element::new("rect").attr("class", "paper").attr("width", width).attr("height", height);
    vec![Element::new("style").verbatim(STANDALONE_STYLE), paper.attr("fill", "none")]
}

fn frame(scene: &Scene<'_>, width: i32, height: i32) -> [Element; 2] {
    let picture = scene.picture;
    let rest = (picture.left_out > 0).then(|| left_out(picture.left_out));
    let rest_width = rest.as_ref().map_or(0, |rest| DETAIL.width(rest, width) + MARGIN);
    let title = NAME.at(MARGIN, 22, &picture.title, width - 2 * MARGIN - rest_width);
    let rest = rest.map(|rest| DETAIL.ending_at(width - MARGIN, 22, &rest, rest_width));
    let edge = outline("frame", (0, 0), (width, height)).attr("rx", 10);
    let name = scene.entrance("title", &Path::root().entry("metadata").entry("name"), &shorten(&picture.title, MAX_TITLE));
    let room = Element::new("rect")
        .attr("class", "target")
        .attr("x", MARGIN)
        .attr("y", 5)
        .attr("width", NAME.width(&picture.title, width))
        .attr("height", 26);
    let room = room.attr("fill", "none").attr("pointer-events", "all");
    [Element::new("g").child(&edge).children(rest), name.children(scene.is_linked.then_some(room)).child(&title)]
}

fn legend(top: i32) -> Element {
    let item = |x: i32, is_read_only: bool, words: &str| {
        [access(is_read_only, x + 6, top + 8), TAG.at(x + 16, top + 12, words, LEGEND_ITEM - 16)]
    };
    let items = item(LEGEND_START, false, "can write").into_iter().chain(item(LEGEND_START + LEGEND_ITEM, true, "only reads"));
    Element::new("g").attr("class", "legend").children(items)
}

/// The line that is dragged from a volume, in thousandths of the picture's size.
fn drag(width: i32, height: i32) -> Element {
    Element::new("svg")
        .attr("class", "drag")
        .attr("viewBox", "0 0 1000 1000")
        .attr("preserveAspectRatio", "none")
        .attr("width", width)
        .attr("height", height)
        .child(&stroked("line", "").attr("vector-effect", "non-scaling-stroke"))
}

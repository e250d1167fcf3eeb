//! A picture with its layout, as SVG.

use super::element::Element;
use super::layout::{CARD_WIDTH, CARD_X, HEADINGS, Layout, Span, VOLUME_WIDTH, VOLUME_X, WIDTH, Wire};
use super::model::{Container, Mount, Picture, Storage, Volume};
use super::words::{description, left_out, or_missing, role};
use super::{STANDALONE_STYLE, Use};
use crate::document::Role;
use crate::shorten::shorten;

const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const MONO: &str = "ui-monospace, monospace";

const CARD_END: i32 = CARD_X + CARD_WIDTH;
const PADDING: i32 = 10;
const RAIL_X: i32 = 25;
const ICON: i32 = 14;

/// As many columns of a text are shown where one points at it.
const MAX_TITLE: usize = 128;

/// A picture whose parts have their places.
pub(super) struct Drawing<'a> {
    picture: &'a Picture,
    layout: Layout,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(picture: &'a Picture) -> Self {
        Self { picture, layout: Layout::of(picture) }
    }

    pub(super) fn svg(&self, purpose: Use) -> String {
        let height = self.layout.height;
        let root = Element::new("svg")
            .attr("xmlns", "http://www.w3.org/2000/svg")
            .attr("class", "pod-diagram")
            .attr("viewBox", format_args!("0 0 {WIDTH} {height}"))
            .attr("width", WIDTH)
            .attr("height", height)
            .attr("role", "img")
            .attr("font-family", SANS)
            .attr("font-size", 12)
            .attr("fill", "currentColor")
            .child(&Element::new("title").text(&shorten(&self.picture.title, MAX_TITLE)))
            .child(&Element::new("desc").text(&description(self.picture)));
        let root = match purpose {
            Use::Inline => root,
            Use::Standalone => {
                let paper = Element::new("rect").attr("class", "paper").attr("width", WIDTH).attr("height", height);
                root.child(&Element::new("style").verbatim(STANDALONE_STYLE)).child(&paper.attr("fill", "none"))
            }
        };
        root.child(&self.frame())
            .children(self.headings())
            .children(self.rail())
            .children(self.volumes())
            .children(self.containers())
            .to_string()
    }

    fn frame(&self) -> Element {
        let height = self.layout.height;
        let title = words("name", 14, 26, &self.picture.title, 60).attr("font-weight", 600).attr("data-field", "metadata.name");
        let frame = outline("frame", 0, Span { top: 0, height }, WIDTH).attr("rx", 10);
        let rest = (self.picture.left_out > 0)
            .then(|| words("detail", WIDTH - 14, 26, &left_out(self.picture.left_out), 30).attr("text-anchor", "end"));
        Element::new("g").child(&frame).child(&title).children(rest)
    }

    fn headings(&self) -> [Element; 2] {
        let containers = if self.picture.containers.is_empty() { "no containers" } else { "containers, as they start" };
        let volumes = if self.picture.volumes.is_empty() { "no volumes" } else { "volumes" };
        [(CARD_X, containers), (VOLUME_X, volumes)].map(|(x, text)| words("tag", x, HEADINGS, text, 30).attr("font-size", 10))
    }

    /// The order of the starts: a number for each step, and a line beside the containers that start together.
    fn rail(&self) -> Vec<Element> {
        let cards: Vec<_> = self.picture.containers.iter().map(|container| container.step).zip(&self.layout.containers).collect();
        cards.chunk_by(|(step, _), (next, _)| step == next).flat_map(step).collect()
    }

    fn containers(&self) -> Vec<Element> {
        let parts = self.picture.containers.iter().zip(&self.layout.containers).zip(&self.layout.wires);
        parts.map(|((container, card), wires)| self.container(container, *card, wires)).collect()
    }

    fn container(&self, container: &Container, card: Span, wires: &[Wire]) -> Element {
        let class = match container.role {
            Role::InitContainer => "container init",
            Role::Sidecar => "container sidecar",
            Role::Container => "container",
        };
        let outline = outline("card", CARD_X, card, CARD_WIDTH).attr("rx", 6);
        let outline = if container.role == Role::InitContainer { outline.attr("stroke-dasharray", "4 3") } else { outline };
        let tag = role(container).map(|role| {
            words("tag", CARD_END - PADDING, card.top + 18, role, 12).attr("text-anchor", "end").attr("font-size", "10.5")
        });
        let rest = (container.left_out > 0).then(|| {
            words("detail", CARD_X + PADDING, card.bottom() - 8, &left_out(container.left_out), 28).attr("font-size", "10.5")
        });
        let columns = if tag.is_some() { 18 } else { 25 };
        Element::new("g")
            .attr("class", class)
            .attr("data-field", &container.path)
            .child(&outline)
            .children((container.role == Role::Sidecar).then(|| bar(card)))
            .child(&name(CARD_X + PADDING, card.top + 18, or_missing(&container.name, "(no name)"), columns))
            .children(tag)
            .child(&mono("detail", CARD_X + PADDING, card.top + 33, or_missing(&container.image, "(no image)"), 30))
            .children(container.mounts.iter().zip(wires).map(|(mount, wire)| self.mount(mount, *wire)))
            .children(rest)
    }

    fn mount(&self, mount: &Mount, wire: Wire) -> Element {
        let access = if mount.read_only { "read-only" } else { "read-write" };
        let source = mount.volume.map_or("", |volume| class(self.picture.volumes[volume].source));
        let read_only = mount.read_only.then(|| {
            words("tag", CARD_END - PADDING, wire.row + 4, "read-only", 12).attr("text-anchor", "end").attr("font-size", "9.5")
        });
        let columns = if mount.read_only { 22 } else { 30 };
        Element::new("g")
            .attr("class", format_args!("mount {access} {source}"))
            .attr("data-field", &mount.path)
            .child(&mono("path", CARD_X + PADDING, wire.row + 4, or_missing(&mount.place, "(no path)"), columns))
            .children(read_only)
            .children(wire.slot.into_iter().flat_map(|slot| arrow(mount, wire.row, slot)))
    }

    fn volumes(&self) -> Vec<Element> {
        self.picture.volumes.iter().zip(&self.layout.volumes).map(|(volume, card)| draw_volume(volume, *card)).collect()
    }
}

fn draw_volume(volume: &Volume, card: Span) -> Element {
    let middle = card.top + card.height / 2;
    let outline = outline("card", VOLUME_X, card, VOLUME_WIDTH).attr("rx", if volume.source == Storage::Other { 1 } else { 12 });
    let outline = if volume.source == Storage::Undefined { outline.attr("stroke-dasharray", "2 3") } else { outline };
    let x = VOLUME_X + PADDING + ICON + 6;
    Element::new("g")
        .attr("class", format_args!("volume {}", class(volume.source)))
        .attr("data-field", &volume.path)
        .child(&outline)
        .child(&icon(volume.source, VOLUME_X + PADDING, middle - ICON / 2))
        .child(&name(x, middle - 3, or_missing(&volume.name, "(no name)"), 15))
        .child(&words("detail", x, middle + 12, &volume.detail, 20).attr("font-size", "10.5"))
}

fn class(source: Storage) -> &'static str {
    match source {
        Storage::Disk => "disk",
        Storage::Memory => "memory",
        Storage::Other => "other",
        Storage::Undefined => "undefined",
    }
}

/// A line between a container and a volume, with its head at the one that receives.
fn arrow(mount: &Mount, row: i32, slot: i32) -> [Element; 2] {
    let middle = i32::midpoint(CARD_END, VOLUME_X);
    let (start, end) = if mount.read_only { (CARD_END + 6, VOLUME_X) } else { (CARD_END, VOLUME_X - 6) };
    let (tip, back, at) = if mount.read_only { (CARD_END + 1, CARD_END + 8, row) } else { (VOLUME_X - 1, VOLUME_X - 8, slot) };
    let line = stroked("line", &format!("M{start} {row}C{middle} {row} {middle} {slot} {end} {slot}"));
    let head = Element::new("path").attr("class", "head").attr("d", format_args!("M{tip} {at}L{back} {}V{}Z", at - 4, at + 4));
    [line, head]
}

/// The number of a step, and a line down to the last of several cards.
fn step(cards: &[(usize, &Span)]) -> Vec<Element> {
    let [(number, first), .., (_, last)] = cards else {
        return cards.iter().map(|(number, card)| step_number(*number, card.top)).collect();
    };
    let line = format!("M{RAIL_X}.5 {}V{}", first.top + 30, last.bottom());
    vec![step_number(*number, first.top), stroked("rail", &line)]
}

fn step_number(number: usize, top: i32) -> Element {
    words("step", RAIL_X, top + 18, &number.to_string(), 3).attr("text-anchor", "middle").attr("font-size", 11)
}

/// What a native sidecar has beside its name: it goes on.
fn bar(card: Span) -> Element {
    Element::new("rect")
        .attr("class", "bar")
        .attr("x", CARD_X)
        .attr("y", card.top + 6)
        .attr("width", 3)
        .attr("height", card.height - 12)
        .attr("rx", "1.5")
}

/// A cylinder, a chip, a sheet or a question mark.
fn icon(source: Storage, x: i32, y: i32) -> Element {
    let shape = match source {
        Storage::Disk => "m1 3c0-3 12-3 12 0v8c0 3-12 3-12 0zm0 0c0 3 12 3 12 0",
        Storage::Memory => "m3 3h8v8h-8zm2 0v-2.5m4 2.5v-2.5m-4 10.5v2.5m4-2.5v2.5m-6-8.5h-2.5m2.5 4h-2.5m10.5-4h2.5m-2.5 4h2.5",
        Storage::Other => "m2 .5h6l4 4v9h-10zm6 0v4h4",
        Storage::Undefined => "m4 5c0-5 7-4 6-.5-.4 1.5-3 2-3 4.5m0 3v.5",
    };
    stroked("icon", &format!("M{x} {y}{shape}")).attr("stroke-width", "1.2").attr("stroke-linecap", "round")
}

fn stroked(class: &str, path: &str) -> Element {
    Element::new("path").attr("class", class).attr("d", path).attr("fill", "none").attr("stroke", "currentColor")
}

fn outline(class: &str, x: i32, span: Span, width: i32) -> Element {
    Element::new("rect")
        .attr("class", class)
        .attr("x", format_args!("{x}.5"))
        .attr("y", format_args!("{}.5", span.top))
        .attr("width", width - 1)
        .attr("height", span.height - 1)
        .attr("fill", "none")
        .attr("stroke", "currentColor")
}

fn name(x: i32, y: i32, text: &str, columns: usize) -> Element {
    words("name", x, y, text, columns).attr("font-weight", 600)
}

fn mono(class: &str, x: i32, y: i32, text: &str, columns: usize) -> Element {
    words(class, x, y, text, columns).attr("font-family", MONO).attr("font-size", "10.5")
}

/// A line of text in at most `columns`; more of it can be had by pointing.
fn words(class: &str, x: i32, y: i32, text: &str, columns: usize) -> Element {
    let shown = shorten(text, columns);
    let whole = (shown != text).then(|| Element::new("title").text(&shorten(text, MAX_TITLE)));
    Element::new("text").attr("class", class).attr("x", x).attr("y", y).children(whole).text(&shown)
}

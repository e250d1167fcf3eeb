//! A small picture: a card for each container with its mounts, a card for each volume, and arrows between them.

use super::element::Element;
use super::layout::{CARD_X, HEADINGS, Layout, MARK, NOTE as NOTE_HEIGHT, PADDING, SYMBOL, Span, Wire, tag_width};
use super::model::{Container, Mount, Storage, Volume};
use super::scene::{Arrangement, DETAIL, IMAGE, NAME, NOTE, PATH, STEP, Scene, TAG, outline, role_class, with_note};
use super::symbol::{ICON, access, icon, mark, stroked};
use super::words::{Below, left_out, lines_below, mount_title, or_missing, role};
use crate::document::Role;

const RAIL_X: i32 = 10;

/// Draws `scene` with cards.
pub(super) fn cards(scene: &Scene<'_>) -> Arrangement {
    let layout = Layout::of(scene.picture, &scene.notes);
    let (width, height) = (layout.width, layout.height);
    let cards = Cards { scene, layout };
    let mut parts = cards.headings();
    parts.extend(cards.rail());
    parts.extend(cards.containers());
    parts.extend(cards.volumes());
    Arrangement { class: "cards", width, height, parts }
}

struct Cards<'a> {
    scene: &'a Scene<'a>,
    layout: Layout,
}

impl Cards<'_> {
    fn headings(&self) -> Vec<Element> {
        let picture = self.scene.picture;
        let containers = if picture.containers.is_empty() { "no containers" } else { "containers, as they start" };
        let volumes = if picture.volumes.is_empty() { "no volumes" } else { "volumes" };
        let room = self.layout.volume_x - CARD_X - PADDING;
        vec![
            TAG.at(CARD_X, HEADINGS, containers, room),
            TAG.at(self.layout.volume_x, HEADINGS, volumes, self.layout.volume_width),
        ]
    }

    /// The order of the starts: a number for each step, and a line beside the containers that start together.
    fn rail(&self) -> Vec<Element> {
        let containers = self.scene.picture.containers.iter();
        let cards: Vec<_> = containers.map(|container| container.step).zip(&self.layout.containers).collect();
        cards.chunk_by(|(step, _), (next, _)| step == next).flat_map(step).collect()
    }

    fn containers(&self) -> Vec<Element> {
        let parts = self.scene.picture.containers.iter().zip(&self.layout.containers).zip(&self.layout.wires);
        parts.map(|((container, card), wires)| self.container(container, *card, wires)).collect()
    }

    fn card_end(&self) -> i32 {
        CARD_X + self.layout.card_width
    }

    fn container(&self, container: &Container, card: Span, wires: &[Wire]) -> Element {
        let rest = (container.left_out > 0)
            .then(|| DETAIL.at(CARD_X + PADDING, card.bottom() - 8, &left_out(container.left_out), self.layout.card_width - 16));
        Element::new("g")
            .attr("class", role_class(container))
            .child(&self.head(container, card))
            .children(container.mounts.iter().zip(wires).map(|(mount, wire)| self.mount(container, mount, *wire)))
            .children(rest)
            .children(self.scene.offer(container, self.card_end() + 14, card.top + 15))
    }

    fn head(&self, container: &Container, card: Span) -> Element {
        let outline = outline("card", (CARD_X, card.top), (self.layout.card_width, card.height)).attr("rx", 6);
        let outline = if container.role == Role::InitContainer { outline.attr("stroke-dasharray", "4 3") } else { outline };
        let (start, line) = (CARD_X + PADDING, card.top + 18);
        let problem = self.scene.notes.at(&container.path).map(|note| mark(note.severity, self.card_end() - 13, line - 4));
        let end = self.card_end() - PADDING - if problem.is_some() { MARK } else { 0 };
        let room = end - start - tag_width(container);
        self.scene
            .container(container)
            .child(&outline)
            .children((container.role == Role::Sidecar).then(|| bar(card)))
            .child(&NAME.at(start, line, or_missing(&container.name, "(no name)"), room))
            .children(role(container).map(|role| TAG.ending_at(end, line, role, tag_width(container))))
            .child(&IMAGE.at(start, line + 15, or_missing(&container.image, "(no image)"), self.layout.card_width - 2 * PADDING))
            .children(problem)
    }

    fn mount(&self, container: &Container, mount: &Mount, wire: Wire) -> Element {
        let note = self.scene.notes.at(&mount.path);
        let start = CARD_X + PADDING;
        let end = self.card_end() - PADDING - if note.is_some() { MARK } else { 0 };
        let ground = Element::new("rect")
            .attr("class", "strip")
            .attr("x", CARD_X + 3)
            .attr("y", wire.row - 9)
            .attr("width", self.layout.card_width - 6)
            .attr("height", 18)
            .attr("rx", 3)
            .attr("fill", "none")
            .attr("pointer-events", "all");
        let below = lines_below(mount, &self.scene.notes);
        let below = (1..).zip(&below).map(|(line, Below { words, is_problem })| {
            let face = if *is_problem { NOTE } else { DETAIL };
            face.at(start + SYMBOL, wire.row + 4 + NOTE_HEIGHT * line, words, self.layout.card_width - 2 * PADDING - SYMBOL)
        });
        let path = or_missing(&mount.place, "(no path)");
        self.scene
            .mount(mount, &with_note(mount_title(container, mount), note))
            .child(&ground)
            .child(&access(mount.read_only, start + 6, wire.row))
            .child(&PATH.at(start + SYMBOL, wire.row + 4, path, end - start - SYMBOL))
            .children(note.map(|note| mark(note.severity, self.card_end() - 13, wire.row)))
            .children(below)
            .children(wire.slot.into_iter().flat_map(|slot| self.arrow(mount, wire.row, slot)))
    }

    /// A line between a container and a volume, with its head at the one that receives.
    fn arrow(&self, mount: &Mount, row: i32, slot: i32) -> [Element; 2] {
        let (left, right) = (self.card_end(), self.layout.volume_x);
        let middle = i32::midpoint(left, right);
        let (start, end) = if mount.read_only { (left + 6, right) } else { (left, right - 6) };
        let (tip, back, at) = if mount.read_only { (left + 1, left + 8, row) } else { (right - 1, right - 8, slot) };
        let line = stroked("line", format_args!("M{start} {row}C{middle} {row} {middle} {slot} {end} {slot}"));
        let head =
            Element::new("path").attr("class", "head").attr("d", format_args!("M{tip} {at}L{back} {}V{}Z", at - 4, at + 4));
        [line, head]
    }

    fn volumes(&self) -> Vec<Element> {
        self.scene
            .picture
            .volumes
            .iter()
            .zip(&self.layout.volumes)
            .map(|(volume, card)| self.draw_volume(volume, *card))
            .collect()
    }

    fn draw_volume(&self, volume: &Volume, card: Span) -> Element {
        let (x, width) = (self.layout.volume_x, self.layout.volume_width);
        let middle = card.top + card.height / 2;
        let outline = outline("card", (x, card.top), (width, card.height));
        let outline = outline.attr("rx", if volume.source == Storage::Disk { 12 } else { 2 });
        let outline = if volume.source == Storage::Undefined { outline.attr("stroke-dasharray", "2 3") } else { outline };
        let problem = self.scene.notes.at(&volume.path).map(|note| mark(note.severity, x + width - 12, middle - 16));
        let start = x + PADDING + ICON + PADDING / 2;
        let room = x + width - PADDING / 2 - start;
        let name_room = room - if problem.is_some() { MARK } else { 0 };
        self.scene
            .volume(volume)
            .child(&outline)
            .children((volume.source == Storage::Memory).then(|| pins((x, card.top), (width, card.height))))
            .child(&icon(volume.source, x + PADDING + ICON / 2, middle))
            .child(&NAME.at(start, middle - 10, or_missing(&volume.name, "(no name)"), name_room))
            .child(&DETAIL.at(start, middle + 5, &volume.kind, room))
            .child(&DETAIL.at(start, middle + 19, &volume.detail, room))
            .children(problem)
    }
}

/// The pins of a chip, along the upper and the lower edge of a box.
fn pins((x, y): (i32, i32), (width, height): (i32, i32)) -> Element {
    let (start, length) = (x + 9, width - 18);
    stroked("pins", format_args!("M{start} {}h{length}M{start} {}h{length}", y - 1, y + height + 1))
        .attr("stroke-width", 5)
        .attr("stroke-dasharray", "4 5")
}

/// The number of a step, and a line down to the last of several cards.
fn step(cards: &[(usize, &Span)]) -> Vec<Element> {
    let [(number, first), .., (_, last)] = cards else {
        return cards.iter().map(|(number, card)| step_number(*number, card.top)).collect();
    };
    let line = stroked("rail", format_args!("M{RAIL_X}.5 {}V{}", first.top + 26, last.bottom()));
    vec![step_number(*number, first.top), line]
}

fn step_number(number: usize, top: i32) -> Element {
    STEP.around(RAIL_X, top + 18, &number.to_string())
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

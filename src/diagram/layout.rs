//! Where cards stand: containers in a column on the left, volumes in one on the right, each near those that mount it.

use super::marks::Notes;
use super::measure::{Face, signed};
use super::model::{Container, Mount, Picture, Volume};
use super::symbol::ICON;
use super::words::{lines_below, or_missing, role};
use crate::document::Path;

pub(super) const CARD_X: i32 = 20;
/// Room for the arrows between the columns.
const BETWEEN: i32 = 36;
const MARGIN: i32 = 6;
/// Between the edge of a card and what it holds.
pub(super) const PADDING: i32 = 8;
/// Between the start of a mount's symbol and that of its path.
pub(super) const SYMBOL: i32 = 16;
/// What a problem's mark takes of the width of a line.
pub(super) const MARK: i32 = 16;

/// How wide the cards of containers become: as wide as their texts, within these bounds.
const CARD_WIDTHS: (i32, i32) = (164, 232);
const VOLUME_WIDTHS: (i32, i32) = (88, 184);

/// The base line of the columns' headings.
pub(super) const HEADINGS: i32 = 46;

/// The height of a container's name and image.
const HEAD: i32 = 42;
const VOLUME: i32 = 56;
const ROW: i32 = 18;
/// A line below a mount.
pub(super) const NOTE: i32 = 14;
const GAP: i32 = 12;
const TOP: i32 = 54;
const BOTTOM: i32 = 12;

/// The least distance of two lines that meet a volume.
const SLOT: i32 = 9;

/// The upper edge and the height of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) top: i32,
    pub(super) height: i32,
}

impl Span {
    pub(super) fn bottom(self) -> i32 {
        self.top + self.height
    }
}

/// A mount's place: its row in the container's card, and where its line meets the volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wire {
    pub(super) row: i32,
    pub(super) slot: Option<i32>,
}

/// The places of a picture's parts, in the order of the picture's lists.
pub(super) struct Layout {
    pub(super) containers: Vec<Span>,
    pub(super) wires: Vec<Vec<Wire>>,
    pub(super) volumes: Vec<Span>,
    pub(super) card_width: i32,
    pub(super) volume_x: i32,
    pub(super) volume_width: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Layout {
    pub(super) fn of(picture: &Picture, notes: &Notes) -> Self {
        let containers = stack(picture.containers.iter().map(|container| card_height(container, notes)));
        let mut wires: Vec<Vec<Wire>> =
            containers.iter().zip(&picture.containers).map(|(card, container)| rows_of(*card, container, notes)).collect();
        let lines = lines_by_volume(picture, &wires);
        let end = bottom(&containers);
        let volumes = place(&lines, end);
        for (span, lines) in volumes.iter().zip(&lines) {
            for (line, slot) in lines.iter().zip(slots(*span, lines.len())) {
                wires[line.container][line.mount].slot = Some(slot);
            }
        }
        let height = end.max(bottom(&volumes)).max(TOP + HEAD) + BOTTOM;
        let card_width = within(CARD_WIDTHS, picture.containers.iter().map(|container| width_of(container, notes)));
        let volume_width = within(VOLUME_WIDTHS, picture.volumes.iter().map(|volume| width_of_volume(volume, notes)));
        let volume_x = CARD_X + card_width + BETWEEN;
        let width = volume_x + volume_width + MARGIN;
        Self { containers, wires, volumes, card_width, volume_x, volume_width, width, height }
    }
}

/// A mount that a line joins to a volume.
struct Line {
    container: usize,
    mount: usize,
    row: i32,
}

fn within((least, most): (i32, i32), widths: impl Iterator<Item = i32>) -> i32 {
    widths.max().unwrap_or(least).clamp(least, most)
}

/// What the texts of `container` would like to have. Its image is cut sooner than its name and its paths.
fn width_of(container: &Container, notes: &Notes) -> i32 {
    let name = Face::Bold.width(&container.name, 13) + tag_width(container) + mark_width(notes, &container.path);
    let image = Face::Mono.width(&container.image, 11).min(CARD_WIDTHS.0 - 2 * PADDING);
    let mounts = container.mounts.iter().map(|mount| {
        let path = SYMBOL + Face::Mono.width(or_missing(&mount.place, "(no path)"), 11) + mark_width(notes, &mount.path);
        lines_below(mount, notes).iter().map(|line| SYMBOL + Face::Sans.width(&line.words, 11)).fold(path, i32::max)
    });
    mounts.chain([name, image]).max().unwrap_or_default() + 2 * PADDING
}

/// The room of the mark at `path`, if there is one.
pub(super) fn mark_width(notes: &Notes, path: &Path) -> i32 {
    if notes.at(path).is_some() { MARK } else { 0 }
}

/// The room of the word for the role of `container`.
pub(super) fn tag_width(container: &Container) -> i32 {
    role(container).map_or(0, |role| Face::Sans.width(role, 11) + PADDING)
}

/// What the texts of `volume` would like to have.
fn width_of_volume(volume: &Volume, notes: &Notes) -> i32 {
    let name = Face::Bold.width(&volume.name, 13) + mark_width(notes, &volume.path);
    let rest = [&volume.kind, &volume.detail].map(|text| Face::Sans.width(text, 11));
    ICON + rest.into_iter().fold(name, i32::max) + 3 * PADDING
}

fn card_height(container: &Container, notes: &Notes) -> i32 {
    let rows = container.mounts.iter().map(|mount| row_height(mount, notes)).sum::<i32>();
    let rest = if container.left_out > 0 { ROW } else { 0 };
    if rows + rest == 0 { HEAD } else { HEAD + rows + rest + 4 }
}

fn row_height(mount: &Mount, notes: &Notes) -> i32 {
    ROW + NOTE * signed(lines_below(mount, notes).len())
}

fn rows_of(card: Span, container: &Container, notes: &Notes) -> Vec<Wire> {
    let mut top = card.top + HEAD;
    let row = |mount| {
        let row = top + ROW / 2;
        top += row_height(mount, notes);
        Wire { row, slot: None }
    };
    container.mounts.iter().map(row).collect()
}

fn stack(heights: impl Iterator<Item = i32>) -> Vec<Span> {
    let mut top = TOP;
    heights
        .map(|height| {
            let span = Span { top, height };
            top = span.bottom() + GAP;
            span
        })
        .collect()
}

fn bottom(spans: &[Span]) -> i32 {
    spans.iter().map(|span| span.bottom()).max().unwrap_or(TOP)
}

fn lines_by_volume(picture: &Picture, wires: &[Vec<Wire>]) -> Vec<Vec<Line>> {
    let mut lines: Vec<Vec<Line>> = picture.volumes.iter().map(|_| Vec::new()).collect();
    for (container, wires) in wires.iter().enumerate() {
        for (mount, wire) in wires.iter().enumerate() {
            if let Some(volume) = picture.containers[container].mounts[mount].volume {
                lines[volume].push(Line { container, mount, row: wire.row });
            }
        }
    }
    lines
}

/// Puts each volume where its lines are shortest, without overlaps and hardly below `end` if there is room.
fn place(lines: &[Vec<Line>], end: i32) -> Vec<Span> {
    let mut spans: Vec<Span> = lines
        .iter()
        .map(|lines| {
            let height = VOLUME.max(SLOT * (signed(lines.len()) + 1));
            let rows = lines.iter().map(|line| line.row);
            let middle = if lines.is_empty() { end } else { rows.sum::<i32>() / signed(lines.len()) };
            Span { top: (middle - height / 2).max(TOP), height }
        })
        .collect();
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|volume| (lines[*volume].is_empty(), spans[*volume].top + spans[*volume].height / 2));
    let mut free = TOP;
    for &volume in &order {
        spans[volume].top = spans[volume].top.max(free);
        free = spans[volume].bottom() + GAP;
    }
    let needed = TOP + spans.iter().map(|span| span.height + GAP).sum::<i32>() - GAP;
    let mut limit = needed.max(end + 2 * GAP);
    for &volume in order.iter().rev() {
        spans[volume].top = spans[volume].top.min(limit - spans[volume].height);
        limit = spans[volume].top - GAP;
    }
    spans
}

fn slots(span: Span, count: usize) -> impl Iterator<Item = i32> {
    let parts = signed(count) + 1;
    (1..parts).map(move |part| span.top + span.height * part / parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn pod(mounts: &[Vec<usize>], volumes: usize) -> Picture {
        let containers: Vec<_> = mounts
            .iter()
            .map(|mounts| mounts.iter().map(|volume| json!({"name": format!("v{volume}")})).collect::<Vec<_>>())
            .map(|mounts| json!({"volumeMounts": mounts}))
            .collect();
        let volumes: Vec<_> = (0..volumes).map(|volume| json!({"name": format!("v{volume}")})).collect();
        Picture::of(&json!({"spec": {"containers": containers, "volumes": volumes}}))
    }

    fn apart(spans: &[Span], height: i32) -> bool {
        let mut spans = spans.to_vec();
        spans.sort_by_key(|span| span.top);
        spans.windows(2).all(|pair| pair[0].bottom() + GAP <= pair[1].top)
            && spans.iter().all(|span| span.top >= TOP && span.bottom() <= height - BOTTOM)
    }

    #[test]
    fn a_single_mount_is_a_straight_line() {
        let layout = Layout::of(&pod(&[vec![0]], 1), &Notes::default());
        let wire = layout.wires[0][0];
        assert_eq!(wire.slot, Some(wire.row));
    }

    proptest! {
        #[test]
        fn nothing_overlaps(
            mounts in prop::collection::vec(prop::collection::vec(0..25_usize, 0..25), 0..25), volumes in 0..25_usize,
        ) {
            let layout = Layout::of(&pod(&mounts, volumes), &Notes::default());
            prop_assert!(apart(&layout.containers, layout.height));
            prop_assert!(apart(&layout.volumes, layout.height));
            for (card, wires) in layout.containers.iter().zip(&layout.wires) {
                prop_assert!(wires.iter().all(|wire| card.top < wire.row && wire.row < card.bottom()));
                prop_assert!(wires.windows(2).all(|pair| pair[1].row - pair[0].row >= ROW));
            }
            let mut slots: Vec<i32> = layout.wires.iter().flatten().filter_map(|wire| wire.slot).collect();
            slots.sort_unstable();
            prop_assert!(slots.windows(2).all(|pair| pair[1] - pair[0] >= SLOT - 1));
        }
    }
}

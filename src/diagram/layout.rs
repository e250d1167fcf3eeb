//! Where everything stands: containers in a column on the left, volumes in one on the right, each near those that mount it.

use super::model::{Container, Picture};

pub(super) const WIDTH: i32 = 492;
pub(super) const CARD_X: i32 = 40;
pub(super) const CARD_WIDTH: i32 = 218;
pub(super) const VOLUME_X: i32 = 326;
pub(super) const VOLUME_WIDTH: i32 = 152;

/// The base line of the columns' headings.
pub(super) const HEADINGS: i32 = 48;

/// The height of a card's name and second line.
const HEAD: i32 = 42;
const ROW: i32 = 17;
const GAP: i32 = 12;
const TOP: i32 = 56;
const BOTTOM: i32 = 14;

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
    pub(super) height: i32,
}

impl Layout {
    pub(super) fn of(picture: &Picture) -> Self {
        let containers = stack(picture.containers.iter().map(|container| card_height(rows(container))));
        let mut wires: Vec<Vec<Wire>> =
            containers.iter().zip(&picture.containers).map(|(card, container)| rows_of(*card, container.mounts.len())).collect();
        let lines = lines_by_volume(picture, &wires);
        let end = bottom(&containers);
        let volumes = place(&lines, end);
        for (span, lines) in volumes.iter().zip(&lines) {
            for (line, slot) in lines.iter().zip(slots(*span, lines.len())) {
                wires[line.container][line.mount].slot = Some(slot);
            }
        }
        let height = end.max(bottom(&volumes)).max(TOP + HEAD) + BOTTOM;
        Self { containers, wires, volumes, height }
    }
}

/// A mount that a line joins to a volume.
struct Line {
    container: usize,
    mount: usize,
    row: i32,
}

fn rows(container: &Container) -> usize {
    container.mounts.len() + usize::from(container.left_out > 0)
}

fn card_height(rows: usize) -> i32 {
    if rows == 0 { HEAD } else { HEAD + signed(rows) * ROW + 4 }
}

fn rows_of(card: Span, mounts: usize) -> Vec<Wire> {
    (0..mounts).map(|mount| Wire { row: card.top + HEAD + signed(mount) * ROW + ROW / 2, slot: None }).collect()
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
            let height = HEAD.max(SLOT * (signed(lines.len()) + 1));
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
    let mut limit = needed.max(end + GAP);
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

/// Counts here are of what is drawn, which is little.
fn signed(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
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
        let layout = Layout::of(&pod(&[vec![0]], 1));
        let wire = layout.wires[0][0];
        assert_eq!(wire.slot, Some(wire.row));
    }

    proptest! {
        #[test]
        fn nothing_overlaps(
            mounts in prop::collection::vec(prop::collection::vec(0..25_usize, 0..25), 0..25), volumes in 0..25_usize,
        ) {
            let layout = Layout::of(&pod(&mounts, volumes));
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

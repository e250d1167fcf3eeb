//! A large picture: a row for each container, a lane for each volume, and a pen or an eye where they meet.
//!
//! The lanes stand in the opposite order of the volumes, so that none crosses the way of another to its name.

use super::element::Element;
use super::layout::{mark_width, tag_width};
use super::marks::Note;
use super::measure::signed;
use super::model::{Container, Mount, Picture, Storage, Volume};
use super::scene::{Arrangement, DETAIL, LABEL, STEP, Scene, TAG, outline, role_class, with_note};
use super::symbol::{ICON, access, icon, mark, stroked};
use super::words::{left_out, mount_title, or_missing, role};
use crate::document::Role;

/// As many containers, volumes and mounts are drawn with cards at most.
const MAX_CARDS: (usize, usize, usize) = (6, 4, 9);

/// As wide as the column of the page that the picture stands in; what is wider is scrolled.
const PAGE: i32 = 630;
const LABEL_X: i32 = 6;
/// How wide the column with the names becomes: as wide as they need, as far as the page leaves room, within these bounds.
const LABEL_WIDTHS: (i32, i32) = (132, 200);
/// The room of the number of a step.
const NUMBER: i32 = 16;
const LANE: i32 = 24;
const PILL: i32 = 22;
const PITCH: i32 = 26;
const ROW: i32 = 28;
const TOP: i32 = 54;
const HEADING: i32 = 24;
const PADDING: i32 = 8;
const MARGIN: i32 = 6;
/// The column for what is not drawn.
const REST: i32 = 84;

/// True of a picture that has no room for cards, or would be a tangle of arrows with them.
pub(super) fn needs_lanes(picture: &Picture) -> bool {
    let mounts: usize = picture.containers.iter().map(|container| container.mounts.len()).sum();
    let (containers, volumes) = (picture.containers.len(), picture.volumes.len());
    containers > MAX_CARDS.0 || volumes > MAX_CARDS.1 || mounts > MAX_CARDS.2
}

/// Draws `scene` with lanes.
pub(super) fn lanes(scene: &Scene<'_>) -> Arrangement {
    let lanes = Lanes::new(scene);
    let (width, height) = (lanes.end + MARGIN + if lanes.has_rest { REST } else { 0 }, lanes.bottom());
    let mut parts = lanes.headings();
    parts.extend(scene.picture.containers.iter().enumerate().map(|(index, container)| lanes.guide(index, container)));
    parts.extend((0..scene.picture.volumes.len()).map(|index| lanes.lane(index)));
    parts.extend(scene.picture.containers.iter().enumerate().map(|(index, container)| lanes.container(index, container)));
    parts.extend(scene.picture.volumes.iter().enumerate().map(|(index, volume)| lanes.volume(index, volume)));
    Arrangement { class: "lanes", width, height, parts }
}

struct Lanes<'a> {
    scene: &'a Scene<'a>,
    label_width: i32,
    /// The right end of the lanes.
    end: i32,
    has_rest: bool,
}

impl<'a> Lanes<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        let picture = scene.picture;
        let count = picture.volumes.len();
        let containers = picture.containers.iter().map(|container| {
            let texts = LABEL.width(&container.name, LABEL_WIDTHS.1) + tag_width(container);
            texts + NUMBER + mark_width(&scene.notes, &container.path) + 2 * PADDING
        });
        let volumes = picture.volumes.iter().enumerate().map(|(index, volume)| {
            let texts = LABEL.width(&volume.name, LABEL_WIDTHS.1) + PADDING + DETAIL.width(&details(volume)[0], LABEL_WIDTHS.1);
            texts + pill_frame(scene, volume) - LANE * signed(count - 1 - index)
        });
        let most = (PAGE - LABEL_X - LANE * signed(count) - 2 * MARGIN).clamp(LABEL_WIDTHS.0, LABEL_WIDTHS.1);
        let label_width = containers.chain(volumes).fold(LABEL_WIDTHS.0, i32::max).min(most);
        let end = LABEL_X + label_width + LANE * signed(count) + 4;
        let has_rest = picture.containers.iter().any(|container| rest(container) > 0);
        Self { scene, label_width, end, has_rest }
    }

    /// Where the lane of the volume at `index` goes down.
    fn lane_x(&self, index: usize) -> i32 {
        self.end - LANE / 2 - LANE * signed(index)
    }

    fn pill_y(index: usize) -> i32 {
        TOP + PITCH * signed(index)
    }

    fn rows_top(&self) -> i32 {
        TOP + PITCH * signed(self.scene.picture.volumes.len()) + HEADING
    }

    fn row_y(&self, index: usize) -> i32 {
        self.rows_top() + ROW * signed(index) + ROW / 2
    }

    fn bottom(&self) -> i32 {
        self.rows_top() + ROW * signed(self.scene.picture.containers.len()) + MARGIN
    }

    fn headings(&self) -> Vec<Element> {
        let room = self.label_width + LANE;
        let volumes = if self.scene.picture.volumes.is_empty() { "no volumes" } else { "volumes" };
        let wide = "containers, as they start";
        let containers = match self.scene.picture.containers.len() {
            0 => "no containers",
            _ if TAG.width(wide, PAGE) <= self.label_width - 4 => wide,
            _ => "containers",
        };
        vec![
            TAG.at(LABEL_X, TOP - 8, volumes, room),
            TAG.at(LABEL_X, self.rows_top() - 6, containers, room.min(self.label_width - 4)),
        ]
    }

    /// The line that leads the eye from the name of the container at `index` to its cells.
    fn guide(&self, index: usize, container: &Container) -> Element {
        let (start, y) = (LABEL_X + self.label_width, self.row_y(index));
        let line = stroked("guide", format_args!("M{start} {y}.5H{}", self.end));
        let rest = rest(container);
        let rest = (rest > 0).then(|| DETAIL.at(self.end + PADDING, y + 4, &left_out(rest), REST - PADDING));
        Element::new("g").child(&line).children(rest)
    }

    /// The way from the name of the volume at `index` to the last row.
    fn lane(&self, index: usize) -> Element {
        let volume = &self.scene.picture.volumes[index];
        let (x, y) = (self.lane_x(index), Self::pill_y(index) + PILL / 2);
        let start = LABEL_X + self.pill(index, volume).width;
        let line = stroked("line", format_args!("M{start} {y}H{}q6 0 6 6V{}", x - 6, self.bottom() - MARGIN));
        let is_memory = volume.source == Storage::Memory;
        let line = if is_memory { line.attr("stroke-width", 3).attr("stroke-dasharray", "5 2") } else { line };
        Element::new("g").attr("class", if is_memory { "lane memory" } else { "lane" }).child(&line)
    }

    fn container(&self, index: usize, container: &Container) -> Element {
        let y = self.row_y(index);
        let ahead = index.checked_sub(1).and_then(|before| self.scene.picture.containers.get(before));
        let is_next_step = ahead.is_none_or(|before| before.step != container.step);
        Element::new("g")
            .attr("class", role_class(container))
            .child(&self.head(container, y))
            .children(is_next_step.then(|| STEP.around(LABEL_X + PADDING + 4, y + 4, &container.step.to_string())))
            .children((0..self.scene.picture.volumes.len()).filter_map(|volume| self.cell(container, volume, y)))
            .children(self.scene.offer(container, 0, y))
    }

    fn head(&self, container: &Container, y: i32) -> Element {
        let outline = outline("card", (LABEL_X, y - 12), (self.label_width, 24)).attr("rx", 5);
        let outline = if container.role == Role::InitContainer { outline.attr("stroke-dasharray", "4 3") } else { outline };
        let edge = LABEL_X + self.label_width;
        let problem = self.scene.notes.at(&container.path).map(|note| mark(note.severity, edge - 12, y));
        let (start, end) = (LABEL_X + PADDING + NUMBER, edge - PADDING - mark_width(&self.scene.notes, &container.path));
        let tag = tag_width(container);
        self.scene
            .container(container)
            .child(&outline)
            .child(&LABEL.at(start, y + 4, or_missing(&container.name, "(no name)"), end - tag - start))
            .children(role(container).map(|role| TAG.ending_at(end, y + 4, role, tag)))
            .children(problem)
    }

    /// Where `container` meets the volume at `index`, if it mounts it, perhaps at several places.
    fn cell(&self, container: &Container, index: usize, y: i32) -> Option<Element> {
        let mounts: Vec<&Mount> = container.mounts.iter().filter(|mount| mount.volume == Some(index)).collect();
        let first = mounts.iter().find(|mount| !mount.read_only).or(mounts.first())?;
        let notes = mounts.iter().filter_map(|mount| self.scene.notes.at(&mount.path));
        let note = notes.min_by_key(|note| note.severity);
        let x = self.lane_x(index);
        let disc = Element::new("circle").attr("class", "card").attr("cx", x).attr("cy", y).attr("r", 10);
        let cell = self
            .scene
            .mount(first, &cell_title(container, &mounts, note))
            .child(&disc)
            .child(&access(first.read_only, x, y))
            .children(note.map(|note| small_mark(note, x + 9, y - 7)));
        Some(cell)
    }

    /// What the name of the volume at `index` says, as far as its lane leaves room.
    fn pill<'v>(&self, index: usize, volume: &'v Volume) -> Pill<'v> {
        let frame = pill_frame(self.scene, volume);
        let room = self.lane_x(index) - LANE / 2 - LABEL_X - frame;
        let name = or_missing(&volume.name, "(no name)");
        let named = LABEL.width(name, room);
        let fits = |detail: &String| LABEL.width(name, 2 * room) + PADDING + DETAIL.width(detail, PAGE) <= room;
        let detail = details(volume).into_iter().find(fits).unwrap_or_default();
        let width = frame + named + if detail.is_empty() { 0 } else { PADDING + DETAIL.width(&detail, room) };
        Pill { name, named, detail, width }
    }

    fn volume(&self, index: usize, volume: &Volume) -> Element {
        let Pill { name, named, detail, width } = self.pill(index, volume);
        let (y, middle) = (Self::pill_y(index), Self::pill_y(index) + PILL / 2);
        let outline =
            outline("card", (LABEL_X, y), (width, PILL)).attr("rx", if volume.source == Storage::Disk { 11 } else { 2 });
        let outline = if volume.source == Storage::Undefined { outline.attr("stroke-dasharray", "2 3") } else { outline };
        let start = LABEL_X + PADDING + ICON + 4;
        let detail = (!detail.is_empty()).then(|| DETAIL.at(start + named + PADDING, middle + 4, &detail, width));
        self.scene
            .volume(volume)
            .attr("data-at", format_args!("translate({})", self.lane_x(index)))
            .child(&outline)
            .child(&icon(volume.source, LABEL_X + PADDING + ICON / 2, middle))
            .child(&LABEL.at(start, middle + 4, name, named))
            .children(detail)
            .children(self.scene.notes.at(&volume.path).map(|note| mark(note.severity, LABEL_X + width - 13, middle)))
    }
}

/// The name of a volume where its lane starts.
struct Pill<'a> {
    name: &'a str,
    /// The width of the name.
    named: i32,
    /// The longest of [`details`] that has room.
    detail: String,
    width: i32,
}

/// What a pill takes beside its texts.
fn pill_frame(scene: &Scene<'_>, volume: &Volume) -> i32 {
    ICON + 4 + 2 * PADDING + mark_width(&scene.notes, &volume.path)
}

/// What a volume is, in fewer and fewer words.
fn details(volume: &Volume) -> [String; 2] {
    let detail = volume.detail.strip_prefix("max ").unwrap_or(&volume.detail);
    [format!("{} {detail}", volume.kind).trim_end().to_owned(), detail.to_owned()]
}

/// A mark beside the symbol of a cell.
fn small_mark(note: &Note, x: i32, y: i32) -> Element {
    Element::new("g").attr("transform", format_args!("translate({x} {y}) scale(.7)")).child(&mark(note.severity, 0, 0))
}

/// How many mounts of `container` have no place in a lane.
fn rest(container: &Container) -> usize {
    container.left_out + container.mounts.iter().filter(|mount| mount.volume.is_none()).count()
}

fn cell_title(container: &Container, mounts: &[&Mount], note: Option<&Note>) -> String {
    let titles: Vec<String> = mounts.iter().map(|mount| mount_title(container, mount)).collect();
    with_note(titles.join(" "), note)
}

//! What both arrangements of a picture draw with: shapes that stand for fields, and lines of text.

use super::element::{Element, Value};
use super::marks::{Note, Notes};
use super::measure::Face;
use super::model::{Container, Mount, Picture, Storage, Volume};
use super::symbol::plus;
use super::words::{container_title, said, volume_title};
use crate::document::{Path, Role};

/// A picture, and how it is to be drawn.
pub(super) struct Scene<'a> {
    pub(super) picture: &'a Picture,
    pub(super) notes: Notes,
    /// True if shapes lead to the inputs of their fields.
    pub(super) is_linked: bool,
    /// True if shapes say their names where one points at them.
    pub(super) is_titled: bool,
}

/// An arrangement of containers and volumes below the title.
pub(super) struct Arrangement {
    /// What tells it from others in a style sheet.
    pub(super) class: &'static str,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) parts: Vec<Element>,
}

impl Scene<'_> {
    /// A shape that stands for `field`, to which the arrow keys lead.
    fn shape(&self, class: impl Value, field: &Path, title: &str) -> Element {
        self.stop(-1, class, field, title)
    }

    /// The shape that stands for `field` at which the keyboard enters a picture.
    pub(super) fn entrance(&self, class: &str, field: &Path, title: &str) -> Element {
        self.stop(0, class, field, title)
    }

    fn stop(&self, tab_index: i32, class: impl Value, field: &Path, title: &str) -> Element {
        let shape = if self.is_linked {
            Element::new("a").attr("href", ("#", field)).attr("tabindex", tab_index)
        } else {
            Element::new("g")
        };
        let title = self.is_titled.then(|| Element::new("title").text(title));
        shape.attr("class", class).attr("data-field", field).children(title)
    }

    pub(super) fn container(&self, container: &Container) -> Element {
        self.shape("box", &container.path, &with_note(container_title(container), self.notes.at(&container.path)))
    }

    /// The shape of `mount`, and of others for which it stands.
    pub(super) fn mount(&self, mount: &Mount, title: &str) -> Element {
        let access = if mount.read_only { "read-only" } else { "read-write" };
        let source = mount.volume.map_or("", |volume| class(self.picture.volumes[volume].source));
        self.shape(("mount ", access, (" ", source)), &mount.path, title)
    }

    pub(super) fn volume(&self, volume: &Volume) -> Element {
        let title = with_note(volume_title(volume), self.notes.at(&volume.path));
        self.shape(("volume ", class(volume.source)), &volume.path, &title)
    }

    /// What shares the chosen volume with `container`; it is shown where that can be done.
    pub(super) fn offer(&self, container: &Container, x: i32, y: i32) -> Option<Element> {
        self.is_linked.then(|| {
            let title = Element::new("title").text("Share the chosen volume here");
            Element::new("a")
                .attr("class", "offer")
                .attr("role", "button")
                .attr("tabindex", -1)
                .attr("data-container", &container.path)
                .child(&title)
                .children(plus(x, y))
        })
    }
}

/// `title` and what is said there.
pub(super) fn with_note(title: String, note: Option<&Note>) -> String {
    match note {
        Some(note) => title + " " + &said(note, ""),
        None => title,
    }
}

/// The class of a container's role.
pub(super) fn role_class(container: &Container) -> &'static str {
    match container.role {
        Role::InitContainer => "container init",
        Role::Sidecar => "container sidecar",
        Role::Container => "container",
    }
}

fn class(source: Storage) -> &'static str {
    match source {
        Storage::Disk => "disk",
        Storage::Memory => "memory",
        Storage::Other => "other",
        Storage::Undefined => "undefined",
    }
}

/// How a line of text looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    class: &'static str,
    face: Face,
    size: i32,
}

pub(super) const NAME: Type = Type { class: "name", face: Face::Bold, size: 13 };
pub(super) const LABEL: Type = Type { class: "name", face: Face::Bold, size: 12 };
pub(super) const IMAGE: Type = Type { class: "detail", face: Face::Mono, size: 11 };
pub(super) const PATH: Type = Type { class: "path", face: Face::Mono, size: 11 };
pub(super) const DETAIL: Type = Type { class: "detail", face: Face::Sans, size: 11 };
pub(super) const TAG: Type = Type { class: "tag", face: Face::Sans, size: 11 };
pub(super) const STEP: Type = Type { class: "step", face: Face::Sans, size: 11 };
pub(super) const NOTE: Type = Type { class: "note", face: Face::Sans, size: 11 };

impl Type {
    /// A line of text from `x` on, with its base at `y` and at most `room` wide.
    pub(super) fn at(self, x: i32, y: i32, text: &str, room: i32) -> Element {
        self.say(self.line(x, y), &self.face.fit(text, self.size, room))
    }

    /// As [`at`](Self::at), with its end at `x`.
    pub(super) fn ending_at(self, x: i32, y: i32, text: &str, room: i32) -> Element {
        self.say(self.line(x, y).attr("text-anchor", "end"), &self.face.fit(text, self.size, room))
    }

    /// As [`at`](Self::at), around `x`.
    pub(super) fn around(self, x: i32, y: i32, text: &str) -> Element {
        self.say(self.line(x, y).attr("text-anchor", "middle"), &self.face.fit(text, self.size, 40))
    }

    fn line(self, x: i32, y: i32) -> Element {
        let line = Element::new("text").attr("class", self.class).attr("x", x).attr("y", y);
        let line = if self.size == BASE_SIZE { line } else { line.attr("font-size", self.size) };
        match self.face {
            Face::Sans => line,
            Face::Bold => line.attr("font-weight", 600),
            Face::Mono => line.attr("font-family", "ui-monospace, monospace"),
        }
    }

    /// The `line` with `text`, which stays as long as was reckoned, whatever spacing of letters its reader has set.
    fn say(self, line: Element, text: &str) -> Element {
        match self.face.length(text, self.size) {
            Some(length) => line.attr("textLength", length).text(text),
            None => line.text(text),
        }
    }

    /// How much of `room` the text takes.
    pub(super) fn width(self, text: &str, room: i32) -> i32 {
        self.face.width(&self.face.fit(text, self.size, room), self.size)
    }
}

/// The size of text that says no other.
pub(super) const BASE_SIZE: i32 = 11;

/// The edge of a box whose upper left corner is at `x` and `y`.
pub(super) fn outline(class: &str, (x, y): (i32, i32), (width, height): (i32, i32)) -> Element {
    Element::new("rect")
        .attr("class", class)
        .attr("x", (x, ".5"))
        .attr("y", (y, ".5"))
        .attr("width", width - 1)
        .attr("height", height - 1)
        .attr("fill", "none")
        .attr("stroke", "currentColor")
}

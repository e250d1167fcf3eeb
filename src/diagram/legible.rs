//! Tests that every text of a picture can be read: none is small, overlaps another or a mark, or leaves its box.

use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use super::measure::Face;
use super::{Mark, Picture, Use};
use crate::document::Path;
use kube_dry_run::Severity;

/// The smallest letters, in units of the picture, which are pixels on a phone.
const SMALLEST: i32 = 11;

#[derive(Debug)]
struct Area {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    what: String,
}

impl Area {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_in(&self, outer: &Self) -> bool {
        outer.left <= self.left && self.right <= outer.right && outer.top <= self.top && self.bottom <= outer.bottom
    }
}

fn number(node: Node, name: &str) -> i32 {
    node.attribute(name).unwrap_or("0").trim_end_matches(".5").parse().unwrap()
}

fn is(node: Node, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split(' ').any(|found| found == class))
}

fn area_of_rect(node: Node) -> Area {
    let (left, top) = (number(node, "x"), number(node, "y"));
    let (right, bottom) = (left + number(node, "width") + 1, top + number(node, "height") + 1);
    Area { left, right, top, bottom, what: format!("{node:?}") }
}

fn area_of_text(node: Node) -> Area {
    let size = node.attribute("font-size").map_or(SMALLEST, |size| size.parse().unwrap());
    assert!(size >= SMALLEST, "{node:?}");
    let face = match (node.attribute("font-family"), node.attribute("font-weight")) {
        (Some(_), _) => Face::Mono,
        (_, Some(_)) => Face::Bold,
        _ => Face::Sans,
    };
    let text = node.text().unwrap_or_default();
    let (x, base, width) = (number(node, "x"), number(node, "y"), face.width(text, size));
    let left = match node.attribute("text-anchor") {
        Some("end") => x - width,
        Some("middle") => x - width / 2,
        _ => x,
    };
    Area { left, right: left + width, top: base - size * 4 / 5, bottom: base + size / 5, what: text.to_owned() }
}

/// Where the marks are that stand in a line with texts.
fn area_of_mark(node: Node) -> Option<Area> {
    let place = node.attribute("transform")?.strip_prefix("translate(")?.strip_suffix(')')?;
    let (x, y) = place.split_once(' ')?;
    let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
    let what = "a mark".to_owned();
    let stands_alone = node.parent()?.attribute("transform").is_none();
    stands_alone.then_some(Area { left: x - 7, right: x + 7, top: y - 7, bottom: y + 7, what })
}

fn assert_legible(text: &str) {
    let parsed = Document::parse(text).unwrap();
    let root = parsed.root_element();
    let frame = root.descendants().find(|node| is(*node, "frame")).map(area_of_rect).unwrap();
    let texts: Vec<(Node, Area)> =
        root.descendants().filter(|node| node.has_tag_name((SVG, "text"))).map(|node| (node, area_of_text(node))).collect();
    for (node, area) in &texts {
        assert!(area.is_in(&frame), "{} leaves the picture, {area:?} in {frame:?}", area.what);
        let holder = node.parent().unwrap();
        if let Some(card) = holder.children().find(|node| node.has_tag_name((SVG, "rect")) && is(*node, "card")) {
            let card = area_of_rect(card);
            assert!(area.is_in(&card), "{} leaves its card, {area:?} in {card:?}", area.what);
        }
        if let Some(strip) = holder.children().find(|node| is(*node, "strip")).map(area_of_rect) {
            assert!(strip.left <= area.left && area.right <= strip.right, "{} leaves its row, {area:?} in {strip:?}", area.what);
        }
    }
    let marks = root.descendants().filter(|node| is(*node, "mark")).filter_map(area_of_mark);
    let mut areas: Vec<Area> = texts.into_iter().map(|(_, area)| area).collect();
    areas.extend(marks);
    for (index, area) in areas.iter().enumerate() {
        for other in &areas[index + 1..] {
            assert!(!area.overlaps(other), "{} and {} overlap, {area:?} and {other:?}", area.what, other.what);
        }
    }
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// A Pod, and fields of it with something to be said.
fn pods(most: usize) -> impl Strategy<Value = (Value, Vec<Path>)> {
    let name = || prop_oneof![3 => "[a-z]{1,8}", 2 => "[a-zA-Z0-9/._-]{1,63}", 1 => "\\PC{0,30}", 1 => "[mW]{30}"];
    let volume = (name(), any::<bool>(), "[0-9]{1,20}Mi").prop_map(|(name, in_memory, limit)| {
        let medium = if in_memory { "Memory" } else { "" };
        json!({"name": name, "emptyDir": {"medium": medium, "sizeLimit": limit}})
    });
    let mount = (0..most + 1, name(), any::<bool>());
    let container = (name(), name(), prop::collection::vec(mount, 0..=most));
    let containers = prop::collection::vec(container, 0..=most);
    let marked = prop::collection::vec((0..most, 0..=most), 0..30);
    (containers, 0..=most, prop::collection::vec(volume, 0..=most), marked).prop_map(|(containers, init, volumes, marked)| {
        let mount = |(volume, path, read_only): (usize, String, bool)| {
            let name = volumes.get(volume).map_or("gone", |volume| volume["name"].as_str().unwrap());
            json!({"name": name, "mountPath": path, "readOnly": read_only})
        };
        let container = |(name, image, mounts): (String, String, Vec<_>)| {
            let restart = if name.len() % 2 == 0 { "Always" } else { "" };
            let mounts: Vec<_> = mounts.into_iter().map(mount).collect();
            json!({"name": name, "image": image, "restartPolicy": restart, "volumeMounts": mounts})
        };
        let mut containers: Vec<Value> = containers.into_iter().map(container).collect();
        let rest = containers.split_off(init.min(containers.len()));
        let spec = json!({"initContainers": rest, "containers": containers, "volumes": volumes});
        let fields = marked.into_iter().flat_map(|(container, mount)| {
            let fields = [
                format!("spec.containers[{container}]"),
                format!("spec.initContainers[{container}].image"),
                format!("spec.containers[{container}].volumeMounts[{mount}]"),
                format!("spec.volumes[{mount}].emptyDir"),
            ];
            fields.map(|field| field.parse().unwrap())
        });
        (json!({"kind": "Pod", "metadata": {"name": "a-pod"}, "spec": spec}), fields.collect())
    })
}

fn marks(fields: &[Path]) -> Vec<Mark<'_>> {
    let mark = |(index, field)| {
        let severity = if index % 2 == 0 { Severity::Error } else { Severity::Warning };
        Mark { field, severity, rule: "mount-hides-image", message: "It is empty." }
    };
    fields.iter().enumerate().map(mark).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn small_pictures_are_legible((document, fields) in pods(4)) {
        assert_legible(&Picture::of(&document).svg(Use::Linked(&marks(&fields))));
    }

    #[test]
    fn large_pictures_are_legible((document, fields) in pods(20)) {
        assert_legible(&Picture::of(&document).svg(Use::Linked(&marks(&fields))));
        assert_legible(&Picture::of(&document).svg(Use::Standalone));
    }
}

/// `containers` that all share all `volumes`.
fn shared(containers: usize, volumes: usize, name: &str) -> Value {
    let mounts: Vec<_> =
        (0..volumes).map(|volume| json!({"name": format!("{name}{volume}"), "mountPath": format!("/{name}")})).collect();
    let volumes: Vec<_> = (0..volumes).map(|volume| json!({"name": format!("{name}{volume}"), "emptyDir": {}})).collect();
    let containers: Vec<_> = (0..containers).map(|at| json!({"name": format!("{name}{at}"), "volumeMounts": mounts})).collect();
    json!({"metadata": {"name": name}, "spec": {"containers": containers, "volumes": volumes}})
}

#[test]
fn a_picture_has_a_bounded_size_whatever_is_said_about_it() {
    let width = |text: &str| -> f64 {
        Document::parse(text).unwrap().root_element().attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse().unwrap()
    };
    let eight_by_six = Picture::of(&shared(8, 6, "name-")).svg(Use::Linked(&[]));
    assert!(eight_by_six.len() < 50_000 && width(&eight_by_six) < 360.0);
    let twenty = Picture::of(&shared(20, 20, "name-")).svg(Use::Linked(&[]));
    assert!(twenty.len() < 300_000 && width(&twenty) < 640.0, "{} {}", twenty.len(), width(&twenty));
    let fields: Vec<Path> = (0..40)
        .flat_map(|container| {
            (0..40).map(move |mount| format!("spec.containers[{container}].volumeMounts[{mount}].name").parse().unwrap())
        })
        .collect();
    let long = "m".repeat(1000);
    let marks: Vec<Mark> = fields
        .iter()
        .cycle()
        .take(20_000)
        .map(|field| Mark { field, severity: Severity::Error, rule: "", message: &long })
        .collect();
    assert!(Picture::of(&shared(5000, 100, &long[..200])).svg(Use::Linked(&marks)).len() < 1_000_000);
}

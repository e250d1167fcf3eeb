//! The picture of a Pod: its containers in the order in which they start, its volumes, and who writes and reads them where.
//!
//! An arrow points from a container to the volume that it may write, and from a volume to the container that only reads it.
//! Where there would be too many of them, each volume has a lane instead. The picture says which field a shape stands for
//! (`data-field`), draws with the colour of the text around it and leaves other colours to a style sheet: `.cards` or `.lanes`, `.wide`;
//! `.container` with `.init` or `.sidecar`, which holds its `.box`, its `.mount`s with `.read-write` or `.read-only`, and its
//! `.offer`; `.volume` with `.disk`, `.memory`, `.other` or `.undefined`; `.mark` with `.error` or `.warning`, which has a
//! `.ground` and a `.sign`; `.frame`, `.title`, `.card`, `.line`, `.lane`, `.head`, `.guide`, `.icon`, `.access`, `.pins`, `.rail`,
//! `.bar`, `.strip`, `.name`, `.detail`, `.path`, `.tag`, `.step`, `.note`, `.legend`, `.drag`.

mod cards;
mod draw;
mod element;
mod lanes;
mod layout;
#[cfg(test)]
mod legible;
mod marks;
mod measure;
mod model;
mod scene;
mod symbol;
mod words;

pub use marks::Mark;
pub use model::Picture;

/// Where a picture will be shown.
#[derive(Clone, Copy, Debug)]
pub enum Use<'a> {
    /// In a file of its own: with its colours, for light and dark.
    Standalone,
    /// Inside of a page, whose style sheet gives the colours.
    Inline,
    /// Beside the form: shapes lead to their inputs, and say what goes wrong.
    Linked(&'a [Mark<'a>]),
}

/// The style sheet in every picture for a file of its own, to the letter: what a Content-Security-Policy has to admit.
pub const STANDALONE_STYLE: &str = include_str!("diagram/standalone.css");

impl Picture {
    /// The picture as SVG. What is missing is shown as missing, and of very many things the first are drawn.
    #[must_use]
    pub fn svg(&self, purpose: Use<'_>) -> String {
        draw::draw(self, purpose)
    }

    /// What the picture shows, in one sentence or more, as far as these fit into `most` bytes; the first one is whole in any case.
    #[must_use]
    pub fn in_words(&self, most: usize) -> String {
        words::first_sentences(self, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Path;
    use pod_lesson::{lesson, lessons};
    use proptest::prelude::*;
    use roxmltree::{Document, Node};
    use serde_json::{Value, json};

    fn fields(svg: &Document) -> Vec<String> {
        svg.descendants().filter_map(|node| node.attribute("data-field")).map(str::to_owned).collect()
    }

    #[test]
    fn draws_a_manifest() {
        insta::assert_snapshot!(Picture::of(&lesson("web-content").unwrap().document).svg(Use::Inline).replace("><", ">\n<"));
    }

    #[test]
    fn every_part_names_a_field_of_the_document() {
        for lesson in lessons() {
            let text = Picture::of(&lesson.document).svg(Use::Standalone);
            for field in fields(&Document::parse(&text).unwrap()) {
                let path: Path = field.parse().unwrap();
                assert!(path.find(&lesson.document).is_some(), "{}: {field}", lesson.name);
            }
        }
    }

    #[test]
    fn every_container_mount_and_volume_is_drawn() {
        let text = Picture::of(&lesson("memory-cache").unwrap().document).svg(Use::Inline);
        let expected = [
            "metadata.name",
            "spec.initContainers[0]",
            "spec.initContainers[0].volumeMounts[0]",
            "spec.containers[0]",
            "spec.containers[0].volumeMounts[0]",
            "spec.containers[0].volumeMounts[1]",
            "spec.containers[1]",
            "spec.containers[2]",
            "spec.containers[2].volumeMounts[0]",
            "spec.volumes[0]",
            "spec.volumes[1]",
        ];
        assert_eq!(fields(&Document::parse(&text).unwrap()), expected);
    }

    #[test]
    fn inside_of_a_page_there_is_nothing_that_a_strict_policy_refuses() {
        let hostile = json!({"metadata": {"name": "</title><script>alert(1)</script>"}, "spec": {"containers": [
            {"name": "\" onload=\"alert(1)", "image": "\u{0}]]>&lt;"}]}});
        let text = Picture::of(&hostile).svg(Use::Inline);
        let parsed = Document::parse(&text).unwrap();
        for node in parsed.descendants().filter(Node::is_element) {
            assert!(!matches!(node.tag_name().name(), "style" | "script"), "{text}");
            assert!(node.attributes().all(|it| it.name() != "style" && !it.name().starts_with("on")), "{text}");
        }
    }

    #[test]
    fn the_description_says_it_in_words() {
        let text = Picture::of(&lesson("web-content").unwrap().document).svg(Use::Inline);
        let parsed = Document::parse(&text).unwrap();
        let description = parsed.descendants().find(|node| node.has_tag_name("desc") || node.tag_name().name() == "desc");
        assert_eq!(
            description.and_then(|node| node.text()),
            Some(
                "Container writer: can write html at /html. Container web: only reads html at /usr/share/nginx/html. \
                 Volume html: on disk, max 16Mi; writer can write, web can only read."
            )
        );
    }

    #[test]
    fn a_short_description_is_of_whole_sentences() {
        let picture = Picture::of(&lesson("web-content").unwrap().document);
        let all = picture.in_words(usize::MAX);
        let ends: Vec<usize> = all.match_indices(". ").map(|(at, _)| at + 1).chain([all.len()]).collect();
        assert_eq!(ends.len(), 3);
        assert_eq!([ends[1], ends[2] - 1, ends[2]].map(|most| picture.in_words(most).len()), [ends[1], ends[1], ends[2]]);
        assert_eq!(picture.in_words(0), all[..ends[0]]);
        assert_eq!(Picture::of(&json!({})).in_words(0), "There are no containers and no volumes yet.");
    }

    #[test]
    fn containers_with_different_sub_paths_do_not_look_as_if_they_shared() {
        let container = |part: &str| json!({"name": part, "volumeMounts": [{"name": "v", "mountPath": "/v", "subPath": part}]});
        let picture = Picture::of(&json!({"spec": {"containers": [container("a"), container("b")], "volumes": [{"name": "v"}]}}));
        let text = picture.svg(Use::Inline);
        let parsed = Document::parse(&text).unwrap();
        let said: Vec<_> = parsed
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .filter(|text| text.starts_with("sub path"))
            .collect();
        assert_eq!(said, ["sub path a", "sub path b"]);
        assert!(picture.in_words(usize::MAX).contains("Container a: can write a of v at /v."));
    }

    #[test]
    fn the_largest_document_gives_a_picture_of_bounded_size() {
        let many = |item: Value| Value::Array(vec![item; 5000]);
        let container = json!({"volumeMounts": vec![json!({"name": "v"}); 100]});
        let document = json!({"spec": {"containers": many(container), "volumes": many(json!({}))}});
        assert!(Picture::of(&document).svg(Use::Standalone).len() < 1_000_000);
    }

    /// Documents with the names of a Pod's fields and anything in them.
    fn half_typed() -> impl Strategy<Value = Value> {
        const NAMES: [&str; 16] = [
            "kind",
            "metadata",
            "spec",
            "template",
            "jobTemplate",
            "initContainers",
            "containers",
            "volumes",
            "name",
            "image",
            "restartPolicy",
            "volumeMounts",
            "mountPath",
            "readOnly",
            "emptyDir",
            "medium",
        ];
        let words = prop::sample::select(vec!["Pod", "CronJob", "Job", "Always", "Memory", "html", "", "spec"]);
        let leaf = prop_oneof![
            words.prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(8, 128, 8, |inside| {
            let name = prop_oneof![9 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned), 1 => any::<String>()];
            prop_oneof![
                prop::collection::vec(inside.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((name, inside), 0..8).prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_document_gives_well_formed_xml(
            document in half_typed(), containers in half_typed(), mounts in half_typed(), volumes in half_typed(),
        ) {
            let deep = json!({"kind": "Pod", "spec": {
                "initContainers": [containers.clone(), {"volumeMounts": [mounts.clone(), mounts]}],
                "containers": containers, "volumes": [volumes.clone(), volumes],
            }});
            for document in [document, deep] {
                for purpose in [Use::Standalone, Use::Inline] {
                    let text = Picture::of(&document).svg(purpose);
                    prop_assert!(Document::parse(&text).is_ok(), "{text}");
                }
            }
        }
    }
}

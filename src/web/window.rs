//! Which items of the document's lists a page shows.
//!
//! A page has a bounded number of rows, shared by all lists of the form. A document within it is shown whole. Of a larger one
//! volumes and the lists of containers get a part each, and the list that the page was turned to gets what is left; the window
//! of each list begins at the item that was asked for. What is not shown has no inputs, so a posted form leaves it alone.

use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Document, Path, Segment};

/// As many rows a page has: a mount, a port or a variable is one.
const MAX_ROWS: usize = 600;
/// As many items of one list are shown at once.
const MAX_ITEMS: usize = 100;
/// The rows of one of the lists that the page was not turned to.
const MAX_ROWS_BESIDE: usize = MAX_ROWS / 5;

/// The lists of the form that stand in the Pod's `spec`.
const LISTS: [ListKind; 3] = [
    ListKind { name: "initContainers", rows: 4, inside: &["volumeMounts", "env", "ports"] },
    ListKind { name: "containers", rows: 4, inside: &["volumeMounts", "env", "ports"] },
    ListKind { name: "volumes", rows: 2, inside: &[] },
];

struct ListKind {
    name: &'static str,
    /// As many rows an item takes without what is listed inside of it.
    rows: usize,
    inside: &'static [&'static str],
}

/// The part of a document that a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// What is shown of each list that is shown in part.
    parts: HashMap<Path, Range<usize>>,
    /// As many mounts as are shown.
    mounts: usize,
}

impl Window {
    /// What the page for `document` shows that was turned to the item `from`; nothing is left out of a small one.
    #[must_use]
    pub fn new(document: &Document, from: Option<&Path>) -> Self {
        let spec = document.pod_spec();
        let mut whole = Plan { document, from: None, rows: MAX_ROWS, window: Self::default() };
        for kind in &LISTS {
            whole.list(&spec.entry(kind.name), kind.rows, kind.inside);
        }
        if whole.window.is_whole() {
            return whole.window;
        }
        let mut plan = Plan { document, from, rows: 0, window: Self::default() };
        let turned_to = |kind: &&ListKind| from.is_some_and(|from| from.starts_with(&spec.entry(kind.name)));
        let main = LISTS.iter().find(turned_to).unwrap_or(&LISTS[1]);
        let mut left = MAX_ROWS;
        for kind in LISTS.iter().filter(|kind| kind.name != main.name) {
            plan.rows = MAX_ROWS_BESIDE;
            plan.list(&spec.entry(kind.name), kind.rows, kind.inside);
            left -= MAX_ROWS_BESIDE - plan.rows;
        }
        plan.rows = left;
        plan.list(&spec.entry(main.name), main.rows, main.inside);
        plan.window
    }

    /// True if the page shows every item.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.is_empty()
    }

    /// The items of the list at `list`, which has `count` of them, that the page shows.
    #[must_use]
    pub fn range(&self, list: &Path, count: usize) -> Range<usize> {
        self.parts.get(list).cloned().unwrap_or(0..count)
    }

    /// True unless the field at `field` is in an item that the page does not show.
    #[must_use]
    pub fn shows(&self, field: &Path) -> bool {
        self.is_whole()
            || field.segments().iter().enumerate().all(|(depth, segment)| match segment {
                Segment::Index(index) => {
                    let list = Path::from(field.segments()[..depth].to_vec());
                    self.parts.get(&list).is_none_or(|range| range.contains(index))
                }
                _ => true,
            })
    }

    /// As many mounts as are shown.
    #[must_use]
    pub fn mounts(&self) -> usize {
        self.mounts
    }
}

/// The item of a list of the form that holds the field at `field`, or is it: what a page is turned to in order to show it.
#[must_use]
pub fn item_around(field: &Path) -> Option<Path> {
    let last = field.segments().iter().rposition(|segment| matches!(segment, Segment::Index(_)))?;
    Some(Path::from(field.segments()[..=last].to_vec()))
}

/// A window in the making.
struct Plan<'a> {
    document: &'a Document,
    from: Option<&'a Path>,
    /// The rows that are left.
    rows: usize,
    window: Window,
}

impl Plan<'_> {
    /// Gives rows to the items of the list at `list`, from the one that was asked for on; where the end of the list leaves some,
    /// to those before it as well.
    fn list(&mut self, list: &Path, rows: usize, inside: &[&str]) {
        let count = self.document.count(list);
        let mut start = self.start(list).min(count.saturating_sub(1));
        let mut end = start;
        while end < count && end - start < MAX_ITEMS && self.item(list, end, rows, inside) {
            end += 1;
        }
        while start > 0 && end == count && end - start < MAX_ITEMS && self.item(list, start - 1, rows, inside) {
            start -= 1;
        }
        if end - start < count {
            self.window.parts.insert(list.clone(), start..end);
        }
        if matches!(list.last(), Some(Segment::Field(name)) if name == "volumeMounts") {
            self.window.mounts += end - start;
        }
    }

    /// True if there are rows left for the item `index`, which takes them.
    fn item(&mut self, list: &Path, index: usize, rows: usize, inside: &[&str]) -> bool {
        let Some(left) = self.rows.checked_sub(rows) else { return false };
        self.rows = left;
        for name in inside {
            self.list(&list.index(index).entry(*name), 1, &[]);
        }
        true
    }

    /// Where the window of `list` was asked to begin.
    fn start(&self, list: &Path) -> usize {
        match self.from.filter(|from| from.starts_with(list)).and_then(|from| from.segments().get(list.segments().len())) {
            Some(Segment::Index(index)) => *index,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pod(containers: usize, mounts: usize, volumes: usize) -> Document {
        let container = json!({"volumeMounts": vec![json!({}); mounts]});
        Document::try_from(json!({"kind": "Pod", "spec": {
            "initContainers": vec![container.clone(); containers], "containers": vec![container; containers],
            "volumes": vec![json!({}); volumes],
        }}))
        .unwrap()
    }

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    fn window(document: &Document, from: &str) -> Window {
        Window::new(document, Some(&path(from)))
    }

    #[test]
    fn an_ordinary_document_is_shown_whole() {
        let document = pod(10, 20, 20);
        let window = window(&document, "spec.containers[9]");
        assert!(window.is_whole() && window.shows(&path("spec.containers[9].volumeMounts[19].name")));
        assert_eq!((window.range(&path("spec.volumes"), 20), window.mounts()), (0..20, 400));
    }

    #[test]
    fn of_a_large_document_every_list_has_a_part() {
        let document = pod(100, 100, 100);
        let window = Window::new(&document, None);
        let range = |list: &str| window.range(&path(list), 100);
        assert_eq!((range("spec.initContainers"), range("spec.containers"), range("spec.volumes")), (0..2, 0..4, 0..60));
        assert_eq!(range("spec.containers[0].volumeMounts"), 0..100);
        assert!(window.mounts() <= MAX_ROWS);
        assert!(window.shows(&path("spec.containers[3].name")) && !window.shows(&path("spec.containers[4].name")));
        assert!(window.shows(&path("metadata.name")));
    }

    #[test]
    fn a_window_begins_where_it_was_asked_to() {
        let document = pod(100, 100, 100);
        let window = window(&document, "spec.initContainers[50].volumeMounts[70]");
        assert_eq!(window.range(&path("spec.initContainers"), 100).start, 50);
        assert_eq!(window.range(&path("spec.initContainers[50].volumeMounts"), 100), 0..100);
        assert!(window.shows(&path("spec.initContainers[50].volumeMounts[70].name")));
        assert_eq!(window.range(&path("spec.containers"), 100).start, 0);
    }

    #[test]
    fn the_last_items_are_shown_with_those_before_them() {
        let document = pod(0, 0, 1000);
        assert_eq!(window(&document, "spec.volumes[999]").range(&path("spec.volumes"), 1000), 900..1000);
        assert_eq!(window(&document, "spec.volumes[5000]").range(&path("spec.volumes"), 1000), 900..1000);
    }

    #[test]
    fn any_item_can_be_asked_for() {
        let document = pod(300, 150, 300);
        for field in
            ["spec.containers[299].volumeMounts[149].name", "spec.initContainers[7].volumeMounts[120]", "spec.volumes[200]"]
        {
            let item = item_around(&path(field)).unwrap();
            assert!(Window::new(&document, Some(&item)).shows(&path(field)), "{field}");
        }
    }
}

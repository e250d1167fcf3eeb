//! Where fields are explained.

use crate::document::{Document, Path, Segment};

/// The address of the page for what `kube-explain` calls `link`, which has nothing to escape.
#[must_use]
pub fn address_of(link: &str) -> String {
    format!("/explain/{link}")
}

/// The address of the page for the field at `path` of `document`.
#[must_use]
pub fn address(document: &Document, path: &Path) -> String {
    let names = path.segments().iter().filter_map(|segment| match segment {
        Segment::Field(name) | Segment::Key(name) => Some(name.as_str()),
        Segment::Index(_) => None,
    });
    let kind = kind(document);
    let kind = (kind != "pod").then_some(kind.as_str());
    address_of(&kind.into_iter().chain(names).collect::<Vec<_>>().join("."))
}

/// The kind of `document` as the path of a field begins with it.
#[must_use]
pub fn kind(document: &Document) -> String {
    kube_dry_run::kinds::Kind::named(document.kind()).map_or("pod".to_owned(), |kind| kind.name.to_lowercase())
}

//! Where fields are explained.

use kube_dry_run::kinds::Kind;

use crate::document::{Document, Path, Segment};
use crate::web::html::Html;

/// The address of the page for what `kube-explain` calls `link`, which has nothing to escape.
#[must_use]
pub fn address_of(link: &str) -> String {
    format!("/explain/{link}")
}

/// Writes a link with `words` to what is explained under `asked`. It opens beside the form, in which something may be unsent.
pub fn link(html: &mut Html, asked: &str, words: &str) {
    html.start("a").with("href", [&address_of(asked)]).fixed("target", "_blank").saying(words);
}

/// What most addresses have room in.
const USUAL_BYTES: usize = 96;

/// Where the fields of a document are explained.
pub struct Fields {
    /// The kind whose fields they are, if it is one that is explained.
    kind: Option<&'static Kind>,
    /// What the addresses begin with; the fields of a Pod have no kind before them.
    beginning: String,
}

impl Fields {
    /// Those of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let name = kind(document);
        let beginning = address_of(&if name == "pod" { String::new() } else { name + "." });
        Self { kind: Kind::named(document.kind()), beginning }
    }

    /// What asks for the field at `path`, if it is explained: `deployment.spec.replicas`.
    #[must_use]
    pub fn known(&self, path: &Path) -> Option<String> {
        kube_explain::link_to(self.kind?, path)
    }

    /// The address of the page for the field at `path`.
    #[must_use]
    pub fn address(&self, path: &Path) -> String {
        let mut address = String::with_capacity(USUAL_BYTES);
        address.push_str(&self.beginning);
        for name in path.segments().iter().filter_map(Segment::name) {
            if address.len() > self.beginning.len() {
                address.push('.');
            }
            address.push_str(name);
        }
        address
    }
}

/// The kind of `document` as the path of a field begins with it.
#[must_use]
pub fn kind(document: &Document) -> String {
    Kind::named(document.kind()).map_or("pod".to_owned(), |kind| kind.name.to_lowercase())
}

//! What the lines of the manifest mean, without a script: a link for each of their fields.
//!
//! With one, the link of [`super::ask`] follows the line that is lit.

use std::rc::Rc;

use foldhash::{HashSet, HashSetExt};

use crate::document::Path;
use crate::web::explained::link;
use crate::web::html::Html;
use crate::web::sheet::Sheet;

/// The fields of as many lines are asked about.
const MAX_LINES: usize = 2_000;
/// As many links there are at most.
const MAX_LINKS: usize = 200;

/// The links, for fields of `lines` that are explained, each once.
pub fn ask_lines(html: &mut Html, sheet: &Sheet, lines: &[(&str, Option<Rc<Path>>)]) {
    let mut seen = HashSet::new();
    let paths = lines.iter().take(MAX_LINES).filter_map(|(_, path)| path.as_deref());
    let new = paths.filter(|path| seen.insert(sheet.explained.address(path)));
    let asked: Vec<_> = new.filter_map(|path| sheet.explained.known(path)).take(MAX_LINKS).collect();
    if asked.is_empty() {
        return;
    }
    let pod = sheet.explained.known(&sheet.document().pod_spec()).unwrap_or_default();
    html.start("details").class("without-script line-asks").holding(|html| {
        html.start("summary").saying("Explain a line");
        html.start("ul").class("asks").holding(|html| {
            for asked in &asked {
                html.start("li").holding(|html| link(html, asked, in_short(asked, &pod)));
            }
        });
    });
}

/// A field of the Pod by its path in the Pod, where the Pod stands at `pod`.
fn in_short<'a>(asked: &'a str, pod: &str) -> &'a str {
    asked.strip_prefix(pod).and_then(|rest| rest.strip_prefix('.')).unwrap_or(asked)
}

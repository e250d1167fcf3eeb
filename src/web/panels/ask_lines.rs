//! What the lines of the manifest mean, without a script: a link for each of their fields.
//!
//! With one, the link of [`super::ask`] follows the line that is lit.

use std::rc::Rc;

use foldhash::{HashSet, HashSetExt};

use crate::document::Path;
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
    let links: Vec<_> = new.filter_map(|path| sheet.explained.link(path)).take(MAX_LINKS).collect();
    if links.is_empty() {
        return;
    }
    html.start("details").class("without-script line-asks").holding(|html| {
        html.start("summary").saying("Explain a line");
        html.start("ul").class("asks").holding(|html| {
            for link in &links {
                html.start("li").holding(|html| html.add(link));
            }
        });
    });
}

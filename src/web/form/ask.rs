//! Links from the form to what its fields mean.

use crate::document::Path;
use crate::web::html::Html;
use crate::web::sheet::Sheet;

/// A small question mark that leads to what the field at `path` means. It opens beside the form, in which something may be unsent.
fn ask(html: &mut Html, sheet: &Sheet, path: &Path) {
    let Some(name) = path.name() else { return };
    let link = html.start("a").class("ask").with("href", [&sheet.explained.address(path)]);
    link.fixed("target", "_blank").with("aria-label", ["Explain ", name]).saying("?");
}

/// What `label` writes, and beside it what the field at `path` means.
pub fn labelled(html: &mut Html, sheet: &Sheet, path: &Path, label: impl FnOnce(&mut Html)) {
    html.start("div").class("labelled").holding(|html| {
        label(html);
        ask(html, sheet, path);
    });
}

/// A line of links to what these fields mean, each with its words, where their inputs stand too close for a link each.
pub fn ask_for_all(html: &mut Html, sheet: &Sheet, fields: &[(Path, &str)]) {
    html.start("ul").class("asks").fixed("aria-label", "Explain").holding(|html| {
        for (path, words) in fields {
            html.start("li").holding(|html| {
                html.start("a").with("href", [&sheet.explained.address(path)]).fixed("target", "_blank").saying(words);
            });
        }
    });
}

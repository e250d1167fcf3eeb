//! What the form has no input for: listed, and kept in the manifest as it is.

use serde_json::Value;

use crate::document::{Path, json_size};
use crate::form::{Kept, kept};
use crate::shorten::shorten;
use crate::web::budget::{Budget, MAX_MESSAGE};
use crate::web::explained::link;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, field_attribute};
use kube_dry_run::yaml;

/// The bytes that all kept values may have on the page.
const MAX_KEPT_BYTES: usize = 256 << 10;
/// As many bytes of JSON a kept value may have to be shown.
const MAX_VALUE_BYTES: usize = 32 << 10;

/// The list of kept values; nothing where there are none.
pub fn section(html: &mut Html, sheet: &Sheet) {
    let Kept { paths, count } = kept(sheet.document());
    if count == 0 {
        return;
    }
    let section = html.start("section").class("card").fixed("id", "kept").fixed("aria-labelledby", "kept-heading");
    section.holding(|html| {
        html.start("h2").fixed("id", "kept-heading").saying("Kept as it is");
        html.start("p").class("hint").saying("The form has no input for these fields. They stay in the manifest unchanged.");
        let (items, shown) = Budget::new(MAX_KEPT_BYTES).list(MAX_KEPT_BYTES, paths.iter().map(|path| item(sheet, path)));
        html.add(&items);
        let rest = count - shown;
        if rest > 0 {
            html.start("p").class("hint").saying(&format!("There are {rest} more."));
        }
    });
}

fn item(sheet: &Sheet, path: &Path) -> Html {
    let field = path.to_text();
    let mut html = Html::default();
    html.start("details").class("kept").maybe("data-field", field_attribute(&field)).holding(|html| {
        html.start("summary").holding(|html| html.start("code").saying(&shorten(&field, MAX_MESSAGE)));
        if let (Some(asked), Some(name)) = (sheet.explained.known(path), path.name()) {
            html.start("p").class("hint").holding(|html| link(html, &asked, &format!("What {name} means")));
        }
        let value = sheet.document().get(path).map(text).unwrap_or_default();
        html.start("pre").fixed("tabindex", "0").saying(&value);
    });
    html
}

/// The value as YAML, which is not written where it is long: its indentation alone can be megabytes.
fn text(value: &Value) -> String {
    match json_size(value) {
        size if size > MAX_VALUE_BYTES => format!("These are {size} bytes of JSON, too many to be shown here."),
        _ => yaml::write(value).text,
    }
}

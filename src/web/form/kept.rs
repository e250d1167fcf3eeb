//! What the form has no input for: listed, and kept in the manifest as it is.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Path, json_size};
use crate::form::{Kept, kept};
use crate::shorten::shorten;
use crate::web::budget::{Budget, MAX_MESSAGE};
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::{Sheet, field_attribute};
use kube_dry_run::yaml;

/// The bytes that all kept values may have on the page.
const MAX_KEPT_BYTES: usize = 256 << 10;
/// As many bytes of JSON a kept value may have to be shown.
const MAX_VALUE_BYTES: usize = 32 << 10;

/// The list of kept values; nothing where there are none.
pub fn section(sheet: &Sheet) -> Html {
    let Kept { paths, count } = kept(sheet.document());
    if count == 0 {
        return Html::default();
    }
    let (items, shown) = Budget::new(MAX_KEPT_BYTES).list(MAX_KEPT_BYTES, paths.iter().map(|path| item(sheet, path)));
    let rest = count - shown;
    view! {
        <section class="card" id="kept" aria-labelledby="kept-heading">
            <h2 id="kept-heading">"Kept as it is"</h2>
            <p class="hint">"The form has no input for these fields. They stay in the manifest unchanged."</p>
            {items}
            {(rest > 0).then(|| view! { <p class="hint">{format!("There are {rest} more.")}</p> })}
        </section>
    }
    .html()
}

fn item(sheet: &Sheet, path: &Path) -> Html {
    let field = path.to_text();
    view! {
        <details class="kept" data-field=field_attribute(&field)>
            <summary><code>{shorten(&field, MAX_MESSAGE).into_owned()}</code></summary>
            <pre tabindex="0">{sheet.document().get(path).map(text)}</pre>
        </details>
    }
    .html()
}

/// The value as YAML, which is not written where it is long: its indentation alone can be megabytes.
fn text(value: &Value) -> String {
    match json_size(value) {
        size if size > MAX_VALUE_BYTES => format!("These are {size} bytes of JSON, too many to be shown here."),
        _ => yaml::write(value).text,
    }
}

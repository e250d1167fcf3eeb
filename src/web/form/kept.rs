//! What the form has no input for: listed, and kept in the manifest as it is.

use leptos::prelude::*;

use crate::document::Path;
use crate::form::kept;
use crate::web::sheet::Sheet;
use kube_dry_run::yaml;

/// The list of kept values; nothing where there are none.
pub fn section(sheet: &Sheet) -> AnyView {
    let items: Vec<_> = kept(&sheet.document).iter().map(|path| item(sheet, path)).collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card" id="kept" aria-labelledby="kept-heading">
            <h2 id="kept-heading">"Kept as it is"</h2>
            <p class="hint">"The form has no input for these fields. They stay in the manifest unchanged."</p>
            {items}
        </section>
    }
    .into_any()
}

fn item(sheet: &Sheet, path: &Path) -> AnyView {
    let text = sheet.document.get(path).map(|value| yaml::write(value).text).unwrap_or_default();
    view! {
        <details class="kept" data-field=path.to_string()>
            <summary><code>{path.to_string()}</code></summary>
            <pre tabindex="0">{text}</pre>
        </details>
    }
    .into_any()
}

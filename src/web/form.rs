//! The form of the editor: a view of a document in which every input is named by its field path.

mod ask;
mod container;
mod control;
mod env;
mod kept;
mod list;
mod mount;
mod mount_paths;
mod place;
mod pod;
mod port;
mod sharing;
mod suggestions;
mod volume;
mod volume_choices;

use crate::web::form::place::Place;
use crate::web::form::sharing::Sharing;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::Html;
use crate::web::sheet::Sheet;

const APPLY_HINT: &str = "Every button applies what you typed as well. Your browser's Back takes a step back.";

/// Writes the whole form. It posts to the link of the document that it shows.
pub fn editor_form(html: &mut Html, sheet: &Sheet) {
    let form = html.start("form").target("editor").fixed("method", "post");
    let form = form.with("action", [&sheet.action()]).fixed("autocomplete", "off").fixed("autocapitalize", "none");
    let form = form.fixed("spellcheck", "false").flag("novalidate", true).flag("inert", sheet.is_waiting());
    form.fixed("aria-label", "Manifest").holding(|html| fields(html, sheet));
}

fn fields(html: &mut Html, sheet: &Sheet) {
    html.start("div").class("apply without-script").holding(|html| {
        html.start("button").fixed("type", "submit").class("primary").saying("Apply changes");
        html.start("p").class("hint").saying(APPLY_HINT);
    });
    let spec = Place::of(sheet.document(), sheet.document().pod_spec());
    pod::section(html, sheet, &spec);
    let volumes = VolumeChoices::new(sheet);
    let sharing = Sharing::of(sheet, &volumes);
    if let Some(sharing) = &sharing {
        sharing.section(html);
    }
    let has_table = sharing.is_some();
    container::section(html, sheet, &spec.entry("initContainers"), &volumes, has_table);
    container::section(html, sheet, &spec.entry("containers"), &volumes, has_table);
    if !has_table {
        volume::section(html, sheet, &spec.entry("volumes"));
    }
    kept::section(html, sheet);
    suggestions::lists(html, sheet.document());
    volumes.suggestions(html);
}

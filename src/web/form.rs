//! The form of the editor: a view of a document in which every input is named by its field path.

mod ask;
mod container;
mod control;
mod env;
mod kept;
mod list;
mod mount;
mod mount_paths;
mod pod;
mod port;
mod sharing;
mod suggestions;
mod volume;
mod volume_choices;

use leptos::prelude::*;

use crate::web::form::sharing::Sharing;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::{Html, IntoHtml, part};
use crate::web::sheet::Sheet;

/// The whole form. It posts to the link of the document that it shows.
pub fn editor_form(sheet: &Sheet) -> impl IntoView {
    part(move |html| write(sheet, html))
}

fn write(sheet: &Sheet, html: &mut Html) {
    let spec = sheet.document().pod_spec();
    let volumes = VolumeChoices::new(sheet);
    let sharing = Sharing::of(sheet, &volumes);
    let has_table = sharing.is_some();
    view! {
        <form id="editor" tabindex="-1" method="post" action=sheet.action() autocomplete="off" autocapitalize="none" spellcheck="false" novalidate inert=sheet.is_waiting() aria-label="Manifest">
            <div class="apply without-script">
                <button type="submit" class="primary">"Apply changes"</button>
                <p class="hint">"Every button applies what you typed as well. Your browser's Back takes a step back."</p>
            </div>
            {pod::section(sheet)}
            {sharing.as_ref().map(Sharing::section)}
            {container::section(sheet, spec.entry("initContainers"), &volumes, has_table)}
            {container::section(sheet, spec.entry("containers"), &volumes, has_table)}
            {(!has_table).then(|| volume::section(sheet, spec.entry("volumes")))}
            {kept::section(sheet)}
            {suggestions::lists(sheet.document())} {volumes.suggestions()}
        </form>
    }
    .write(html);
}

//! The mounts of a container.

use leptos::prelude::*;

use crate::document::Path;
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, sub_list};
use crate::web::form::mount_paths::{MountPaths, example};
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::{IntoHtml, part};
use crate::web::sheet::{Sheet, label};

/// The list of mounts of the container at `container`.
pub fn list(sheet: &Sheet, container: &Path, volumes: &VolumeChoices) -> impl IntoView {
    sub_list(sheet, container.entry("volumeMounts"), "Mounts", "Add mount", |path| row(sheet, path, volumes))
}

/// The mount at `path` within the table, whose column says of which volume it is: where, how, and what is rarer in a fold.
pub fn cell(sheet: &Sheet, path: Path, volumes: &VolumeChoices) -> impl IntoView {
    part(move |html| {
        let path = &path;
        let what = label_of(sheet, path);
        let name = path.entry("name");
        let is_stray = !volumes.has(sheet.document().text(&name));
        let sub_path = path.entry("subPath");
        let open = is_stray || !sheet.document().text(&sub_path).is_empty();
        view! {
            <div class="mount" role="group" id=path.to_text() tabindex="-1" aria-label=what.clone() data-field=path.to_text()>
                {messages(sheet, path)}
                {mount_path(sheet, path).unasked().view()}
                {Control::new(sheet, path.entry("readOnly"), "Read-only").unasked().view()}
                <details class="more" open=open>
                    <summary>"More"</summary>
                    {volume_of(sheet, name, volumes).unasked().view()}
                    {Control::new(sheet, sub_path, "Sub path").placeholder("whole volume").unasked().view()}
                    {actions(sheet, path, &what)}
                </details>
            </div>
        }
        .write(html);
    })
}

/// The choice of the volume whose name is at `name`.
fn volume_of<'a>(sheet: &'a Sheet, name: Path, volumes: &VolumeChoices) -> Control<'a> {
    let current = sheet.document().text(&name);
    volumes.offer(Control::new(sheet, name, "Volume"), current)
}

/// Where the volume appears, with what the image of the container is known to look for.
fn mount_path<'a>(sheet: &'a Sheet, path: &Path) -> Control<'a> {
    let container = path.parent().and_then(|list| list.parent()).unwrap_or_default();
    let image = sheet.document().text(&container.entry("image"));
    Control::new(sheet, path.entry("mountPath"), "Mount path")
        .suggest(Suggestions::MountPaths(MountPaths::of(image)))
        .placeholder(example(image))
}

/// What a mount is called on buttons.
fn label_of(sheet: &Sheet, path: &Path) -> String {
    let mount_path = label(sheet.document().text(&path.entry("mountPath")));
    if mount_path.is_empty() { format!("mount {path}") } else { format!("mount {mount_path}") }
}

fn row(sheet: &Sheet, path: Path, volumes: &VolumeChoices) -> impl IntoView {
    part(move |html| {
        let path = &path;
        let what = label_of(sheet, path);
        view! {
            <div class="row mount" role="group" id=path.to_text() tabindex="-1" aria-label=what.clone() data-field=path.to_text()>
                {messages(sheet, path)}
                {volume_of(sheet, path.entry("name"), volumes).view()}
                {mount_path(sheet, path).view()}
                {Control::new(sheet, path.entry("subPath"), "Sub path").placeholder("whole volume").view()}
                {Control::new(sheet, path.entry("readOnly"), "Read-only").view()}
                {actions(sheet, path, &what)}
            </div>
        }
        .write(html);
    })
}

//! The mounts of a container.

use crate::document::Path;
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, group, sub_list};
use crate::web::form::mount_paths::{MountPaths, example};
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

/// The list of mounts of the container at `container`.
pub fn list(html: &mut Html, sheet: &Sheet, container: &Path, volumes: &VolumeChoices) {
    let list = container.entry("volumeMounts");
    sub_list(html, sheet, &list, "Mounts", "Add mount", |html, path| row(html, sheet, path, volumes));
}

/// The mount at `path` within the table, whose column says of which volume it is: where, how, and what is rarer in a fold.
pub fn cell(html: &mut Html, sheet: &Sheet, path: &Path, volumes: &VolumeChoices) {
    let what = label_of(sheet, path);
    let name = path.entry("name");
    let is_stray = !volumes.has(sheet.document().text(&name));
    let sub_path = path.entry("subPath");
    let is_open = is_stray || !sheet.document().text(&sub_path).is_empty();
    group(html, "mount", path, &what).holding(|html| {
        messages(html, sheet, path);
        mount_path(sheet, path).unasked().write(html);
        Control::new(sheet, path.entry("readOnly"), "Read-only").unasked().write(html);
        html.start("details").class("more").flag("open", is_open).holding(|html| {
            html.start("summary").saying("More");
            volume_of(sheet, name, volumes).unasked().write(html);
            Control::new(sheet, sub_path, "Sub path").placeholder("whole volume").unasked().write(html);
            actions(html, sheet, path, &what);
        });
    });
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

fn row(html: &mut Html, sheet: &Sheet, path: &Path, volumes: &VolumeChoices) {
    let what = label_of(sheet, path);
    group(html, "row mount", path, &what).holding(|html| {
        messages(html, sheet, path);
        volume_of(sheet, path.entry("name"), volumes).write(html);
        mount_path(sheet, path).write(html);
        Control::new(sheet, path.entry("subPath"), "Sub path").placeholder("whole volume").write(html);
        Control::new(sheet, path.entry("readOnly"), "Read-only").write(html);
        actions(html, sheet, path, &what);
    });
}

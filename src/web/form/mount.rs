//! The mounts of a container.

use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, group, sub_list};
use crate::web::form::mount_paths::PathHints;
use crate::web::form::place::Place;
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

const READ_ONLY_VOLUME: &str = "This volume is always read-only, with or without this box.";

/// The list of mounts of `container`.
pub fn list(html: &mut Html, sheet: &Sheet, container: &Place<'_>, volumes: &VolumeChoices) {
    let list = container.entry("volumeMounts");
    let hints = PathHints::of(container.text_of("image"));
    sub_list(html, sheet, &list, "Mounts", "Add mount", |html, mount| row(html, sheet, mount, hints, volumes));
}

/// `mount` within the table, whose column says of which volume it is: where, how, and what is rarer in a fold.
pub fn cell(html: &mut Html, sheet: &Sheet, mount: &Place<'_>, hints: PathHints, volumes: &VolumeChoices) {
    let what = label_of(mount);
    let is_open = !volumes.has(mount.text_of("name")) || !mount.text_of("subPath").is_empty();
    group(html, "mount", mount, &what).holding(|html| {
        messages(html, sheet, &mount.id);
        mount_path(sheet, mount, hints).unasked().write(html);
        read_only(sheet, mount, volumes).unasked().write(html);
        html.start("details").class("more").flag("open", is_open).holding(|html| {
            html.start("summary").saying("More");
            volume_of(sheet, mount, volumes).unasked().write(html);
            sub_path(sheet, mount).unasked().write(html);
            actions(html, sheet, mount, &what);
        });
    });
}

fn row(html: &mut Html, sheet: &Sheet, mount: &Place<'_>, hints: PathHints, volumes: &VolumeChoices) {
    let what = label_of(mount);
    group(html, "row mount", mount, &what).holding(|html| {
        messages(html, sheet, &mount.id);
        volume_of(sheet, mount, volumes).write(html);
        mount_path(sheet, mount, hints).write(html);
        sub_path(sheet, mount).write(html);
        read_only(sheet, mount, volumes).write(html);
        actions(html, sheet, mount, &what);
    });
}

/// The choice of the volume.
fn volume_of<'a>(sheet: &'a Sheet, mount: &Place<'a>, volumes: &VolumeChoices) -> Control<'a> {
    let name = mount.entry("name");
    let current = name.text();
    volumes.offer(Control::new(sheet, name, "Volume"), current)
}

/// Where the volume appears, with where the container's image is known to look.
fn mount_path<'a>(sheet: &'a Sheet, mount: &Place<'a>, hints: PathHints) -> Control<'a> {
    Control::new(sheet, mount.entry("mountPath"), "Mount path")
        .suggest(Suggestions::MountPaths(hints.paths))
        .placeholder(hints.example)
}

fn sub_path<'a>(sheet: &'a Sheet, mount: &Place<'a>) -> Control<'a> {
    Control::new(sheet, mount.entry("subPath"), "Sub path").placeholder("whole volume")
}

/// Whether its container can only read; of a volume that nobody can write into, with the word that this decides nothing.
fn read_only<'a>(sheet: &'a Sheet, mount: &Place<'a>, volumes: &VolumeChoices) -> Control<'a> {
    let control = Control::new(sheet, mount.entry("readOnly"), "Read-only");
    if volumes.is_read_only(mount.text_of("name")) { control.hint(READ_ONLY_VOLUME) } else { control }
}

/// What a mount is called on buttons.
fn label_of(mount: &Place<'_>) -> String {
    match mount.text_of("mountPath") {
        "" => ["mount ", &mount.id].concat(),
        path => ["mount ", &label(path)].concat(),
    }
}

//! The volumes of the Pod, and who shares them.

use std::collections::HashSet;

use serde_json::Value;

use crate::document::{Edit, Mount, Mounts, Path};
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, edit_button, group, items};
use crate::web::form::place::{Place, name_of};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

/// As many containers are named in the cards of all volumes together, as mounting or as not mounting yet.
const MAX_CONTAINERS: usize = 2000;
/// As many are named in one card.
const MAX_CONTAINERS_HERE: usize = 100;
/// The bytes of all addresses of containers that stand on other pages: each holds the whole document, and a lesson with it.
const MAX_ADDRESS_BYTES: usize = 512 << 10;

/// How much the card of a volume has of its containers.
#[derive(Clone, Copy)]
struct Most {
    /// As many are named.
    named: usize,
    /// As many have a link, if they stand on another page.
    linked: usize,
}

impl Most {
    fn of(sheet: &Sheet, list: &Place<'_>) -> Self {
        let cards = sheet.window.range(&list.path, list.count()).len().max(1);
        let address = sheet.links.page_from(Some(&list.path)).len();
        Self { named: (MAX_CONTAINERS / cards).min(MAX_CONTAINERS_HERE), linked: MAX_ADDRESS_BYTES / (cards * address.max(1)) }
    }
}

/// The list of volumes.
pub fn section(html: &mut Html, sheet: &Sheet, list: &Place<'_>) {
    let mounts = Mounts::new(sheet.document());
    let most = Most::of(sheet, list);
    let section = html.start("section").class("list").target(&list.id);
    section.fixed("aria-labelledby", "volumes-heading").holding(|html| {
        html.start("h2").fixed("id", "volumes-heading").saying("Volumes");
        html.start("p").class("hint").saying("An emptyDir starts empty and lives exactly as long as the Pod.");
        messages(html, sheet, &list.id);
        items(html, sheet, list, |html, volume| card(html, sheet, volume, &mounts, most));
        html.start("div").class("adders").holding(|html| edit_button(html, &Edit::Add(list.path.clone()), "Add volume"));
    });
}

fn card(html: &mut Html, sheet: &Sheet, volume: &Place<'_>, mounts: &Mounts<'_>, most: Most) {
    let name = name_of(volume);
    let id = &volume.id;
    let here = mounts.of(volume.text_of("name"));
    let card = html.start("article").class("card volume").target(id);
    card.with("data-field", [id]).with("aria-labelledby", [id, ":heading"]).holding(|html| {
        html.start("header").class("card-head").holding(|html| {
            html.start("h3").with("id", [id, ":heading"]).saying(&name);
            html.start("span").class("badge").saying(&source_label(volume));
            actions(html, sheet, volume, &format!("volume {name}"));
        });
        messages(html, sheet, id);
        html.start("div").class("grid").holding(|html| {
            Control::new(sheet, volume.entry("name"), "Name").write(html);
            empty_dir(sheet, volume).for_each(|control| control.write(html));
        });
        mounted_by(html, sheet, mounts, here, most);
        share_with(html, sheet, &volume.path, mounts, here, most.named);
    });
}

/// The volume as the head of its column.
pub fn head(html: &mut Html, sheet: &Sheet, volume: &Place<'_>) {
    let name = name_of(volume);
    group(html, "volume", volume, &name).holding(|html| {
        messages(html, sheet, &volume.id);
        Control::new(sheet, volume.entry("name"), "Volume").unasked().write(html);
        html.start("span").class("badge").saying(&source_label(volume));
        empty_dir(sheet, volume).for_each(|control| control.unasked().write(html));
        actions(html, sheet, volume, &format!("volume {name}"));
    });
}

/// The name of the volume's source other than `emptyDir`.
fn other_source<'a>(volume: &Place<'a>) -> Option<&'a String> {
    let mut fields = volume.value?.as_object()?.iter();
    fields
        .find(|(field, settings)| !["name", "emptyDir"].contains(&field.as_str()) && !settings.is_null())
        .map(|(field, _)| field)
}

fn source_label(volume: &Place<'_>) -> String {
    let medium = volume.value.and_then(|volume| volume.get("emptyDir")?.get("medium")?.as_str()).unwrap_or_default();
    match (other_source(volume), medium) {
        (Some(source), _) => format!("{}, kept as it is", label(source)),
        (None, "") => "on the node's disk".to_owned(),
        (None, "Memory") => "in memory".to_owned(),
        (None, medium) => label(medium),
    }
}

/// The fields of an `emptyDir`; none of a volume of another source.
fn empty_dir<'a>(sheet: &'a Sheet, volume: &Place<'a>) -> impl Iterator<Item = Control<'a>> {
    let empty_dir = volume.entry("emptyDir");
    let is_other = other_source(volume).is_some() && empty_dir.value.is_none();
    let controls = (!is_other).then(|| {
        let size = Control::new(sheet, empty_dir.entry("sizeLimit"), "Size limit");
        let medium = Control::new(sheet, empty_dir.entry("medium"), "Keep in memory")
            .hint("A tmpfs: fast, charged as memory to the container that writes, gone with a reboot.");
        [size.suggest(Suggestions::Sizes).placeholder("no limit"), medium.class("wide")]
    });
    controls.into_iter().flatten()
}

fn mounted_by(html: &mut Html, sheet: &Sheet, mounts: &Mounts<'_>, here: &[Mount], most: Most) {
    if here.is_empty() {
        return html.start("p").class("hint").saying("No container mounts this volume yet.");
    }
    html.start("div").class("mounted-by").holding(|html| {
        html.start("h4").saying("Mounted by");
        html.start("ul").holding(|html| {
            for (place, mount) in here.iter().take(most.named).enumerate() {
                mounted_at(html, sheet, mounts, *mount, place < most.linked);
            }
            let rest = here.len().saturating_sub(most.named);
            if rest > 0 {
                html.start("li").saying(&format!("and {rest} more"));
            }
        });
    });
}

/// What mounts a volume and where, as a link if it is on this page, or if `is_linked` to others.
fn mounted_at(html: &mut Html, sheet: &Sheet, mounts: &Mounts<'_>, mount: Mount, is_linked: bool) {
    let path = mounts.path(mount);
    let is_read_only = sheet.document().get(&path.entry("readOnly")).and_then(Value::as_bool).unwrap_or_default();
    let target = path.entry("mountPath");
    let words = |html: &mut Html| {
        html.text(&name_of(&Place::of(sheet.document(), mounts.container(mount.container))));
        html.text(" at ");
        html.start("code").saying(&label(sheet.document().text(&target)));
    };
    html.start("li").holding(|html| {
        if is_linked || sheet.window.shows(&target) {
            let link = html.start("a").with("href", [&sheet.address_of(&target)]).with("data-field", [&path.to_text()]);
            link.holding(words);
        } else {
            words(html);
        }
        html.text(if is_read_only { " read-only" } else { "" });
    });
}

/// A button for each container that does not mount the volume yet. Of very many the first have one; the others can be given
/// a mount of it in their own cards.
fn share_with(html: &mut Html, sheet: &Sheet, volume: &Path, mounts: &Mounts<'_>, here: &[Mount], most: usize) {
    let mounting: HashSet<usize> = here.iter().map(|mount| mount.container).collect();
    let others = (0..mounts.containers()).filter(|container| !mounting.contains(container)).take(most);
    let others: Vec<Path> = others.map(|number| mounts.container(number)).collect();
    if others.is_empty() {
        return;
    }
    html.start("div").class("adders").holding(|html| {
        let rest = mounts.containers() - mounting.len() - others.len();
        for container in others {
            let container = Place::of(sheet.document(), container);
            let words = format!("Share with {}", name_of(&container));
            edit_button(html, &Edit::Share(volume.clone(), container.path), &words);
        }
        if rest > 0 {
            html.start("p").class("hint").saying(&format!("{rest} more containers can mount it, each in its own card."));
        }
    });
}

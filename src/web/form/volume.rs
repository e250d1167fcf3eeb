//! The volumes of the Pod, and who shares them.

use std::collections::HashSet;

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Mount, Mounts, Path};
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, edit_button, items};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::{IntoHtml, each, part};
use crate::web::sheet::{Sheet, label};

/// As many containers are named in the cards of all volumes together, as mounting or as not mounting yet.
const MAX_CONTAINERS: usize = 2000;
/// As many are named in one card.
const MAX_CONTAINERS_HERE: usize = 100;

/// The list of volumes.
pub fn section(sheet: &Sheet, list: Path) -> impl IntoView {
    part(move |html| {
        let mounts = Mounts::new(sheet.document());
        let most = (MAX_CONTAINERS / sheet.window.range(&list).len().max(1)).min(MAX_CONTAINERS_HERE);
        view! {
            <section class="list" id=list.to_text() tabindex="-1" aria-labelledby="volumes-heading">
                <h2 id="volumes-heading">"Volumes"</h2>
                <p class="hint">"An emptyDir starts empty and lives exactly as long as the Pod."</p>
                {messages(sheet, &list)}
                {items(sheet, &list, |path| card(sheet, path, &mounts, most))}
                <div class="adders">{edit_button(Edit::Add(list.clone()), "Add volume")}</div>
            </section>
        }
        .write(html);
    })
}

fn card(sheet: &Sheet, path: Path, mounts: &Mounts<'_>, most: usize) -> impl IntoView {
    part(move |html| {
        let path = &path;
        let name = sheet.name_of(path);
        let what = format!("volume {name}");
        let heading_id = format!("{path}:heading");
        let here = mounts.of(sheet.document().text(&path.entry("name")));
        view! {
            <article class="card volume" id=path.to_text() tabindex="-1" data-field=path.to_text() aria-labelledby=heading_id>
                <header class="card-head">
                    <h3 id=heading_id.clone()>{name}</h3>
                    <span class="badge">{source_label(sheet, path)}</span>
                    {actions(sheet, path, &what)}
                </header>
                {messages(sheet, path)}
                <div class="grid">
                    {Control::new(sheet, path.entry("name"), "Name").view()}
                    {each(empty_dir(sheet, path), Control::view)}
                </div>
                {mounted_by(sheet, mounts, here, most)}
                {share_with(sheet, path, mounts, here, most)}
            </article>
        }
        .write(html);
    })
}

/// The volume at `path` as the head of its column.
pub fn head(sheet: &Sheet, path: &Path) -> impl IntoView {
    part(move |html| {
        let name = sheet.name_of(path);
        let what = format!("volume {name}");
        view! {
            <div class="volume" role="group" id=path.to_text() tabindex="-1" aria-label=name data-field=path.to_text()>
                {messages(sheet, path)}
                {Control::new(sheet, path.entry("name"), "Volume").unasked().view()}
                <span class="badge">{source_label(sheet, path)}</span>
                {each(empty_dir(sheet, path), |control| control.unasked().view())}
                {actions(sheet, path, &what)}
            </div>
        }
        .write(html);
    })
}

/// The name of the volume's source other than `emptyDir`.
fn other_source<'a>(sheet: &'a Sheet, path: &Path) -> Option<&'a String> {
    sheet.document().get(path)?.as_object()?.keys().find(|key| !["name", "emptyDir"].contains(&key.as_str()))
}

fn source_label(sheet: &Sheet, path: &Path) -> String {
    let medium = sheet.document().text(&path.entry("emptyDir").entry("medium"));
    match (other_source(sheet, path), medium) {
        (Some(source), _) => format!("{}, kept as it is", label(source)),
        (None, "") => "on the node's disk".to_owned(),
        (None, "Memory") => "in memory".to_owned(),
        (None, medium) => label(medium),
    }
}

/// The fields of an `emptyDir`; none of a volume of another source.
fn empty_dir<'a>(sheet: &'a Sheet, path: &Path) -> impl Iterator<Item = Control<'a>> {
    let empty_dir = path.entry("emptyDir");
    let is_other = other_source(sheet, path).is_some() && sheet.document().get(&empty_dir).is_none();
    let controls = (!is_other).then(|| {
        let size = Control::new(sheet, empty_dir.entry("sizeLimit"), "Size limit");
        let medium = Control::new(sheet, empty_dir.entry("medium"), "Keep in memory")
            .hint("A tmpfs: fast, charged as memory to the container that writes, gone with a reboot.");
        [size.suggest(Suggestions::Sizes).placeholder("no limit"), medium.class("wide")]
    });
    controls.into_iter().flatten()
}

fn mounted_by(sheet: &Sheet, mounts: &Mounts<'_>, here: &[Mount], most: usize) -> impl IntoView {
    part(move |html| {
        if here.is_empty() {
            return view! { <p class="hint">"No container mounts this volume yet."</p> }.write(html);
        }
        let rest = here.len().saturating_sub(most);
        view! {
            <div class="mounted-by">
                <h4>"Mounted by"</h4>
                <ul>
                    {each(here.iter().take(most), |mount| mounted_at(sheet, mounts, *mount))}
                    {(rest > 0).then(|| view! { <li>{format!("and {rest} more")}</li> })}
                </ul>
            </div>
        }
        .write(html);
    })
}

fn mounted_at(sheet: &Sheet, mounts: &Mounts<'_>, mount: Mount) -> impl IntoView {
    let path = mounts.path(mount);
    let read_only = sheet.document().get(&path.entry("readOnly")).and_then(Value::as_bool).unwrap_or_default();
    let target = path.entry("mountPath");
    view! {
        <li>
            <a href=sheet.address_of(&target) data-field=path.to_text()>
                {sheet.name_of(&mounts.container(mount.container))} " at " <code>{label(sheet.document().text(&target))}</code>
            </a>
            {read_only.then_some(" read-only")}
        </li>
    }
}

/// A button for each container that does not mount the volume yet. Of very many the first have one; the others can be given
/// a mount of it in their own cards.
fn share_with(sheet: &Sheet, volume: &Path, mounts: &Mounts<'_>, here: &[Mount], most: usize) -> impl IntoView {
    part(move |html| {
        let mounting: HashSet<usize> = here.iter().map(|mount| mount.container).collect();
        let others = (0..mounts.containers()).filter(|container| !mounting.contains(container)).take(most);
        let others: Vec<Path> = others.map(|number| mounts.container(number)).collect();
        let rest = mounts.containers() - mounting.len() - others.len();
        if others.is_empty() {
            return;
        }
        let share = |container: Path| {
            let words = format!("Share with {}", sheet.name_of(&container));
            edit_button(Edit::Share(volume.clone(), container), words)
        };
        view! {
            <div class="adders">
                {each(others, share)}
                {(rest > 0).then(|| view! { <p class="hint">{format!("{rest} more containers can mount it, each in its own card.")}</p> })}
            </div>
        }
        .write(html);
    })
}

//! The volumes of the Pod, and who shares them.

use std::collections::HashSet;

use leptos::prelude::*;

use crate::document::{Edit, Path};
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{MOST_ITEMS, actions, edit_button, items};
use crate::web::form::suggestions::Suggestions;
use crate::web::sheet::Sheet;

/// The list of volumes.
pub fn section(sheet: &Sheet, list: &Path) -> AnyView {
    view! {
        <section class="list" id=list.to_string() tabindex="-1" aria-labelledby="volumes-heading">
            <h2 id="volumes-heading">"Volumes"</h2>
            <p class="hint">"An emptyDir starts empty and lives exactly as long as the Pod."</p>
            {messages(sheet, list)}
            {items(sheet, list, card)}
            <div class="adders">{edit_button(&Edit::Add(list.clone()), "Add volume")}</div>
        </section>
    }
    .into_any()
}

fn card(sheet: &Sheet, path: &Path) -> AnyView {
    let name = sheet.name_of(path);
    let heading_id = format!("{path}:heading");
    let mounts = sheet.document.mounts_of(sheet.document.text(&path.entry("name")));
    view! {
        <article class="card volume" id=path.to_string() tabindex="-1" data-field=path.to_string() aria-labelledby=heading_id>
            <header class="card-head">
                <h3 id=heading_id.clone()>{name.clone()}</h3>
                <span class="badge">{source_label(sheet, path)}</span>
                {actions(sheet, path, &format!("volume {name}"))}
            </header>
            {messages(sheet, path)}
            <div class="grid">
                {Control::new(sheet, path.entry("name"), "Name").view()}
                {empty_dir(sheet, path)}
            </div>
            {mounted_by(sheet, &mounts)}
            {share_with(sheet, path, &mounts)}
        </article>
    }
    .into_any()
}

/// The name of the volume's source other than `emptyDir`.
fn other_source<'a>(sheet: &'a Sheet, path: &Path) -> Option<&'a String> {
    sheet.document.get(path)?.as_object()?.keys().find(|key| !["name", "emptyDir"].contains(&key.as_str()))
}

fn source_label(sheet: &Sheet, path: &Path) -> String {
    let medium = sheet.document.text(&path.entry("emptyDir").entry("medium"));
    match (other_source(sheet, path), medium) {
        (Some(source), _) => format!("{source}, kept as it is"),
        (None, "") => "on the node's disk".to_owned(),
        (None, "Memory") => "in memory".to_owned(),
        (None, medium) => medium.to_owned(),
    }
}

fn empty_dir(sheet: &Sheet, path: &Path) -> AnyView {
    let empty_dir = path.entry("emptyDir");
    if other_source(sheet, path).is_some() && sheet.document.get(&empty_dir).is_none() {
        return ().into_any();
    }
    (
        Control::new(sheet, empty_dir.entry("sizeLimit"), "Size limit")
            .suggest(Suggestions::Sizes)
            .placeholder("no limit")
            .view(),
        Control::new(sheet, empty_dir.entry("medium"), "Keep in memory")
            .hint("A tmpfs: fast, charged as memory to the container that writes, gone with a reboot.")
            .class("wide")
            .view(),
    )
        .into_any()
}

fn mounted_by(sheet: &Sheet, mounts: &[Path]) -> AnyView {
    if mounts.is_empty() {
        return view! { <p class="hint">"No container mounts this volume yet."</p> }.into_any();
    }
    let items: Vec<_> = mounts
        .iter()
        .take(MOST_ITEMS)
        .map(|mount| {
            let container = container_of(mount);
            let read_only = sheet.document.get(&mount.entry("readOnly")).and_then(serde_json::Value::as_bool).unwrap_or_default();
            let target = mount.entry("mountPath");
            view! {
                <li>
                    <a href=format!("#{target}") data-field=mount.to_string()>
                        {sheet.name_of(&container)} " at " <code>{sheet.document.text(&target).to_owned()}</code>
                    </a>
                    {read_only.then_some(" read-only")}
                </li>
            }
        })
        .collect();
    view! {
        <div class="mounted-by">
            <h4>"Mounted by"</h4>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

fn share_with(sheet: &Sheet, volume: &Path, mounts: &[Path]) -> AnyView {
    let mounting: HashSet<Path> = mounts.iter().map(container_of).collect();
    let others = sheet.document.containers().into_iter().filter(|container| !mounting.contains(container));
    let buttons: Vec<_> = others
        .take(MOST_ITEMS)
        .map(|container| {
            edit_button(&Edit::Share(volume.clone(), container.clone()), format!("Share with {}", sheet.name_of(&container)))
        })
        .collect();
    if buttons.is_empty() { ().into_any() } else { view! { <div class="adders">{buttons}</div> }.into_any() }
}

/// A mount is an item of the list `volumeMounts` of its container.
fn container_of(mount: &Path) -> Path {
    mount.parent().and_then(|list| list.parent()).unwrap_or_default()
}

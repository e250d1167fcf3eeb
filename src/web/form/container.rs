//! Containers of every role: ordinary ones, init containers and native sidecars.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::{Edit, Path, Role, Segment};
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, edit_button, edit_select, items};
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::form::{env, mount, port};
use crate::web::html::{IntoHtml, each, part};
use crate::web::sheet::Sheet;

const LINES_HINT: &str = "One item a line. A script of several lines: a line with | alone, then the script.";

/// One of the two lists of containers, with the buttons that add to it.
///
/// Where there is a table, it adds containers and has the mounts; an empty list has no section then.
pub fn section(sheet: &Sheet, list: Path, volumes: &VolumeChoices, has_table: bool) -> impl IntoView {
    part(move |html| {
        let is_empty = sheet.document().get(&list).and_then(Value::as_array).is_none_or(Vec::is_empty);
        if has_table && is_empty && sheet.messages_at(&list).is_empty() {
            return;
        }
        let init = matches!(list.last(), Some(Segment::Field(name)) if name == "initContainers");
        let heading_id = if init { "init-containers-heading" } else { "containers-heading" };
        view! {
            <section class="list" id=list.to_text() tabindex="-1" aria-labelledby=heading_id>
                <h2 id=heading_id>{if init { "Init containers and sidecars" } else { "Containers" }}</h2>
                <p class="hint">
                    {if init { "They start in this order, before the containers below." } else { "They start together and run side by side." }}
                </p>
                {messages(sheet, &list)}
                {items(sheet, &list, |path| card(sheet, path, volumes, has_table))}
                {(!has_table).then(|| view! { <div class="adders">{adders(&list, init)}</div> })}
            </section>
        }
        .write(html);
    })
}

fn adders(list: &Path, init: bool) -> impl IntoView {
    let (add, sidecar) = if init { ("Add init container", Some("Add sidecar")) } else { ("Add container", None) };
    let add = edit_button(Edit::Add(list.clone()), add);
    (add, sidecar.map(|words| edit_button(Edit::AddSidecar(list.clone()), words)))
}

fn card(sheet: &Sheet, path: Path, volumes: &VolumeChoices, has_table: bool) -> impl IntoView {
    part(move |html| {
        let path = &path;
        let role = Role::of(sheet.document(), path);
        let name = sheet.name_of(path);
        let what = format!("container {name}");
        let (id, heading_id) = (path.to_text(), format!("{path}:heading"));
        view! {
            <article class="card container" id=id.clone() tabindex="-1" data-role=role_class(role) data-field=id aria-labelledby=heading_id>
                <header class="card-head">
                    <h3 id=heading_id.clone()>{name}</h3>
                    <span class="badge">{role_label(role)}</span>
                    {actions(sheet, path, &what)}
                </header>
                {messages(sheet, path)}
                <div class="grid">{identity(sheet, path, role)}</div>
                {(!has_table).then(|| mount::list(sheet, path, volumes))}
                <div class="grid">{process(sheet, path)}</div>
                {more(sheet, path)}
            </article>
        }
        .write(html);
    })
}

fn identity(sheet: &Sheet, path: &Path, role: Role) -> impl IntoView {
    (
        Control::new(sheet, path.entry("name"), "Name").view(),
        Control::new(sheet, path.entry("image"), "Image").suggest(Suggestions::Images).placeholder("nginx:1.28-alpine").view(),
        role_select(sheet, path, role),
    )
}

fn role_select(sheet: &Sheet, path: &Path, role: Role) -> impl IntoView {
    edit_select(sheet, format!("{path}:role"), "Role", path.entry("restartPolicy"), move |html| {
        for other in Role::ALL {
            let edit = (other != role).then(|| Edit::Role(path.clone(), other).to_string());
            html.option(&edit.unwrap_or_default(), role_label(other), other == role);
        }
    })
}

fn process(sheet: &Sheet, path: &Path) -> impl IntoView {
    (
        Control::new(sheet, path.entry("command"), "Command").hint(LINES_HINT).class("wide").view(),
        Control::new(sheet, path.entry("args"), "Arguments").class("wide").view(),
    )
}

fn more(sheet: &Sheet, path: &Path) -> impl IntoView {
    let resources = path.entry("resources");
    let others = [path.entry("ports"), path.entry("imagePullPolicy"), path.entry("workingDir")];
    (
        fold(sheet, [resources.clone()], "Resources", resource_grid(sheet, resources)),
        fold(sheet, [path.entry("env")], "Environment", env::list(sheet, path)),
        fold(sheet, others, "Ports, working directory, pull policy", (port::list(sheet, path), settings(sheet, path))),
    )
}

/// A part of a card that is open from the start where it holds something.
fn fold<const N: usize>(sheet: &Sheet, fields: [Path; N], heading: &'static str, body: impl IntoView) -> impl IntoView {
    let open = fields.iter().any(|field| sheet.document().get(field).is_some());
    view! {
        <details class="more" open=open>
            <summary>{heading}</summary>
            {body}
        </details>
    }
}

fn settings(sheet: &Sheet, path: &Path) -> impl IntoView {
    let policies = ["Always", "IfNotPresent", "Never"].map(|policy| Choice::new(policy, policy));
    view! {
        <div class="grid">
            {Control::new(sheet, path.entry("workingDir"), "Working directory").placeholder("of the image").view()}
            {Control::new(sheet, path.entry("imagePullPolicy"), "Pull policy")
                .choose(std::iter::once(Choice::new("", "By the image's tag (default)")).chain(policies))
                .view()}
        </div>
    }
}

fn resource_grid(sheet: &Sheet, resources: Path) -> impl IntoView {
    const ROWS: [(&str, &str, &str, Suggestions); 3] = [
        ("cpu", "CPU request", "CPU limit", Suggestions::Cpu),
        ("memory", "Memory request", "Memory limit", Suggestions::Sizes),
        ("ephemeral-storage", "Ephemeral storage request", "Ephemeral storage limit", Suggestions::Sizes),
    ];
    let row = move |(resource, request, limit, suggestions): (&str, &'static str, &'static str, Suggestions)| {
        let control =
            |list: &str, label| Control::new(sheet, resources.entry(list).entry(resource), label).suggest(suggestions).view();
        (control("requests", request), control("limits", limit))
    };
    view! { <div class="grid two">{each(ROWS, row)}</div> }
}

/// What a role is called.
pub fn role_label(role: Role) -> &'static str {
    match role {
        Role::Container => "Container",
        Role::InitContainer => "Init container",
        Role::Sidecar => "Native sidecar",
    }
}

fn role_class(role: Role) -> &'static str {
    match role {
        Role::Container => "container",
        Role::InitContainer => "init",
        Role::Sidecar => "sidecar",
    }
}

//! Containers of every role: ordinary ones, init containers and native sidecars.

use crate::document::{Edit, Path, Role, Segment};
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, edit_button, edit_select, items};
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::form::{env, mount, port};
use crate::web::html::Html;
use crate::web::sheet::Sheet;

const LINES_HINT: &str = "One item a line. A script of several lines: a line with | alone, then the script.";

/// One of the two lists of containers, with the buttons that add to it.
///
/// Where there is a table, it adds containers and has the mounts; an empty list has no section then.
pub fn section(html: &mut Html, sheet: &Sheet, list: &Path, volumes: &VolumeChoices, has_table: bool) {
    if has_table && sheet.document().count(list) == 0 && sheet.messages_at(list).is_empty() {
        return;
    }
    let is_init = matches!(list.last(), Some(Segment::Field(name)) if name == "initContainers");
    let (heading_id, heading, hint) = if is_init {
        ("init-containers-heading", "Init containers and sidecars", "They start in this order, before the containers below.")
    } else {
        ("containers-heading", "Containers", "They start together and run side by side.")
    };
    let section = html.start("section").class("list").target(&list.to_text());
    section.with("aria-labelledby", [heading_id]).holding(|html| {
        html.start("h2").with("id", [heading_id]).saying(heading);
        html.start("p").class("hint").saying(hint);
        messages(html, sheet, list);
        items(html, sheet, list, |html, path| card(html, sheet, path, volumes, has_table));
        if !has_table {
            html.start("div").class("adders").holding(|html| adders(html, list, is_init));
        }
    });
}

fn adders(html: &mut Html, list: &Path, is_init: bool) {
    edit_button(html, &Edit::Add(list.clone()), if is_init { "Add init container" } else { "Add container" });
    if is_init {
        edit_button(html, &Edit::AddSidecar(list.clone()), "Add sidecar");
    }
}

fn card(html: &mut Html, sheet: &Sheet, path: &Path, volumes: &VolumeChoices, has_table: bool) {
    let role = Role::of(sheet.document(), path);
    let name = sheet.name_of(path);
    let id = path.to_text();
    let card = html.start("article").class("card container").target(&id);
    let card = card.with("data-role", [role_class(role)]).with("data-field", [&id]);
    card.with("aria-labelledby", [&id, ":heading"]).holding(|html| {
        html.start("header").class("card-head").holding(|html| {
            html.start("h3").with("id", [&id, ":heading"]).saying(&name);
            html.start("span").class("badge").saying(role_label(role));
            actions(html, sheet, path, &format!("container {name}"));
        });
        messages(html, sheet, path);
        html.start("div").class("grid").holding(|html| identity(html, sheet, path, role));
        if !has_table {
            mount::list(html, sheet, path, volumes);
        }
        html.start("div").class("grid").holding(|html| process(html, sheet, path));
        more(html, sheet, path);
    });
}

fn identity(html: &mut Html, sheet: &Sheet, path: &Path, role: Role) {
    Control::new(sheet, path.entry("name"), "Name").write(html);
    Control::new(sheet, path.entry("image"), "Image").suggest(Suggestions::Images).placeholder("nginx:1.28-alpine").write(html);
    role_select(html, sheet, path, role);
}

fn role_select(html: &mut Html, sheet: &Sheet, path: &Path, role: Role) {
    let id = path.to_text() + ":role";
    edit_select(html, sheet, &id, "Role", &path.entry("restartPolicy"), |html| {
        for other in Role::ALL {
            let edit = (other != role).then(|| Edit::Role(path.clone(), other).to_text());
            html.option(&edit.unwrap_or_default(), role_label(other), other == role);
        }
    });
}

fn process(html: &mut Html, sheet: &Sheet, path: &Path) {
    Control::new(sheet, path.entry("command"), "Command").hint(LINES_HINT).class("wide").write(html);
    Control::new(sheet, path.entry("args"), "Arguments").class("wide").write(html);
}

fn more(html: &mut Html, sheet: &Sheet, path: &Path) {
    let resources = path.entry("resources");
    fold(html, sheet, &[&resources], "Resources", |html| resource_grid(html, sheet, &resources));
    fold(html, sheet, &[&path.entry("env")], "Environment", |html| env::list(html, sheet, path));
    let others = [&path.entry("ports"), &path.entry("imagePullPolicy"), &path.entry("workingDir")];
    fold(html, sheet, &others, "Ports, working directory, pull policy", |html| {
        port::list(html, sheet, path);
        html.start("div").class("grid").holding(|html| settings(html, sheet, path));
    });
}

/// A part of a card that is open from the start where it holds something.
fn fold(html: &mut Html, sheet: &Sheet, fields: &[&Path], heading: &str, body: impl FnOnce(&mut Html)) {
    let is_open = fields.iter().any(|field| sheet.document().get(field).is_some());
    html.start("details").class("more").flag("open", is_open).holding(|html| {
        html.start("summary").saying(heading);
        body(html);
    });
}

fn settings(html: &mut Html, sheet: &Sheet, path: &Path) {
    Control::new(sheet, path.entry("workingDir"), "Working directory").placeholder("of the image").write(html);
    let policies = ["Always", "IfNotPresent", "Never"].map(|policy| Choice::new(policy, policy));
    Control::new(sheet, path.entry("imagePullPolicy"), "Pull policy")
        .choose(std::iter::once(Choice::new("", "By the image's tag (default)")).chain(policies))
        .write(html);
}

fn resource_grid(html: &mut Html, sheet: &Sheet, resources: &Path) {
    const ROWS: [(&str, &str, &str, Suggestions); 3] = [
        ("cpu", "CPU request", "CPU limit", Suggestions::Cpu),
        ("memory", "Memory request", "Memory limit", Suggestions::Sizes),
        ("ephemeral-storage", "Ephemeral storage request", "Ephemeral storage limit", Suggestions::Sizes),
    ];
    let (requests, limits) = (resources.entry("requests"), resources.entry("limits"));
    html.start("div").class("grid two").holding(|html| {
        for (resource, request, limit, suggestions) in ROWS {
            Control::new(sheet, requests.entry(resource), request).suggest(suggestions).write(html);
            Control::new(sheet, limits.entry(resource), limit).suggest(suggestions).write(html);
        }
    });
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

//! Containers of every role: ordinary ones, init containers and native sidecars.

use crate::document::{Edit, Path, Role, Segment};
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, edit_button, edit_select, items};
use crate::web::form::place::{Place, name_of};
use crate::web::form::suggestions::Suggestions;
use crate::web::form::volume_choices::VolumeChoices;
use crate::web::form::{env, mount, port};
use crate::web::html::Html;
use crate::web::sheet::Sheet;

const LINES_HINT: &str = "One item a line. A script of several lines: a line with | alone, then the script.";

/// One of the two lists of containers, with the buttons that add to it.
///
/// Where there is a table, it adds containers and has the mounts; an empty list has no section then.
pub fn section(html: &mut Html, sheet: &Sheet, list: &Place<'_>, volumes: &VolumeChoices, has_table: bool) {
    if has_table && list.count() == 0 && sheet.messages_at(&list.id).is_empty() {
        return;
    }
    let is_init = matches!(list.path.last(), Some(Segment::Field(name)) if name == "initContainers");
    let (heading_id, heading, hint) = if is_init {
        ("init-containers-heading", "Init containers and sidecars", "They start in this order, before the containers below.")
    } else {
        ("containers-heading", "Containers", "They start together and run side by side.")
    };
    let section = html.start("section").class("list").target(&list.id);
    section.with("aria-labelledby", [heading_id]).holding(|html| {
        html.start("h2").with("id", [heading_id]).saying(heading);
        html.start("p").class("hint").saying(hint);
        messages(html, sheet, &list.id);
        items(html, sheet, list, |html, container| card(html, sheet, container, volumes, has_table));
        if !has_table {
            html.start("div").class("adders").holding(|html| adders(html, &list.path, is_init));
        }
    });
}

fn adders(html: &mut Html, list: &Path, is_init: bool) {
    edit_button(html, &Edit::Add(list.clone()), if is_init { "Add init container" } else { "Add container" });
    if is_init {
        edit_button(html, &Edit::AddSidecar(list.clone()), "Add sidecar");
    }
}

fn card(html: &mut Html, sheet: &Sheet, container: &Place<'_>, volumes: &VolumeChoices, has_table: bool) {
    let role = Role::of(sheet.document(), &container.path);
    let name = name_of(container);
    let id = &container.id;
    let card = html.start("article").class("card container").target(id);
    let card = card.with("data-role", [role_class(role)]).with("data-field", [id]);
    card.with("aria-labelledby", [id, ":heading"]).holding(|html| {
        html.start("header").class("card-head").holding(|html| {
            html.start("h3").with("id", [id, ":heading"]).saying(&name);
            html.start("span").class("badge").saying(role_label(role));
            actions(html, sheet, container, &format!("container {name}"));
        });
        messages(html, sheet, id);
        html.start("div").class("grid").holding(|html| identity(html, sheet, container, role));
        if !has_table {
            mount::list(html, sheet, container, volumes);
        }
        html.start("div").class("grid").holding(|html| process(html, sheet, container));
        more(html, sheet, container);
    });
}

fn identity(html: &mut Html, sheet: &Sheet, container: &Place<'_>, role: Role) {
    Control::new(sheet, container.entry("name"), "Name").write(html);
    Control::new(sheet, container.entry("image"), "Image")
        .suggest(Suggestions::Images)
        .placeholder("nginx:1.28-alpine")
        .write(html);
    role_select(html, sheet, container, role);
}

fn role_select(html: &mut Html, sheet: &Sheet, container: &Place<'_>, role: Role) {
    let id = [&container.id, ":role"].concat();
    edit_select(html, sheet, &id, "Role", &container.path.entry("restartPolicy"), |html| {
        for other in Role::ALL {
            let edit = (other != role).then(|| Edit::Role(container.path.clone(), other).to_text());
            html.option(&edit.unwrap_or_default(), role_label(other), other == role);
        }
    });
}

fn process(html: &mut Html, sheet: &Sheet, container: &Place<'_>) {
    Control::new(sheet, container.entry("command"), "Command").hint(LINES_HINT).class("wide").write(html);
    Control::new(sheet, container.entry("args"), "Arguments").class("wide").write(html);
}

fn more(html: &mut Html, sheet: &Sheet, container: &Place<'_>) {
    let resources = container.entry("resources");
    fold(html, &[&resources], "Resources", |html| resource_grid(html, sheet, &resources));
    fold(html, &[&container.entry("env")], "Environment", |html| env::list(html, sheet, container));
    let others = [&container.entry("ports"), &container.entry("imagePullPolicy"), &container.entry("workingDir")];
    fold(html, &others, "Ports, working directory, pull policy", |html| {
        port::list(html, sheet, container);
        html.start("div").class("grid").holding(|html| settings(html, sheet, container));
    });
}

/// A part of a card that is open from the start where it holds something.
fn fold(html: &mut Html, fields: &[&Place<'_>], heading: &str, body: impl FnOnce(&mut Html)) {
    let is_open = fields.iter().any(|field| field.value.is_some());
    html.start("details").class("more").flag("open", is_open).holding(|html| {
        html.start("summary").saying(heading);
        body(html);
    });
}

fn settings(html: &mut Html, sheet: &Sheet, container: &Place<'_>) {
    Control::new(sheet, container.entry("workingDir"), "Working directory").placeholder("of the image").write(html);
    let policies = ["Always", "IfNotPresent", "Never"].map(|policy| Choice::new(policy, policy));
    Control::new(sheet, container.entry("imagePullPolicy"), "Pull policy")
        .choose(std::iter::once(Choice::new("", "By the image's tag (default)")).chain(policies))
        .write(html);
}

fn resource_grid(html: &mut Html, sheet: &Sheet, resources: &Place<'_>) {
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

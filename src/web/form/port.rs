//! The ports of a container.

use leptos::prelude::*;

use crate::document::Path;
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, sub_list};
use crate::web::html::{IntoHtml, part};
use crate::web::sheet::{Sheet, label};

/// The list of ports of the container at `container`.
pub fn list(sheet: &Sheet, container: &Path) -> impl IntoView {
    sub_list(sheet, container.entry("ports"), "Ports", "Add port", |path| row(sheet, path))
}

fn row(sheet: &Sheet, path: Path) -> impl IntoView {
    part(move |html| {
        let path = &path;
        let number = sheet.document().get(&path.entry("containerPort")).map(ToString::to_string).unwrap_or_default();
        let what = format!("port {}", label(&number));
        let protocols = ["TCP", "UDP", "SCTP"].map(|protocol| Choice::new(protocol, protocol));
        view! {
            <div class="row port" role="group" id=path.to_text() tabindex="-1" aria-label=what.clone() data-field=path.to_text()>
                {messages(sheet, path)}
                {Control::new(sheet, path.entry("containerPort"), "Container port").placeholder("80").view()}
                {Control::new(sheet, path.entry("name"), "Port name").placeholder("http").view()}
                {Control::new(sheet, path.entry("protocol"), "Protocol")
                    .choose(std::iter::once(Choice::new("", "TCP (default)")).chain(protocols))
                    .view()}
                {actions(sheet, path, &what)}
            </div>
        }
        .write(html);
    })
}

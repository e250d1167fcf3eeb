//! The ports of a container.

use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, group, sub_list};
use crate::web::form::place::Place;
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

/// The list of ports of `container`.
pub fn list(html: &mut Html, sheet: &Sheet, container: &Place<'_>) {
    sub_list(html, sheet, &container.entry("ports"), "Ports", "Add port", |html, port| row(html, sheet, port));
}

fn row(html: &mut Html, sheet: &Sheet, port: &Place<'_>) {
    let container_port = port.entry("containerPort");
    let number = container_port.value.map(ToString::to_string).unwrap_or_default();
    let what = format!("port {}", label(&number));
    let protocols = ["TCP", "UDP", "SCTP"].map(|protocol| Choice::new(protocol, protocol));
    group(html, "row port", port, &what).holding(|html| {
        messages(html, sheet, &port.id);
        Control::new(sheet, container_port, "Container port").placeholder("80").write(html);
        Control::new(sheet, port.entry("name"), "Port name").placeholder("http").write(html);
        Control::new(sheet, port.entry("protocol"), "Protocol")
            .choose(std::iter::once(Choice::new("", "TCP (default)")).chain(protocols))
            .write(html);
        actions(html, sheet, port, &what);
    });
}

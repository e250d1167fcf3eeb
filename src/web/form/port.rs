//! The ports of a container.

use crate::document::Path;
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{actions, group, sub_list};
use crate::web::html::Html;
use crate::web::sheet::{Sheet, label};

/// The list of ports of the container at `container`.
pub fn list(html: &mut Html, sheet: &Sheet, container: &Path) {
    sub_list(html, sheet, &container.entry("ports"), "Ports", "Add port", |html, path| row(html, sheet, path));
}

fn row(html: &mut Html, sheet: &Sheet, path: &Path) {
    let number = sheet.document().get(&path.entry("containerPort")).map(ToString::to_string).unwrap_or_default();
    let what = format!("port {}", label(&number));
    let protocols = ["TCP", "UDP", "SCTP"].map(|protocol| Choice::new(protocol, protocol));
    group(html, "row port", path, &what).holding(|html| {
        messages(html, sheet, path);
        Control::new(sheet, path.entry("containerPort"), "Container port").placeholder("80").write(html);
        Control::new(sheet, path.entry("name"), "Port name").placeholder("http").write(html);
        Control::new(sheet, path.entry("protocol"), "Protocol")
            .choose(std::iter::once(Choice::new("", "TCP (default)")).chain(protocols))
            .write(html);
        actions(html, sheet, path, &what);
    });
}

//! The mounts of a container.

use leptos::prelude::*;
use serde_json::Value;

use crate::document::Path;
use crate::form::NEW_VOLUME;
use crate::web::form::control::{Choice, Control, messages};
use crate::web::form::list::{MOST_ITEMS, actions, items, sub_list};
use crate::web::form::suggestions::Suggestions;
use crate::web::sheet::Sheet;

/// The list of mounts of the container at `container`.
pub fn list(sheet: &Sheet, container: &Path) -> AnyView {
    let list = container.entry("volumeMounts");
    let rows = items(sheet, &list, row);
    sub_list(sheet, &list, "Mounts", "Add mount", rows)
}

fn row(sheet: &Sheet, path: &Path) -> AnyView {
    let mount_path = sheet.document.text(&path.entry("mountPath"));
    let what = if mount_path.is_empty() { format!("mount {path}") } else { format!("mount {mount_path}") };
    view! {
        <div class="row mount" role="group" id=path.to_string() tabindex="-1" aria-label=what.clone() data-field=path.to_string()>
            {messages(sheet, path)}
            {Control::new(sheet, path.entry("name"), "Volume").choose(volumes(sheet, path)).view()}
            {Control::new(sheet, path.entry("mountPath"), "Mount path").suggest(Suggestions::MountPaths).placeholder("/data").view()}
            {Control::new(sheet, path.entry("subPath"), "Sub path").placeholder("whole volume").view()}
            {Control::new(sheet, path.entry("readOnly"), "Read-only").view()}
            {actions(sheet, path, &what)}
        </div>
    }
    .into_any()
}

fn volumes(sheet: &Sheet, mount: &Path) -> Vec<Choice> {
    let volumes = sheet.document.get(&sheet.document.pod_spec().entry("volumes")).and_then(Value::as_array);
    let names = volumes.into_iter().flatten().filter_map(|volume| volume.get("name")?.as_str()).filter(|name| !name.is_empty());
    let mut choices: Vec<Choice> = names.clone().take(MOST_ITEMS).map(|name| Choice::new(name, name)).collect();
    let current = sheet.document.text(&mount.entry("name"));
    if current.is_empty() {
        choices.insert(0, Choice::new("", "Choose a volume"));
    } else if !choices.iter().any(|choice| choice.value == current) {
        let is_defined = names.clone().any(|name| name == current);
        let label = if is_defined { current.to_owned() } else { format!("{current} (there is no such volume)") };
        choices.insert(0, Choice::new(current, label));
    }
    choices.push(Choice::new(NEW_VOLUME, "A new volume"));
    choices
}

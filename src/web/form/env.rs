//! The environment of a container.

use leptos::prelude::*;

use crate::document::{Edit, EnvSource, Path};
use crate::web::form::ask::ask;
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, items, sub_list};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// The list of environment variables of the container at `container`.
pub fn list(sheet: &Sheet, container: &Path) -> Html {
    let list = container.entry("env");
    let rows = items(sheet, &list, row);
    sub_list(sheet, &list, "Environment variables", "Add environment variable", rows)
}

fn row(sheet: &Sheet, path: &Path) -> Html {
    let what = format!("variable {}", sheet.name_of(path));
    view! {
        <div class="row env" role="group" id=path.to_text() tabindex="-1" aria-label=what.clone() data-field=path.to_text()>
            {messages(sheet, path)}
            {Control::new(sheet, path.entry("name"), "Variable").placeholder("LOG_LEVEL").view()}
            {source_select(sheet, path)}
            {source_fields(sheet, path)}
            {actions(sheet, path, &what)}
        </div>
    }
    .html()
}

fn source_select(sheet: &Sheet, path: &Path) -> Html {
    let current = EnvSource::of(sheet.document(), path);
    let id = format!("{path}:source");
    let other = current.is_none().then(|| view! { <option value="" selected>"Kept as it is"</option> });
    let options: Vec<_> = EnvSource::ALL
        .into_iter()
        .map(|source| {
            let value = if Some(source) == current { String::new() } else { Edit::Source(path.clone(), source).to_string() };
            view! { <option value=value selected=Some(source) == current>{source_label(source)}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <div class="labelled"><label for=id.clone()>"From"</label>{ask(sheet, &path.entry("valueFrom"))}</div>
            <select id=id name="edit">{other} {options}</select>
        </div>
    }
    .html()
}

fn source_fields(sheet: &Sheet, path: &Path) -> Html {
    let from = path.entry("valueFrom");
    let reference = |field: &str, name: &'static str| {
        let reference = from.entry(field);
        Html::from([
            Control::new(sheet, reference.entry("name"), name).view(),
            Control::new(sheet, reference.entry("key"), "Key").view(),
        ])
    };
    let value = || Control::new(sheet, path.entry("value"), "Value").view();
    let source = match EnvSource::of(sheet.document(), path) {
        Some(EnvSource::Value) => return value(),
        Some(EnvSource::ConfigMap) => reference("configMapKeyRef", "ConfigMap"),
        Some(EnvSource::Secret) => reference("secretKeyRef", "Secret"),
        Some(EnvSource::Field) => {
            Control::new(sheet, from.entry("fieldRef").entry("fieldPath"), "Field").suggest(Suggestions::PodFields).view()
        }
        None => Html::default(),
    };
    let both = sheet.document().get(&path.entry("value")).is_some();
    Html::from([source, both.then(value).unwrap_or_default()])
}

fn source_label(source: EnvSource) -> &'static str {
    match source {
        EnvSource::Value => "Value",
        EnvSource::ConfigMap => "ConfigMap",
        EnvSource::Secret => "Secret",
        EnvSource::Field => "Pod field",
    }
}

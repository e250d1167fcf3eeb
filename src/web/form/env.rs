//! The environment of a container.

use leptos::prelude::*;

use crate::document::{Edit, EnvSource, Path};
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, edit_select, sub_list};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::{IntoHtml, part};
use crate::web::sheet::Sheet;

/// The list of environment variables of the container at `container`.
pub fn list(sheet: &Sheet, container: &Path) -> impl IntoView {
    sub_list(sheet, container.entry("env"), "Environment variables", "Add environment variable", |path| row(sheet, path))
}

fn row(sheet: &Sheet, path: Path) -> impl IntoView {
    part(move |html| {
        let path = &path;
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
        .write(html);
    })
}

fn source_select(sheet: &Sheet, path: &Path) -> impl IntoView {
    edit_select(sheet, format!("{path}:source"), "From", path.entry("valueFrom"), move |html| {
        let current = EnvSource::of(sheet.document(), path);
        if current.is_none() {
            html.option("", "Kept as it is", true);
        }
        for source in EnvSource::ALL {
            let is_current = Some(source) == current;
            let edit = (!is_current).then(|| Edit::Source(path.clone(), source).to_string());
            html.option(&edit.unwrap_or_default(), source_label(source), is_current);
        }
    })
}

fn source_fields(sheet: &Sheet, path: &Path) -> impl IntoView {
    part(move |html| {
        let from = path.entry("valueFrom");
        let mut field = |path: Path, name: &'static str| Control::new(sheet, path, name).view().write(html);
        let mut reference = |kind: &str, name: &'static str| {
            let reference = from.entry(kind);
            field(reference.entry("name"), name);
            field(reference.entry("key"), "Key");
        };
        let source = EnvSource::of(sheet.document(), path);
        match source {
            Some(EnvSource::ConfigMap) => reference("configMapKeyRef", "ConfigMap"),
            Some(EnvSource::Secret) => reference("secretKeyRef", "Secret"),
            Some(EnvSource::Field) => {
                let control = Control::new(sheet, from.entry("fieldRef").entry("fieldPath"), "Field");
                control.suggest(Suggestions::PodFields).view().write(html);
            }
            Some(EnvSource::Value) | None => (),
        }
        let value = path.entry("value");
        if source == Some(EnvSource::Value) || sheet.document().get(&value).is_some() {
            Control::new(sheet, value, "Value").view().write(html);
        }
    })
}

fn source_label(source: EnvSource) -> &'static str {
    match source {
        EnvSource::Value => "Value",
        EnvSource::ConfigMap => "ConfigMap",
        EnvSource::Secret => "Secret",
        EnvSource::Field => "Pod field",
    }
}

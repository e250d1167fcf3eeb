//! The environment of a container.

use crate::document::{Edit, EnvSource};
use crate::web::form::control::{Control, messages};
use crate::web::form::list::{actions, edit_select, group, sub_list};
use crate::web::form::place::{Place, name_of};
use crate::web::form::suggestions::Suggestions;
use crate::web::html::Html;
use crate::web::sheet::Sheet;

/// The list of environment variables of `container`.
pub fn list(html: &mut Html, sheet: &Sheet, container: &Place<'_>) {
    let list = container.entry("env");
    sub_list(html, sheet, &list, "Environment variables", "Add environment variable", |html, variable| {
        row(html, sheet, variable);
    });
}

fn row(html: &mut Html, sheet: &Sheet, variable: &Place<'_>) {
    let what = format!("variable {}", name_of(variable));
    group(html, "row env", variable, &what).holding(|html| {
        messages(html, sheet, &variable.id);
        Control::new(sheet, variable.entry("name"), "Variable").placeholder("LOG_LEVEL").write(html);
        source_select(html, sheet, variable);
        source_fields(html, sheet, variable);
        actions(html, sheet, variable, &what);
    });
}

fn source_select(html: &mut Html, sheet: &Sheet, variable: &Place<'_>) {
    let path = &variable.path;
    let id = [&variable.id, ":source"].concat();
    edit_select(html, sheet, &id, "From", &path.entry("valueFrom"), |html| {
        let current = EnvSource::of(sheet.document(), path);
        if current.is_none() {
            html.option("", "Kept as it is", true);
        }
        for source in EnvSource::ALL {
            let is_current = Some(source) == current;
            let edit = (!is_current).then(|| Edit::Source(path.clone(), source).to_text());
            html.option(&edit.unwrap_or_default(), source_label(source), is_current);
        }
    });
}

fn source_fields(html: &mut Html, sheet: &Sheet, variable: &Place<'_>) {
    let from = variable.entry("valueFrom");
    let mut reference = |kind: &str, name: &'static str| {
        let reference = from.entry(kind);
        Control::new(sheet, reference.entry("name"), name).write(html);
        Control::new(sheet, reference.entry("key"), "Key").write(html);
    };
    let source = EnvSource::of(sheet.document(), &variable.path);
    match source {
        Some(EnvSource::ConfigMap) => reference("configMapKeyRef", "ConfigMap"),
        Some(EnvSource::Secret) => reference("secretKeyRef", "Secret"),
        Some(EnvSource::Field) => {
            let control = Control::new(sheet, from.entry("fieldRef").entry("fieldPath"), "Field");
            control.suggest(Suggestions::PodFields).write(html);
        }
        Some(EnvSource::Value) | None => (),
    }
    let value = variable.entry("value");
    if source == Some(EnvSource::Value) || value.value.is_some() {
        Control::new(sheet, value, "Value").write(html);
    }
}

fn source_label(source: EnvSource) -> &'static str {
    match source {
        EnvSource::Value => "Value",
        EnvSource::ConfigMap => "ConfigMap",
        EnvSource::Secret => "Secret",
        EnvSource::Field => "Pod field",
    }
}

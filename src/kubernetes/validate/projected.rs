//! Volumes that are put together from several objects, and the downward API.
//!
//! Follows `validateProjectedVolumeSource` and `validateDownwardAPIVolumeSource` in
//! `pkg/apis/core/validation/validation.go` (v1.35). Trust bundles and Pod certificates are dropped before, their features being
//! off.

use std::collections::HashSet;

use k8s_openapi::api::core::v1::{
    DownwardAPIVolumeFile, DownwardAPIVolumeSource, KeyToPath, ProjectedVolumeSource, ServiceAccountTokenProjection,
    VolumeProjection,
};

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;
use super::volume_source::{file_mode, key_to_path};
use super::{field_selector, list, paths};

const FIELDS: [&str; 5] = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

const MIN_EXPIRATION: i64 = 600;
const MAX_EXPIRATION: i64 = 1 << 32;

/// A volume of the downward API.
pub(super) fn downward_api(errors: &mut Errors, source: &DownwardAPIVolumeSource, path: &FieldPath<'_>) {
    file_mode(errors, source.default_mode, &path.field("defaultMode"));
    for item in list(source.items.as_ref()) {
        file(errors, item, path);
    }
}

/// A projected volume.
pub(super) fn projected(errors: &mut Errors, source: &ProjectedVolumeSource, path: &FieldPath<'_>) {
    file_mode(errors, source.default_mode, &path.field("defaultMode"));
    let sources_path = &path.field("sources");
    let mut projection = Projection { errors, path, paths: HashSet::new() };
    for (index, source) in list(source.sources.as_ref()).iter().enumerate() {
        projection.source(source, &sources_path.index(index));
    }
}

struct Projection<'a, 'path, 'source> {
    errors: &'a mut Errors,
    /// Where the volume's source stands.
    path: &'a FieldPath<'path>,
    /// The paths that are taken.
    paths: HashSet<&'source str>,
}

impl<'source> Projection<'_, '_, 'source> {
    fn source(&mut self, source: &'source VolumeProjection, path: &FieldPath<'_>) {
        let mut count = 0;
        if let Some(secret) = &source.secret {
            count += 1;
            self.keys(&secret.name, list(secret.items.as_ref()), &path.field("secret"));
        }
        if let Some(config_map) = &source.config_map {
            count += 1;
            self.keys(&config_map.name, list(config_map.items.as_ref()), &path.field("configMap"));
        }
        if let Some(downward_api) = &source.downward_api {
            count += 1;
            for item in list(downward_api.items.as_ref()) {
                file(self.errors, item, &path.field("downwardAPI"));
                self.take(&item.path, &item.path);
            }
        }
        if let Some(token) = &source.service_account_token {
            count += 1;
            self.token(token, &path.field("serviceAccountToken"));
        }
        if count > 1 {
            self.errors.forbidden(path, "may not specify more than 1 volume type per source");
        }
    }

    fn keys(&mut self, name: &str, items: &'source [KeyToPath], path: &FieldPath<'_>) {
        if name.is_empty() {
            self.errors.required(&path.field("name"), "");
        }
        let path = &path.field("items");
        for (index, item) in items.iter().enumerate() {
            key_to_path(self.errors, item, &path.index(index));
            self.take(&item.path, name);
        }
    }

    fn token(&mut self, token: &ServiceAccountTokenProjection, path: &FieldPath<'_>) {
        let seconds = token.expiration_seconds.unwrap_or(3600);
        let seconds_path = &path.field("expirationSeconds");
        if seconds < MIN_EXPIRATION {
            self.errors.invalid(seconds_path, seconds, "may not specify a duration less than 10 minutes");
        }
        if seconds > MAX_EXPIRATION {
            self.errors.invalid(seconds_path, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        let path = &self.path.field("path");
        if token.path.is_empty() {
            self.errors.required(path, "");
        } else {
            paths::non_reserved(self.errors, &token.path, path);
        }
    }

    fn take(&mut self, path: &'source str, shown: &str) {
        if !path.is_empty() && !self.paths.insert(path) {
            self.errors.invalid(self.path, shown, "conflicting duplicate paths");
        }
    }
}

fn file(errors: &mut Errors, item: &DownwardAPIVolumeFile, path: &FieldPath<'_>) {
    if item.path.is_empty() {
        errors.required(&path.field("path"), "");
    }
    paths::non_reserved(errors, &item.path, &path.field("path"));
    match (&item.field_ref, &item.resource_field_ref) {
        (Some(field), resource) => {
            field_selector::field(errors, field, &FIELDS, &path.field("fieldRef"));
            if resource.is_some() {
                errors.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        }
        (None, Some(resource)) => field_selector::resource(errors, resource, true, &path.field("resourceFieldRef")),
        (None, None) => errors.required(path, "one of fieldRef and resourceFieldRef is required"),
    }
    file_mode(errors, item.mode, &path.field("mode"));
}

#[cfg(test)]
mod tests {
    use super::super::testing::messages_of_spec;
    use serde_json::json;

    #[test]
    fn paths_are_taken_once() {
        let item = json!({"key": "k", "path": "p"});
        let sources = json!([
            {"configMap": {"name": "c", "items": [item]}},
            {"secret": {"name": "", "items": [item]}, "downwardAPI": {"items": [{"path": "p"}]}},
            {"serviceAccountToken": {"path": "", "expirationSeconds": 60}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": [{"name": "a", "projected": {"sources": sources}}]})), @"");
    }
}

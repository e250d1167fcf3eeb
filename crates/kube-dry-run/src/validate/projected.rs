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
    let items_path = &path.field("items").unnamed();
    for (index, item) in list(source.items.as_ref()).iter().enumerate() {
        file(errors, item, &items_path.index(index).unnamed());
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
            let path = path.field("downwardAPI");
            let items_path = &path.field("items").unnamed();
            for (index, item) in list(downward_api.items.as_ref()).iter().enumerate() {
                file(self.errors, item, &items_path.index(index).unnamed());
                self.take(&item.path, &item.path, &items_path.index(index));
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
            self.take(&item.path, name, &path.index(index));
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
        let written = &self.path.field("path");
        self.errors.placed_at(&path.field("path"), |errors| {
            if token.path.is_empty() {
                errors.required(written, "");
            } else {
                paths::non_reserved(errors, &token.path, written);
            }
        });
    }

    /// The `path` of the item at `place`, which no other has.
    fn take(&mut self, path: &'source str, shown: &str, place: &FieldPath<'_>) {
        if !path.is_empty() && !self.paths.insert(path) {
            let written = self.path;
            let add = |errors: &mut Errors| errors.invalid(written, shown, "conflicting duplicate paths");
            self.errors.placed_at(&place.field("path"), add);
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
    use serde_json::{Value, json};

    fn with_sources(sources: &Value) -> Vec<String> {
        let found = messages_of_spec(json!({"volumes": [{"name": "a", "projected": {"sources": sources}}]}));
        found.into_iter().map(|message| message.trim_start_matches("spec.volumes[0].projected").to_owned()).collect()
    }

    #[test]
    fn each_source_alone_is_good() {
        let items = |path: &str| json!([{"key": "k", "path": path, "mode": 0o777}]);
        let sources = json!([
            {"configMap": {"name": "c", "items": items("a/b")}},
            {"secret": {"name": "s", "items": items("c")}},
            {"downwardAPI": {"items": [{"path": "d", "fieldRef": {"fieldPath": "metadata.labels"}}]}},
            {"serviceAccountToken": {"path": "t"}},
            {},
        ]);
        assert_eq!(with_sources(&sources), Vec::<String>::new());
        assert_eq!(with_sources(&json!([])), Vec::<String>::new());
    }

    #[test]
    fn objects_are_named_and_their_keys_checked() {
        for kind in ["configMap", "secret"] {
            assert_eq!(with_sources(&json!([{kind: {"name": ""}}])), [format!(".sources[0].{kind}.name: Required value")]);
            let item = json!({"key": "", "path": "..a", "mode": -1});
            let place = format!(".sources[0].{kind}.items[0]");
            assert_eq!(
                with_sources(&json!([{kind: {"name": "a", "items": [item]}}])),
                [
                    format!("{place}.key: Required value"),
                    format!("{place}.path: Invalid value: \"..a\": must not start with '..'"),
                    format!("{place}.mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive"),
                ]
            );
        }
    }

    #[test]
    fn two_sources_of_a_kind_do_not_share_a_path() {
        let item = json!({"key": "k", "path": "p"});
        let file = json!({"path": "p", "fieldRef": {"fieldPath": "metadata.name"}});
        for (source, shown) in [
            (json!({"configMap": {"name": "c", "items": [item, item]}}), "c"),
            (json!({"secret": {"name": "s", "items": [item, item]}}), "s"),
            (json!({"downwardAPI": {"items": [file, file]}}), "p"),
        ] {
            assert_eq!(
                with_sources(&json!([source])),
                [format!(": Invalid value: \"{shown}\": conflicting duplicate paths")],
                "{source}"
            );
        }
    }

    #[test]
    fn a_token_lives_between_10_minutes_and_136_years() {
        let of = |seconds: i64| with_sources(&json!([{"serviceAccountToken": {"path": "t", "expirationSeconds": seconds}}]));
        for good in [600, 4_294_967_296] {
            assert_eq!(of(good), Vec::<String>::new(), "{good}");
        }
        let place = ".sources[0].serviceAccountToken.expirationSeconds";
        assert_eq!(of(599), [format!("{place}: Invalid value: 599: may not specify a duration less than 10 minutes")]);
        assert_eq!(
            of(4_294_967_297),
            [format!("{place}: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds")]
        );
    }

    #[test]
    fn a_token_stands_inside_of_the_volume() {
        let of = |path: &str| with_sources(&json!([{"serviceAccountToken": {"path": path}}]));
        assert_eq!(of("/t"), [r#".path: Invalid value: "/t": must be a relative path"#]);
        assert_eq!(of("..t"), [r#".path: Invalid value: "..t": must not start with '..'"#]);
    }

    #[test]
    fn permissions_have_nine_bits() {
        let detail = "must be a number between 0 and 0777 (octal), both inclusive";
        for kind in ["projected", "downwardAPI"] {
            let of = |mode: i32| messages_of_spec(json!({"volumes": [{"name": "a", kind: {"defaultMode": mode}}]}));
            for good in [0, 0o777] {
                assert_eq!(of(good), Vec::<String>::new());
            }
            for bad in [-1, 0o1000] {
                assert_eq!(of(bad), [format!("spec.volumes[0].{kind}.defaultMode: Invalid value: {bad}: {detail}")]);
            }
        }
    }

    #[test]
    fn a_file_of_the_downward_api_shows_one_field() {
        let of = |file: Value| {
            let found = messages_of_spec(json!({"volumes": [{"name": "a", "downwardAPI": {"items": [file]}}]}));
            found
                .into_iter()
                .map(|message| message.trim_start_matches("spec.volumes[0].downwardAPI").to_owned())
                .collect::<Vec<_>>()
        };
        let (field, resource) =
            (json!({"fieldPath": "metadata.annotations['a']"}), json!({"containerName": "web", "resource": "limits.cpu"}));
        assert_eq!(of(json!({"path": "p", "fieldRef": field, "mode": 0o777})), Vec::<String>::new());
        assert_eq!(of(json!({"path": "p", "resourceFieldRef": resource})), Vec::<String>::new());
        assert_eq!(
            of(json!({"path": "p", "fieldRef": field, "resourceFieldRef": resource})),
            [r#": Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously"#]
        );
        assert_eq!(
            of(json!({"path": "", "mode": 0o1000})),
            [
                ".path: Required value",
                ": Required value: one of fieldRef and resourceFieldRef is required",
                ".mode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive",
            ]
        );
        assert_eq!(of(json!({"path": "../p", "fieldRef": field})), [r#".path: Invalid value: "../p": must not contain '..'"#]);
        let supported = r#""metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid""#;
        assert_eq!(
            of(json!({"path": "p", "fieldRef": {"fieldPath": "status.podIP"}})),
            [format!(".fieldRef.fieldPath: Unsupported value: \"status.podIP\": supported values: {supported}")]
        );
    }

    #[test]
    fn paths_are_taken_once() {
        let item = json!({"key": "k", "path": "p"});
        let sources = json!([
            {"configMap": {"name": "c", "items": [item]}},
            {"secret": {"name": "", "items": [item]}, "downwardAPI": {"items": [{"path": "p"}]}},
            {"serviceAccountToken": {"path": "", "expirationSeconds": 60}},
        ]);
        insta::assert_debug_snapshot!(messages_of_spec(json!({"volumes": [{"name": "a", "projected": {"sources": sources}}]})), @r#"
        [
            "spec.volumes[0].projected.sources[1].secret.name: Required value",
            "spec.volumes[0].projected: Invalid value: \"\": conflicting duplicate paths",
            "spec.volumes[0].projected.sources[1].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
            "spec.volumes[0].projected: Invalid value: \"p\": conflicting duplicate paths",
            "spec.volumes[0].projected.sources[1]: Forbidden: may not specify more than 1 volume type per source",
            "spec.volumes[0].projected.sources[2].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes",
            "spec.volumes[0].projected.path: Required value",
        ]
        "#);
    }
}

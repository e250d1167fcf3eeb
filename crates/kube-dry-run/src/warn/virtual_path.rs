//! Files of a volume that take each other's place: one path is another, or lies inside of it.
//!
//! Follows `warningsForOverlappingVirtualPaths`, `checkVolumeMappingForOverlap` and `checkForOverlap` in
//! `pkg/api/pod/warnings.go` (v1.35).

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};

use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, Volume, VolumeProjection};

use super::super::field_path::FieldPath;
use super::super::go_text::quoted;
use super::Warnings;

/// The volume at `path`.
pub(super) fn volume(warnings: &mut Warnings, volume: &Volume, path: &FieldPath<'_>) {
    let name = quoted(&volume.name);
    if let Some(source) = &volume.config_map {
        let what = format!("{name} (ConfigMap {})", quoted(&source.name));
        Files::default().add(warnings, keys(source.items.as_ref()), "", &what, path);
    }
    if let Some(source) = &volume.secret {
        let what = format!("{name} (Secret {})", quoted(source.secret_name.as_deref().unwrap_or_default()));
        Files::default().add(warnings, keys(source.items.as_ref()), "", &what, path);
    }
    if let Some(source) = &volume.downward_api {
        Files::default().add(warnings, files(source.items.as_ref()), "", &format!("{name} (DownwardAPI)"), path);
    }
    if let Some(source) = &volume.projected {
        projected(warnings, source, &name, path);
    }
}

fn projected(warnings: &mut Warnings, projected: &ProjectedVolumeSource, volume: &str, path: &FieldPath<'_>) {
    let mut all = Files::default();
    let what = format!("{volume} (Projected)");
    for source in projected.sources.iter().flatten() {
        if *source == VolumeProjection::default() {
            warnings.add_whole(path, format!("volume {what} has no sources provided"));
        } else if let Some((kind, paths)) = listed(source) {
            all.add(warnings, paths, &format!(" ({kind})"), &what, path);
        }
    }
}

/// The kind of a source that lists paths, and these.
fn listed(source: &VolumeProjection) -> Option<(String, Vec<&str>)> {
    if let Some(source) = source.config_map.as_ref().filter(|source| source.items.is_some()) {
        return Some((format!("ConfigMap {}", quoted(&source.name)), keys(source.items.as_ref())));
    }
    if let Some(source) = source.secret.as_ref().filter(|source| source.items.is_some()) {
        return Some((format!("Secret {}", quoted(&source.name)), keys(source.items.as_ref())));
    }
    if let Some(source) = source.downward_api.as_ref().filter(|source| source.items.is_some()) {
        return Some(("DownwardAPI".to_owned(), files(source.items.as_ref())));
    }
    let token = source.service_account_token.as_ref()?;
    Some(("ServiceAccountToken".to_owned(), vec![token.path.as_str()]))
}

fn keys(items: Option<&Vec<KeyToPath>>) -> Vec<&str> {
    items.into_iter().flatten().map(|item| item.path.as_str()).collect()
}

fn files(items: Option<&Vec<DownwardAPIVolumeFile>>) -> Vec<&str> {
    items.into_iter().flatten().map(|item| item.path.as_str()).collect()
}

/// The files of one volume so far.
#[derive(Default)]
struct Files {
    /// As messages name them, by their paths with a slash at the end.
    by_path: BTreeMap<String, BTreeSet<String>>,
    /// The hashes of these paths, by which those around a path are found in one pass over it.
    hashes: HashSet<u64>,
    hasher: RandomState,
}

impl Files {
    /// Adds `paths`, and warns of those that meet others of the volume `what`.
    fn add(&mut self, warnings: &mut Warnings, paths: Vec<&str>, source: &str, what: &str, place: &FieldPath<'_>) {
        for path in paths.into_iter().map(|path| path.trim_end_matches('/')) {
            if path.is_empty() || warnings.is_full() {
                continue;
            }
            let (key, named) = (format!("{path}/"), format!("{}{source}", quoted(path)));
            for other in self.met_by(&key) {
                if warnings.is_full() {
                    break;
                }
                warnings.add_whole(place, format!("volume {what}: overlapping paths: {named} with {other}"));
            }
            self.hashes.extend(self.hashes_of(&key).last().map(|(_, hash)| hash));
            self.by_path.entry(key).or_default().insert(named);
        }
    }

    /// The files that are at `key`, inside of it, or around it.
    fn met_by(&self, key: &str) -> impl Iterator<Item = &String> {
        let within = self.by_path.range(key.to_owned()..).take_while(move |(other, _)| other.starts_with(key));
        let around = self.hashes_of(key).filter(|(around, hash)| around.len() < key.len() && self.hashes.contains(hash));
        within.map(|(_, files)| files).chain(around.filter_map(|(around, _)| self.by_path.get(around))).flatten()
    }

    /// The beginnings of `key` that end with a slash, each with its hash.
    fn hashes_of<'a>(&self, key: &'a str) -> impl Iterator<Item = (&'a str, u64)> {
        let mut hasher = self.hasher.build_hasher();
        key.split_inclusive('/').scan(0, move |end, part| {
            *end += part.len();
            hasher.write(part.as_bytes());
            Some((&key[..*end], hasher.finish()))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::field_path::ROOT;
    use super::*;

    fn messages(mut source: Value) -> Vec<String> {
        source["name"] = json!("v");
        let mut warnings = Warnings::default();
        volume(&mut warnings, &serde_json::from_value(source).unwrap(), &ROOT);
        warnings.all.into_iter().map(|warning| warning.message).collect()
    }

    fn items(paths: &[&str]) -> Value {
        paths.iter().map(|path| json!({"key": "k", "path": path})).collect()
    }

    fn of_config_map(paths: &[&str]) -> Vec<String> {
        messages(json!({"configMap": {"name": "c", "items": items(paths)}}))
    }

    #[test]
    fn files_do_not_take_each_others_place() {
        let overlap = |what: &str| format!("volume \"v\" (ConfigMap \"c\"): overlapping paths: {what}");
        assert_eq!(of_config_map(&["p", "q", "pq", "p.q"]), Vec::<String>::new());
        assert_eq!(of_config_map(&["p", "p/"]), [overlap(r#""p" with "p""#)]);
        assert_eq!(of_config_map(&["a", "a/b"]), [overlap(r#""a/b" with "a""#)]);
        assert_eq!(of_config_map(&["a/b", "ab", "a"]), [overlap(r#""a" with "a/b""#)]);
    }

    #[test]
    fn every_meeting_is_told() {
        let mut told = of_config_map(&["a", "a/b", "a/b/c", "/", "a"]);
        told.sort();
        let met = [
            r#""a" with "a""#,
            r#""a" with "a/b""#,
            r#""a" with "a/b/c""#,
            r#""a/b" with "a""#,
            r#""a/b/c" with "a""#,
            r#""a/b/c" with "a/b""#,
        ];
        assert_eq!(told, met.map(|met| format!("volume \"v\" (ConfigMap \"c\"): overlapping paths: {met}")));
    }

    #[test]
    fn secrets_and_the_downward_api_are_looked_at() {
        let paths = items(&["p", "p"]);
        assert_eq!(
            messages(json!({"secret": {"secretName": "s", "items": paths}})),
            [r#"volume "v" (Secret "s"): overlapping paths: "p" with "p""#]
        );
        assert_eq!(
            messages(json!({"downwardAPI": {"items": [{"path": "p"}, {"path": "p/q"}]}})),
            [r#"volume "v" (DownwardAPI): overlapping paths: "p/q" with "p""#]
        );
    }

    #[test]
    fn sources_are_put_together() {
        let sources = json!([
            {"configMap": {"name": "c", "items": items(&["p"])}},
            {"secret": {"name": "s"}},
            {"serviceAccountToken": {"path": "p"}},
            {"downwardAPI": {"items": [{"path": "p/q"}]}},
            {},
        ]);
        assert_eq!(
            messages(json!({"projected": {"sources": sources}})),
            [
                r#"volume "v" (Projected): overlapping paths: "p" (ServiceAccountToken) with "p" (ConfigMap "c")"#,
                r#"volume "v" (Projected): overlapping paths: "p/q" (DownwardAPI) with "p" (ConfigMap "c")"#,
                r#"volume "v" (Projected): overlapping paths: "p/q" (DownwardAPI) with "p" (ServiceAccountToken)"#,
                r#"volume "v" (Projected) has no sources provided"#,
            ]
        );
    }

    #[test]
    fn many_equal_files_are_told_of_within_bounds() {
        assert_eq!(of_config_map(&vec!["p"; 50_000]).len(), 1);
        let many: Vec<_> = (0..50_000).map(|number| format!("p/{number}")).collect();
        let mut paths: Vec<_> = many.iter().map(String::as_str).collect();
        paths.push("p");
        assert_eq!(of_config_map(&paths).len(), 1000);
    }

    #[test]
    fn deep_paths_are_compared_in_one_pass() {
        let deep: Vec<_> = (0..4).map(|number| "a/".repeat(200_000) + &number.to_string()).collect();
        let paths: Vec<_> = deep.iter().map(String::as_str).collect();
        assert_eq!(of_config_map(&paths), Vec::<String>::new());
    }

    #[test]
    fn what_is_told_again_and_again_ends() {
        let mut paths: Vec<_> = (0..900).map(|number| format!("a/{number}")).collect();
        paths.extend(vec!["a".to_owned(); 60_000]);
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        assert_eq!(of_config_map(&paths).len(), 901);
    }
}

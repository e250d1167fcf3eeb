//! Common values, offered by the inputs as they are typed into.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::mount_paths::MountPaths;
use crate::document::{Document, Mounts};
use crate::web::html::Html;

/// The lists of common values.
#[derive(Clone, Copy)]
pub enum Suggestions {
    /// Images with pinned tags.
    Images,
    /// Where programs look for their files.
    MountPaths(&'static MountPaths),
    /// Amounts of memory and disk.
    Sizes,
    /// Shares of a processor.
    Cpu,
    /// Fields that a container can read of its own Pod.
    PodFields,
    /// The volumes of the document; see [`VolumeChoices`](super::volume_choices::VolumeChoices).
    Volumes,
}

impl Suggestions {
    /// Those that do not depend on the document.
    const ALWAYS: [Self; 4] = [Self::Images, Self::Sizes, Self::Cpu, Self::PodFields];

    /// The `id` of the list, for an input's `list`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::MountPaths(paths) => paths.id,
            Self::Sizes => "sizes",
            Self::Cpu => "cpu",
            Self::PodFields => "pod-fields",
            Self::Volumes => "volumes",
        }
    }

    fn values(self) -> Vec<&'static str> {
        match self {
            Self::Images => vec![
                "nginx:1.29-alpine",
                "busybox:1.37",
                "alpine:3.22",
                "nginxinc/nginx-unprivileged:1.29-alpine",
                "httpd:2.4-alpine",
                "redis:8.2-alpine",
                "postgres:17-alpine",
                "mysql:8.4",
                "mongo:8.0",
                "debian:13-slim",
                "python:3.13-alpine",
                "alpine/git:2.49.1",
                "registry.k8s.io/git-sync/git-sync:v4.4.2",
                "registry.k8s.io/kubectl:v1.35.0",
                "envoyproxy/envoy:v1.35.0",
                "fluent/fluent-bit:4.0",
            ],
            Self::MountPaths(paths) => paths.values(),
            Self::Sizes => vec!["16Mi", "32Mi", "64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi"],
            Self::Cpu => vec!["10m", "50m", "100m", "250m", "500m", "1", "2"],
            Self::PodFields => vec![
                "metadata.name",
                "metadata.namespace",
                "metadata.uid",
                "metadata.labels['app']",
                "spec.nodeName",
                "spec.serviceAccountName",
                "status.hostIP",
                "status.podIP",
            ],
            Self::Volumes => Vec::new(),
        }
    }
}

/// Writes all lists to which the inputs for `document` refer, once for the whole page.
pub fn lists(html: &mut Html, document: &Document) {
    static ALWAYS: LazyLock<Html> = LazyLock::new(|| Suggestions::ALWAYS.into_iter().map(list).collect());
    html.add(&ALWAYS);
    let mut mount_paths: Vec<&'static MountPaths> = Vec::new();
    for container in Mounts::new(document).all_containers() {
        let paths = MountPaths::of(document.text(&container.entry("image")));
        if !mount_paths.contains(&paths) {
            mount_paths.push(paths);
            html.add(paths_of(paths));
        }
    }
}

/// The list of `paths`, which is always the same.
fn paths_of(paths: &'static MountPaths) -> &'static Html {
    static LISTS: LazyLock<HashMap<&'static str, Html>> =
        LazyLock::new(|| MountPaths::all().map(|paths| (paths.id, list(Suggestions::MountPaths(paths)))).collect());
    &LISTS[paths.id]
}

fn list(suggestions: Suggestions) -> Html {
    let mut html = Html::default();
    html.start("datalist").with("id", [suggestions.id()]).holding(|html| {
        suggestions.values().into_iter().for_each(|value| html.option(value, "", false));
    });
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The image that advice names in the place of one without a tag.
    fn advised(repository: &str) -> Option<String> {
        let containers = json!([{"name": "a", "image": repository}]);
        let advice = pod_advice::advise(&json!({"kind": "Pod", "spec": {"containers": containers}}));
        let finding = advice.findings.into_iter().find(|finding| finding.rule.id() == "latest-tag")?;
        finding.hint?.split('`').nth(1).map(str::to_owned)
    }

    #[test]
    fn the_suggested_images_have_the_versions_that_advice_names() {
        let suggested = Suggestions::Images.values();
        let with_advice = suggested.iter().filter_map(|image| {
            let (repository, _) = image.rsplit_once(':')?;
            Some((image, advised(repository)?)).filter(|(_, advised)| advised.starts_with(repository))
        });
        let all: Vec<_> = with_advice.collect();
        assert!(all.len() > 8, "{all:?}");
        for (image, advised) in all {
            assert!(
                image.strip_prefix(&advised).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
                "{image}: {advised}"
            );
        }
    }
}

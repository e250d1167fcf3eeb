//! Common values, offered by the inputs as they are typed into.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::web::html::{Html, IntoHtml};

/// The lists of common values.
#[derive(Clone, Copy)]
pub enum Suggestions {
    /// Images with pinned tags.
    Images,
    /// Where programs look for their files.
    MountPaths,
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
    const ALL: [Self; 5] = [Self::Images, Self::MountPaths, Self::Sizes, Self::Cpu, Self::PodFields];

    /// The `id` of the list, for an input's `list`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Images => "images",
            Self::MountPaths => "mount-paths",
            Self::Sizes => "sizes",
            Self::Cpu => "cpu",
            Self::PodFields => "pod-fields",
            Self::Volumes => "volumes",
        }
    }

    fn values(self) -> &'static [&'static str] {
        match self {
            Self::Images => &[
                "alpine:3.22",
                "busybox:1.37",
                "nginx:1.28-alpine",
                "nginxinc/nginx-unprivileged:1.28-alpine",
                "httpd:2.4-alpine",
                "redis:8-alpine",
                "python:3.13-alpine",
                "alpine/git:2.49.1",
                "fluent/fluent-bit:4.0",
            ],
            Self::MountPaths => &[
                "/data",
                "/cache",
                "/work",
                "/html",
                "/usr/share/nginx/html",
                "/etc/nginx/conf.d",
                "/var/cache/nginx",
                "/var/log/app",
                "/var/log/nginx",
                "/var/www/html",
                "/usr/local/apache2/htdocs",
                "/tmp",
            ],
            Self::Sizes => &["16Mi", "32Mi", "64Mi", "128Mi", "256Mi", "512Mi", "1Gi", "2Gi"],
            Self::Cpu => &["10m", "50m", "100m", "250m", "500m", "1", "2"],
            Self::PodFields => &[
                "metadata.name",
                "metadata.namespace",
                "metadata.uid",
                "metadata.labels['app']",
                "spec.nodeName",
                "spec.serviceAccountName",
                "status.hostIP",
                "status.podIP",
            ],
            Self::Volumes => &[],
        }
    }
}

/// All lists, once for the whole page.
pub fn lists() -> Html {
    static LISTS: LazyLock<Html> = LazyLock::new(drawn);
    Html::written(LISTS.as_str())
}

fn drawn() -> Html {
    let list = |suggestions: Suggestions| {
        let options: Vec<_> = suggestions.values().iter().map(|value| view! { <option value=*value></option> }).collect();
        view! { <datalist id=suggestions.id()>{options}</datalist> }.html()
    };
    Html::from(Suggestions::ALL.map(list))
}

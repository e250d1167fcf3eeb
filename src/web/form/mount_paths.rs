//! Where people mount volumes, by the image of the container: the suggestions for mount paths.
//!
//! The paths are those that the images' own documentation names, and those that are commonest in published manifests.

use pod_advice::{content_directory, image_name};

/// The suggestions for the containers of some images.
#[derive(Debug, PartialEq, Eq)]
pub struct MountPaths {
    /// The `id` of the list on the page.
    pub id: &'static str,
    /// The names of the images, without registry and tag.
    images: &'static [&'static str],
    /// Where these images look for files, the likeliest first.
    own: &'static [&'static str],
}

/// For an image of which nothing is known.
static ANY: MountPaths = MountPaths { id: "mount-paths", images: &[], own: &[] };

static KNOWN: [MountPaths; 13] = [
    MountPaths {
        id: "mount-paths-nginx",
        images: &["nginx", "nginx-unprivileged"],
        own: &["/usr/share/nginx/html", "/etc/nginx/conf.d", "/etc/nginx/templates", "/var/cache/nginx", "/var/log/nginx"],
    },
    MountPaths { id: "mount-paths-httpd", images: &["httpd"], own: &["/usr/local/apache2/htdocs", "/usr/local/apache2/logs"] },
    MountPaths {
        id: "mount-paths-postgres",
        images: &["postgres", "postgis", "pgvector"],
        own: &["/docker-entrypoint-initdb.d", "/var/run/postgresql", "/dev/shm", "/var/lib/postgresql/data"],
    },
    MountPaths {
        id: "mount-paths-mysql",
        images: &["mysql", "mariadb"],
        own: &["/docker-entrypoint-initdb.d", "/etc/mysql/conf.d", "/var/run/mysqld", "/var/lib/mysql"],
    },
    MountPaths { id: "mount-paths-mongo", images: &["mongo"], own: &["/docker-entrypoint-initdb.d", "/data/db"] },
    MountPaths { id: "mount-paths-redis", images: &["redis", "valkey"], own: &["/data", "/etc/redis", "/var/run/redis"] },
    MountPaths { id: "mount-paths-git", images: &["git", "git-sync", "alpine-git"], own: &["/tmp/git", "/git", "/repo"] },
    MountPaths { id: "mount-paths-envoy", images: &["envoy"], own: &["/etc/envoy", "/config", "/admin"] },
    MountPaths {
        id: "mount-paths-fluent",
        images: &["fluent-bit", "fluentd", "vector", "promtail", "filebeat"],
        own: &["/var/log", "/logs", "/fluent-bit/etc", "/fluentd/etc", "/var/log/nginx"],
    },
    MountPaths { id: "mount-paths-php", images: &["php", "wordpress", "drupal"], own: &["/var/www/html", "/tmp"] },
    MountPaths { id: "mount-paths-tomcat", images: &["tomcat"], own: &["/usr/local/tomcat/webapps", "/usr/local/tomcat/logs"] },
    MountPaths {
        id: "mount-paths-jenkins",
        images: &["jenkins"],
        own: &["/usr/share/jenkins/ref", "/var/jenkins_home", "/usr/share/jenkins/ref/plugins"],
    },
    MountPaths {
        id: "mount-paths-browser",
        images: &["chrome", "node-chrome", "standalone-chrome", "standalone-firefox", "browserless"],
        own: &["/dev/shm", "/tmp"],
    },
];

/// What is mounted into containers of any image.
const GENERAL: [&str; 33] = [
    "/data",
    "/config",
    "/tmp",
    "/var/log",
    "/usr/share/nginx/html",
    "/shared",
    "/html",
    "/logs",
    "/work-dir",
    "/app",
    "/cache",
    "/var/www/html",
    "/docker-entrypoint-initdb.d",
    "/plugins",
    "/etc/config",
    "/www",
    "/tmp/git",
    "/git",
    "/dev/shm",
    "/var/run",
    "/csi",
    "/work",
    "/workdir",
    "/init",
    "/output",
    "/static",
    "/var/logs",
    "/var/log/nginx",
    "/opt",
    "/content",
    "/repo",
    "/var/htdocs",
    "/mnt/data",
];

impl MountPaths {
    /// Those that there are.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        KNOWN.iter().chain([&ANY])
    }

    /// The suggestions for a container with `image`.
    pub fn of(image: &str) -> &'static Self {
        let name = image_name(image);
        KNOWN.iter().find(|known| known.images.contains(&name)).unwrap_or(&ANY)
    }

    /// The paths, those of the images first.
    pub fn values(&self) -> Vec<&'static str> {
        let general = GENERAL.into_iter().filter(|path| !self.own.contains(path));
        self.own.iter().copied().chain(general).collect()
    }
}

/// What is offered for the mounts of one container.
#[derive(Clone, Copy)]
pub struct PathHints {
    /// The list of suggestions.
    pub paths: &'static MountPaths,
    /// Where a new mount goes, as an example in an empty input.
    pub example: &'static str,
}

impl PathHints {
    /// The hints for a container with `image`.
    pub fn of(image: &str) -> Self {
        let paths = MountPaths::of(image);
        let example = content_directory(image).or_else(|| paths.own.first().copied()).unwrap_or("/data");
        Self { paths, example }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_known_image_is_offered_its_own_paths_first() {
        for (image, first) in [
            ("docker.io/library/nginx:1.29", "/usr/share/nginx/html"),
            ("postgres:17-alpine", "/docker-entrypoint-initdb.d"),
            ("registry.k8s.io/git-sync/git-sync:v4.4.0", "/tmp/git"),
            ("registry.example/mine:1", "/data"),
            ("", "/data"),
        ] {
            assert_eq!(MountPaths::of(image).values()[0], first, "{image}");
        }
    }

    #[test]
    fn no_path_is_offered_twice_and_all_are_absolute() {
        for list in KNOWN.iter().chain([&ANY]) {
            let values = list.values();
            assert_eq!(values.iter().collect::<HashSet<_>>().len(), values.len(), "{}", list.id);
            assert!(values.iter().all(|path| path.starts_with('/') && !path.ends_with('/')), "{}", list.id);
        }
        assert_eq!(KNOWN.iter().map(|list| list.id).collect::<HashSet<_>>().len(), KNOWN.len());
    }
}

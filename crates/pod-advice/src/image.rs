//! The name of an image.
//!
//! Follows `github.com/distribution/reference` (v0.6), with which the kubelet parses it.

mod fault;

pub(crate) use self::fault::Fault;
use crate::images::{self, KnownImage};
use crate::shell::Braces;

/// Where official images stand, all of them or those for one architecture, as `docker-library/official-images` lists them, and
/// where registries that hand on those of another one have them.
const OFFICIAL: [&str; 13] = [
    "docker.io",
    "docker/library",
    "dockerhub",
    "docker-hub",
    "docker-remote",
    "library",
    "amd64",
    "arm32v5",
    "arm32v6",
    "arm32v7",
    "arm64v8",
    "i386",
    "riscv64",
];

/// The reference of an image, taken apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Image<'a> {
    pub(crate) written: &'a str,
    /// The repository without the registry, and without `library/`.
    pub(crate) repository: &'a str,
    pub(crate) tag: Option<&'a str>,
    pub(crate) has_digest: bool,
    /// What is known of it.
    pub(crate) known: Option<&'static KnownImage>,
}

impl<'a> Image<'a> {
    pub(crate) fn read(written: &'a str) -> Self {
        let (named, digest) = written.split_once('@').map_or((written, None), |(named, digest)| (named, Some(digest)));
        let name_start = named.rfind('/').map_or(0, |slash| slash + 1);
        let (path, tag) = match named[name_start..].split_once(':') {
            Some((name, tag)) => (&named[..name_start + name.len()], Some(tag)),
            None => (named, None),
        };
        let (_, repository) = host_and_rest(path);
        let mut official = OFFICIAL.iter().filter_map(|folder| repository.strip_prefix(folder)?.strip_prefix('/'));
        // A registry that hands on those of another one has them in a folder of its own.
        let in_folder = || repository.rsplit_once("/library/").map(|(_, name)| name);
        let official = official.find(|name| !name.contains('/')).or_else(in_folder);
        let repository = official.filter(|name| !name.contains('/')).unwrap_or(repository);
        let known = images::known(repository, tag).or_else(|| images::known(handed_on(repository)?, tag));
        Self { written, repository, tag, has_digest: digest.is_some(), known }
    }

    /// The last part of the repository: `nginx-unprivileged`.
    pub(crate) fn name(&self) -> &'a str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// True of an image that is known to serve for ever by itself.
    pub(crate) fn is_server(&self) -> bool {
        let is_served = |known: &KnownImage| {
            let mut parts = self.tag.unwrap_or_default().split('-');
            parts.any(|part| known.server_tags.contains(&part))
        };
        self.known.is_some_and(|known| known.is_server || is_served(known))
    }

    /// True of an image that starts a shell by itself.
    pub(crate) fn is_shell(&self) -> bool {
        self.known.is_some_and(|known| known.is_shell)
    }

    /// What its `/bin/sh` makes of braces: that of `BusyBox` in what is built on Alpine, dash in Debian and Ubuntu, and otherwise bash in
    /// the distributions that have it there.
    pub(crate) fn braces_of_sh(&self) -> Braces {
        let is_alpine = |tag: &str| tag.split('-').any(|part| part.starts_with("alpine"));
        match self.repository {
            _ if self.tag.is_some_and(is_alpine) => Braces::Kept,
            "alpine" | "busybox" | "debian" | "ubuntu" => Braces::Kept,
            "almalinux" | "amazonlinux" | "archlinux" | "centos" | "fedora" | "oraclelinux" | "rockylinux" => Braces::Expanded,
            repository if repository.starts_with("alpine/") => Braces::Kept,
            _ => Braces::Unknown,
        }
    }

    /// True of nginx with the directories of the official image.
    pub(crate) fn is_nginx(&self) -> bool {
        self.known.is_some_and(|known| known.log_links.contains(&"/var/log/nginx"))
    }
}

/// What a registry that hands on the images of others has in a folder of its own: `bitnami/redis` of `proxy/bitnami/redis`.
fn handed_on(repository: &str) -> Option<&str> {
    let (folder, _) = repository.rsplit_once('/')?;
    let (_, owner) = folder.rsplit_once('/')?;
    Some(&repository[folder.len() - owner.len()..])
}

/// The registry of an image, if its name has one, and the rest of the name.
///
/// Follows `normalize.go` (`splitDockerDomain`): upper case is for registries alone.
fn host_and_rest(image: &str) -> (Option<&str>, &str) {
    let is_host =
        |host: &str| host.contains(['.', ':']) || host == "localhost" || host.bytes().any(|byte| byte.is_ascii_uppercase());
    match image.split_once('/') {
        Some((host, rest)) if is_host(host) => (Some(host), rest),
        _ => (None, image),
    }
}

/// The last part of the name of an image, without registry, tag and digest: `nginx-unprivileged`; empty where there is none.
#[must_use]
pub fn image_name(image: &str) -> &str {
    Image::read(image).name()
}

/// Where the content stands that a server image hands out, such as `/usr/share/nginx/html` for `nginx:1.29`; `None` of an image
/// of which that is not known.
#[must_use]
pub fn content_directory(image: &str) -> Option<&'static str> {
    Image::read(image).known?.content.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_taken_apart() {
        for (written, repository, tag, has_digest) in [
            ("nginx", "nginx", None, false),
            ("docker.io/library/nginx:1.29", "nginx", Some("1.29"), false),
            ("localhost:5000/a/nginx", "a/nginx", None, false),
            ("registry:5000/nginx@sha256:abc", "nginx", None, true),
            ("public.ecr.aws/docker/library/busybox:1.37", "busybox", Some("1.37"), false),
            ("docker.io/arm64v8/alpine:3", "alpine", Some("3"), false),
            ("", "", None, false),
        ] {
            let image = Image::read(written);
            assert_eq!((image.repository, image.tag, image.has_digest), (repository, tag, has_digest), "{written}");
        }
        assert!(Image::read("nginx:1.29-alpine").is_server() && Image::read("alpine:3.22").is_shell());
        assert!(Image::read("mine/nginx").known.is_none() && Image::read("example.com/a/b/nginx").known.is_none());
        assert!(Image::read("example.com/dockerhub/nginx:1.29").is_nginx());
        assert!(Image::read("example.com/dockerhub/library/nginx:1.29").is_nginx());
        assert!(Image::read("example.com/proxy/nginxinc/nginx-unprivileged:1.29").is_nginx());
        let ports = |image: &str| Image::read(image).known.map(|known| known.ports);
        assert_eq!(ports("wordpress:6.8-php8.3-fpm-alpine"), Some(&[9000][..]));
        assert_eq!(ports("wordpress:6.8-php8.3-apache"), Some(&[80][..]));
        assert!(Image::read("php:8.3-apache-bookworm").is_server() && !Image::read("php:8.3-cli").is_server());
        assert!(Image::read("docker:27-dind").is_server() && !Image::read("docker:27").is_server());
    }
}

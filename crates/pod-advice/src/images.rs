//! What is known of images.

mod others;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use self::others::OTHERS;
use self::table::{IMAGES, SERVER};

/// What an image does with `args`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrypoint {
    /// There is none: the args are the command.
    None,
    /// It runs a program that the args name.
    RunsArguments,
    /// It is this program, which takes the args as its own.
    Program(&'static str),
    /// It is this program if the args begin with an option or an address, and runs the program that they name otherwise.
    ProgramOrArguments(&'static str),
    /// It takes the args as its own.
    Own,
}

impl Entrypoint {
    /// The program that it is for args of which this is the first.
    pub(crate) fn program(self, first: Option<&str>) -> Option<&'static str> {
        match self {
            Self::Program(program) => Some(program),
            Self::ProgramOrArguments(program) => {
                first.is_none_or(|first| first.starts_with('-') || first.contains("://")).then_some(program)
            }
            _ => None,
        }
    }
}

/// What is known of an image.
#[derive(Debug)]
pub(crate) struct KnownImage {
    /// Its repositories, without the registry and without `library/`.
    pub(crate) repositories: &'static [&'static str],
    /// True if it runs for ever without a command.
    pub(crate) is_server: bool,
    /// Parts of tags with which it does although it does not otherwise: the `apache` of `php:8-apache`.
    pub(crate) server_tags: &'static [&'static str],
    /// True if it starts a shell without a command.
    pub(crate) is_shell: bool,
    pub(crate) entrypoint: Entrypoint,
    /// Directories of content or configuration that a mount hides.
    pub(crate) content: &'static [&'static str],
    /// The file that it is configured by first, beside which the others are that this names; empty if that is not known.
    pub(crate) configuration: &'static str,
    /// The directories of which that reads more, and those that it is written from; empty if they are not known.
    pub(crate) includes: &'static [&'static str],
    /// The ports that it listens on without a configuration of one's own.
    pub(crate) ports: &'static [u16],
    /// Directories with links to the standard output.
    pub(crate) log_links: &'static [&'static str],
    /// Where it keeps what must outlive a Pod.
    pub(crate) data: &'static [&'static str],
    /// Directories whose files it runs once, before it serves for the first time.
    pub(crate) first_start: &'static [&'static str],
    /// Where it must write although its root file system may be read-only.
    pub(crate) scratch: &'static [&'static str],
    /// The user that it runs as, if that is not root.
    pub(crate) user: Option<i64>,
}

/// The images by their repositories.
static BY_REPOSITORY: LazyLock<HashMap<&str, &KnownImage>> = LazyLock::new(|| {
    let all =
        IMAGES.iter().chain(&OTHERS).flat_map(|image| image.repositories.iter().map(move |repository| (*repository, image)));
    all.collect()
});

/// The images that are others under some of their tags, with the parts by which these are known.
static BY_TAG: [(&[&str], KnownImage); 3] = [
    // PHP without a web server
    (
        &["fpm"],
        KnownImage { repositories: &["wordpress", "joomla", "nextcloud"], ports: &[9000], data: &["/var/www/html"], ..SERVER },
    ),
    (&["fpm"], KnownImage { repositories: &["drupal"], content: &["/var/www/html"], ports: &[9000], ..SERVER }),
    // dotnet/dotnet-docker: built from nothing but what .NET needs, without a shell
    (
        &["chiseled", "distroless"],
        KnownImage {
            repositories: &["dotnet/aspnet", "dotnet/runtime", "dotnet/runtime-deps"],
            is_server: false,
            entrypoint: Entrypoint::None,
            user: Some(1654),
            ..SERVER
        },
    ),
];

/// What is known of the image of `repository`, which is without the registry and without `library/`, under `tag`.
pub(crate) fn known(repository: &str, tag: Option<&str>) -> Option<&'static KnownImage> {
    let has_part = |parts: &[&str]| tag.is_some_and(|tag| tag.split('-').any(|part| parts.contains(&part)));
    let mut others = BY_TAG.iter().filter(|(parts, image)| image.repositories.contains(&repository) && has_part(parts));
    others.next().map(|(_, image)| image).or_else(|| BY_REPOSITORY.get(repository).copied())
}

/// Versions of official images, by their repositories, in order; `docker-library/official-images` lists them.
const VERSIONS: [(&str, &str); 17] = [
    ("alpine", "3.22"),
    ("bash", "5.2"),
    ("busybox", "1.37"),
    ("debian", "13"),
    ("golang", "1.25"),
    ("httpd", "2.4"),
    ("mariadb", "11.4"),
    ("memcached", "1.6"),
    ("mongo", "8.0"),
    ("mysql", "8.4"),
    ("nginx", "1.29"),
    ("node", "22"),
    ("postgres", "17"),
    ("python", "3.13"),
    ("rabbitmq", "4.1"),
    ("redis", "8.2"),
    ("ubuntu", "24.04"),
];

/// A version of the image of `repository`, if one is known.
pub(crate) fn version(repository: &str) -> Option<&'static str> {
    let found = VERSIONS.binary_search_by_key(&repository, |(known, _)| known).ok()?;
    Some(VERSIONS[found].1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_repository_stands_in_the_table_once() {
        let all: Vec<_> = IMAGES.iter().chain(&OTHERS).flat_map(|image| image.repositories).collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn versions_are_found_by_their_repositories() {
        assert!(VERSIONS.is_sorted());
        assert_eq!((version("debian"), version("mine/debian")), (Some("13"), None));
    }
}

//! A mount of a volume.

use std::borrow::Cow;

use serde_json::Value;

/// Where programs keep what only they need.
const SCRATCH: [&str; 11] =
    ["/dev/shm", "/home", "/root", "/run", "/tmp", "/var/cache", "/var/lib", "/var/log", "/var/run", "/var/tmp", "/var/spool"];

/// A mount of a container.
#[derive(Debug)]
pub(crate) struct Mount<'a> {
    /// Its index in the `volumeMounts` of the container.
    pub(crate) position: usize,
    pub(crate) value: &'a Value,
    /// The name of the volume.
    pub(crate) name: &'a str,
    /// Its index among the volumes, if there is one of that name.
    pub(crate) volume: Option<usize>,
    /// The path as it is written.
    pub(crate) written: &'a str,
    /// The path as the kubelet takes it: absolute, without `//`, `/./` and a slash at its end.
    pub(crate) path: Cow<'a, str>,
    pub(crate) read_only: bool,
    pub(crate) sub_path: Option<&'a str>,
    /// The part of the volume that it shows: its root, or a `subPath`.
    pub(crate) place: Cow<'a, str>,
}

impl<'a> Mount<'a> {
    pub(super) fn read(position: usize, value: &'a Value) -> Self {
        let (mut name, mut written, mut sub_path, mut expression) = ("", "", None, None);
        let mut read_only = false;
        for (key, field) in value.as_object().into_iter().flatten() {
            match key.as_str() {
                "name" => name = field.as_str().unwrap_or_default(),
                "mountPath" => written = field.as_str().unwrap_or_default(),
                "readOnly" => read_only = field.as_bool().unwrap_or_default(),
                "subPath" => sub_path = field.as_str(),
                "subPathExpr" => expression = field.as_str(),
                _ => {}
            }
        }
        let sub_path = sub_path.or(expression).filter(|path| !path.is_empty());
        let place = sub_path.map_or("/".into(), normalized);
        Self { position, value, name, volume: None, written, path: normalized(written), read_only, sub_path, place }
    }

    /// The field that says which part of the volume it shows.
    pub(crate) fn sub_path_field(&self) -> &'static str {
        if self.value.get("subPath").is_some() { "subPath" } else { "subPathExpr" }
    }

    /// True at a place where programs keep what only they need.
    pub(crate) fn is_scratch(&self) -> bool {
        let is_named = self.path.contains("tmp") || self.path.contains("cache");
        is_named || SCRATCH.iter().any(|directory| lies_in(&self.path, directory))
    }

    /// True if its place in the volume is known; a `subPathExpr` is known to the kubelet alone.
    pub(crate) fn has_known_place(&self) -> bool {
        !self.sub_path.is_some_and(|path| path.contains("$("))
    }

    /// True if it may show a file that `other`, a mount of the same volume, shows as well.
    pub(crate) fn meets(&self, other: &Mount<'_>) -> bool {
        let is_within = lies_in(&self.place, &other.place) || lies_in(&other.place, &self.place);
        is_within || !self.has_known_place() || !other.has_known_place()
    }

    /// The path in the volume of the file at `path` in the container, which lies below this mount.
    pub(crate) fn in_volume(&self, path: &str) -> String {
        let below = path.get(self.path.trim_end_matches('/').len()..).unwrap_or_default();
        format!("{}{below}", self.place.trim_end_matches('/'))
    }

    /// The path in the container of what is at `place` in the volume, if this mount shows that.
    pub(crate) fn in_container(&self, place: &str) -> Option<String> {
        let is_shown = self.has_known_place() && lies_in(place, &self.place);
        let below = place.get(self.place.trim_end_matches('/').len()..).filter(|_| is_shown)?;
        Some(format!("{}{below}", self.path.trim_end_matches('/')))
    }
}

/// `path` as an absolute one, without `//`, `/./` and a slash at its end.
pub(crate) fn normalized(path: &str) -> Cow<'_, str> {
    let is_odd = |pair: &[u8]| matches!(pair, [b'/', b'/' | b'.']);
    let has_end = path.len() == 1 || !path.ends_with('/');
    if path.starts_with('/') && has_end && !path.as_bytes().windows(2).any(is_odd) {
        return path.into();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/")).into()
}

/// True if `path` is `directory` or lies inside of it; both are normal.
#[inline]
pub(crate) fn lies_in(path: &str, directory: &str) -> bool {
    match path.as_bytes().get(directory.len()) {
        Some(b'/') => path.starts_with(directory),
        Some(_) => directory == "/" && path.starts_with('/'),
        None => path == directory,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_of_a_volume_meet() {
        let meets = |one: &str, two: &str| {
            let mount = |path: &str| json!({"name": "v", "mountPath": "/v", "subPath": path});
            Mount::read(0, &mount(one)).meets(&Mount::read(0, &mount(two)))
        };
        assert!(meets("", "a") && meets("a/b", "a/") && meets("a", "a") && meets("$(NAME)", "a"));
        assert!(!meets("a", "b") && !meets("a", "ab"));
    }

    #[test]
    fn paths_are_made_alike() {
        for (path, expected) in [
            ("/html/", "/html"),
            ("html", "/html"),
            ("//a/./b//c", "/a/b/c"),
            ("/", "/"),
            ("", "/"),
            ("/a/../b", "/b"),
            ("/.x", "/.x"),
        ] {
            assert_eq!(normalized(path), expected, "{path}");
        }
        assert!(lies_in("/a/b", "/a") && lies_in("/a", "/a") && lies_in("/a", "/") && !lies_in("/ab", "/a"));
    }
}

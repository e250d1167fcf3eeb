//! A mount of a volume.

use std::borrow::Cow;

use serde_json::Value;

use super::text;

/// Where programs keep what only they need.
const SCRATCH: [&str; 11] =
    ["/dev/shm", "/home", "/root", "/run", "/tmp", "/var/cache", "/var/lib", "/var/log", "/var/run", "/var/tmp", "/var/spool"];

/// A mount of a container.
#[derive(Debug)]
pub(crate) struct Mount<'a> {
    pub(crate) position: usize,
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
}

impl<'a> Mount<'a> {
    pub(super) fn read(position: usize, value: &'a Value) -> Self {
        let written = text(value, "mountPath").unwrap_or_default();
        let sub_path = text(value, "subPath").or_else(|| text(value, "subPathExpr")).filter(|path| !path.is_empty());
        Self {
            position,
            name: text(value, "name").unwrap_or_default(),
            volume: None,
            written,
            path: normalized(written),
            read_only: value.get("readOnly").and_then(Value::as_bool).unwrap_or(false),
            sub_path,
        }
    }

    /// True at a place where programs keep what only they need.
    pub(crate) fn is_scratch(&self) -> bool {
        let is_named = self.path.contains("tmp") || self.path.contains("cache");
        is_named || SCRATCH.iter().any(|directory| lies_in(&self.path, directory))
    }

    /// The path in the volume of the file at `path` in the container, which lies below this mount.
    pub(crate) fn in_volume(&self, path: &str) -> String {
        let below = path.get(self.path.trim_end_matches('/').len()..).unwrap_or_default();
        format!("{}{below}", self.sub_path.map(|path| normalized(path).into_owned()).unwrap_or_default())
    }
}

/// `path` as an absolute one, without `//`, `/./` and a slash at its end.
pub(crate) fn normalized(path: &str) -> Cow<'_, str> {
    let is_normal =
        path.starts_with('/') && !path.contains("//") && !path.contains("/.") && (path.len() == 1 || !path.ends_with('/'));
    if is_normal {
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
pub(crate) fn lies_in(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || directory == "/")
}

#[cfg(test)]
mod tests {
    use super::*;

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

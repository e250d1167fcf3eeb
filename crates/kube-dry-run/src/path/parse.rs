//! How a path is read from text.

use std::str::FromStr;

use super::{Path, Segment};

/// How many steps a path may have that is read from text. It bounds how deep an edit can make a document, which every
/// recursive walk relies on; links and YAML carry documents of at most 127 levels.
const MAX_STEPS: usize = 128;

/// Why a text is not a field path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParsePathError {
    /// A `[` without its `]`.
    #[error("`[` without `]` in the field path `{0}`")]
    Unclosed(String),
    /// A field without a name, as in `spec..containers`.
    #[error("a field without a name in the field path `{0}`")]
    EmptyField(String),
    /// More steps than any document is deep.
    #[error("a field path of more than {MAX_STEPS} steps")]
    TooLong,
}

impl FromStr for Path {
    type Err = ParsePathError;

    /// Reads what `Display` writes. A bracket that holds a decimal number is an index; `limits.memory` is read as
    /// `limits[memory]`. A key ends at the first `]` that a `.`, a `[` or the end follows.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut path = Self::root();
        let mut rest = text;
        while !rest.is_empty() {
            if path.0.len() == MAX_STEPS {
                return Err(ParsePathError::TooLong);
            }
            if let Some(inner) = rest.strip_prefix('[') {
                let end = key_end(inner).ok_or_else(|| ParsePathError::Unclosed(text.to_owned()))?;
                path.0.push(bracketed(&inner[..end]));
                rest = &inner[end + 1..];
            } else {
                let name_start = if path.is_root() { rest } else { rest.strip_prefix('.').unwrap_or(rest) };
                let end = name_start.find(['.', '[']).unwrap_or(name_start.len());
                if end == 0 {
                    return Err(ParsePathError::EmptyField(text.to_owned()));
                }
                path.0.push(Segment::entry(path.0.last(), name_start[..end].into()));
                rest = &name_start[end..];
            }
        }
        Ok(path)
    }
}

/// Where a key in brackets ends in `inner`, which begins behind the `[`.
fn key_end(inner: &str) -> Option<usize> {
    inner.match_indices(']').map(|(at, _)| at).find(|at| {
        let after = &inner[at + 1..];
        after.is_empty() || after.starts_with(['.', '['])
    })
}

/// The step that stands in brackets.
fn bracketed(inner: &str) -> Segment {
    let decimal = inner.bytes().all(|byte| byte.is_ascii_digit());
    match inner.parse() {
        Ok(index) if decimal => Segment::Index(index),
        _ => Segment::Key(inner.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "",
            "spec",
            "spec.containers[0].image",
            "spec.containers[0].resources.limits[memory]",
            "metadata.labels[app.kubernetes.io/name]",
            "spec.template.spec.volumes[12].emptyDir.sizeLimit",
        ] {
            assert_eq!(text.parse::<Path>().map(|path| path.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_path_is_no_deeper_than_documents() {
        let path = |steps: usize| vec!["a"; steps].join(".").parse::<Path>();
        assert_eq!(path(MAX_STEPS).map(|path| path.segments().len()), Ok(MAX_STEPS));
        assert_eq!(path(MAX_STEPS + 1), Err(ParsePathError::TooLong));
        assert_eq!("[0]".repeat(1_000_000).parse::<Path>(), Err(ParsePathError::TooLong));
    }

    #[test]
    fn a_map_entry_may_be_written_with_a_dot() {
        let dotted: Path = "spec.containers[0].resources.limits.memory".parse().unwrap();
        assert_eq!(dotted.to_string(), "spec.containers[0].resources.limits[memory]");
    }

    #[test]
    fn refuses_what_is_no_path() {
        assert_eq!("spec[0".parse::<Path>(), Err(ParsePathError::Unclosed("spec[0".into())));
        assert_eq!("spec..name".parse::<Path>(), Err(ParsePathError::EmptyField("spec..name".into())));
    }
}

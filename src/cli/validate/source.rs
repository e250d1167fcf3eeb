//! Where manifests come from.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

/// The largest file that is read; the API server takes no request beyond 3 MiB.
const MAX_SIZE: u64 = 4 << 20;

/// How deep directories are searched.
const MAX_DEPTH: usize = 64;

/// A text that may hold manifests.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// What comes in on the standard input.
    Input,
    /// A file.
    File(PathBuf),
}

/// A path that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub(super) struct SourceError {
    path: String,
    error: io::Error,
}

impl Source {
    /// The bytes of the source.
    ///
    /// # Errors
    /// Where the system fails, or there are more than 4 MiB.
    pub(super) fn read(&self) -> Result<Vec<u8>, SourceError> {
        let read = match self {
            Self::Input => read_bounded(io::stdin().lock()),
            Self::File(path) => File::open(path).and_then(read_bounded),
        };
        read.map_err(|error| SourceError { path: self.to_string(), error })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => formatter.write_str("-"),
            Self::File(path) => write!(formatter, "{}", path.display()),
        }
    }
}

/// The sources that `path` stands for: itself, or what a directory holds, in the order of the names.
pub(super) fn sources(path: &Path) -> Vec<Result<Source, SourceError>> {
    let mut found = Vec::new();
    match path {
        path if path == Path::new("-") => found.push(Ok(Source::Input)),
        path if path.is_dir() => search(path, MAX_DEPTH, &mut found),
        path => found.push(Ok(Source::File(path.to_owned()))),
    }
    found
}

/// Finds the manifests below `directory`. Links to other directories are not followed, so the search ends.
fn search(directory: &Path, depth: usize, found: &mut Vec<Result<Source, SourceError>>) {
    match entries(directory) {
        Ok(entries) => {
            for (path, is_directory) in entries {
                if is_directory && depth > 0 {
                    search(&path, depth - 1, found);
                } else if !is_directory && is_manifest(&path) {
                    found.push(Ok(Source::File(path)));
                }
            }
        }
        Err(error) => found.push(Err(SourceError { path: directory.display().to_string(), error })),
    }
}

fn entries(directory: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let entries = fs::read_dir(directory)?.map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?.is_dir()))));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort_unstable();
    Ok(entries)
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().map(OsStr::to_ascii_lowercase);
    extension.is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known)) && path.is_file()
}

fn read_bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 4 MiB, and the API server takes 3 MiB"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_largest_size() {
        assert_eq!(read_bounded(io::repeat(b' ').take(MAX_SIZE)).unwrap().len(), 4 << 20);
        assert!(read_bounded(io::repeat(b' ')).is_err());
    }

    #[test]
    fn a_directory_stands_for_its_manifests() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/document");
        let names: Vec<_> = sources(&own).into_iter().map(|source| source.unwrap().to_string()).collect();
        assert!(names.iter().any(|name| name.ends_with("presets/web-content.yaml")), "{names:?}");
        assert!(names.iter().all(|name| is_manifest(Path::new(name))) && names.is_sorted());
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error() {
        let found = sources(Path::new("no/such/file.yaml"));
        assert!(found[0].as_ref().unwrap().read().unwrap_err().to_string().starts_with("no/such/file.yaml: "));
    }
}

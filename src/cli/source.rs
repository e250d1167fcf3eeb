//! Where manifests come from.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::iter;
use std::path::{self, Path, PathBuf};
use std::{fmt, fs};

use walkdir::{DirEntry, WalkDir};

/// The largest file that is read; the API server takes no request beyond 3 MiB.
const MAX_SIZE: u64 = 4 << 20;

/// What is said of a path that leads to neither a file nor a directory.
pub(super) const NO_FILE: &str = "this is no file, but a pipe, a socket or a device";

/// A text that may hold manifests.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The source that an argument names; without one, or with `-`, the standard input.
    ///
    /// # Errors
    /// Where nothing is named and the standard input is a terminal, at which somebody would wait for ever.
    pub(super) fn named(argument: Option<&Path>) -> Result<Self, SourceError> {
        match argument {
            Some(path) if path != Path::new("-") => Ok(Self::File(path.to_owned())),
            None if io::stdin().is_terminal() => Err(SourceError::new(
                Path::new("-"),
                io::Error::other("name a file, or - for the standard input, which is a terminal now"),
            )),
            _ => Ok(Self::Input),
        }
    }

    /// The bytes of the source.
    ///
    /// # Errors
    /// Where the system fails, or there are more than 4 MiB.
    pub(super) fn read(&self) -> Result<Vec<u8>, SourceError> {
        match self {
            Self::Input => read_bounded(io::stdin().lock()).map_err(|error| SourceError::new(Path::new("-"), error)),
            Self::File(path) => File::open(path).and_then(read_bounded).map_err(|error| SourceError::new(path, error)),
        }
    }
}

impl Source {
    /// What to say of the source if its `text` holds no document.
    pub(super) fn without_manifest(&self, text: &str) -> String {
        let reason = match self {
            Self::Input if text.trim().is_empty() => "the standard input is empty",
            Self::File(_) if text.trim().is_empty() => "this file is empty",
            _ => "there is no manifest in this text",
        };
        format!("{self}: {reason}")
    }

    /// The path of a file as seen from `directory`, or from the root where it lies outside and is named so.
    pub(super) fn relative_to(&self, directory: &Path) -> Option<&Path> {
        let Self::File(path) = self else { return None };
        Some(path.strip_prefix(".").or_else(|_| path.strip_prefix(directory)).unwrap_or(path))
    }

    /// As [`Self::relative_to`], as text; `-` for the standard input.
    pub(super) fn seen_from(&self, directory: &Path) -> String {
        self.relative_to(directory).map_or_else(|| self.to_string(), |path| path.display().to_string())
    }

    /// The same for two names of one path, such as `a.yaml` and `./a.yaml`; links have places of their own.
    fn place(&self) -> PathBuf {
        match self {
            Self::Input => "-".into(),
            Self::File(path) => path::absolute(path).unwrap_or_else(|_| path.clone()),
        }
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

impl SourceError {
    fn new(path: &Path, error: io::Error) -> Self {
        Self { path: path.display().to_string(), error }
    }
}

impl From<walkdir::Error> for SourceError {
    fn from(error: walkdir::Error) -> Self {
        let path = error.path().unwrap_or(Path::new("")).to_owned();
        Self::new(&path, error.into_io_error().unwrap_or_else(|| io::Error::other("this link leads back to where it stands")))
    }
}

type Found = Result<Source, SourceError>;

/// The sources that `paths` stand for, one after the other and each once; the standard input where there are none.
pub(super) fn sources(paths: &[PathBuf]) -> impl Iterator<Item = Found> {
    let input = paths.is_empty().then(|| Source::named(None));
    let found = input.into_iter().chain(paths.iter().flat_map(|path| sources_of(path)));
    let mut seen = HashSet::new();
    found.filter(move |found| found.as_ref().map_or(true, |source| seen.insert(source.place())))
}

/// The source at `path`, or those that a directory holds at any depth, in the order of the names.
fn sources_of(path: &Path) -> Box<dyn Iterator<Item = Found>> {
    if path == Path::new("-") || !path.is_dir() {
        return Box::new(iter::once(Source::named(Some(path))));
    }
    let mut found = WalkDir::new(path).sort_by_file_name().into_iter().filter_map(manifest).peekable();
    let nothing = found
        .peek()
        .is_none()
        .then(|| Err(SourceError::new(path, io::Error::other("there is no .yaml, .yml or .json file in this directory"))));
    Box::new(nothing.into_iter().chain(found))
}

/// The manifest at `entry`, if its name says that it is one. Links to files are followed, links to directories are not.
fn manifest(entry: walkdir::Result<DirEntry>) -> Option<Found> {
    let entry = match entry {
        Ok(entry) if entry.file_type().is_dir() || !has_extension(entry.path()) => return None,
        Ok(entry) => entry.into_path(),
        Err(error) => return Some(Err(error.into())),
    };
    match fs::metadata(&entry) {
        Ok(data) if data.is_dir() => None,
        Ok(data) if data.is_file() => Some(Ok(Source::File(entry))),
        Ok(_) => Some(Err(SourceError::new(&entry, io::Error::other(NO_FILE)))),
        Err(error) => Some(Err(SourceError::new(&entry, error))),
    }
}

fn has_extension(path: &Path) -> bool {
    let extension = path.extension().map(OsStr::to_ascii_lowercase);
    extension.is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|known| extension == *known))
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
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    fn found(path: impl Into<PathBuf>) -> Vec<Result<String, String>> {
        let paths = [path.into()];
        sources(&paths).map(|source| source.map(|source| source.to_string()).map_err(|error| error.to_string())).collect()
    }

    #[test]
    fn a_text_has_a_largest_size() {
        assert_eq!(read_bounded(io::repeat(b' ').take(MAX_SIZE)).unwrap().len(), 4 << 20);
        assert!(read_bounded(io::repeat(b' ')).is_err());
    }

    #[test]
    fn a_directory_stands_for_its_manifests() {
        let names: Vec<_> =
            found(concat!(env!("CARGO_MANIFEST_DIR"), "/crates/kube-dry-run/tests")).into_iter().map(Result::unwrap).collect();
        assert!(names.iter().any(|name| name.ends_with("manifests/web-content.yaml")), "{names:?}");
        assert!(names.iter().all(|name| has_extension(Path::new(name))) && names.is_sorted());
    }

    #[test]
    fn what_is_no_file_is_told_and_links_end() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("a.YML"), "").unwrap();
        fs::write(at("notes.txt"), "").unwrap();
        symlink(at("a.YML"), at("b.yaml")).unwrap();
        symlink("c.yaml", at("c.yaml")).unwrap();
        symlink(directory.path(), at("d.yaml")).unwrap();
        let _socket = UnixListener::bind(at("e.json")).unwrap();
        let found = found(directory.path());
        let told: Vec<_> = found.iter().map(|one| one.as_deref().unwrap_or_else(|error| error)).collect();
        let names: Vec<_> = told.iter().map(|one| one.trim_start_matches(directory.path().to_str().unwrap())).collect();
        assert_eq!(names[..2], ["/a.YML", "/b.yaml"]);
        assert!(names[2].starts_with("/c.yaml: Too many levels of symbolic links"), "{names:?}");
        assert_eq!(names[3..], ["/e.json: this is no file, but a pipe, a socket or a device"]);
    }

    #[test]
    fn a_directory_without_manifests_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        let found = found(directory.path());
        assert!(found[0].as_ref().unwrap_err().ends_with(": there is no .yaml, .yml or .json file in this directory"));
    }

    #[test]
    fn what_is_named_twice_is_one_source() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("a.yaml"), "").unwrap();
        fs::write(at("b.yaml"), "").unwrap();
        let paths = [at("b.yaml"), "-".into(), at("./b.yaml"), directory.path().to_owned(), "-".into(), at("a.yaml")];
        let found: Vec<_> = sources(&paths).map(Result::unwrap).collect();
        assert_eq!(found, [Source::File(at("b.yaml")), Source::Input, Source::File(at("a.yaml"))]);
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error() {
        let missing = Source::named(Some(Path::new("no/such/file.yaml"))).unwrap();
        assert!(missing.read().unwrap_err().to_string().starts_with("no/such/file.yaml: "));
    }
}

//! Puts a text in the place of a file, so that one of both is there as a whole, whatever happens meanwhile.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{FileExt, MetadataExt, fchown};
use std::path::Path;

use super::source::NO_FILE;

/// What the name of a file begins with that is there only while another one is replaced.
const PREFIX: &str = ".podweave-";

/// Makes `text` the content of the file at `path`, or of the one that a symbolic link there leads to: it is written to a file
/// beside it, which then takes its place. A file with other names (hard links), which all mean it, or in a directory in which no
/// file can be made, is overwritten where it is.
///
/// # Errors
/// The file is none that can be written, or the system does not take the text; the file is then as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let before = fs::metadata(&path)?;
    if !before.is_file() {
        return Err(io::Error::other(NO_FILE));
    }
    // Who may not write into a file may not replace it either.
    OpenOptions::new().write(true).open(&path)?;
    if before.nlink() > 1 {
        return overwrite(&path, text);
    }
    let directory = path.parent().unwrap_or(Path::new("/"));
    let mut new = match tempfile::Builder::new().prefix(PREFIX).tempfile_in(directory) {
        Err(error) if [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem].contains(&error.kind()) => {
            return overwrite(&path, text);
        }
        made => made?,
    };
    write(new.as_file_mut(), text, &before)?;
    new.persist(&path)?;
    Ok(())
}

/// Makes `text` the content of the file at `path` without another file. What is longer than before is written first, and the rest
/// into what the file has on the disk already: where the system takes no more, what was there is put back.
fn overwrite(path: &Path, text: &str) -> io::Result<()> {
    let before = fs::read(path)?;
    let file = OpenOptions::new().write(true).open(path)?;
    put(&file, text.as_bytes(), before.len()).inspect_err(|_| {
        // There is nothing else to be done about a disk that does not take back what it had.
        _ = file.set_len(before.len() as u64).and_then(|()| put(&file, &before, before.len()));
    })
}

/// Makes `bytes` the content of `file`, which has `length` bytes.
fn put(file: &File, bytes: &[u8], length: usize) -> io::Result<()> {
    let (start, end) = bytes.split_at(length.min(bytes.len()));
    file.write_all_at(end, start.len() as u64)?;
    file.write_all_at(start, 0)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Writes all of `text`, with the owner and the permissions of the file that was there `before`.
fn write(new: &mut File, text: &str, before: &Metadata) -> io::Result<()> {
    // Only the system's administrator can give a file away; whoever else fixes a file has it then.
    _ = fchown(&*new, Some(before.uid()), Some(before.gid()));
    new.set_permissions(before.permissions())?;
    new.write_all(text.as_bytes())?;
    new.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn who_reads_a_file_meanwhile_reads_one_text_or_the_other() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("pod.yaml");
        fs::write(&path, "before").unwrap();
        let open = File::open(&path).unwrap();
        replace(&path, "after").unwrap();
        assert_eq!(io::read_to_string(open).unwrap(), "before");
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(names(directory.path()), ["pod.yaml"]);
    }

    #[test]
    fn links_and_permissions_stay() {
        let directory = tempfile::tempdir().unwrap();
        let (path, link) = (directory.path().join("pod.yaml"), directory.path().join("link.yaml"));
        fs::write(&path, "before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("pod.yaml", &link).unwrap();
        replace(&link, "after").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn all_names_of_a_file_stay_names_of_one() {
        let directory = tempfile::tempdir().unwrap();
        let (path, other) = (directory.path().join("pod.yaml"), directory.path().join("other.yaml"));
        fs::write(&path, "before").unwrap();
        fs::hard_link(&path, &other).unwrap();
        replace(&path, "after").unwrap();
        assert_eq!(fs::read_to_string(&other).unwrap(), "after");
        assert_eq!(names(directory.path()), ["other.yaml", "pod.yaml"]);
    }

    #[test]
    fn what_is_no_file_is_not_written() {
        let directory = tempfile::tempdir().unwrap();
        assert!(replace(directory.path(), "after").is_err());
        assert!(replace(Path::new("/dev/null"), "after").is_err());
        assert!(replace(&directory.path().join("none"), "after").is_err());
        assert!(names(directory.path()).is_empty());
    }
}

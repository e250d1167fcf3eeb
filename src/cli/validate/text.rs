//! The answers for people: a line for everything that is said, in the manner of compilers.

use std::io::{self, Write};

use super::answer::FileAnswer;

/// Writes `FILE:LINE:COLUMN: error: message` for everything that is said about a file.
pub(super) fn write(out: &mut impl Write, answer: &FileAnswer) -> io::Result<()> {
    for remark in answer.documents.iter().flat_map(|document| &document.remarks) {
        let severity = if remark.is_warning { "warning" } else { "error" };
        let (line, column) = (remark.position.line, remark.position.column);
        writeln!(out, "{}:{line}:{column}: {severity}: {}", answer.path, remark.message)?;
    }
    Ok(())
}

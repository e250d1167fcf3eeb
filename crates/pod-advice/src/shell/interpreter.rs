//! Programs that run a file that their arguments name.

use super::{Call, Word, invocation::is_shell};

const INTERPRETERS: [&str; 7] = ["node", "perl", "php", "python", "python3", "ruby", "Rscript"];

/// The file that an interpreter or a shell is to run; `None` of other programs, and of code that stands in the command.
pub(crate) fn file_run_by(call: &Call) -> Option<&Word> {
    let is_interpreter = INTERPRETERS.contains(&call.program()) || is_shell(call.program());
    let has_code = call.has_option(&["-c", "-m", "-e", "-r"]) && !is_shell(call.program()) || call.has_option(&["-c"]);
    call.operands().next().filter(|_| is_interpreter && !has_code)
}

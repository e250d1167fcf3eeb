//! Programs that run a file that their arguments name.

use super::{Call, Word, invocation::is_shell};

/// The file that an interpreter or a shell is to run; `None` of other programs, and of code that stands in the command.
pub(crate) fn file_run_by(call: &Call) -> Option<&Word> {
    let code_options: &[&str] = match call.program() {
        program if is_shell(program) => &["-c"],
        "node" => &["-e", "-p", "--eval", "--print"],
        "perl" | "ruby" | "Rscript" => &["-e", "-E"],
        "php" => &["-r"],
        "python" | "python3" => &["-c", "-m"],
        _ => return None,
    };
    call.operands().next().filter(|_| !call.has_option(code_options))
}

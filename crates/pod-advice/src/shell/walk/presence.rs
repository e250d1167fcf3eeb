//! Tests that only ask whether a file is there.

use shuck_ast::{Command, Stmt};

use super::Walk;
use crate::shell::{Access, Call, FileUse, Word, files};

/// Tests of a file that fail where there is none.
const OF_PRESENCE: [&str; 7] = ["-S", "-d", "-e", "-f", "-p", "-r", "-s"];

impl Walk<'_> {
    /// Notes the file that `statement` asks for, if that is all it asks: `[ -f FILE ]` where `is_negated` is false, and otherwise
    /// `[ ! -f FILE ]`. What becomes of the file is `access`; the question is the call at `index`.
    pub(super) fn note_asked(&mut self, statement: &Stmt, is_negated: bool, access: Access, index: usize) {
        let Some(call) = self.reading.calls.get(index).filter(|_| matches!(statement.command, Command::Simple(_))) else {
            return;
        };
        let Some((file, asks_absence)) = asked(call) else { return };
        if (statement.negated ^ asks_absence) == is_negated {
            let used = files::used(file, access, call, self.cwd.as_deref());
            self.reading.files.extend(used.map(|used| FileUse { call: index, ..used }));
        }
    }
}

/// The file that a test asks for, and whether it is to be absent.
fn asked(call: &Call) -> Option<(&Word, bool)> {
    let is_sign = |word: &Word| word.text == "!";
    let words = call.arguments();
    let mut rest = words.iter().filter(|word| !is_sign(word) && word.text != "]");
    let (test, file, None) = (rest.next()?, rest.next()?, rest.next()) else { return None };
    let is_test = call.is_test() && OF_PRESENCE.contains(&test.text.as_str());
    is_test.then(|| (file, words.first().is_some_and(is_sign)))
}

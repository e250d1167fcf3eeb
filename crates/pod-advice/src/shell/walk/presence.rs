//! Tests that only ask whether a file is there.

use shuck_ast::{BinaryOp, Command, CompoundCommand, Stmt};

use super::Walk;
use crate::shell::{Access, Call, FileUse, When, Word, files};

/// Tests of a file that fail where there is none.
const OF_PRESENCE: [&str; 7] = ["-S", "-d", "-e", "-f", "-p", "-r", "-s"];

impl Walk<'_> {
    /// Notes the file that `statement` asks for, if that is all it asks: `[ -f FILE ]` where `is_negated` is false, and otherwise
    /// `[ ! -f FILE ]`. What becomes of the file is `access`; the question is the call at `index`.
    pub(super) fn note_asked(&mut self, statement: &Stmt, is_negated: bool, access: Access, index: usize) {
        let Some(call) = self.reading.calls.get(index).filter(|_| matches!(statement.command, Command::Simple(_))) else {
            return;
        };
        let Some((file, asks_absence)) = call.asked() else { return };
        if (statement.negated ^ asks_absence) == is_negated {
            let used = files::used(file, access, call, self.cwd.as_deref());
            self.reading.files.extend(used.map(|used| FileUse { call: index, ..used }));
        }
    }

    /// The test in `question`, the call at `index`, if what runs where it comes to `wanted`, and under the circumstances `when`,
    /// depends on that alone, and on that a file is absent.
    pub(super) fn unless(&self, question: &Stmt, wanted: bool, when: When, index: usize) -> Option<usize> {
        let is_alone = !when.guarded && matches!(question.command, Command::Simple(_));
        let (_, asks_absence) = self.reading.calls.get(index).filter(|_| is_alone)?.asked()?;
        ((question.negated ^ asks_absence) == wanted).then_some(index)
    }

    /// The test that keeps what stands behind `command` from being done if it finds a file, as `[ -f FILE ] && exit` does; the calls
    /// of `command` begin at `first`.
    pub(super) fn kept_off_by(&self, command: &Command, when: When, first: usize) -> Option<usize> {
        match command {
            Command::Binary(binary) if matches!(binary.op, BinaryOp::And | BinaryOp::Or) => {
                self.unless(&binary.left, binary.op == BinaryOp::Or, when, first)
            }
            Command::Compound(CompoundCommand::If(command)) => match command.condition.as_slice() {
                [question] if command.elif_branches.is_empty() && command.else_branch.is_none() => {
                    self.unless(question, false, when, first)
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl Call {
    /// The file that a test asks for, and whether it is to be absent.
    pub(crate) fn asked(&self) -> Option<(&Word, bool)> {
        let is_sign = |word: &Word| word.text == "!";
        let words = self.arguments();
        let mut rest = words.iter().filter(|word| !is_sign(word) && word.text != "]");
        let (test, file, None) = (rest.next()?, rest.next()?, rest.next()) else { return None };
        let is_test = self.is_test() && OF_PRESENCE.contains(&test.text.as_str());
        is_test.then(|| (file, words.first().is_some_and(is_sign)))
    }
}

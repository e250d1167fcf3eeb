//! What leaves a script or a function, and whether it has failed or has nothing more to do.

use shuck_ast::{BuiltinCommand, Command, CompoundCommand, Stmt, StmtSeq};

use super::Walk;

/// The status with which something leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Success,
    Failure,
    /// That of the command before it.
    OfLast,
    Unknown,
}

impl Walk<'_> {
    /// True if `statement`, which stands behind `||`, passes the failure on: `exit 1`, `{ echo no; return 1; }`.
    pub(super) fn gives_up(&self, statement: &Stmt) -> bool {
        match &statement.command {
            Command::Builtin(builtin) => self.status(builtin).is_some_and(|status| status != Status::Success),
            Command::Compound(CompoundCommand::BraceGroup(body)) => self.ends_in_failure(body),
            _ => false,
        }
    }

    /// True of `if ! CONDITION; then …; exit 1; fi` and of `if [ ! CONDITION ]; …`: what fails is passed on.
    pub(super) fn gives_up_without(&self, condition: &StmtSeq, branch: &StmtSeq) -> bool {
        let [question] = condition.as_slice() else { return false };
        (question.negated || self.asks_opposite(question)) && self.ends_in_failure(branch)
    }

    /// True of `[ ! CONDITION ]`.
    fn asks_opposite(&self, question: &Stmt) -> bool {
        let Command::Simple(test) = &question.command else { return false };
        let is_test = || matches!(&*self.word(&test.name.parts).text, "[" | "test");
        test.args.first().is_some_and(|first| self.word(&first.parts).text == "!") && is_test()
    }

    fn ends_in_failure(&self, body: &StmtSeq) -> bool {
        let Some(Stmt { command: Command::Builtin(builtin), .. }) = body.as_slice().last() else { return false };
        matches!(self.status(builtin), Some(Status::Failure | Status::Unknown))
    }

    /// True of what leaves since all is done: `exit`, `return 0`.
    pub(super) fn has_done(&self, builtin: &BuiltinCommand) -> bool {
        matches!(self.status(builtin), Some(Status::Success | Status::OfLast))
    }

    fn status(&self, builtin: &BuiltinCommand) -> Option<Status> {
        let code = match builtin {
            BuiltinCommand::Exit(leaving) => &leaving.code,
            BuiltinCommand::Return(leaving) => &leaving.code,
            BuiltinCommand::Break(_) | BuiltinCommand::Continue(_) => return None,
        };
        let Some(code) = code else { return Some(Status::OfLast) };
        let code = self.word(&code.parts);
        Some(match &*code.text {
            _ if !code.is_exact => Status::Unknown,
            "0" => Status::Success,
            _ => Status::Failure,
        })
    }
}

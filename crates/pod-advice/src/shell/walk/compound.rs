//! Commands that are made of others: chains of `&&` and `||`, branches, groups.

use shuck_ast::{BinaryCommand, BinaryOp, Command, CompoundCommand, StmtSeq};

use super::super::{Access, When};
use super::{Flow, Walk};

impl Walk<'_> {
    /// How two commands go on with `&&`, `||` or `|` between them.
    pub(super) fn binary(&mut self, binary: &BinaryCommand, when: When) -> Flow {
        if matches!(binary.op, BinaryOp::Pipe | BinaryOp::PipeAll) {
            return self.pipe(binary, when);
        }
        let is_or = binary.op == BinaryOp::Or;
        let gives_up = is_or && self.gives_up(&binary.right);
        let calls = self.reading.calls.len();
        let asked = When { guarded: when.guarded || is_or && !gives_up, forgiven: when.forgiven || !gives_up, ..when };
        let left = self.statement(&binary.left, asked);
        if gives_up {
            self.note_asked(&binary.left, false, Access::Read, calls);
        }
        let tests = self.tests(calls) || matches!(&binary.left.command, Command::Compound(CompoundCommand::Conditional(_)));
        let depends = is_or || tests;
        let (mark, early_ends) = (self.assignments.len(), self.early_ends);
        let slept = self.has_slept(&binary.left.command, calls);
        let waited = !slept && self.has_waited(&binary.left.command, calls);
        let behind = When {
            guarded: when.guarded || depends,
            unless: if depends { self.unless(&binary.left, !is_or, when, calls) } else { when.unless },
            slept: when.slept || slept,
            waited: when.waited || waited,
            forgiven: when.forgiven || binary.right.negated,
            passed_over: true,
            ..when
        };
        let right = self.statement(&binary.right, behind);
        if gives_up {
            self.early_ends = early_ends;
        }
        if depends {
            self.forget_since(mark);
        }
        match (left, right) {
            (Flow::Stays, _) => Flow::Stays,
            (Flow::On | Flow::Unsure, Flow::Stays) if !depends => Flow::Stays,
            (Flow::On | Flow::Leaves, Flow::On | Flow::Leaves) => Flow::On,
            _ => Flow::Unsure,
        }
    }

    /// True if the calls from `first` on ask something; a function answers with the last that it does.
    fn tests(&self, first: usize) -> bool {
        let calls = &self.reading.calls[first..];
        let is_of_function = calls.first().is_some_and(|call| self.is_function(call.program()));
        let asked = if is_of_function { calls.last().map_or(&[] as &[_], std::slice::from_ref) } else { calls };
        asked.iter().any(|call| call.is_test() || matches!(call.program(), "grep" | "which"))
    }

    pub(super) fn compound(&mut self, compound: &CompoundCommand, when: When) -> Flow {
        let guarded = When { guarded: true, unless: None, ..when };
        match compound {
            CompoundCommand::If(command) => {
                let gives_up = self.gives_up_without(&command.condition, &command.then_branch);
                let first = self.reading.calls.len();
                if let [question] = command.condition.as_slice()
                    && gives_up
                {
                    self.statement(question, when);
                    self.note_asked(question, true, Access::Read, first);
                } else {
                    self.sequence(&command.condition, When { forgiven: true, ..guarded });
                }
                let depending = |walk: &Self, wanted| match command.condition.as_slice() {
                    [question] => When { unless: walk.unless(question, wanted, when, first), ..guarded },
                    _ => guarded,
                };
                let mut flows = vec![self.branch(&command.then_branch, depending(self, true))];
                for (condition, branch) in &command.elif_branches {
                    self.sequence(condition, When { forgiven: true, ..guarded });
                    flows.push(self.branch(branch, guarded));
                }
                let otherwise = if command.elif_branches.is_empty() { depending(self, false) } else { guarded };
                flows.push(command.else_branch.as_ref().map_or(Flow::On, |branch| self.branch(branch, otherwise)));
                any_of(&flows)
            }
            CompoundCommand::Case(command) => {
                any_of(&command.cases.iter().map(|case| self.branch(&case.body, guarded)).collect::<Vec<_>>())
            }
            CompoundCommand::For(command) => self.loop_for(command, when),
            CompoundCommand::ArithmeticFor(command) => {
                let text = command.condition_span.and_then(|span| self.source.get(span.start.offset()..span.end.offset()));
                self.looped(&command.body, text.is_none_or(|text| text.trim().is_empty()), when)
            }
            CompoundCommand::While(command) => self.loop_while(&command.condition, &command.body, true, when),
            CompoundCommand::Until(command) => self.loop_while(&command.condition, &command.body, false, when),
            CompoundCommand::Subshell(body) => {
                let cwd = self.cwd.clone();
                let flow = self.apart(|walk| walk.sequence(body, When { apart: true, ..when }));
                self.cwd = cwd;
                if flow == Flow::Leaves { Flow::On } else { flow }
            }
            CompoundCommand::BraceGroup(body) => self.sequence(body, when),
            CompoundCommand::Time(command) => command.command.as_ref().map_or(Flow::On, |command| self.statement(command, when)),
            CompoundCommand::Arithmetic(_) | CompoundCommand::Conditional(_) => Flow::On,
            _ => Flow::Unsure,
        }
    }

    /// What may happen or not: what it assigns is not known afterwards.
    pub(super) fn branch(&mut self, body: &StmtSeq, when: When) -> Flow {
        let mark = self.assignments.len();
        let flow = self.sequence(body, when);
        self.forget_since(mark);
        flow
    }
}

/// How it goes on after one of several, of which nobody knows the one.
fn any_of(flows: &[Flow]) -> Flow {
    match flows.first() {
        Some(first) if flows.iter().all(|flow| flow == first) => *first,
        _ if flows.iter().all(|flow| matches!(flow, Flow::On | Flow::Leaves)) => Flow::On,
        Some(_) => Flow::Unsure,
        None => Flow::On,
    }
}

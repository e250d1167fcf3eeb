//! Functions of a script: what stands in one happens when it is called.

use std::mem;
use std::ops::Range;

use shuck_ast::{Command, CompoundCommand, FunctionDef};

use super::super::{Call, When};
use super::{Flow, Walk};

/// What is known of a function.
pub(super) struct Function {
    flow: Flow,
    /// How many times something leaves the script within.
    leavings: usize,
    /// Which of the calls and of the files are its own.
    calls: Range<usize>,
    files: Range<usize>,
    is_called: bool,
}

impl Walk<'_> {
    pub(super) fn define(&mut self, definition: &FunctionDef) {
        let (mark, cwd) = (self.assignments.len(), self.cwd.clone());
        let (calls, files) = (self.reading.calls.len(), self.reading.files.len());
        let (flow, leavings) = self.apart(|walk| {
            let (leavings, returns) = (walk.leavings, walk.returns);
            let flow = walk.statement(&definition.body, When::default());
            (flow, (walk.leavings - leavings) - (walk.returns - returns))
        });
        self.forget_since(mark);
        self.cwd = cwd;
        let (calls, files) = (calls..self.reading.calls.len(), files..self.reading.files.len());
        for name in definition.static_names() {
            let function = Function { flow, leavings, calls: calls.clone(), files: files.clone(), is_called: false };
            self.functions.insert(name.to_string(), function);
        }
    }

    /// How the function goes on that `call` calls, if it is one; what it does is done as often and as surely as it is first called.
    pub(super) fn call_function(&mut self, call: &Call) -> Option<Flow> {
        let function = self.functions.get_mut(call.program())?;
        self.leavings += function.leavings;
        if !mem::replace(&mut function.is_called, true) {
            let (calls, files) = (function.calls.clone(), function.files.clone());
            self.reading.calls[calls].iter_mut().for_each(|inner| inner.when = inner.when.within(call.when));
            self.reading.files[files].iter_mut().for_each(|used| used.when = used.when.within(call.when));
        }
        Some(match function.flow {
            Flow::Leaves if function.leavings == 0 => Flow::On,
            Flow::Leaves => Flow::Unsure,
            flow => flow,
        })
    }

    pub(super) fn is_function(&self, call: &Call) -> bool {
        self.functions.contains_key(call.program())
    }

    /// What stands in a function that nobody calls happens under circumstances that are not known.
    pub(super) fn leave_out_uncalled(&mut self) {
        for function in self.functions.values().filter(|function| !function.is_called) {
            self.reading.calls[function.calls.clone()].iter_mut().for_each(|call| call.when.guarded = true);
            self.reading.files[function.files.clone()].iter_mut().for_each(|used| used.when.guarded = true);
        }
    }

    /// True if `command`, which was the last one, has only let some time go by.
    pub(super) fn has_slept(&self, command: &Command) -> bool {
        matches!(command, Command::Simple(_)) && self.reading.calls.last().is_some_and(|call| call.program() == "sleep")
    }

    /// True if `command`, which was the last one, has waited for something.
    pub(super) fn has_waited(&self, command: &Command) -> bool {
        let waits =
            |call: &Call| matches!(call.program(), "sleep" | "inotifywait" | "dockerize") || call.program().contains("wait");
        let in_function = |call: &Call| {
            let function = self.functions.get(call.program());
            function.is_some_and(|function| self.reading.calls[function.calls.clone()].iter().any(waits))
        };
        match command {
            Command::Function(_) => false,
            Command::Compound(CompoundCommand::Until(_) | CompoundCommand::While(_)) => true,
            _ => self.reading.calls.last().is_some_and(|call| waits(call) || in_function(call)),
        }
    }
}

//! Functions of a script: what stands in one happens when it is called, with the arguments that it is given there.

use std::mem;
use std::ops::Range;
use std::rc::Rc;

use compact_str::CompactString;
use shuck_ast::{Command, CompoundCommand, FunctionDef, Stmt};

use super::super::{Call, When, Word};
use super::{Flow, Walk};

/// How many times more than once the functions of a script are read, all together.
pub(super) const MAX_READ_AGAIN: usize = 16;

/// How long a function may be that is read again.
const MAX_AGAIN_BYTES: usize = 512;

/// The arguments of a function, by their names in it.
const PARAMETERS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// What is known of a function.
pub(super) struct Function {
    body: Rc<Stmt>,
    state: State,
}

/// What is known of what a function does.
enum State {
    /// Nobody has called it.
    Uncalled,
    /// It is called by what it does itself.
    Reading,
    Read(Known),
}

#[derive(Clone)]
struct Known {
    flow: Flow,
    /// How many times something leaves the script within.
    leavings: usize,
    /// Which of the calls are its own.
    calls: Range<usize>,
}

impl Walk<'_> {
    pub(super) fn define(&mut self, definition: &FunctionDef) {
        let body: Rc<Stmt> = Rc::from(definition.body.clone());
        for name in definition.static_names() {
            self.functions.insert(name.to_string(), Function { body: Rc::clone(&body), state: State::Uncalled });
        }
    }

    pub(super) fn is_function(&self, name: &str) -> bool {
        self.functions.contains_key(name)
    }

    /// How the function goes on that `call` calls; one that has been read is read again only for other arguments, if it is short, and not
    /// often.
    pub(super) fn call_function(&mut self, call: &Call) -> Flow {
        let Some(function) = self.functions.get_mut(call.program()) else { return Flow::Unsure };
        let body = Rc::clone(&function.body);
        let known = match mem::replace(&mut function.state, State::Reading) {
            State::Reading => return Flow::Unsure,
            State::Read(known) if call.arguments().is_empty() || !self.may_read_again(&body) => known,
            State::Read(_) => {
                self.read_again -= 1;
                self.read_function(&body, call)
            }
            State::Uncalled => self.read_function(&body, call),
        };
        self.leavings += known.leavings;
        let flow = match known.flow {
            Flow::Leaves if known.leavings == 0 => Flow::On,
            Flow::Leaves => Flow::Unsure,
            flow => flow,
        };
        if let Some(function) = self.functions.get_mut(call.program()) {
            function.state = State::Read(known);
        }
        flow
    }

    fn may_read_again(&self, body: &Stmt) -> bool {
        self.read_again > 0 && body.span.end.offset() - body.span.start.offset() <= MAX_AGAIN_BYTES
    }

    fn read_function(&mut self, body: &Stmt, call: &Call) -> Known {
        let (mark, calls) = (self.assignments.len(), self.reading.calls.len());
        let arguments = PARAMETERS.iter().enumerate().map(|(position, name)| (*name, call.arguments().get(position).cloned()));
        let nothing = Word { text: CompactString::default(), is_exact: true };
        let before: Vec<_> = arguments
            .map(|(name, argument)| (name, self.assigned.insert(name.into(), argument.unwrap_or_else(|| nothing.clone()))))
            .collect();
        let (flow, leavings) = self.apart(|walk| {
            let (leavings, returns) = (walk.leavings, walk.returns);
            let flow = walk.statement(body, call.when);
            (flow, (walk.leavings - leavings) - (walk.returns - returns))
        });
        self.forget_since(mark);
        for (name, value) in before {
            match value {
                Some(value) => self.assigned.insert(name.into(), value),
                None => self.assigned.remove(name),
            };
        }
        Known { flow, leavings, calls: calls..self.reading.calls.len() }
    }

    /// `shift` and `set --` leave nobody knowing which argument is which.
    pub(super) fn forget_arguments(&mut self) {
        for name in PARAMETERS {
            self.assigned.insert(name.into(), Word::default());
        }
    }

    /// What stands in a function that nobody calls happens under circumstances that are not known.
    pub(super) fn read_uncalled(&mut self) {
        let uncalled = self.functions.values_mut().filter(|function| matches!(function.state, State::Uncalled));
        let bodies: Vec<_> = uncalled
            .map(|function| {
                function.state = State::Reading;
                Rc::clone(&function.body)
            })
            .collect();
        let call = Call::new(Vec::new(), When { guarded: true, ..When::default() }, 0..0);
        self.cwd = None;
        for body in bodies {
            self.read_function(&body, &call);
        }
    }

    /// True if `command`, of which the calls are those from `first` on, has only let some time go by.
    pub(super) fn has_slept(&self, command: &Command, first: usize) -> bool {
        let calls = &self.reading.calls[first..];
        matches!(command, Command::Simple(_))
            && calls.last().is_some_and(|call| call.program() == "sleep")
            && !calls.iter().any(|call| self.is_function(call.program()))
    }

    /// True if `command`, of which the calls are those from `first` on, has waited for something.
    pub(super) fn has_waited(&self, command: &Command, first: usize) -> bool {
        let waits =
            |call: &Call| matches!(call.program(), "sleep" | "inotifywait" | "dockerize") || call.program().contains("wait");
        let in_function = |call: &Call| match self.functions.get(call.program()) {
            Some(Function { state: State::Read(known), .. }) => self.reading.calls[known.calls.clone()].iter().any(waits),
            _ => false,
        };
        let calls = &self.reading.calls[first..];
        match command {
            Command::Function(_) => false,
            Command::Compound(CompoundCommand::Until(_) | CompoundCommand::While(_)) => true,
            _ => calls.last().is_some_and(waits) || calls.iter().any(in_function),
        }
    }
}

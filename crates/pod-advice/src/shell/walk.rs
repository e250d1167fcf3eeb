//! The walk over the tree of a script.

mod condition;
mod function;
mod loops;
mod pipe;
mod word;

use std::collections::HashMap;

use compact_str::CompactString;
use shuck_ast::{
    AssignmentValue, BinaryCommand, BinaryOp, BuiltinCommand, Command, CompoundCommand, DeclOperand, Redirect, RedirectKind,
    RedirectTarget, SimpleCommand, Stmt, StmtSeq, StmtTerminator,
};

use self::function::Function;
use self::word::Substituted;

use super::{Access, Call, End, FileUse, Reading, Variables, When, Word, Wrapping, files, programs};

/// How deep statements may stand inside each other that are looked at, chains of `&&` and `|` among them.
const MAX_DEPTH: usize = 64;

/// How a statement goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// With the next one.
    On,
    /// Nobody knows.
    Unsure,
    /// Never.
    Stays,
    /// The script ends there.
    Leaves,
}

pub(super) struct Walk<'s> {
    source: &'s str,
    cwd: Option<CompactString>,
    variables: Variables<'s>,
    assigned: HashMap<CompactString, Word>,
    /// The names that were assigned, in order, for what holds only in a branch.
    assignments: Vec<CompactString>,
    reading: Reading,
    depth: usize,
    /// How many times something has left the script, or the function that is read, and how many of these only the function.
    leavings: usize,
    returns: usize,
    /// How many times something has left the loop that is read, and how many loops were left so.
    breaks: usize,
    left_loops: usize,
    /// What runs in the background.
    beside: Flow,
    functions: HashMap<String, Function>,
    /// True of a script that another one runs.
    is_inner: bool,
}

impl<'s> Walk<'s> {
    pub(super) fn new(source: &'s str, cwd: Option<&str>, variables: Variables<'s>) -> Self {
        let (cwd, reading) = (cwd.map(CompactString::from), Reading::default());
        Self {
            source,
            cwd,
            variables,
            assigned: HashMap::new(),
            assignments: Vec::new(),
            reading,
            depth: 0,
            leavings: 0,
            returns: 0,
            breaks: 0,
            left_loops: 0,
            beside: Flow::On,
            functions: HashMap::new(),
            is_inner: false,
        }
    }

    pub(super) fn read(mut self, body: &StmtSeq) -> Reading {
        let flow = self.sequence(body, When::default());
        self.leave_out_uncalled();
        let end = match flow {
            Flow::On | Flow::Leaves => End::Ends,
            Flow::Unsure => End::Unknown,
            Flow::Stays => End::Never,
        };
        Reading { end, ..self.reading }
    }

    fn sequence(&mut self, statements: &StmtSeq, mut when: When) -> Flow {
        let mut whole = Flow::On;
        let count = statements.iter().count();
        for (index, statement) in statements.iter().enumerate() {
            let is_background = matches!(statement.terminator, Some(StmtTerminator::Background(_)));
            let unheeded = when.unheeded || is_background || index + 1 < count;
            let flow = self.statement(statement, When { background: when.background || is_background, unheeded, ..when });
            if is_background {
                self.beside = if self.beside == Flow::Stays { Flow::Stays } else { flow };
                continue;
            }
            match flow {
                Flow::Stays | Flow::Leaves => return if whole == Flow::Unsure && flow == Flow::Leaves { whole } else { flow },
                Flow::Unsure => whole = Flow::Unsure,
                Flow::On => {}
            }
            let has_slept = self.has_slept(&statement.command);
            when.slept |= has_slept;
            when.waited |= !has_slept && self.has_waited(&statement.command);
        }
        whole
    }

    fn statement(&mut self, statement: &Stmt, when: When) -> Flow {
        if self.depth == MAX_DEPTH {
            return Flow::Unsure;
        }
        self.depth += 1;
        let mut read = Substituted::default();
        for redirect in &statement.redirects {
            read.add(self.of_redirect(&redirect.target, when));
        }
        let (first, leavings, left_loops) = (self.reading.calls.len(), self.leavings, self.left_loops);
        let mut flow = match &statement.command {
            Command::Simple(simple) => self.simple(simple, &statement.redirects, when),
            Command::Builtin(builtin) => self.builtin(builtin),
            Command::Decl(declaration) => {
                let mut substituted = Substituted::default();
                for operand in &declaration.operands {
                    if let DeclOperand::Assignment(assignment) = operand {
                        if let AssignmentValue::Scalar(word) = &assignment.value {
                            substituted.add(self.substitutions(&word.parts, when));
                        }
                        self.assign(assignment.target.name.as_str(), &assignment.value);
                    }
                }
                if substituted.stays { Flow::Stays } else { Flow::On }
            }
            Command::Binary(binary) => self.binary(binary, when),
            Command::Compound(compound) => self.compound(compound, when),
            Command::Function(function) => {
                self.define(function);
                Flow::On
            }
            Command::AnonymousFunction(_) => Flow::Unsure,
        };
        if !matches!(statement.command, Command::Simple(_)) {
            let call = Call::new(Vec::new(), when, 0..0);
            self.redirects(&statement.redirects, &call);
        }
        if read.stays {
            flow = Flow::Stays;
        }
        if read.feeds {
            let reads_all = self.reading.calls.get(first).is_some_and(pipe::reads_all);
            flow = pipe::fed(flow, reads_all && self.leavings == leavings && self.left_loops == left_loops);
        }
        self.depth -= 1;
        flow
    }

    fn builtin(&mut self, builtin: &BuiltinCommand) -> Flow {
        match builtin {
            BuiltinCommand::Return(_) => (self.leavings, self.returns) = (self.leavings + 1, self.returns + 1),
            BuiltinCommand::Break(leaving) if leaving.depth.is_none() => self.breaks += 1,
            BuiltinCommand::Continue(leaving) if leaving.depth.is_none() => return Flow::On,
            // With a depth, `break` and `continue` may leave the loops around as well.
            BuiltinCommand::Exit(_) | BuiltinCommand::Break(_) | BuiltinCommand::Continue(_) => self.leavings += 1,
        }
        if matches!(builtin, BuiltinCommand::Exit(_) | BuiltinCommand::Return(_)) { Flow::Leaves } else { Flow::On }
    }

    /// Reads what another process does: nothing in it leaves a loop or the script around.
    fn apart<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let (leavings, returns, breaks) = (self.leavings, self.returns, self.breaks);
        let result = read(self);
        (self.leavings, self.returns, self.breaks) = (leavings, returns, breaks);
        result
    }

    fn simple(&mut self, simple: &SimpleCommand, redirects: &[Redirect], when: When) -> Flow {
        let mut words: Vec<_> = std::iter::once(&simple.name).chain(&simple.args).map(|word| self.word(&word.parts)).collect();
        let mut substituted = Substituted::default();
        for word in std::iter::once(&simple.name).chain(&simple.args) {
            substituted.add(self.substitutions(&word.parts, when));
        }
        let has_name = words[0] != Word { text: CompactString::default(), is_exact: true };
        for assignment in &simple.assignments {
            if let AssignmentValue::Scalar(word) = &assignment.value {
                substituted.add(self.substitutions(&word.parts, when));
            }
            let name = assignment.target.name.as_str();
            match &assignment.value {
                value if !has_name => self.assign(name, value),
                AssignmentValue::Scalar(word) => self.reading.assigned.push((name.into(), self.word(&word.parts))),
                AssignmentValue::Compound(_) => {}
            }
        }
        let wrapping = Wrapping::of(&words, |word| &word.text);
        words.drain(..wrapping.words);
        let call = Call::new(words, when, simple.span.start.offset()..simple.span.end.offset());
        let first = self.reading.files.len();
        files::used_by(&call, self.cwd.as_deref(), &mut self.reading.files);
        self.redirects(redirects, &call);
        let index = self.reading.calls.len();
        self.reading.files[first..].iter_mut().for_each(|used| used.call = index);
        let (flow, inner) = self.follow(&call);
        if call.program() == "cd" {
            self.change_directory(&call);
        }
        let is_replaced = wrapping.is_exec && has_name;
        self.leavings += usize::from(is_replaced || (call.program() == "kill" && programs::stops_others(&call)));
        if programs::stops_others(&call) && self.beside == Flow::Stays {
            self.beside = Flow::Unsure;
        }
        if has_name {
            self.reading.calls.push(call);
        }
        if let Some(inner) = inner {
            self.adopt(inner, when);
        }
        let reads_all = self.reading.calls.get(index).is_some_and(pipe::reads_all);
        match flow {
            _ if substituted.stays => Flow::Stays,
            flow if substituted.feeds => pipe::fed(flow, reads_all),
            Flow::On if is_replaced => Flow::Leaves,
            flow => flow,
        }
    }

    /// How a call goes on, and what the script does that it gives to another shell.
    fn follow(&mut self, call: &Call) -> (Flow, Option<Reading>) {
        if let Some(flow) = self.call_function(call) {
            return (flow, None);
        }
        match call.program() {
            "wait" => (self.beside, None),
            program if super::is_shell(program) => {
                let inner = self.read_inner(call);
                (inner.as_ref().map_or(Flow::Unsure, |inner| flow_of(inner.end)), inner)
            }
            "" if call.words.iter().all(|word| word.is_exact) => (Flow::On, None),
            _ => (flow_of(programs::end_of(call)), None),
        }
    }

    /// What the script of another shell does; one within that is not looked at.
    fn read_inner(&self, call: &Call) -> Option<Reading> {
        let words: Vec<_> = call.words.iter().map(|word| word.text.as_str()).collect();
        let script = super::script_in(&words).filter(|position| !self.is_inner && call.words[*position].is_exact)?;
        let is_kept = |name: &str| !self.assigned.contains_key(name);
        let known = self.variables.known.iter().map(|(name, value)| (*name, value.filter(|_| is_kept(name)))).collect();
        let variables = Variables { known, has_others: true };
        let walk = Walk { is_inner: true, ..Walk::new(words[script], self.cwd.as_deref(), variables) };
        super::read_with(words[script], walk)
    }

    /// Adds what another shell does under the circumstances `when`.
    fn adopt(&mut self, inner: Reading, when: When) {
        let offset = self.reading.calls.len();
        let of_call = |call: Call| Call { when: call.when.within(when), span: 0..0, ..call };
        self.reading.calls.extend(inner.calls.into_iter().map(of_call));
        self.reading.assigned.extend(inner.assigned);
        let of_file = |used: FileUse| FileUse { when: used.when.within(when), call: used.call + offset, ..used };
        self.reading.files.extend(inner.files.into_iter().map(of_file));
    }

    fn change_directory(&mut self, call: &Call) {
        let target = call.operands().next().and_then(|word| files::used(word, Access::Read, call, self.cwd.as_deref()));
        self.cwd = target.filter(|target| target.is_exact).map(|target| target.path);
    }

    fn redirects(&mut self, redirects: &[Redirect], call: &Call) {
        for redirect in redirects {
            let access = match redirect.kind {
                RedirectKind::Output | RedirectKind::Clobber | RedirectKind::OutputBoth | RedirectKind::ReadWrite => {
                    Access::Write
                }
                RedirectKind::Append => Access::Append,
                RedirectKind::Input => Access::Read,
                _ => continue,
            };
            if let RedirectTarget::Word(target) = &redirect.target {
                let word = self.word(&target.parts);
                self.reading.files.extend(files::used(&word, access, call, self.cwd.as_deref()));
            }
        }
    }

    fn binary(&mut self, binary: &BinaryCommand, when: When) -> Flow {
        if matches!(binary.op, BinaryOp::Pipe | BinaryOp::PipeAll) {
            return self.pipe(binary, when);
        }
        let is_or = binary.op == BinaryOp::Or;
        let calls = self.reading.calls.len();
        let left = self.statement(&binary.left, When { guarded: when.guarded || is_or, ..when });
        let tests = self.reading.calls[calls..].iter().any(|call| matches!(call.program(), "[" | "test" | "grep" | "which"))
            || matches!(&binary.left.command, Command::Compound(CompoundCommand::Conditional(_)));
        let depends = is_or || tests;
        let mark = self.assignments.len();
        let right = self.statement(&binary.right, When { guarded: when.guarded || depends, ..when });
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

    fn compound(&mut self, compound: &CompoundCommand, when: When) -> Flow {
        let guarded = When { guarded: true, ..when };
        match compound {
            CompoundCommand::If(command) => {
                self.sequence(&command.condition, guarded);
                let mut flows = vec![self.branch(&command.then_branch, guarded)];
                for (condition, branch) in &command.elif_branches {
                    self.sequence(condition, guarded);
                    flows.push(self.branch(branch, guarded));
                }
                flows.push(command.else_branch.as_ref().map_or(Flow::On, |branch| self.branch(branch, guarded)));
                any_of(&flows)
            }
            CompoundCommand::Case(command) => {
                any_of(&command.cases.iter().map(|case| self.branch(&case.body, guarded)).collect::<Vec<_>>())
            }
            CompoundCommand::For(command) => self.looped(&command.body, false, when),
            CompoundCommand::ArithmeticFor(command) => {
                let text = command.condition_span.and_then(|span| self.source.get(span.start.offset()..span.end.offset()));
                self.looped(&command.body, text.is_none_or(|text| text.trim().is_empty()), when)
            }
            CompoundCommand::While(command) => self.loop_while(&command.condition, &command.body, true, when),
            CompoundCommand::Until(command) => self.loop_while(&command.condition, &command.body, false, when),
            CompoundCommand::Subshell(body) => {
                let cwd = self.cwd.clone();
                let flow = self.apart(|walk| walk.sequence(body, when));
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
    fn branch(&mut self, body: &StmtSeq, when: When) -> Flow {
        let mark = self.assignments.len();
        let flow = self.sequence(body, when);
        self.forget_since(mark);
        flow
    }
}

fn any_of(flows: &[Flow]) -> Flow {
    match flows.first() {
        Some(first) if flows.iter().all(|flow| flow == first) => *first,
        _ if flows.iter().all(|flow| matches!(flow, Flow::On | Flow::Leaves)) => Flow::On,
        Some(_) => Flow::Unsure,
        None => Flow::On,
    }
}

fn flow_of(end: End) -> Flow {
    match end {
        End::Ends => Flow::On,
        End::Unknown => Flow::Unsure,
        End::Never => Flow::Stays,
    }
}

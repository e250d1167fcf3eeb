//! The walk over the tree of a script.

mod condition;

use std::collections::HashMap;

use shuck_ast::{
    AssignmentValue, BinaryCommand, BinaryOp, BourneParameterExpansion, BuiltinCommand, Command, CompoundCommand, DeclOperand,
    ParameterExpansionSyntax, Redirect, RedirectKind, RedirectTarget, SimpleCommand, Stmt, StmtSeq, StmtTerminator, WordPart,
    WordPartNode,
};

use super::{Access, Call, End, Reading, When, Word, Wrapping, files, programs};

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
    cwd: Option<String>,
    variables: HashMap<&'s str, Option<&'s str>>,
    assigned: HashMap<String, Word>,
    reading: Reading,
    depth: usize,
    /// How many times something has left a loop or the script.
    leavings: usize,
    /// What runs in the background.
    beside: Flow,
    /// The functions, with how they end and how many times something leaves within.
    functions: HashMap<String, (Flow, usize)>,
    /// True of a script that another one runs.
    is_inner: bool,
}

impl<'s> Walk<'s> {
    pub(super) fn new(source: &'s str, cwd: Option<&str>, variables: Vec<(&'s str, &'s str)>) -> Self {
        let variables = variables.into_iter().map(|(name, value)| (name, Some(value))).collect();
        let (cwd, reading) = (cwd.map(str::to_owned), Reading::default());
        Self {
            source,
            cwd,
            variables,
            assigned: HashMap::new(),
            reading,
            depth: 0,
            leavings: 0,
            beside: Flow::On,
            functions: HashMap::new(),
            is_inner: false,
        }
    }

    pub(super) fn read(mut self, body: &StmtSeq) -> Reading {
        let flow = self.sequence(body, When::default());
        let end = match flow {
            Flow::On | Flow::Leaves => End::Ends,
            Flow::Unsure => End::Unknown,
            Flow::Stays => End::Never,
        };
        Reading { end, ..self.reading }
    }

    fn sequence(&mut self, statements: &StmtSeq, mut when: When) -> Flow {
        let mut whole = Flow::On;
        for statement in statements.iter() {
            let is_background = matches!(statement.terminator, Some(StmtTerminator::Background(_)));
            let flow = self.statement(statement, When { background: when.background || is_background, ..when });
            if is_background {
                self.beside = if self.beside == Flow::Stays { Flow::Stays } else { flow };
                continue;
            }
            match flow {
                Flow::Stays | Flow::Leaves => return if whole == Flow::Unsure && flow == Flow::Leaves { whole } else { flow },
                Flow::Unsure => whole = Flow::Unsure,
                Flow::On => {}
            }
            when.waited |= is_wait(&statement.command)
                || self.reading.calls.last().is_some_and(|call| matches!(call.program(), "sleep" | "wait"));
        }
        whole
    }

    fn statement(&mut self, statement: &Stmt, when: When) -> Flow {
        if self.depth == MAX_DEPTH {
            return Flow::Unsure;
        }
        self.depth += 1;
        let flow = match &statement.command {
            Command::Simple(simple) => self.simple(simple, &statement.redirects, when),
            Command::Builtin(builtin) => self.builtin(builtin),
            Command::Decl(declaration) => {
                for operand in &declaration.operands {
                    if let DeclOperand::Assignment(assignment) = operand {
                        self.assign(assignment.target.name.as_str(), &assignment.value);
                    }
                }
                Flow::On
            }
            Command::Binary(binary) => self.binary(binary, when),
            Command::Compound(compound) => self.compound(compound, when),
            Command::Function(function) => {
                let leavings = self.leavings;
                let flow = self.statement(&function.body, When { guarded: true, ..when });
                let function_leavings = std::mem::replace(&mut self.leavings, leavings) - leavings;
                let names = function.static_names().map(|name| (name.to_string(), (flow, function_leavings)));
                self.functions.extend(names);
                Flow::On
            }
            Command::AnonymousFunction(_) => Flow::Unsure,
        };
        if !matches!(statement.command, Command::Simple(_)) {
            let call = Call { words: Vec::new(), when, span: 0..0 };
            self.redirects(&statement.redirects, &call);
        }
        self.depth -= 1;
        flow
    }

    fn builtin(&mut self, builtin: &BuiltinCommand) -> Flow {
        self.leavings += 1;
        match builtin {
            BuiltinCommand::Exit(_) | BuiltinCommand::Return(_) => Flow::Leaves,
            BuiltinCommand::Break(_) | BuiltinCommand::Continue(_) => Flow::On,
        }
    }

    fn simple(&mut self, simple: &SimpleCommand, redirects: &[Redirect], when: When) -> Flow {
        let mut words: Vec<_> = std::iter::once(&simple.name).chain(&simple.args).map(|word| self.word(&word.parts)).collect();
        std::iter::once(&simple.name).chain(&simple.args).for_each(|word| self.substitutions(&word.parts, when));
        let has_name = words[0] != Word { text: String::new(), is_exact: true };
        for assignment in &simple.assignments {
            if let AssignmentValue::Scalar(word) = &assignment.value {
                self.substitutions(&word.parts, when);
            }
            if !has_name {
                self.assign(assignment.target.name.as_str(), &assignment.value);
            }
        }
        let wrapping = Wrapping::of(&words, |word| &word.text);
        words.drain(..wrapping.words);
        let call = Call { words, when, span: simple.span.start.offset()..simple.span.end.offset() };
        let first = self.reading.files.len();
        files::used_by(&call, self.cwd.as_deref(), &mut self.reading.files);
        self.redirects(redirects, &call);
        let index = self.reading.calls.len();
        self.reading.files[first..].iter_mut().for_each(|used| used.call = index);
        let flow = self.flow_of(&call);
        if call.program() == "cd" {
            self.change_directory(&call);
        }
        let is_replaced = wrapping.is_exec && has_name;
        if has_name {
            self.reading.calls.push(call);
        }
        match flow {
            Flow::On if is_replaced => Flow::Leaves,
            flow => flow,
        }
    }

    fn flow_of(&mut self, call: &Call) -> Flow {
        if let Some((flow, leavings)) = self.functions.get(call.program()) {
            self.leavings += leavings;
            return if *flow == Flow::Leaves { Flow::Unsure } else { *flow };
        }
        match call.program() {
            "wait" => self.beside,
            program if super::is_shell(program) => self.flow_of_shell(call),
            "" if call.words.iter().all(|word| word.is_exact) => Flow::On,
            _ => match programs::end_of(call) {
                End::Ends => Flow::On,
                End::Unknown => Flow::Unsure,
                End::Never => Flow::Stays,
            },
        }
    }

    /// How the script of another shell goes on; one within that is not looked at.
    fn flow_of_shell(&self, call: &Call) -> Flow {
        let words: Vec<_> = call.words.iter().map(|word| word.text.as_str()).collect();
        let script = super::script_in(&words).filter(|position| !self.is_inner && call.words[*position].is_exact);
        let Some(script) = script.map(|position| words[position]) else { return Flow::Unsure };
        let walk = Walk { is_inner: true, ..Walk::new(script, None, Vec::new()) };
        match super::read_with(script, walk).unwrap_or_default().end {
            End::Ends => Flow::On,
            End::Unknown => Flow::Unsure,
            End::Never => Flow::Stays,
        }
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
        let is_or = binary.op == BinaryOp::Or;
        let calls = self.reading.calls.len();
        let left = self.statement(&binary.left, When { guarded: when.guarded || is_or, ..when });
        let tests = self.reading.calls[calls..].iter().any(|call| matches!(call.program(), "[" | "test" | "grep" | "which"))
            || matches!(&binary.left.command, Command::Compound(CompoundCommand::Conditional(_)));
        let depends = is_or || (binary.op == BinaryOp::And && tests);
        let right = self.statement(&binary.right, When { guarded: when.guarded || depends, ..when });
        match (left, right) {
            (Flow::Stays, _) => Flow::Stays,
            (Flow::On, Flow::Stays) if !depends => Flow::Stays,
            (Flow::On | Flow::Leaves, Flow::On | Flow::Leaves) => Flow::On,
            _ => Flow::Unsure,
        }
    }

    fn compound(&mut self, compound: &CompoundCommand, when: When) -> Flow {
        let guarded = When { guarded: true, ..when };
        match compound {
            CompoundCommand::If(command) => {
                self.sequence(&command.condition, guarded);
                let mut flows = vec![self.sequence(&command.then_branch, guarded)];
                for (condition, branch) in &command.elif_branches {
                    self.sequence(condition, guarded);
                    flows.push(self.sequence(branch, guarded));
                }
                flows.push(command.else_branch.as_ref().map_or(Flow::On, |branch| self.sequence(branch, guarded)));
                any_of(&flows)
            }
            CompoundCommand::Case(command) => {
                any_of(&command.cases.iter().map(|case| self.sequence(&case.body, guarded)).collect::<Vec<_>>())
            }
            CompoundCommand::For(command) => self.looped(&command.body, false, when),
            CompoundCommand::ArithmeticFor(command) => self.looped(&command.body, command.condition_span.is_none(), when),
            CompoundCommand::While(command) => {
                let is_endless = self.constant(&command.condition) == Some(true);
                self.sequence(&command.condition, When { awaited: true, ..guarded });
                self.looped(&command.body, is_endless, when)
            }
            CompoundCommand::Until(command) => {
                let is_endless = self.constant(&command.condition) == Some(false);
                self.sequence(&command.condition, When { awaited: true, ..guarded });
                self.looped(&command.body, is_endless, when)
            }
            CompoundCommand::Subshell(body) => {
                let cwd = self.cwd.clone();
                let flow = self.sequence(body, when);
                self.cwd = cwd;
                if flow == Flow::Leaves { Flow::On } else { flow }
            }
            CompoundCommand::BraceGroup(body) => self.sequence(body, when),
            CompoundCommand::Time(command) => command.command.as_ref().map_or(Flow::On, |command| self.statement(command, when)),
            CompoundCommand::Arithmetic(_) | CompoundCommand::Conditional(_) => Flow::On,
            _ => Flow::Unsure,
        }
    }

    fn looped(&mut self, body: &StmtSeq, is_endless: bool, when: When) -> Flow {
        let leavings = self.leavings;
        let flow = self.sequence(body, When { in_loop: true, ..when });
        match flow {
            Flow::Stays => Flow::Stays,
            _ if is_endless && self.leavings == leavings => Flow::Stays,
            _ if is_endless => Flow::Unsure,
            Flow::Leaves => Flow::On,
            flow => flow,
        }
    }

    fn assign(&mut self, name: &str, value: &AssignmentValue) {
        let word = match value {
            AssignmentValue::Scalar(word) => self.word(&word.parts),
            AssignmentValue::Compound(_) => Word::default(),
        };
        self.assigned.insert(name.to_owned(), word);
    }

    fn word(&self, parts: &[WordPartNode]) -> Word {
        let mut word = Word { text: String::new(), is_exact: true };
        self.append(parts, &mut word);
        word
    }

    /// Adds what `parts` mean, up to the first that only the shell knows.
    fn append(&self, parts: &[WordPartNode], word: &mut Word) {
        for part in parts {
            match &part.kind {
                WordPart::Literal(literal) => {
                    let text = literal.as_str(self.source, part.span);
                    if text.contains('\\') { word.text.push_str(&text.replace('\\', "")) } else { word.text.push_str(text) }
                }
                WordPart::SingleQuoted { value, dollar: false } => word.text.push_str(value.slice(self.source)),
                WordPart::DoubleQuoted { parts, .. } => self.append(parts, word),
                WordPart::Variable(name) => self.append_variable(name.as_str(), word),
                WordPart::Parameter(expansion) => match &expansion.syntax {
                    ParameterExpansionSyntax::Bourne(BourneParameterExpansion::Access { reference }) => {
                        self.append_variable(reference.name.as_str(), word);
                    }
                    _ => word.is_exact = false,
                },
                _ => word.is_exact = false,
            }
            if !word.is_exact {
                return;
            }
        }
    }

    fn append_variable(&self, name: &str, word: &mut Word) {
        match (self.assigned.get(name), self.variables.get(name)) {
            (Some(value), _) => {
                word.text.push_str(&value.text);
                word.is_exact = value.is_exact;
            }
            (None, Some(Some(value))) => word.text.push_str(value),
            _ => word.is_exact = false,
        }
        // A variable that grows by itself may not grow without bounds.
        word.is_exact &= word.text.len() <= super::MAX_SCRIPT_BYTES;
    }

    /// Looks at the commands whose output is a part of a word.
    fn substitutions(&mut self, parts: &[WordPartNode], when: When) {
        for part in parts {
            match &part.kind {
                WordPart::DoubleQuoted { parts, .. } => self.substitutions(parts, when),
                WordPart::CommandSubstitution { body, .. } | WordPart::ProcessSubstitution { body, .. }
                    if self.depth < MAX_DEPTH =>
                {
                    self.depth += 1;
                    self.sequence(body, when);
                    self.depth -= 1;
                }
                _ => {}
            }
        }
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

fn is_wait(command: &Command) -> bool {
    matches!(command, Command::Compound(CompoundCommand::Until(_) | CompoundCommand::While(_)))
}

//! The walk over the tree of a script.

mod compound;
mod condition;
mod failure;
mod function;
mod handed_on;
mod heredoc;
mod listed;
mod loops;
mod pipe;
mod presence;
mod simple;
mod word;

use std::collections::HashMap;

use compact_str::CompactString;
use shuck_ast::{AssignmentValue, BuiltinCommand, Command, DeclClause, DeclOperand, Stmt, StmtSeq, StmtTerminator};

use self::function::{Function, MAX_READ_AGAIN};
use self::word::Substituted;

use super::{Call, Dialect, End, Reading, Variables, When, Word};

/// How deep statements may stand inside each other that are looked at, chains of `&&` and `|` among them.
const MAX_DEPTH: usize = 64;

/// How many words may come of braces in one script.
const MAX_WORDS_OF_BRACES: usize = 256;

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

/// What a walk knows of the place in the script that it has come to, and what it has read so far.
pub(super) struct Walk<'s> {
    source: &'s str,
    /// The directory, if it is known.
    cwd: Option<CompactString>,
    /// The variables that the script began with.
    variables: Variables<'s>,
    /// The variables that it has assigned.
    assigned: HashMap<CompactString, Word>,
    /// The names that were assigned, in order, for what holds only in a branch.
    assignments: Vec<CompactString>,
    reading: Reading,
    /// How many statements stand around this one.
    depth: usize,
    /// How many times something has left the script, or the function that is read, and how many of these only the function.
    leavings: usize,
    returns: usize,
    /// How many times something has left either of them because there is no more to do.
    early_ends: usize,
    /// How many times something has left the loop that is read, and how many loops were left so.
    breaks: usize,
    left_loops: usize,
    /// How many times something goes past the rest of the loop that is read.
    skips: usize,
    /// What runs in the background.
    beside: Flow,
    functions: HashMap<String, Function>,
    /// The texts of files that it has written itself, until they are run.
    texts: HashMap<CompactString, Word>,
    /// How many times a function may be read once more.
    read_again: usize,
    /// True in a loop that is read for each word of its list.
    is_listed: bool,
    /// True of a script that another one runs.
    is_inner: bool,
    dialect: Dialect,
    /// How many more words may come of braces.
    room_for_words: usize,
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
            early_ends: 0,
            breaks: 0,
            left_loops: 0,
            skips: 0,
            beside: Flow::On,
            functions: HashMap::new(),
            texts: HashMap::new(),
            read_again: MAX_READ_AGAIN,
            is_listed: false,
            is_inner: false,
            dialect: Dialect::default(),
            room_for_words: MAX_WORDS_OF_BRACES,
        }
    }

    /// The same walk over a script that a shell reads as `dialect` says.
    pub(super) fn read_as(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// What the script does whose statements are `body`.
    pub(super) fn read(mut self, body: &StmtSeq) -> Reading {
        let flow = self.sequence(body, When::default());
        self.read_uncalled();
        let end = match flow {
            Flow::On | Flow::Leaves => End::Ends,
            Flow::Unsure => End::Unknown,
            Flow::Stays => End::Never,
        };
        Reading { end, ..self.reading }
    }

    /// How it goes on behind `statements`, one after the other.
    fn sequence(&mut self, statements: &StmtSeq, mut when: When) -> Flow {
        let mut whole = Flow::On;
        let count = statements.iter().count();
        for (index, statement) in statements.iter().enumerate() {
            let is_background = matches!(statement.terminator, Some(StmtTerminator::Background(_)));
            let unheeded = when.unheeded || is_background || index + 1 < count;
            let (first, early_ends, skips) = (self.reading.calls.len(), self.early_ends, self.skips);
            let (background, forgiven) = (when.background || is_background, when.forgiven || statement.negated);
            let flow = self.statement(statement, When { background, unheeded, forgiven, ..when });
            if is_background {
                self.beside = if self.beside == Flow::Stays { Flow::Stays } else { flow };
                continue;
            }
            match flow {
                Flow::Stays | Flow::Leaves => return if whole == Flow::Unsure && flow == Flow::Leaves { whole } else { flow },
                Flow::Unsure => whole = Flow::Unsure,
                Flow::On => {}
            }
            if self.early_ends != early_ends {
                let unless = self.kept_off_by(&statement.command, when, first);
                (when.guarded, when.unless) = (true, unless);
            }
            when.passed_over |= self.skips != skips;
            let has_slept = self.has_slept(&statement.command, first);
            when.slept |= has_slept;
            when.waited |= !has_slept && self.has_waited(&statement.command, first);
        }
        whole
    }

    /// How it goes on behind `statement`, with what its redirections are fed with.
    fn statement(&mut self, statement: &Stmt, when: When) -> Flow {
        if self.depth == MAX_DEPTH {
            return Flow::Unsure;
        }
        self.depth += 1;
        let mut read = Substituted::default();
        for redirect in &statement.redirects {
            read.add(self.of_redirect(&redirect.target, When { forgiven: true, ..when }));
        }
        let (first, leavings, left_loops) = (self.reading.calls.len(), self.leavings, self.left_loops);
        let mut flow = self.command(statement, when);
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

    /// How `statement` goes on, apart from what its redirections are fed with.
    fn command(&mut self, statement: &Stmt, when: When) -> Flow {
        match &statement.command {
            Command::Simple(simple) => self.simple(simple, &statement.redirects, when),
            Command::Builtin(builtin) => self.builtin(builtin),
            Command::Decl(declaration) => self.declaration(declaration, when),
            Command::Binary(binary) => self.binary(binary, when),
            Command::Compound(compound) => self.compound(compound, when),
            Command::Function(function) => {
                self.define(function);
                Flow::On
            }
            Command::AnonymousFunction(_) => Flow::Unsure,
        }
    }

    /// `export`, `local` and the like, with what is substituted in their values, and in words that come to assignments.
    fn declaration(&mut self, declaration: &DeclClause, when: When) -> Flow {
        let mut substituted = Substituted::default();
        let in_word = When { forgiven: true, ..when };
        for operand in &declaration.operands {
            match operand {
                DeclOperand::Assignment(assignment) => {
                    if let AssignmentValue::Scalar(word) = &assignment.value {
                        substituted.add(self.substitutions(&word.parts, in_word));
                    }
                    self.assign(assignment.target.name.as_str(), &assignment.value);
                }
                DeclOperand::Dynamic(word) => substituted.add(self.substitutions(&word.parts, in_word)),
                DeclOperand::Flag(_) | DeclOperand::Name(_) => {}
            }
        }
        if substituted.stays { Flow::Stays } else { Flow::On }
    }

    fn builtin(&mut self, builtin: &BuiltinCommand) -> Flow {
        self.early_ends += usize::from(self.has_done(builtin));
        self.skips += usize::from(matches!(builtin, BuiltinCommand::Break(_) | BuiltinCommand::Continue(_)));
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
        let (leavings, returns, early_ends, breaks) = (self.leavings, self.returns, self.early_ends, self.breaks);
        let result = read(self);
        (self.leavings, self.returns, self.early_ends, self.breaks) = (leavings, returns, early_ends, breaks);
        result
    }
}

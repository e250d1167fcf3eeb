//! Simple commands: the words, assignments and redirections of one call, and how the script goes on behind it.

use compact_str::CompactString;
use shuck_ast::{Assignment, AssignmentValue, Redirect, RedirectKind, RedirectTarget, SimpleCommand};

use super::super::{self as shell, Access, Call, End, FileUse, Reading, Variables, When, Word, Wrapping, files, inner, programs};
use super::word::Substituted;
use super::{Flow, Walk, pipe};

impl Walk<'_> {
    /// How the script goes on behind the command `simple`.
    pub(super) fn simple(&mut self, simple: &SimpleCommand, redirects: &[Redirect], when: When) -> Flow {
        let mut words = self.of_written(std::iter::once(&simple.name).chain(&simple.args));
        let mut substituted = Substituted::default();
        for word in std::iter::once(&simple.name).chain(&simple.args) {
            substituted.add(self.substitutions(&word.parts, When { forgiven: true, ..when }));
        }
        let has_name = words[0] != Word { text: CompactString::default(), is_exact: true };
        substituted.add(self.assign_all(&simple.assignments, has_name, when));
        let wrapping = Wrapping::of(&words, |word| &word.text);
        words.drain(..wrapping.words);
        let words = self.with_code_of_input(words, redirects);
        let words = self.with_code_of_file(words);
        let mut call = Call::new(words, when, simple.span.start.offset()..simple.span.end.offset());
        let index = self.reading.calls.len();
        self.use_files(&call, redirects, index);
        self.note_text(&call, redirects);
        let is_function = self.is_function(call.program());
        let (flow, inner) = if is_function {
            // What it does stands behind the call of it.
            call.is_followed = true;
            self.reading.calls.push(call.clone());
            (self.call_function(&call), None)
        } else {
            self.follow(&call)
        };
        call.is_followed |= inner.is_some();
        let is_replaced = wrapping.is_exec && has_name;
        self.change(&call, is_replaced);
        let run_by_find = inner::run_by_find(&call);
        if has_name && !is_function {
            self.reading.calls.push(call);
        }
        for call in run_by_find {
            self.use_files(&call, &[], self.reading.calls.len());
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

    /// Reads assignments: before a command that `has_name` they hold for that alone, and otherwise for all that follows.
    fn assign_all(&mut self, assignments: &[Assignment], has_name: bool, when: When) -> Substituted {
        let mut substituted = Substituted::default();
        let when = When { forgiven: when.forgiven || has_name, ..when };
        for assignment in assignments {
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
        substituted
    }

    /// Notes the files that `call`, the one at `index`, uses by its arguments and its redirections.
    fn use_files(&mut self, call: &Call, redirects: &[Redirect], index: usize) {
        let first = self.reading.files.len();
        files::used_by(call, self.cwd.as_deref(), &mut self.reading.files);
        self.reading.hides_writes |= files::hides_writes(call, &self.reading.files[first..]);
        self.redirects(redirects, call);
        for used in &mut self.reading.files[first..] {
            used.call = index;
            if matches!(used.access, Access::Write | Access::Append | Access::Remove) {
                self.texts.remove(&used.path);
            }
        }
    }

    /// What `call` changes for those behind it: the directory, and whether this shell and what runs beside it go on.
    fn change(&mut self, call: &Call, is_replaced: bool) {
        match call.program() {
            "cd" => self.change_directory(call),
            "shift" => self.forget_arguments(),
            "set" if call.arguments().iter().any(|word| word.text == "--") => self.forget_arguments(),
            _ => {}
        }
        self.early_ends += usize::from(is_replaced);
        let stops_others = programs::stops_others(call);
        self.leavings += usize::from(is_replaced || (call.program() == "kill" && stops_others));
        if stops_others && self.beside == Flow::Stays {
            self.beside = Flow::Unsure;
        }
    }

    /// How a call goes on, and what the script does that it gives to another shell.
    fn follow(&mut self, call: &Call) -> (Flow, Option<Reading>) {
        let timed = inner::run_by_timeout(call);
        if let Some(mut inner) = self.read_inner(timed.as_ref().unwrap_or(call)) {
            if timed.is_some() {
                inner.may_be_stopped();
            }
            let end = if timed.is_some() { inner::end_within(call, inner.end) } else { inner.end };
            return (flow_of(end), Some(inner));
        }
        match call.program() {
            "wait" => (self.beside, None),
            program if shell::is_shell(program) => (Flow::Unsure, None),
            "" if call.words.iter().all(|word| word.is_exact) => (Flow::On, None),
            _ => (flow_of(programs::end_of(call)), None),
        }
    }

    /// What the script of another shell does; one within that is not looked at.
    fn read_inner(&self, call: &Call) -> Option<Reading> {
        let words: Vec<_> = call.words.iter().map(|word| word.text.as_str()).collect();
        let script = shell::script_in(&words).filter(|position| !self.is_inner && call.words[*position].is_exact)?;
        let is_kept = |name: &str| !self.assigned.contains_key(name);
        let known = self.variables.known.iter().map(|(name, value)| (*name, value.filter(|_| is_kept(name)))).collect();
        let variables = Variables { known, has_others: true };
        let dialect = self.dialect.within(words[0]);
        let walk = Walk { is_inner: true, dialect, ..Walk::new(words[script], self.cwd.as_deref(), variables) };
        shell::read_with(words[script], walk)
    }

    /// Adds what another shell does under the circumstances `when`.
    fn adopt(&mut self, inner: Reading, when: When) {
        let offset = self.reading.calls.len();
        let moved = |when: When| When { unless: when.unless.map(|question| question + offset), ..when };
        let of_call = |call: Call| Call { when: moved(call.when).within(when), span: 0..0, ..call };
        self.reading.calls.extend(inner.calls.into_iter().map(of_call));
        self.reading.assigned.extend(inner.assigned);
        self.reading.hides_writes |= inner.hides_writes;
        // What another shell goes on after does not end this one.
        let of_file = |used: FileUse| {
            let when =
                moved(used.when).within(When { forgiven: when.forgiven || used.when.unheeded || used.when.in_loop, ..when });
            FileUse { when, call: used.call + offset, ..used }
        };
        self.reading.files.extend(inner.files.into_iter().map(of_file));
    }

    /// Follows `cd`, to a directory that nobody knows unless `call` says it exactly.
    fn change_directory(&mut self, call: &Call) {
        let target = call.operands().next().and_then(|word| files::used(word, Access::Read, call, self.cwd.as_deref()));
        self.cwd = target.filter(|target| target.is_exact).map(|target| target.path);
    }

    /// Notes the files that the redirections of `call` name.
    pub(super) fn redirects(&mut self, redirects: &[Redirect], call: &Call) {
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
                let used = files::used(&self.word(&target.parts), access, call, self.cwd.as_deref());
                self.reading.hides_writes |= used.is_none() && access != Access::Read;
                self.reading.files.extend(used);
            }
        }
    }
}

fn flow_of(end: End) -> Flow {
    match end {
        End::Ends => Flow::On,
        End::Unknown => Flow::Unsure,
        End::Never => Flow::Stays,
    }
}

//! How loops go on.

use std::mem;
use std::ops::Range;

use shuck_ast::{Command, Stmt, StmtSeq};

use super::{Flow, Walk, condition};
use crate::shell::{Access, Call, FileUse, When};

impl Walk<'_> {
    /// A loop that asks `condition` each time, and goes on for as long as that comes to `wanted`. One that works while something is
    /// so may go on for as long as one wants; one that only waits for something ends with that.
    pub(super) fn loop_while(&mut self, condition: &StmtSeq, body: &StmtSeq, wanted: bool, when: When) -> Flow {
        let is_endless = self.constant(condition) == Some(wanted);
        let (first, used) = (self.reading.calls.len(), self.reading.files.len());
        let retried = !when.guarded && !condition::is_of_success(condition, wanted) && is_of_one(condition);
        let unheeded = when.unheeded && !retried;
        self.sequence(condition, When { guarded: true, unless: None, awaited: true, forgiven: true, retried, unheeded, ..when });
        let asked = self.reading.calls.len();
        if let [question] = condition.as_slice() {
            self.note_asked(question, wanted, Access::Await, first);
        }
        let ways_out = (self.left_loops, self.leavings);
        let slept = when.slept || self.reading.calls[first..asked].iter().any(|call| call.program() == "sleep");
        let flow = self.looped(body, is_endless, When { slept, passed_over: when.passed_over || !is_endless, ..when });
        let is_left = ways_out != (self.left_loops, self.leavings);
        if !is_left && !when.guarded && !when.background && !condition::has_alternatives(condition, wanted) {
            self.note_decisive(first..asked, used, condition::is_of_success(condition, wanted));
        }
        let (questions, work) = self.reading.calls[first..].split_at(asked - first);
        let is_state = questions.iter().any(|call| (call.is_test() || asks_for_process(call)) && !compares(call));
        let goes_well = condition::is_of_success(condition, wanted) && !questions.iter().any(is_of_input);
        let works = work.iter().any(|call| !WAITING.contains(&call.program())) || questions.iter().any(awaits_events);
        if flow == Flow::On && works && (is_state || goes_well) { Flow::Unsure } else { flow }
    }

    /// Notes that a loop, of which the files stand from `first` on, waits for what the calls at `questions` say and for nothing else.
    /// One that goes on while a program does well does not wait for it, unless that tests something.
    fn note_decisive(&mut self, questions: Range<usize>, first: usize, is_of_success: bool) {
        let calls = &mut self.reading.calls[questions.clone()];
        if is_of_success && !calls.iter().any(Call::is_test) {
            return;
        }
        for call in calls.iter_mut() {
            call.when.decisive = true;
        }
        let awaited = |used: &&mut FileUse| used.access == Access::Await && questions.contains(&used.call);
        self.reading.files[first..].iter_mut().filter(awaited).for_each(|used| used.when.decisive = true);
    }

    pub(super) fn looped(&mut self, body: &StmtSeq, is_endless: bool, when: When) -> Flow {
        let (leavings, skips, breaks) = (self.leavings, self.skips, mem::take(&mut self.breaks));
        let flow = self.branch(body, When { in_loop: true, ..when });
        self.skips = skips;
        let has_break = mem::replace(&mut self.breaks, breaks) > 0;
        self.left_loops += usize::from(has_break);
        let is_left = has_break || self.leavings != leavings;
        match flow {
            Flow::Stays => Flow::Stays,
            _ if is_endless && !is_left => Flow::Stays,
            _ if is_endless => Flow::Unsure,
            Flow::Leaves => Flow::On,
            flow => flow,
        }
    }
}

/// True of a condition that is one plain command.
fn is_of_one(condition: &StmtSeq) -> bool {
    matches!(condition.as_slice(), [Stmt { command: Command::Simple(_), .. }])
}

/// True of a question whether a process is there.
fn asks_for_process(call: &Call) -> bool {
    call.program() == "pgrep" || call.program() == "kill" && call.has_option(&["-0"])
}

/// What a loop does that only waits.
const WAITING: [&str; 8] = [":", "[", "date", "echo", "printf", "sleep", "test", "true"];

/// True of a question that is answered anew each time that something happens, for as long as anything does.
fn awaits_events(call: &Call) -> bool {
    match call.program() {
        "inotifywait" => true,
        "nc" | "ncat" => call.has_option(&["-l"]),
        _ => false,
    }
}

/// True of what comes to an end with its input, its arguments or another process, and of a test.
fn is_of_input(call: &Call) -> bool {
    call.is_test() || matches!(call.program(), "read" | "getopts" | "shift" | "kill")
}

/// True of a test that compares numbers, which a loop counts.
fn compares(call: &Call) -> bool {
    call.arguments().iter().any(|word| matches!(word.text.as_str(), "-eq" | "-ge" | "-gt" | "-le" | "-lt" | "-ne"))
}

//! Pipelines: each part is a process of its own, and who writes ends when nobody reads any more.

use shuck_ast::BinaryCommand;

use super::super::{Call, When};
use super::{Flow, Walk};

/// Programs that read their input to its end, in order.
const READING_ALL: [&str; 23] = [
    "awk", "cat", "column", "cut", "egrep", "fgrep", "fold", "gawk", "grep", "gzip", "jq", "logger", "nl", "rev", "sed", "sort",
    "tac", "tee", "tr", "ts", "uniq", "wc", "xargs",
];

impl Walk<'_> {
    pub(super) fn pipe(&mut self, pipe: &BinaryCommand, when: When) -> Flow {
        let first = self.reading.calls.len();
        let left = self.apart(|walk| walk.statement(&pipe.left, When { unheeded: true, piped: true, ..when }));
        let middle = self.reading.calls.len();
        let (right, reads_all) = self.apart(|walk| {
            let (leavings, left_loops) = (walk.leavings, walk.left_loops);
            let flow = walk.statement(&pipe.right, when);
            let reads_all = walk.reading.calls.get(middle).is_some_and(reads_all);
            (flow, reads_all && walk.leavings == leavings && walk.left_loops == left_loops)
        });
        self.note_handed_on(first, middle);
        match (left, right) {
            (Flow::Stays, right) => fed(right, reads_all),
            (_, Flow::Stays) => Flow::Stays,
            (Flow::On | Flow::Leaves, Flow::On | Flow::Leaves) => Flow::On,
            _ => Flow::Unsure,
        }
    }
}

/// How what goes on as `flow` does goes on with an input that never ends.
pub(super) fn fed(flow: Flow, reads_all: bool) -> Flow {
    if reads_all || flow == Flow::Stays { Flow::Stays } else { Flow::Unsure }
}

/// False of what may end before its input does: `head`, `grep -q`, a `sed` that quits.
pub(super) fn reads_all(call: &Call) -> bool {
    let says = |part: &str| call.arguments().iter().any(|word| word.text.contains(part));
    match call.program() {
        "read" => call.when.awaited,
        "egrep" | "fgrep" | "grep" => !call.has_option(&["-m", "-q", "-l", "--max-count", "--quiet"]),
        "awk" | "gawk" => !says("exit"),
        "sed" => !says("q"),
        program => READING_ALL.binary_search(&program).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(READING_ALL.is_sorted());
    }
}

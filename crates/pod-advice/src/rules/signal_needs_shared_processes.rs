//! A container signals a process of another one, which it cannot see.

use compact_str::CompactString;

use crate::process::Process;
use crate::rule::prelude::*;
use crate::shell::{self, Call, Variables, base_name, is_known_program, only_asks};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("signal-needs-shared-processes"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A container signals a process of another one, which it cannot see.",
    page: include_str!("signal_needs_shared_processes.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let is_set = |field: &str| workload.pod.get(field) == Some(&Value::Bool(true));
    if is_set("shareProcessNamespace") || is_set("hostPID") || workload.containers.len() < 2 {
        return;
    }
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let place = workload.place(container);
        let Some((process, place)) = unseen(workload, container, &place) else { continue };
        let message = format!("{} cannot see {process}: each container has its own.", quoted(container.name));
        let hint = "Set `shareProcessNamespace: true` for the Pod.";
        let changes = vec![Change::Set(workload.pod_place().entry("shareProcessNamespace"), true.into())];
        found.say(place, message, hint).fix = Some(Fix::guess("Share the process namespace", changes));
    }
}

/// The process that `container`, which stands at `place`, is to signal and cannot see, and where it says so.
fn unseen(workload: &Workload<'_>, container: &Container<'_>, place: &Path) -> Option<(String, Path)> {
    let process = container.process();
    let named = |signal: &Signal| format!("the process {}", quoted(&signal.name));
    let by_name = || Some(named(&signal_of(process, &[process])?));
    let by_file = || Some(format!("the process whose number is in {}", quoted(file_of_other(workload, container)?)));
    if let Some(process) = by_name().or_else(by_file) {
        return Some((process, place.clone()));
    }
    // What is not known may have started it.
    let mut executed = container.executed(place, is_of_signal).filter(|_| process.serves_nothing());
    executed.find_map(|(hook, place)| Some((named(&signal_of(&hook, &[&hook, process])?), place)))
}

/// The first signal of `process` that is for nothing which one of `own`, what runs in its container, has started.
fn signal_of(process: &Process<'_>, own: &[&Process<'_>]) -> Option<Signal> {
    let mut signals = process.calls().flat_map(|call| Signal::of(call).into_iter().chain(of_trap(call)));
    signals.find(|signal| !own.iter().flat_map(|one| one.calls()).any(|call| signal.may_reach(call)))
}

/// True of a text in which a [`Signal`] may be.
fn is_of_signal(text: &str) -> bool {
    ["pgrep", "pkill", "pidof", "killall", "nginx"].iter().any(|program| text.contains(program))
}

/// What the code of a `trap` wants to signal.
fn of_trap(call: &Call) -> Vec<Signal> {
    let code = call.arguments().first().filter(|code| call.program() == "trap" && code.is_exact && is_of_signal(&code.text));
    let reading = code.and_then(|code| shell::read(&code.text, None, Variables::default())).unwrap_or_default();
    reading.calls.iter().filter_map(Signal::of).collect()
}

/// What a command wants to signal.
struct Signal {
    /// The name of a program, or a part of the line that has started it.
    name: CompactString,
    by: By,
}

/// What a name is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Program,
    PartOfProgram,
    PartOfLine,
}

impl Signal {
    fn of(call: &Call) -> Option<Self> {
        let (name, by) = match call.program() {
            "pgrep" | "pkill" if call.has_option(&["-f", "--full"]) => (last_operand(call)?, By::PartOfLine),
            "pgrep" | "pkill" if !call.has_option(&["-x", "--exact"]) => (last_operand(call)?, By::PartOfProgram),
            "pgrep" | "pidof" | "pkill" | "killall" => (last_operand(call)?, By::Program),
            "nginx" if call.arguments().iter().any(|word| word.text.starts_with("-s")) => ("nginx", By::Program),
            _ => return None,
        };
        Some(Self { name: name.into(), by })
    }

    /// True if `call` may have started what is signalled, as an entry point starts the program that it is given.
    fn may_reach(&self, call: &Call) -> bool {
        if Signal::of(call).is_some() || only_asks(call) {
            return false;
        }
        let is_given =
            || !is_known_program(call.program()) && call.arguments().iter().any(|word| base_name(&word.text) == self.name);
        let is_meant = match self.by {
            By::Program => call.program() == self.name,
            By::PartOfProgram => has_parts(call.program(), &self.name),
            By::PartOfLine => has_parts(&line(call), &self.name),
        };
        is_meant || is_given()
    }
}

/// True if all parts of a regular expression that stand for themselves are in `text`.
fn has_parts(text: &str, expression: &str) -> bool {
    let is_sign = |character: char| !character.is_alphanumeric() && !matches!(character, '/' | '-' | '_' | ' ' | ':' | '=');
    expression.split(is_sign).all(|part| text.contains(part))
}

fn last_operand(call: &Call) -> Option<&str> {
    call.operands().next_back().map(|word| word.text.as_str()).filter(|name| !name.is_empty())
}

fn line(call: &Call) -> String {
    call.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The file in an emptyDir of which `container` signals the process whose number somebody else has written there: `kill $(cat FILE)`.
fn file_of_other<'w>(workload: &'w Workload<'_>, container: &'w Container<'_>) -> Option<&'w str> {
    let process = container.process();
    let mut read = process.reads().filter(|used| {
        let is_killed = process
            .reading
            .calls
            .get(used.call + 1)
            .is_some_and(|call| call.program() == "kill" && call.operands().any(|word| !word.is_exact));
        is_killed && used.program == "cat" && used.is_exact && used.path.ends_with(".pid")
    });
    let used = read.next().filter(|used| !process.writes().any(|written| written.path == used.path))?;
    let volume = workload.volume_of(container.mount_of(&used.path)?)?;
    volume.empty_dir().is_some_and(|_| volume.is_shared()).then_some(used.path.as_str())
}

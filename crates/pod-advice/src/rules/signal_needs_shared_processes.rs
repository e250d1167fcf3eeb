//! A container signals a process of another one, which it cannot see.

use compact_str::CompactString;

use crate::process::Process;
use crate::rule::prelude::*;
use crate::shell::{self, Call, Variables, base_name, is_known_program, only_asks, run_by_xargs};

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
    let signals = process.calls().flat_map(|call| Signal::of(call).into_iter().chain(of_trap(call)));
    let mut signals = signals.chain(of_list(&process.reading.calls));
    let started = || own.iter().flat_map(|one| one.calls());
    signals.find(|signal| !started().any(|call| signal.may_reach(call) || signal.is_listed && may_start_others(call)))
}

/// True of a text in which a [`Signal`] may be.
fn is_of_signal(text: &str) -> bool {
    ["kill", "nginx", "pgrep", "pidof"].iter().any(|program| text.contains(program))
}

/// What the code of a `trap` wants to signal.
fn of_trap(call: &Call) -> Vec<Signal> {
    let code = call.arguments().first().filter(|code| call.program() == "trap" && code.is_exact && is_of_signal(&code.text));
    let reading = code.and_then(|code| shell::read(&code.text, None, Variables::default())).unwrap_or_default();
    reading.calls.iter().filter_map(Signal::of).chain(of_list(&reading.calls)).collect()
}

/// What `calls` find in the list of processes and then end or wake: `kill $(ps | grep NAME | awk …)`, `ps | grep NAME | xargs kill`.
fn of_list(calls: &[Call]) -> Vec<Signal> {
    let lists = calls.iter().enumerate().filter(|(_, call)| call.program() == "ps");
    let found = lists.filter_map(|(index, _)| {
        let behind = &calls[index + 1..];
        let (filters, rest) = behind.split_at(behind.iter().take(MAX_FILTERS).take_while(|call| is_filter(call)).count());
        let name = filters.iter().find_map(looked_for).filter(|_| rest.first().is_some_and(kills_given))?;
        Some(Signal { name, by: By::PartOfLine, is_listed: true })
    });
    found.collect()
}

/// True of a call of what goes on, or may go on, and run other programs: `npm start`, `/start.sh`.
fn may_start_others(call: &Call) -> bool {
    !call.ends() && !call.makes_files_at_named_places()
}

/// How many programs are looked at that a list of processes goes through.
const MAX_FILTERS: usize = 8;

/// True of what takes lines or words from its input.
fn is_filter(call: &Call) -> bool {
    is_search(call) || matches!(call.program(), "cut" | "head" | "sed" | "sort" | "tail" | "tr")
}

fn is_search(call: &Call) -> bool {
    matches!(call.program(), "awk" | "egrep" | "fgrep" | "gawk" | "grep")
}

/// The name that `call` looks for, without the brackets that keep it from finding itself, and without what a server says behind
/// its name there: `grep [n]ginx`, `awk '/nginx: master/ {…}'`.
fn looked_for(call: &Call) -> Option<CompactString> {
    let word = call.operands().next().filter(|_| is_search(call) && !call.has_option(&["-v", "--invert-match"]))?;
    let name = if matches!(call.program(), "awk" | "gawk") { word.text.split('/').nth(1)? } else { &word.text };
    let name = name.split(": ").next().unwrap_or(name).chars().filter(|character| !matches!(character, '[' | ']'));
    let name: CompactString = name.collect();
    (word.is_exact && name.contains(|character: char| character.is_ascii_alphabetic())).then_some(name)
}

/// True of a `kill` of what another program has found.
fn kills_given(call: &Call) -> bool {
    let is_kill = |call: &Call| call.program() == "kill";
    is_kill(call) && call.operands().any(|word| !word.is_exact) || run_by_xargs(call).is_some_and(|run| is_kill(&run))
}

/// What a command wants to signal.
struct Signal {
    /// The name of a program, or a part of the line that has started it.
    name: CompactString,
    by: By,
    /// True of a name that is looked for in a list of all processes, where those stand that others have started.
    is_listed: bool,
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
        Some(Self { name: name.into(), by, is_listed: false })
    }

    /// True if `call` may have started what is signalled, as an entry point starts the program that it is given.
    fn may_reach(&self, call: &Call) -> bool {
        let only_names = call.is_followed || is_search(call) || matches!(call.program(), "echo" | "printf" | "trap");
        if Signal::of(call).is_some() || only_asks(call) || only_names {
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
    let kills = |index: usize| process.reading.calls.get(index).is_some_and(kills_given);
    let mut read = process.reads().filter(|used| {
        let is_killed = match used.program.as_str() {
            "cat" | "head" | "read" => kills(used.call + 1),
            // `kill $(< FILE)` and `xargs kill < FILE`
            "" | "xargs" => kills(used.call),
            _ => false,
        };
        is_killed && used.is_exact && used.path.ends_with(".pid")
    });
    let used = read.next().filter(|used| !process.writes().any(|written| written.path == used.path))?;
    let volume = workload.volume_of(container.mount_of(&used.path)?)?;
    volume.empty_dir().is_some_and(|_| volume.is_shared()).then_some(used.path.as_str())
}

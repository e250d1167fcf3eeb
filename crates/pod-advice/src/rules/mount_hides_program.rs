//! An empty volume hides the program that a container is to run.

use std::borrow::Cow;

use compact_str::CompactString;

use crate::rule::prelude::*;
use crate::shell::{Call, End, Word, Wrapping, file_run_by, is_shell, run_by_timeout};
use crate::workload::{lies_in, normalized, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("mount-hides-program"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "An empty volume hides the program that a container is to run.",
    page: include_str!("mount_hides_program.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for (index, container) in workload.containers.iter().enumerate() {
        let mut programs = wrapper(container).into_iter().chain(program(container));
        let Some(hidden) = programs.find_map(|program| hidden(workload, index, program)) else { continue };
        say(workload, container, &hidden, found);
    }
}

/// A program that is not found.
struct Hidden<'w, 'a> {
    program: String,
    mount: &'w Mount<'a>,
    volume: &'w Volume<'a>,
    /// Who may put the program there beside the container.
    filler: Option<&'w Container<'a>>,
}

/// Where `program` of the container at `index` is hidden, if it is.
fn hidden<'w, 'a>(workload: &'w Workload<'a>, index: usize, Program { path, is_late }: Program) -> Option<Hidden<'w, 'a>> {
    let container = &workload.containers[index];
    let program = absolute(container, &path)?.into_owned();
    let mount = container.mount_of(&program)?;
    let volume = workload.volume_of(mount).filter(|volume| volume.empty_dir().is_some())?;
    let place = mount.in_volume(&program);
    let is_filled = volume.uses.iter().any(|used| {
        let (other, own) = (&workload.containers[used.container], &workload.containers[used.container].mounts[used.mount]);
        let is_earlier = used.container < index && other.role != Role::App;
        !own.read_only && may_put(other, own, &place, is_earlier)
    });
    let mut others = workload.uses(volume).filter(|(other, used)| !other.is(container) && !used.read_only);
    let filler = others.find(|(other, _)| may_fill(other)).map(|(other, _)| other);
    let is_awaited = is_late && filler.is_some();
    (!is_filled && !is_awaited).then_some(Hidden { program, mount, volume, filler })
}

fn say(workload: &Workload<'_>, container: &Container<'_>, hidden: &Hidden<'_, '_>, found: &mut Found<'_>) {
    let Hidden { program, mount, volume, filler } = hidden;
    let (name, volume_name) = (quoted(program), quoted(volume.name));
    let message = match filler {
        Some(other) => {
            format!("{name} lies in the empty volume {volume_name}: it is not found until {} puts it there.", quoted(other.name))
        }
        None if workload.uses(volume).any(|(other, used)| other.surely_writes(used)) => {
            format!("{name} lies in the volume {volume_name}, into which nobody puts it: it is not found.")
        }
        None => format!("{name} lies in the empty volume {volume_name}, which hides it: it is not found."),
    };
    let hint = "Mount the volume elsewhere, or let an init container put the program there.";
    let finding = found.say(workload.mount_place(container, mount).entry("mountPath"), message, hint);
    if filler.is_some() {
        finding.severity = Severity::Warning;
    }
}

/// True if `container` may put the program at `place` of the volume at its `mount`: by what its command writes there, or by what
/// is not known of it if it is `earlier` than who is to run the program.
fn may_put<'a>(container: &Container<'a>, mount: &Mount<'a>, place: &str, is_earlier: bool) -> bool {
    if !container.makes_files_at_known_places() {
        return is_earlier || container.surely_writes(mount);
    }
    let mut written = container.process().writes().filter(|used| lies_in(&used.path, &mount.path));
    written.any(|used| !used.is_exact || lies_in(place, &mount.in_volume(&used.path)))
}

/// True of a container whose command is not understood, so that it may put files into the volumes that it mounts.
fn may_fill(container: &Container<'_>) -> bool {
    let process = container.process();
    process.reading.calls.is_empty() || process.reading.end == End::Unknown
}

/// What a script may do before it runs the program, besides what small programs do.
const BEFORE: [&str; 3] = ["set", "trap", "ulimit"];

/// A program that a container runs.
struct Program {
    path: CompactString,
    /// True if it is run after some time, in which others may put it there.
    is_late: bool,
}

/// Where that lies which `container` runs at its start without having waited.
pub(super) fn run_at_once(container: &Container<'_>) -> impl Iterator<Item = String> {
    let programs = wrapper(container).into_iter().chain(program(container)).filter(|program| !program.is_late);
    programs.filter_map(|Program { path, .. }| Some(absolute(container, &path)?.into_owned()))
}

/// The program that the command of `container` begins with, where that only runs another one.
fn wrapper(container: &Container<'_>) -> Option<Program> {
    let words = &container.process().words;
    let first = words.first().filter(|first| first.text.starts_with('/') && Wrapping::of(words, |word| word.text).words > 0)?;
    Some(Program { path: first.text.into(), is_late: false })
}

/// The program that `container` runs first of all, or the file that an interpreter is to run.
fn program(container: &Container<'_>) -> Option<Program> {
    let process = container.process();
    let first = process.words.first()?.text;
    let is_before = |call: &Call| {
        let is_found_by_name = call.words.first().is_some_and(|word| !word.text.contains('/'));
        is_found_by_name && (BEFORE.contains(&call.program()) || call.makes_files_at_named_places())
    };
    match process.calls().find(|call| !is_before(call)) {
        Some(call) if call.when.guarded => None,
        Some(call) => {
            let run = run_by_timeout(call);
            let is_late = call.when.waited || call.when.slept;
            let call = run.as_ref().unwrap_or(call);
            let named = file_run_by(call).or_else(|| jar_run_by(call)).or_else(|| sourced_by(call)).or(call.words.first());
            named.filter(|word| word.is_exact).map(|word| Program { path: word.text.clone(), is_late })
        }
        None if is_shell(first) => {
            let mut words = process.words.iter().skip(1).filter(|_| process.script.is_none()).map(|word| word.text);
            words.find(|word| !word.starts_with('-')).map(|word| Program { path: word.into(), is_late: false })
        }
        None => Some(Program { path: first.into(), is_late: false }),
    }
}

/// The file that a shell reads as a part of the script.
fn sourced_by(call: &Call) -> Option<&Word> {
    call.operands().next().filter(|_| matches!(call.program(), "." | "source"))
}

/// The archive that `java` is to run.
fn jar_run_by(call: &Call) -> Option<&Word> {
    let words = call.arguments();
    let option = words.iter().position(|word| word.text == "-jar").filter(|_| call.program() == "java")?;
    words.get(option + 1)
}

/// Where `program` is, if its path tells: one without a slash is looked for elsewhere, unless something else is to run it.
fn absolute<'p>(container: &Container<'_>, program: &'p str) -> Option<Cow<'p, str>> {
    if program.starts_with('/') {
        return Some(normalized(program));
    }
    let process = container.process();
    let is_name =
        !program.contains('/') && process.calls().any(|call| call.words.first().is_some_and(|word| word.text == program));
    let mut moves = process.calls().filter(|call| call.program() == "cd");
    let directory = match (moves.next(), moves.next()) {
        (None, _) => text(container.value, "workingDir")?,
        (Some(call), None) => call.operands().next().filter(|word| word.is_exact && !call.when.guarded)?.text.as_str(),
        (Some(_), Some(_)) => return None,
    };
    let directory = Some(directory).filter(|directory| directory.starts_with('/') && !is_name)?;
    Some(normalized(&format!("{directory}/{program}")).into_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_less_bad_where_another_container_may_put_the_program_there() {
        let severity = |image: &str, command: Value| {
            let mounts = json!([{"name": "v", "mountPath": "/app"}]);
            let one = json!({"name": "a", "image": "mine:1", "command": ["/app/run"], "volumeMounts": mounts});
            let two = json!({"name": "b", "image": image, "command": command, "volumeMounts": mounts});
            let pod = json!({"containers": [one, two], "volumes": [{"name": "v", "emptyDir": {}}]});
            let findings = crate::advise(&json!({"kind": "Pod", "spec": pod})).findings;
            findings.into_iter().find(|finding| finding.rule == RULE.rule).unwrap().severity
        };
        assert_eq!(severity("mine/sync:1", json!(null)), Severity::Warning);
        assert_eq!(severity("alpine:3", json!(["sleep", "infinity"])), Severity::Error);
    }
}

//! One container ends.
//!
//! Follows `pkg/kubelet/kuberuntime/kuberuntime_manager.go` (v1.35, `computePodActions`): what ends is started again in the
//! same Pod, beside the same volumes, as its policy says.

use super::outcome::{Cause, Fate};
use super::owner::{is_job, note_next_pod, replace, tries};
use super::policy;
use super::scene::{PodState, Scene};
use super::writers::may_write;
use crate::rule::quoted;
use crate::workload::{Container, Restarts, Role, Volume, Workload};

/// When the kubelet starts what has ended: at once, later after ten seconds, then twice as long every time, up to five minutes.
///
/// Follows `doBackOff` (v1.35), which waits only where it has started the container again before.
const WAIT: &str = "at once, and each further time after a wait that grows up to five minutes";

pub(super) fn crash(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let how = format!("{} fails.", quoted(container.name));
    end(scene, container, Cause::Crashed, how);
    if scene.keeps_files() && writes_in_place(container) {
        scene.note("A file that was just being written may be half of one: write it under another name, then `mv` it.");
    }
}

pub(super) fn restart(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let (workload, name) = (scene.workload, quoted(container.name));
    if container.has("livenessProbe") {
        end(scene, container, Cause::Unhealthy, format!("The kubelet stops {name}, as its liveness probe fails."));
        let field = workload.place(container).entry("livenessProbe").entry("failureThreshold");
        return scene.lever(field, format!("A higher one gives {name} more time before it is stopped."));
    }
    end(scene, container, Cause::Ended, format!("{name} ends by itself."));
    scene.note(format!("It is started again and again: a success is no reason for {name} to stay ended."));
    if container.role == Role::App && workload.apps().count() > 1 {
        scene.lever(workload.place(container), format!("As an init container, {name} would run once, before the others."));
    }
}

/// Follows the end of `container`, which `how` tells of.
pub(super) fn end(scene: &mut Scene<'_, '_>, container: &Container<'_>, cause: Cause, how: String) {
    let workload = scene.workload;
    scene.end(container, cause, how);
    match (container.role, policy::of(workload, container)) {
        (Role::Init, Restarts::Never) => pod_fails(scene, container),
        (Role::Init, _) => init_again(scene, container),
        (_, Restarts::Never) if workload.apps().count() > 1 => others_run_on(scene, container),
        (_, Restarts::Never) => pod_fails(scene, container),
        _ => again(scene, container, cause),
    }
    if policy::has_rules(container) {
        scene.note("Its `restartPolicyRules` may decide otherwise, by the exit code.");
    }
}

/// Where the policy stands that decides about `container`, if the document may change it.
fn policy_lever(scene: &mut Scene<'_, '_>, container: &Container<'_>, sentence: String) {
    let workload = scene.workload;
    let is_own = container.role == Role::App && container.has("restartPolicy");
    if is_own {
        scene.lever(workload.place(container).entry("restartPolicy"), sentence);
    } else if container.role != Role::Sidecar && (workload.kind == "Pod" || is_job(workload)) {
        scene.lever(workload.pod_place().entry("restartPolicy"), sentence);
    }
}

fn again(scene: &mut Scene<'_, '_>, container: &Container<'_>, cause: Cause) {
    let (workload, name) = (scene.workload, quoted(container.name));
    let verb = match cause {
        Cause::Ended => "ends and is",
        Cause::Crashed => "fails and is",
        Cause::Unhealthy => "is stopped and",
        _ => "is killed and",
    };
    let files = scene.if_empty_dirs(", whose volumes keep their files");
    scene.sum_up(format!("{name} {verb} started again in the same Pod{files}."));
    let why = format!("until {name} runs again");
    scene.volumes(PodState::Stays, |volume| kept(workload, volume, container, &why));
    scene.start(container, Cause::StartedAgain, format!("The kubelet starts {name} again {WAIT}."));
    if workload.containers.iter().filter(|other| other.role != Role::Init).count() > 1 {
        scene.note("The other containers run on.");
    }
    scene.note_init_stays_done();
    note_backoff(scene);
    let never = if is_job(workload) {
        let files = scene.if_empty_dirs(" with empty volumes");
        format!("With `Never`, the Pod would fail, and the Job would start another one{files}.")
    } else {
        format!("With `Never`, {name} would stay ended.")
    };
    policy_lever(scene, container, never);
}

/// Notes that restarts count, which they do in the Pod of a Job with `OnFailure`, whatever container they are of.
fn note_backoff(scene: &mut Scene<'_, '_>) {
    let workload = scene.workload;
    if is_job(workload) && workload.restarts == Restarts::OnFailure {
        let (field, limit) = tries(workload);
        let times = if limit < 2 { "one restart".to_owned() } else { format!("{limit} restarts") };
        let files = scene.if_empty_dirs(" with the emptyDirs");
        let noun = workload.noun();
        scene.note(format!("After {times} the {noun} fails, as `backoffLimit` is {limit}, and its Pod is deleted{files}."));
        scene.lever(field, format!("It says how many restarts the {noun} takes."));
    }
}

fn init_again(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let (workload, name) = (scene.workload, quoted(container.name));
    scene.sum_up(format!("{name} is tried again until it succeeds, and the containers after it wait for that."));
    scene.volumes(PodState::Stays, |volume| {
        let more = if uses(workload, volume, container) { format!(": {name} finds what it left there") } else { String::new() };
        (Fate::Kept, format!("{} keeps its files{more}.", quoted(volume.name)))
    });
    scene.start(container, Cause::StartedAgain, format!("The kubelet starts {name} again {WAIT}."));
    let after = workload.containers.iter().skip_while(|other| !other.is(container)).skip(1);
    for other in after {
        scene.start(other, Cause::StartedAgain, format!("{} starts only after {name} has succeeded.", quoted(other.name)));
    }
    note_backoff(scene);
    policy_lever(scene, container, "With `Never`, the whole Pod would fail.".to_owned());
}

fn others_run_on(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let (workload, name) = (scene.workload, quoted(container.name));
    scene.sum_up(format!("{name} stays ended, as its `restartPolicy` is `Never`, and the other containers run on."));
    scene.volumes(PodState::Stays, |volume| kept(workload, volume, container, "as nobody else writes them"));
    let files = scene.if_empty_dirs(" and its emptyDirs are removed");
    scene.note(format!("When the other app containers have ended too, the Pod is `Failed`{files}."));
    note_next_pod(scene);
    policy_lever(scene, container, format!("With `OnFailure`, {name} would be started again and find its files."));
}

fn pod_fails(scene: &mut Scene<'_, '_>, container: &Container<'_>) {
    let name = quoted(container.name);
    let files = scene.if_empty_dirs(", and its emptyDirs are removed");
    scene.sum_up(format!("The Pod fails with {name}, as `restartPolicy` is `Never`{files}."));
    scene.volumes_go(PodState::Over);
    scene.end_sidecars_before(container, Cause::PodEnded, "is stopped with the Pod");
    replace(scene, true);
    policy_lever(scene, container, format!("With `OnFailure`, {name} would be started again and find its files."));
}

/// What `volume` holds while `container` does not run.
fn kept(workload: &Workload<'_>, volume: &Volume<'_>, container: &Container<'_>, why: &str) -> (Fate, String) {
    let name = quoted(volume.name);
    if is_only_writer(workload, volume, container) {
        return (Fate::Stale, format!("{name} keeps its files, which grow old {why}."));
    }
    (Fate::Kept, format!("{name} keeps its files."))
}

/// True if the command of `container` writes into `volume`, and no other container that runs beside it may.
fn is_only_writer(workload: &Workload<'_>, volume: &Volume<'_>, container: &Container<'_>) -> bool {
    let is_running = |other: &Container<'_>| other.role != Role::Init;
    let mut uses = workload.uses(volume).filter(|(other, _)| is_running(other));
    let writes = workload.uses(volume).any(|(other, mount)| other.is(container) && other.surely_writes(mount));
    writes && is_running(container) && !uses.any(|(other, mount)| !other.is(container) && may_write(other, mount))
}

fn uses(workload: &Workload<'_>, volume: &Volume<'_>, container: &Container<'_>) -> bool {
    workload.uses(volume).any(|(other, mount)| other.is(container) && !mount.read_only)
}

/// True if its command writes files that it does not rename.
fn writes_in_place(container: &Container<'_>) -> bool {
    let process = container.process();
    let is_shared = |path: &str| container.mount_of(path).is_some();
    process.writes().any(|used| is_shared(&used.path)) && !process.calls().any(|call| call.program() == "mv")
}

//! What is told of an event, while it is followed.

use kube_dry_run::Path;
use kube_dry_run::shown::{listed, shown};
use serde_json::Value;

use super::outcome::{Cause, ContainerOutcome, Fate, Lever, Outcome, VolumeOutcome};
use crate::rule::quoted;
use crate::workload::{Container, Role, Volume, Workload, inside};

/// How many volumes and containers are told of.
const MAX_TOLD: usize = 50;

/// How many fields are named that would change the outcome.
const MAX_LEVERS: usize = 8;

/// What becomes of the Pod.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PodState {
    /// It stays where it is.
    Stays,
    /// It is over, and stays as an object.
    Over,
    /// It is deleted.
    Deleted,
}

/// An event that is followed through a workload.
pub(super) struct Scene<'w, 'a> {
    pub(super) workload: &'w Workload<'a>,
    outcome: Outcome,
}

/// The first container called `name`.
pub(super) fn container<'w, 'a>(workload: &'w Workload<'a>, name: &str) -> Option<&'w Container<'a>> {
    workload.containers.iter().find(|container| container.name == name)
}

/// The first volume called `name`.
pub(super) fn volume<'w, 'a>(workload: &'w Workload<'a>, name: &str) -> Option<&'w Volume<'a>> {
    workload.volumes.iter().find(|volume| volume.name == name)
}

impl<'w, 'a> Scene<'w, 'a> {
    pub(super) fn new(workload: &'w Workload<'a>) -> Self {
        Self { workload, outcome: Outcome::default() }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        self.outcome
    }

    pub(super) fn sum_up(&mut self, summary: impl Into<String>) {
        self.outcome.summary = summary.into();
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.outcome.notes.push(note.into());
    }

    pub(super) fn lever(&mut self, field: Path, sentence: impl Into<String>) {
        if self.outcome.levers.len() < MAX_LEVERS {
            self.outcome.levers.push(Lever { field, sentence: sentence.into() });
        }
    }

    pub(super) fn end(&mut self, container: &Container<'_>, cause: Cause, sentence: impl Into<String>) {
        if self.outcome.ended.len() < MAX_TOLD {
            self.outcome.ended.push(self.told(container, cause, sentence.into()));
        }
    }

    pub(super) fn start(&mut self, container: &Container<'_>, cause: Cause, sentence: impl Into<String>) {
        if self.outcome.started.len() < MAX_TOLD {
            self.outcome.started.push(self.told(container, cause, sentence.into()));
        }
    }

    fn told(&self, container: &Container<'_>, cause: Cause, sentence: String) -> ContainerOutcome {
        let (name, field) = (shown(container.name).into_owned(), self.workload.place(container));
        ContainerOutcome { container: name, field, cause, sentence }
    }

    /// Tells of every volume: of an emptyDir what `tell` says, of another one what `state` means for it.
    pub(super) fn volumes(&mut self, state: PodState, tell: impl Fn(&Volume<'_>) -> (Fate, String)) {
        let workload = self.workload;
        for volume in workload.volumes.iter().take(MAX_TOLD) {
            let (fate, sentence) = if volume.empty_dir().is_some() { tell(volume) } else { elsewhere(volume, state) };
            let (volume, field) = (shown(volume.name).into_owned(), workload.volume_place(volume));
            self.outcome.volumes.push(VolumeOutcome { volume, field, fate, sentence });
        }
    }

    /// Tells that all emptyDirs are kept.
    pub(super) fn volumes_stay(&mut self) {
        self.volumes(PodState::Stays, |volume| (Fate::Kept, format!("{} keeps its files.", quoted(volume.name))));
    }

    /// Tells that all emptyDirs are lost, as the Pod is over or deleted. A claim is proposed for files that an app container writes,
    /// rather than for those that an init container writes anew.
    pub(super) fn volumes_go(&mut self, state: PodState) {
        let workload = self.workload;
        let by_app =
            |volume: &&Volume<'_>| workload.uses(volume).any(|(other, mount)| other.role != Role::Init && !mount.read_only);
        let of_apps = workload.shared().filter(by_app).chain(workload.empty_dirs().filter(by_app));
        self.go(state, of_apps.chain(workload.shared()).chain(workload.empty_dirs()).next());
    }

    /// As [`volumes_go`](Self::volumes_go), because of `volume`.
    pub(super) fn volumes_go_by(&mut self, state: PodState, volume: &Volume<'_>) {
        self.go(state, Some(volume));
    }

    /// Tells that all emptyDirs are lost, and how the files of `dearest` would be kept.
    fn go(&mut self, state: PodState, dearest: Option<&Volume<'_>>) {
        let why = if state == PodState::Deleted { "deletes it with the Pod" } else { "removes it when the Pod is over" };
        self.volumes(state, |volume| (Fate::Lost, format!("{} is lost: the kubelet {why}.", quoted(volume.name))));
        if let Some(volume) = dearest {
            let Lever { field, sentence } = keeping(self.workload, volume);
            self.lever(field, sentence);
        }
    }

    /// Tells that the containers start in their order, all in a new Pod or again in this one.
    pub(super) fn start_all(&mut self, cause: Cause) {
        let workload = self.workload;
        for container in &workload.containers {
            let name = quoted(container.name);
            let sentence = match container.role {
                Role::Init => format!("{name} runs and has to succeed before the next one starts."),
                Role::Sidecar if container.has("startupProbe") => {
                    format!("{name} starts, and the next one waits until its startup probe succeeds.")
                }
                Role::Sidecar => format!("{name} starts and runs beside the others."),
                Role::App if self.has_init() => format!("{name} starts when all init containers are done."),
                Role::App => format!("{name} starts."),
            };
            self.start(container, cause, sentence);
        }
        if workload.apps().count() > 1 {
            self.note("App containers do not wait for each other.");
        }
    }

    pub(super) fn has_init(&self) -> bool {
        self.workload.containers.iter().any(|container| container.role == Role::Init)
    }

    /// Tells how the app containers end.
    pub(super) fn end_apps(&mut self, cause: Cause, how: &str) {
        self.end_each_app(cause, |_| how.to_owned());
    }

    /// Tells of each app container how it ends.
    pub(super) fn end_each_app(&mut self, cause: Cause, how: impl Fn(&Container<'_>) -> String) {
        let workload = self.workload;
        for container in workload.apps() {
            self.end(container, cause, format!("{} {}.", quoted(container.name), how(container)));
        }
    }

    /// Tells how the sidecars end, the last one first.
    pub(super) fn end_sidecars(&mut self, cause: Cause, how: &str) {
        self.end_sidecars_of(&self.workload.containers, cause, how);
    }

    /// As [`end_sidecars`](Self::end_sidecars), of those that have started before `container`.
    pub(super) fn end_sidecars_before(&mut self, container: &Container<'_>, cause: Cause, how: &str) {
        let all = &self.workload.containers;
        let end = all.iter().position(|other| other.is(container)).unwrap_or(all.len());
        self.end_sidecars_of(&all[..end], cause, how);
    }

    fn end_sidecars_of(&mut self, containers: &[Container<'_>], cause: Cause, how: &str) {
        for container in containers.iter().rev().filter(|container| container.role == Role::Sidecar) {
            self.end(container, cause, format!("{} {how}.", quoted(container.name)));
        }
    }

    /// `words`, if the Pod has an emptyDir that they can be about.
    pub(super) fn if_empty_dirs<'t>(&self, words: &'t str) -> &'t str {
        if self.workload.empty_dirs().next().is_some() { words } else { "" }
    }

    /// True if some volume of the Pod keeps its files.
    pub(super) fn keeps_files(&self) -> bool {
        self.outcome.volumes.iter().any(|volume| matches!(volume.fate, Fate::Kept | Fate::Stale | Fate::Full))
    }

    /// Notes that init containers do not run again.
    pub(super) fn note_init_stays_done(&mut self) {
        let workload = self.workload;
        let init = workload.containers.iter().filter(|container| container.role == Role::Init);
        let names: Vec<_> = init.map(|container| container.name).collect();
        match names.len() {
            0 => {}
            1 => self.note(format!("The init container {} does not run again.", listed(names.into_iter(), "and"))),
            _ => self.note(format!("The init containers {} do not run again.", listed(names.into_iter(), "and"))),
        }
    }
}

/// What would keep the files of `volume`, as it suits the kind: each Pod of a `StatefulSet` has claims of its own, those of a
/// `DaemonSet` stay on their nodes.
fn keeping(workload: &Workload<'_>, volume: &Volume<'_>) -> Lever {
    let (name, place) = (quoted(volume.name), workload.volume_place(volume));
    let (field, sentence) = match workload.kind {
        "StatefulSet" => {
            let field = Path::root().entry("spec").entry("volumeClaimTemplates");
            (
                field,
                format!(
                    "With a claim template in place of the emptyDir, the next Pod of the same name would find the files of {name}."
                ),
            )
        }
        "DaemonSet" => {
            let sentence = format!(
                "With a directory of the node in place of the emptyDir, the next Pod there would find the files of {name}."
            );
            (place.entry("hostPath"), sentence)
        }
        _ => {
            let replicas = inside(workload.document, &["spec", "replicas"]).and_then(Value::as_u64);
            let of_all = if replicas.is_some_and(|replicas| replicas > 1) { ", and all replicas would share them" } else { "" };
            let sentence = format!("With a claim in place of the emptyDir, the files of {name} would outlive the Pod{of_all}.");
            (place.entry("persistentVolumeClaim"), sentence)
        }
    };
    Lever { field, sentence }
}

/// What becomes of a volume that is no emptyDir.
fn elsewhere(volume: &Volume<'_>, state: PodState) -> (Fate, String) {
    let name = quoted(volume.name);
    let is = |sources: &[&str]| sources.iter().any(|source| volume.is_of(source));
    match () {
        () if volume.is_claim => {
            (Fate::Kept, format!("{name} is a claim of the StatefulSet: the next Pod of the same name gets it."))
        }
        () if is(&["ephemeral"]) && state == PodState::Deleted => {
            (Fate::Lost, format!("{name} is lost: its claim is deleted with the Pod."))
        }
        () if is(&["ephemeral", "persistentVolumeClaim"]) => {
            (Fate::Elsewhere, format!("{name} is a claim: its files are kept outside of the Pod."))
        }
        () if is(&["hostPath"]) => {
            (Fate::Elsewhere, format!("{name} is a directory of the node: a Pod on another node does not see its files."))
        }
        () if is(&["configMap", "secret", "projected", "downwardAPI"]) => {
            (Fate::Elsewhere, format!("{name} comes from the cluster, and every Pod gets it anew."))
        }
        () if is(&["image"]) => (Fate::Elsewhere, format!("{name} comes from an image, and every Pod gets it anew.")),
        () => (Fate::Elsewhere, format!("{name} is kept, or not, outside of the Pod.")),
    }
}

//! What may happen to a Pod.

use std::fmt;
use std::str::FromStr;

use super::policy::{self, is_started_again_when_it_ends};
use crate::memory::written_pod_limit;
use crate::workload::{Container, Restarts, Role, Volume, Workload};

/// How many events of one sort there are.
const MAX_OF_SORT: usize = 8;

/// How long a name may be that an event has.
const MAX_NAME: usize = 63;

/// Something that may happen to a Pod.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A container fails.
    Crash(String),
    /// A container is started again although it has not failed: its liveness probe fails, or it ends by itself.
    Restart(String),
    /// A volume fills up.
    Fill(String),
    /// A container that writes uses too much memory.
    Memory(String),
    /// The node reboots.
    Reboot,
    /// The node is drained.
    Drain,
    /// A new version of the Pod replaces it.
    Replace,
    /// The work is done.
    Finish,
    /// The Pod is deleted.
    Delete,
}

/// Why a text is not the id of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseEventError;

impl Event {
    /// Its name, which stays and needs no escapes in an address: `crash:writer`, `fill:html`, `reboot`.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Crash(name) => format!("crash:{name}"),
            Self::Restart(name) => format!("restart:{name}"),
            Self::Fill(name) => format!("fill:{name}"),
            Self::Memory(name) => format!("memory:{name}"),
            Self::Reboot => "reboot".to_owned(),
            Self::Drain => "drain".to_owned(),
            Self::Replace => "replace".to_owned(),
            Self::Finish => "finish".to_owned(),
            Self::Delete => "delete".to_owned(),
        }
    }

    /// A few words for a button.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Crash(name) => format!("{name} crashes"),
            Self::Restart(name) => format!("{name} restarts"),
            Self::Fill(name) => format!("{name} fills up"),
            Self::Memory(name) => format!("{name} uses too much memory"),
            Self::Reboot => "the node reboots".to_owned(),
            Self::Drain => "the node is drained".to_owned(),
            Self::Replace => "the Pod is replaced".to_owned(),
            Self::Finish => "the work finishes".to_owned(),
            Self::Delete => "the Pod is deleted".to_owned(),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.id())
    }
}

impl fmt::Display for ParseEventError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no event is called that")
    }
}

impl std::error::Error for ParseEventError {}

impl FromStr for Event {
    type Err = ParseEventError;

    /// Reads what [`Event::id`] writes.
    fn from_str(id: &str) -> Result<Self, Self::Err> {
        match id.split_once(':') {
            Some((sort, name)) if is_plain(name) => of_sort(sort, name.to_owned()),
            Some(_) => None,
            None => of_pod(id),
        }
        .ok_or(ParseEventError)
    }
}

fn of_sort(sort: &str, name: String) -> Option<Event> {
    match sort {
        "crash" => Some(Event::Crash(name)),
        "restart" => Some(Event::Restart(name)),
        "fill" => Some(Event::Fill(name)),
        "memory" => Some(Event::Memory(name)),
        _ => None,
    }
}

fn of_pod(id: &str) -> Option<Event> {
    match id {
        "reboot" => Some(Event::Reboot),
        "drain" => Some(Event::Drain),
        "replace" => Some(Event::Replace),
        "finish" => Some(Event::Finish),
        "delete" => Some(Event::Delete),
        _ => None,
    }
}

/// True of a name that can stand in an address, as those do that the API server admits.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_plain)
}

/// The events that make sense for `workload`.
pub(super) fn of<'a>(workload: &Workload<'a>) -> Vec<Event> {
    if workload.kind == "PodTemplate" || workload.apps().next().is_none() {
        return Vec::new();
    }
    let mut events = Vec::new();
    let crashing = |container: &Container<'a>| container.role == Role::App || writes_shared(workload, container);
    add(&mut events, containers(workload, crashing), Event::Crash);
    add(&mut events, containers(workload, |container| restarts(workload, container)), Event::Restart);
    let of_one = workload.empty_dirs().filter(|volume| !volume.is_shared());
    let filled = workload.shared().chain(of_one).filter(|volume| fills(workload, volume));
    add(&mut events, filled.map(|volume| volume.name), Event::Fill);
    add(&mut events, containers(workload, |container| may_use_too_much(workload, container)), Event::Memory);
    events.extend([Event::Reboot, Event::Drain]);
    events.extend(matches!(workload.kind, "Deployment" | "StatefulSet" | "DaemonSet").then_some(Event::Replace));
    events.extend(finishes(workload).then_some(Event::Finish));
    events.push(Event::Delete);
    events
}

fn containers<'w, 'a>(workload: &'w Workload<'a>, is_meant: impl Fn(&Container<'a>) -> bool) -> impl Iterator<Item = &'w str> {
    workload.containers.iter().filter(move |container| is_meant(container)).map(|container| container.name)
}

/// Adds an event for each name, once.
fn add<'w>(events: &mut Vec<Event>, names: impl Iterator<Item = &'w str>, event: impl Fn(String) -> Event) {
    let mut added = 0;
    for name in names.filter(|name| is_plain(name)) {
        let event = event(name.to_owned());
        if added < MAX_OF_SORT && !events.contains(&event) {
            events.push(event);
            added += 1;
        }
    }
}

fn writes_shared<'a>(workload: &Workload<'a>, container: &Container<'a>) -> bool {
    workload.empty_dir_mounts(container).any(|(mount, volume)| !mount.read_only && volume.is_shared())
}

fn restarts(workload: &Workload<'_>, container: &Container<'_>) -> bool {
    let is_probed = || container.has("livenessProbe") && policy::of(workload, container) != Restarts::Never;
    container.role != Role::Init && (is_probed() || is_started_again_when_it_ends(workload, container))
}

/// True if somebody may write into `volume`, whose medium is known.
fn fills(workload: &Workload<'_>, volume: &Volume<'_>) -> bool {
    let medium = volume.empty_dir().map_or("", |empty_dir| empty_dir.medium);
    let is_known = matches!(medium, "" | "Memory") || medium.starts_with("HugePages");
    is_known && workload.uses(volume).any(|(_, mount)| !mount.read_only)
}

fn may_use_too_much<'a>(workload: &Workload<'a>, container: &Container<'a>) -> bool {
    let mut volumes = workload.empty_dir_mounts(container).filter(|(mount, _)| !mount.read_only).map(|(_, volume)| volume);
    let is_limited = container.memory_limit.is_some_and(|limit| limit > 0) || written_pod_limit(workload).is_some();
    volumes.any(|volume| is_limited || volume.is_memory())
}

fn finishes(workload: &Workload<'_>) -> bool {
    let is_job = matches!(workload.kind, "Job" | "CronJob");
    is_job || (workload.completes() && workload.apps().all(|container| !container.process().never_ends()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::{event, events};
    use serde_json::{Value, json};

    fn ids(document: &Value) -> Vec<String> {
        events(document).iter().map(Event::id).collect()
    }

    fn pod(kind: &str, medium: &str) -> Value {
        let mount = json!([{"name": "v", "mountPath": "/v"}]);
        let spec = json!({"containers": [{"name": "a", "image": "nginx", "volumeMounts": mount},
            {"name": "b", "image": "nginx", "livenessProbe": {}, "volumeMounts": mount}],
            "volumes": [{"name": "v", "emptyDir": {"medium": medium}}]});
        json!({"kind": kind, "spec": {"template": {"spec": spec}}})
    }

    #[test]
    fn events_make_sense_for_the_document() {
        let shared = ["crash:a", "crash:b", "restart:b", "fill:v"];
        assert_eq!(ids(&pod("Deployment", "")), [&shared[..], &["reboot", "drain", "replace", "delete"]].concat());
        assert_eq!(
            ids(&pod("Job", "Memory")),
            [&shared[..], &["memory:a", "memory:b", "reboot", "drain", "finish", "delete"]].concat()
        );
        assert_eq!(ids(&pod("PodTemplate", "")), Vec::<String>::new());
        assert_eq!(ids(&json!({"kind": "Service"})), Vec::<String>::new());
    }

    #[test]
    fn shared_volumes_fill_up_before_those_of_one_container() {
        let mount = |name: &str| json!({"name": name, "mountPath": format!("/{name}")});
        let one = json!({"name": "a", "image": "nginx", "volumeMounts": [mount("own"), mount("v")]});
        let two = json!({"name": "b", "image": "nginx", "volumeMounts": [mount("v")]});
        let volumes = json!([{"name": "own", "emptyDir": {}}, {"name": "v", "emptyDir": {}}, {"name": "idle", "emptyDir": {}}]);
        let ids = ids(&json!({"kind": "Pod", "spec": {"containers": [one, two], "volumes": volumes}}));
        assert_eq!(ids, ["crash:a", "crash:b", "fill:v", "fill:own", "reboot", "drain", "delete"]);
    }

    #[test]
    fn an_event_is_found_by_its_id() {
        let document = pod("Deployment", "Memory");
        for expected in events(&document) {
            assert_eq!(event(&document, &expected.id()), Some(expected.clone()));
            assert!(!expected.label().is_empty());
        }
        for id in ["", "crash", "crash:", "crash:c", "fill:a", "reboot:a", "drain:a", "crash:a b", "finish"] {
            assert_eq!(event(&document, id), None, "{id}");
        }
    }

    #[test]
    fn there_are_few_events_and_none_of_odd_names() {
        let container = |index: usize| json!({"name": format!("c{index}"), "livenessProbe": {}});
        let mut containers: Vec<_> = (0..50).map(container).collect();
        containers.insert(0, json!({"name": "a/b?"}));
        containers.insert(0, json!({"name": "c0"}));
        let ids = ids(&json!({"kind": "Pod", "spec": {"containers": containers}}));
        assert_eq!(ids.len(), 8 + 8 + 3, "{ids:?}");
    }
}

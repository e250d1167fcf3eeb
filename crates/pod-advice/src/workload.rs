//! A document as the rules see it: its containers in the order of their start, what they mount, its volumes and who uses them.

mod container;
mod idle;
mod mount;
mod volume;

use std::collections::{HashMap, HashSet};

use kube_dry_run::{Change, Path, entry, kinds, milli_value};
use serde_json::Value;

pub(crate) use self::container::{Container, FileInVolume, Role};
pub(crate) use self::mount::{Mount, lies_in, normalized};
pub(crate) use self::volume::{Use, Volume};
pub use self::volume::{is_read_only_volume, volume_source};

/// How many containers, volumes and mounts of a container are looked at: more than the object fits into any cluster.
const MAX_CONTAINERS: usize = 200;
const MAX_VOLUMES: usize = 500;
const MAX_MOUNTS: usize = 200;

/// How many mounts are looked at in a document, and how many of one volume.
const MAX_ALL_MOUNTS: usize = 4_000;
const MAX_USES: usize = 400;

/// How many bytes of commands are read in one document.
const MAX_COMMAND_BYTES: usize = 64 * 1024;

/// Where a `StatefulSet` has the claims that it makes for each of its Pods, which are volumes of the same name.
const CLAIMS: &str = "volumeClaimTemplates";

/// When containers are started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Restarts {
    Always,
    OnFailure,
    Never,
}

/// How much more of a document is looked at.
struct Room {
    mounts: usize,
    command_bytes: usize,
}

/// A document with a Pod in it. It is read once, its commands when something first wants to know of them, so whoever asks for
/// more than one thing asks it of the same workload.
#[derive(Debug)]
pub struct Workload<'a> {
    /// The kind, as the document says it.
    pub(crate) kind: &'static str,
    pub(crate) document: &'a Value,
    /// The Pod's `spec`.
    pub(crate) pod: &'a Value,
    pub(crate) restarts: Restarts,
    /// All containers in the order in which they start.
    pub(crate) containers: Vec<Container<'a>>,
    /// Those of the Pod, then the claims that a `StatefulSet` makes, each of which takes the place of a volume of its name.
    pub(crate) volumes: Vec<Volume<'a>>,
    spec: Path,
}

impl<'a> Workload<'a> {
    /// `document`, which may be any JSON value, as the rules see it; `None` of a kind without a Pod, and without a Pod's `spec`.
    #[must_use]
    pub fn of(document: &'a Value) -> Option<Self> {
        let kind = kinds::Kind::of(document)?;
        let template = kind.pod_template();
        let pod = template.find(document)?.get("spec").filter(|spec| spec.is_object())?;
        // What is no object is refused, and says nothing of a volume.
        let readable = list(pod, "volumes").take(MAX_VOLUMES).filter(|(_, value)| value.is_object());
        let mut volumes: Vec<_> = readable.map(|(position, value)| Volume::read(position, value)).collect();
        if kind.name == "StatefulSet" {
            let templates = document.get("spec").into_iter().flat_map(|spec| list(spec, CLAIMS)).take(MAX_VOLUMES);
            let readable = templates.filter(|(_, value)| value.is_object());
            let claims: Vec<_> = readable.map(|(position, value)| Volume::claim(position, value)).collect();
            let names: HashSet<_> = claims.iter().map(|claim| claim.name).collect();
            volumes.retain(|volume| !names.contains(volume.name));
            volumes.extend(claims);
        }
        let mut containers = Vec::new();
        let mut room = Room { mounts: MAX_ALL_MOUNTS, command_bytes: MAX_COMMAND_BYTES };
        for field in ["initContainers", "containers"] {
            for (position, value) in list(pod, field).take(MAX_CONTAINERS) {
                containers.push(Container::read(field, position, value, pod, &mut room));
            }
        }
        // Of two volumes of one name the first counts.
        let by_name: HashMap<_, _> = volumes.iter().enumerate().rev().map(|(index, volume)| (volume.name, index)).collect();
        for (container, seen) in containers.iter_mut().enumerate() {
            for (mount, mounted) in seen.mounts.iter_mut().enumerate() {
                mounted.volume = by_name.get(mounted.name).copied();
                if let Some(volume) =
                    mounted.volume.map(|volume| &mut volumes[volume]).filter(|volume| volume.uses.len() < MAX_USES)
                {
                    volume.uses.push(Use { container, mount });
                }
            }
        }
        let may_end = matches!(kind.name, "Pod" | "Job" | "CronJob" | "PodTemplate");
        let restarts = match pod.get("restartPolicy").and_then(Value::as_str).filter(|_| may_end) {
            Some("Never") => Restarts::Never,
            Some("OnFailure") => Restarts::OnFailure,
            _ => Restarts::Always,
        };
        Some(Self { kind: kind.name, document, pod, restarts, containers, volumes, spec: template.entry("spec") })
    }

    /// True of what is meant to complete: a Job, a `CronJob`, a Pod that does not restart for ever.
    pub(crate) fn completes(&self) -> bool {
        matches!(self.kind, "Job" | "CronJob") || self.restarts != Restarts::Always
    }

    /// The kind of the controller that a Pod says it belongs to, as one does that is read from a cluster.
    pub(crate) fn controller(&self) -> Option<&'a str> {
        let metadata = self.document.get("metadata").filter(|_| self.kind == "Pod")?;
        let is_controller = |owner: &&Value| owner.get("controller") == Some(&Value::Bool(true));
        list(metadata, "ownerReferences").map(|(_, owner)| owner).find(is_controller).and_then(|owner| text(owner, "kind"))
    }

    /// How a sentence calls it.
    pub(crate) fn noun(&self) -> &'static str {
        match self.kind {
            "Job" => "Job",
            "CronJob" => "CronJob's Job",
            _ => "Pod",
        }
    }

    /// The containers that run side by side.
    pub(crate) fn apps(&self) -> impl Iterator<Item = &Container<'a>> {
        self.containers.iter().filter(|container| container.role == Role::App)
    }

    /// The emptyDirs, among them volumes that name no source.
    pub(crate) fn empty_dirs(&self) -> impl Iterator<Item = &Volume<'a>> {
        self.volumes.iter().filter(|volume| volume.empty_dir().is_some())
    }

    /// The emptyDirs that two containers or more mount.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &Volume<'a>> {
        self.empty_dirs().filter(|volume| volume.is_shared())
    }

    /// Who mounts `volume`, and where.
    pub(crate) fn uses<'w>(&'w self, volume: &'w Volume<'_>) -> impl Iterator<Item = (&'w Container<'a>, &'w Mount<'a>)> {
        volume.uses.iter().map(|used| (&self.containers[used.container], &self.containers[used.container].mounts[used.mount]))
    }

    /// The volume of `mount`.
    pub(crate) fn volume_of(&self, mount: &Mount<'_>) -> Option<&Volume<'a>> {
        mount.volume.map(|volume| &self.volumes[volume])
    }

    /// The mounts of `container` that are of an emptyDir, with it.
    pub(crate) fn empty_dir_mounts<'w>(
        &'w self,
        container: &'w Container<'a>,
    ) -> impl Iterator<Item = (&'w Mount<'a>, &'w Volume<'a>)> {
        let mounts = container.mounts.iter().filter_map(|mount| self.volume_of(mount).map(|volume| (mount, volume)));
        mounts.filter(|(_, volume)| volume.empty_dir().is_some())
    }

    /// True if a container may write into `volume`.
    pub(crate) fn is_writable(&self, volume: &Volume<'_>) -> bool {
        self.uses(volume).any(|(_, mount)| !mount.read_only)
    }

    /// True if an init container that ends before the others start may write into `volume`.
    pub(crate) fn is_filled_by_init(&self, volume: &Volume<'_>) -> bool {
        self.uses(volume).any(|(container, mount)| container.role == Role::Init && !mount.read_only)
    }

    /// True if a container other than `reader` may write what the reader's `mount` of `volume` shows.
    pub(crate) fn is_written_by_others(&self, volume: &Volume<'_>, reader: &Container<'_>, mount: &Mount<'_>) -> bool {
        self.other_writers(volume, reader, mount).next().is_some()
    }

    /// The containers other than `reader` that may write what the reader's `mount` of `volume` shows, with their mounts.
    pub(crate) fn other_writers<'w>(
        &'w self,
        volume: &'w Volume<'_>,
        reader: &'w Container<'_>,
        mount: &'w Mount<'_>,
    ) -> impl Iterator<Item = (&'w Container<'a>, &'w Mount<'a>)> {
        self.uses(volume).filter(|(container, other)| !container.is(reader) && !other.read_only && other.meets(mount))
    }

    /// True if `container` is known not to run as root, whoever it is then.
    pub(crate) fn is_not_root(&self, container: &Container<'_>) -> bool {
        let said = |value: &Value| inside(value, &["securityContext", "runAsNonRoot"]).and_then(Value::as_bool);
        match container.known_user() {
            Some(user) => user != 0,
            None => said(container.value).or_else(|| said(self.pod)).unwrap_or_default(),
        }
    }

    /// True if a container limits what it may keep on the disk of the node.
    pub(crate) fn limits_storage(&self) -> bool {
        self.containers.iter().any(|container| container.storage_limit.is_some())
    }

    /// Gives `volume`, an emptyDir on disk, a limit of the usual size.
    pub(crate) fn limit_on_disk(&self, volume: &Volume<'_>) -> Change {
        Change::Set(self.limit_place(volume), "1Gi".into())
    }

    /// Where the limit of `volume`, an emptyDir, stands.
    pub(crate) fn limit_place(&self, volume: &Volume<'_>) -> Path {
        self.volume_place(volume).entry("emptyDir").entry("sizeLimit")
    }

    /// The Pod's `spec`, or a field of it.
    pub(crate) fn pod_place(&self) -> Path {
        self.spec.clone()
    }

    pub(crate) fn place(&self, container: &Container<'_>) -> Path {
        self.spec.entry(container.list).index(container.position)
    }

    /// All `resources`, each with the container that they are of; those of the Pod are of none.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (Option<&Container<'a>>, &'a Value)> {
        let of_pod = self.pod.get("resources").map(|resources| (None, resources));
        let of_containers = self.containers.iter().filter_map(|one| Some((Some(one), one.value.get("resources")?)));
        of_pod.into_iter().chain(of_containers)
    }

    /// The volumes that show an image, each with the name of that and its place.
    pub(crate) fn shown_images(&self) -> impl Iterator<Item = (&Volume<'a>, &'a str, Path)> {
        let shown = self.volumes.iter().filter(|volume| volume.is_of("image") && !volume.is_claim);
        shown.filter_map(|volume| {
            let reference = inside(volume.value, &["image", "reference"])?.as_str()?;
            Some((volume, reference, self.volume_place(volume).entry("image").entry("reference")))
        })
    }

    /// Where the `resources` of `container`, or those of the Pod, stand.
    pub(crate) fn resources_place(&self, container: Option<&Container<'_>>) -> Path {
        container.map_or_else(|| self.pod_place(), |container| self.place(container)).entry("resources")
    }

    pub(crate) fn mount_place(&self, container: &Container<'_>, mount: &Mount<'_>) -> Path {
        self.place(container).entry("volumeMounts").index(mount.position)
    }

    pub(crate) fn volume_place(&self, volume: &Volume<'_>) -> Path {
        let list = if volume.is_claim { Path::root().entry("spec").entry(CLAIMS) } else { self.spec.entry("volumes") };
        list.index(volume.position)
    }

    /// Where a new item of a list of the Pod's `spec` goes.
    pub(crate) fn end_of(&self, field: &str) -> Path {
        self.pod_place().entry(field).index(self.pod.get(field).and_then(Value::as_array).map_or(0, Vec::len))
    }
}

/// The items of a list in `parent`, with their positions.
pub(crate) fn list<'a>(parent: &'a Value, field: &str) -> impl Iterator<Item = (usize, &'a Value)> {
    entry(parent, field).and_then(Value::as_array).map_or(&[] as &[_], Vec::as_slice).iter().enumerate()
}

/// The value that stands in `parent` behind `fields`, each within the one before.
pub(crate) fn inside<'a>(parent: &'a Value, fields: &[&str]) -> Option<&'a Value> {
    fields.iter().try_fold(parent, |value, field| entry(value, field))
}

/// A text in `parent`.
pub(crate) fn text<'a>(parent: &'a Value, field: &str) -> Option<&'a str> {
    entry(parent, field)?.as_str()
}

/// No amount is larger, so that sums of them are numbers too.
const MAX_AMOUNT: i128 = 1 << 90;

/// The amount that `value` says, in thousandths.
pub(crate) fn amount(value: &Value) -> Option<i128> {
    let amount = match value {
        Value::String(text) if text.len() < 64 => milli_value(text.trim()),
        Value::Number(number) => milli_value(&number.to_string()),
        _ => None,
    };
    amount.map(|amount| amount.clamp(-MAX_AMOUNT, MAX_AMOUNT))
}

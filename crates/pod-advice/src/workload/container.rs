//! A container, with its role among the others.

use std::cell::OnceCell;

use kube_dry_run::Path;
use serde_json::Value;

use super::{MAX_MOUNTS, Mount, Room, amount, inside, lies_in, list};
use crate::image::Image;
use crate::process::Process;
use crate::shell::FileUse;

/// The index of a volume, and a path in it.
pub(crate) type FileInVolume = (usize, String);

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It ends before the next one starts.
    Init,
    /// A native sidecar: an init container that goes on, and is no reason for a Job to go on.
    Sidecar,
    /// It runs beside the other ones.
    App,
}

/// A container of a Pod.
#[derive(Debug)]
pub(crate) struct Container<'a> {
    pub(crate) role: Role,
    /// The field of the Pod that it stands in.
    pub(crate) list: &'static str,
    pub(crate) position: usize,
    pub(crate) name: &'a str,
    pub(crate) value: &'a Value,
    pub(crate) image: Image<'a>,
    pub(crate) mounts: Vec<Mount<'a>>,
    /// The user that it is told to run as, by itself or by the Pod.
    pub(crate) user: Option<i64>,
    /// Its limits of memory, of which 0 is none, and of ephemeral storage, in thousandths of a byte.
    pub(crate) memory_limit: Option<i128>,
    pub(crate) storage_limit: Option<i128>,
    may_read: bool,
    process: OnceCell<Process<'a>>,
    hook_process: OnceCell<Option<Process<'a>>>,
    tells_files: OnceCell<bool>,
    tells_places: OnceCell<bool>,
}

/// The fields of a container that all documents are asked for.
#[derive(Default)]
struct Fields<'a> {
    name: Option<&'a Value>,
    image: Option<&'a Value>,
    restart_policy: Option<&'a Value>,
    security_context: Option<&'a Value>,
    resources: Option<&'a Value>,
    commands: [Option<&'a Value>; 2],
    mounts: Option<&'a Value>,
}

impl<'a> Fields<'a> {
    fn of(container: &'a Value) -> Self {
        let mut fields = Self::default();
        for (key, value) in container.as_object().into_iter().flatten() {
            let field = match key.as_str() {
                "name" => &mut fields.name,
                "image" => &mut fields.image,
                "restartPolicy" => &mut fields.restart_policy,
                "securityContext" => &mut fields.security_context,
                "resources" => &mut fields.resources,
                "command" => &mut fields.commands[0],
                "args" => &mut fields.commands[1],
                "volumeMounts" => &mut fields.mounts,
                _ => continue,
            };
            *field = Some(value);
        }
        fields
    }
}

impl<'a> Container<'a> {
    /// Reads a container of the list `list`; its commands only if there is `room` left for them.
    pub(super) fn read(list_name: &'static str, position: usize, value: &'a Value, pod: &'a Value, room: &mut Room) -> Self {
        let fields = Fields::of(value);
        let text = |field: Option<&'a Value>| field.and_then(Value::as_str);
        let role = match (list_name, text(fields.restart_policy)) {
            ("containers", _) => Role::App,
            (_, Some("Always")) => Role::Sidecar,
            _ => Role::Init,
        };
        let mounts = fields.mounts.and_then(Value::as_array).into_iter().flatten().take(MAX_MOUNTS.min(room.mounts));
        let mounts = mounts.enumerate().map(|(position, value)| Mount::read(position, value));
        // A mount without a path is refused, and is none at the root.
        let mounts: Vec<_> = mounts.filter(|mount| !mount.written.is_empty()).collect();
        room.mounts -= mounts.len();
        let user = |context: Option<&Value>| context?.get("runAsUser")?.as_i64();
        let limits = fields.resources.and_then(|resources| resources.get("limits"));
        let limit = |resource: &str| limits.and_then(|limits| limits.get(resource)).and_then(amount);
        let items = fields.commands.into_iter().flatten().filter_map(Value::as_array).flatten();
        let bytes = items.map(|item| item.as_str().map_or(0, str::len)).fold(0, usize::saturating_add);
        let may_read = bytes <= room.command_bytes;
        room.command_bytes = room.command_bytes.saturating_sub(bytes);
        Self {
            role,
            list: list_name,
            position,
            name: text(fields.name).unwrap_or_default(),
            value,
            image: Image::read(text(fields.image).unwrap_or_default()),
            mounts,
            user: user(fields.security_context).or_else(|| user(pod.get("securityContext"))),
            memory_limit: limit("memory").filter(|limit| *limit > 0),
            storage_limit: limit("ephemeral-storage"),
            may_read,
            process: OnceCell::new(),
            hook_process: OnceCell::new(),
            tells_files: OnceCell::new(),
            tells_places: OnceCell::new(),
        }
    }

    /// What it runs.
    pub(crate) fn process(&self) -> &Process<'a> {
        self.process.get_or_init(|| Process::of(self.value, &self.image, self.may_read))
    }

    /// True of an init container or a sidecar that `other` waits for.
    pub(crate) fn starts_before(&self, other: &Container<'_>) -> bool {
        self.role != Role::App && (other.role == Role::App || self.position < other.position)
    }

    /// True if it can write only where something is mounted.
    pub(crate) fn has_read_only_root(&self) -> bool {
        inside(self.value, &["securityContext", "readOnlyRootFilesystem"]) == Some(&Value::Bool(true))
    }

    /// True if this is `other`.
    pub(crate) fn is(&self, other: &Container<'_>) -> bool {
        self.list == other.list && self.position == other.position
    }

    /// True if it says itself what it runs, or with which arguments.
    pub(crate) fn has_command(&self) -> bool {
        ["command", "args"].iter().any(|field| list(self.value, field).next().is_some())
    }

    /// The user that it runs as, if that is known.
    pub(crate) fn known_user(&self) -> Option<i64> {
        self.user.or_else(|| self.image.known.map(|known| known.user.unwrap_or(0)))
    }

    /// The mount that the file at `path` lies in: the innermost one.
    pub(crate) fn mount_of(&self, path: &str) -> Option<&Mount<'a>> {
        self.mounts.iter().filter(|mount| lies_in(path, &mount.path)).max_by_key(|mount| mount.path.len())
    }

    /// True if its command writes below `mount`.
    pub(crate) fn surely_writes(&self, mount: &Mount<'a>) -> bool {
        self.process().writes().any(|used| lies_in(&used.path, &mount.path))
    }

    /// What it runs beside its command right after its start.
    pub(crate) fn hook(&self) -> Option<&'a Value> {
        inside(self.value, &["lifecycle", "postStart", "exec"])
    }

    /// What its hook runs right after its start.
    pub(crate) fn hook_process(&self) -> Option<&Process<'a>> {
        let read = || self.hook().map(|hook| Process::of(hook, &self.image, self.may_read));
        self.hook_process.get_or_init(read).as_ref()
    }

    /// True if its hook writes below `mount`.
    pub(crate) fn hook_writes(&self, mount: &Mount<'a>) -> bool {
        self.hook_process().is_some_and(|process| process.writes().any(|used| lies_in(&used.path, &mount.path)))
    }

    /// The file in a volume that its command finds at `path`.
    pub(crate) fn file_in_volume(&self, path: &str) -> Option<FileInVolume> {
        let mount = self.mount_of(path)?;
        Some((mount.volume?, mount.in_volume(path)))
    }

    /// True unless `mount` is read-only, or the command is known to write elsewhere only.
    pub(crate) fn may_write(&self, mount: &Mount<'a>) -> bool {
        self.may_make(mount, |_| true)
    }

    /// True unless `mount` is read-only, or the command is known to make files elsewhere only, and directories at most.
    pub(crate) fn may_fill(&self, mount: &Mount<'a>) -> bool {
        self.may_make(mount, |used| used.program != "mkdir")
    }

    /// True unless `mount` is read-only, or the command is known to make nothing there that is such.
    fn may_make(&self, mount: &Mount<'a>, is_such: impl Fn(&FileUse) -> bool) -> bool {
        let meets = |used: &FileUse| lies_in(&used.path, &mount.path) || lies_in(&mount.path, &used.path);
        let makes = || self.process().writes().any(|used| meets(used) && is_such(used));
        !mount.read_only && (!self.makes_files_at_known_places() || makes())
    }

    /// True if it has somebody to type into it, or the means for that.
    pub(crate) fn is_interactive(&self) -> bool {
        ["stdin", "tty"].iter().any(|field| self.value[*field] == Value::Bool(true))
    }

    /// True if it runs the shell of its image, which has nothing to read.
    pub(crate) fn is_bare_shell(&self) -> bool {
        self.image.is_shell() && !self.has_command() && !self.is_interactive()
    }

    /// True if its command tells all places at which, or below which, it makes files.
    pub(crate) fn makes_files_at_known_places(&self) -> bool {
        let tells = || (self.is_bare_shell() || self.process().makes_files_at_known_places()) && !self.has("lifecycle");
        *self.tells_places.get_or_init(tells)
    }

    /// True if its command tells all files that it makes.
    pub(crate) fn makes_known_files_only(&self) -> bool {
        let tells = || (self.is_bare_shell() || self.process().makes_known_files_only()) && !self.has("lifecycle");
        *self.tells_files.get_or_init(tells)
    }

    /// True if it has a probe, a port or a hook of that name.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.value.get(field).is_some_and(|value| !value.is_null())
    }

    /// Shows `visit` what it runs by its command, and what probes and hooks run in it, each with the value that says so and the
    /// place of that, where the container stands at `place`. The scripts of the others are not read.
    pub(crate) fn each_process(&self, place: &Path, mut visit: impl FnMut(&Process<'_>, &Value, &Path)) {
        visit(self.process(), self.value, place);
        for fields in EXECUTED {
            let Some(value) = inside(self.value, fields) else { continue };
            let place = fields.iter().fold(place.clone(), |place, field| place.entry(*field));
            visit(&Process::of(value, &self.image, false), value, &place);
        }
    }

    /// What its probes and hooks run of which the words may be `wanted`, each with its place, where the container stands at `place`.
    pub(crate) fn executed<'c>(
        &'c self,
        place: &'c Path,
        wanted: impl Fn(&str) -> bool + 'c,
    ) -> impl Iterator<Item = (Process<'c>, Path)> {
        let is_wanted = move |value: &&Value| list(value, "command").any(|(_, word)| word.as_str().is_some_and(&wanted));
        EXECUTED.iter().filter_map(move |fields| {
            let value = inside(self.value, fields).filter(&is_wanted)?;
            let place = fields.iter().fold(place.clone(), |place, field| place.entry(*field));
            Some((Process::of(value, &self.image, self.may_read), place))
        })
    }
}

/// Where a container may have a command besides its own: in probes and hooks.
const EXECUTED: [&[&str]; 5] = [
    &["livenessProbe", "exec"],
    &["readinessProbe", "exec"],
    &["startupProbe", "exec"],
    &["lifecycle", "postStart", "exec"],
    &["lifecycle", "preStop", "exec"],
];

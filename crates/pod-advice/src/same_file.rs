//! Which paths of which containers are one file.
//!
//! Follows `pkg/kubelet/kubelet_pods.go` (v1.35, `makeMounts`), which puts a volume, or its `subPath`, at `mountPath`.

mod sentence;

use std::collections::HashSet;

use kube_dry_run::Path;
use serde_json::Value;

pub use self::sentence::Part;
use crate::process::Process;
use crate::shell::base_name;
use crate::workload::{Container, Mount, Role, Volume, Workload, lies_in, normalized};

/// How many volumes are looked at.
pub const MAX_SAME_FILE_VOLUMES: usize = 50;

/// How many containers a [`SameFile`] names.
pub const MAX_SAME_FILE_PLACES: usize = 8;

/// How many mounts of a volume, and how many files in it, are looked at.
const MAX_USES: usize = 64;
const MAX_FILES: usize = 16;

/// How many sentences there are about one volume.
const MAX_OF_VOLUME: usize = 4;

/// How many characters of a name or a path are kept.
const MAX_KEPT: usize = 253;

/// What a file is called when no command says.
const EXAMPLE: &str = "file";

/// Programs that write directories, or into them.
const OF_DIRECTORIES: [&str; 6] = ["git", "install", "mkdir", "rsync", "tar", "unzip"];

/// Sources that no container can write into.
const READ_ONLY_SOURCES: [&str; 5] = ["configMap", "downwardAPI", "image", "projected", "secret"];

/// One file, as the containers that share a volume see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameFile {
    /// The name of the volume.
    pub volume: String,
    /// Where the volume stands in the document.
    pub volume_field: Path,
    /// Where the file is: two places or more, first where it is written.
    pub places: Vec<FilePlace>,
    /// How many containers more have it.
    pub omitted: usize,
}

/// A file in one container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// The name of the container.
    pub container: String,
    /// Where the container's mount stands in the document.
    pub mount: Path,
    /// The path of the file in the container.
    pub path: String,
    /// False if the container can only read it.
    pub may_write: bool,
    /// True of an init container, which has ended before the app containers start.
    pub ends_first: bool,
}

/// A use of a volume.
type Seen<'w, 'a> = (&'w Container<'a>, &'w Mount<'a>);

/// The files that containers of `document` share, one or more of every volume that two containers or more mount at the same
/// place of it; `document` may be any JSON value.
#[must_use]
pub fn same_files(document: &Value) -> Vec<SameFile> {
    Workload::of(document).map(|workload| workload.same_files()).unwrap_or_default()
}

impl Workload<'_> {
    /// What [`same_files`] says of the document.
    #[must_use]
    pub fn same_files(&self) -> Vec<SameFile> {
        let shared = self.volumes.iter().filter(|volume| volume.is_shared()).take(MAX_SAME_FILE_VOLUMES);
        shared.flat_map(|volume| of_volume(self, volume)).collect()
    }
}

fn of_volume(workload: &Workload<'_>, volume: &Volume<'_>) -> Vec<SameFile> {
    let uses: Vec<Seen<'_, '_>> = workload.uses(volume).filter(|(_, mount)| mount.has_known_place()).take(MAX_USES).collect();
    let mut told: HashSet<Vec<Path>> = HashSet::new();
    let mut all = Vec::new();
    for file in files(&uses) {
        let same = same_file(workload, volume, &uses, &file);
        let mounts: Vec<_> = same.places.iter().map(|place| place.mount.clone()).collect();
        if same.places.len() > 1 && all.len() < MAX_OF_VOLUME && is_new(&mounts, &mut told) {
            all.push(same);
        }
    }
    all
}

/// True if no file has been told of for all of `mounts`.
fn is_new(mounts: &[Path], told: &mut HashSet<Vec<Path>>) -> bool {
    let mut sorted = mounts.to_vec();
    sorted.sort();
    let is_told = told.iter().any(|other| sorted.iter().all(|mount| other.contains(mount)));
    if !is_told {
        told.insert(sorted);
    }
    !is_told
}

/// Files in the volume that are worth a sentence: what commands write, the best first, then an example for every `subPath`.
fn files(uses: &[Seen<'_, '_>]) -> Vec<String> {
    let mut written: Vec<(u8, String)> = uses.iter().flat_map(|used| written_through(*used, uses)).collect();
    written.sort_by_key(|(rank, _)| *rank);
    written.truncate(MAX_FILES);
    let mut places: Vec<_> = uses.iter().map(|(_, mount)| mount.place.as_ref()).collect();
    places.sort_unstable();
    places.dedup();
    let examples = places.into_iter().take(MAX_FILES).map(example_in);
    written.into_iter().map(|(_, file)| file).chain(examples).collect()
}

/// The files that a container writes through a mount, by their paths in the volume, each with its rank.
fn written_through<'w>((container, mount): Seen<'w, '_>, uses: &[Seen<'w, '_>]) -> Vec<(u8, String)> {
    let process = container.process();
    let is_file = |path: &str, program: &str| *path != *mount.path && !OF_DIRECTORIES.contains(&program);
    let is_here = |path: &str| container.mount_of(path).is_some_and(|inner| inner.position == mount.position);
    let files = process.writes().filter(|used| used.is_exact && is_file(&used.path, &used.program) && is_here(&used.path));
    files.take(MAX_FILES).map(|used| (rank(process, &used.path, uses, mount), mount.in_volume(&used.path))).collect()
}

/// What somebody reads by its name is the best example, what is renamed at once the worst.
fn rank(writer: &Process<'_>, path: &str, uses: &[Seen<'_, '_>], mount: &Mount<'_>) -> u8 {
    let file = mount.in_volume(path);
    let reads = |(container, mount): &Seen<'_, '_>| {
        container.process().reads().any(|used| lies_in(&used.path, &mount.path) && mount.in_volume(&used.path) == file)
    };
    match () {
        () if writer.reads().any(|used| used.program == "mv" && used.path == path) => 2,
        () if uses.iter().any(reads) => 0,
        () => 1,
    }
}

/// A file in `place`, which is one itself if its name has an extension.
fn example_in(place: &str) -> String {
    let is_file = base_name(place).find('.').is_some_and(|dot| dot > 0);
    if is_file { place.to_owned() } else { format!("{}/{EXAMPLE}", place.trim_end_matches('/')) }
}

fn same_file(workload: &Workload<'_>, volume: &Volume<'_>, uses: &[Seen<'_, '_>], file: &str) -> SameFile {
    let mut found: Vec<(u8, FilePlace)> = Vec::new();
    let mut last = None;
    for (container, mount) in uses {
        let Some(path) = path_of(file, container, mount) else { continue };
        let this = (container.list, container.position);
        if last.replace(this) == Some(this) {
            continue;
        }
        let may_write = !mount.read_only && !is_read_only(volume);
        let writes = may_write && container.process().writes().any(|used| used.path == path);
        let order = if writes { 0 } else { u8::from(!may_write) + 1 };
        found.push((order, place(workload, container, mount, &path, may_write)));
    }
    found.sort_by_key(|(order, _)| *order);
    let omitted = found.len().saturating_sub(MAX_SAME_FILE_PLACES);
    let places = found.into_iter().take(MAX_SAME_FILE_PLACES).map(|(_, place)| place).collect();
    SameFile { volume: kept(volume.name), volume_field: workload.volume_place(volume), places, omitted }
}

fn place(workload: &Workload<'_>, container: &Container<'_>, mount: &Mount<'_>, path: &str, may_write: bool) -> FilePlace {
    FilePlace {
        container: kept(container.name),
        mount: workload.mount_place(container, mount),
        path: kept(path),
        may_write,
        ends_first: container.role == Role::Init,
    }
}

fn is_read_only(volume: &Volume<'_>) -> bool {
    READ_ONLY_SOURCES.iter().any(|source| volume.is_of(source))
}

/// The path in `container` of the file at `file` in the volume; `None` if its mount does not show it, or another one hides it.
fn path_of(file: &str, container: &Container<'_>, mount: &Mount<'_>) -> Option<String> {
    let place = mount.place.as_ref();
    let below = lies_in(file, place).then(|| &file[place.trim_end_matches('/').len()..])?;
    let path = normalized(&format!("{}{below}", mount.path)).into_owned();
    container.mount_of(&path).is_some_and(|inner| inner.position == mount.position).then_some(path)
}

/// `text`, or the beginning of a long one.
fn kept(text: &str) -> String {
    text.chars().take(MAX_KEPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kube_dry_run::yaml;
    use serde_json::json;

    fn sentences(spec: &str) -> Vec<String> {
        let spec = yaml::parse(spec).unwrap().remove(0).value;
        same_files(&json!({"kind": "Pod", "spec": spec})).iter().map(SameFile::sentence).collect()
    }

    #[test]
    fn the_name_is_the_one_that_the_writer_gives_it() {
        let spec = "
            containers:
              - name: writer
                image: alpine
                command: [sh, -c, 'while true; do date > /html/index.new; mv /html/index.new /html/index.html; sleep 5; done']
                volumeMounts: [{name: html, mountPath: /html/}]
              - name: web
                image: nginx
                volumeMounts: [{name: html, mountPath: /usr/share/nginx/html, readOnly: true}]
            volumes: [{name: html, emptyDir: {}}]";
        assert_eq!(
            sentences(spec),
            ["`/html/index.html` in `writer` is the same file as `/usr/share/nginx/html/index.html` in `web`. `web` can only \
              read it."]
        );
    }

    #[test]
    fn an_init_container_writes_before_the_others_start() {
        let spec = "
            initContainers:
              - {name: a, image: alpine, command: [sh, -c, 'date > /conf/x'], volumeMounts: [{name: v, mountPath: /conf}]}
            containers:
              - {name: b, image: mine, volumeMounts: [{name: v, mountPath: etc//app}]}
              - {name: c, image: mine, volumeMounts: [{name: v, mountPath: /c, readOnly: true}]}
            volumes: [{name: v}]";
        assert_eq!(
            sentences(spec),
            [
                "`/conf/x` in `a` is the same file as `/etc/app/x` in `b` and `/c/x` in `c`. `c` can only read it. `a` ends before \
              the app containers start."
            ]
        );
    }

    #[test]
    fn one_path_is_named_once() {
        let container = |name: &str| json!({"name": name, "volumeMounts": [{"name": "v", "mountPath": "/v"}]});
        let spec = json!({"containers": [container("a"), container("b"), container("c")], "volumes": [{"name": "v"}]});
        let files = same_files(&json!({"kind": "Pod", "spec": spec}));
        assert_eq!(files[0].sentence(), "`/v/file` is one file in `a`, `b` and `c`.");
    }

    #[test]
    fn what_lies_outside_of_a_sub_path_is_not_shared() {
        let mounts = |first: Value, second: Value| {
            let container = |name: &str, mount: Value| json!({"name": name, "volumeMounts": [mount]});
            let spec = json!({"containers": [container("a", first), container("b", second)], "volumes": [{"name": "v"}]});
            let files = same_files(&json!({"kind": "Pod", "spec": spec}));
            files.iter().map(SameFile::sentence).collect::<Vec<_>>().join(" ")
        };
        let whole = json!({"name": "v", "mountPath": "/whole"});
        let part = |path: &str| json!({"name": "v", "mountPath": "/part", "subPath": path});
        assert_eq!(mounts(whole.clone(), part("x/")), "`/whole/x/file` in `a` is the same file as `/part/file` in `b`.");
        assert_eq!(mounts(whole.clone(), part("x/a.conf")), "`/whole/x/a.conf` in `a` is the same file as `/part` in `b`.");
        assert_eq!(mounts(part("x"), part("y")), "");
        assert_eq!(mounts(whole, json!({"name": "v", "mountPath": "/part", "subPathExpr": "$(NAME)"})), "");
    }

    #[test]
    fn what_another_mount_hides_is_not_shared() {
        let spec = json!({"containers": [
            {"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/a"}, {"name": "w", "mountPath": "/a"}]},
            {"name": "b", "volumeMounts": [{"name": "v", "mountPath": "/b"}]}],
            "volumes": [{"name": "v"}, {"name": "w"}]});
        assert_eq!(same_files(&json!({"kind": "Pod", "spec": spec})), []);
    }

    #[test]
    fn nobody_writes_what_comes_from_the_cluster() {
        let container = |name: &str| json!({"name": name, "volumeMounts": [{"name": "v", "mountPath": format!("/{name}")}]});
        let volume = json!({"name": "v", "configMap": {"name": "c"}});
        let spec = json!({"containers": [container("a"), container("b")], "volumes": [volume]});
        let files = same_files(&json!({"kind": "Pod", "spec": spec}));
        assert_eq!(files[0].sentence(), "`/a/file` in `a` is the same file as `/b/file` in `b`. None of them can write it.");
        assert_eq!(files[0].places[1].mount.to_string(), "spec.containers[1].volumeMounts[0]");
    }

    #[test]
    fn the_answer_is_bounded() {
        let long = "x".repeat(10_000);
        let volumes: Vec<_> = (0..100).map(|index| json!({"name": format!("v{index}")})).collect();
        let mount = |index: usize| json!({"name": format!("v{index}"), "mountPath": format!("/{index}{long}")});
        let mounts: Vec<_> = (0..100).map(mount).collect();
        let containers: Vec<_> = (0..20).map(|index| json!({"name": format!("{index}{long}"), "volumeMounts": mounts})).collect();
        let files = same_files(&json!({"kind": "Pod", "spec": {"containers": containers, "volumes": volumes}}));
        assert_eq!((files.len(), files[0].places.len(), files[0].omitted), (50, 8, 12));
        assert!(files.iter().all(|file| file.sentence().len() < 2_000));
    }
}

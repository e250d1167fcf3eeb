//! The file of a Unix socket is still there when its server starts again.

use std::collections::HashSet;

use crate::process::MAX_VARIABLES;
use crate::rule::prelude::*;
use crate::shell::{Access, Call, Word, socket_of_code, with_values};
use crate::workload::{FileInVolume, Restarts, list, normalized, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("socket-stale"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "The file of a Unix socket is still there when its server starts again.",
    page: include_str!("socket_stale.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    let all: Vec<_> = workload.containers.iter().map(Told::of).collect();
    let mut served: HashSet<_> = all.iter().flat_map(Told::served).collect();
    // Whoever is never started again finds the volume as it was at first.
    let is_restarted = |told: &&Told<'_, '_>| workload.restarts != Restarts::Never || told.container.role == Role::Sidecar;
    for told in all.iter().filter(is_restarted) {
        for (mount, _) in workload.empty_dir_mounts(told.container) {
            if is_socket(&mount.path) || mount.sub_path.is_some_and(is_socket) {
                let message = format!(
                    "{} is mounted as a file: after a restart of its server it is a socket that nobody listens on.",
                    quoted(&mount.path)
                );
                found.say(workload.mount_place(told.container, mount), message, "Mount the directory that the socket is in.");
            }
        }
        told.say(workload, &served, found);
        served.extend(told.places(told.named()));
    }
}

/// The sockets that the command of a container tells of.
struct Told<'c, 'a> {
    container: &'c Container<'a>,
    /// Those that a program makes which is known not to remove the old one.
    made: Vec<Socket>,
    /// Those that options and variables name.
    options: Vec<Socket>,
    /// True if it runs a server that removes an old socket itself.
    is_remover: bool,
}

impl<'c, 'a> Told<'c, 'a> {
    fn of(container: &'c Container<'a>) -> Self {
        let made = container.process().calls().filter_map(listens_at).collect();
        let is_remover = container.image.is_server()
            || container.process().calls().any(|call| REMOVING.binary_search(&call.program()).is_ok());
        Self { container, made, options: of_options(container), is_remover }
    }

    /// The sockets that options name, unless programs are told of them that are known to remove them, or clients.
    fn named(&self) -> &[Socket] {
        let is_other = self.is_remover || self.container.process().calls().any(|call| is_client(call.program()));
        if is_other { &[] } else { &self.options }
    }

    /// The files whose server this certainly is: it makes them, or removes them first.
    fn served(&self) -> Vec<FileInVolume> {
        let removed = self.options.iter().filter(|socket| self.is_remover || is_removed(self.container, &socket.path));
        self.places(self.made.iter().chain(removed)).collect()
    }

    fn places<'s>(&'s self, sockets: impl IntoIterator<Item = &'s Socket>) -> impl Iterator<Item = FileInVolume> {
        sockets.into_iter().filter_map(|socket| self.container.file_in_volume(&socket.path))
    }

    /// Says which sockets it makes that are there already when it starts again; whoever is told one that is `served`, or named
    /// before, may be a client of the server there.
    fn say(&self, workload: &Workload<'_>, served: &HashSet<FileInVolume>, found: &mut Found<'_>) {
        let container = self.container;
        let is_new = |socket: &&Socket| container.file_in_volume(&socket.path).is_none_or(|place| !served.contains(&place));
        let may_make = |socket: &&Socket| {
            let may_write = container.mount_of(&socket.path).is_some_and(|mount| !mount.read_only);
            may_write && is_new(socket) && !is_awaited(container, &socket.path)
        };
        let is_left = |socket: &&Socket| is_shared(workload, container, &socket.path) && !is_removed(container, &socket.path);
        for Socket { path, is_certain } in self.made.iter().chain(self.named().iter().filter(may_make)).filter(is_left) {
            let (name, path) = (quoted(container.name), quoted(path));
            let unless = if *is_certain { "and cannot be bound" } else { "and cannot be bound unless the program removes it" };
            let message = format!("When {name} is started again, {path} is still there {unless}.");
            let finding = found.say(workload.place(container), message, "Remove the file first: `rm -f`.");
            if !is_certain {
                finding.severity = Severity::Advice;
            }
        }
    }
}

/// True if `container` waits until the file is there, as a client does.
fn is_awaited(container: &Container<'_>, path: &str) -> bool {
    container.process().reading.files.iter().any(|used| used.access == Access::Await && used.path == path)
}

/// A socket that a program makes.
struct Socket {
    path: String,
    /// True of a program that is known not to remove the old one.
    is_certain: bool,
}

fn is_socket(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "sock" | "socket"))
}

/// Addresses of `socat` that make a socket.
const LISTENING: [&str; 4] = ["UNIX-L", "UNIX-LISTEN", "UNIX-RECV", "UNIX-RECVFROM"];

/// The socket that a program makes which is known not to remove the old one.
fn listens_at(call: &Call) -> Option<Socket> {
    let behind = |option: &str| call.arguments().windows(2).find(|pair| pair[0].text == option).map(|pair| &pair[1]);
    let path = match call.program() {
        "nc" | "ncat" if call.has_option(&["-U", "--unixsock"]) && call.has_option(&["-l", "--listen"]) => {
            whole(call.operands().next_back()?)?
        }
        "ssh-agent" => whole(behind("-a")?)?,
        "fcgiwrap" => whole(behind("-s")?)?.strip_prefix("unix:")?,
        "socat" => call.operands().find_map(listens_at_address)?,
        _ => socket_of_code(call)?,
    };
    Some(Socket { path: normalized(path).into_owned(), is_certain: true })
}

/// The text of a word of which all is known; a name that is made anew at each start is no old one.
fn whole(word: &Word) -> Option<&str> {
    Some(word.text.as_str()).filter(|_| word.is_exact)
}

/// The socket that `socat` makes for an address.
fn listens_at_address(word: &Word) -> Option<&str> {
    let (kind, address) = word.text.split_once(':')?;
    let is_kept = LISTENING.contains(&kind.to_ascii_uppercase().as_str()) && !address.contains("unlink-early");
    let (path, is_whole) = address.split_once(',').map_or((address, word.is_exact), |(path, _)| (path, true));
    (is_kept && is_whole).then_some(path)
}

/// Options by which servers are told their socket, and words of such options; clients have some of them too. Both in order.
const OPTIONS: [&str; 4] = ["addr", "address", "l", "unix"];
const WORDS_OF_OPTIONS: [&str; 5] = ["bind", "listen", "sock", "socket", "uds"];

fn is_for_socket(name: &str) -> bool {
    OPTIONS.binary_search(&name).is_ok() || name.split(['-', '_']).any(|word| WORDS_OF_OPTIONS.binary_search(&word).is_ok())
}

/// Servers that remove an old socket themselves, in order.
const REMOVING: [&str; 15] = [
    "containerd",
    "daphne",
    "dockerd",
    "gunicorn",
    "haproxy",
    "hypercorn",
    "mariadbd",
    "memcached",
    "mysqld",
    "php-fpm",
    "postgres",
    "redis-server",
    "uvicorn",
    "uwsgi",
    "valkey-server",
];

/// The sockets that options and variables name in what `container` runs.
fn of_options(container: &Container<'_>) -> Vec<Socket> {
    let process = container.process();
    let mut words: Vec<&str> = process.calls().flat_map(Call::arguments).map(|word| word.text.as_str()).collect();
    if words.is_empty() {
        words = process.items(container.value).into_iter().map(|item| item.text).collect();
    }
    let by_options = with_values(&words).filter_map(|(option, value)| socket_of(option, value));
    by_options.chain(of_variables(container)).collect()
}

/// The sockets that variables name which are called so: `SOCKET_PATH`.
fn of_variables<'c>(container: &'c Container<'_>) -> impl Iterator<Item = Socket> + 'c {
    let is_named = |name: &str| name.split('_').any(|word| matches!(word, "SOCK" | "SOCKET"));
    let variables = list(container.value, "env").take(MAX_VARIABLES).map(|(_, variable)| variable);
    let named = variables.filter(move |variable| text(variable, "name").is_some_and(is_named));
    named.filter_map(|variable| socket_at(text(variable, "value")?))
}

fn is_client(program: &str) -> bool {
    ["cli", "client", "ctl"].iter().any(|end| program.ends_with(end)) || CLIENTS.binary_search(&program).is_ok()
}

/// Clients of servers with a socket, in order.
const CLIENTS: [&str; 8] = ["curl", "docker", "mariadb", "mysql", "mysqladmin", "mysqldump", "psql", "wget"];

fn socket_of(option: &str, value: &str) -> Option<Socket> {
    let name = option.strip_prefix('-')?.trim_start_matches('-');
    let value = Some(value).filter(|_| is_for_socket(name))?;
    socket_at(value)
}

/// The socket at `value`, a path or an address.
fn socket_at(value: &str) -> Option<Socket> {
    let path = value.strip_prefix("unix:").map_or(value, |path| path.trim_start_matches("//"));
    let is_path = path.starts_with('/') && is_socket(path);
    is_path.then(|| Socket { path: normalized(path).into_owned(), is_certain: false })
}

fn is_shared(workload: &Workload<'_>, container: &Container<'_>, path: &str) -> bool {
    let volume = container.mount_of(path).and_then(|mount| workload.volume_of(mount));
    volume.is_some_and(|volume| volume.empty_dir().is_some())
}

fn is_removed(container: &Container<'_>, path: &str) -> bool {
    let mut removed = container.process().reading.files.iter().filter(|used| used.access == Access::Remove);
    removed.any(|used| used.may_be_around(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(OPTIONS.is_sorted() && WORDS_OF_OPTIONS.is_sorted() && REMOVING.is_sorted() && CLIENTS.is_sorted());
    }
}

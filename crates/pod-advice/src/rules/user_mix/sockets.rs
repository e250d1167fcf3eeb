//! Servers that leave nothing but their socket in a volume, which everybody may use.

use crate::file_mode::{Class, FileMode, Right};
use crate::process::Item;
use crate::shell::Call;
use crate::workload::{Container, Mount, lies_in, normalized};

/// A server whose socket everybody may use, unless it is told otherwise.
struct Server {
    /// Its programs and images.
    names: &'static [&'static str],
    /// Where it has its socket by itself.
    places: &'static [&'static str],
    /// The setting that may close it.
    mode: Option<&'static str>,
}

const OPEN: [Server; 2] = [
    Server { names: &["mariadb", "mariadbd", "mysql", "mysqld"], places: &["/run/mysqld", "/var/run/mysqld"], mode: None },
    Server { names: &["postgres"], places: &["/run/postgresql", "/var/run/postgresql"], mode: Some("unix_socket_permissions") },
];

/// Servers that are told the mode of their socket, and where they keep their files.
const TOLD: [&str; 4] = ["redis", "redis-server", "valkey", "valkey-server"];
const FILES_OF_TOLD: &str = "/data";

/// True if `container` is a server of which only a socket is below `mount`, and one that all users may write.
pub(super) fn leaves_open_socket(container: &Container<'_>, mount: &Mount<'_>) -> bool {
    let process = container.process();
    let program = process.calls().last().map_or(container.image.name(), Call::program);
    if TOLD.contains(&program) {
        return is_told_to_be_open(&process.items(container.value), mount);
    }
    OPEN.iter().filter(|server| server.names.contains(&program) && server.places.contains(&&*mount.path)).any(|server| {
        let is_told = |mode: &str| process.items(container.value).iter().any(|item| item.text.contains(mode));
        !server.mode.is_some_and(is_told)
    })
}

fn is_told_to_be_open(items: &[Item<'_>], mount: &Mount<'_>) -> bool {
    value(items, "--unixsocketperm").is_some_and(|mode| FileMode::of(mode).gives(Class::Others, Right::Write) == Some(true))
        && value(items, "--unixsocket").is_some_and(|socket| lies_in(&normalized(socket), &mount.path))
        && !lies_in(value(items, "--dir").unwrap_or(FILES_OF_TOLD), &mount.path)
}

/// What stands behind `option`.
fn value<'i>(items: &[Item<'i>], option: &str) -> Option<&'i str> {
    items.windows(2).find(|pair| pair[0].text == option).map(|pair| pair[1].text)
}

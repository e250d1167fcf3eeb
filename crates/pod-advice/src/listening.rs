//! The ports that programs listen on by their arguments.

use crate::shell::{Call, Word};

/// How a program is told its port.
struct Server {
    program: &'static str,
    /// The images that run it with their arguments.
    images: &'static [&'static str],
    /// Options that are followed by a port, or by an address that ends with one.
    options: &'static [&'static str],
    /// What tells it elsewhere: options with a file of settings, or with another address.
    others: &'static [&'static str],
    /// True if its first argument is a file of settings, unless that is an option.
    takes_file: bool,
    /// The port without them, if that is known.
    default: Option<u64>,
}

const SERVER: Server = Server { program: "", images: &[], options: &["--port"], others: &[], takes_file: false, default: None };

/// In order of the programs.
static SERVERS: [Server; 11] = [
    Server { program: "gunicorn", options: &["--bind", "-b"], ..SERVER },
    Server { program: "httpd", options: &["-p"], ..SERVER },
    Server { program: "mariadbd", images: &["mariadb"], options: MYSQL, others: MYSQL_FILES, ..SERVER },
    Server {
        program: "memcached",
        images: &["memcached"],
        options: &["--port", "-p"],
        others: &["--listen", "--unix-socket", "-l", "-s"],
        default: Some(11_211),
        ..SERVER
    },
    Server { program: "mongod", images: &["mongo"], others: &["--config", "-f"], ..SERVER },
    Server { program: "mysqld", images: &["mysql"], options: MYSQL, others: MYSQL_FILES, ..SERVER },
    Server { program: "php", options: &["-S"], ..SERVER },
    Server {
        program: "postgres",
        images: &["postgres"],
        options: &["--port", "-p", "port"],
        others: &["--config-file", "--config_file", "-D", "config_file"],
        ..SERVER
    },
    Server { program: "redis-server", images: &["redis"], takes_file: true, default: Some(6379), ..SERVER },
    Server { program: "uvicorn", default: Some(8000), ..SERVER },
    Server { program: "valkey-server", images: &["valkey"], takes_file: true, default: Some(6379), ..SERVER },
];

const MYSQL: &[&str] = &["--port", "-P"];
const MYSQL_FILES: &[&str] = &["--defaults-extra-file", "--defaults-file", "--skip-networking"];

impl Server {
    fn of(program: &str) -> Option<&'static Self> {
        Some(&SERVERS[SERVERS.binary_search_by_key(&program, |server| server.program).ok()?])
    }

    /// What stands behind an option for the port in `words`: nothing where only the shell knows it.
    fn told<'w>(&self, words: &'w [Word]) -> Option<&'w str> {
        let value = words.iter().enumerate().find_map(|(position, word)| match word.text.split_once('=') {
            Some((name, value)) if self.options.contains(&name) => Some((value, word.is_exact)),
            _ if self.options.contains(&word.text.as_str()) => {
                words.get(position + 1).map(|word| (word.text.as_str(), word.is_exact))
            }
            _ => None,
        });
        value.map(|(value, is_exact)| if is_exact { value } else { "" })
    }

    /// True of arguments that may name its port, or what does.
    fn may_be_told(&self, words: &[Word]) -> bool {
        let names = |word: &Word| {
            let name = word.text.split('=').next().unwrap_or_default();
            let mut known = self.options.iter().chain(self.others);
            !word.is_exact || known.any(|known| name == *known || is_short(known) && name.starts_with(known))
        };
        let is_file = |word: &Word| self.takes_file && !word.text.starts_with('-');
        words.first().is_some_and(is_file) || words.iter().any(names)
    }
}

/// True of a short option, whose value may stand in its own word.
fn is_short(option: &str) -> bool {
    option.len() == 2
}

/// The port on which `call` listens, if its arguments tell it: 8080 of `python3 -m http.server 8080`.
pub(crate) fn port_of(call: &Call) -> Option<u64> {
    if matches!(call.program(), "python" | "python3") {
        return port_of_module(call);
    }
    let server = Server::of(call.program())?;
    match server.told(call.arguments()) {
        Some(value) => port_in(value),
        None => server.default.filter(|_| !server.may_be_told(call.arguments())),
    }
}

/// True of `arguments` from which the server of an image called `image` may take another port than it has by itself.
pub(crate) fn may_tell_port(image: &str, arguments: &[Word]) -> bool {
    match SERVERS.iter().find(|server| server.images.contains(&image)) {
        Some(server) => server.may_be_told(arguments),
        None => arguments.iter().any(|word| !word.is_exact || may_name_port(&word.text)),
    }
}

/// True of an argument that a server may take its port from, or the file with it.
fn may_name_port(argument: &str) -> bool {
    let is_short = matches!(argument, "-c" | "-f" | "-p" | "-h" | "-l");
    let is_named = ["port", "listen", "bind", "addr", "conf", "/"].iter().any(|part| argument.contains(part));
    is_short || is_named
}

/// The port of the web server that comes with Python.
fn port_of_module(call: &Call) -> Option<u64> {
    let words = call.arguments();
    let module = words.iter().position(|word| matches!(word.text.as_str(), "http.server" | "SimpleHTTPServer"))?;
    let is_module = module.checked_sub(1).is_some_and(|before| words[before].text == "-m");
    let mut values = words.get(module + 1..)?.iter();
    while let Some(word) = values.next() {
        if !word.is_exact {
            return None;
        }
        if !word.text.starts_with('-') {
            return port_in(&word.text).filter(|_| is_module);
        }
        // Each option but `--cgi` has a value.
        if word.text != "--cgi" && !word.text.contains('=') {
            values.next();
        }
    }
    is_module.then_some(8000)
}

/// The port of `8080`, `:8080` and `0.0.0.0:8080`.
fn port_in(address: &str) -> Option<u64> {
    let port = address.rsplit_once(':').map_or(address, |(_, port)| port);
    port.parse().ok().filter(|port| (1..=65_535).contains(port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Variables, read};

    fn port(script: &str) -> Option<u64> {
        read(script, None, Variables::default()).unwrap().calls.iter().find_map(port_of)
    }

    #[test]
    fn the_servers_are_in_order() {
        assert!(SERVERS.is_sorted_by_key(|server| server.program));
    }

    #[test]
    fn arguments_of_an_image_may_tell_its_port() {
        let may = |image: &str, arguments: &str| {
            let word = |text: &str| Word { text: text.into(), is_exact: true };
            may_tell_port(image, &arguments.split(' ').map(word).collect::<Vec<_>>())
        };
        for (image, arguments) in [
            ("postgres", "-c port=5433"),
            ("postgres", "-c config_file=/c/p.conf"),
            ("mysql", "--port=3307"),
            ("redis", "/c/redis.conf"),
            ("mongo", "--config /c/m"),
            ("caddy", "--config /c/Caddyfile"),
        ] {
            assert!(may(image, arguments), "{image} {arguments}");
        }
        for (image, arguments) in [
            ("postgres", "-c max_connections=50"),
            ("mariadb", "--character-set-server=utf8mb4"),
            ("redis", "--dir /data/a"),
            ("memcached", "-m 64"),
        ] {
            assert!(!may(image, arguments), "{image} {arguments}");
        }
    }

    #[test]
    fn a_port_is_told_by_arguments() {
        for (script, expected) in [
            ("cd /www && python3 -m http.server 8080", Some(8080)),
            ("python -m http.server -d /www --bind 127.0.0.1", Some(8000)),
            ("httpd -f -p 8080 -h /www", Some(8080)),
            ("gunicorn -b 0.0.0.0:5000 app:app", Some(5000)),
            ("gunicorn --bind=unix:/run/a.sock app:app", None),
            ("uvicorn app:app", Some(8000)),
            ("redis-server --port 0", None),
            ("redis-server --appendonly yes --dir /data/a", Some(6379)),
            ("redis-server /etc/redis.conf", None),
            ("memcached -m 64", Some(11_211)),
            ("memcached -p11212", None),
            ("memcached -s /run/m.sock", None),
            ("php -S 0.0.0.0:$PORT", None),
            ("python3 app.py 8080", None),
        ] {
            assert_eq!(port(script), expected, "{script}");
        }
    }
}

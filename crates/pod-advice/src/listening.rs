//! The ports that programs listen on by their arguments.

use crate::shell::Call;

/// How a program is told its port.
struct Server {
    program: &'static str,
    /// Options that are followed by a port, or by an address that ends with one.
    options: &'static [&'static str],
    /// The port without them, if that is known.
    default: Option<u64>,
}

/// In order of the programs.
static SERVERS: [Server; 6] = [
    Server { program: "gunicorn", options: &["--bind", "-b"], default: None },
    Server { program: "httpd", options: &["-p"], default: None },
    Server { program: "php", options: &["-S"], default: None },
    Server { program: "redis-server", options: &["--port"], default: None },
    Server { program: "uvicorn", options: &["--port"], default: Some(8000) },
    Server { program: "valkey-server", options: &["--port"], default: None },
];

/// The port on which `call` listens, if its arguments tell it: 8080 of `python3 -m http.server 8080`.
pub(crate) fn port_of(call: &Call) -> Option<u64> {
    if matches!(call.program(), "python" | "python3") {
        return port_of_module(call);
    }
    let server = &SERVERS[SERVERS.binary_search_by_key(&call.program(), |server| server.program).ok()?];
    let words = call.arguments();
    let value = words.iter().enumerate().find_map(|(position, word)| match word.text.split_once('=') {
        Some((name, value)) if server.options.contains(&name) => Some(word.is_exact.then_some(value)),
        _ if server.options.contains(&word.text.as_str()) => {
            Some(words.get(position + 1).filter(|word| word.is_exact).map(|word| word.text.as_str()))
        }
        _ => None,
    });
    value.map_or(server.default, |value| port_in(value?))
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
    fn a_port_is_told_by_arguments() {
        for (script, expected) in [
            ("cd /www && python3 -m http.server 8080", Some(8080)),
            ("python -m http.server -d /www --bind 127.0.0.1", Some(8000)),
            ("httpd -f -p 8080 -h /www", Some(8080)),
            ("gunicorn -b 0.0.0.0:5000 app:app", Some(5000)),
            ("gunicorn --bind=unix:/run/a.sock app:app", None),
            ("uvicorn app:app", Some(8000)),
            ("redis-server --port 0", None),
            ("php -S 0.0.0.0:$PORT", None),
            ("python3 app.py 8080", None),
        ] {
            assert_eq!(port(script), expected, "{script}");
        }
    }
}

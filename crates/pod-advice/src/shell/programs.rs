//! Which programs end by themselves.

mod ending;
mod serving;
mod subcommand;

use std::iter;

use self::ending::ENDING;
use self::serving::{FOREGROUND, SERVING};
use self::subcommand::{end_of_subcommand, is_script_with_words};
use super::{Call, End, When, Word, base_name, code, duration, inner, is_shell};

/// Options and words with which a server does something once, or goes on in the background, in order.
const ONCE: [&str; 34] = [
    "--bootstrap",
    "--check",
    "--check-config",
    "--check-syntax",
    "--daemon",
    "--daemonize",
    "--describe-config",
    "--detach",
    "--dry-run",
    "--exit-after-auth",
    "--fork",
    "--help",
    "--initialize",
    "--initialize-insecure",
    "--once",
    "--one-time",
    "--oneshot",
    "--print-config",
    "--quitquitquit",
    "--repair",
    "--run-once",
    "--shutdown",
    "--single",
    "--validate",
    "--validate-config",
    "--version",
    "-check-syntax",
    "-daemon",
    "-detached",
    "-dry-run",
    "-exit-after-auth",
    "-one-time",
    "-version",
    "validate",
];

/// Short options that do so, of programs that have them, in order.
const ONCE_OF: [(&str, &[&str]); 16] = [
    ("fluent-bit", &["-D", "-V"]),
    ("fluentd", &["-d"]),
    ("gunicorn", &["-D"]),
    ("haproxy", &["-D"]),
    ("inotifywait", &["-t"]),
    ("logstash", &["-e", "-t", "--config.test_and_exit"]),
    ("memcached", &["-V", "-d", "-h", "-i"]),
    ("mosquitto", &["-d", "-h"]),
    ("nats", &["-h", "-t", "-v"]),
    ("nats-server", &["-h", "-t", "-v"]),
    ("nc", &["-w"]),
    ("stress", &["-t", "--timeout"]),
    ("stress-ng", &["-t", "--timeout"]),
    ("telegraf", &["--test"]),
    ("top", &["-n"]),
    ("watch", &["-e", "-g", "-q", "--chgexit", "--equexit", "--errexit"]),
];

/// Programs that serve only with one of these words behind their name, if any stands there, in order.
const SUBCOMMANDS: [(&str, &[&str]); 5] = [
    ("caddy", &["file-server", "respond", "reverse-proxy", "run"]),
    ("filebeat", &["run"]),
    ("telegraf", &[]),
    ("traefik", &[]),
    ("vector", &[]),
];

/// Options with which a server says something of itself, checks its configuration or tells another one something, and ends, in order.
const ASKING: [(&str, &[&str]); 7] = [
    ("apache2", &["-L", "-M", "-S", "-V", "-l", "-t", "-v"]),
    ("haproxy", &["-c", "-v"]),
    ("httpd", &["-L", "-M", "-S", "-V", "-l", "-t", "-v"]),
    ("mysqld", &["-V"]),
    ("nginx", &["-?", "-T", "-V", "-h", "-qt", "-s", "-t", "-v"]),
    ("php-fpm", &["-h", "-i", "-m", "-t", "-v"]),
    ("postgres", &["-C", "-V"]),
];

/// True of a call of a server that only asks something, and starts none.
pub(crate) fn only_asks(call: &Call) -> bool {
    let options = ASKING.binary_search_by_key(&call.program(), |(name, _)| name).map(|found| ASKING[found].1);
    let is_asking = |word: &str, options: &[&str]| options.iter().any(|option| word.starts_with(option));
    options.is_ok_and(|options| call.arguments().iter().any(|word| is_asking(&word.text, options)))
}

/// True if a server called `program` does something with `arguments` that ends, or goes on in the background.
pub(crate) fn is_brief_with<'w>(program: &'w str, arguments: impl Iterator<Item = &'w str>) -> bool {
    let words = iter::once(program).chain(arguments).map(|text| Word { text: text.into(), is_exact: true });
    let call = Call::new(words.collect(), When::default(), 0..0);
    only_asks(&call) || is_brief(&call)
}

/// True if the arguments of a server are for something that ends, or that goes on in the background: `--version`,
/// `--daemonize yes`, not `--daemonize no`.
fn runs_once<'w>(arguments: impl Iterator<Item = &'w str> + Clone) -> bool {
    let next = arguments.clone().skip(1).map(Some).chain([None]);
    arguments.zip(next).any(|(argument, next)| {
        let (name, value) = argument.split_once('=').map_or((argument, next), |(name, value)| (name, Some(value)));
        ONCE.binary_search(&name).is_ok() && !matches!(value, Some("no" | "false" | "0"))
    })
}

/// Signals that end nothing as a rule.
const HARMLESS: [&str; 12] = ["-0", "-1", "-10", "-12", "-HUP", "-SIGHUP", "-USR1", "-USR2", "HUP", "SIGHUP", "USR1", "USR2"];

/// True of a call that ends what runs beside it.
pub(super) fn stops_others(call: &Call) -> bool {
    let mut words = call.arguments().iter().map(|word| word.text.as_str());
    match call.program() {
        "kill" | "killall" | "pkill" => !words.any(|word| HARMLESS.contains(&word)),
        _ => words.any(|word| matches!(word, "shutdown" | "stop" | "quit")),
    }
}

/// True of a call of a server that does not stay.
fn is_brief(call: &Call) -> bool {
    let program = call.program();
    let arguments = call.arguments().iter().map(|word| word.text.as_str());
    let of_program = ONCE_OF.binary_search_by_key(&program, |(name, _)| name).map(|found| ONCE_OF[found].1);
    let serving = SUBCOMMANDS.binary_search_by_key(&program, |(name, _)| name).map(|found| SUBCOMMANDS[found].1);
    let is_other = |words: &[&str]| {
        let first = call.arguments().first().map(|word| word.text.as_str());
        first.is_some_and(|first| !first.starts_with('-') && !words.contains(&first))
    };
    runs_once(arguments) || of_program.is_ok_and(|options| call.has_option(options)) || serving.is_ok_and(is_other)
}

/// True of the name of a program of which it is known how it ends.
pub(crate) fn is_known_program(name: &str) -> bool {
    let name = base_name(name);
    ENDING.binary_search(&name).is_ok()
        || SERVING.binary_search(&name).is_ok()
        || INTERPRETERS.contains(&name)
        || is_shell(name)
        || matches!(name, "find" | "sleep" | "tail" | "timeout" | "xargs")
}

/// How a program ends.
pub(super) fn end_of(call: &Call) -> End {
    let first = call.arguments().first().map_or("", |word| word.text.as_str());
    if call.words.first().is_some_and(|word| !word.is_exact) {
        return End::Unknown;
    }
    match call.program() {
        _ if only_asks(call) => End::Ends,
        "exec" if call.arguments().is_empty() => End::Ends,
        "xargs" => inner::end_of_xargs(call),
        "tail" if call.has_option(&["--pid", "--help"]) => End::Unknown,
        "tail" if call.has_option(&["-f", "-F", "--follow"]) => End::Never,
        "tail" => End::Ends,
        "sleep" => duration::end_of_sleep(call),
        "timeout" => inner::end_of_timeout(call),
        "find" => inner::end_of_find(call),
        "dd" if call.has_option(&["count"]) => End::Ends,
        "dd" if call.has_option(&["if=/dev/random", "if=/dev/urandom", "if=/dev/zero"]) => End::Never,
        "ping" if call.has_option(&["-c", "-w"]) => End::Ends,
        "inotifywait" | "nc" | "top" if is_brief(call) => End::Unknown,
        "ping" | "top" | "yes" => End::Never,
        "nginx" | "nginx-debug" if has_word(call, "daemon off") => End::Never,
        "httpd" | "apachectl" | "apache2ctl" | "apache2" if has_word(call, "FOREGROUND") => End::Never,
        program if stays_in_foreground(program, call) => End::Never,
        "catalina.sh" if first == "run" => End::Never,
        "env" if call.operands().next().is_none() => End::Ends,
        "python" | "python2" | "python3" if call.operands().any(|word| is_web_server(&word.text)) => End::Never,
        "php" if call.has_option(&["-S"]) => End::Never,
        program if INTERPRETERS.contains(&program) => code::end_of_code(call).unwrap_or_else(|| end_of_interpreted(call)),
        "socat" if has_word(call, ",fork") && listens(call) => End::Never,
        "inotifywait" if call.has_option(&["-m", "--monitor"]) => End::Never,
        "nc" if call.has_option(&["-z"]) => End::Ends,
        "nc" if call.has_option(&["-l"]) => {
            if call.has_option(&["-k"]) {
                End::Never
            } else {
                End::Unknown
            }
        }
        "php-fpm" if call.has_option(&["-D", "--daemonize"]) => End::Ends,
        "tcpdump" if call.has_option(&["-c", "-r", "-D"]) => End::Unknown,
        "kubectl" if call.has_option(&["-w", "--watch"]) || may_follow(call) => End::Unknown,
        program if goes_on(program, call) => End::Unknown,
        _ if let Some(end) = end_of_subcommand(call) => end,
        program if ENDING.binary_search(&program).is_ok() => End::Ends,
        program if SERVING.binary_search(&program).is_ok() && !is_brief(call) => End::Never,
        _ => End::Unknown,
    }
}

/// True of a daemon that is told to stay in the foreground.
fn stays_in_foreground(program: &str, call: &Call) -> bool {
    let found = FOREGROUND.binary_search_by_key(&program, |(name, _)| name);
    found.is_ok_and(|found| call.has_option(FOREGROUND[found].1))
}

/// Words with which the `-f` of `kubectl` names a file, in order.
const OF_FILES: [&str; 9] = ["annotate", "apply", "create", "delete", "describe", "diff", "get", "label", "replace"];

/// True of a `kubectl` whose `-f` may mean that it follows a log.
fn may_follow(call: &Call) -> bool {
    let names_file = || call.arguments().iter().any(|word| OF_FILES.contains(&word.text.as_str()));
    call.has_option(&["-f", "--follow"]) && !names_file()
}

const REDIS_GOING_ON: [&str; 9] =
    ["--latency", "--latency-history", "--stat", "-r", "BLPOP", "MONITOR", "SUBSCRIBE", "monitor", "subscribe"];

/// Words with which programs go on that end otherwise, in order.
const GOING_ON: [(&str, &[&str]); 20] = [
    ("aria2c", &["--enable-rpc"]),
    ("awk", &["for(;;)", "system(", "while"]),
    ("aws", &["--follow", "start-session"]),
    ("az", &["--follow", "tail"]),
    ("cat", &["/dev/random", "/dev/urandom", "/dev/zero"]),
    ("etcdctl", &["elect", "lock", "make-mirror", "observe", "watch"]),
    ("gcloud", &["emulators", "ssh", "start-iap-tunnel", "tail"]),
    ("git", &["daemon"]),
    ("hugo", &["-w", "--watch", "server", "serve"]),
    ("ip", &["monitor"]),
    ("kubectl", &["port-forward", "proxy"]),
    ("mc", &["-w", "--watch", "console", "logs", "trace", "watch"]),
    ("nvidia-smi", &["-l", "-lms", "daemon", "dmon", "pmon"]),
    ("openssl", &["ocsp", "s_client", "s_server"]),
    ("rclone", &["bisync", "mount", "rcd", "serve"]),
    ("redis-cli", &REDIS_GOING_ON),
    ("restic", &["mount"]),
    ("rsync", &["--daemon"]),
    ("seq", &["inf", "infinity"]),
    ("tsc", &["-w", "--watch"]),
];

/// True of a call of `program` with such a word.
fn goes_on(program: &str, call: &Call) -> bool {
    let found = GOING_ON.binary_search_by_key(&program, |(name, _)| name).map(|found| GOING_ON[found].1);
    let is_in_script = |text: &str, words: &[&str]| {
        let text: String = text.split_whitespace().collect();
        words.iter().any(|word| text.contains(word))
    };
    let is_such = |text: &str, words: &[&str]| words.contains(&text) || (program == "awk" && is_in_script(text, words));
    found.is_ok_and(|words| call.arguments().iter().any(|word| is_such(&word.text, words)))
}

/// How a program ends that an interpreter runs: a module of Python, or a script of which the word behind it says what it does.
fn end_of_interpreted(call: &Call) -> End {
    let words = call.arguments();
    let Some(first) = words.iter().position(|word| word.text == "-m" || !word.text.starts_with('-')) else { return End::Unknown };
    let is_module = words[first].text == "-m";
    let run = &words[first + usize::from(is_module)..];
    let name = run.first().map_or("", |word| base_name(&word.text));
    let is_known = if is_module { !INTERPRETERS.contains(&name) } else { is_script_with_words(name) };
    if is_known { inner::end_of_inner(run) } else { End::Unknown }
}

/// Programs that run a file or a module of which they are given the name.
const INTERPRETERS: [&str; 8] = ["node", "nodejs", "perl", "php", "python", "python2", "python3", "ruby"];

/// True of a module of Python that serves files.
fn is_web_server(module: &str) -> bool {
    matches!(module, "http.server" | "SimpleHTTPServer")
}

/// True of a `socat` that waits for connections; its words are in either case.
fn listens(call: &Call) -> bool {
    call.arguments().iter().any(|word| word.text.to_ascii_uppercase().contains("-LISTEN:"))
}

/// True if an argument has `text` in it.
fn has_word(call: &Call, text: &str) -> bool {
    call.arguments().iter().any(|word| word.text.contains(text))
}

#[cfg(test)]
mod tests {
    use super::super::{Variables, read};
    use super::*;

    #[test]
    fn the_lists_are_in_order_and_share_no_program() {
        assert!(ENDING.is_sorted() && SERVING.is_sorted() && ONCE.is_sorted());
        assert!(FOREGROUND.is_sorted_by_key(|(name, _)| *name));
        assert!(ONCE_OF.is_sorted_by_key(|(name, _)| *name) && SUBCOMMANDS.is_sorted_by_key(|(name, _)| *name));
        assert!(GOING_ON.is_sorted_by_key(|(name, _)| *name) && ASKING.is_sorted_by_key(|(name, _)| *name));
        assert!(!SERVING.iter().any(|program| ENDING.contains(program)));
    }

    #[test]
    fn servers_stay_unless_they_are_asked_for_something_else() {
        let end = |script: &str| read(script, None, Variables::default()).unwrap().end;
        for script in [
            "celery -A shop worker -l info",
            "airflow scheduler",
            "vault server -dev",
            "consul agent -dev",
            "minio server /d",
            "streamlit run /a.py",
            "dnsmasq -k",
            "rsyslogd -n",
            "redis-sentinel /d/sentinel.conf",
            "kafka-server-start.sh /d/server.properties",
        ] {
            assert_eq!(end(script), End::Never, "{script}");
        }
        for script in ["celery -A shop inspect ping", "airflow db migrate", "vault kv get a", "consul kv get a"] {
            assert_eq!(end(script), End::Ends, "{script}");
        }
        for script in [
            "airflow scheduler --daemon",
            "kafka-server-start.sh -daemon /d/server.properties",
            "mosquitto -d",
            "dnsmasq",
            "minio --version",
            "logstash -t",
        ] {
            assert_ne!(end(script), End::Never, "{script}");
        }
    }
}

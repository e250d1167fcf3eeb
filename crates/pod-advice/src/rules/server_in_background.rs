//! A command starts a server in the background and ends.

use crate::rule::prelude::*;
use crate::shell::{Call, only_asks};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("server-in-background"),
    severity: Severity::Warning,
    stage: Stage::Starts,
    summary: "A command starts a server in the background and ends.",
    page: include_str!("server_in_background.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in workload.containers.iter().filter(|container| container.role != Role::Init) {
        let Some(call) = left_server(container) else { continue };
        let program = quoted(call.program());
        let message =
            format!("{program} goes to the background, the command ends, and {} may end with it.", quoted(container.name));
        found.say(
            workload.place(container),
            message,
            "Keep the server in the foreground: `nginx -g 'daemon off;'`, `httpd -DFOREGROUND`.",
        );
    }
}

/// The call of a server which goes to the background and lets the command of `container` end.
pub(super) fn left_server<'c>(container: &'c Container<'_>) -> Option<&'c Call> {
    let process = container.process();
    let last = process.calls().filter(|call| !is_brief(call)).last();
    last.filter(|call| !process.never_ends() && goes_to_background(call))
}

/// True of a small program that holds up nothing.
fn is_brief(call: &Call) -> bool {
    !call.when.in_loop && !call.when.awaited && matches!(call.program(), "date" | "echo" | "exit" | "printf" | "touch")
}

/// True of a server that leaves its shell alone, as it was called.
fn goes_to_background(call: &Call) -> bool {
    let has = |text: &str| call.arguments().iter().any(|word| word.text.contains(text));
    let lacks = |text: &str| !has(text) && call.arguments().iter().all(|word| word.is_exact);
    match call.program() {
        "nginx" => lacks("daemon off") && !only_asks(call) && !call.has_option(&["-c"]),
        "apachectl" | "apache2ctl" => lacks("FOREGROUND") && !has("configtest"),
        // That of BusyBox: Apache's has no such option.
        "httpd" if call.has_option(&["-p"]) => !call.has_option(&["-f"]),
        "httpd" => lacks("FOREGROUND") && !call.has_option(&["-f", "-t", "-v", "-V", "-X", "-k", "-h", "-l", "-L", "-S", "-M"]),
        "crond" => !call.has_option(&["-f", "-n", "-h"]),
        "memcached" => call.has_option(&["-d"]),
        "gunicorn" => call.has_option(&["-D", "--daemon"]),
        "haproxy" => call.has_option(&["-D"]),
        "rabbitmq-server" => has("-detached"),
        "service" => has("start"),
        "redis-server" => has("daemonize yes") || has("--daemonize"),
        "mongod" => has("--fork"),
        "php-fpm" => call.has_option(&["-D", "--daemonize"]),
        _ => false,
    }
}

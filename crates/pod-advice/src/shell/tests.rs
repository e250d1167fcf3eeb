//! What is read of scripts.

use std::time::Instant;

use super::*;

fn end(script: &str) -> End {
    read(script, None, Variables::default()).unwrap().end
}

fn files(script: &str) -> Vec<String> {
    let files = read(script, None, Variables::default()).unwrap().files;
    files.iter().map(|used| format!("{:?} {}{}", used.access, used.path, if used.is_exact { "" } else { "…" })).collect()
}

#[test]
fn what_never_ends() {
    for script in [
        "while true; do date; sleep 5; done",
        "while :; do sleep 5 & wait $!; done",
        "for ((;;)); do sleep 1; done",
        "while sleep 5; do date; done",
        "dd if=/dev/zero of=/a/b",
        "trap 'exit 0' TERM\ntail -n+1 -F /a/b & wait $!",
        "sleep infinity",
        "echo a; exec tail -f /dev/null",
        "echo a && tail -f /a | grep b",
        "until false; do sleep 1; done",
        "while (( 1 )); do date; sleep 1; done",
        "while [[ true ]]; do date; sleep 1; done",
        "main() { while true; do date; sleep 1; done; }\nmain",
        "main() { work; }\nwork() { tail -F \"$1\"; }\nmain",
        "setup() { [ -d /a ] && date; ls; }\nsetup && exec nginx -g 'daemon off;'",
        "sh -c 'sleep infinity'",
        "for (( ; ; )); do date; sleep 1; done",
        "while true; do for i in a b; do [ $i = a ] && break; echo $i; done; sleep 1; done",
        "while true; do for i in a b; do [ $i = a ] && continue; echo $i; done; sleep 1; done",
        "while true; do (cd /d && exit 1); sleep 1; done",
        "while true; do x=$(exit 3); sleep 1; done",
        "while true; do date | while read x; do break; done; sleep 1; done",
        "work() { date; return 0; }; while true; do work; sleep 1; done",
        "tail -F /a | while read line; do echo \"$line\"; done",
        "tail -F /a | sed 's/a/b/' | tee /c",
        "./migrate && exec nginx -g 'daemon off;'",
        "redis-server --daemonize no",
        "php -S 0.0.0.0:80",
        "socat TCP-LISTEN:80,fork EXEC:cat",
        "caddy run --config /a",
        "watch -n 5 date",
        "cat <(tail -f /a)",
        "while read line; do echo \"$line\"; done < <(tail -F /a)",
        "x=$(tail -f /a)",
        "echo \"started $(sleep infinity)\"",
        "timeout 0 sleep infinity",
        "timeout -k 5 0s tail -f /a",
        "stdbuf -oL tail -F /a",
        "sudo -u app sleep infinity",
        "sleep 99999999999999999999999",
        "sleep 1d 60d",
        "sleep inf",
        "while date; do sleep 1; done",
        "while true && sleep 1; do date; done",
        "until ! sleep 5; do date; done",
        "/pause",
        "while sleep 3600 & wait $!; do :; done",
        "su app -c 'exec sleep infinity'",
        "eval 'tail -f /dev/null'",
        "setsid sleep infinity",
        "flock -n /lock sleep infinity",
        "flock /lock -c 'sleep infinity'",
        "timeout 0 sh -c 'sleep infinity'",
        "npx http-server /d",
        "python3 -u manage.py runserver 0.0.0.0:80",
        "python3 -m flask run",
        "python3 -m gunicorn app",
        "mysqld_safe",
        "stress --vm 1 --vm-bytes 150M",
        "zkServer.sh start-foreground",
        "poetry run gunicorn app && date",
        "mkdocs serve -a 0.0.0.0:80",
        "nginx -t && nginx -g 'daemon off;'",
    ] {
        assert_eq!(end(script), End::Never, "{script}");
    }
}

#[test]
fn servers_and_pipes_that_may_end() {
    for script in [
        "yes | head -1",
        "yes | apt-get install a",
        "tail -f /a | grep -m1 ready",
        "tail -F /a | sed '/ready/ q'",
        "tail -F /a | while read line; do [ \"$line\" = ok ] && break; done",
        "tail -F /a & PID=$!; until [ -f /done ]; do sleep 1; done; kill $PID; wait $PID",
        "mysqld & until mysqladmin ping; do sleep 1; done; mysqladmin shutdown; wait",
        "while true; do [ -e /done ] && kill $$; sleep 1; done",
        "while true; do ./check || exec ./run; done",
        "tail --pid=1 -F /a",
        "redis-server --daemonize yes; redis-cli set a b",
        "mongod --fork --logpath /a",
        "postgres --single",
        "mysqld --initialize --user=mysql",
        "caddy fmt --overwrite /a",
        "vector validate /a",
        "filebeat setup",
        "envoy --mode validate -c /a",
        "gunicorn --check-config app",
        "fluent-bit --dry-run -c /a",
        "top -bn1",
        "sleep $TIME",
        "kubectl -n a proxy",
        "etcdctl watch a",
        "mc mirror --watch /a s/b",
        "hugo server",
        "nvidia-smi dmon",
        "stress --vm 1 --timeout 60s",
        "openssl s_server -port 80",
        "rsync --daemon --no-detach",
        "awk 'BEGIN { while (1) system(\"sleep 1\") }'",
        "while [ \"$RUN\" = yes ]; do ./work; done",
        "until [ -f /stop ]; do cp /a /b; sleep 5; done",
        "inotifywait -m -t 10 /a",
        "find / -maxdepth 0 -exec sleep infinity \\;",
        "find /a -exec date ';' -execdir tail -f {} +",
        "head -1 <(tail -f /a)",
        "while read line; do [ \"$line\" = ok ] && break; done < <(tail -F /a)",
        "command -v redis-server && ./run.sh",
        "awk 'BEGIN { for ( ; ; ) x++ }'",
        "awk 'BEGIN { system(\"tail -f /a\") }'",
        "seq inf",
        "while ./healthy; do ./work; sleep 1; done",
        "while kill -0 $PID; do cp /a /b; sleep 1; done",
        "sleep 1e9 $MORE",
        "mkfifo /a; cat /a",
        "redis-cli -h a monitor",
        "traefik version",
        "npm run build -- --watch",
        "npm run dev",
        "setsid -f sleep infinity",
        "find /a | xargs -n 1 ./run.sh",
        "su app",
        "python3 -m python3 -m venv /a",
    ] {
        assert_eq!(end(script), End::Unknown, "{script}");
    }
}

#[test]
fn what_ends() {
    for script in [
        "echo hello",
        "set -e\ncat > /a/b <<EOF\nwhile true\nEOF\nls -l /a",
        "until nslookup db; do sleep 1; done",
        "while [ ! -f /a/b ]; do sleep 1; done; cat /a/b",
        "sleep 10 & wait",
        "exit 0; tail -f /a",
        "if [ -f /a ]; then echo a; else echo b; fi",
        "sleep 30",
        "i=0; while [ $i -lt 5 ]; do cp /a /b; i=$((i+1)); done",
        "while read line; do cp /a \"$line\"; done < /b",
        "timeout -k 5 30s tail -f /dev/null; echo done",
        "timeout 2h date",
        "timeout 0 date",
        "timeout -s KILL 5 tail -f /a",
        "command -v redis-server; echo done",
        "find /a -name '*.tmp' -exec rm -f {} +",
        "sleep .5; sleep 1m 30s",
        "sleep forever",
        "tee >(tail -f /a) </b",
        "cat <(date) < /b",
        "while ! curl -s http://a; do echo waiting; sleep 1; done",
        "cat /a | while IFS= read -r line; do cp \"$line\" /b; done",
        "while kill -0 $PID; do sleep 1; done",
        "postgres -C data_directory",
        "haproxy -c -f /a",
        "nginx -tq",
        "nginx -g 'daemon off;' -t",
        "nginx -s reload",
        "echo '* * * * * date' | crontab -",
        "exec > /a 2>&1; date",
        "timeout 60 sh -c 'until nc -z db 1; do sleep 1; done'; date",
        "python3 manage.py migrate --noinput",
        "python3 -m compileall /a",
        "npm ci && npm run build",
        "mysql -h db -e 'select 1'",
        "redis-cli -h a set b c",
        "go build -o /a ./...",
        "find /a | xargs -n 1 cat",
        "su app -c date",
        "certbot renew --webroot -w /a",
        "etcdctl snapshot save /a",
        "migrate -path /a up && mc mirror s/a /b",
        "kafka-topics --create --topic a && docker build -t a . && nvidia-smi -L",
        "bundle exec rails db:migrate && mkdocs build -d /a",
    ] {
        assert_eq!(end(script), End::Ends, "{script}");
    }
}

#[test]
fn what_nobody_knows() {
    for script in [
        "./run.sh",
        "java -jar app.jar",
        "while true; do test -f /a && break; done",
        "[ -f /a ] && tail -f /a",
        "$X",
        "sleep 3600",
        "check() { ls /a && exit 0; }; while true; do check; sleep 1; done",
        "work() { date; return 0; }; work; sleep 3600",
        "sh -c \"$SCRIPT\"",
        "while (( tries < 5 )); do ./try.sh; done",
        "timeout 2h ./run.sh",
        "timeout \"$LIMIT\" tail -f /a",
    ] {
        assert_eq!(end(script), End::Unknown, "{script}");
    }
}

#[test]
fn files_are_found() {
    assert_eq!(files("echo a > /html/a.html; date >> '/html/b c'"), ["Write /html/a.html", "Append /html/b c"]);
    assert_eq!(
        files("log=/var/log/app.log\necho x >> $log; cat < \"${log}\""),
        ["Append /var/log/app.log", "Read /var/log/app.log"]
    );
    assert_eq!(files("echo $X > /html/$NAME.txt"), ["Write /html/…"]);
    assert_eq!(files("cd /work && echo a | tee -a b.txt ./c"), ["Append /work/b.txt", "Append /work/c"]);
    assert_eq!(files("cp -r /app/. /shared/"), ["Read /app", "Write /shared"]);
    assert_eq!(files("cd /git; git clone -b main --depth 1 https://x/repo.git"), ["Write /git/repo"]);
    assert_eq!(files("git clone --depth 1 https://x/y.git /git/repo"), ["Write /git/repo"]);
    assert_eq!(files("echo \"$(cat /data/x)\""), ["Read /data/x"]);
    assert_eq!(files("echo a > relative 2>/dev/null"), ["Write /dev/null"]);
    assert_eq!(files("w() { date > \"$1\"; }; w /a; w /b; w; w /c"), ["Write /a", "Write /b", "Write /c"]);
    assert_eq!(files("f() { cat $1; }; g() { f /d/$1; cat $2; }; cd /w; g a; cat b"), ["Read /d/a", "Read /w/b"]);
    assert_eq!(files("f() { shift; cat /d/$1; }; f a b"), ["Read /d/…"]);
    assert_eq!(files("f() { g; }; g() { date > /a; }; f"), ["Write /a"]);
    assert_eq!(files("f() { f $1; date > /$1; }; f a"), ["Write /a"]);
    assert_eq!(files(&format!("f() {{ date > /$1; }}; {}", "f a; ".repeat(100))), vec!["Write /a"; 17]);
    assert_eq!(files("cd /d; tail -n 50 a; head -c 3 -q b; mkdir -m 0755 c"), ["Read /d/a", "Read /d/b", "Write /d/c"]);
    assert_eq!(files("cd /d; grep -A 3 x a; grep -e x -e y b; awk -F : -v z=1 '{}' c"), ["Read /d/a", "Read /d/b", "Read /d/c"]);
    assert_eq!(files("cd /d; sed -ne 1p a; jq -e --arg x y .z b; sort -k 2 -t : c"), ["Read /d/a", "Read /d/b", "Read /d/c"]);
    assert_eq!(files("for d in a b; do mkdir /d/$d; done; mkdir /d/$d"), ["Write /d/a", "Write /d/b", "Write /d/…"]);
    assert_eq!(files("for d in a b; do for e in c d; do date > /$d/$e; done; done"), ["Write /a/…", "Write /b/…"]);
    assert_eq!(files("for d in $X a; do date > /$d; done; for i in 1 2; do date > /i; done"), ["Write /…", "Write /i"]);
    assert_eq!(files("for d in $(cat /list); do date > /d/$d; done"), ["Read /list", "Write /d/…"]);
    assert_eq!(files("find /d -mindepth 1 -exec rm -rf {} +; find /e -exec cat {} +"), ["Remove /d", "Remove /d/…", "Read /e/…"]);
    assert_eq!(files("find /d -name '*.tmp' -delete; find /d -mtime +1 -delete"), ["Remove /d/…", "Remove /d"]);
    assert_eq!(files("find /d -name a -o -name b -delete; find /d ! -name c -delete"), ["Remove /d", "Remove /d"]);
    assert_eq!(files("cd /d; redis-server a --port 6380; redis-server --port 6380"), ["Read /d/a"]);
    assert_eq!(
        files("cd /d; truncate -s 10M a; touch -d now b; bash -euo pipefail c"),
        ["Write /d/a", "Write /d/b", "Read /d/c"]
    );
}

#[test]
fn hostile_scripts_are_not_read_or_not_much_slower_than_others() {
    // The least of some measurements, as others use the machine too.
    let time = |part: &str| {
        let script = part.repeat(MAX_SCRIPT_BYTES / part.len());
        let read_once = |_| {
            let begin = Instant::now();
            let _ = read_as(Dialect::of("bash", Braces::Unknown), &script, Some("/d"), Variables::default());
            begin.elapsed()
        };
        (0..3).map(read_once).min().unwrap()
    };
    let ordinary = time("date; ");
    for part in [
        "$((",
        "(",
        "a && ",
        "a | ",
        "if true; then ",
        "$(",
        "echo \"$(",
        "{ ",
        "f() { f; }; f; ",
        "<<A ",
        "`",
        "${a:-",
        "f() { date > /$1; f a; }; f a; f b; ",
        "for a in a b c d e f g h; do date > /$a; done; ",
        "date {a,b}{a,b}{a,b}{a,b}{a,b}; ",
        "{a,{1..32}{1..32}",
        "{a,{b,",
        "ls | xargs rm; ",
        "[ -d /a ] || mkdir /b; ",
    ] {
        let taken = time(part);
        assert!(taken < 100 * ordinary, "{part}: {taken:?}, an ordinary one {ordinary:?}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(script in "([a-z/ ]|[-$(){}<>|&;'\"`\\\\\n#=!*]|while |do |done|if |then|fi|<<E|\\$\\(\\(){0,60}") {
        let _ = read(&script, Some("/work"), Variables { known: HashMap::from([("a", Some("/b"))]), has_others: false });
    }
}

#[test]
fn a_file_that_the_script_has_written_is_read_when_it_is_run() {
    for (script, expected) in [
        ("cat > /x.sh <<'E'\nwhile true; do date > /d/a; sleep 1; done\nE\nsh -e /x.sh", End::Never),
        ("tee /x.py <<E >/dev/null\nimport time\nwhile True: time.sleep(1)\nE\nexec python3 -u /x.py", End::Never),
        ("cd /opt; cat <<E > run\n#!/usr/bin/env bash\nsleep infinity\nE\nchmod +x run; ./run a", End::Never),
        ("cat > /x.sh <<E\ndate > /d/a\nE\nsh /x.sh", End::Ends),
        ("cat > /x.sh <<E\ndate\nE\necho sleep infinity >> /x.sh\nsh /x.sh", End::Unknown),
        ("cat >> /x.sh <<E\ndate\nE\nsh /x.sh", End::Unknown),
        ("cat > /x.sh <<E\n$COMMAND\nE\nsh /x.sh", End::Unknown),
    ] {
        assert_eq!(end(script), expected, "{script}");
    }
    assert!(files("cat > /x.sh <<'E'\ndate > /d/a\nE\nsh /x.sh").contains(&"Write /d/a".to_owned()));
}

#[test]
fn files_of_programs_in_loops_and_pipes() {
    assert_eq!(files("find /d/k -type f -exec chmod 600 {} +"), ["Mode /d/k/…"]);
    assert_eq!(files("cd /d; find . -name '*.sh' -exec chmod 755 {} \\; -exec chown 1000 {} \\;"), ["Mode /d/…", "Owner /d/…"]);
    assert_eq!(files("for f in /d/*.jar; do cp \"$f\" /t/; done"), ["Read /d/…", "Write /t"]);
    assert_eq!(files("tar -C /a -cf - . | tar -C /d -xf -"), ["Read /a", "Write /d"]);
    assert_eq!(files("tar czf /b/x.tgz -C /a ."), ["Write /b/x.tgz", "Read /a"]);
    assert_eq!(files("for f in /a /b; do cat $f; done; cat $f"), ["Read /a", "Read /b"]);
}

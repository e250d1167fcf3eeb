//! Where a program makes files, as far as its words tell.

use super::{Call, files, run_by_timeout, run_by_xargs};

impl Call {
    /// True if it makes no other files than those that its arguments and redirections name.
    pub(crate) fn makes_named_files_only(&self) -> bool {
        let has_word = |words: &[&str]| self.operands().any(|word| words.contains(&word.text.as_str()));
        match self.program() {
            _ if self.is_followed || self.only_tells() => true,
            "awk" => {
                !self.arguments().iter().any(|word| !word.is_exact || word.text.contains(['>', '|', '(']) || word.text == "-f")
            }
            "aws" | "gsutil" | "mc" | "rclone" => has_word(&["ls"]),
            // What it runs for each file is a call of its own.
            "find" => !self.arguments().iter().any(|word| matches!(&*word.text, "-fls" | "-fprint" | "-fprint0" | "-fprintf")),
            "install" => self.makes_directories(),
            "inotifywait" => !self.has_option(&["-o", "--outfile"]),
            "bzip2" | "gunzip" | "gzip" | "xz" => self.has_option(&["-c", "--stdout", "--to-stdout"]),
            "git" => self.operands().next().is_some_and(|word| word.text == "ls-remote"),
            "kubectl" => !has_word(&["cp"]),
            "nginx" => self.has_option(&["-T", "-V", "-t", "-v"]),
            "psql" => {
                !self.has_option(&["-L", "-f", "-o", "--file", "--log-file", "--output"])
                    && !self.arguments().iter().any(|word| word.text.contains('\\'))
            }
            "sed" => !self.has_option(&["-f", "-i", "--file", "--in-place"]),
            "tar" => files::lists_archive(self),
            "timeout" => run_by_timeout(self).is_some_and(|run| run.makes_named_files_only()),
            "unzip" => self.has_option(&["-Z", "-l", "-p", "-t", "-v"]),
            "wget" | "curl" => files::downloads_to_named_files(self),
            "xargs" => run_by_xargs(self).is_some_and(|run| MAKING_NOTHING.binary_search(&run.program()).is_ok()),
            program => WRITING_LITTLE.binary_search(&program).is_ok(),
        }
    }

    /// True of a program that is only asked for its version or for help.
    fn only_tells(&self) -> bool {
        matches!(self.arguments(), [word] if matches!(word.text.as_str(), "--help" | "--version" | "-version"))
    }

    /// True if it makes no files but at places that its arguments and redirections name, and below these.
    pub(crate) fn makes_files_at_named_places(&self) -> bool {
        match self.program() {
            "cp" | "dd" | "install" | "ln" | "mv" | "tar" | "unzip" => true,
            "git" => self.operands().any(|word| word.text == "clone") || self.makes_named_files_only(),
            "timeout" if !self.is_followed => run_by_timeout(self).is_some_and(|run| run.makes_files_at_named_places()),
            _ => self.makes_named_files_only(),
        }
    }
}

/// Programs that make no files whatever their input names, in order.
const MAKING_NOTHING: [&str; 17] = [
    "basename",
    "cat",
    "chgrp",
    "chmod",
    "chown",
    "dirname",
    "du",
    "echo",
    "grep",
    "head",
    "kill",
    "ls",
    "md5sum",
    "rm",
    "rmdir",
    "sha256sum",
    "stat",
];

/// Programs that make no other files than those that their arguments and redirections name, in order.
const WRITING_LITTLE: [&str; 100] = [
    ":",
    "[",
    "base64",
    "basename",
    "cat",
    "cd",
    "chgrp",
    "chmod",
    "chown",
    "cksum",
    "cmp",
    "cut",
    "date",
    "df",
    "diff",
    "dig",
    "dirname",
    "du",
    "echo",
    "egrep",
    "envsubst",
    "exit",
    "export",
    "expr",
    "false",
    "fgrep",
    "free",
    "getent",
    "grep",
    "head",
    "host",
    "hostname",
    "id",
    "jq",
    "kill",
    "killall",
    "logger",
    "ls",
    "lsof",
    "md5sum",
    "mkdir",
    "mkfifo",
    "mountpoint",
    "mysqladmin",
    "nc",
    "ncat",
    "netstat",
    "nl",
    "nproc",
    "nslookup",
    "od",
    "pg_isready",
    "pgrep",
    "ping",
    "pkill",
    "printenv",
    "printf",
    "ps",
    "pwd",
    "read",
    "readlink",
    "realpath",
    "redis-cli",
    "return",
    "rm",
    "rmdir",
    "seq",
    "set",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "shift",
    "sleep",
    "sort",
    "ss",
    "stat",
    "strings",
    "sync",
    "tac",
    "tail",
    "tee",
    "test",
    "touch",
    "tr",
    "true",
    "truncate",
    "type",
    "ulimit",
    "umask",
    "uname",
    "unset",
    "uptime",
    "wait",
    "wait-for",
    "wait-for-it",
    "wait-for-it.sh",
    "wc",
    "which",
    "whoami",
    "zcat",
];

#[cfg(test)]
mod tests {
    use super::super::{Variables, read};
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(WRITING_LITTLE.is_sorted() && MAKING_NOTHING.is_sorted());
    }

    #[test]
    fn files_are_made_where_the_words_say() {
        let is_such = |script: &str, is_such: fn(&Call) -> bool| {
            let reading = read(script, None, Variables::default()).unwrap();
            reading.calls.iter().all(is_such) && !reading.hides_writes
        };
        for script in [
            "tar -tzf /a.tgz",
            "install -d -o 1000 /d/a /d/b",
            "tar tf /a",
            "rm -rf /d/*",
            "aws s3 ls s3://b",
            "wget -qO- https://a | sha256sum",
            "sort -o /d/a /b",
            "f() { ls; }; f; sh -c 'ls'; timeout 5 sh -c 'nc -z db 1'",
            "timeout 30 sh -c \"until nslookup api; do sleep 1; done\"",
            "kubectl get pods | jq . | sed s/a/b/ | awk '{print $1}'",
            "git ls-remote https://a; unzip -l /a.zip",
            "find /d -type f -mtime +1 -delete; find /d -exec chmod a+r {} +; inotifywait -m -r /d; pgrep a | nl",
            "ls /d | xargs -n 1 rm -rf; pgrep a | xargs kill",
            "nginx -t; java -version; app --help; wait-for-it.sh db:1 -t 9; psql -h db -c 'select 1'",
        ] {
            assert!(is_such(script, Call::makes_named_files_only), "{script}");
            assert!(is_such(script, Call::makes_files_at_named_places), "{script}");
        }
        for script in [
            "cp -r /a /d",
            "install -m 755 /a /d/b",
            "ln -s /a /d/b",
            "mv -t /d /a",
            "tar -xf /a -C /d",
            "tar -cf - /a | gzip -c > /d/a.tgz",
            "dd if=/a of=/d/b",
            "git clone x /d",
        ] {
            assert!(!is_such(script, Call::makes_named_files_only), "{script}");
            assert!(is_such(script, Call::makes_files_at_named_places), "{script}");
        }
        for script in [
            "tar -xf /a.tgz",
            "aws s3 cp s3://b/a /d",
            "cp /a b",
            "cp /a $D",
            "sort -o a /b",
            "go build",
            "truncate -s 5M a",
            "dd of=a",
            "git clone x",
            "f() { make; }; f",
            "sh -c make",
            "nginx",
            "psql -o /d/a -c 'select 1'",
            "sed -i s/a/b/ a",
            "find /d -fprintf a %p",
            "find /d -exec make {} ;",
            "inotifywait -d -o a /d",
            "awk '{print > \"a\"}'",
            "ls /d | xargs touch",
            "ls /d | xargs",
        ] {
            assert!(!is_such(script, Call::makes_files_at_named_places), "{script}");
        }
    }
}

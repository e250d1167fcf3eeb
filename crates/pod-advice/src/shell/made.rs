//! Where a program makes files, as far as its words tell.

use super::{Call, files};

impl Call {
    /// True if it makes no other files than those that its arguments and redirections name.
    pub(crate) fn makes_named_files_only(&self) -> bool {
        match self.program() {
            "wget" | "curl" => files::downloads_to_named_files(self),
            "tar" => files::lists_archive(self),
            "aws" | "gsutil" | "mc" | "rclone" => self.operands().any(|word| word.text == "ls"),
            program => WRITING_LITTLE.binary_search(&program).is_ok(),
        }
    }

    /// True if it makes no files but at places that its arguments and redirections name, and below these.
    pub(crate) fn makes_files_at_named_places(&self) -> bool {
        matches!(self.program(), "cp" | "install" | "ln" | "mv") || self.makes_named_files_only()
    }
}

/// Programs that make no other files than those that their arguments and redirections name, in order.
const WRITING_LITTLE: [&str; 74] = [
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
    "exit",
    "export",
    "expr",
    "false",
    "free",
    "getent",
    "grep",
    "head",
    "host",
    "hostname",
    "id",
    "kill",
    "ls",
    "md5sum",
    "mkdir",
    "mkfifo",
    "nproc",
    "nslookup",
    "pg_isready",
    "printenv",
    "printf",
    "ps",
    "pwd",
    "read",
    "readlink",
    "realpath",
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
    "stat",
    "sync",
    "tac",
    "tail",
    "tee",
    "test",
    "touch",
    "tr",
    "true",
    "truncate",
    "umask",
    "uname",
    "unset",
    "uptime",
    "wait",
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
        assert!(WRITING_LITTLE.is_sorted());
    }

    #[test]
    fn files_are_made_where_the_words_say() {
        let is_such = |script: &str, is_such: fn(&Call) -> bool| {
            let reading = read(script, None, Variables::default()).unwrap();
            reading.calls.iter().all(is_such) && !reading.hides_writes
        };
        for script in [
            "tar -tzf /a.tgz",
            "tar tf /a",
            "rm -rf /d/*",
            "aws s3 ls s3://b",
            "wget -qO- https://a | sha256sum",
            "sort -o /d/a /b",
        ] {
            assert!(is_such(script, Call::makes_named_files_only), "{script}");
        }
        for script in ["cp -r /a /d", "install -m 755 /a /d/b", "ln -s /a /d/b", "mv -t /d /a"] {
            assert!(!is_such(script, Call::makes_named_files_only), "{script}");
            assert!(is_such(script, Call::makes_files_at_named_places), "{script}");
        }
        for script in
            ["tar -xf /a.tgz", "aws s3 cp s3://b/a /d", "cp /a b", "cp /a $D", "sort -o a /b", "go build", "truncate -s 5M a"]
        {
            assert!(!is_such(script, Call::makes_files_at_named_places), "{script}");
        }
    }
}

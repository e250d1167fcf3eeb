//! The files that a script leaves to their owner alone.

use crate::file_mode::{FOR_GROUP_AND_OTHERS, FileMode, octal};
use crate::shell::{Access, Call, FileUse, Reading};
use crate::workload::lies_in;

/// How many files of a container are looked at.
const MAX_LOOKED_AT: usize = 64;

/// What a script does, with the masks under which it makes files.
pub(super) struct Modes<'c> {
    reading: &'c Reading,
    /// The calls that set a mask, and whether it leaves nothing for group and others.
    masks: Vec<(usize, bool)>,
}

impl<'c> Modes<'c> {
    pub(super) fn of(reading: &'c Reading) -> Self {
        let calls = reading.calls.iter().enumerate();
        let masks = calls.filter_map(|(index, call)| Some((index, is_private_umask(call)?))).collect();
        Self { reading, masks }
    }

    /// The files that only their owner may use afterwards; none where nobody knows whose they are.
    pub(super) fn private_files(&self) -> impl Iterator<Item = &'c str> {
        let is_known = !self.reading.calls.iter().any(gives_unknown_away);
        let files = self.reading.files.iter().filter(move |used| is_known && self.is_private(used));
        files.take(MAX_LOOKED_AT).filter(|used| !self.is_undone(used)).map(|used| used.path.as_str())
    }

    fn is_private(&self, used: &FileUse) -> bool {
        let call = self.reading.calls.get(used.call);
        let mode = match used.access {
            Access::Mode => call.and_then(FileMode::told),
            Access::Write if matches!(&*used.program, "install" | "mkdir") => call.and_then(FileMode::told),
            Access::Write if call.is_some_and(|call| makes_key(call, used)) => return true,
            Access::Write | Access::Append => return used.is_exact && self.is_masked(used),
            Access::Read | Access::Await | Access::Remove | Access::Owner => None,
        };
        mode.is_some_and(FileMode::is_private)
    }

    fn is_masked(&self, used: &FileUse) -> bool {
        let before = self.masks.partition_point(|(index, _)| *index < used.call);
        let holds = |index: usize| used.when.apart || !self.reading.calls[index].when.apart;
        self.masks[..before].iter().rfind(|(index, _)| holds(*index)).is_some_and(|(_, is_private)| *is_private)
    }

    /// True if it opens what others have left at `path`, gives it away or removes it, or may do so.
    pub(super) fn undoes(&self, path: &str) -> bool {
        let is_unknown = self.reading.calls.iter().any(gives_unknown_away);
        is_unknown || self.reading.files.iter().any(|used| used.may_be_around(path) && self.frees(used))
    }

    /// True of what opens a file to others, gives it away or removes it.
    fn frees(&self, used: &FileUse) -> bool {
        match used.access {
            Access::Mode => !self.is_private(used),
            Access::Owner => self.reading.calls.get(used.call).is_some_and(gives_away),
            Access::Remove => !used.when.guarded,
            _ => false,
        }
    }

    /// True if the file is opened to others, given away or removed.
    fn is_undone(&self, used: &FileUse) -> bool {
        let makes = |other: &&FileUse| matches!(other.access, Access::Write | Access::Append) && other.path == used.path;
        let made = self.reading.files.iter().find(makes).map(|made| made.call);
        let is_in_time = |other: &FileUse| match other.access {
            // With its directory a file is given away only once it is there.
            Access::Owner => other.path == used.path || made.is_none_or(|made| other.call > made),
            _ => other.call > used.call,
        };
        let is_of = |other: &FileUse| lies_in(&used.path, &other.path) || !other.is_exact && used.path.starts_with(&*other.path);
        self.reading.files.iter().any(|other| is_of(other) && is_in_time(other) && self.frees(other))
    }
}

/// Whether a call of `umask` leaves nothing for group and others; `None` of what sets no mask.
fn is_private_umask(call: &Call) -> Option<bool> {
    let mask = call.operands().next().filter(|_| call.program() == "umask")?;
    Some(octal(&mask.text).is_some_and(|mask| mask & FOR_GROUP_AND_OTHERS == FOR_GROUP_AND_OTHERS))
}

/// True of a program that makes a private key in the file that it uses, which it keeps from others.
fn makes_key(call: &Call, used: &FileUse) -> bool {
    const KEYS: [&str; 6] = ["ec", "genpkey", "genrsa", "pkcs12", "pkey", "rsa"];
    let is_of = |option: &str| {
        let mut pairs = call.arguments().windows(2).filter(|pair| pair[0].text == option);
        pairs.any(|pair| used.path.ends_with(pair[1].text.trim_start_matches("./")))
    };
    match call.program() {
        "ssh-keygen" => is_of("-f"),
        "openssl" => {
            is_of("-keyout") || is_of("-out") && call.arguments().first().is_some_and(|word| KEYS.contains(&&*word.text))
        }
        _ => false,
    }
}

/// True of a `chown` to another user than root.
fn gives_away(call: &Call) -> bool {
    let owner = call.operands().next().map_or("", |word| word.text.split([':', '.']).next().unwrap_or_default());
    call.program() == "chown" && !matches!(owner, "" | "0" | "root")
}

/// True of a call that may give files to another user of which nobody knows which they are.
fn gives_unknown_away(call: &Call) -> bool {
    match call.program() {
        "chown" => call.operands().any(|word| !word.is_exact),
        "install" => call.has_option(&["-o", "--owner"]),
        "setfacl" | "su-exec" => true,
        "xargs" => call.operands().any(|word| word.text == "chown"),
        _ => false,
    }
}

//! Files whose names one program hands on to the next: `ls DIR | xargs rm`.

use compact_str::CompactString;

use super::Walk;
use crate::shell::{Access, Call, FileUse, Word, files, run_by_xargs};

impl Walk<'_> {
    /// Notes what `xargs`, the call at `right`, removes of what the only call left of it, the one at `left`, finds.
    pub(super) fn note_handed_on(&mut self, left: usize, right: usize) {
        let Some((finder, xargs)) = self.reading.calls.get(left).zip(self.reading.calls.get(right)) else { return };
        let Some(run) = run_by_xargs(xargs).filter(|run| left + 1 == right && matches!(run.program(), "rm" | "rmdir" | "unlink"))
        else {
            return;
        };
        let found = found_by(finder);
        let sign = sign_of_place(xargs);
        let removed = found.iter().map(|file| in_place(&run, sign, file));
        let used = removed.filter_map(|word| files::used(&word, Access::Remove, xargs, self.cwd.as_deref()));
        self.reading.files.extend(used.map(|used| FileUse { call: right, program: "rm".into(), ..used }));
    }
}

/// The names that `finder` prints, as patterns where it has them from a directory.
fn found_by(finder: &Call) -> Vec<Word> {
    let is_kept = |word: &&Word| word.is_exact && word.text.contains(['*', '?', '[']);
    match finder.program() {
        "find" => files::found(finder).into_iter().collect(),
        "ls" if finder.has_option(&["-R", "-l", "--recursive"]) => Vec::new(),
        "ls" if finder.has_option(&["-d", "--directory"]) => finder.operands().cloned().collect(),
        "ls" if finder.operands().next().is_some_and(|word| is_kept(&word)) => {
            finder.operands().filter(is_kept).cloned().collect()
        }
        // The names are without their directory: what is removed lies in the one that the script is in.
        "ls" => {
            let text = if finder.has_option(&["-A", "-a", "--all", "--almost-all"]) { "." } else { "*" };
            vec![Word { text: text.into(), is_exact: true }]
        }
        _ => Vec::new(),
    }
}

/// What `xargs` puts its input in the place of: the `{}` of `xargs -I{} rm DIR/{}`.
fn sign_of_place(xargs: &Call) -> Option<&str> {
    let mut words = xargs.arguments().iter().map(|word| word.text.as_str());
    let value = words.find_map(|word| word.strip_prefix("-I"))?;
    if value.is_empty() { words.next() } else { Some(value) }
}

/// `file` where `run` has it: in the place of `sign`, or by itself.
fn in_place(run: &Call, sign: Option<&str>, file: &Word) -> Word {
    let place = |word: &Word| {
        let (before, behind) = word.text.split_once(sign?)?;
        let text: CompactString = [before, &file.text, behind].concat().into();
        Some(Word { text, is_exact: word.is_exact && file.is_exact })
    };
    run.arguments().iter().find_map(place).unwrap_or_else(|| file.clone())
}

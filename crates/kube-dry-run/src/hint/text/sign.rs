//! Signs with which a string may not begin because they mean something to YAML: aliases, and those that are kept for later.

use super::Place;
use super::line;
use crate::hint::manifest::is_word;
use crate::shown::shown;
use crate::spelling::meant_by;

impl Place<'_> {
    /// Which anchor an alias may mean.
    pub(super) fn anchor(&self) -> Option<String> {
        let (_, name) = self.line.rsplit_once('*')?;
        let name = name.split([' ', ',', ']', '}']).next().filter(|name| is_word(name))?;
        let anchors: Vec<_> = self.lines_before().filter_map(|(_, line)| line::anchor(line)).collect();
        if let Some(meant) = meant_by(name, anchors.into_iter()) {
            return Some(format!("No anchor before this is called `{}`: did you mean `*{}`?", shown(name), shown(meant)));
        }
        let is_merge = self.line.trim_start().trim_start_matches("- ").starts_with("<<");
        is_merge.then(|| {
            let name = shown(name);
            format!("`*{name}` takes over the fields that `&{name}` stands before, further up in this document: there is none.")
        })
    }

    /// How to write the line of the mistake with its value in quotes.
    pub(super) fn in_quotes(&self) -> String {
        let line = self.line.trim();
        if line.split_once(": ").is_some_and(|(_, value)| line::is_placeholder(value.trim())) {
            return "This is a placeholder that a program fills in: let it do so, and check what comes out.".to_owned();
        }
        match line.split_once(": ").filter(|(_, value)| !value.contains(['"', '`', '\\'])) {
            Some((key, value)) => format!("Write `{}: \"{}\"`.", shown(key), shown(value.trim())),
            None => "Put the whole string in double quotes.".to_owned(),
        }
    }
}

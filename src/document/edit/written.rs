//! Edits as words: the verb, the field path, and what the verb wants beside it. A button of the page carries one.

use std::fmt;
use std::str::FromStr;

use super::{Edit, EnvSource, ParseEditError, Role};
use crate::document::{Comments, Path};

/// What can be done with every item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemEdit {
    /// Swaps it with the one before it.
    Up,
    /// Swaps it with the one after it.
    Down,
    /// Puts a copy after it.
    Duplicate,
    /// Takes it away.
    Remove,
}

impl ItemEdit {
    const ALL: [Self; 4] = [Self::Up, Self::Down, Self::Duplicate, Self::Remove];

    /// The verb of the edit: with the path of the item behind it, it is the written [`Edit`].
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Duplicate => "duplicate",
            Self::Remove => "remove",
        }
    }

    fn of(self, item: Path) -> Edit {
        match self {
            Self::Up => Edit::Up(item),
            Self::Down => Edit::Down(item),
            Self::Duplicate => Edit::Duplicate(item),
            Self::Remove => Edit::Remove(item),
        }
    }
}

impl Edit {
    /// This edit as `Display` writes it, without its detours.
    #[must_use]
    pub fn to_text(&self) -> String {
        let of = |verb: &str, path: &Path| [verb, " ", &path.to_text()].concat();
        let of_two = |verb: &str, path: &Path, word: &str| [verb, " ", &path.to_text(), " ", word].concat();
        match self {
            Self::Set(path, _) => of("set", path),
            Self::Remove(path) => of(ItemEdit::Remove.word(), path),
            Self::Add(list) => of("add", list),
            Self::AddSidecar(list) => of("add-sidecar", list),
            Self::Up(path) => of(ItemEdit::Up.word(), path),
            Self::Down(path) => of(ItemEdit::Down.word(), path),
            Self::Duplicate(path) => of(ItemEdit::Duplicate.word(), path),
            Self::Share(volume, container) => of_two("share", volume, &container.to_text()),
            Self::ShareNew => "share-new".to_owned(),
            Self::NewVolume(mount) => of("new-volume", mount),
            Self::Rename(volume, _) => of("rename", volume),
            Self::Role(container, role) => of_two("role", container, role.word()),
            Self::Source(env, source) => of_two("source", env, source.word()),
            Self::Fix(rule, path) => ["fix ", rule, " ", &path.to_text()].concat(),
            Self::FixAll => "fix-all".to_owned(),
            Self::Comments(comments) => comments.word().to_owned(),
            Self::Show(path) => of("show", path),
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_text())
    }
}

impl FromStr for Edit {
    type Err = ParseEditError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some((rule, path)) = text.strip_prefix("fix ").and_then(|fix| fix.split_once(' ')) {
            return Ok(Self::Fix(rule.to_owned(), path.parse()?));
        }
        let words: Vec<&str> = text.split(' ').collect();
        if let [word, path] = words[..]
            && let Some(edit) = ItemEdit::ALL.into_iter().find(|edit| edit.word() == word)
        {
            return Ok(edit.of(path.parse()?));
        }
        let unknown = || ParseEditError::Unknown(text.to_owned());
        Ok(match words[..] {
            ["add", list] => Self::Add(list.parse()?),
            ["add-sidecar", list] => Self::AddSidecar(list.parse()?),
            ["share", volume, container] => Self::Share(volume.parse()?, container.parse()?),
            ["share-new"] => Self::ShareNew,
            ["new-volume", mount] => Self::NewVolume(mount.parse()?),
            ["show", path] => Self::Show(path.parse()?),
            ["fix-all"] => Self::FixAll,
            [word] => Self::Comments(Comments::ALL.into_iter().find(|comments| comments.word() == word).ok_or_else(unknown)?),
            ["role", container, word] => {
                let role = Role::ALL.into_iter().find(|role| role.word() == word).ok_or_else(unknown)?;
                Self::Role(container.parse()?, role)
            }
            ["source", env, word] => {
                let source = EnvSource::ALL.into_iter().find(|source| source.word() == word).ok_or_else(unknown)?;
                Self::Source(env.parse()?, source)
            }
            _ => return Err(unknown()),
        })
    }
}

//! Edits as words: the verb, the field path, and what the verb wants beside it. A button of the page carries one.

use std::fmt;
use std::str::FromStr;

use super::{Edit, EnvSource, ParseEditError, Role};
use crate::document::{Comments, Path};

impl Edit {
    /// This edit as `Display` writes it, without its detours.
    #[must_use]
    pub fn to_text(&self) -> String {
        let of = |verb: &str, path: &Path| [verb, " ", &path.to_text()].concat();
        let of_two = |verb: &str, path: &Path, word: &str| [verb, " ", &path.to_text(), " ", word].concat();
        match self {
            Self::Set(path, _) => of("set", path),
            Self::Remove(path) => of("remove", path),
            Self::Add(list) => of("add", list),
            Self::AddSidecar(list) => of("add-sidecar", list),
            Self::Up(path) => of("up", path),
            Self::Down(path) => of("down", path),
            Self::Duplicate(path) => of("duplicate", path),
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
        let unknown = || ParseEditError::Unknown(text.to_owned());
        Ok(match words[..] {
            ["remove", path] => Self::Remove(path.parse()?),
            ["add", list] => Self::Add(list.parse()?),
            ["add-sidecar", list] => Self::AddSidecar(list.parse()?),
            ["up", path] => Self::Up(path.parse()?),
            ["down", path] => Self::Down(path.parse()?),
            ["duplicate", path] => Self::Duplicate(path.parse()?),
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

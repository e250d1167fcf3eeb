//! The modes of files, as `chmod`, `mkdir` and `install` are told them.

use crate::shell::Call;

/// Who a mode is for, besides the owner.
#[derive(Clone, Copy)]
pub(crate) enum Class {
    Group,
    Others,
}

/// What one may do with a file.
#[derive(Clone, Copy)]
pub(crate) enum Right {
    Read,
    Write,
}

/// A mode.
#[derive(Clone, Copy)]
pub(crate) enum FileMode<'t> {
    /// In digits, `0640`.
    Octal(u32),
    /// By letters, `u=rw,go-w`.
    Symbolic(&'t str),
}

impl<'t> FileMode<'t> {
    /// The mode that is written as `text`.
    pub(crate) fn of(text: &'t str) -> Self {
        octal(text).map_or(Self::Symbolic(text), Self::Octal)
    }

    /// The mode that `call` gives to what it changes or makes: `chmod 600`, `mkdir --mode=700`, `install -Dm600`.
    pub(crate) fn told(call: &'t Call) -> Option<Self> {
        let text = match call.program() {
            "chmod" => call.operands().next()?.text.as_str(),
            "install" | "mkdir" => option_of_mode(call)?,
            _ => return None,
        };
        Some(Self::of(text))
    }

    /// Whether it gives `class` the `right`; `None` where it leaves that as it is.
    pub(crate) fn gives(self, class: Class, right: Right) -> Option<bool> {
        match self {
            Self::Octal(mode) => Some(mode & bit(class, right) != 0),
            Self::Symbolic(text) => text.rsplit(',').find_map(|clause| gives_by_letters(clause, class, right)),
        }
    }

    /// True if it leaves nothing for group and others.
    pub(crate) fn is_private(self) -> bool {
        match self {
            Self::Octal(mode) => mode & FOR_GROUP_AND_OTHERS == 0,
            Self::Symbolic(_) => {
                [Class::Group, Class::Others].into_iter().all(|class| self.gives(class, Right::Read) == Some(false))
            }
        }
    }
}

/// The bits of a mode or of a mask that are for group and others, and for the group alone.
pub(crate) const FOR_GROUP_AND_OTHERS: u32 = 0o077;
pub(crate) const FOR_GROUP: u32 = 0o070;

/// A mode or a mask in digits.
pub(crate) fn octal(text: &str) -> Option<u32> {
    let is_octal = matches!(text.len(), 1..=5) && text.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    u32::from_str_radix(text, 8).ok().filter(|_| is_octal)
}

fn bit(class: Class, right: Right) -> u32 {
    let of_others = match right {
        Right::Read => 0o4,
        Right::Write => 0o2,
    };
    match class {
        Class::Group => of_others << 3,
        Class::Others => of_others,
    }
}

/// What `clause` of a mode says: `go-rwx`, `a+r`, `o=g`, which gives what the group has and is taken to be enough.
fn gives_by_letters(clause: &str, class: Class, right: Right) -> Option<bool> {
    let sign = clause.find(['+', '-', '='])?;
    let (who, what) = (&clause[..sign], &clause[sign + 1..]);
    let letter = match class {
        Class::Group => 'g',
        Class::Others => 'o',
    };
    if !who.is_empty() && !who.contains([letter, 'a']) {
        return None;
    }
    let right = match right {
        Right::Read => 'r',
        Right::Write => 'w',
    };
    match (clause.as_bytes()[sign], what.contains([right, 'u', 'g', 'o'])) {
        (b'=', gives) => Some(gives),
        (sign, true) => Some(sign == b'+'),
        (_, false) => None,
    }
}

/// What stands behind the option for the mode: `-m 600`, `-Dm600`, `--mode=600`.
fn option_of_mode(call: &Call) -> Option<&str> {
    let words = call.arguments();
    words.iter().enumerate().find_map(|(at, word)| {
        let text = word.text.as_str();
        let own = match text.strip_prefix("--") {
            Some(long) => long.strip_prefix("mode")?.trim_start_matches('='),
            None => text.strip_prefix('-')?.split_once('m')?.1,
        };
        if own.is_empty() { words.get(at + 1).map(|word| word.text.as_str()) } else { Some(own) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_say_who_may_do_what() {
        let others = |mode: &str, right: Right| FileMode::of(mode).gives(Class::Others, right);
        for open in ["777", "0666", "1777", "a+rwX", "+w", "u=rwX,go=rwX", "o-x,o+w", "o=g"] {
            assert_eq!(others(open, Right::Write), Some(true), "{open}");
        }
        for closed in ["755", "0644", "600", "go-w", "o=rX", "o+w,o-w"] {
            assert_eq!(others(closed, Right::Write), Some(false), "{closed}");
        }
        for silent in ["u+w", "g=rw", "+x", "$MODE", "9", ""] {
            assert_eq!(others(silent, Right::Write), None, "{silent}");
        }
        assert_eq!((others("644", Right::Read), others("go=rX", Right::Read)), (Some(true), Some(true)));
    }

    #[test]
    fn private_modes_leave_nothing_for_others() {
        for mode in ["600", "0700", "400", "1700", "go-rwx", "u=rw,go=", "a=,u+r", "og-r"] {
            assert!(FileMode::of(mode).is_private(), "{mode}");
        }
        for mode in ["640", "711", "755", "u+x", "o-rwx", "go=u", "$MODE", "go-rwx,g+r"] {
            assert!(!FileMode::of(mode).is_private(), "{mode}");
        }
    }
}

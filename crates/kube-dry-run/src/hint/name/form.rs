//! What names may look like, and names that come near to others.

use crate::names;

/// A form that names have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The name of a container, a volume, a namespace.
    Label,
    /// The name of most objects.
    Subdomain,
    /// A DNS search domain.
    SearchDomain,
    /// The name of a port.
    PortName,
    /// The key of a label or an annotation, or the name of a resource.
    Key,
    /// The value of a label.
    LabelValue,
    /// The name of an environment variable.
    Variable,
    /// The key of a `ConfigMap` or a Secret.
    ConfigKey,
    /// The name of an HTTP header.
    Header,
}

/// Words of the API server, and the form of the name that it says them of; the first that fits counts.
const REASONS: [(&str, Form); 20] = [
    ("prefix part ", Form::Key),
    ("name part ", Form::Key),
    ("a valid label key must", Form::Key),
    ("a valid label must", Form::LabelValue),
    ("must be no more than 63 bytes", Form::LabelValue),
    ("RFC 1123 label must consist", Form::Label),
    ("must not contain dots", Form::Label),
    ("must be no more than 63 characters", Form::Label),
    ("characters, '_', '-' or '.'", Form::SearchDomain),
    ("RFC 1123 subdomain must consist", Form::Subdomain),
    ("must be no more than 253 characters", Form::Subdomain),
    ("must be no more than 52 characters", Form::Subdomain),
    ("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)", Form::PortName),
    ("must contain at least one letter (a-z)", Form::PortName),
    ("must not contain consecutive hyphens", Form::PortName),
    ("must not begin or end with a hyphen", Form::PortName),
    ("must be no more than 15 characters", Form::PortName),
    ("a valid environment variable name must", Form::Variable),
    ("a valid config key must", Form::ConfigKey),
    ("a valid HTTP header must", Form::Header),
];

impl Form {
    /// The form that the name should have of which the API server says `message`.
    pub(super) fn of(message: &str) -> Option<Self> {
        REASONS.iter().find(|(reason, _)| message.contains(reason)).map(|(_, form)| *form)
    }

    /// What a name of this form looks like, such as `better`.
    pub(super) fn words(self, better: Option<&str>) -> String {
        let allowed = match self {
            Self::Label => {
                "Use lower-case letters, digits and `-` only, at most 63 in all, with a letter or digit at the beginning and the end"
            }
            Self::Subdomain => {
                "Use lower-case letters, digits, `-` and `.` only, with a letter or digit at the beginning and the end"
            }
            Self::SearchDomain => {
                "Use the name of a domain: lower-case letters, digits, `-` and `_`, with dots between its parts"
            }
            Self::PortName => {
                "The name of a port has lower-case letters, digits and single `-`, at most 15 in all, and one of them is a letter"
            }
            Self::Key => {
                "Use letters, digits, `-`, `_` and `.` only, at most 63 in all, with a letter or digit at the beginning and the \
                 end; a domain and a `/` may stand before them"
            }
            Self::LabelValue => {
                "The value of a label has letters, digits, `-`, `_` and `.` only, at most 63 in all, with a letter or digit at the \
                 beginning and the end"
            }
            Self::Variable => "The name of a variable has no `=` and no letters beyond ASCII",
            Self::ConfigKey => "A key is like the name of a file: letters, digits, `-`, `_` and `.` only",
            Self::Header => "The name of a header has letters, digits and `-` only",
        };
        match better {
            Some(better) => format!("{allowed}: `{better}`, for example."),
            None => format!("{allowed}."),
        }
    }

    /// The name of this form that comes nearest to `written`, if one does.
    pub(super) fn mended(self, written: &str) -> Option<String> {
        const MAX_MENDED: usize = 512;
        if written.len() > MAX_MENDED {
            return None;
        }
        let mended = match self {
            Self::Label | Self::PortName => joined(&in_small_letters(written), self.most(), "-", |_| false),
            Self::Subdomain => dotted(&in_small_letters(written), self.most(), |_| false),
            Self::SearchDomain => dotted(&in_small_letters(written), self.most(), |character| character == '_'),
            Self::Key => key(written),
            Self::LabelValue => joined(&in_ascii(written), self.most(), "-", |character| matches!(character, '_' | '.')),
            Self::Variable => joined(&in_ascii(written), self.most(), "_", |character| matches!(character, '_' | '.' | '-')),
            Self::ConfigKey => joined(&in_ascii(written), self.most(), "-", |character| matches!(character, '_' | '.')),
            Self::Header => joined(&in_ascii(written), self.most(), "-", |_| false),
        };
        (self.is_form_of(&mended) && mended != written).then_some(mended)
    }

    /// How many bytes a name of this form may have at the most.
    fn most(self) -> usize {
        match self {
            Self::Label | Self::Key | Self::LabelValue => 63,
            Self::PortName => 15,
            Self::Subdomain | Self::SearchDomain | Self::Variable | Self::ConfigKey | Self::Header => 253,
        }
    }

    /// True if the server takes `name`.
    fn is_form_of(self, name: &str) -> bool {
        let reasons = match self {
            Self::Label => names::dns_label(name),
            Self::Subdomain => names::dns_subdomain(name),
            Self::SearchDomain => names::dns_subdomain_with_underscore(name),
            Self::PortName => names::port_name(name),
            Self::Key => names::qualified_name(name),
            Self::LabelValue => names::label_value(name),
            Self::Variable => names::env_name(name),
            Self::ConfigKey => names::config_key(name),
            Self::Header => names::header_name(name),
        };
        reasons.is_empty() && !name.is_empty()
    }
}

fn key(written: &str) -> String {
    let is_allowed = |character| matches!(character, '_' | '.');
    match written.trim().split_once('/') {
        None => joined(&in_ascii(written), 63, "-", is_allowed),
        Some((prefix, name)) => {
            let (prefix, name) =
                (dotted(&in_small_letters(prefix), 253, |_| false), joined(&in_ascii(name), 63, "-", is_allowed));
            if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
        }
    }
}

/// The parts of a domain, each with letters and digits at both ends.
fn dotted(name: &str, most: usize, is_allowed: fn(char) -> bool) -> String {
    let parts = name.split('.').map(|part| joined(part, most, "-", is_allowed)).filter(|part| !part.is_empty());
    let whole = parts.collect::<Vec<_>>().join(".");
    shortened(&whole, most)
}

/// `name` with `joint` for each run of characters that are neither letters nor digits nor allowed, at most `most` bytes of it.
fn joined(name: &str, most: usize, joint: &str, is_allowed: impl Fn(char) -> bool) -> String {
    let is_good = |character: char| character.is_ascii_alphanumeric() || is_allowed(character);
    let words: Vec<_> = name.split(|character| !is_good(character)).filter(|word| !word.is_empty()).collect();
    shortened(&words.join(joint), most)
}

fn shortened(name: &str, most: usize) -> String {
    let name = &name[..name.floor_char_boundary(most)];
    name.trim_matches(|character: char| !character.is_ascii_alphanumeric()).to_owned()
}

/// `name` in lower-case letters, with a `-` where capitals tell words apart: `myFirst` is `my-first`.
fn in_small_letters(name: &str) -> String {
    let mut small = String::with_capacity(name.len() + 8);
    let mut after_small = false;
    for character in in_ascii(name).chars() {
        if character.is_ascii_uppercase() && after_small {
            small.push('-');
        }
        after_small = character.is_ascii_lowercase() || character.is_ascii_digit();
        small.push(character.to_ascii_lowercase());
    }
    small
}

/// `name` with plain letters in place of the commonest others.
fn in_ascii(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.chars() {
        match plain_letters(character) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(character),
        }
    }
    plain
}

fn plain_letters(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' | 'œ' => "oe",
        'ü' => "ue",
        'Ä' | 'Æ' => "AE",
        'Ö' | 'Ø' | 'Œ' => "OE",
        'Ü' => "UE",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ù' | 'ú' | 'û' => "u",
        'ç' | 'č' => "c",
        'ñ' => "n",
        'š' => "s",
        'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_mended() {
        for (form, written, expected) in [
            (Form::Label, "My_First Pod", Some("my-first-pod")),
            (Form::Label, "myFirstContainer", Some("my-first-container")),
            (Form::Label, "Build-Run-14", Some("build-run-14")),
            (Form::Label, "a.b", Some("a-b")),
            (Form::Label, "Häuser", Some("haeuser")),
            (Form::Label, "日本", None),
            (Form::Label, "___", None),
            (Form::Subdomain, "-My.Site-.com", Some("my.site.com")),
            (Form::PortName, "HTTP_port--1", Some("http-port-1")),
            (Form::PortName, "8080", None),
            (Form::PortName, "a-very-long-port-name", Some("a-very-long-por")),
            (Form::Key, "My Team/app name", Some("my-team/app-name")),
            (Form::Key, "/app", Some("app")),
            (Form::LabelValue, "nginx:1.29", Some("nginx-1.29")),
            (Form::Variable, "A=B", Some("A_B")),
            (Form::ConfigKey, "conf/app.yaml", Some("conf-app.yaml")),
            (Form::Header, "X Header:", Some("X-Header")),
        ] {
            assert_eq!(form.mended(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(Form::Label.mended(&"a".repeat(70)), Some("a".repeat(63)));
        assert_eq!(Form::Label.mended(&"a".repeat(1_000)), None);
    }
}

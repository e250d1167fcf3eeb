//! What is wrong with the name of an image.
//!
//! Follows `github.com/distribution/reference` (v0.6, `normalize.go`: `ParseNormalizedNamed`, and `regexp.go`), with which
//! `pkg/util/parsers/parsers.go` (v1.35, `ParseImageName`) reads it for the kubelet.

use super::host_and_rest;

/// How long a repository may be, in characters.
const MAX_PATH: usize = 255;

/// How long a tag may be, in characters.
const MAX_TAG: usize = 128;

/// The algorithms of digests, with how many hexadecimal digits they have.
const DIGESTS: [(&str, usize); 3] = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

/// What is wrong with the name of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// `https://` stands before it.
    Scheme,
    /// Something is still to be filled in.
    Placeholder,
    /// A blank stands in it.
    Blank,
    /// It ends with the `:` before a tag.
    NoTag,
    /// The repository has upper case.
    UpperCase,
    /// The registry is no name of a host.
    Host,
    /// The repository has other characters than it may have.
    Repository,
    /// The tag has other characters than it may have.
    Tag,
    /// The digest is none.
    Digest,
    /// Upper case makes the first part a registry.
    UpperHost,
}

impl Fault {
    /// What is wrong with `image`; `None` of a name that can be read, and of one that `ko` fills in.
    pub(crate) fn of(image: &str) -> Option<Self> {
        if is_plain(image) || image.starts_with("ko://") {
            return None;
        }
        if image.contains("://") {
            return Some(Self::Scheme);
        }
        if image.contains(['{', '}', '$', '<', '>', '%']) || image.contains("..") || is_shouted(image) || has_shouted_part(image)
        {
            return Some(Self::Placeholder);
        }
        if image.contains(' ') {
            return Some(Self::Blank);
        }
        if image.ends_with(':') {
            return Some(Self::NoTag);
        }
        let (host, rest) = host_and_rest(image);
        let (named, digest) = split(rest, '@');
        let (path, tag) = split(named, ':');
        match () {
            () if path.bytes().any(|byte| byte.is_ascii_uppercase()) => Some(Self::UpperCase),
            () if !host.is_none_or(is_host) => Some(Self::Host),
            () if !is_path(path) || is_identifier(image) => Some(Self::Repository),
            () if !tag.is_none_or(is_tag) => Some(Self::Tag),
            () if !digest.is_none_or(is_digest) => Some(Self::Digest),
            () => host.filter(|host| is_upper_alone(host)).map(|_| Self::UpperHost),
        }
    }

    /// Why the kubelet cannot read a name with it.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Scheme => "an address has a scheme, an image has none",
            Self::Placeholder => "a placeholder is left in it",
            Self::Blank => "there is a blank in it",
            Self::NoTag => "the tag is missing",
            Self::UpperCase | Self::UpperHost => "a repository has no upper case",
            Self::Host => "a registry is a host name, perhaps with a `:` and the number of a port",
            Self::Repository => "the parts of a repository are letters and digits with single `.`, `_` or `-` between them",
            Self::Tag => "a tag has letters, digits, `_`, `.` and `-`, and begins with none of the last two",
            Self::Digest => "a digest is `sha256:` with 64 hexadecimal digits in lower case",
        }
    }

    /// What is meant by `image`, which has this fault, if that is plain.
    pub(crate) fn mended(self, image: &str) -> Option<String> {
        let mended = match self {
            Self::Scheme => image.split_once("://")?.1.to_owned(),
            Self::Blank => image.split(':').map(str::trim).collect::<Vec<_>>().join(":"),
            Self::UpperCase => {
                let (_, rest) = host_and_rest(image);
                let path = split(split(rest, '@').0, ':').0;
                let start = image.len() - rest.len();
                format!("{}{}{}", &image[..start], path.to_ascii_lowercase(), &image[start + path.len()..])
            }
            Self::UpperHost => {
                let (host, rest) = image.split_once('/')?;
                format!("{}/{rest}", host.to_ascii_lowercase())
            }
            Self::Host | Self::Repository => image.trim_start_matches('/').replace("//", "/"),
            Self::Tag => image.replace("::", ":"),
            Self::Placeholder | Self::NoTag | Self::Digest => return None,
        };
        Self::of(&mended).is_none().then_some(mended)
    }
}

/// True of a name that has nothing but words in lower case with a sign between two of them, as nearly all are; also of none.
fn is_plain(image: &str) -> bool {
    let mut is_after_sign = false;
    let mut has_tag = false;
    let is_plain = |byte: u8| {
        let is_word = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let is_sign = matches!(byte, b'.' | b'-') || byte == b'/' && !has_tag || byte == b':' && !has_tag;
        let is_good = is_word || is_sign && !is_after_sign;
        has_tag |= byte == b':';
        is_after_sign = !is_word;
        is_good
    };
    let begins_well = image.bytes().next().is_none_or(|byte| byte.is_ascii_alphanumeric());
    begins_well && image.len() < DIGESTS[0].1 && image.bytes().all(is_plain) && !is_after_sign
}

/// The part before `separator`, and the one behind it.
fn split(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

/// True of a placeholder in capital letters.
fn is_shouted(image: &str) -> bool {
    let has = |is_meant: fn(&u8) -> bool| image.as_bytes().iter().any(is_meant);
    has(u8::is_ascii_uppercase) && !has(u8::is_ascii_lowercase)
}

/// True of a name of which a part is one: `gcr.io/PROJECT_ID/app`.
fn has_shouted_part(image: &str) -> bool {
    let (host, rest) = host_and_rest(image);
    let path = split(split(rest, '@').0, ':').0;
    let mut parts = host.filter(|host| is_upper_alone(host)).into_iter().chain(path.split('/'));
    parts.any(|part| part.len() > 3 && is_shouted(part))
}

/// True of a part that is a registry for its upper case alone.
fn is_upper_alone(host: &str) -> bool {
    !host.contains(['.', ':']) && host.bytes().any(|byte| byte.is_ascii_uppercase())
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((address, port)) if address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':') => {
            return !address.is_empty() && (port.is_empty() || port.strip_prefix(':').is_some_and(is_number));
        }
        _ => split(host, ':'),
    };
    let is_component = |part: &str| {
        let is_known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !part.is_empty() && part.bytes().all(is_known) && !part.starts_with('-') && !part.ends_with('-')
    };
    name.split('.').all(is_component) && port.is_none_or(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_path(path: &str) -> bool {
    path.len() <= MAX_PATH && path.split('/').all(is_component)
}

/// Letters and digits, with a `.`, one or two `_` or any number of `-` between them.
fn is_component(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_known = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'_' | b'-');
    let is_enclosed = part.bytes().next().is_some_and(is_word) && part.bytes().next_back().is_some_and(is_word);
    let separators = part.split(|character: char| character.is_ascii_lowercase() || character.is_ascii_digit());
    let is_separator = |text: &str| matches!(text, "" | "." | "_" | "__") || text.bytes().all(|byte| byte == b'-');
    is_enclosed && part.bytes().all(is_known) && separators.into_iter().all(is_separator)
}

/// True of what is a digest without its algorithm.
fn is_identifier(image: &str) -> bool {
    image.len() == DIGESTS[0].1 && image.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

fn is_tag(tag: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !tag.is_empty() && tag.len() <= MAX_TAG && tag.bytes().all(is_known) && !tag.starts_with(['.', '-'])
}

fn is_digest(digest: &str) -> bool {
    let is_hexadecimal = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    let Some((algorithm, digits)) = digest.split_once(':') else { return false };
    DIGESTS.contains(&(algorithm, digits.len())) && digits.bytes().all(is_hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kubelet_reads() {
        let digest = format!("sha256:{}", "0".repeat(64));
        for image in [
            "nginx",
            "localhost/app",
            "REGISTRY.local:5000/a/app:V1",
            "REGISTRY:5000/a/app:LATEST",
            "10.0.0.1:5000/a__b/c---d.e_f",
            "[2001:db8::1]:5000/app",
            "app:_x.y-Z",
            "ko://example.com/cmd",
            &format!("app@{digest}"),
            &format!("a/app:1@{digest}"),
        ] {
            assert_eq!(Fault::of(image), None, "{image}");
        }
    }

    #[test]
    fn what_the_kubelet_does_not_read() {
        for (image, fault, mended) in [
            ("https://a.example/app", Fault::Scheme, Some("a.example/app")),
            ("app:${TAG}", Fault::Placeholder, None),
            ("IMAGE", Fault::Placeholder, None),
            ("nginx :1.29", Fault::Blank, Some("nginx:1.29")),
            ("docker pull nginx", Fault::Blank, None),
            ("gcr.io/PROJECT_ID/app:1", Fault::Placeholder, None),
            ("USERNAME/app:1", Fault::Placeholder, None),
            ("gcr.io/QA/app:1", Fault::UpperCase, Some("gcr.io/qa/app:1")),
            ("app:", Fault::NoTag, None),
            ("a.example/Team/app:V1", Fault::UpperCase, Some("a.example/team/app:V1")),
            ("Team/app:V1", Fault::UpperHost, Some("team/app:V1")),
            ("app:x/a", Fault::Host, None),
            ("a_.example:1/a", Fault::Host, None),
            ("a.example//app", Fault::Repository, Some("a.example/app")),
            ("/app:1", Fault::Repository, Some("app:1")),
            ("a___b", Fault::Repository, None),
            ("a..b", Fault::Placeholder, None),
            ("-a", Fault::Repository, None),
            ("app;1", Fault::Repository, None),
            ("app::1", Fault::Tag, Some("app:1")),
            ("app:1:2", Fault::Tag, None),
            ("app:1+a", Fault::Tag, None),
            ("app:-1", Fault::Tag, None),
            ("app@1.2", Fault::Digest, None),
            ("app@sha256:abc", Fault::Digest, None),
        ] {
            assert_eq!((Fault::of(image), fault.mended(image).as_deref()), (Some(fault), mended), "{image}");
        }
        assert_eq!(Fault::of(&"a".repeat(64)), Some(Fault::Repository));
        assert_eq!(Fault::of(&"z".repeat(256)), Some(Fault::Repository));
    }
}

//! Names that somebody may have meant.

/// How many letters of a name may differ from the one that is meant.
fn tolerance(name: &str) -> usize {
    match name.len() {
        ..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// The one of `known` that somebody probably means who writes `written`, if there is one that is nearer than all others.
#[must_use]
pub fn meant_by<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.filter(|known| is_similar(written, known));
    let mut near: Vec<_> = near.map(|known| (distance(written, known), known)).collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, meant)] => Some(meant),
        [(nearest, meant), (next, _), ..] if nearest < next => Some(meant),
        _ => None,
    }
}

fn distance(written: &str, known: &str) -> usize {
    strsim::osa_distance(&written.to_ascii_lowercase(), &known.to_ascii_lowercase())
}

/// True if somebody who writes `written` may well mean `known`: other letters, the plural, or a slip of the keyboard.
#[must_use]
pub fn is_similar(written: &str, known: &str) -> bool {
    const MAX_LENGTH: usize = 64;
    if written.len() > MAX_LENGTH || known.len() > MAX_LENGTH || written.len().abs_diff(known.len()) > 2 {
        return false;
    }
    let (written, known) = (written.to_ascii_lowercase(), known.to_ascii_lowercase());
    let singular = |name: &str| name.strip_suffix('s').unwrap_or(name).to_owned();
    singular(&written) == singular(&known) || strsim::osa_distance(&written, &known) <= tolerance(&known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_names() {
        for (written, known) in [
            ("volumeMount", "volumeMounts"),
            ("configmap", "configMap"),
            ("imgae", "image"),
            ("nam", "name"),
            ("metadatas", "metadata"),
            ("limit", "limits"),
            ("arg", "args"),
            ("restartpolicy", "restartPolicy"),
        ] {
            assert!(is_similar(written, known), "{written}");
        }
        let known = ["volumeMounts", "volumeDevices", "env", "envFrom", "args"];
        let meant = |written: &str| meant_by(written, known.into_iter());
        assert_eq!((meant("volumemount"), meant("volumes"), meant("arg")), (Some("volumeMounts"), None, Some("args")));
        assert_eq!(meant_by("aab", ["aaba", "aabc"].into_iter()), None);
        for (written, known) in [("args", "env"), ("ip", "id"), ("env", "envFrom"), ("path", "port"), ("volumes", "volumeMounts")]
        {
            assert!(!is_similar(written, known), "{written}");
        }
    }
}

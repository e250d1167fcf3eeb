//! Names that somebody may have meant.

/// How many letters of a name may differ from the one that is meant.
fn tolerance(name: &str) -> usize {
    match name.len() {
        ..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// True if somebody who writes `written` may well mean `known`: other letters, the plural, or a slip of the keyboard.
pub(crate) fn is_similar(written: &str, known: &str) -> bool {
    const LONGEST: usize = 64;
    if written.len() > LONGEST || known.len() > LONGEST || written.len().abs_diff(known.len()) > 2 {
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
        for (written, known) in [("args", "env"), ("ip", "id"), ("env", "envFrom"), ("path", "port"), ("volumes", "volumeMounts")]
        {
            assert!(!is_similar(written, known), "{written}");
        }
    }
}

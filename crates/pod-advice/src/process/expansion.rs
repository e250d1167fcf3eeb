//! What the kubelet puts in the place of `$(NAME)` in a command, before it runs anything.
//!
//! Follows `third_party/forked/golang/expansion/expand.go` (v1.35, `Expand`): `$$` becomes `$`, and a name that nothing defines stays.

use std::borrow::Cow;

use crate::shell::{MAX_SCRIPT_BYTES, Variables};

/// `text` with the values of those `variables` of which the document has them.
pub(super) fn expanded<'t>(text: &'t str, variables: &Variables<'_>) -> Cow<'t, str> {
    if !text.contains("$(") && !text.contains("$$") {
        return text.into();
    }
    let (mut result, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('$') {
        let (before, sign) = rest.split_at(at);
        result.push_str(before);
        let (taken, meant) = reference(sign, variables);
        result.push_str(meant);
        rest = &sign[taken..];
        if result.len() > MAX_SCRIPT_BYTES {
            return text.into();
        }
    }
    (result + rest).into()
}

/// How many bytes of `text`, which begins with a `$`, belong to that, and what they come to.
fn reference<'t>(text: &'t str, variables: &Variables<'t>) -> (usize, &'t str) {
    if text.starts_with("$$") {
        return (2, "$");
    }
    let name = text.strip_prefix("$(").and_then(|rest| rest.split_once(')')).map(|(name, _)| name);
    let value = name.and_then(|name| Some((name, (*variables.known.get(name)?)?)));
    value.map_or((1, "$"), |(name, value)| ("$()".len() + name.len(), value))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn what_the_kubelet_makes_of_it() {
        let known = HashMap::from([("A", Some("/d")), ("B", None)]);
        let variables = Variables { known, has_others: false };
        for (text, expected) in [
            ("$(A)/x", "/d/x"),
            ("$(B) $(C) $A", "$(B) $(C) $A"),
            ("$$(A) $$$(A) $$", "$(A) $/d $"),
            ("$(A", "$(A"),
            ("a$", "a$"),
            ("ä$(A)ö", "ä/dö"),
        ] {
            assert_eq!(expanded(text, &variables), expected);
        }
    }
}

//! Paths of files inside of volumes and hosts.
//!
//! Follows `validateLocalDescendingPath`, `validatePathNoBacksteps` and `ValidateLocalNonReservedPath` in
//! `pkg/apis/core/validation/validation.go` (v1.35).

use super::super::field_error::Errors;
use super::super::field_path::FieldPath;

/// True of a path that goes up.
pub(super) fn has_backsteps(path: &str) -> bool {
    path.split('/').any(|part| part == "..")
}

/// A path that goes nowhere up.
pub(super) fn no_backsteps(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    if has_backsteps(text) {
        errors.invalid(path, text, "must not contain '..'");
    }
}

/// A relative path that goes nowhere up.
pub(super) fn descending(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    if text.starts_with('/') {
        errors.invalid(path, text, "must be a relative path");
    }
    no_backsteps(errors, text, path);
}

/// A relative path that goes nowhere up and does not begin like the names that the kubelet keeps to itself.
pub(super) fn non_reserved(errors: &mut Errors, text: &str, path: &FieldPath<'_>) {
    descending(errors, text, path);
    if text.starts_with("..") && !text.starts_with("../") {
        errors.invalid(path, text, "must not start with '..'");
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::field_error::testing::messages;
    use super::super::super::field_path::ROOT;
    use super::*;

    const UP: &str = "must not contain '..'";

    fn reasons(check: impl Fn(&mut Errors, &str, &FieldPath<'_>), path: &str) -> Vec<String> {
        let prefix = format!("a: Invalid value: {path:?}: ");
        let found = messages(|errors| check(errors, path, &ROOT.field("a")));
        found.into_iter().map(|message| message.strip_prefix(&prefix).unwrap().to_owned()).collect()
    }

    #[test]
    fn only_a_whole_part_of_two_dots_goes_up() {
        for good in ["", "a", "/a/b", "a..b", "..a", "a/...", "."] {
            assert_eq!(reasons(no_backsteps, good), Vec::<String>::new(), "{good}");
        }
        for bad in ["..", "../a", "a/..", "/a/../b"] {
            assert_eq!(reasons(no_backsteps, bad), [UP], "{bad}");
        }
    }

    #[test]
    fn a_path_below_something_is_relative() {
        for good in ["", "a/b", "./a", "..a"] {
            assert_eq!(reasons(descending, good), Vec::<String>::new(), "{good}");
        }
        assert_eq!(reasons(descending, "/a"), ["must be a relative path"]);
        assert_eq!(reasons(descending, "/.."), ["must be a relative path", UP]);
    }

    #[test]
    fn names_that_begin_with_two_dots_belong_to_the_kubelet() {
        for good in ["", "a", ".a", "a/..b"] {
            assert_eq!(reasons(non_reserved, good), Vec::<String>::new(), "{good}");
        }
        assert_eq!(reasons(non_reserved, "..a"), ["must not start with '..'"]);
        assert_eq!(reasons(non_reserved, ".."), [UP, "must not start with '..'"]);
        assert_eq!(reasons(non_reserved, "../a"), [UP]);
    }
}

//! A command that says all that a container runs, in place of a `command` and its `args`.

use kube_dry_run::{Change, Path};
use serde_json::Value;

/// The changes that make `words` the command of the container or the probe `value` at `place`: what stands in its `args` would come
/// behind it, so it goes.
pub(crate) fn whole_command(value: &Value, place: &Path, words: Value) -> Vec<Change> {
    let arguments = value.get("args").map(|_| Change::Remove(place.entry("args")));
    std::iter::once(Change::Set(place.entry("command"), words)).chain(arguments).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_taken_away_where_there_are_some() {
        let place = Path::root().entry("spec");
        let changes = |value: Value| whole_command(&value, &place, json!(["date"]));
        let set = || Change::Set(place.entry("command"), json!(["date"]));
        assert_eq!(changes(json!({"command": ["a"]})), [set()]);
        assert_eq!(changes(json!({"args": ["a"]})), [set(), Change::Remove(place.entry("args"))]);
    }
}

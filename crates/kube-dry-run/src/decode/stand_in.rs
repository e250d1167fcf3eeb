//! What takes the place of a document with values of wrong types, so that the later stages have something to look at.

use std::collections::HashSet;

use serde_json::Value;

use crate::change::Change;
use crate::finding::Finding;
use crate::path::{Path, Segment};

/// A document whose wrong values are mended, where it is plain what was meant, or taken out.
pub(crate) struct StandIn {
    /// The document.
    pub(crate) document: Value,
    /// The fields that are not as the person wrote them.
    pub(crate) changed: HashSet<Path>,
    /// Those of them that are not there any more.
    pub(crate) taken_out: HashSet<Path>,
}

impl StandIn {
    /// The `document` as it is; nothing is wrong with it yet.
    pub(crate) fn new(document: &Value) -> Self {
        Self { document: document.clone(), changed: HashSet::new(), taken_out: HashSet::new() }
    }

    /// Settles `errors`, which are about values of wrong types. What was mended once and is still wrong is taken out.
    pub(crate) fn settle(&mut self, errors: Vec<Finding>) {
        for Finding { place, fix, .. } in errors {
            let is_new = self.changed.insert(place.clone());
            match fix.filter(|_| is_new) {
                Some(fix) => fix.changes.iter().for_each(|change| self.apply(change)),
                None => self.take_out(place),
            }
        }
    }

    /// Gives those `unknown` fields the right names of which it is plain what they mean.
    pub(crate) fn rename(&mut self, unknown: &[Finding]) {
        for change in unknown.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.changes) {
            if let Change::Rename(place, name) = change {
                self.apply(change);
                self.changed.extend(place.parent().map(|parent| parent.entry(name)));
            }
        }
    }

    fn take_out(&mut self, place: Path) {
        let change = match place.last() {
            // The items behind it keep their places.
            Some(Segment::Index(_)) => Change::Set(place.clone(), Value::Null),
            _ => Change::Remove(place.clone()),
        };
        self.apply(&change);
        self.taken_out.insert(place);
    }

    fn apply(&mut self, change: &Change) {
        // A field that is there no more has gone with one around it.
        _ = change.apply(&mut self.document);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::finding::Fix;
    use crate::rule::Rule;

    #[test]
    fn wrong_values_are_mended_once_and_then_taken_out() {
        let path = |text: &str| text.parse::<Path>().unwrap();
        let wrong = |text: &str| Finding::new(Rule::DECODE, path(text), "");
        let mended = |text: &str| wrong(text).with_fix(Fix::safe("", vec![Change::Set(path(text), json!("1"))]));
        let mut stand_in = StandIn::new(&json!({"a": 1, "b": [1, 2], "c": {"d": 1}}));
        stand_in.settle(vec![mended("a"), wrong("b[0]"), wrong("c.d")]);
        assert_eq!(stand_in.document, json!({"a": "1", "b": [null, 2], "c": {}}));
        assert_eq!(stand_in.taken_out, HashSet::from([path("b[0]"), path("c.d")]));
        stand_in.settle(vec![mended("a")]);
        assert_eq!(stand_in.document, json!({"b": [null, 2], "c": {}}));
    }
}

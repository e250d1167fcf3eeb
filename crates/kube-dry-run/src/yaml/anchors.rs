//! What aliases stand for, and how much they may add to a document.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::budget::{Budget, Size};
use super::positions::Place;
use super::{MAX_DEPTH, Position, SyntaxError};

/// The anchors of a document, and the steps that its reading took.
pub(super) struct Anchors {
    is_needed: bool,
    by_name: HashMap<String, Anchored>,
    opened: usize,
    steps: usize,
    /// The steps behind aliases.
    alias_steps: usize,
}

/// The value behind an anchor.
struct Anchored {
    /// Which anchor of the document it is; a later one may have the same name.
    number: usize,
    /// `None` while the value is being built.
    value: Option<Copied>,
}

/// What an alias copies.
struct Copied {
    value: Value,
    /// Where it is written.
    place: Arc<Place>,
    size: Size,
    /// How many objects and lists stand inside each other in it.
    height: usize,
    /// How many steps it takes to read.
    steps: usize,
}

/// An anchor whose value is being built.
pub(super) struct Opened(String, usize);

impl Anchors {
    /// No anchors yet; none are kept at all if none `is_needed`.
    pub(super) fn new(is_needed: bool) -> Self {
        Self { is_needed, by_name: HashMap::new(), opened: 0, steps: 0, alias_steps: 0 }
    }

    /// Counts one value, as `decodeCount` of `go.yaml.in/yaml/v2` does; returns how many there were before.
    pub(super) fn step(&mut self) -> usize {
        self.steps += 1;
        self.steps - 1
    }

    /// Begins the value of the anchor `name`.
    pub(super) fn open(&mut self, name: String) -> Opened {
        self.opened += 1;
        if self.is_needed {
            self.by_name.insert(name.clone(), Anchored { number: self.opened, value: None });
        }
        Opened(name, self.opened)
    }

    /// Keeps the `value` of an anchor and its `place`, which took the steps since `steps`.
    ///
    /// # Errors
    /// There is no budget for a copy.
    pub(super) fn close(
        &mut self,
        Opened(name, number): Opened,
        (value, place): (&Value, &Place),
        steps: usize,
        budget: &mut Budget,
        at: Position,
    ) -> Result<(), SyntaxError> {
        let Some(anchored) = self.by_name.get_mut(&name).filter(|anchored| anchored.number == number) else { return Ok(()) };
        let (size, height) = measure(value);
        budget.take_copy(size, at)?;
        let (value, place) = (value.clone(), Arc::new(place.clone()));
        anchored.value = Some(Copied { value, place, size, height, steps: self.steps - steps });
        Ok(())
    }

    /// A copy of the value of the anchor `name`, for an alias at `at` inside of `depth` objects and lists, with its place.
    ///
    /// # Errors
    /// There is no such value, or the aliases of the document expand too far.
    pub(super) fn copy(
        &mut self,
        name: &str,
        depth: usize,
        budget: &mut Budget,
        at: Position,
    ) -> Result<(Value, Place), SyntaxError> {
        const UNKNOWN: &str =
            "an alias to an anchor that this document does not define before: quote a string that begins with `*`";
        const ITSELF: &str = "an alias to the value that it stands in";
        let anchored = self.by_name.get(name).ok_or_else(|| SyntaxError::new(at, UNKNOWN))?;
        let copied = anchored.value.as_ref().ok_or_else(|| SyntaxError::new(at, ITSELF))?;
        if depth + copied.height > MAX_DEPTH {
            return Err(SyntaxError::too_deep(at));
        }
        self.steps = self.steps.saturating_add(copied.steps);
        self.alias_steps = self.alias_steps.saturating_add(copied.steps);
        if is_excessive(self.steps, self.alias_steps) {
            return Err(SyntaxError::new(at, "the aliases of this document expand to too much"));
        }
        budget.take_copy(copied.size, at)?;
        Ok((copied.value.clone(), Place::elsewhere(at, Arc::clone(&copied.place))))
    }
}

/// True if too many of the `steps` are behind aliases; `decoder.unmarshal` and `allowedAliasRatio` of `go.yaml.in/yaml/v2`.
fn is_excessive(steps: usize, alias_steps: usize) -> bool {
    const LOW: f64 = 400_000.0;
    const HIGH: f64 = 4_000_000.0;
    #[expect(clippy::cast_precision_loss, reason = "upstream counts in 64 bits of a fraction")]
    let (all, behind) = (steps as f64, alias_steps as f64);
    let allowed = 0.99 - 0.89 * ((all - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
    alias_steps > 100 && steps > 1000 && behind / all > allowed
}

fn measure(value: &Value) -> (Size, usize) {
    let around = |parts: &mut dyn Iterator<Item = (usize, &Value)>| {
        parts.fold((Size { values: 1, bytes: 0 }, 1), |(sum, height), (name, part)| {
            let (size, part_height) = measure(part);
            let sum = Size { values: sum.values + size.values, bytes: sum.bytes + size.bytes + name };
            (sum, height.max(part_height + 1))
        })
    };
    match value {
        Value::String(text) => (Size { values: 1, bytes: text.len() }, 0),
        Value::Array(items) => around(&mut items.iter().map(|item| (0, item))),
        Value::Object(map) => around(&mut map.iter().map(|(name, value)| (name.len(), value))),
        _ => (Size { values: 1, bytes: 0 }, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;
    use serde_json::json;

    #[test]
    fn the_anchor_that_began_last_counts() {
        let value = |text: &str| yaml::parse(text).unwrap().remove(0).value;
        assert_eq!(value("a: &x [&x b, *x]\nc: *x\n"), json!({"a": ["b", "b"], "c": "b"}));
        assert_eq!(value("a: &x 1\nb: *x\nc: &x 2\nd: *x\n&y e: *y"), json!({"a": 1, "b": 1, "c": 2, "d": 2, "e": "e"}));
    }

    #[test]
    fn aliases_have_a_share_of_the_document() {
        assert!(!is_excessive(1000, 999) && is_excessive(1001, 1000));
        assert!(!is_excessive(400_000, 396_000) && is_excessive(4_000_000, 400_001));
        let text = |times: usize| format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(1000), "*a,".repeat(times));
        assert!(yaml::parse(&text(90)).is_ok());
        assert!(yaml::parse(&text(120)).unwrap_err().message.contains("expand to too much"));
    }

    #[test]
    fn a_value_is_measured() {
        assert_eq!(measure(&json!({"ab": [1, "cde", {}]})), (Size { values: 5, bytes: 5 }, 3));
    }
}

//! Which field of a document stands on which line of its text.

use std::rc::Rc;

use serde_json::Value;

use super::{Path, Segment};
use kube_dry_run::yaml::{Located, Parsed, Position, split_lines};

/// The first lines of `text`, at most `most`, with their line breaks, each with the field of the document `parsed` that stands on
/// it: the first one, and for a text of several lines that field on each of them. A dash alone stands for what follows it.
pub fn lines<'t>(text: &'t str, parsed: &Parsed, most: usize) -> Vec<(&'t str, Option<Rc<Path>>)> {
    let starts = Starts::of(parsed, most);
    // A text whose lines go on.
    let mut above: Option<&Start> = None;
    let mut lines = Vec::new();
    for (index, line) in split_lines(text).take(most).enumerate() {
        let field = if let Some(start) = starts.at(index + 1) {
            above = start.is_text.then_some(start);
            Some(Rc::clone(&start.path))
        } else {
            above = above.filter(|above| above.goes_on(line));
            above.map(|above| Rc::clone(&above.path))
        };
        lines.push((line, field));
    }
    lines
}

/// How long the path of a field may be that stands beside its line, in bytes. Kubernetes' own stay below 400.
const MAX_PATH_BYTES: usize = 512;

/// A field that is the first on its line.
struct Start {
    path: Rc<Path>,
    column: usize,
    is_text: bool,
}

impl Start {
    /// True if `line` is a line of the text that starts here: it stands further in than its key, or holds nothing.
    fn goes_on(&self, line: &str) -> bool {
        let content = line.trim_start_matches([' ', '\t']);
        content.trim_end().is_empty() || line.len() - content.len() + 1 >= self.column
    }
}

/// By the number of the line.
struct Starts(Vec<Option<Start>>);

impl Starts {
    /// The starts of the fields on the first `most` lines, in the order of the text.
    fn of(parsed: &Parsed, most: usize) -> Self {
        let mut starts = Self(Vec::new());
        walk(parsed, &mut |path, value, key| {
            let is_shown = key.line <= most;
            if is_shown {
                starts.enter(path, key, value.is_string());
            }
            is_shown
        });
        starts
    }

    /// What starts on the line with this number.
    fn at(&self, line: usize) -> Option<&Start> {
        self.0.get(line)?.as_ref()
    }

    /// The first field of a line stays, unless it is a whole document or an item that begins with this field.
    fn enter(&mut self, path: &Path, key: Position, is_text: bool) {
        let is_new = self.at(key.line).is_none_or(|known| {
            let is_opened = known.path.is_root() || matches!(known.path.last(), Some(Segment::Index(_)));
            is_opened && path.segments().split_last().is_some_and(|(_, above)| above == known.path.segments())
        });
        if is_new {
            if self.0.len() <= key.line {
                self.0.resize_with(key.line + 1, || None);
            }
            self.0[key.line] = Some(Start { path: Rc::new(path.clone()), column: key.column, is_text });
        }
    }
}

/// Calls `visit` with every value that the text of `parsed` has, its path, and the position of its key: with a value before what is
/// in it, and with what is in it only where `visit` says so. Values below keys that no field of Kubernetes has the length of are
/// left out: their paths together would be much longer than the text.
fn walk(parsed: &Parsed, visit: &mut impl FnMut(&Path, &Value, Position) -> bool) {
    walk_inside(&mut Path::root(), 0, &parsed.value, parsed.positions.root(), visit);
}

fn walk_inside(
    path: &mut Path,
    length: usize,
    value: &Value,
    located: Located<'_>,
    visit: &mut impl FnMut(&Path, &Value, Position) -> bool,
) {
    if length > MAX_PATH_BYTES || !visit(path, value, located.key()) {
        return;
    }
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let length = length + name.len() + 1;
                if let Some(located) = located.entry(name).filter(|_| length <= MAX_PATH_BYTES) {
                    path.enter(name);
                    walk_inside(path, length, value, located, visit);
                    path.leave();
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Some(located) = located.item(index) {
                    path.enter_item(index);
                    walk_inside(path, length + 3, item, located, visit);
                    path.leave();
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kube_dry_run::yaml;

    fn fields(text: &str) -> Vec<String> {
        let parsed = yaml::parse(text).unwrap().remove(0);
        lines(text, &parsed, usize::MAX)
            .into_iter()
            .map(|(_, path)| path.map(|path| path.to_string()).unwrap_or_default())
            .collect()
    }

    #[test]
    fn every_line_has_the_field_that_stands_on_it() {
        let text = "# a Pod\nkind: Pod\nspec:\n  containers:\n  # the server\n  - name: web\n    args:\n    - |\n      # a\n\n      b\n    image: a\n    # end\n";
        let expected = [
            "",
            "kind",
            "spec",
            "spec.containers",
            "",
            "spec.containers[0].name",
            "spec.containers[0].args",
            "spec.containers[0].args[0]",
            "spec.containers[0].args[0]",
            "spec.containers[0].args[0]",
            "spec.containers[0].args[0]",
            "spec.containers[0].image",
            "spec.containers[0].image",
        ];
        assert_eq!(fields(text)[..12], expected[..12]);
        assert_eq!(fields("{\"kind\": \"Pod\",\r\n \"spec\": {\"a\": 1}}"), ["kind", "spec"]);
    }

    #[test]
    fn the_lines_are_the_text() {
        for text in ["a: 1", "a: 1\n", "a: 1\r\nb: 2\r\n", "a: x\u{2028}  y\n", "a: |\n  x\n\n"] {
            let parsed = yaml::parse(text).unwrap().remove(0);
            assert_eq!(lines(text, &parsed, usize::MAX).into_iter().map(|(line, _)| line).collect::<String>(), text);
        }
    }

    #[test]
    fn lines_agree_with_those_that_were_written() {
        for lesson in pod_lesson::lessons() {
            let rendered = yaml::write(&lesson.document);
            let parsed = yaml::parse(&rendered.text).unwrap().remove(0);
            let found: Vec<_> =
                lines(&rendered.text, &parsed, usize::MAX).into_iter().map(|(_, path)| path.as_deref().cloned()).collect();
            assert_eq!(found, rendered.lines().map(|(_, path)| path).collect::<Vec<_>>());
        }
    }
}

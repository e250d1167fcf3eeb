//! Written text, and which line of it shows which field.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::document::Path;

/// A document as YAML text.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text; each line ends with a line break.
    pub text: String,
    /// The field that each line of `text` belongs to: `lines[0]` is that of line 1. All lines of a multi-line text are its
    /// field's; the first line of a list item, `- name: x`, is that of the item's first field.
    pub lines: Vec<Path>,
    first_lines: OnceLock<HashMap<Path, usize>>,
}

impl Rendered {
    pub(super) fn new(text: String, lines: Vec<Path>) -> Self {
        Self { text, lines, first_lines: OnceLock::new() }
    }

    /// The line, counted from one, on which `field` begins; the line of its nearest ancestor if the text lacks `field`.
    /// `None` only of a text without lines.
    #[must_use]
    pub fn line_of(&self, field: &Path) -> Option<usize> {
        let first_lines = self.first_lines.get_or_init(|| first_lines(&self.lines));
        let mut nearest = field.clone();
        loop {
            if let Some(line) = first_lines.get(&nearest) {
                return Some(*line);
            }
            nearest = nearest.parent()?;
        }
    }
}

fn first_lines(lines: &[Path]) -> HashMap<Path, usize> {
    let mut first = HashMap::with_capacity(2 * lines.len());
    for (line, path) in lines.iter().enumerate() {
        let mut around = Some(path.clone());
        while let Some(path) = around.filter(|path| !first.contains_key(path)) {
            around = path.parent();
            first.insert(path, line + 1);
        }
    }
    first
}

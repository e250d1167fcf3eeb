//! Written text, and which line of it shows which field.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::path::{Path, Segment};

/// How many bytes the written path of a field may have for [`Rendered::lines`] to name it. Kubernetes' own paths stay below
/// 400 even with the longest keys that are allowed; a path repeated on every line could make a page out of all proportion.
const MAX_PATH_BYTES: usize = 512;

/// A document as YAML text.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text; each line ends with a line break.
    pub text: String,
    fields: Fields,
    lines: Vec<FieldId>,
    index: OnceLock<HashMap<(FieldId, Segment), FieldId>>,
}

/// A field among [`Fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FieldId(usize);

/// All fields of a document. Each knows the one that it stands in, so that no path is kept twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Clone, Debug)]
struct Field {
    parent: FieldId,
    /// The step from the parent; the document itself has none.
    segment: Option<Segment>,
    first_line: usize,
    /// How long the written path is at most.
    length: usize,
}

impl Rendered {
    pub(super) fn new(text: String, fields: Fields, lines: Vec<FieldId>) -> Self {
        Self { text, fields, lines, index: OnceLock::new() }
    }

    /// The lines of the text with their line breaks, each with the field that it belongs to; `None` of one whose path is
    /// longer than 512 bytes. All lines of a multi-line text are its field's; the first line of a list item, `- name: x`, is
    /// that of the item's first field.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Option<Path>)> {
        self.text.split_inclusive('\n').zip(&self.lines).map(|(text, field)| (text, self.fields.path(*field)))
    }

    /// The line, counted from one, on which `field` begins; the line of its nearest ancestor if the text lacks `field`.
    /// `None` only of a text without lines.
    #[must_use]
    pub fn line_of(&self, field: &Path) -> Option<usize> {
        let index = self.index.get_or_init(|| self.fields.index());
        let steps = field.segments().iter();
        let nearest = steps.scan(FieldId::ROOT, |at, segment| {
            *at = *index.get(&(*at, segment.clone()))?;
            Some(*at)
        });
        let nearest = nearest.last().unwrap_or(FieldId::ROOT);
        self.fields.0.get(nearest.0).map(|field| field.first_line)
    }
}

impl FieldId {
    /// The document itself.
    pub(super) const ROOT: Self = Self(0);
}

impl Fields {
    /// The document alone.
    pub(super) fn of_document() -> Self {
        Self(vec![Field { parent: FieldId::ROOT, segment: None, first_line: 1, length: 0 }])
    }

    /// Adds the entry `name` of the object `parent`, which begins on the line `first_line`.
    pub(super) fn entry(&mut self, parent: FieldId, name: &str, first_line: usize) -> FieldId {
        let segment = Segment::entry(self.0.get(parent.0).and_then(|field| field.segment.as_ref()), name.into());
        self.add(parent, segment, name.len() + "[]".len(), first_line)
    }

    /// Adds the item `index` of the list `parent`, which begins on the line `first_line`.
    pub(super) fn item(&mut self, parent: FieldId, index: usize, first_line: usize) -> FieldId {
        let digits = index.checked_ilog10().unwrap_or(0) as usize + 1;
        self.add(parent, Segment::Index(index), digits + "[]".len(), first_line)
    }

    fn add(&mut self, parent: FieldId, segment: Segment, length: usize, first_line: usize) -> FieldId {
        let length = length + self.0.get(parent.0).map_or(0, |field| field.length);
        self.0.push(Field { parent, segment: Some(segment), first_line, length });
        FieldId(self.0.len() - 1)
    }

    /// The path of `field`, unless it is too long.
    fn path(&self, field: FieldId) -> Option<Path> {
        let mut field = self.0.get(field.0).filter(|field| field.length <= MAX_PATH_BYTES)?;
        let mut segments = Vec::new();
        while let Some(segment) = &field.segment {
            segments.push(segment.clone());
            field = self.0.get(field.parent.0)?;
        }
        segments.reverse();
        Some(segments.into())
    }

    fn index(&self) -> HashMap<(FieldId, Segment), FieldId> {
        let fields = self.0.iter().enumerate();
        fields.filter_map(|(id, field)| Some(((field.parent, field.segment.clone()?), FieldId(id)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml;
    use serde_json::json;

    #[test]
    fn a_path_that_is_too_long_is_kept_once() {
        let key = "k".repeat(100_000);
        let rendered = yaml::write(&json!({"a": {key.as_str(): vec![1; 50_000]}, "b": {"k".repeat(505): 1}}));
        let named: Vec<_> = rendered.lines().filter_map(|(_, path)| path).map(|path| path.to_string().len()).collect();
        assert_eq!((rendered.lines().count(), named), (50_005, vec![1, 1, 507]));
        let inside = crate::path::Path::root().entry("a").entry(key).index(49_999);
        assert_eq!(rendered.line_of(&inside), Some(50_003));
    }
}

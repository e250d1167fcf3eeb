//! How the author of a text lays YAML out, so that what is added to it looks as if it had always been there.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::Value;

use super::blanks::is_blank;
use super::line_breaks::is_line_break;
use super::node::{Entry, Layout, Node, NodeKind, ScalarStyle};
use super::scalar::is_plain;

/// The columns by which `write()` indents, and which are taken where a text gives no example.
const USUAL_STEP: usize = 2;

/// How many entries of an object are looked at for how the author writes such objects.
const MAX_MODEL_ENTRIES: usize = 50;

/// The style of one document.
pub(super) struct Style<'a> {
    pub(super) text: &'a str,
    pub(super) line_break: &'static str,
    root: &'a Node,
    habits: OnceCell<Habits<'a>>,
}

/// What a walk over the whole document tells.
struct Habits<'a> {
    step: usize,
    /// All lists that stand below a key, in the order of the text.
    lists: Vec<Example<'a>>,
    is_single_quoted: bool,
    /// True if some value has quotes that it could do without.
    quotes_freely: bool,
    examples: HashMap<&'a str, Vec<Example<'a>>>,
}

/// A value that a text has under some key.
#[derive(Clone, Copy)]
pub(super) struct Example<'a> {
    pub(super) node: &'a Node,
    /// The column of its key, counted from zero; none of an item of a list.
    key_column: Option<usize>,
}

impl<'a> Style<'a> {
    /// The style of the document `root` in `text`.
    pub(super) fn new(text: &'a str, root: &'a Node) -> Self {
        let first_break = text.find(is_line_break).map(|at| &text[at..]);
        let line_break = if first_break.is_some_and(|rest| rest.starts_with("\r\n")) { "\r\n" } else { "\n" };
        Self { text, line_break, root, habits: OnceCell::new() }
    }

    /// By how many columns the parts of an object are indented below its key.
    pub(super) fn step(&self) -> usize {
        self.habits().step
    }

    /// By how many columns the dashes of a new list at `at` are indented below its key; none where they stand at its column.
    /// The models are, one after the other: the `example` under the same key, the next list among the `siblings`, the next
    /// one of all.
    pub(super) fn list_offset(&self, example: Option<Example<'a>>, siblings: Option<&'a Node>, at: usize) -> usize {
        let near = |lists: &[Example<'a>]| {
            let next = lists.iter().min_by_key(|list| list.node.span.start.abs_diff(at))?;
            next.list_offset()
        };
        let own = example.and_then(|example| example.list_offset());
        own.or_else(|| near(&lists_among(siblings?)))
            .or_else(|| near(neighbors(&self.habits().lists, at)))
            .unwrap_or(self.habits().step)
    }

    /// True if the text prefers single quotes where quotes are needed.
    pub(super) fn is_single_quoted(&self) -> bool {
        self.habits().is_single_quoted
    }

    /// True if what comes in the place of the scalar `node` has its quotes too: where the old value could do without them, has
    /// several lines, or the author quotes freely elsewhere.
    pub(super) fn keeps_quotes(&self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Scalar { text, .. } if text.is_empty() => false,
            NodeKind::Scalar { text, .. } => {
                is_plain(text) || text.contains('\n') || self.habits().quotes_freely || self.is_json()
            }
            _ => false,
        }
    }

    /// True if the document is written as JSON is.
    pub(super) fn is_json(&self) -> bool {
        let is_quoted = self.entries_of_braces().is_some_and(|entries| entries.first().is_none_or(is_quoted));
        is_quoted && self.text[self.root.span.start..].starts_with('{')
    }

    /// True if the document is JSON without blanks.
    pub(super) fn is_compact(&self) -> bool {
        let first = self.first_of_braces();
        first.is_some_and(|entry| is_quoted(entry) && self.text[..entry.value.start()].ends_with(':'))
    }

    /// What each level of brackets is indented by where their parts stand on lines of their own.
    pub(super) fn flow_indentation(&self) -> Cow<'a, str> {
        let first = self.first_of_braces().map(|entry| &self.text[self.root.span.start..entry.key.start()]);
        let line = first.and_then(|before| before.rsplit_once(is_line_break)).map(|(_, line)| line);
        match line {
            Some(indentation) if !indentation.is_empty() && indentation.chars().all(is_blank) => indentation.into(),
            _ => " ".repeat(self.step()).into(),
        }
    }

    /// The first entry of the document, if braces are around it.
    fn first_of_braces(&self) -> Option<&'a Entry> {
        self.entries_of_braces()?.first()
    }

    /// The entries of the document, if braces are around them.
    fn entries_of_braces(&self) -> Option<&'a [Entry]> {
        match &self.root.kind {
            NodeKind::Mapping { layout: Layout::Flow, entries } => Some(entries),
            _ => None,
        }
    }

    /// The value under the key `name` that stands next to `at`.
    pub(super) fn example(&self, name: &str, at: usize) -> Option<Example<'a>> {
        let examples = neighbors(self.habits().examples.get(name)?, at);
        examples.iter().min_by_key(|example| example.node.span.start.abs_diff(at)).copied()
    }

    fn habits(&self) -> &Habits<'a> {
        self.habits.get_or_init(|| Survey::of(self.root))
    }
}

/// Those of `examples`, which stand in the order of the text, that are next to `at`.
fn neighbors<'e, 'a>(examples: &'e [Example<'a>], at: usize) -> &'e [Example<'a>] {
    let behind = examples.partition_point(|example| example.node.span.start < at);
    &examples[behind.saturating_sub(1)..(behind + 1).min(examples.len())]
}

/// The lists in the object `node` that stand below their keys.
fn lists_among(node: &Node) -> Vec<Example<'_>> {
    let NodeKind::Mapping { entries, .. } = &node.kind else { return Vec::new() };
    let examples = entries.iter().take(MAX_MODEL_ENTRIES).map(|entry| Example::under_key(&entry.value, column(node)));
    examples.filter(|example| example.list_offset().is_some()).collect()
}

fn is_quoted(entry: &Entry) -> bool {
    matches!(entry.key.kind, NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. })
}

impl<'a> Example<'a> {
    /// An example that no key stands before.
    pub(super) fn without_key(node: &'a Node) -> Self {
        Self { node, key_column: None }
    }

    /// An example under a key at `key_column`.
    pub(super) fn under_key(node: &'a Node, key_column: usize) -> Self {
        Self { node, key_column: Some(key_column) }
    }

    /// The example that the value of the entry `name` in this object is.
    pub(super) fn entry(&self, name: &str) -> Option<Self> {
        let NodeKind::Mapping { entries, .. } = &self.node.kind else { return None };
        let is_named = |entry: &&Entry| matches!(&entry.key.kind, NodeKind::Scalar { text, .. } if text == name);
        entries.iter().take(MAX_MODEL_ENTRIES).find(is_named).map(|entry| Self::under_key(&entry.value, column(self.node)))
    }

    /// The names of the entries of this object, as it writes them.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        let entries = match &self.node.kind {
            NodeKind::Mapping { entries, .. } => entries.as_slice(),
            _ => &[],
        };
        entries.iter().take(MAX_MODEL_ENTRIES).filter_map(|entry| match &entry.key.kind {
            NodeKind::Scalar { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }

    /// The example that the first item of this list is.
    pub(super) fn item(&self) -> Option<Self> {
        let NodeKind::Sequence { items, .. } = &self.node.kind else { return None };
        items.first().map(Self::without_key)
    }

    /// True if the example has nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        is_empty(self.node)
    }

    /// True if the example is of the type of `value`.
    pub(super) fn is_like(&self, value: &Value) -> bool {
        match &self.node.kind {
            NodeKind::Mapping { .. } => value.is_object(),
            NodeKind::Sequence { .. } => value.is_array(),
            NodeKind::Scalar { .. } => !value.is_object() && !value.is_array(),
            NodeKind::Alias(_) => false,
        }
    }

    /// The quotes of this scalar, if it could do without them.
    pub(super) fn quotes(&self) -> Option<ScalarStyle> {
        habitual_quotes(self.node)
    }

    fn list_offset(&self) -> Option<usize> {
        match self.node.kind {
            NodeKind::Sequence { layout: Layout::Block, .. } => column(self.node).checked_sub(self.key_column?),
            _ => None,
        }
    }
}

/// The quotes of the scalar `node`, if it could do without them.
fn habitual_quotes(node: &Node) -> Option<ScalarStyle> {
    match &node.kind {
        NodeKind::Scalar { text, .. } if is_plain(text) => quotes(node),
        _ => None,
    }
}

/// The quotes of the scalar `node`.
pub(super) fn quotes(node: &Node) -> Option<ScalarStyle> {
    match node.kind {
        NodeKind::Scalar { style: style @ (ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted), .. } => Some(style),
        _ => None,
    }
}

/// The quotes of the keys of the object `node`, if they could do without them.
pub(super) fn key_quotes(node: &Node) -> Option<ScalarStyle> {
    match &node.kind {
        NodeKind::Mapping { entries, .. } => habitual_quotes(&entries.first()?.key),
        _ => None,
    }
}

/// The column at which a node begins, counted from zero.
pub(super) fn column(node: &Node) -> usize {
    node.at.column - 1
}

/// Counts what a document does.
#[derive(Default)]
struct Survey<'a> {
    steps: Votes,
    lists: Vec<Example<'a>>,
    single_quoted: usize,
    double_quoted: usize,
    quotes_freely: bool,
    examples: HashMap<&'a str, Vec<Example<'a>>>,
}

/// How often each number of columns was seen.
#[derive(Default)]
struct Votes([usize; 9]);

impl Votes {
    fn add(&mut self, columns: Option<usize>) {
        if let Some(count) = columns.and_then(|columns| self.0.get_mut(columns)) {
            *count += 1;
        }
    }

    /// What was seen most, of equals the least.
    fn winner(&self) -> Option<usize> {
        let best = self.0.iter().copied().max().filter(|count| *count > 0)?;
        self.0.iter().position(|count| *count == best)
    }
}

impl<'a> Survey<'a> {
    fn of(root: &'a Node) -> Habits<'a> {
        let mut survey = Self::default();
        survey.visit(root);
        Habits {
            step: survey.steps.winner().unwrap_or(USUAL_STEP),
            lists: survey.lists,
            is_single_quoted: survey.single_quoted > survey.double_quoted,
            quotes_freely: survey.quotes_freely,
            examples: survey.examples,
        }
    }

    fn visit(&mut self, node: &'a Node) {
        self.quotes_freely |= habitual_quotes(node).is_some();
        match &node.kind {
            NodeKind::Scalar { style: ScalarStyle::SingleQuoted, .. } => self.single_quoted += 1,
            NodeKind::Scalar { style: ScalarStyle::DoubleQuoted, .. } => self.double_quoted += 1,
            NodeKind::Scalar { .. } | NodeKind::Alias(_) => {}
            NodeKind::Sequence { items, .. } => items.iter().for_each(|item| self.visit(item)),
            NodeKind::Mapping { layout, entries } => {
                for Entry { key, value } in entries {
                    let example = Example::under_key(value, column(node));
                    if *layout == Layout::Block {
                        self.steps.add(step(node, value));
                        self.lists.extend(example.list_offset().map(|_| example));
                    }
                    if let NodeKind::Scalar { text, .. } = &key.kind
                        && !is_empty(value)
                    {
                        self.examples.entry(text).or_default().push(example);
                    }
                    self.visit(value);
                }
            }
        }
    }
}

/// True of what is no model for something with content.
fn is_empty(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Alias(_) => true,
        NodeKind::Scalar { text, .. } => text.is_empty(),
        NodeKind::Sequence { items, .. } => items.is_empty(),
        NodeKind::Mapping { entries, .. } => entries.is_empty(),
    }
}

/// By how much the object `value` is indented below a key of `object`.
fn step(object: &Node, value: &Node) -> Option<usize> {
    match value.kind {
        NodeKind::Mapping { layout: Layout::Block, .. } => column(value).checked_sub(column(object)).filter(|step| *step > 0),
        _ => None,
    }
}

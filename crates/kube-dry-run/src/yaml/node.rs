//! The syntax of one document: what stands where, before anything is said about what it means.

use std::ops::Range;

use super::Position;

/// A value as the text writes it, or the key of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// The bytes of the whole text that it takes, without its anchor and its tag: from its first character, a bracket, a dash
    /// or the first key to the end of the last thing in it or of its closing bracket. Neither comments nor blank lines follow
    /// in it, except those that a block scalar keeps. Nothing at all where a value is left out.
    pub(super) span: Range<usize>,
    /// Where the span begins.
    pub(super) at: Position,
    /// The anchor and the tag in front of it.
    pub(super) properties: Option<Box<Properties>>,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// The name of the anchor whose value stands here too.
    Alias(String),
    /// A text between quotes or not, without its quotes, escapes and line folding. Without quotes it may mean a number.
    Scalar { style: ScalarStyle, text: String },
    /// A list.
    Sequence { layout: Layout, items: Vec<Node> },
    /// Keys with values; a key may stand here twice, and may be anything.
    Mapping { layout: Layout, entries: Vec<Entry> },
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: Node,
    pub(super) value: Node,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarStyle {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// Lines below a `|`.
    Literal,
    /// Lines below a `>`.
    Folded,
}

/// How the parts of a list or an object stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// By their columns.
    Block,
    /// Between brackets or braces.
    Flow,
    /// An object of one entry without braces, which is an item of a list in brackets: `[a: b]`.
    Pair,
}

/// What may stand in front of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) anchor: Option<String>,
    /// The tag, as its handle expands it: `tag:yaml.org,2002:str`, `!own`, `!`.
    pub(super) tag: Option<String>,
    /// The first byte of the anchor or the tag, whichever comes first.
    pub(super) start: usize,
    /// The line of that byte.
    pub(super) line: usize,
}

/// The `parts` of a list or an object, without room for more: a vector begins with room for four, and lists that stand in each
/// other have one item each.
pub(super) fn exact<T>(mut parts: Vec<T>) -> Vec<T> {
    parts.shrink_to_fit();
    parts
}

impl Node {
    /// The first byte of the node with its anchor and its tag.
    pub(super) fn start(&self) -> usize {
        self.properties.as_ref().map_or(self.span.start, |properties| properties.start)
    }

    /// The line on which the node begins with its anchor and its tag.
    pub(super) fn line(&self) -> usize {
        self.properties.as_ref().map_or(self.at.line, |properties| properties.line)
    }

    /// The name by which aliases call this node.
    pub(super) fn anchor(&self) -> Option<&str> {
        self.properties.as_ref()?.anchor.as_deref()
    }

    /// The tag of this node.
    pub(super) fn tag(&self) -> Option<&str> {
        self.properties.as_ref()?.tag.as_deref()
    }
}

impl ScalarStyle {
    /// True of a scalar whose lines stand below its header.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Literal | Self::Folded)
    }

    /// True of a scalar between quotes.
    pub(super) fn is_quoted(self) -> bool {
        matches!(self, Self::SingleQuoted | Self::DoubleQuoted)
    }
}

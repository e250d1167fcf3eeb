//! Coded text: a line break, the spaces behind it and the dash of a list item are one byte.
//!
//! The byte says how many levels further in or out the line stands than the one before, whatever the style of the text: lists
//! that are indented below their key and lists that are not look alike. It is one of `80` to `BF`, which no character
//! begins with in UTF-8, so a text needs no escapes and every text can be coded.

use super::super::{LinkError, MAX_DOCUMENT_BYTES};

/// The columns between a key and what belongs to it, and between a dash and its item.
const STEP: usize = 2;

/// As many levels as one byte leaves at most.
const MAX_LEVELS: usize = 14;

/// As many columns as one byte says at most.
const MAX_COLUMNS: usize = 15;

/// What a coded text leaves out because all of the text has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The dashes of a list stand in the column of its key.
    pub has_flush_lists: bool,
    /// Lines end with `\r\n`.
    pub has_crlf: bool,
}

impl Layout {
    fn line_break(self) -> &'static str {
        if self.has_crlf { "\r\n" } else { "\n" }
    }

    fn list_step(self) -> usize {
        if self.has_flush_lists { 0 } else { STEP }
    }
}

/// Where a line stands, seen from the line before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// One level further in, by the usual columns.
    In,
    /// One level further in, by so many columns.
    InBy(usize),
    /// So many levels further out, none for the same level.
    Out(usize),
}

/// A line break and what stands between it and the text of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Start {
    to: Move,
    has_dash: bool,
}

impl Start {
    fn byte(self) -> u8 {
        let (base, dash, number) = match self.to {
            Move::In => (0x80, 0x08, 0),
            Move::Out(levels @ 0..7) => (0x80, 0x08, levels + 1),
            Move::Out(levels) => (0x90, 0x08, levels - 7),
            Move::InBy(columns) => (0xa0, 0x10, columns),
        };
        base | if self.has_dash { dash } else { 0 } | u8::try_from(number).unwrap_or_default()
    }

    fn of_byte(byte: u8) -> Option<Self> {
        let low = usize::from(byte & 0x07);
        let (to, dash) = match byte {
            0x80 | 0x88 => (Move::In, 0x08),
            0x81..0x90 => (Move::Out(low - 1), 0x08),
            0x90..0xa0 => (Move::Out(low + 7), 0x08),
            0xa0..0xc0 => (Move::InBy(usize::from(byte & 0x0f)), 0x10),
            _ => return None,
        };
        Some(Self { to, has_dash: byte & dash != 0 })
    }
}

/// The columns in which the blocks begin that a line is in, the outermost first, and whether a block is a list.
struct Levels(Vec<(usize, bool)>);

impl Levels {
    fn new() -> Self {
        Self(vec![(0, false)])
    }

    fn column(&self) -> Option<usize> {
        self.0.last().map(|(column, _)| *column)
    }

    /// The start of a line with its text, or its dash, at `column`; `None` where no start leads there.
    fn start(&self, column: usize, has_dash: bool) -> Option<Start> {
        let mut nearest = None;
        for (levels, (level, is_list)) in self.0.iter().rev().take(MAX_LEVELS + 1).enumerate() {
            if *level < column {
                break;
            }
            if *level == column && *is_list == has_dash {
                return Some(Start { to: Move::Out(levels), has_dash });
            }
            if *level == column && !has_dash {
                nearest = nearest.or(Some(Start { to: Move::Out(levels), has_dash }));
            }
        }
        nearest.or_else(|| {
            let columns = column.checked_sub(self.column()?)?;
            (columns <= MAX_COLUMNS).then_some(Start { to: Move::InBy(columns), has_dash })
        })
    }

    /// Goes on to a line that begins with `start`: the column of its text, or of its dash.
    fn follow(&mut self, start: Start, layout: Layout) -> Option<usize> {
        match start.to {
            Move::In if start.has_dash => self.push(layout.list_step(), true)?,
            Move::In => self.push(STEP, false)?,
            Move::InBy(columns) => self.push(columns, start.has_dash)?,
            Move::Out(levels) => self.0.truncate(self.0.len().checked_sub(levels)?),
        }
        let column = self.column()?;
        if start.has_dash {
            self.push(STEP, false)?;
        }
        Some(column)
    }

    fn push(&mut self, columns: usize, is_list: bool) -> Option<()> {
        self.0.push((self.column()? + columns, is_list));
        Some(())
    }
}

/// `text`, coded, with the layout that makes it shortest. The coded text is never longer than the text.
pub fn encode(text: &str) -> (Layout, Vec<u8>) {
    let line_breaks = text.matches('\n').count();
    let has_crlf = line_breaks > 0 && text.matches("\r\n").count() == line_breaks;
    let [indented, flush] = [false, true].map(|has_flush_lists| Layout { has_flush_lists, has_crlf });
    let (by_indented, by_flush) = (encode_in(indented, text), encode_in(flush, text));
    let (layout, coded) = if by_flush.unusual < by_indented.unusual { (flush, by_flush) } else { (indented, by_indented) };
    (layout, coded.bytes)
}

struct Coded {
    bytes: Vec<u8>,
    /// How many lines stand where the layout does not let expect them.
    unusual: usize,
}

fn encode_in(layout: Layout, text: &str) -> Coded {
    let mut coded = Coded { bytes: Vec::with_capacity(text.len()), unusual: 0 };
    let mut levels = Levels::new();
    let mut lines = text.split(layout.line_break());
    coded.bytes.extend(lines.next().unwrap_or_default().as_bytes());
    for line in lines {
        coded.add(line, &mut levels, layout);
    }
    coded
}

impl Coded {
    fn add(&mut self, line: &str, levels: &mut Levels, layout: Layout) {
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        let item = content.strip_prefix("- ");
        let start = levels.start(column, item.is_some()).filter(|_| !content.is_empty());
        let Some(start) = start else {
            self.bytes.push(b'\n');
            self.bytes.extend(line.as_bytes());
            return;
        };
        let start = self.usual(start, layout);
        levels.follow(start, layout);
        self.bytes.push(start.byte());
        self.bytes.extend(item.unwrap_or(content).as_bytes());
    }

    fn usual(&mut self, start: Start, layout: Layout) -> Start {
        let usual = if start.has_dash { layout.list_step() } else { STEP };
        match start.to {
            Move::InBy(columns) if columns == usual => Start { to: Move::In, ..start },
            Move::InBy(_) => {
                self.unusual += 1;
                start
            }
            Move::In | Move::Out(_) => start,
        }
    }
}

/// The text that `coded` is in this layout.
///
/// # Errors
/// [`LinkError::Corrupt`] where no text is coded so, and [`LinkError::DocumentTooLarge`].
pub fn decode(layout: Layout, coded: &[u8]) -> Result<String, LinkError> {
    let mut text = Vec::with_capacity(coded.len() * 2);
    let mut levels = Levels::new();
    let mut rest = coded;
    loop {
        let (line, behind) = rest.split_at_checked(line_length(rest)).ok_or(LinkError::Corrupt)?;
        text.extend(line);
        if text.len() > MAX_DOCUMENT_BYTES {
            return Err(LinkError::DocumentTooLarge { limit: MAX_DOCUMENT_BYTES });
        }
        let Some((&byte, behind)) = behind.split_first() else { break };
        text.extend(layout.line_break().as_bytes());
        if let Some(start) = Start::of_byte(byte) {
            let column = levels.follow(start, layout).ok_or(LinkError::Corrupt)?;
            text.resize(text.len() + column, b' ');
            text.extend(if start.has_dash { b"- ".as_slice() } else { b"" });
        }
        rest = behind;
    }
    String::from_utf8(text).map_err(|_| LinkError::Corrupt)
}

/// How many bytes stand before the next line break; more than there are where the last character is cut off.
fn line_length(coded: &[u8]) -> usize {
    let mut length = 0;
    while let Some(first) = coded.get(length) {
        length += match first {
            b'\n' | 0x80..0xc0 => break,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0.. => 4,
            _ => 1,
        };
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDENTED: &str =
        "spec:\n  containers:\n    - name: a\n      args:\n        - b\n        - c\n    - name: d\n  volumes: []\nend: 1";

    fn coded(text: &str) -> Vec<u8> {
        let (layout, coded) = encode(text);
        assert_eq!(decode(layout, &coded).as_deref(), Ok(text));
        coded
    }

    #[test]
    fn a_line_break_with_its_indentation_and_dash_is_a_byte() {
        let parts: [&[u8]; 9] = [
            b"spec:",
            b"\x80containers:",
            b"\x88name: a",
            b"\x81args:",
            b"\x88b",
            b"\x8ac",
            b"\x8cname: d",
            b"\x83volumes: []",
            b"\x82end: 1",
        ];
        assert_eq!(coded(INDENTED), parts.concat());
    }

    #[test]
    fn styles_look_alike() {
        let flush = "spec:\n  containers:\n  - name: a\n    args:\n    - b\n    - c\n  - name: d\n  volumes: []\nend: 1";
        let lines_of_windows = INDENTED.replace('\n', "\r\n");
        for text in [flush, &lines_of_windows] {
            assert_eq!(coded(text), coded(INDENTED), "{text}");
        }
        assert!(encode(flush).0.has_flush_lists);
        assert!(encode(&lines_of_windows).0.has_crlf);
    }

    #[test]
    fn what_stands_elsewhere_keeps_its_spaces() {
        assert_eq!(coded("a:\n     b\n   c\n  \n\n"), b"a:\xa5b\n   c\n  \n\n");
        assert_eq!(coded("  first"), b"  first");
        assert_eq!(coded("a\r\nb\n"), b"a\r\x81b\n");
    }

    #[test]
    fn many_levels_are_left_at_once_up_to_a_bound() {
        let stairs = |steps: usize| (0..steps).fold(String::new(), |text, step| text + &" ".repeat(2 * step) + "k:\n") + "end";
        assert!(coded(&stairs(15)).ends_with(b"k:\x97end"));
        assert!(coded(&stairs(16)).ends_with(b"k:\nend"));
    }
}

//! Lists and maps as text in which every line is an item and scripts survive.
//!
//! An item of several lines is written as YAML writes a block: `|` (or `|-` where the text does not end with a line feed) on a
//! line of its own, then the text, indented by two spaces. `""` is the empty text. Blank lines mean nothing. A block whose
//! text is not indented takes everything that follows, so a script can be pasted after a `|`.

const INDENT: &str = "  ";
const EMPTY: &str = "\"\"";

/// Writes a list, an item a line.
pub(super) fn write(items: impl Iterator<Item = String>) -> String {
    let written: Vec<String> = items.map(|item| if needs_block(&item) { block(&item) } else { or_empty(item) }).collect();
    written.join("\n")
}

/// Reads what [`write()`] wrote, and what people type.
pub(super) fn read(text: &str) -> Vec<String> {
    let mut lines = LineReader::new(text);
    let mut items = Vec::new();
    while let Some(line) = lines.next_item() {
        items.push(lines.value(line));
    }
    items
}

/// Writes a map, a `key: value` a line; a key without a value stands alone.
pub(super) fn write_pairs(pairs: &[(String, Option<String>)]) -> String {
    let written: Vec<String> = pairs
        .iter()
        .map(|(key, value)| match value {
            None => key.clone(),
            Some(value) if value.is_empty() => format!("{key}:"),
            Some(value) if needs_block(value) => format!("{key}: {}", block(value)),
            Some(value) => format!("{key}: {value}"),
        })
        .collect();
    written.join("\n")
}

/// Reads what [`write_pairs`] wrote, and what people type: `key=value` is a pair as well.
pub(super) fn read_pairs(text: &str) -> Vec<(String, Option<String>)> {
    let mut lines = LineReader::new(text);
    let mut pairs = Vec::new();
    while let Some(line) = lines.next_item() {
        pairs.push(match line.split_once([':', '=']) {
            Some((key, value)) => (key.trim().to_owned(), Some(lines.value(value.trim_start()))),
            None => (line.trim().to_owned(), None),
        });
    }
    pairs
}

fn or_empty(item: String) -> String {
    if item.is_empty() { EMPTY.to_owned() } else { item }
}

fn needs_block(item: &str) -> bool {
    item.contains('\n') || item.starts_with(char::is_whitespace) || item == EMPTY || block_end(item).is_some()
}

fn block(item: &str) -> String {
    let (head, body) = item.strip_suffix('\n').map_or(("|-", item), |body| ("|", body));
    body.split('\n').fold(head.to_owned(), |text, line| text + "\n" + INDENT + line)
}

/// What a block with this head ends with; `None` where the line is no head of a block.
fn block_end(line: &str) -> Option<&'static str> {
    match line.trim_end() {
        "|" => Some("\n"),
        "|-" => Some(""),
        _ => None,
    }
}

/// The lines of a text, read from the first to the last. Nothing is looked at twice, so reading is linear in the text.
struct LineReader<'a> {
    all: Vec<&'a str>,
    /// The line to be read next.
    next: usize,
    /// Where the search for a line with content goes on: there is none between `next` and this one.
    searched: usize,
}

impl<'a> LineReader<'a> {
    fn new(text: &'a str) -> Self {
        Self { all: text.split('\n').collect(), next: 0, searched: 0 }
    }

    fn read(&mut self) -> Option<&'a str> {
        let line = self.all.get(self.next).copied()?;
        self.next += 1;
        Some(line)
    }

    fn next_item(&mut self) -> Option<&'a str> {
        while let Some(line) = self.read() {
            if !is_blank(line) {
                return Some(line);
            }
        }
        None
    }

    /// The next line that can belong to a block, which a blank one does only where it is indented. It is not read.
    fn next_content(&mut self) -> Option<&'a str> {
        self.searched = self.searched.max(self.next);
        let rest = self.all.get(self.searched..)?;
        self.searched += rest.iter().take_while(|line| is_blank(line) && !line.starts_with(INDENT)).count();
        self.all.get(self.searched).copied()
    }

    /// The text that `line` stands for, with the lines of its block.
    fn value(&mut self, line: &str) -> String {
        match block_end(line) {
            Some(end) => match self.next_content() {
                None => line.to_owned(),
                Some(first) if first.starts_with(INDENT) => self.indented_block() + end,
                Some(_) => self.rest() + end,
            },
            None if line == EMPTY => String::new(),
            None => line.to_owned(),
        }
    }

    /// All lines that are left.
    fn rest(&mut self) -> String {
        let rest = self.all.get(self.next..).unwrap_or_default().join("\n");
        self.next = self.all.len();
        rest
    }

    /// The lines up to the next one that is not indented. Blank lines at its end mean nothing.
    fn indented_block(&mut self) -> String {
        let mut body: Vec<&str> = Vec::new();
        let mut blank = 0;
        while let Some(line) = self.read() {
            if let Some(text) = line.strip_prefix(INDENT) {
                body.extend(std::iter::repeat_n("", blank));
                body.push(text);
                blank = 0;
            } else if is_blank(line) {
                blank += 1;
            } else {
                self.next -= 1;
                break;
            }
        }
        body.join("\n")
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_commands_as_people_type_them() {
        assert_eq!(read("sh\n-c\n\n|\n  while true; do\n    date\n  done\n"), ["sh", "-c", "while true; do\n  date\ndone\n"]);
        assert_eq!(read("|-\n  a\n\n  b\nlast"), ["a\n\nb", "last"]);
        assert_eq!(read("\"\"\n|\nset -e\n  indented\nexit"), ["", "set -e\n  indented\nexit\n"]);
        assert_eq!(read("sh\n|"), ["sh", "|"]);
    }

    #[test]
    fn reads_labels_as_people_type_them() {
        let pair = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
        assert_eq!(
            read_pairs("app: web\ntier=front\nhalf\nempty:\nurl: http://x=y"),
            [
                pair("app", Some("web")),
                pair("tier", Some("front")),
                pair("half", None),
                pair("empty", Some("")),
                pair("url", Some("http://x=y"))
            ]
        );
    }

    #[test]
    fn heads_of_blocks_before_blank_lines_are_read_once() {
        let many = 100_000;
        let empty = format!("{}{}", "|\n  \n".repeat(many), "\n".repeat(many));
        assert_eq!(read(&empty), vec!["\n"; many]);
        let last_heads = format!("{}{}", "|\n".repeat(many), "\n".repeat(many));
        assert_eq!(read(&last_heads).len(), 1);
        let only_heads = format!("x\n{}", "|\n\n".repeat(many));
        assert_eq!(read(&only_heads).len(), 2);
        let blocks = format!("{}{}", "|\n  a\n".repeat(many), "\n".repeat(many));
        assert_eq!(read(&blocks), vec!["a\n"; many]);
        let pairs = format!("{}{}", "k: |\n  a\n".repeat(many), "\n".repeat(many));
        assert_eq!(read_pairs(&pairs).len(), many);
    }

    proptest! {
        #[test]
        fn lists_read_back(items in prop::collection::vec("[ -~\n\t|éß]{0,12}", 0..6)) {
            prop_assert_eq!(read(&write(items.iter().cloned())), items);
        }

        #[test]
        fn maps_read_back(pairs in prop::collection::vec(("[a-z./-]{1,8}", prop::option::of("[ -~\n\t|]{0,12}")), 0..6)) {
            prop_assert_eq!(read_pairs(&write_pairs(&pairs)), pairs);
        }
    }
}

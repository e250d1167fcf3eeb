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
    let mut lines = Lines::new(text);
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
    let mut lines = Lines::new(text);
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

struct Lines<'a> {
    rest: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.split('\n').rev().collect() }
    }

    fn next_item(&mut self) -> Option<&'a str> {
        while let Some(line) = self.rest.pop() {
            if !line.trim().is_empty() {
                return Some(line);
            }
        }
        None
    }

    /// The text that `line` stands for, with the lines of its block.
    fn value(&mut self, line: &str) -> String {
        match block_end(line) {
            Some(_) if self.rest.iter().all(|line| line.trim().is_empty() && !line.starts_with(INDENT)) => line.to_owned(),
            Some(end) => self.block_body() + end,
            None if line == EMPTY => String::new(),
            None => line.to_owned(),
        }
    }

    fn block_body(&mut self) -> String {
        let indented = self.rest.iter().rev().find(|line| !line.trim().is_empty() || line.starts_with(INDENT));
        if indented.is_some_and(|line| !line.starts_with(INDENT)) {
            let lines: Vec<&str> = self.rest.drain(..).rev().collect();
            return lines.join("\n");
        }
        let mut body: Vec<&str> = Vec::new();
        let mut blank: Vec<&str> = Vec::new();
        while let Some(line) = self.rest.pop() {
            if let Some(text) = line.strip_prefix(INDENT) {
                body.append(&mut blank);
                body.push(text);
            } else if line.trim().is_empty() {
                blank.push("");
            } else {
                self.rest.push(line);
                break;
            }
        }
        body.join("\n")
    }
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

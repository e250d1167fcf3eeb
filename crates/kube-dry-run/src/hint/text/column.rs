//! Lines that begin in another column than those that they belong to.

use super::Place;
use crate::lines::indentation;
use crate::shown::shown;

impl Place<'_> {
    /// An item that stands left of the key whose list it belongs to.
    pub(super) fn left_of_key(&self) -> Option<String> {
        let own = indentation(self.line);
        if !self.line.trim_start().starts_with("- ") {
            return None;
        }
        let lines = self.lines_before().map(|(_, line)| line);
        let key = lines.take_while(|line| indentation(line) > own).find_map(|line| line.trim().strip_suffix(':'))?;
        let key = shown(key.trim_start_matches("- "));
        Some(format!("This list item stands left of its key `{key}`: indent it, and all that is in it, as far as the key."))
    }

    /// A line of a text behind a `|` or `>` that is indented less than the first one.
    pub(super) fn below_text(&self) -> Option<String> {
        let own = indentation(self.line);
        let mut first = None;
        for (number, line) in self.lines_before() {
            let column = indentation(line);
            if column < own {
                let is_text = line.ends_with(['|', '>']) || line.ends_with("|-") || line.ends_with(">-");
                let (start, column) = first.filter(|(_, column)| is_text && *column > own)?;
                return Some(format!(
                    "This line stands left of the text that begins in line {start}: indent it by {}, as far as that.",
                    spaces_of(column)
                ));
            }
            first = Some((number, column));
        }
        None
    }

    /// An item of a list that begins in another column than the one before it.
    pub(super) fn item_of_other_column(&self) -> Option<String> {
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        let own = indentation(self.line);
        let (_, before) = self.before.filter(|_| is_item(self.line))?;
        let (number, other) = self.lines_before().find(|(_, line)| is_item(line))?;
        let other = indentation(other);
        let is_right = own > other && own == indentation(before);
        let is_left =
            own < other && own > 0 && self.lines_before().any(|(_, line)| indentation(line) == own && line.ends_with(':'));
        (is_right || is_left).then(|| {
            format!(
                "The list item in line {number} begins with {}, and this one with {}: all items of a list begin in the same column.",
                spaces_of(other),
                spaces_of(own)
            )
        })
    }

    /// A field of an item that begins below the dash of the item.
    pub(super) fn below_dash(&self) -> Option<String> {
        let own = indentation(self.line);
        let (number, before) = self.lines_before().find(|(_, line)| indentation(line) <= own)?;
        let is_item = before.trim_start().starts_with("- ") && !self.line.trim_start().starts_with('-');
        let is_below = is_item && indentation(before) == own;
        is_below.then(|| {
            format!("This belongs to the item that begins in line {number}: indent it by two, to the first field of that.")
        })
    }

    /// In which columns the lines before the mistake begin, if this one begins in another.
    pub(super) fn columns(&self) -> Option<String> {
        let (number, before) = self.before?;
        let own = indentation(self.line);
        if own == indentation(before) {
            return Some(format!("Line {number} before it may be the cause: look for a missing colon, quote or `- `."));
        }
        let around = self.columns_around();
        if around.contains(&own) {
            return Some(format!("Line {number} before it may be the cause: compare where the two lines begin."));
        }
        let below = around.iter().filter(|column| **column < own).max();
        let above = around.iter().filter(|column| **column > own).min();
        let around: Vec<_> = below.into_iter().chain(above).map(ToString::to_string).collect();
        Some(format!(
            "This line begins with {} and those before it with {}: fields of one object begin in the same column.",
            spaces_of(own),
            around.join(" or ")
        ))
    }

    /// How far the lines before the mistake are indented that are still open there.
    fn columns_around(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = Vec::new();
        for (_, line) in self.lines_before() {
            let column = indentation(line);
            if columns.last().is_none_or(|last| column < *last) {
                columns.push(column);
            }
        }
        columns
    }
}

/// `count` spaces in words.
fn spaces_of(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "one space".to_owned(),
        count => format!("{count} spaces"),
    }
}

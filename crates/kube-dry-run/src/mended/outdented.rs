//! Fields that stand in the column of the dashes of a list, where they belong neither to an item nor to what is around the list.

use super::{are_accepted, values};
use crate::lines::{has_content, indentation};
use crate::yaml;

/// How many bytes are read, again and again, to find where lines stand wrongly.
const MAX_READ_BYTES: usize = 1 << 20;

/// Where the lines of such a field may belong.
#[derive(Clone, Copy)]
enum Home {
    /// Into the item before them.
    Item,
    /// Beside the key of the list.
    Key,
}

/// The text with these lines moved, all in the same way; `None` unless the server takes it in one of the two ways alone.
pub(super) fn moved(text: &str) -> Option<String> {
    let taken = |home: Home| moved_to(text, home).filter(|text| is_taken(text));
    match (taken(Home::Item), taken(Home::Key)) {
        (Some(text), None) | (None, Some(text)) => Some(text),
        _ => None,
    }
}

fn is_taken(text: &str) -> bool {
    values(text).is_some_and(|values| !values.is_empty() && are_accepted(&values))
}

/// The text with what stands wrongly moved to its `home`, as long as that lets it be read further.
fn moved_to(text: &str, home: Home) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut room = MAX_READ_BYTES;
    let mut reached = 0;
    loop {
        let whole = lines.join("\n") + "\n";
        room = room.checked_sub(whole.len())?;
        let Err(error) = yaml::parse(&whole) else { return Some(whole) };
        if error.line <= reached {
            return None;
        }
        reached = error.line;
        move_block(&mut lines, error.line.checked_sub(1)?, home)?;
    }
}

/// Moves the field in line `first`, with all that is in it.
fn move_block(lines: &mut [String], first: usize, home: Home) -> Option<()> {
    let own = indentation(lines.get(first)?);
    let is_field = !lines[first].trim_start().starts_with('-') && lines[first].contains(':');
    let before = lines[..first].iter().rposition(|line| has_content(line) && indentation(line) <= own)?;
    let item = lines[before].strip_prefix(&" ".repeat(own))?.strip_prefix("- ").filter(|_| is_field)?;
    let target = match home {
        Home::Item => own + "- ".len() + indentation(item),
        Home::Key => {
            let key = lines[..before].iter().rfind(|line| has_content(line) && indentation(line) < own)?;
            Some(indentation(key)).filter(|_| key.trim_end().ends_with(':'))?
        }
    };
    let is_inside = |line: &String| !has_content(line) || indentation(line) > own;
    let end = lines[first + 1..].iter().position(|line| !is_inside(line)).map_or(lines.len(), |count| first + 1 + count);
    for line in lines[first..end].iter_mut().filter(|line| !line.trim().is_empty() && indentation(line) >= own) {
        *line = format!("{}{}", " ".repeat(indentation(line) - own + target), line.trim_start_matches(' '));
    }
    Some(())
}

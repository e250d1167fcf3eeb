//! Where a literal or folded scalar ends.

use crate::lines::indentation;
use crate::yaml::line_breaks::is_line_break;

/// How many bytes of `written`, which begins at the header and ends where libyaml ends the scalar, belong to a scalar that
/// means `text`: all but the blank lines behind it, which libyaml counts in. Its last line break does not belong to it.
pub(super) fn length(written: &str, text: &str) -> usize {
    let last_line = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    let ends_in_blanks = !last_line.is_empty() && last_line.trim_matches([' ', '\t']).is_empty();
    if keeps_line_breaks(written) || ends_in_blanks {
        return without_line_break(written).len();
    }
    let end = written.trim_end().len();
    end + written[end..].find(is_line_break).unwrap_or(written.len() - end)
}

/// True if the last line of `written`, which no line break ends, is one of `text` and not a shorter one of blanks behind it.
/// The line break that was added to it is part of the last line of `text` then, else it is a further blank line.
pub(super) fn ends_in_content(written: &str, text: &str) -> bool {
    let (lines, last_line) = written.rsplit_once(is_line_break).unwrap_or_default();
    let has_break = text.ends_with('\n');
    if keeps_line_breaks(written) || !last_line.trim_matches(' ').is_empty() {
        return has_break;
    }
    has_break && indentation_of_text(lines, text).is_some_and(|indentation| last_line.len() > indentation)
}

/// By how many columns the lines of a scalar that means `text` are indented, if one of them has more than blanks.
pub(in crate::yaml) fn indentation_of_text(written: &str, text: &str) -> Option<usize> {
    let first = |lines: &str| lines.split(is_line_break).find(|line| !line.trim_matches(' ').is_empty()).map(indentation);
    let (_, body) = written.split_once(is_line_break)?;
    first(body)?.checked_sub(first(text)?)
}

fn keeps_line_breaks(written: &str) -> bool {
    written.get(1..).unwrap_or_default().trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with('+')
}

fn without_line_break(text: &str) -> &str {
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix(is_line_break)).unwrap_or(text)
}

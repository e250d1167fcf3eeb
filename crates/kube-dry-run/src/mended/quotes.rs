//! Typographic quotes, which a text processor has put in the place of straight ones.

/// Quotes that stand for `"`, and those that stand for `'`.
const DOUBLE: [char; 4] = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'];
const SINGLE: [char; 4] = ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

/// True of a quote that is none to YAML.
pub(super) fn is_typographic(sign: char) -> bool {
    DOUBLE.contains(&sign) || SINGLE.contains(&sign)
}

/// The text with straight quotes around the names and values that stand in typographic ones; `None` if there are none, and if one
/// that opens is not closed in its line.
pub(super) fn straight(text: &str) -> Option<String> {
    if !text.contains(is_typographic) {
        return None;
    }
    let mut block: Option<usize> = None;
    let mut mended = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let indentation = line.len() - line.trim_start().len();
        if block.is_some_and(|header| line.trim().is_empty() || indentation > header) {
            mended.push_str(line);
            continue;
        }
        let straight = line_with_straight(line)?;
        block = is_block_header(&straight).then_some(indentation);
        mended.push_str(&straight);
    }
    (mended != text).then_some(mended)
}

/// True of a line whose value is the text below it, behind `|` or `>`.
fn is_block_header(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    let is_sign = |sign: &str| sign.starts_with(['|', '>']) && sign[1..].bytes().all(|byte| b"+-123456789".contains(&byte));
    line.rsplit(' ').next().is_some_and(is_sign)
}

/// The line with straight quotes; `None` of one with a quote of which nobody can say where it is meant to close.
fn line_with_straight(line: &str) -> Option<String> {
    let mut mended = String::with_capacity(line.len());
    let (mut rest, mut depth) = (line, 0_usize);
    let (mut begins, mut is_behind_quote) = (true, false);
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        let is_before_space = after.is_empty() || after.starts_with(char::is_whitespace);
        if sign == '#' && mended.is_empty() | mended.ends_with(char::is_whitespace) {
            break;
        }
        if begins && is_quote(sign) {
            let end = end_of_string(sign, after, depth > 0)?;
            let (inner, behind) = after.split_at(end);
            let straight = if is_double(sign) { '"' } else { '\'' };
            mended.extend([straight]);
            mended += inner;
            mended.extend([straight]);
            rest = behind.strip_prefix(is_quote).unwrap_or(behind);
            (begins, is_behind_quote) = (false, true);
            continue;
        }
        match sign {
            _ if sign.is_whitespace() => {}
            '[' | '{' if begins => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '-' if begins && is_before_space => {}
            ':' if is_before_space || is_behind_quote => (begins, is_behind_quote) = (true, false),
            ',' if depth > 0 || is_behind_quote => (begins, is_behind_quote) = (true, false),
            _ => (begins, is_behind_quote) = (false, false),
        }
        mended.push(sign);
        rest = after;
    }
    Some(mended + rest)
}

fn is_double(sign: char) -> bool {
    sign == '"' || DOUBLE.contains(&sign)
}

fn is_quote(sign: char) -> bool {
    is_double(sign) || sign == '\'' || SINGLE.contains(&sign)
}

/// Where the string ends in `text` that `quote` opens before it: at the next quote of its sort, if no more of the value follows.
fn end_of_string(quote: char, text: &str, is_in_flow: bool) -> Option<usize> {
    let is_straight = matches!(quote, '"' | '\'');
    let is_escaped = |at: usize| quote == '"' && text[..at].ends_with('\\');
    let closes = |sign: char| is_quote(sign) && is_double(sign) == is_double(quote);
    let own = text.match_indices(quote).map(|(at, _)| at).find(|at| is_straight && !is_escaped(*at));
    let end = own.or_else(|| text.find(closes))?;
    let behind = text[end..].strip_prefix(closes)?.trim();
    let ends = behind.is_empty() || behind.starts_with(['#', ':']) || behind.starts_with([',', ']', '}']) && is_in_flow;
    (ends || own.is_some() || behind == ",").then_some(end)
}

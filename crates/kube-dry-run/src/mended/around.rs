//! What stands around the lines of a manifest.

use crate::hint::foreign::{is_fence, is_none_of_manifest, numbered};

/// What stands between the fences of Markdown, as one document for each block.
pub(super) fn without_fences(text: &str) -> Option<String> {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let fences: Vec<_> = (0..lines.len()).filter(|line| is_fence(lines[*line])).collect();
    let blocks: Vec<&[&str]> = match fences.as_slice() {
        [] => return None,
        [only] => vec![beside(&lines, *only)?],
        fences if fences.len() % 2 == 1 => return None,
        fences => fences.chunks(2).map(|pair| &lines[pair[0] + 1..pair[1]]).collect(),
    };
    Some(blocks.into_iter().map(<[&str]>::concat).collect::<Vec<_>>().join("---\n"))
}

/// What stands on one side of a fence that stands alone, if nothing stands on the other.
fn beside<'a>(lines: &'a [&'a str], fence: usize) -> Option<&'a [&'a str]> {
    let (before, after) = (&lines[..fence], &lines[fence + 1..]);
    let is_empty = |lines: &[&str]| lines.iter().all(|line| line.trim().is_empty());
    match (is_empty(before), is_empty(after)) {
        (true, false) => Some(after),
        (false, true) => Some(before),
        _ => None,
    }
}

/// The text without lines for a shell, and of its programs, at its beginning and its end.
pub(super) fn without_shell(text: &str) -> Option<String> {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    let is_foreign = |line: &&&str| line.trim().is_empty() || is_none_of_manifest(line.trim_end());
    let first = lines.iter().take_while(is_foreign).count();
    let last = lines[first..].iter().rev().take_while(is_foreign).count();
    let kept = lines[first..lines.len() - last].concat();
    let is_other = kept.trim() != text.trim();
    is_other.then_some(kept)
}

/// The text without the `>` of a mail or a shell before each line.
pub(super) fn without_quotes(text: &str) -> Option<String> {
    let lines = text.split_inclusive('\n');
    let plain = |line: &str| match line.strip_prefix("> ") {
        Some(plain) => Some(plain.to_owned()),
        None if matches!(line.trim_end(), "" | ">") => Some("\n".to_owned()),
        None => None,
    };
    let plain: Option<Vec<_>> = lines.map(plain).collect();
    plain.map(|lines| lines.concat()).filter(|plain| plain.trim() != text.trim())
}

/// The text without the numbers before its lines, and what stands between these and each of the lines.
pub(super) fn without_numbers(text: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().collect();
    let mut rests = Vec::with_capacity(lines.len());
    let mut last = None;
    for line in &lines {
        let Some((number, _)) = numbered(line) else {
            if line.trim().is_empty() {
                continue;
            }
            return None;
        };
        if last.is_some_and(|last| number != last + 1) {
            return None;
        }
        last = Some(number);
        rests.push(line.trim_start().trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    let between = separator(&rests)?;
    let plain = |rest: &&str| rest.strip_prefix(between).unwrap_or_default().to_owned() + "\n";
    Some(rests.iter().map(plain).collect())
}

/// What all lines have behind their numbers: those at the left margin have nothing else before their text.
fn separator<'a>(rests: &[&'a str]) -> Option<&'a str> {
    let mut texts = rests.iter().filter(|rest| rest.contains(|character: char| character.is_alphanumeric()));
    let first = texts.next()?;
    let end = first.find(|character: char| character.is_alphanumeric() || matches!(character, '"' | '{' | '-' | '#'))?;
    let common = |common: &'a str, rest: &&'a str| {
        let same = common.char_indices().zip(rest.chars()).take_while(|((_, one), other)| one == other);
        let length = same.map(|((at, character), _)| at + character.len_utf8()).last().unwrap_or_default();
        &common[..length]
    };
    Some(texts.fold(&first[..end], common))
}

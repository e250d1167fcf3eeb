//! What has changed between two texts, line by line.

use std::time::Duration;

use similar::{Algorithm, ChangeTag, TextDiff};

/// After this time a comparison ends with what it has: the changes are right then, but may be larger than they need be.
const DEADLINE: Duration = Duration::from_millis(200);

/// How many lines around a change are told.
const CONTEXT: usize = 3;

/// What has changed between two texts.
pub struct Changes<'a>(TextDiff<'a, 'a, 'a, str>);

/// Lines of both texts around changes that stand close to each other.
pub struct Hunk<'a> {
    /// Which lines they are, as `@@ -1,3 +1,4 @@`.
    pub header: String,
    /// The lines, in their order.
    pub lines: Vec<Line<'a>>,
}

/// A line of one text or of both, with its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A line that both texts have.
    Kept(&'a str),
    /// A line that only the older text has.
    Removed(&'a str),
    /// A line that only the newer text has.
    Added(&'a str),
}

impl<'a> Changes<'a> {
    /// What has changed from the text `before` to the text `after`.
    #[must_use]
    pub fn between(before: &'a str, after: &'a str) -> Self {
        Self(TextDiff::configure().algorithm(Algorithm::Myers).timeout(DEADLINE).diff_lines(before, after))
    }

    /// How many lines were added, and how many removed.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let count = |tag| self.0.iter_all_changes().filter(|change| change.tag() == tag).count();
        (count(ChangeTag::Insert), count(ChangeTag::Delete))
    }

    /// The changes with some lines around each.
    pub fn hunks(&self) -> impl Iterator<Item = Hunk<'a>> {
        let groups = self.0.grouped_ops(CONTEXT);
        groups.into_iter().filter_map(|group| {
            let (first, last) = (group.first()?, group.last()?);
            let old = first.old_range().start..last.old_range().end;
            let new = first.new_range().start..last.new_range().end;
            let header = format!("@@ -{} +{} @@", range(&old), range(&new));
            let changes = group.iter().flat_map(|operation| self.0.iter_changes(operation));
            let lines = changes.map(|change| match change.tag() {
                ChangeTag::Equal => Line::Kept(change.value()),
                ChangeTag::Delete => Line::Removed(change.value()),
                ChangeTag::Insert => Line::Added(change.value()),
            });
            Some(Hunk { header, lines: lines.collect() })
        })
    }

    /// The changes as a unified diff of files with these names; empty if there are none.
    #[must_use]
    pub fn unified(&self, before: &str, after: &str) -> String {
        let mut diff = String::new();
        for Hunk { header, lines } in self.hunks() {
            diff = if diff.is_empty() { format!("--- {before}\n+++ {after}\n") } else { diff };
            diff += &header;
            diff.push('\n');
            for line in lines {
                line.write(&mut diff);
            }
        }
        diff
    }
}

impl Line<'_> {
    /// Writes the line as a unified diff has it.
    fn write(self, diff: &mut String) {
        let (sign, text) = match self {
            Self::Kept(text) => (' ', text),
            Self::Removed(text) => ('-', text),
            Self::Added(text) => ('+', text),
        };
        diff.push(sign);
        diff.push_str(text);
        if !text.ends_with('\n') {
            diff.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// Lines as a unified diff counts them: `2,3` are the second, third and fourth.
fn range(lines: &std::ops::Range<usize>) -> String {
    match lines.len() {
        1 => (lines.start + 1).to_string(),
        0 => format!("{},0", lines.start),
        length => format!("{},{length}", lines.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "a\nb\nc\nd\ne\nf\ng\nh\n";

    #[test]
    fn lines_around_a_change_are_told() {
        let after = BEFORE.replace("d\n", "D\nDD\n");
        let changes = Changes::between(BEFORE, &after);
        assert_eq!(changes.count(), (2, 1));
        let hunks: Vec<_> = changes.hunks().collect();
        assert_eq!((hunks.len(), hunks[0].header.as_str()), (1, "@@ -1,7 +1,8 @@"));
        let edits: Vec<_> = hunks[0].lines.iter().filter(|line| !matches!(line, Line::Kept(_))).collect();
        assert_eq!(edits, [&Line::Removed("d\n"), &Line::Added("D\n"), &Line::Added("DD\n")]);
    }

    #[test]
    fn the_unified_diff_is_that_of_the_library() {
        for (before, after) in
            [(BEFORE, ""), ("", BEFORE), (BEFORE, "a\n"), ("x\n", "y\n"), (BEFORE, "a\nb\nc\nd\ne\nf\ng\nh\ni")]
        {
            let diff = TextDiff::from_lines(before, after);
            let expected = diff.unified_diff().context_radius(CONTEXT).header("old", "new").to_string();
            assert_eq!(Changes::between(before, after).unified("old", "new"), expected);
        }
        assert_eq!(Changes::between(BEFORE, BEFORE).unified("a", "b"), "");
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_compared_in_time() {
        let text = |from: usize| (from..from + 60_000).map(|number| number.to_string() + "\n").collect::<Vec<_>>().concat();
        let (before, after) = (text(0), text(100_000));
        assert_eq!(Changes::between(&before, &after).count(), (60_000, 60_000));
    }
}

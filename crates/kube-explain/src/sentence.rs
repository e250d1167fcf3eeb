//! Descriptions by their sentences and paragraphs.

/// What ends with a dot and is no end of a sentence.
const ABBREVIATIONS: [&str; 6] = ["e.g.", "i.e.", "etc.", "Ex.", "vs.", "eg."];

/// The first sentence of `description`; the whole first paragraph if no sentence ends in it.
pub(crate) fn first(description: &str) -> &str {
    let paragraph = description.trim_start().split("\n\n").next().unwrap_or_default();
    let ends = paragraph.match_indices(['.', '?', '!']).map(|(at, mark)| at + mark.len());
    let end = ends.into_iter().find(|end| is_end(paragraph, *end)).unwrap_or(paragraph.len());
    paragraph[..end].trim_end()
}

/// True if a sentence ends before byte `end` of `text`, at which a mark stands.
fn is_end(text: &str, end: usize) -> bool {
    let (before, after) = text.split_at(end);
    let next = after.trim_start().chars().next();
    after.starts_with([' ', '\n'])
        && next.is_some_and(|character| !character.is_lowercase())
        && !ABBREVIATIONS.iter().any(|abbreviation| before.ends_with(abbreviation))
}

/// The paragraphs of `description`. The lines of one that are no list stay together.
pub(crate) fn paragraphs(description: &str) -> Vec<&str> {
    description
        .split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n'))
        .filter(|paragraph| !paragraph.trim().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_next_begins() {
        for (description, expected) in [
            ("Path within the container. Must not contain ':'.", "Path within the container."),
            ("Defaults to e.g. Always or 1.5 times. More info: https://k8s.io", "Defaults to e.g. Always or 1.5 times."),
            ("Must be in .spec.volumes. See there", "Must be in .spec.volumes."),
            ("No mark at all", "No mark at all"),
            ("First\nline\n\nSecond. Paragraph", "First\nline"),
            ("Restart policy. One of Always, Never.", "Restart policy."),
            ("", ""),
        ] {
            assert_eq!(first(description), expected);
        }
    }

    #[test]
    fn paragraphs_stand_between_blank_lines() {
        assert_eq!(paragraphs("a\nb\n\n\n c \n\n"), ["a\nb", " c "]);
        assert_eq!(paragraphs(""), Vec::<&str>::new());
    }
}

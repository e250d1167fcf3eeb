//! Options with values.

/// The words of `words` that may be options, each with its value: what stands behind its `=`, or else the next word.
pub(crate) fn with_values<'a>(words: &[&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let next = words.iter().copied().skip(1).map(Some).chain([None]);
    words.iter().zip(next).filter_map(|(word, next)| word.split_once('=').or_else(|| Some((*word, next?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_in_the_word_or_behind_it() {
        let pairs: Vec<_> = with_values(&["--a=b=c", "--d", "e"]).collect();
        assert_eq!(pairs, [("--a", "b=c"), ("--d", "e")]);
    }
}

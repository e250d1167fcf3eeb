//! Where the new entries of an object go among those that are there.

/// How many comparisons are made to find the best places; beyond, each new entry goes behind the one that it follows in order.
const MAX_COMPARISONS: usize = 100_000;

/// The places of new entries: for each of `new`, how many of the `kept` ones stand before it. All are known by their ranks in
/// the order in which people write them; `kept` stands as the author wrote it.
///
/// A new entry goes behind the one that it follows in that order, or before the one that it precedes; where the author has
/// parted those, to the place that has fewer of the others on its wrong side.
pub(super) fn places(kept: &[usize], new: &[usize]) -> Vec<usize> {
    let is_ordered = kept.is_sorted();
    let is_small = kept.len() * new.len() <= MAX_COMPARISONS;
    let place = |rank: &usize| match () {
        () if is_ordered => kept.partition_point(|other| other < rank),
        () if is_small => best_place(kept, *rank),
        () => kept.len(),
    };
    new.iter().map(place).collect()
}

fn best_place(kept: &[usize], rank: usize) -> usize {
    let ranked = || kept.iter().copied().enumerate();
    let before = ranked().filter(|(_, other)| *other < rank).max_by_key(|(_, other)| *other);
    let behind = ranked().filter(|(_, other)| *other > rank).min_by_key(|(_, other)| *other);
    let follows = before.map_or(0, |(index, _)| index + 1);
    let precedes = behind.map_or(kept.len(), |(index, _)| index);
    let wrong = |place: usize| ranked().filter(|(index, other)| (*index < place) != (*other < rank)).count();
    let outer = [before.is_none().then_some(0), behind.is_none().then_some(kept.len())];
    let candidates = [follows, precedes].into_iter().chain(outer.into_iter().flatten());
    candidates.min_by_key(|place| wrong(*place)).unwrap_or(follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_entry_stands_in_order() {
        assert_eq!(places(&[0, 2, 5], &[1, 3, 4, 9]), [1, 2, 2, 3]);
        assert_eq!(places(&[3], &[1, 2]), [0, 0]);
        assert_eq!(places(&[], &[1, 2]), [0, 0]);
    }

    #[test]
    fn the_order_of_the_author_stays() {
        assert_eq!(places(&[1, 0, 5], &[3]), [2]);
        assert_eq!(places(&[9, 8], &[0]), [0]);
        assert_eq!(places(&[24, 23], &[30]), [2]);
        assert_eq!(places(&[2, 7, 3, 5], &[4]), [3]);
        assert_eq!(places(&[9, 3, 5, 1, 2], &[4]), [2]);
        assert_eq!(places(&[5, 1, 3], &[2, 6]), [2, 3]);
    }
}

//! Where the new entries of an object go among those that are there.

/// How many comparisons are made to find the best places; beyond, each new entry goes behind the one that it follows in order.
const MAX_COMPARISONS: usize = 100_000;

/// The places of new entries: for each of `new`, in ascending order, how many of the `kept` ones stand before it. All are
/// known by their ranks in the order in which people write them; `kept` stands as the author wrote it.
///
/// A new entry goes where the fewest of those that are there are on its wrong side, and of such places to the last one that is
/// behind an entry which it should follow.
pub(super) fn places(kept: &[usize], new: &[usize]) -> Vec<usize> {
    let is_ordered = kept.is_sorted();
    let is_small = kept.len() * new.len() <= MAX_COMPARISONS;
    let place = |rank: &usize| match () {
        () if is_ordered => kept.partition_point(|other| other < rank),
        () if is_small => best_place(kept, *rank),
        () => kept.len(),
    };
    let mut places: Vec<usize> = new.iter().map(place).collect();
    let mut least = 0;
    for place in &mut places {
        least = least.max(*place);
        *place = least;
    }
    places
}

fn best_place(kept: &[usize], rank: usize) -> usize {
    let mut wrong = kept.iter().filter(|other| **other < rank).count();
    let mut best = (wrong, 0);
    for (index, other) in kept.iter().enumerate() {
        if *other < rank {
            wrong -= 1;
            if wrong <= best.0 {
                best = (wrong, index + 1);
            }
        } else {
            wrong += 1;
        }
    }
    best.1
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
    }
}

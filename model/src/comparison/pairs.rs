//! Which thing of the left is which of the right.

use super::Both;

/// Places on both sides; null where the other side has no counterpart.
pub(super) type Pair = Both<Option<usize>>;

/// Equal keys belong together, the first with the first; those of the left in their order, then
/// what only the right has.
pub(super) fn by_key<K: PartialEq>(left: &[K], right: &[K]) -> Vec<Pair> {
    pairs(&counterparts(left, right, |_| true), right.len())
}

/// Equal names belong together; of the rest those at the same place, which were renamed. What has
/// no name is known by its place alone.
pub(super) fn by_name_then_place(left: &[String], right: &[String]) -> Vec<Pair> {
    let mut found = counterparts(left, right, |name| !name.is_empty());
    for place in 0..left.len().min(right.len()) {
        if found[place].is_none() && !found.contains(&Some(place)) {
            found[place] = Some(place);
        }
    }
    pairs(&found, right.len())
}

/// For each of the left the first of the right that has the same key and is not taken.
fn counterparts<K: PartialEq>(
    left: &[K],
    right: &[K],
    known: impl Fn(&K) -> bool,
) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = Vec::with_capacity(left.len());
    for key in left {
        let mut places = 0..right.len();
        let place = places.find(|place| right[*place] == *key && !found.contains(&Some(*place)));
        found.push(place.filter(|_| known(key)));
    }
    found
}

fn pairs(counterparts: &[Option<usize>], of_right: usize) -> Vec<Pair> {
    let of_left = counterparts.iter().enumerate().map(|(place, right)| Pair {
        left: Some(place),
        right: *right,
    });
    let alone = (0..of_right).filter(|place| !counterparts.contains(&Some(*place)));
    let alone = alone.map(|place| Pair {
        left: None,
        right: Some(place),
    });
    of_left.chain(alone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &[&str], right: &[&str], expected: &[(Option<usize>, Option<usize>)]) {
        let owned = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        let found = by_name_then_place(&owned(left), &owned(right));
        let found: Vec<_> = found.iter().map(|pair| (pair.left, pair.right)).collect();
        assert_eq!(found, expected, "{left:?} {right:?}");
    }

    #[test]
    fn names_win_over_places_and_the_rest_goes_by_place() {
        check(
            &["a", "b"],
            &["b", "a"],
            &[(Some(0), Some(1)), (Some(1), Some(0))],
        );
        check(
            &["a", "b"],
            &["a", "c"],
            &[(Some(0), Some(0)), (Some(1), Some(1))],
        );
        check(
            &["a", "b", "c"],
            &["a", "c"],
            &[(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))],
        );
        check(&["a"], &["b", "a"], &[(Some(0), Some(1)), (None, Some(0))]);
        check(&[""], &["shop"], &[(Some(0), Some(0))]);
        check(&["", ""], &[""], &[(Some(0), Some(0)), (Some(1), None)]);
    }
}

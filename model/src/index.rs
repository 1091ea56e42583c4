//! Finding an entry by its id in a few nanoseconds: a table of places by the hash of the id.
//!
//! Samples and break-evens look thousands of prices and limits up; ids share long beginnings,
//! which makes a sorted map compare much. The same ids always give the same table.

/// Bytes that are mixed in at a time.
const WORD: usize = 8;
/// Odd multiplier: 2^64 over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Places of entries by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Place plus one, or 0 where nothing is; a power of two, at most half full.
    slots: Vec<u32>,
}

impl Index {
    /// The table of ids in their order; of equal ones the first counts.
    pub(crate) fn new<'t>(ids: impl Iterator<Item = &'t str> + Clone) -> Self {
        let count = ids.clone().count();
        let mut index = Self {
            slots: vec![0; (2 * count).next_power_of_two().max(2)],
        };
        let known: Vec<&str> = ids.collect();
        for (place, id) in known.iter().enumerate() {
            let mut slot = index.first_slot(id);
            while index.place(slot).is_some_and(|other| known[other] != *id) {
                slot = (slot + 1) % index.slots.len();
            }
            if index.slots[slot] == 0 {
                index.slots[slot] = u32::try_from(place + 1).unwrap_or(0);
            }
        }
        index
    }

    /// The place of an id; `id_at` says which id stands at a place.
    pub(crate) fn find<'t>(&self, id: &str, id_at: impl Fn(usize) -> &'t str) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.first_slot(id);
        while let Some(place) = self.place(slot) {
            if id_at(place) == id {
                return Some(place);
            }
            slot = (slot + 1) % self.slots.len();
        }
        None
    }

    fn place(&self, slot: usize) -> Option<usize> {
        (self.slots[slot] as usize).checked_sub(1)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "only the low bits choose a slot"
    )]
    fn first_slot(&self, id: &str) -> usize {
        let mix = |hash: u64, word: u64| {
            let mixed = (hash ^ word).wrapping_mul(MULTIPLIER);
            mixed ^ (mixed >> 32)
        };
        let (words, rest) = id.as_bytes().as_chunks::<WORD>();
        let mut hash = MULTIPLIER;
        for word in words {
            hash = mix(hash, u64::from_le_bytes(*word));
        }
        let last = rest.iter().rev();
        hash = mix(
            hash,
            last.fold(0, |word, byte| word << 8 | u64::from(*byte)),
        );
        hash as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_where_it_stands_and_others_are_not() {
        let ids: Vec<String> = (0..1_000)
            .map(|n| format!("aws-ec2/instance/{n}"))
            .collect();
        let index = Index::new(ids.iter().map(String::as_str));
        for (place, id) in ids.iter().enumerate() {
            assert_eq!(index.find(id, |place| &ids[place]), Some(place));
        }
        for other in ["", "aws-ec2/instance/", "aws-ec2/instance/1000", "\u{fc}"] {
            assert_eq!(index.find(other, |place| &ids[place]), None, "{other}");
        }
    }

    #[test]
    fn of_equal_ids_the_first_counts_and_an_empty_table_has_none() {
        let index = Index::new(["a", "b", "a"].into_iter());
        assert_eq!(index.find("a", |place| ["a", "b", "a"][place]), Some(0));
        assert_eq!(Index::default().find("a", |_| "a"), None);
    }
}

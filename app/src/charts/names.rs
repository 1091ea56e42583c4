//! The names of options on charts: short, broken on phones, spread so that none covers another.

/// A name this long is broken on a phone.
const LONG: usize = 11;

/// A name without its vendor's: there is little room.
pub(super) fn short(label: &str) -> String {
    label
        .trim_start_matches("AWS ")
        .trim_start_matches("Amazon ")
        .replace(" with provisioned concurrency", " provisioned")
        .replace(" with SnapStart", " SnapStart")
        .replace("Managed Instances", "Managed")
}

/// A long name on lines of its own.
pub(super) fn broken(name: &str) -> String {
    if name.len() <= LONG {
        return name.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < LONG => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// Where names stand beside the ends of their lines. `ends` and the result are positions within `range`; `gap` is the
/// height of a line of text as a share of the range. The order of the ends stays.
pub(super) fn spread(ends: &[f64], names: &[String], range: (f64, f64), gap: f64) -> Vec<f64> {
    let gap = gap * (range.1 - range.0);
    let lines = |index: usize| f64::from(u32::try_from(names[index].lines().count()).unwrap_or(1));
    let apart = |one: usize, other: usize| f64::midpoint(lines(one), lines(other)) * gap;
    let mut order: Vec<(usize, f64)> = ends.iter().copied().enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    for at in 1..order.len() {
        let (below, here) = (order[at - 1], order[at]);
        order[at].1 = here.1.max(below.1 + apart(below.0, here.0));
    }
    let mut highest = range.1;
    for at in (0..order.len()).rev() {
        order[at].1 = order[at].1.min(highest);
        if at > 0 {
            highest = order[at].1 - apart(order[at - 1].0, order[at].0);
        }
    }
    let mut heights = vec![0.0; order.len()];
    for (index, height) in order {
        heights[index] = height;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_between_words() {
        assert_eq!(broken(&short("AWS Lambda")), "Lambda");
        assert_eq!(
            broken(&short("AWS Lambda with provisioned concurrency")),
            "Lambda\nprovisioned"
        );
        assert_eq!(broken(&short("Amazon ECS on Fargate")), "ECS on\nFargate");
    }

    #[test]
    fn names_keep_their_order_and_their_distance() {
        let names: Vec<String> = ["a", "b\nb", "c"].map(str::to_owned).to_vec();
        let heights = spread(&[9.9, 10.0, 9.8], &names, (0.0, 10.0), 0.1);
        assert!(
            heights[2] < heights[0] && heights[0] < heights[1],
            "{heights:?}"
        );
        assert!(heights[0] - heights[2] >= 1.0 - 1e-9, "{heights:?}");
        assert!(heights[1] - heights[0] >= 1.5 - 1e-9, "{heights:?}");
        assert!(heights[1] <= 10.0, "{heights:?}");
    }
}

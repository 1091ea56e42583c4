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

/// The width of words in bold letters of a size, in pixels: in a wide font, so that they are never wider.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let letter = |letter: char| match letter {
        'f' | 'i' | 'j' | 'l' | 'r' | 't' | ' ' | '.' | ',' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' => 1.04,
        _ => 0.72,
    };
    text.chars().map(letter).sum::<f64>() * size
}

/// Where names stand beside the ends of their lines: as near to them as their heights allow. `ends` and the result are
/// positions within `range`; `gap` is the height of a line of text as a share of the range. The order of the ends stays.
pub(super) fn spread(ends: &[f64], names: &[String], range: (f64, f64), gap: f64) -> Vec<f64> {
    let gap = gap * (range.1 - range.0);
    let lines = |index: usize| f64::from(u32::try_from(names[index].lines().count()).unwrap_or(1));
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|one, other| ends[*one].total_cmp(&ends[*other]));
    // How far above the lowest name each stands at least.
    let mut above = vec![0.0; order.len()];
    for at in 1..order.len() {
        let apart = f64::midpoint(lines(order[at - 1]), lines(order[at])) * gap;
        above[at] = above[at - 1] + apart;
    }
    let wanted: Vec<f64> = order
        .iter()
        .zip(&above)
        .map(|(index, above)| ends[*index] - above)
        .collect();
    // The uppermost name stands below the upper edge: above it are the names of marks.
    let top = order.last().map_or(0.0, |last| lines(*last) / 2.0 * gap);
    let highest = range.1 - top - above.last().copied().unwrap_or(0.0);
    let mut heights = vec![0.0; order.len()];
    for ((index, above), lowest) in order.iter().zip(&above).zip(rising(&wanted)) {
        heights[*index] = lowest.max(range.0).min(highest) + above;
    }
    heights
}

/// The values nearest to the wanted ones of which none is below the one before: those that would be share their mean.
fn rising(wanted: &[f64]) -> Vec<f64> {
    let mut groups: Vec<(f64, f64)> = Vec::new();
    for value in wanted {
        let mut group = (*value, 1.0);
        while let Some((mean, many)) = groups.pop_if(|(mean, _)| *mean > group.0) {
            let together = many + group.1;
            group = ((mean * many + group.0 * group.1) / together, together);
        }
        groups.push(group);
    }
    let mut values = Vec::with_capacity(wanted.len());
    for (mean, many) in groups {
        let until = f64::from(u32::try_from(values.len()).unwrap_or(0)) + many;
        while f64::from(u32::try_from(values.len()).unwrap_or(0)) < until {
            values.push(mean);
        }
    }
    values
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
    #[test]
    fn three_near_ends_have_their_names_around_them_in_their_order() {
        let names: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let heights = spread(&[5.1, 5.0, 5.2, 1.0], &names, (0.0, 10.0), 0.1);
        let expected = [5.1, 4.1, 6.1, 1.0];
        for (height, expected) in heights.iter().zip(expected) {
            assert!((height - expected).abs() < 1e-9, "{heights:?}");
        }
    }

    #[test]
    fn names_at_the_foot_stay_within_the_chart() {
        let names: Vec<String> = ["a", "b"].map(str::to_owned).to_vec();
        let heights = spread(&[0.1, 0.0], &names, (0.0, 10.0), 0.1);
        assert_eq!(heights, [1.0, 0.0]);
    }
}

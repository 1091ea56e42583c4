//! Components of a draft added, copied, moved, removed; the links between them go along.

use super::draft::Draft;
use super::pairs::Pairs;

const NAME: &str = "component.name";
const LINKS: &str = "links[";
/// As many components as a system may have.
pub(crate) const MOST_COMPONENTS: usize = 20;

impl Draft {
    /// The name of each component, as people see it.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let named = |(index, part): (usize, &Pairs)| {
            part.last(NAME)
                .map_or_else(|| format!("part {}", index + 1), str::to_owned)
        };
        self.parts().iter().enumerate().map(named).collect()
    }

    /// With one component more, at the end. Those without a name get one: links go by names.
    pub(crate) fn added(mut self, part: Pairs) -> Self {
        self.parts_mut().1.push(part);
        self.named()
    }

    /// With a copy of a component behind it.
    pub(crate) fn copied(mut self, index: usize) -> Self {
        let names = self.names();
        let (_, parts) = self.parts_mut();
        if let Some(part) = parts.get(index).cloned() {
            let name = format!("{} copy", names[index]);
            parts.insert(index + 1, part.with(NAME, name));
        }
        self.named()
    }

    /// Without a component, and without the links that name it. The last one stays.
    pub(crate) fn removed(mut self, index: usize) -> Self {
        let names = self.names();
        let (_, parts) = self.parts_mut();
        if index < parts.len() && parts.len() > 1 {
            parts.remove(index);
            self.unlink(&names[index]);
        }
        self
    }

    /// With a component one place up or down.
    pub(crate) fn moved(mut self, index: usize, up: bool) -> Self {
        let (_, parts) = self.parts_mut();
        let other = if up {
            index.checked_sub(1)
        } else {
            Some(index + 1)
        };
        if let Some(other) = other.filter(|other| (*other).max(index) < parts.len()) {
            parts.swap(index, other);
        }
        self
    }

    /// With another name for a component, in its links too.
    pub(crate) fn renamed(mut self, index: usize, name: &str) -> Self {
        let before = self.names();
        let (shared, parts) = self.parts_mut();
        if let Some(part) = parts.get_mut(index) {
            *part = std::mem::take(part).with(NAME, name);
            shared.replace(
                |link| link.starts_with(LINKS) && !link.ends_with(".calls_per_request"),
                &before[index],
                name,
            );
        }
        self
    }

    /// Every component has a name of its own.
    fn named(mut self) -> Self {
        let (_, parts) = self.parts_mut();
        for index in 0..parts.len() {
            let taken: Vec<String> = parts[..index]
                .iter()
                .filter_map(|part| part.last(NAME).map(str::to_owned))
                .collect();
            let wanted = parts[index]
                .last(NAME)
                .map_or_else(|| format!("part {}", index + 1), str::to_owned);
            let mut name = wanted.clone();
            for number in 2..=parts.len() + 1 {
                if !taken.contains(&name) {
                    break;
                }
                name = format!("{wanted} {number}");
            }
            parts[index] = std::mem::take(&mut parts[index]).with(NAME, name);
        }
        self
    }

    /// Takes out the links that name a component.
    fn unlink(&mut self, name: &str) {
        let (shared, _) = self.parts_mut();
        let rows: Vec<String> = shared
            .iter()
            .filter(|(link, text)| link.starts_with(LINKS) && *text == name)
            .filter_map(|(link, _)| link.split_once("].").map(|(row, _)| row.to_owned()))
            .collect();
        shared.retain(|link| {
            let row = link.split_once("].").map_or(link, |(row, _)| row);
            !rows.iter().any(|gone| gone == row)
        });
    }
}

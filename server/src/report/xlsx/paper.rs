//! Where printed pages end. A program that fits a sheet to the width of a page by itself may add
//! an empty page at the end (`LibreOffice` does), so the breaks are said, and none is left to it.

/// A4 across without its margins, in points.
const WIDTH: f64 = 741.0;
const HEIGHT: f64 = 487.0;
/// A row, and a character of a column's width, in points.
const ROW: f64 = 15.0;
const CHARACTER: f64 = 5.25;
/// Rows kept free: heads are taller, and some repeat.
const SPARE: f64 = 5.0;
/// More rows than a page ever holds.
const MOST: u32 = 500;

/// How far a sheet reaches.
#[derive(Debug, Default)]
pub(super) struct Paper {
    /// Width of all columns.
    pub(super) characters: f64,
    /// Rows above which a page may well end, in their order.
    pub(super) sections: Vec<u32>,
    /// The last row that is written.
    last: u32,
}

impl Paper {
    pub(super) fn reach(&mut self, row: u32) {
        self.last = self.last.max(row);
    }

    /// The first row of every further page.
    pub(super) fn breaks(&self) -> Vec<u32> {
        let mut breaks = Vec::new();
        if self.sections.is_empty() {
            return breaks;
        }
        let room = self.room();
        let mut first = 0;
        while self.last >= first + room {
            let least = first + (room / 2).max(1);
            let mut sections = self.sections.iter().rev();
            let section = sections.find(|row| (least..=first + room).contains(row));
            first = section.copied().unwrap_or(first + room);
            breaks.push(first);
        }
        breaks
    }

    /// Rows of a page.
    fn room(&self) -> u32 {
        let scale = (WIDTH / (self.characters * CHARACTER)).min(1.0);
        let rows = (HEIGHT / (ROW * scale) - SPARE).floor();
        (1..MOST)
            .take_while(|row| f64::from(*row) <= rows)
            .last()
            .unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Paper;

    fn paper(last: u32, sections: &[u32]) -> Paper {
        Paper {
            characters: 100.0,
            sections: sections.to_vec(),
            last,
        }
    }

    #[test]
    fn pages_end_above_sections_where_these_are_near_and_never_behind_the_last_row() {
        let room = paper(0, &[]).room();
        assert_eq!(room, 27);
        for (last, sections, expected) in [
            (500, [].as_slice(), [].as_slice()),
            (26, &[0], &[]),
            (27, &[0], &[27]),
            (60, &[0], &[27, 54]),
            (60, &[5, 20, 25, 40], &[25, 40]),
        ] {
            assert_eq!(
                paper(last, sections).breaks(),
                expected,
                "{last}, {sections:?}"
            );
        }
    }
}

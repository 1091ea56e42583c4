//! Reads a series from the text of a table.

use super::timestamp::{self, Timestamp};
use super::{LONGEST_STEP_S, MOST_COUNT, MOST_INTERVALS, Series, SeriesError, Step};

/// Timestamps may be off by this, in seconds: they were rounded.
const ROUNDED_S: f64 = 0.5;

/// What was read so far.
struct Reader {
    step_s: f64,
    /// Whether two timestamps have said the step.
    known: bool,
    /// Whether lines have timestamps, once one was read.
    stamped: Option<bool>,
    last: f64,
    counts: Vec<u32>,
    header_allowed: bool,
}

pub(super) fn parse(text: &str, step: Step) -> Result<Series, SeriesError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        step_s: step.seconds(),
        known: false,
        stamped: None,
        last: 0.0,
        counts: Vec::new(),
        header_allowed: true,
    };
    let mut lines = 0;
    for (line, number) in text.lines().zip(1..) {
        lines = number;
        reader.line(line.trim()).map_err(|problem| SeriesError {
            line: number,
            problem,
        })?;
    }
    if reader.counts.is_empty() {
        return Err(SeriesError {
            line: lines + 1,
            problem: "ends before the first count".to_owned(),
        });
    }
    Ok(Series::new(reader.step_s, reader.counts))
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line
            .split([',', ';', '\t'])
            .map(|field| field.trim().trim_matches('"').trim())
            .collect();
        let header_allowed = std::mem::take(&mut self.header_allowed);
        if header_allowed && fields.iter().all(|field| is_name(field)) {
            return Ok(());
        }
        match fields[..] {
            [count] => self.stamped(false).and_then(|()| self.push(count)),
            [time, count] => {
                self.stamped(true)?;
                self.advance(time)?;
                self.push(count)
            }
            _ => Err(format!(
                "has {} fields: want a count, or a timestamp and a count",
                fields.len()
            )),
        }
    }

    fn stamped(&mut self, stamped: bool) -> Result<(), String> {
        match self.stamped.replace(stamped) {
            Some(before) if before != stamped => Err(if stamped {
                "has a timestamp, unlike the lines before it".to_owned()
            } else {
                "lacks the timestamp that the lines before it have".to_owned()
            }),
            _ => Ok(()),
        }
    }

    fn advance(&mut self, field: &str) -> Result<(), String> {
        let Timestamp(time) = timestamp::parse(field)?;
        let apart = time - self.last;
        self.last = time;
        if self.counts.is_empty() {
            return Ok(());
        }
        if apart <= 0.0 {
            return Err(format!("{field:?} does not come after the line before it"));
        }
        if !self.known {
            if !(1.0 - ROUNDED_S..=LONGEST_STEP_S).contains(&apart) {
                return Err(format!(
                    "comes {apart} s after the line before it: want intervals of 1 s to a day"
                ));
            }
            self.known = true;
            self.step_s = apart.max(1.0);
        }
        let off = apart - self.step_s;
        if off.abs() <= ROUNDED_S {
            return Ok(());
        }
        let what = if off > 0.0 { "a gap" } else { "too close" };
        Err(format!(
            "{field:?} is {what}: it comes {apart} s after the line before it, not {} s",
            self.step_s
        ))
    }

    fn push(&mut self, field: &str) -> Result<(), String> {
        let count: f64 = field
            .parse()
            .map_err(|_| format!("{field:?} is not a number"))?;
        if !count.is_finite() {
            return Err(format!("{field:?} is not a number"));
        }
        if count < 0.0 {
            return Err(format!("{field} is negative"));
        }
        if count > f64::from(MOST_COUNT) {
            return Err(format!(
                "{field} is too large: at most {MOST_COUNT} per interval"
            ));
        }
        if count.fract() != 0.0 {
            return Err(format!("{field} is not a whole number"));
        }
        if self.counts.len() == MOST_INTERVALS {
            return Err(format!(
                "is one too many: at most {MOST_INTERVALS} intervals"
            ));
        }
        self.counts.push(crate::simulation::meter::count(count));
        Ok(())
    }
}

/// Whether a field heads a column: it begins with a letter and is no number.
fn is_name(field: &str) -> bool {
    field.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && field.parse::<f64>().is_err()
}

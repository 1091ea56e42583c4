//! Gathers the comparison of many values, so that one run names all that are off.
use std::fmt::Write as _;

/// Collects what is off, so that one run names every bad vector.
#[derive(Default)]
pub(crate) struct Report {
    checked: usize,
    table: String,
    wrong: String,
}

impl Report {
    pub(crate) fn check(&mut self, id: &str, what: &str, ours: f64, expected: f64, tolerance: f64) {
        let error = if expected == 0.0 {
            ours.abs()
        } else {
            ours / expected - 1.0
        };
        self.checked += 1;
        let line = format!(
            "{id:28} {what:44} {ours:<14.8} {expected:<14.8} {:+.4} % of {} %\n",
            error * 100.0,
            tolerance * 100.0
        );
        self.table += &line;
        if error.is_nan() || error.abs() > tolerance {
            self.wrong += &line;
        }
    }

    pub(crate) fn compare(&mut self, id: &str, what: &str, ours: f64, other: f64) {
        let _ = writeln!(
            self.table,
            "{id:28} {what:44} {ours:<14.8} {other:<14.8} {:+.2} % (comparison)",
            (ours / other - 1.0) * 100.0
        );
    }

    #[track_caller]
    pub(crate) fn finish(self, vectors: usize, expected_vectors: usize) {
        println!("{}", self.table);
        assert_eq!(vectors, expected_vectors, "vectors in the file");
        assert!(
            self.wrong.is_empty(),
            "of {} checks these are off:\n{}",
            self.checked,
            self.wrong
        );
    }
}

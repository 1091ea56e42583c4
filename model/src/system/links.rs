//! What links between components bring.

use super::{Answer, System};

impl System {
    /// Requests a month of each component at the typical answers: its own, and those that links
    /// bring it, `total = own + sum of total of the caller x calls`.
    ///
    /// Links that name nobody bring nothing. Circles are refused by [`System::check`]; without
    /// them as many rounds as components settle every total.
    #[must_use]
    pub fn requests_with_links(&self) -> Vec<f64> {
        let own: Vec<f64> = self
            .components
            .iter()
            .map(|component| {
                component
                    .traffic
                    .requests_per_month
                    .map_or(0.0, Answer::typical)
            })
            .collect();
        let position = |name: &str| {
            let mut named = self.components.iter();
            named.position(|component| !name.is_empty() && component.name == name)
        };
        let links: Vec<(usize, usize, f64)> = self
            .links
            .iter()
            .filter_map(|link| {
                Some((
                    position(&link.from)?,
                    position(&link.to)?,
                    link.calls_per_request,
                ))
            })
            .collect();
        let mut totals = own.clone();
        for _ in 0..self.components.len() {
            let before = std::mem::replace(&mut totals, own.clone());
            for (from, to, calls) in &links {
                totals[*to] += before[*from] * calls;
            }
        }
        totals
    }
}

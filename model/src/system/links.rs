//! What links between components bring.

use super::{Answer, System};

/// Requests a month of a component.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Requests {
    /// All of them.
    pub total: f64,
    /// Those that come from other components.
    pub linked: f64,
}

impl System {
    /// Requests a month of each component at the typical answers, and those among them that come
    /// from other components: `linked = sum of total of the caller x calls`,
    /// `total = max(stated, linked)`.
    ///
    /// What is stated for a component is all that it gets; links that bring more win. Links that
    /// name nobody bring nothing. Circles are refused by [`System::check`]; without them as many
    /// rounds as components settle every total.
    #[must_use]
    pub fn requests_with_links(&self) -> Vec<Requests> {
        let mut requests: Vec<Requests> = self
            .components
            .iter()
            .map(|component| Requests {
                total: component
                    .traffic
                    .requests_per_month
                    .map_or(0.0, Answer::typical),
                linked: 0.0,
            })
            .collect();
        let stated: Vec<f64> = requests.iter().map(|requests| requests.total).collect();
        let links = self.resolved_links();
        for _ in 0..self.components.len() {
            let before = requests.clone();
            for (requests, stated) in requests.iter_mut().zip(&stated) {
                *requests = Requests {
                    total: *stated,
                    linked: 0.0,
                };
            }
            for (from, to, calls) in &links {
                let called = &mut requests[*to];
                called.linked += before[*from].total * calls;
                called.total = called.total.max(called.linked);
            }
        }
        requests
    }

    fn resolved_links(&self) -> Vec<(usize, usize, f64)> {
        let position = |name: &str| {
            let mut named = self.components.iter();
            named.position(|component| !name.is_empty() && component.name == name)
        };
        let resolved = self.links.iter().filter_map(|link| {
            Some((
                position(&link.from)?,
                position(&link.to)?,
                link.calls_per_request,
            ))
        });
        resolved.collect()
    }
}

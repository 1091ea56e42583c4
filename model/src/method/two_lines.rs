//! Where two costs meet that each have a fixed part and a part for every request.

/// What stands by the month, and what each request adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// F, US dollars a month without any request.
    pub fixed_usd: f64,
    /// v, US dollars a request.
    pub usd_per_request: f64,
}

/// Two such costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoLines {
    /// One.
    pub left: Line,
    /// The other.
    pub right: Line,
}

impl TwoLines {
    /// `n = (F2 - F1) / (v1 - v2)`: the requests a month at which both cost the same; `None`
    /// where one is the cheaper at every volume, or both are the same.
    ///
    /// The whole model has stairs instead of lines and may meet several times: see
    /// [`crate::break_even`].
    #[must_use]
    pub fn break_even(&self) -> Option<f64> {
        let fixed = self.right.fixed_usd - self.left.fixed_usd;
        let each = self.left.usd_per_request - self.right.usd_per_request;
        let requests = fixed / each;
        (requests.is_finite() && requests > 0.0).then_some(requests)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: (f64, f64), right: (f64, f64), expected: Option<f64>) {
        let line = |(fixed_usd, usd_per_request)| Line {
            fixed_usd,
            usd_per_request,
        };
        let lines = TwoLines {
            left: line(left),
            right: line(right),
        };
        assert_eq!(lines.break_even(), expected);
    }

    #[test]
    fn a_fixed_cost_is_earned_back_request_by_request() {
        check((0.0, 0.5), (60.0, 0.0), Some(120.0));
        check((60.0, 0.0), (0.0, 0.5), Some(120.0));
    }

    #[test]
    fn what_is_cheaper_in_both_parts_is_cheaper_always() {
        check((0.0, 0.5), (60.0, 0.6), None);
        check((10.0, 0.5), (10.0, 0.5), None);
    }
}

//! Money, in US dollars without tax.
use super::quantity;

quantity! {
    /// US dollars. Totals are sums of unrounded lines; rounding to cents happens where a number is shown.
    Usd
}

impl Usd {
    /// Rounded to whole cents, halves away from zero, as bills are.
    ///
    /// A millionth of a cent is added first, so that a product such as
    /// 0.5 x 0.01 that floating point leaves just under the half still rounds up.
    #[must_use]
    pub fn rounded_to_cents(self) -> Self {
        let cents = self.get() * 100.0;
        let nudge = if cents < 0.0 { -1e-6 } else { 1e-6 };
        Self::new(libm::round(cents + nudge) / 100.0)
    }
}

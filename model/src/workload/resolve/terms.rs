//! How capacity is bought: the component's own answers before the system's.

use crate::system::{Answer, Commitment, Purchase};
use crate::workload::Terms;

/// Per cent in the whole.
const PER_CENT: f64 = 100.0;

/// Own answers win over the system's, one by one. The account's free quantities are shared
/// equally by its components.
pub(super) fn terms(own: Option<&Purchase>, shared: Option<&Purchase>, components: usize) -> Terms {
    let free = own
        .and_then(|own| own.free_tier)
        .or_else(|| shared.and_then(|shared| shared.free_tier))
        .unwrap_or(false);
    #[expect(clippy::cast_precision_loss, reason = "at most 20 components")]
    let components = components.max(1) as f64;
    let discount_pct = own
        .and_then(|own| own.discount_pct)
        .or_else(|| shared.and_then(|shared| shared.discount_pct))
        .map_or(0.0, Answer::typical);
    Terms {
        commitment: own
            .and_then(|own| own.commitment)
            .or_else(|| shared.and_then(|shared| shared.commitment))
            .unwrap_or(Commitment::None),
        spot: own
            .and_then(|own| own.spot)
            .or_else(|| shared.and_then(|shared| shared.spot))
            .unwrap_or(false),
        free_tier_share: if free { 1.0 / components } else { 0.0 },
        discount: discount_pct / PER_CENT,
    }
}

//! Random numbers for the simulation: seeded streams that do not disturb each other.
//!
//! The generator is xoshiro256++, seeded by `SplitMix64`. Every purpose (arrivals, service times,
//! cold starts, ...) draws from a stream of its own, so that one more draw for one of them leaves
//! the others as they were: two platforms meet the very same traffic.
//!
//! Reference: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM
//! Transactions on Mathematical Software 47 (2021); reference code in the public domain.

mod ziggurat;

use ziggurat::{LAYER_BITS, LAYER_MASK, Tables};

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The times of requests.
    Arrivals,
    /// The changes of a two-state process.
    States,
    /// When in the week bursts come.
    Bursts,
    /// Service times.
    Service,
    /// Times of cold starts.
    ColdStarts,
    /// How long idle environments are kept.
    KeepAlive,
    /// What the front door adds.
    FrontDoor,
    /// Interruptions of Spot capacity.
    Spot,
}

/// A sequence of random numbers, determined by seed, replication and purpose.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    state: [u64; 4],
    tables: &'static Tables,
}

/// `2^-53`: the distance of neighbouring numbers of [`Stream::unit`].
const UNIT_STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Stream {
    /// The stream of one purpose in one replication.
    pub(crate) fn new(seed: u64, replication: u32, purpose: Purpose) -> Self {
        let replication = mixed(seed) ^ u64::from(replication);
        let mut state = mixed(replication) ^ (purpose as u64);
        Self {
            state: std::array::from_fn(|_| split_mix(&mut state)),
            tables: Tables::shared(),
        }
    }

    /// 64 random bits: one step of xoshiro256++.
    #[inline]
    pub(crate) fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in 0..1, 1 excluded, in steps of `2^-53`.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        unit_of(self.bits())
    }

    /// Exponential with mean 1.
    #[inline]
    pub(crate) fn exponential(&mut self) -> f64 {
        let bits = self.bits();
        let layer = layer_of(bits);
        let x = unit_of(bits) * self.tables.exponential.edge[layer];
        if x < self.tables.exponential.edge[layer + 1] {
            x
        } else {
            ziggurat::exponential_beyond(self, layer, x)
        }
    }

    /// Standard normal.
    #[inline]
    pub(crate) fn normal(&mut self) -> f64 {
        const SIGN: u64 = 1 << LAYER_BITS;
        let bits = self.bits();
        let layer = layer_of(bits);
        let x = unit_of(bits) * self.tables.normal.edge[layer];
        let x = if x < self.tables.normal.edge[layer + 1] {
            x
        } else {
            ziggurat::half_normal_beyond(self, layer, x)
        };
        if bits & SIGN == 0 { x } else { -x }
    }
}

/// The upper 53 bits as a number in 0..1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
#[inline]
fn unit_of(bits: u64) -> f64 {
    (bits >> 11) as f64 * UNIT_STEP
}

/// The lower bits, which the number of [`unit_of`] does not use.
#[inline]
fn layer_of(bits: u64) -> usize {
    (bits & LAYER_MASK) as usize
}

/// `SplitMix64`: the next of a sequence that visits every number once.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed(*state)
}

/// The finalizer of `SplitMix64`: neighbours come far apart.
fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests;

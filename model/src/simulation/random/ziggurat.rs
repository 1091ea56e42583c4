//! The ziggurat: a density covered by 256 layers of equal area, most of which lie wholly below it,
//! so that nearly every draw is one multiplication and one comparison.
//!
//! Reference: G. Marsaglia and W. W. Tsang, "The ziggurat method for generating random variables",
//! Journal of Statistical Software 5 (2000).

use std::sync::OnceLock;

use super::Stream;
use crate::math::{erfc, exp, ln, sqrt};

/// Bits that choose a layer.
pub(super) const LAYER_BITS: u32 = 8;
/// They, as a mask.
pub(super) const LAYER_MASK: u64 = (1 << LAYER_BITS) - 1;
const LAYERS: usize = 1 << LAYER_BITS;

/// Where the tail of the exponential begins: with it 256 layers have equal areas.
const EXPONENTIAL_TAIL: f64 = 7.697_117_470_131_05;
/// Where the tail of the normal begins.
const NORMAL_TAIL: f64 = 3.654_152_885_361_009;

/// The layers of both densities.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) exponential: Layers,
    pub(super) normal: Layers,
}

/// Layers of a density `f` with `f(0) = 1`, from the bottom up.
#[derive(Debug)]
pub(super) struct Layers {
    /// How far each layer reaches; the last is 0. The first stands for the tail too.
    pub(super) edge: [f64; LAYERS + 1],
    /// `f` there.
    height: [f64; LAYERS + 1],
}

impl Tables {
    /// Computed once in a process.
    pub(super) fn shared() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| Self {
            exponential: Layers::of(
                EXPONENTIAL_TAIL,
                exp(-EXPONENTIAL_TAIL),
                |x| exp(-x),
                |height| -ln(height),
            ),
            normal: Layers::of(
                NORMAL_TAIL,
                sqrt(std::f64::consts::FRAC_PI_2)
                    * erfc(NORMAL_TAIL * std::f64::consts::FRAC_1_SQRT_2),
                |x| exp(-0.5 * x * x),
                |height| sqrt(-2.0 * ln(height)),
            ),
        })
    }
}

impl Layers {
    /// `tail_area` is the integral of `density` from `tail` on; `inverse` undoes `density`.
    fn of(
        tail: f64,
        tail_area: f64,
        density: impl Fn(f64) -> f64,
        inverse: impl Fn(f64) -> f64,
    ) -> Self {
        let area = tail * density(tail) + tail_area;
        let mut edge = [0.0; LAYERS + 1];
        edge[0] = area / density(tail);
        edge[1] = tail;
        for layer in 2..LAYERS {
            let below = edge[layer - 1];
            edge[layer] = inverse(area / below + density(below));
        }
        Self {
            edge,
            height: edge.map(density),
        }
    }

    /// A height between the top and the bottom of a layer.
    fn height_within(&self, layer: usize, share: f64) -> f64 {
        self.height[layer + 1] + (self.height[layer] - self.height[layer + 1]) * share
    }
}

/// The rare rest of [`Stream::exponential`]: x lies in the part of its layer that the density cuts.
#[cold]
pub(super) fn exponential_beyond(stream: &mut Stream, layer: usize, x: f64) -> f64 {
    if layer == 0 {
        // Without memory: beyond any point it begins anew.
        return EXPONENTIAL_TAIL + stream.exponential();
    }
    let layers = &stream.tables.exponential;
    if layers.height_within(layer, stream.unit()) < exp(-x) {
        x
    } else {
        stream.exponential()
    }
}

/// The rare rest of [`Stream::normal`], without its sign.
#[cold]
pub(super) fn half_normal_beyond(stream: &mut Stream, layer: usize, x: f64) -> f64 {
    if layer == 0 {
        return normal_tail(stream);
    }
    let layers = &stream.tables.normal;
    if layers.height_within(layer, stream.unit()) < exp(-0.5 * x * x) {
        x
    } else {
        stream.normal().abs()
    }
}

/// Marsaglia's tail: `R + E1/R`, kept with probability `exp(-(E1/R)^2 / 2)`.
fn normal_tail(stream: &mut Stream) -> f64 {
    loop {
        let beyond = stream.exponential() / NORMAL_TAIL;
        if 2.0 * stream.exponential() > beyond * beyond {
            return NORMAL_TAIL + beyond;
        }
    }
}

//! The transcendental functions of the model, from `libm`, so that a server, a
//! browser and a test give the same bits. The methods of `f64` of the same
//! name ask the platform and are banned in this crate.
//!
//! Each takes and gives plain `f64`; the quantities live one layer up.

/// `e^x`, over all finite `x`; overflows to infinity above 709.78.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// `e^x` to 1e-11, in arithmetic that a loop does for several numbers at once;
/// x beyond -700 and 700 counts as these.
#[must_use]
#[inline]
pub fn exp_inline(x: f64) -> f64 {
    /// Added and taken away again it rounds to a whole number, which stays in its last bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const BIAS: u64 = 1023;
    const MANTISSA_BITS: u32 = 52;
    // ln 2 in two parts: multiples of the first are exact.
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let x = x.clamp(-700.0, 700.0);
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let power = shifted - ROUND;
    let rest = x - power * LN_2_HIGH - power * LN_2_LOW;
    let two = f64::from_bits(shifted.to_bits().wrapping_add(BIAS) << MANTISSA_BITS);
    two * horner(&EXP_SERIES, rest)
}

/// `1/n!`.
const EXP_SERIES: [f64; 10] = [
    1.0,
    1.0,
    0.5,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
];

/// `e^x - 1`, without the loss of digits near zero.
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Natural logarithm; negative infinity at 0, not a number below it.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// `ln(1 + x)`, without the loss of digits near zero.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Logarithm to base 10; negative infinity at 0.
#[must_use]
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// `x^y`.
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Square root, for `x >= 0`.
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// Cube root, over all `x`.
#[must_use]
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// Sine of an angle in radians.
#[must_use]
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// Cosine of an angle in radians.
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// `sqrt(x^2 + y^2)`, without overflow.
#[must_use]
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// The least whole number not below `x`.
#[must_use]
pub fn ceil(x: f64) -> f64 {
    let whole = truncated(x);
    if whole < x { whole + 1.0 } else { whole }
}

/// The greatest whole number not above `x`.
#[must_use]
pub fn floor(x: f64) -> f64 {
    let whole = truncated(x);
    if whole > x { whole - 1.0 } else { whole }
}

/// `x` without its fraction, by one conversion there and back, which is exact on every platform.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "below 2^52 whole numbers convert exactly"
)]
fn truncated(x: f64) -> f64 {
    /// From here on every double is whole.
    const ALL_WHOLE: f64 = 4_503_599_627_370_496.0;
    if x.abs() < ALL_WHOLE {
        ((x as i64) as f64).copysign(x)
    } else {
        x
    }
}

/// The whole number nearest to `x`, halves away from zero.
#[must_use]
pub fn round(x: f64) -> f64 {
    libm::round(x)
}

/// Error function, `2/sqrt(pi) * integral of e^(-t^2) from 0 to x`.
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// `1 - erf(x)`, accurate far into the tail.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// `1/sqrt(2 pi)`, the density of the standard normal distribution at 0.
pub const NORMAL_AT_ZERO: f64 =
    0.5 * std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;

/// Density of the standard normal distribution at `z`.
#[must_use]
pub fn normal_density(z: f64) -> f64 {
    NORMAL_AT_ZERO * exp(-0.5 * z * z)
}

/// `P(Z <= z)` of the standard normal distribution.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// `P(Z > z)` of the standard normal distribution, accurate far into the tail.
#[must_use]
pub fn normal_survival(z: f64) -> f64 {
    0.5 * erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The `z` with `P(Z <= z) = p` of the standard normal distribution.
///
/// `p` in 0..1; below 0 and above 1 count as 0 and 1, which give -38.5 and 38.5
/// (there `P` is the smallest positive number), so the result is always finite.
///
/// Reference: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37
/// (1988), relative error below 1e-15.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= AS241_CENTRAL {
        let r = AS241_CENTRAL * AS241_CENTRAL - q * q;
        return q * horner(&AS241_A, r) / horner(&AS241_B, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = sqrt(-ln(tail.max(f64::MIN_POSITIVE)));
    let z = if r <= AS241_FAR {
        horner(&AS241_C, r - AS241_NEAR_SHIFT) / horner(&AS241_D, r - AS241_NEAR_SHIFT)
    } else {
        horner(&AS241_E, r - AS241_FAR) / horner(&AS241_F, r - AS241_FAR)
    };
    if q < 0.0 { -z } else { z }
}

/// The polynomial with these coefficients, lowest power first.
#[inline]
fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

// The constants of Algorithm AS 241, as printed.
const AS241_CENTRAL: f64 = 0.425;
const AS241_NEAR_SHIFT: f64 = 1.6;
const AS241_FAR: f64 = 5.0;
const AS241_A: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const AS241_B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_659_7e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const AS241_C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const AS241_D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const AS241_E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const AS241_F: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inlined_exponential_is_the_exponential() {
        for step in -7000..=7000_i32 {
            let x = f64::from(step) / 10.01;
            let off = exp_inline(x) / exp(x) - 1.0;
            assert!(off.abs() < 1e-11, "x {x}: off by {off}");
        }
        for (x, same) in [(-1e300, -700.0), (1e300, 700.0), (0.0, 0.0)] {
            assert!((exp_inline(x) / exp(same) - 1.0).abs() < 1e-11, "x {x}");
        }
    }

    #[test]
    fn whole_numbers_are_those_of_the_library() {
        let large = [1e9, 4_503_599_627_370_495.5, 1e300, f64::INFINITY];
        let small = [
            0.0,
            1e-300,
            0.3,
            0.5,
            1.0,
            1.5,
            2.0,
            2.999_999_999_999_999_6,
        ];
        for x in large.into_iter().chain(small).flat_map(|x| [x, -x]) {
            assert_eq!(floor(x).to_bits(), libm::floor(x).to_bits(), "{x}");
            assert_eq!(ceil(x).to_bits(), libm::ceil(x).to_bits(), "{x}");
        }
        assert!(floor(f64::NAN).is_nan() && ceil(f64::NAN).is_nan());
    }

    #[test]
    fn the_quantile_inverts_the_distribution() {
        for p in [
            1e-300,
            1e-100,
            1e-12,
            1e-6,
            0.01,
            0.07,
            0.075,
            0.3,
            0.5,
            0.8,
            0.95,
            0.99,
            0.999,
            1.0 - 1e-9,
        ] {
            let z = normal_quantile(p);
            let back = if z < 0.0 {
                normal_cdf(z)
            } else {
                1.0 - normal_survival(z)
            };
            assert!((back / p - 1.0).abs() < 1e-12, "p {p} z {z} back {back}");
        }
    }

    #[test]
    fn the_quantile_has_the_published_values() {
        for (p, z) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_814),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-14 * z.abs(), "p {p}");
        }
    }

    #[test]
    fn the_quantile_is_finite_outside_its_range() {
        for p in [-1.0, 0.0, 1.0, 2.0, f64::MAX, f64::MIN] {
            assert!(normal_quantile(p).is_finite(), "p {p}");
        }
    }
}

//! Just enough complex arithmetic for a contour integral.
use crate::math::{cos, exp, hypot, sin, sqrt};

/// `re + i im`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Complex {
    pub(super) re: f64,
    pub(super) im: f64,
}

impl Complex {
    pub(super) const fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }

    pub(super) fn exp(self) -> Self {
        let scale = exp(self.re);
        Self::new(scale * cos(self.im), scale * sin(self.im))
    }

    /// The principal square root, with a real part `>= 0`.
    pub(super) fn sqrt(self) -> Self {
        let modulus = hypot(self.re, self.im);
        let re = sqrt(f64::midpoint(modulus, self.re).max(0.0));
        let im = sqrt(f64::midpoint(modulus, -self.re).max(0.0));
        Self::new(re, if self.im < 0.0 { -im } else { im })
    }
}

impl std::ops::Add for Complex {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.re + other.re, self.im + other.im)
    }
}

impl std::ops::Add<f64> for Complex {
    type Output = Self;
    fn add(self, other: f64) -> Self {
        Self::new(self.re + other, self.im)
    }
}

impl std::ops::Mul for Complex {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(
            self.re * other.re - self.im * other.im,
            self.re * other.im + self.im * other.re,
        )
    }
}

impl std::ops::Mul<f64> for Complex {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.re * factor, self.im * factor)
    }
}

impl std::ops::Div for Complex {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let square = other.re * other.re + other.im * other.im;
        Self::new(
            (self.re * other.re + self.im * other.im) / square,
            (self.im * other.re - self.re * other.im) / square,
        )
    }
}

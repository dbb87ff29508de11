//! Lengths on a page.

use std::ops::{Add, AddAssign, Mul, Sub};

/// A length in points, of which 72 make an inch.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Points(pub f32);

/// A length in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Millimetres(pub f32);

impl Millimetres {
    pub(super) const fn points(self) -> Points {
        Points(self.0 * 72.0 / 25.4)
    }
}

impl Points {
    pub(super) const ZERO: Self = Self(0.0);

    pub(super) fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    pub(super) fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<f32> for Points {
    type Output = Self;

    fn mul(self, times: f32) -> Self {
        Self(self.0 * times)
    }
}

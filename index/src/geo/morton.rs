//! A position as one number, so that near positions mostly have near numbers.
//!
//! The bits of latitude and longitude alternate: the Z-order curve of G. M.
//! Morton, *A Computer Oriented Geodetic Data Base* (IBM, 1966). With 32 bits
//! each a step is 5 mm of latitude and at most 9 mm of longitude.

use crate::entry::Point;

const STEPS: f64 = 4_294_967_296.0;

/// The code of a position; one off the map is moved to its edge.
pub(crate) fn encode(point: Point) -> u64 {
    spread(step(point.lon, 180.0)) | spread(step(point.lat, 90.0)) << 1
}

/// The middle of the step that a code names.
pub(crate) fn decode(code: u64) -> Point {
    Point { lat: degrees(gather(code >> 1), 90.0), lon: degrees(gather(code), 180.0) }
}

/// The step of an angle between `-half` and `half` degrees. The cast saturates, and takes NaN to 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a saturating cast is what is wanted at the edges"
)]
fn step(angle: f64, half: f64) -> u32 {
    ((angle + half) / (2.0 * half) * STEPS) as u32
}

fn degrees(step: u32, half: f64) -> f64 {
    (f64::from(step) + 0.5) / STEPS * 2.0 * half - half
}

/// Puts a zero before every bit (*Hacker's Delight*, 7-2).
fn spread(value: u32) -> u64 {
    let mut x = u64::from(value);
    x = (x | x << 16) & 0x0000_FFFF_0000_FFFF;
    x = (x | x << 8) & 0x00FF_00FF_00FF_00FF;
    x = (x | x << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    x = (x | x << 2) & 0x3333_3333_3333_3333;
    (x | x << 1) & 0x5555_5555_5555_5555
}

/// Takes every other bit; the inverse of [`spread`].
#[expect(clippy::cast_possible_truncation, reason = "the upper half is zero by then")]
fn gather(code: u64) -> u32 {
    let mut x = code & 0x5555_5555_5555_5555;
    x = (x | x >> 1) & 0x3333_3333_3333_3333;
    x = (x | x >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
    x = (x | x >> 4) & 0x00FF_00FF_00FF_00FF;
    x = (x | x >> 8) & 0x0000_FFFF_0000_FFFF;
    (x | x >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::entry::Point;
    use crate::geo::metres_between;

    #[test]
    fn a_position_comes_back_within_a_centimetre() {
        for (lat, lon) in [(51.5, -0.12), (53.8, -1.55), (-89.9, 179.9), (90.0, 180.0), (0.0, 0.0)]
        {
            let point = Point { lat, lon };
            assert!(metres_between(point, decode(encode(point))) < 0.01, "{point:?}");
        }
    }

    #[test]
    fn a_position_that_is_no_number_does_no_harm() {
        let _ = decode(encode(Point { lat: f64::NAN, lon: f64::INFINITY }));
    }
}

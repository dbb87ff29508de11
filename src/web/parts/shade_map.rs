//! A map of places shaded by a number, drawn by the server: never alone, but beside a table with the
//! same numbers.

use geo::{MultiPolygon, Simplify};
use maud::{Markup, html};

use super::still_map::{Frame, HEIGHT, WIDTH, path};
use crate::web::chart::Bounds;

/// A place on the map.
#[derive(Clone, Copy, Debug)]
pub struct Shade<'a> {
    pub name: &'a str,
    pub shape: &'a MultiPolygon,
    pub value: f64,
    /// Whether little can be said of it, so that it is hatched.
    pub is_weak: bool,
}

/// How many shades there are, from the fewest to the most.
const STEPS: usize = 4;

/// What the number is.
#[derive(Clone, Copy, Debug)]
pub struct Scaled<'a> {
    pub what: &'a str,
    /// How many decimals tell it.
    pub decimals: usize,
    /// What none of it is called.
    pub none: &'a str,
}

/// The drawing with its legend.
#[must_use]
pub fn shade_map(shades: &[Shade<'_>], scaled: &Scaled<'_>, label: &str) -> Markup {
    let Some(bounds) = Bounds::of_areas(shades.iter().map(|shade| shade.shape)) else {
        return html! {};
    };
    let frame = Frame::of(bounds);
    // A line is no finer than the drawing shows.
    let fine_enough = frame.degrees(0.7);
    let scale = Scale::of(shades.iter().map(|shade| shade.value), scaled.decimals);
    html! {
        figure class="ha-map ha-shades" {
            svg class="ha-map__still" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(label) {
                defs {
                    pattern id="ha-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        rect class="ha-shades__line" width="2.5" height="7" {}
                        rect class="ha-shades__line--dark" width="1" height="7" {}
                    }
                }
                @for shade in shades {
                    @let outline = path(&shade.shape.simplify(fine_enough), &frame);
                    path class=(format!("ha-shade ha-shade--{}", scale.step(shade.value))) d=(outline) {
                        title { (shade.name) ": " (format!("{:.*}", scaled.decimals, shade.value)) }
                    }
                    @if shade.is_weak { path class="ha-shades__hatch" d=(outline) fill="url(#ha-hatch)" {} }
                }
            }
            figcaption class="ha-shades__legend" {
                span { (scaled.what) ":" }
                @for (step, words) in scale.legend(scaled.none) {
                    span class="ha-shades__key" {
                        svg class="ha-shades__swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false" {
                            rect class=(format!("ha-shade ha-shade--{step}")) width="16" height="16" {}
                        }
                        " " (words)
                    }
                }
                @if shades.iter().any(|shade| shade.is_weak) {
                    span class="ha-shades__key" { span class="ha-weak ha-weak--key" { "Hatched" } " fewer than half confirmed" }
                }
            }
        }
    }
}

/// Shades for values as they are shown, rounded: each value has one, and no two shades meet.
#[derive(Clone, Debug)]
struct Scale {
    decimals: usize,
    /// The least and the most of each shade but that of none, as whole numbers of the last decimal.
    steps: Vec<(u64, u64)>,
    has_none: bool,
}

impl Scale {
    fn of(values: impl Iterator<Item = f64>, decimals: usize) -> Self {
        let mut known: Vec<u64> = values.map(|value| rounded(value, decimals)).collect();
        known.sort_unstable();
        known.dedup();
        let has_none = known.first() == Some(&0);
        known.retain(|value| *value > 0);
        let steps = match (known.first(), known.last()) {
            (Some(least), Some(most)) if known.len() > STEPS => even(*least, *most),
            _ => known.iter().map(|value| (*value, *value)).collect(),
        };
        Self { decimals, steps, has_none }
    }

    /// The number of a value's shade; 0 for none. Few shades are spread over all there are.
    fn step(&self, value: f64) -> usize {
        let value = rounded(value, self.decimals);
        let at = self.steps.iter().position(|(_, most)| value <= *most);
        if value == 0 { 0 } else { self.spread(at.unwrap_or(self.steps.len().saturating_sub(1))) }
    }

    fn spread(&self, at: usize) -> usize {
        match self.steps.len() {
            0 | 1 => STEPS / 2,
            steps => 1 + at * (STEPS - 1) / (steps - 1),
        }
    }

    /// Each shade with what it stands for.
    fn legend(&self, none: &str) -> Vec<(usize, String)> {
        let shown = |value: u64| {
            let power = 10_u64.pow(u32::try_from(self.decimals).unwrap_or(0));
            match self.decimals {
                0 => value.to_string(),
                decimals => format!("{}.{:0decimals$}", value / power, value % power),
            }
        };
        let steps = self.steps.iter().enumerate().map(|(at, (least, most))| {
            let words = if least == most {
                shown(*least)
            } else {
                format!("{} to {}", shown(*least), shown(*most))
            };
            (self.spread(at), words)
        });
        self.has_none.then(|| (0, none.to_owned())).into_iter().chain(steps).collect()
    }
}

/// From the least to the most in steps as even as whole numbers are.
fn even(least: u64, most: u64) -> Vec<(u64, u64)> {
    let span = most - least + 1;
    let from = |step: u64| least + span * step / STEPS as u64;
    (0..STEPS as u64).map(|step| (from(step), from(step + 1) - 1)).collect()
}

/// A value as a whole number of its last decimal.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and not below 0"
)]
fn rounded(value: f64, decimals: usize) -> u64 {
    let power = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    (value.max(0.0) * power).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legend(values: &[f64], decimals: usize) -> Vec<(usize, String)> {
        Scale::of(values.iter().copied(), decimals).legend("none listed")
    }

    fn words(values: &[f64], decimals: usize) -> Vec<String> {
        legend(values, decimals).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn few_values_have_a_shade_each_and_none_has_its_own() {
        assert_eq!(words(&[7.0, 8.0, 8.0], 0), ["7", "8"]);
        assert_eq!(legend(&[7.0, 8.0], 0)[1].0, STEPS);
        assert_eq!(words(&[0.0, 2.0, 1.0], 0), ["none listed", "1", "2"]);
        assert_eq!(words(&[0.0], 0), ["none listed"]);
        assert_eq!(legend(&[5.0], 0), [(2, "5".to_owned())]);
    }

    #[test]
    fn shades_do_not_meet_and_hold_every_value() {
        let values: Vec<f64> = (26..=38).map(f64::from).collect();
        assert_eq!(words(&values, 0), ["26 to 28", "29 to 31", "32 to 34", "35 to 38"]);
        assert_eq!(words(&[0.04, 0.11, 0.2, 0.31, 1.0], 2)[0], "0.04 to 0.27");
        let scale = Scale::of(values.iter().copied(), 0);
        assert_eq!([26.0, 28.0, 29.0, 38.0].map(|value| scale.step(value)), [1, 1, 2, 4]);
        assert_eq!(scale.step(0.0), 0);
    }
}

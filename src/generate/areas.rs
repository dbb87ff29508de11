//! Areas at every scale, from a few streets to the nation.

use super::{dice::Dice, of_kind};
use crate::{
    domain::{AreaPart, Footprint, PlaceCode, PlaceKind, Point},
    geo::{Gazetteer, PlaceRef},
};

/// The area that a service states, if any. Who has no venue nearly always states one.
pub fn footprint(
    dice: &mut Dice,
    gazetteer: &Gazetteer,
    places: &[PlaceRef],
    middle: Point,
    venues: usize,
) -> Option<Footprint> {
    if dice.percent(if venues == 0 { 8 } else { 38 }) {
        return None;
    }
    let kind = dice.weighted(&[
        (14, PlaceKind::Ward),
        (10, PlaceKind::Msoa),
        (4, PlaceKind::Lsoa),
        (10, PlaceKind::Outcode),
        (2, PlaceKind::Custom),
        (38, PlaceKind::Council),
        (9, PlaceKind::Icb),
        (5, PlaceKind::Region),
        (8, PlaceKind::Nation),
    ]);
    let mut parts = if kind == PlaceKind::Custom {
        vec![drawn(dice, middle)]
    } else {
        // Without a pack, wards and neighbourhoods are not known everywhere.
        let code = of_kind(places, kind).or_else(|| of_kind(places, PlaceKind::Council))?;
        vec![part(gazetteer, code)?]
    };
    if let PlaceKind::Ward | PlaceKind::Msoa | PlaceKind::Council | PlaceKind::Outcode = kind {
        let more = dice.weighted(&[(6, 0), (2, 1), (1, 3)]);
        let code = of_kind(places, kind);
        parts.extend(code.map(|code| neighbours(dice, gazetteer, code, more)).unwrap_or_default());
    }
    let leaves_out = kind == PlaceKind::Council && dice.percent(4);
    let except = of_kind(places, PlaceKind::Msoa).filter(|_| leaves_out);
    let except = except.and_then(|code| part(gazetteer, code)).into_iter().collect();
    Some(Footprint { parts, except, ..Footprint::default() })
}

fn part(gazetteer: &Gazetteer, code: &PlaceCode) -> Option<AreaPart> {
    if let Some(prefix) = code.as_str().strip_prefix("pc:") {
        return Some(AreaPart::Postcodes { prefix: prefix.to_owned() });
    }
    let place = gazetteer.place_ref(code)?;
    Some(AreaPart::Place {
        code: place.code,
        kind: place.kind,
        name: place.name,
        edition: String::new(),
    })
}

fn neighbours(
    dice: &mut Dice,
    gazetteer: &Gazetteer,
    code: &PlaceCode,
    count: usize,
) -> Vec<AreaPart> {
    if count == 0 {
        return Vec::new();
    }
    let mut around = gazetteer.neighbours(code);
    let mut parts = Vec::new();
    while parts.len() < count && !around.is_empty() {
        let chosen = around.swap_remove(dice.below(around.len()));
        parts.extend(part(gazetteer, &chosen.code));
    }
    parts
}

/// A shape drawn by hand about a point, a kilometre or a few across.
fn drawn(dice: &mut Dice, middle: Point) -> AreaPart {
    let corners = dice.between(6, 18);
    let reach = 0.006 + dice.share() * 0.03;
    let mut ring = Vec::new();
    for at in 0..corners {
        #[expect(clippy::cast_precision_loss, reason = "there are few corners")]
        let angle = std::f64::consts::TAU * at as f64 / corners as f64;
        let reach = reach * (0.6 + 0.4 * dice.share());
        let digits = |degrees: f64| (degrees * 1e5).round() / 1e5;
        let (lon, lat) = (middle.lon + 1.6 * reach * angle.cos(), middle.lat + reach * angle.sin());
        ring.push([digits(lon), digits(lat)]);
    }
    ring.push(ring[0]);
    AreaPart::Drawn { name: "Round here".to_owned(), polygons: vec![vec![ring]] }
}

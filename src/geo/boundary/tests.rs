use geo::{Contains, Coord, LineString, MultiPolygon, Polygon, polygon};
use proptest::prelude::*;

use super::*;

fn code(text: &str) -> PlaceCode {
    PlaceCode::from(text)
}

fn square(west: f64, south: f64, size: f64) -> MultiPolygon<f64> {
    let (east, north) = (west + size, south + size);
    polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)]
        .into()
}

fn set(shapes: &[(&str, PlaceKind, MultiPolygon<f64>)]) -> BoundarySet {
    let mut set = BoundarySet::default();
    for (text, kind, shape) in shapes {
        set.insert(code(text), *kind, shape);
    }
    set
}

fn held(set: &BoundarySet, lat: f64, lon: f64) -> Vec<&str> {
    set.containing(Point { lat, lon }).into_iter().map(|(_, code)| code.as_str()).collect()
}

#[test]
fn a_point_is_in_every_kind_of_place_that_holds_it_narrow_ones_first() {
    let set = set(&[
        ("icb", PlaceKind::Icb, square(-3.0, 53.0, 1.0)),
        ("ward", PlaceKind::Ward, square(-2.7, 53.5, 0.1)),
        ("other", PlaceKind::Ward, square(-2.6, 53.5, 0.1)),
    ]);
    assert_eq!(held(&set, 53.55, -2.65), ["ward", "icb"]);
    assert_eq!(held(&set, 53.05, -2.65), ["icb"]);
    assert_eq!(held(&set, 50.0, 0.0), Vec::<&str>::new());
    assert_eq!(set.contains(&code("ward"), Point { lat: 53.55, lon: -2.65 }), Some(true));
    assert_eq!(set.contains(&code("none"), Point { lat: 53.55, lon: -2.65 }), None);
}

#[test]
fn a_hole_is_outside_whichever_way_its_ring_is_wound() {
    let outer = square(-3.0, 53.0, 1.0).0.remove(0).into_inner().0;
    let hole = square(-2.6, 53.4, 0.2).0.remove(0).into_inner().0;
    let reversed = LineString(hole.0.iter().rev().copied().collect());
    for hole in [hole, reversed] {
        let shape = MultiPolygon(vec![Polygon::new(outer.clone(), vec![hole])]);
        let set = set(&[("a", PlaceKind::Ward, shape)]);
        assert_eq!(held(&set, 53.5, -2.5), Vec::<&str>::new());
        assert_eq!(held(&set, 53.2, -2.5), ["a"]);
    }
}

#[test]
fn parts_that_overlap_are_inside() {
    let parts = [square(-3.0, 53.0, 1.0), square(-2.5, 53.5, 1.0)].into_iter().flat_map(|m| m.0);
    let set = set(&[("a", PlaceKind::Custom, MultiPolygon(parts.collect()))]);
    assert_eq!(held(&set, 53.7, -2.3), ["a"]);
}

#[test]
fn a_point_on_a_shared_border_is_in_one_place() {
    let set = set(&[
        ("west", PlaceKind::Ward, square(-3.0, 53.0, 0.5)),
        ("east", PlaceKind::Ward, square(-2.5, 53.0, 0.5)),
        ("north", PlaceKind::Ward, square(-3.0, 53.5, 0.5)),
        ("north east", PlaceKind::Ward, square(-2.5, 53.5, 0.5)),
    ]);
    for (lat, lon) in [(53.2, -2.5), (53.5, -2.7), (53.5, -2.5), (53.5, -2.2)] {
        assert_eq!(held(&set, lat, lon).len(), 1, "{lat} {lon}");
    }
}

#[test]
fn a_shape_comes_back_and_a_second_of_its_code_replaces_it() {
    let mut set = set(&[("a", PlaceKind::Ward, square(-3.0, 53.0, 0.5))]);
    assert_eq!(set.shape(&code("a")), Some(square(-3.0, 53.0, 0.5)));
    set.insert(code("a"), PlaceKind::Ward, &square(-2.0, 53.0, 0.5));
    assert_eq!((set.len(), held(&set, 53.1, -2.9).len(), held(&set, 53.1, -1.9).len()), (1, 0, 1));
    set.remove_kind(PlaceKind::Ward);
    assert!(set.is_empty() && held(&set, 53.1, -1.9).is_empty());
}

#[test]
fn what_has_no_area_is_passed_over() {
    let line = polygon![(x: -3.0, y: 53.0), (x: -2.0, y: 53.0), (x: -3.0, y: 53.0)];
    let broken = polygon![(x: f64::NAN, y: 53.0), (x: f64::INFINITY, y: 1.0), (x: 0.0, y: 53.0)];
    let none = MultiPolygon::<f64>(Vec::new());
    let set = set(&[
        ("line", PlaceKind::Ward, line.into()),
        ("broken", PlaceKind::Ward, broken.into()),
        ("none", PlaceKind::Ward, none),
    ]);
    assert!(set.is_empty());
}

#[test]
fn overlap_is_told_in_shares_and_neighbours_do_not_overlap() {
    let set = set(&[
        ("half", PlaceKind::Ward, square(-2.6, 53.0, 0.2)),
        ("whole", PlaceKind::Ward, square(-2.9, 53.1, 0.1)),
        ("neighbour", PlaceKind::Ward, square(-2.5, 53.3, 0.2)),
        ("council", PlaceKind::Council, square(-3.5, 52.5, 1.0)),
    ]);
    let found = set.overlapping(&square(-3.0, 53.0, 0.5));
    let told: Vec<_> = found.iter().map(|o| format!("{} {:.3}", o.code, o.share)).collect();
    assert_eq!(told, ["half 0.500", "whole 1.000", "council 0.250"]);
    let council = set.overlapping_place(&code("council"));
    assert_eq!(council.iter().map(|o| o.code.as_str()).collect::<Vec<_>>(), ["half", "whole"]);
}

/// A star-shaped ring of 3 to 300 points about a centre: any such ring is simple.
fn star() -> impl Strategy<Value = MultiPolygon<f64>> {
    let spokes = proptest::collection::vec(0.01..0.3f64, 3..300);
    (-4.0..0.0f64, 51.0..54.0f64, spokes).prop_map(|(x, y, spokes)| {
        let step = std::f64::consts::TAU / f64::from(u32::try_from(spokes.len()).unwrap());
        let points = (0u32..).zip(&spokes).map(|(at, length)| {
            let angle = f64::from(at) * step;
            Coord { x: x + length * angle.cos(), y: y + length * angle.sin() }
        });
        MultiPolygon(vec![Polygon::new(LineString(points.collect()), Vec::new())])
    })
}

proptest! {
    #[test]
    fn membership_equals_brute_force(
        stars in proptest::collection::vec(star(), 1..12),
        points in proptest::collection::vec((-4.3..0.3f64, 50.7..54.3f64), 1..60),
    ) {
        let names: Vec<String> = (0..stars.len()).map(|at| format!("{at:02}")).collect();
        let mut set = BoundarySet::default();
        for (name, star) in names.iter().zip(&stars) {
            set.insert(code(name), PlaceKind::Ward, star);
        }
        for (lon, lat) in points {
            let (lon, lat) = ((lon * 1e6).round() / 1e6, (lat * 1e6).round() / 1e6);
            let point = geo::Point::new(lon, lat);
            let shapes = names.iter().map(|name| (name, set.shape(&code(name)).unwrap_or(MultiPolygon(vec![]))));
            let brute: Vec<&str> =
                shapes.filter(|(_, shape)| shape.contains(&point)).map(|(name, _)| name.as_str()).collect();
            prop_assert_eq!(held(&set, lat, lon), brute);
        }
    }
}

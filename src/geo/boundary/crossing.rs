//! Whether a ring crosses itself.

/// Whether two edges of a ring cross. Edges that only touch, or share a point, do not: thinned
/// outlines have those, and they do no harm. Takes a time of n log n for outlines as they are.
pub(crate) fn crosses_itself(ring: &[[i32; 2]]) -> bool {
    let mut edges: Vec<([i32; 2], [i32; 2])> = ring
        .array_windows()
        .map(|[a, b]| if a[1] <= b[1] { (*a, *b) } else { (*b, *a) })
        .filter(|(low, high)| low != high)
        .collect();
    edges.sort_unstable();
    edges.sort_by_key(|(low, _)| low[1]);
    // Edges whose span of latitude is not over yet; most are short, so these are few.
    let mut open: Vec<([i32; 2], [i32; 2])> = Vec::new();
    let mut work = 0usize;
    for edge in &edges {
        open.retain(|(_, high)| high[1] >= edge.0[1]);
        work += open.len();
        if work > WORK + edges.len() * 200 {
            // Nothing on the ground is drawn like this; the even-odd rule reads it as it is.
            return true;
        }
        if open.iter().any(|other| cross(*edge, *other)) {
            return true;
        }
        open.push(*edge);
    }
    false
}

/// Pairs of edges that are looked at in any case.
const WORK: usize = 2_000_000;

fn cross(one: ([i32; 2], [i32; 2]), other: ([i32; 2], [i32; 2])) -> bool {
    let apart = |axis: usize| {
        let (low, high) = (one.0[axis].min(one.1[axis]), one.0[axis].max(one.1[axis]));
        high < other.0[axis].min(other.1[axis]) || low > other.0[axis].max(other.1[axis])
    };
    if apart(0) || apart(1) {
        return false;
    }
    let opposite = |a: i128, b: i128| (a > 0 && b < 0) || (a < 0 && b > 0);
    opposite(side(one, other.0), side(one, other.1))
        && opposite(side(other, one.0), side(other, one.1))
}

fn side((a, b): ([i32; 2], [i32; 2]), at: [i32; 2]) -> i128 {
    let [ax, ay, bx, by, x, y] = [a[0], a[1], b[0], b[1], at[0], at[1]].map(i128::from);
    (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bow_tie_crosses_itself_and_a_square_does_not() {
        assert!(crosses_itself(&[[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]));
        assert!(!crosses_itself(&[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]));
    }

    #[test]
    fn a_ring_that_touches_itself_does_not_cross() {
        assert!(!crosses_itself(&[[0, 0], [10, 0], [5, 5], [10, 10], [0, 10], [5, 5], [0, 0]]));
    }
}

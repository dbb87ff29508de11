//! Which statement about taking people counts.

use std::cmp::Reverse;

use crate::answer::DoorSeen;
use crate::entry::{Door, DoorStatus};

/// Nothing is known that counts.
const NOT_KNOWN: DoorSeen = DoorSeen { status: DoorStatus::NotKnown, door: None };

/// The best statement that counts at `now` for any of `venues`.
///
/// For each venue its own newest statement counts, or else the newest about the whole service. A
/// statement that began later replaces those before it for good: when it lapses, they do not
/// come back. `whole` asks for the statement about the whole service as well.
pub(crate) fn seen(doors: &[Door], now: i64, venues: &[u16], whole: bool) -> DoorSeen {
    if doors.is_empty() {
        return NOT_KNOWN;
    }
    let of_all = newest(doors, now, None);
    let of_venues = venues.iter().map(|venue| newest(doors, now, Some(*venue)).or(of_all));
    let asked = of_venues.chain(whole.then_some(of_all)).flatten();
    asked
        .min_by_key(|at| rank(doors, *at))
        .map_or(NOT_KNOWN, |at| DoorSeen { status: doors[at].status, door: u16::try_from(at).ok() })
}

/// The newest statement about a venue or the whole service that has begun, if it has not lapsed.
fn newest(doors: &[Door], now: i64, venue: Option<u16>) -> Option<usize> {
    let about = doors.iter().enumerate();
    let begun = about.filter(|(_, door)| door.venue == venue && door.from <= now);
    let (at, door) = begun.max_by_key(|(at, door)| (door.from, Reverse(*at)))?;
    (now < door.until).then_some(at)
}

/// The better for somebody who looks for help, then the newer, then the first.
fn rank(doors: &[Door], at: usize) -> (DoorStatus, Reverse<i64>, usize) {
    (doors[at].status, Reverse(doors[at].from), at)
}

#[cfg(test)]
mod tests {
    use super::seen;
    use crate::entry::{Door, DoorStatus};

    fn door(venue: Option<u16>, status: DoorStatus, from: i64, until: i64) -> Door {
        Door { venue, status, from, until }
    }

    fn status(doors: &[Door], now: i64, venues: &[u16], whole: bool) -> DoorStatus {
        seen(doors, now, venues, whole).status
    }

    #[test]
    fn a_statement_counts_from_its_moment_until_just_before_its_end() {
        let doors = [door(None, DoorStatus::Open, 100, 200)];
        for (now, expect) in [
            (99, DoorStatus::NotKnown),
            (100, DoorStatus::Open),
            (199, DoorStatus::Open),
            (200, DoorStatus::NotKnown),
        ] {
            assert_eq!(status(&doors, now, &[], true), expect, "{now}");
        }
    }

    #[test]
    fn a_venues_own_statement_wins_over_the_whole_services() {
        let doors =
            [door(None, DoorStatus::Open, 50, 200), door(Some(1), DoorStatus::Full, 10, 200)];
        assert_eq!(status(&doors, 100, &[1], false), DoorStatus::Full);
        assert_eq!(status(&doors, 100, &[2], false), DoorStatus::Open);
    }

    #[test]
    fn the_best_venue_counts() {
        let doors =
            [door(Some(1), DoorStatus::Full, 10, 200), door(Some(2), DoorStatus::Waiting, 10, 200)];
        let seen = seen(&doors, 100, &[1, 2], false);
        assert_eq!((seen.status, seen.door), (DoorStatus::Waiting, Some(1)));
    }

    #[test]
    fn a_replaced_statement_does_not_come_back() {
        let doors = [door(None, DoorStatus::Full, 50, 60), door(None, DoorStatus::Open, 10, 200)];
        assert_eq!(status(&doors, 40, &[], true), DoorStatus::Open);
        assert_eq!(status(&doors, 55, &[], true), DoorStatus::Full);
        assert_eq!(status(&doors, 70, &[], true), DoorStatus::NotKnown);
    }

    #[test]
    fn of_two_statements_of_one_moment_the_first_counts() {
        let doors = [door(None, DoorStatus::Full, 10, 200), door(None, DoorStatus::Open, 10, 200)];
        assert_eq!(status(&doors, 100, &[], true), DoorStatus::Full);
    }
}

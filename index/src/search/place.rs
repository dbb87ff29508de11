//! The candidate rules: which services are for a place, and why.

use tantivy::{SegmentReader, TantivyError};

use super::postings::any_of;
use crate::answer::Reached;
use crate::bits::Bits;
use crate::entry::Point;
use crate::geo::{Circle, Polygons, on_earth};
use crate::query::Where;
use crate::schema::Fields;
use crate::segment::Segment;

/// Where the answer has to hold, made ready once.
pub(crate) enum PlacePlan<'q> {
    Anywhere,
    Person(PersonPlace<'q>),
    Area(AreaPlace<'q>),
}

pub(crate) struct PersonPlace<'q> {
    codes: &'q [String],
    /// Where a venue counts for a service that states no area; `None` where nowhere does.
    pub(crate) reach: Option<Circle>,
    within: Within,
    elsewhere: bool,
}

/// Where an in-person service must have a venue.
enum Within {
    NotAsked,
    Nowhere,
    Circle(Circle),
}

pub(crate) struct AreaPlace<'q> {
    codes: &'q [String],
    whole: &'q [String],
    venue_codes: &'q [String],
    pub(crate) polygons: Option<Polygons>,
}

impl<'q> PlacePlan<'q> {
    pub(crate) fn new(place: &'q Where) -> Self {
        match place {
            Where::Anywhere => Self::Anywhere,
            Where::Person { codes, point, reach_metres, within_metres, elsewhere } => {
                let nearer = within_metres.filter(|within| within < reach_metres);
                Self::Person(PersonPlace {
                    codes,
                    reach: Circle::new(*point, nearer.unwrap_or(*reach_metres)),
                    within: Within::new(*point, *within_metres),
                    elsewhere: *elsewhere,
                })
            }
            Where::Area { codes, whole, venue_codes, shape, .. } => Self::Area(AreaPlace {
                codes,
                whole,
                venue_codes,
                polygons: shape.as_ref().and_then(Polygons::new),
            }),
        }
    }
}

impl Within {
    fn new(point: Point, metres: Option<f64>) -> Self {
        match metres.map(|metres| Circle::new(point, metres)) {
            None => Self::NotAsked,
            Some(None) => Self::Nowhere,
            Some(Some(circle)) => Self::Circle(circle),
        }
    }
}

/// Where distances are measured from, if anywhere.
pub(crate) fn measured_from(place: &Where) -> Option<Point> {
    let point = match place {
        Where::Anywhere => None,
        Where::Person { point, .. } => Some(*point),
        Where::Area { centre, .. } => *centre,
    };
    point.filter(|point| on_earth(*point))
}

/// The candidates of one segment, and what makes them so.
pub(crate) struct Candidates {
    pub(crate) scope: Bits,
    /// Services that state an area which serves the place.
    serves: Bits,
    /// Services with a venue that counts here.
    beside: Bits,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Anywhere,
    Person,
    Elsewhere,
    Area,
}

impl Candidates {
    pub(crate) fn find(
        plan: &PlacePlan<'_>,
        fields: &Fields,
        reader: &SegmentReader,
        segment: &Segment,
        alive: Option<&Bits>,
    ) -> Result<Self, TantivyError> {
        let mut candidates = match plan {
            PlacePlan::Anywhere => Self::anywhere(segment),
            PlacePlan::Person(place) => Self::person(place, fields, reader, segment)?,
            PlacePlan::Area(place) => Self::area(place, fields, reader, segment)?,
        };
        if let Some(alive) = alive {
            candidates.scope.keep(alive);
        }
        Ok(candidates)
    }

    fn anywhere(segment: &Segment) -> Self {
        Self {
            scope: Bits::all(segment.max_doc),
            serves: Bits::none(segment.max_doc),
            beside: Bits::none(segment.max_doc),
            kind: Kind::Anywhere,
        }
    }

    fn person(
        place: &PersonPlace<'_>,
        fields: &Fields,
        reader: &SegmentReader,
        segment: &Segment,
    ) -> Result<Self, TantivyError> {
        let serves = serving(place.codes, place.codes, fields, reader, segment)?;
        let beside = within(place.reach.as_ref(), segment);
        let mut scope;
        let kind;
        if place.elsewhere {
            kind = Kind::Elsewhere;
            scope = beside.clone();
            scope.keep(&segment.states_area);
            scope.drop_all(&serves);
        } else {
            kind = Kind::Person;
            // Rules b and c: a venue within reach, or remote; and no area stated.
            scope = beside.clone();
            scope.unite(&segment.remote);
            scope.drop_all(&segment.states_area);
            scope.unite(&near_enough(&serves, place, segment));
        }
        Ok(Self { scope, serves, beside, kind })
    }

    fn area(
        place: &AreaPlace<'_>,
        fields: &Fields,
        reader: &SegmentReader,
        segment: &Segment,
    ) -> Result<Self, TantivyError> {
        let serves = serving(place.codes, place.whole, fields, reader, segment)?;
        let mut beside = any_of(reader, fields.venue_place, place.venue_codes)?;
        if let Some(polygons) = &place.polygons {
            beside.unite(&segment.table.within(polygons, segment.max_doc));
        }
        let mut scope = serves.clone();
        scope.unite(&beside);
        Ok(Self { scope, serves, beside, kind: Kind::Area })
    }

    /// Whether it has a venue inside the area that was asked about.
    pub(crate) fn is_inside(&self, doc: u32) -> bool {
        self.kind == Kind::Area && self.beside.contains(doc)
    }

    /// Why a candidate is one.
    pub(crate) fn reached(&self, doc: u32) -> Reached {
        match self.kind {
            Kind::Anywhere => Reached::NotAsked,
            Kind::Elsewhere => Reached::Elsewhere,
            _ if self.serves.contains(doc) => Reached::Serves,
            Kind::Area => Reached::VenueInside,
            Kind::Person if self.beside.contains(doc) => Reached::Venue,
            Kind::Person => Reached::Remote,
        }
    }
}

/// Services that state an area with any of `codes` in it and none of `not` left out.
fn serving(
    codes: &[String],
    not: &[String],
    fields: &Fields,
    reader: &SegmentReader,
    segment: &Segment,
) -> Result<Bits, TantivyError> {
    let mut serves = any_of(reader, fields.serves, codes)?;
    serves.keep(&segment.states_area);
    serves.drop_all(&any_of(reader, fields.serves_not, not)?);
    Ok(serves)
}

/// Rule a: of those that serve the person, the ones that are not too far to go to.
fn near_enough(serves: &Bits, place: &PersonPlace<'_>, segment: &Segment) -> Bits {
    let near = match &place.within {
        Within::NotAsked => return serves.clone(),
        Within::Nowhere => None,
        Within::Circle(circle) => Some(circle),
    };
    let mut too_far = segment.placed.clone();
    too_far.drop_all(&segment.remote);
    too_far.drop_all(&within(near, segment));
    let mut kept = serves.clone();
    kept.drop_all(&too_far);
    kept
}

fn within(circle: Option<&Circle>, segment: &Segment) -> Bits {
    match circle {
        Some(circle) => segment.table.within(circle, segment.max_doc),
        None => Bits::none(segment.max_doc),
    }
}

//! An entry as the index keeps it.

use tantivy::TantivyDocument;

use crate::entry::{Door, DoorStatus, Entry, EntryId, Facet, NeedTier};
use crate::geo::{encode, on_earth};
use crate::schema::Fields;
use crate::text::called;

/// How often the words of a name, of other names and of needs are put among all words:
/// a stand-in for weighting fields, which saturates and keeps one idf for a word.
const NAME_TIMES: usize = 3;
const OTHER_TIMES: usize = 2;

pub(crate) fn document(fields: &Fields, entry: &Entry) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    let (high, low) = halves(entry.id);
    doc.add_bytes(fields.id, &entry.id.0);
    doc.add_u64(fields.id_high, high);
    doc.add_u64(fields.id_low, low);
    add_words(&mut doc, fields, entry);
    add_needs(&mut doc, fields, entry);
    add_places(&mut doc, fields, entry);
    add_person(&mut doc, fields, entry);
    add_facets(&mut doc, fields, entry);
    for door in entry.doors.iter().take(usize::from(u16::MAX)) {
        doc.add_u64(fields.door, pack_door(door));
        doc.add_i64(fields.door_from, door.from);
        doc.add_i64(fields.door_until, door.until);
    }
    doc.add_u64(fields.traits, Traits::of(entry).pack());
    if let Some(at) = entry.confirmed_at {
        doc.add_i64(fields.confirmed, at);
    }
    doc
}

/// The id as two numbers, in its own order.
pub(crate) fn halves(id: EntryId) -> (u64, u64) {
    let whole = u128::from_be_bytes(id.0);
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
    ((whole >> 64) as u64, whole as u64)
}

fn add_words(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    doc.add_text(fields.name, &entry.name);
    doc.add_text(fields.name_shown, entry.name.trim());
    if !entry.organisation.trim().is_empty() {
        doc.add_text(fields.organisation_shown, entry.organisation.trim());
    }
    for name in std::iter::once(&entry.name).chain(&entry.also_known_as) {
        if let Some(whole) = called(name) {
            doc.add_text(fields.called, whole);
        }
    }
    let others = || entry.also_known_as.iter().chain(&entry.need_words);
    for _ in 0..NAME_TIMES {
        doc.add_text(fields.all, &entry.name);
    }
    for _ in 0..OTHER_TIMES {
        others().for_each(|words| doc.add_text(fields.all, words));
    }
    let once = [&entry.organisation, &entry.summary, &entry.body];
    for text in once {
        doc.add_text(fields.all, text);
    }
    let gist =
        if entry.summary.trim().is_empty() { beginning(&entry.body) } else { &entry.summary };
    let gist =
        std::iter::once(entry.name.as_str()).chain(others().map(String::as_str)).chain([gist]);
    gist.for_each(|text| doc.add_text(fields.gist, text));
    let spelt = std::iter::once(&entry.name).chain(others()).chain(once);
    spelt.for_each(|text| doc.add_text(fields.spell, text));
}

/// So many bytes of a text stand for a summary where there is none.
const BEGINNING: usize = 240;

/// The first words of a text.
fn beginning(text: &str) -> &str {
    if text.len() <= BEGINNING {
        return text;
    }
    let cut = text.floor_char_boundary(BEGINNING);
    text[..cut].rsplit_once(char::is_whitespace).map_or(&text[..cut], |(whole, _)| whole)
}

fn add_needs(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    for need in &entry.needs {
        let field = match need.tier {
            NeedTier::Stated => fields.need_stated,
            NeedTier::Inferred => fields.need_inferred,
            NeedTier::Mentioned => fields.need_mentioned,
        };
        doc.add_text(field, &need.need);
    }
}

fn add_places(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    entry.serves.iter().for_each(|code| doc.add_text(fields.serves, code));
    entry.serves_not.iter().for_each(|code| doc.add_text(fields.serves_not, code));
    entry.venue_places.iter().for_each(|code| doc.add_text(fields.venue_place, code));
    // A venue that is nowhere on earth has no known point: it is left out and not put at (0, 0).
    for venue in entry.venues.iter().filter(|v| on_earth(v.point)) {
        doc.add_u64(fields.venue, encode(venue.point));
        doc.add_u64(fields.venue_ordinal, u64::from(venue.ordinal));
    }
}

fn add_person(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    for (least, most) in &entry.ages {
        doc.add_u64(fields.ages, u64::from(*least) << 8 | u64::from(*most));
    }
    entry.fits.iter().for_each(|value| doc.add_text(fields.fits, value));
    entry.fits_not.iter().for_each(|value| doc.add_text(fields.fits_not, value));
}

fn add_facets(doc: &mut TantivyDocument, fields: &Fields, entry: &Entry) {
    let mut values: Vec<&(Facet, String)> = entry.facets.iter().collect();
    // A value stated twice is still one service.
    values.sort_unstable();
    values.dedup();
    for (facet, value) in values {
        if let Some((_, field)) = fields.facets.iter().find(|(known, _)| known == facet) {
            doc.add_text(*field, value);
        }
    }
}

/// What is small and asked of every candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Traits {
    pub(crate) states_area: bool,
    pub(crate) remote: bool,
    /// Whether it is for those that it names and nobody else.
    pub(crate) only_these: bool,
    /// 0 a neighbourhood … 1 a nation.
    pub(crate) breadth: f32,
    /// 0 to 1.
    pub(crate) completeness: f32,
    /// The share for whom it worked, 0 to 1, where enough say so.
    pub(crate) experience: Option<f32>,
}

impl Traits {
    fn of(entry: &Entry) -> Self {
        Self {
            states_area: entry.states_area,
            remote: entry.remote,
            only_these: entry.only_these,
            breadth: entry.breadth,
            completeness: entry.completeness,
            experience: entry.experience,
        }
    }

    fn pack(self) -> u64 {
        u64::from(self.states_area)
            | u64::from(self.remote) << 1
            | u64::from(self.only_these) << 2
            | u64::from(sixteenth(self.breadth)) << 16
            | u64::from(sixteenth(self.completeness)) << 32
            | u64::from(self.experience.map_or(0, |share| sixteenth(share).max(1))) << 48
    }

    #[expect(clippy::cast_possible_truncation, reason = "16 bits are wanted of it")]
    pub(crate) fn unpack(packed: u64) -> Self {
        let share = |bits: u64| f32::from(bits as u16) / f32::from(u16::MAX);
        Self {
            states_area: packed & 1 == 1,
            remote: packed >> 1 & 1 == 1,
            only_these: packed >> 2 & 1 == 1,
            breadth: share(packed >> 16),
            completeness: share(packed >> 32),
            experience: (packed >> 48 != 0).then(|| share(packed >> 48)),
        }
    }
}

/// A share in 16 bits; what is no share counts as none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1, and NaN becomes 0"
)]
fn sixteenth(share: f32) -> u16 {
    (share.clamp(0.0, 1.0) * f32::from(u16::MAX)).round() as u16
}

/// The statuses, in the order of their packed numbers.
const STATUSES: [DoorStatus; 5] = [
    DoorStatus::Open,
    DoorStatus::Waiting,
    DoorStatus::Full,
    DoorStatus::Paused,
    DoorStatus::NotKnown,
];

fn pack_door(door: &Door) -> u64 {
    let venue = door.venue.map_or(0, |ordinal| u64::from(ordinal) + 1);
    door.status as u64 | venue << 8
}

pub(crate) fn unpack_door(packed: u64, from: i64, until: i64) -> Door {
    let status = usize::try_from(packed & 0xFF).unwrap_or(usize::MAX);
    Door {
        venue: (packed >> 8).checked_sub(1).and_then(|v| u16::try_from(v).ok()),
        status: *STATUSES.get(status).unwrap_or(&DoorStatus::NotKnown),
        from,
        until,
    }
}

#[cfg(test)]
mod tests {
    use super::{STATUSES, Traits, halves, pack_door, unpack_door};
    use crate::entry::{Door, EntryId};

    #[test]
    fn doors_come_back_as_they_were() {
        for status in STATUSES {
            for venue in [None, Some(0), Some(7), Some(u16::MAX)] {
                let door = Door { venue, status, from: -5, until: 9 };
                assert_eq!(unpack_door(pack_door(&door), -5, 9), door);
            }
        }
    }

    #[test]
    fn traits_come_back_as_they_were() {
        let traits =
            Traits { states_area: true, breadth: 0.25, completeness: 1.0, ..Traits::default() };
        let back = Traits::unpack(traits.pack());
        assert!((back.breadth - 0.25).abs() < 1e-4);
        assert_eq!((back.states_area, back.remote, back.completeness), (true, false, 1.0));
        assert!(!back.only_these);
        assert_eq!(back.experience, None);
        let told = Traits { experience: Some(0.5), ..traits };
        assert!((Traits::unpack(told.pack()).experience.unwrap() - 0.5).abs() < 1e-4);
        let bad = Traits { experience: Some(0.0), ..traits };
        assert!(Traits::unpack(bad.pack()).experience.unwrap() < 1e-4);
        let only = Traits { only_these: true, ..traits };
        assert!(Traits::unpack(only.pack()).only_these);
    }

    #[test]
    fn shares_that_are_no_numbers_count_as_none() {
        let odd = Traits { breadth: f32::NAN, completeness: 9.0, ..Traits::default() };
        let back = Traits::unpack(odd.pack());
        assert_eq!((back.breadth, back.completeness), (0.0, 1.0));
    }

    #[test]
    fn an_id_keeps_its_order_in_halves() {
        assert_eq!(halves(EntryId([0; 16])), (0, 0));
        let mut bytes = [0; 16];
        bytes[7] = 1;
        bytes[15] = 2;
        assert_eq!(halves(EntryId(bytes)), (1, 2));
    }
}

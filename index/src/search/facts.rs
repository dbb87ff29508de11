//! Everything about one candidate that its place in the answer follows from.

use std::sync::Arc;

use tantivy::{SegmentReader, TantivyError};

use super::doors;
use super::groups::{Along, GroupHits, PhraseSpotter, Shares, name_shares};
use super::person::PersonHere;
use super::place::{Candidates, PlacePlan, measured_from};
use super::plan::{By, Plan};
use super::standing::Standing;
use crate::answer::{DoorSeen, Fit, Reached};
use crate::bits::Bits;
use crate::document::Traits;
use crate::entry::{DoorStatus, NeedTier};
use crate::geo::{Area, Spot, metres_of_line};
use crate::segment::{Segment, VenueHere};

/// What its words and needs say to the question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    /// Share of the relevance that the words asked for can attain.
    pub(crate) relevance: f32,
    /// Share of the groups that were met, of those asked.
    pub(crate) coverage: f32,
    /// One bit for each group of the query whose words were found.
    pub(crate) by_words: u32,
    /// The same for facts.
    pub(crate) stated: u32,
    pub(crate) need_worth: f32,
    /// Group, position among its needs, and tier of the best need.
    pub(crate) need: Option<(usize, usize, NeedTier)>,
}

/// What is true of one candidate for this question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) said: Said,
    pub(crate) reached: Reached,
    /// Ordinal of the nearest public venue and metres to it.
    pub(crate) nearest: Option<(u16, f64)>,
    pub(crate) fit: Fit,
    pub(crate) door: DoorSeen,
    pub(crate) confirmed_at: Option<i64>,
    pub(crate) states_area: bool,
    pub(crate) remote: bool,
    pub(crate) breadth: f32,
    pub(crate) completeness: f32,
    pub(crate) experience: Option<f32>,
}

/// The facts that counting needs as well.
#[derive(Clone, Copy)]
pub(crate) struct PlaceFacts {
    traits: Traits,
    nearest: Option<(u16, f64)>,
    pub(crate) door: DoorSeen,
}

/// How much each part of a text's relevance counts: all its words anywhere, in the name, as a phrase.
const ANYWHERE: f32 = 0.6;
const IN_NAME: f32 = 0.25;
const AS_PHRASE: f32 = 0.15;

/// Works out facts for the candidates of one segment.
pub(crate) struct Judge<'a> {
    plan: &'a Plan<'a>,
    segment: &'a Segment,
    candidates: &'a Candidates,
    groups: &'a [GroupHits<'a>],
    person: PersonHere<'a>,
    from: Option<Spot>,
    names: Vec<Shares>,
    /// What the groups' words weigh together.
    weight: f32,
    standing: Arc<Standing>,
    /// Whether any group asks for needs or facts.
    has_options: bool,
    /// Whether every candidate meets every group that has to be met.
    all_met: bool,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(
        plan: &'a Plan<'a>,
        reader: &SegmentReader,
        segment: &'a Segment,
        candidates: &'a Candidates,
        groups: &'a [GroupHits<'a>],
    ) -> Result<Self, TantivyError> {
        let scope: &Bits = &candidates.scope;
        let ranked = groups.iter().filter(|_| plan.ranks());
        let names = ranked.map(|group| name_shares(group.plan, reader, scope));
        Ok(Self {
            plan,
            segment,
            candidates,
            groups,
            person: PersonHere::new(&plan.query.person, segment)?,
            from: measured_from(&plan.query.place).map(Spot::new),
            names: names.collect::<Result<_, _>>()?,
            weight: groups.iter().map(|group| group.plan.weight).sum(),
            standing: Standing::of(segment, &plan.query.ranking, plan.query.now),
            has_options: groups.iter().any(|group| !group.plan.needs.is_empty()),
            all_met: plan.at_least > 0
                && plan.at_least == groups.iter().filter(|group| !group.plan.optional).count(),
        })
    }

    /// What the document's availability and confidence can add to its score.
    pub(crate) fn standing(&self, doc: u32) -> f32 {
        self.standing.best(doc)
    }

    /// Whether anything was asked about the person.
    pub(crate) fn asks_about_a_person(&self) -> bool {
        self.person.is_asked()
    }

    /// Whether it is not stated to be for others than the person asked about.
    pub(crate) fn may_be_for(&self, doc: u32) -> bool {
        !self.asks_about_a_person() || self.fit(doc, self.segment.traits(doc)) != Fit::DoesNot
    }

    fn fit(&self, doc: u32, traits: Traits) -> Fit {
        self.person.fit(doc, traits.only_these)
    }

    /// A reader of facts along ascending documents.
    pub(crate) fn walk(&'a self, reader: &'a SegmentReader) -> Walk<'a> {
        Walk {
            judge: self,
            words: self.groups.iter().map(|group| Along::new(&group.words)).collect(),
            names: self.names.iter().map(Along::new).collect(),
            phrase: self.plan.phrase.as_ref().map(|phrase| PhraseSpotter::new(phrase, reader)),
        }
    }

    pub(crate) fn place(&self, doc: u32) -> PlaceFacts {
        let traits = self.segment.traits(doc);
        let nearest = self.nearest(doc);
        let door = self.door(doc, traits.remote, nearest);
        PlaceFacts { traits, nearest, door }
    }

    /// Whether it takes people, as stated for the venues that the question is about.
    pub(crate) fn status(&self, doc: u32) -> DoorStatus {
        let (doors, now) = (self.segment.doors.of(doc), self.plan.query.now);
        if doors.iter().all(|door| door.until <= now) {
            return DoorStatus::NotKnown;
        }
        if doors.iter().all(|door| door.venue.is_none()) {
            return doors::seen(doors, now, &[], true).status;
        }
        self.place(doc).door.status
    }

    /// The nearest public venue and metres to it.
    pub(crate) fn nearest(&self, doc: u32) -> Option<(u16, f64)> {
        let from = self.from.as_ref()?;
        let venues = self.segment.venues.of(doc).iter();
        let lines = venues.map(|venue| (venue.ordinal, from.line_squared(&venue.spot)));
        let (ordinal, line) = lines.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((ordinal, metres_of_line(line)))
    }

    /// What its needs and facts are worth, which groups were met by a fact, and the best need.
    fn need(&self, doc: u32) -> (f32, u32, Option<(usize, usize, NeedTier)>) {
        if !self.has_options {
            return (0.0, 0, None);
        }
        let mut best: Option<(f32, (usize, usize, NeedTier))> = None;
        let mut stated = 0;
        let (mut sum, mut asked) = (0.0_f32, 0.0_f32);
        for group in self.groups.iter().filter(|group| !group.plan.needs.is_empty()) {
            let rarity = group.plan.rarity;
            asked += rarity;
            let found = group.need(doc);
            sum +=
                rarity * found.map_or(self.plan.query.ranking.need_words_only, |need| need.worth);
            match found.map(|option| (option.worth, option.by)) {
                Some((worth, By::Need { wanted, tier }))
                    if best.is_none_or(|(best, ..)| worth > best) =>
                {
                    best = Some((worth, (group.plan.position, wanted, tier)));
                }
                Some((_, By::Fact)) => stated |= 1 << group.plan.position,
                _ => {}
            }
        }
        (if asked > 0.0 { sum / asked } else { 0.0 }, stated, best.map(|(_, need)| need))
    }

    /// The statement that counts for the venues that the question is about.
    fn door(&self, doc: u32, remote: bool, nearest: Option<(u16, f64)>) -> DoorSeen {
        let doors = self.segment.doors.of(doc);
        let now = self.plan.query.now;
        if doors.iter().all(|door| door.venue.is_none()) {
            return doors::seen(doors, now, &[], true);
        }
        let mut venues = self.venues_asked(doc, nearest);
        if venues.is_empty() {
            // Without venues to go by, statements about those that are not public count as well.
            venues.extend(self.segment.venues.of(doc).iter().map(|venue| venue.ordinal));
            venues.extend(doors.iter().filter_map(|door| door.venue));
        }
        doors::seen(doors, now, &venues, remote || venues.is_empty())
    }

    /// The venues within reach or inside the area; for a person with none, the nearest.
    fn venues_asked(&self, doc: u32, nearest: Option<(u16, f64)>) -> Vec<u16> {
        let venues = self.segment.venues.of(doc);
        match &self.plan.place {
            PlacePlan::Person(place) => {
                let reach = place.reach.as_ref();
                let inside = reach.map_or_else(Vec::new, |reach| inside(reach, venues));
                if inside.is_empty() {
                    return nearest.into_iter().map(|(ordinal, _)| ordinal).collect();
                }
                inside
            }
            PlacePlan::Area(place) => {
                let polygons = place.polygons.as_ref();
                polygons.map_or_else(Vec::new, |polygons| inside(polygons, venues))
            }
            PlacePlan::Anywhere => Vec::new(),
        }
    }
}

fn inside(area: &impl Area, venues: &[VenueHere]) -> Vec<u16> {
    let inside = venues.iter().filter(|venue| area.contains(venue.point()));
    inside.map(|venue| venue.ordinal).collect()
}

/// Reads facts along ascending documents.
pub(crate) struct Walk<'a> {
    judge: &'a Judge<'a>,
    words: Vec<Along<'a>>,
    names: Vec<Along<'a>>,
    phrase: Option<PhraseSpotter<'a>>,
}

impl Walk<'_> {
    pub(crate) fn judge(&self) -> &Judge<'_> {
        self.judge
    }

    /// What the words and needs of `doc` say, as good as it can be: whether it has the whole phrase
    /// is not looked up yet, and taken to be so. Documents must be asked for in ascending order.
    pub(crate) fn said(&mut self, doc: u32) -> Said {
        let (need_worth, stated, need) = self.judge.need(doc);
        let (relevance, by_words) = self.relevance(doc);
        let coverage = self.coverage(doc);
        Said { relevance, coverage, by_words, stated, need_worth, need }
    }

    /// All the facts about `doc`, as good as what it says can be.
    pub(crate) fn hopes(&self, doc: u32, said: Said, place: PlaceFacts) -> Facts {
        let judge = self.judge;
        let PlaceFacts { traits, nearest, door } = place;
        Facts {
            said,
            reached: judge.candidates.reached(doc),
            nearest,
            fit: judge.fit(doc, traits),
            door,
            confirmed_at: judge.segment.confirmed_at(doc),
            states_area: traits.states_area,
            remote: traits.remote,
            breadth: traits.breadth,
            completeness: traits.completeness,
            experience: traits.experience,
        }
    }

    /// Looks the phrase up where that is still to be done, and corrects the hopes.
    pub(crate) fn settle(&mut self, doc: u32, hopes: Facts) -> Result<Facts, TantivyError> {
        let Some(phrase) = &mut self.phrase else { return Ok(hopes) };
        if hopes.said.by_words == 0 {
            return Ok(hopes);
        }
        let less = AS_PHRASE * (1.0 - phrase.share(doc)?);
        let relevance = (hopes.said.relevance - less / self.attainable()).max(0.0);
        Ok(Facts { said: Said { relevance, ..hopes.said }, ..hopes })
    }

    fn attainable(&self) -> f32 {
        ANYWHERE + IN_NAME + if self.phrase.is_some() { AS_PHRASE } else { 0.0 }
    }

    /// The share of the attainable relevance, and which groups' words were found.
    fn relevance(&mut self, doc: u32) -> (f32, u32) {
        let (mut sum, mut by_words) = (0.0, 0);
        let tracks = self.words.iter_mut().zip(&mut self.names);
        for (group, (words, names)) in self.judge.groups.iter().zip(tracks) {
            let anywhere = words.at(doc);
            if anywhere.is_some() {
                by_words |= 1 << group.plan.position;
            }
            let share = ANYWHERE * anywhere.unwrap_or(0.0) + IN_NAME * names.at(doc).unwrap_or(0.0);
            sum += group.plan.weight * share;
        }
        let mut share = 0.0;
        if self.judge.weight > 0.0 {
            share = sum / self.judge.weight;
        }
        if self.phrase.is_some() && by_words != 0 {
            share += AS_PHRASE;
        }
        ((share / self.attainable()).clamp(0.0, 1.0), by_words)
    }

    /// Of the groups asked, the share that is met, each counting as it is rare; half the mean group
    /// where none had to be.
    #[expect(clippy::cast_precision_loss, reason = "a handful of groups")]
    fn coverage(&self, doc: u32) -> f32 {
        if self.judge.all_met {
            return 1.0;
        }
        let groups = self.judge.groups.iter().filter(|group| !group.plan.optional);
        let (mut met, mut asked, mut count) = (0.0_f32, 0.0_f32, 0_u32);
        for group in groups {
            count += 1;
            asked += group.plan.rarity;
            met += if group.is_met(doc) { group.plan.rarity } else { 0.0 };
        }
        if count == 0 {
            return 0.5;
        }
        met.max(0.5 * asked / count as f32) / asked
    }
}

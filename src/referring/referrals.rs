//! Referrals by reference: asked by a link worker, answered by those who look after the listing,
//! seen by both.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{
        FirstStep, NeedId, Person, Practical, Referral, ReferralId, ReferralState, Role, Scope,
        Service, ServiceId, Side, Step, StepReason, StepRefused, Who, Worked, fault_of_reference,
        month_in_england,
    },
    keeping::{FormFault, Guest, KeepingError, Limits, Secret},
    store::{
        Actor, Changes, MonthOfUse, Reading, ServiceRecord, Store, StoreError, Subject, Version,
    },
    vocabulary::Vocabulary,
};

use super::{experiences::came_of, letters, nobody::of_nobody};

/// The longest note, in characters.
pub const LONGEST_REFERRAL_NOTE: usize = 300;
/// The most referrals that somebody makes in a day.
const MOST_A_DAY: u32 = 60;
/// How long a link in a mail about a referral is good.
const LINK_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The most needs that a referral names.
const MOST_NEEDS: usize = 8;

/// What a link worker typed to refer somebody.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    pub reference: String,
    pub needs: Vec<NeedId>,
    pub practical: Practical,
    pub first_step: Option<FirstStep>,
    /// Whether the person knows of it and agrees.
    pub agreed: bool,
}

/// A step as somebody chose it.
#[derive(Clone, Debug)]
pub struct Choice {
    pub to: ReferralState,
    pub reason: Option<StepReason>,
    pub wait_weeks: Option<u16>,
    pub note: String,
}

/// A referral for somebody on one of its sides.
#[derive(Clone, Debug)]
pub struct SeenReferral {
    pub referral: Referral,
    pub version: Version,
    /// The listing, or the one that stands for it now.
    pub record: ServiceRecord,
    pub side: Side,
    /// Who looks at it.
    pub person: Person,
}

/// Whether somebody may refer.
#[must_use]
pub fn may_refer(person: &Person) -> bool {
    person.is(Role::LinkWorker)
}

/// Whether a listing says that it takes referrals from link workers or other professionals.
#[must_use]
pub fn takes_referrals(service: &Service) -> bool {
    let mut routes = service.access_routes.routes.iter();
    routes.any(|route| matches!(route.who, Who::LinkWorker | Who::Professional))
}

/// Those who answer referrals to a listing: who looks after it as its provider.
pub fn answerers(store: &impl Reading, service: &Service) -> Result<Vec<Person>, StoreError> {
    store.list_people_of(service.organisation)
}

/// Refers somebody, and tells those who answer. The same reference to the same service is the same
/// referral for as long as that is not over.
pub fn refer(
    store: &Store,
    (directory, limits): (&Directory, &Limits),
    (id, by): (ServiceId, &Person),
    asking: &Asking,
    now: Timestamp,
) -> Result<ReferralId, KeepingError> {
    if !may_refer(by) {
        return Err(KeepingError::NotTheirs);
    }
    let service = listed(store, id)?;
    let people = answerers(store, &service)?;
    let mut faults = faults(asking);
    if !takes_referrals(&service) || people.is_empty() {
        faults.push(FormFault::new("reference", "This service cannot be referred to from here"));
    }
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    let day = SignedDuration::from_hours(24);
    if limits.count("refer", by.id.0.as_bytes(), MOST_A_DAY, day, now).is_err() {
        let often = "That is enough referrals for one day; go on tomorrow";
        return Err(FormFault::new("reference", often).into());
    }
    let referral = begun(service.id, by, asking, now)?;
    let posts = posts_to(&people, directory, (&service, &referral), false)?;
    let saved =
        store.change(&actor(by), now, move |changes| send(changes, &referral, &posts, now))?;
    Ok(saved.value)
}

/// Saves a referral and posts its letters, unless the same one waits already.
fn send(
    changes: &mut Changes<'_>,
    referral: &Referral,
    posts: &[PostTo],
    now: Timestamp,
) -> Result<ReferralId, StoreError> {
    if let Some(known) = same(changes, referral)? {
        return Ok(known);
    }
    changes.save_referral(referral)?;
    let month = month_in_england(now);
    let once = MonthOfUse { month, referred: 1, ..MonthOfUse::default() };
    changes.add_use(referral.service, &once)?;
    posts.iter().try_for_each(|post| post.leave(changes, referral, now))?;
    Ok(referral.id)
}

/// The referral for somebody on one of its sides.
pub fn find_referral(
    store: &Store,
    id: ReferralId,
    guest: &Guest,
) -> Result<SeenReferral, KeepingError> {
    let seen = seen(store, id, &guest.person)?;
    let is_theirs = guest.only.is_none_or(|only| {
        seen.side == Side::Provider
            && [seen.referral.service, seen.record.service.id].contains(&only)
    });
    if is_theirs { Ok(seen) } else { Err(KeepingError::NotTheirs) }
}

/// The referral that a mailed link leads to. Looking uses nothing up.
pub fn referral_by_link(
    store: &Store,
    id: ReferralId,
    link: &Secret,
    now: Timestamp,
) -> Result<SeenReferral, KeepingError> {
    let known = store.link(&link.hash())?.ok_or(KeepingError::LinkIsOver)?;
    if known.referral != Some(id) || !known.is_good(now) {
        return Err(KeepingError::LinkIsOver);
    }
    let person = store.find_person(known.person)?.ok_or(KeepingError::LinkIsOver)?;
    let seen = seen(store, id, &person)?;
    if seen.side == Side::Provider { Ok(seen) } else { Err(KeepingError::NotTheirs) }
}

/// Moves a referral on, and tells the other side.
pub fn step(
    store: &Store,
    directory: &Directory,
    seen: &SeenReferral,
    choice: &Choice,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let moving = Moving::of(store, directory, seen, choice, now)?;
    store.change(&actor(&seen.person), now, move |changes| moving.save(changes, now))?;
    Ok(())
}

/// The same by a mailed link, which is used up with it. Gives the secret of a session for the
/// listing, so that more can be said.
pub fn step_by_link(
    store: &Store,
    directory: &Directory,
    (id, link): (ReferralId, &Secret),
    choice: &Choice,
    now: Timestamp,
) -> Result<Secret, KeepingError> {
    let seen = referral_by_link(store, id, link, now)?;
    let moving = Moving::of(store, directory, &seen, choice, now)?;
    let session = Secret::new()?;
    let (hash, begun) = (link.hash(), session.hash());
    let (person, service) = (seen.person.id, seen.record.service.id);
    let used = store.change(&actor(&seen.person), now, move |changes| {
        if !changes.use_link(&hash)? {
            return Ok(false);
        }
        moving.save(changes, now)?;
        changes.begin_session(&begun, person, Some(service))?;
        Ok(true)
    })?;
    if used.value { Ok(session) } else { Err(KeepingError::LinkIsOver) }
}

/// Keeps what the referrer says came of it; it counts as what they say of the service.
pub fn say_what_came(
    store: &Store,
    seen: &SeenReferral,
    worked: Worked,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if seen.referral.by != seen.person.id {
        return Err(KeepingError::NotTheirs);
    }
    let referral = Referral { worked: Some(worked), ..seen.referral.clone() };
    let version = seen.version;
    let (service, by) = (seen.record.service.clone(), seen.person.clone());
    store.change(&actor(&seen.person), now, move |changes| {
        changes.save_referral_if(&referral, version)?;
        came_of(changes, (&service, &by), worked)
    })?;
    Ok(())
}

fn seen(store: &Store, id: ReferralId, person: &Person) -> Result<SeenReferral, KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Referral(id));
    let versioned = store.versioned_referral(id)?.ok_or_else(missing)?;
    let (referral, version) = (versioned.record, versioned.version);
    let standing = store.standing_for(referral.service)?;
    let record = store.service_record(standing)?.ok_or_else(missing)?;
    let answers = person
        .scopes_as(Role::Provider)
        .any(|scope| *scope == Scope::Organisation { id: record.service.organisation });
    let side = match (answers, referral.by == person.id) {
        // Whoever refers to a service of their own answers as well.
        (true, _) => Side::Provider,
        (false, true) => Side::Referrer,
        (false, false) => return Err(KeepingError::NotTheirs),
    };
    Ok(SeenReferral { referral, version, record, side, person: person.clone() })
}

/// A step that is ready to be saved, with the letters that tell of it.
struct Moving {
    referral: Referral,
    version: Version,
    letters: Vec<(crate::domain::Email, String)>,
}

impl Moving {
    fn of(
        store: &Store,
        directory: &Directory,
        seen: &SeenReferral,
        choice: &Choice,
        now: Timestamp,
    ) -> Result<Self, KeepingError> {
        let step = Step {
            at: now,
            by: seen.side,
            to: choice.to,
            reason: choice.reason,
            wait_weeks: choice.wait_weeks.filter(|_| choice.to == ReferralState::Waitlisted),
            note: note(&choice.note)?,
        };
        let mut referral = seen.referral.clone();
        referral.take(step.clone()).map_err(refused)?;
        let service = &seen.record.service;
        let told = match seen.side {
            Side::Provider => store.find_person(referral.by)?.into_iter().collect(),
            _ => answerers(store, service)?,
        };
        let letter = |to: &Person| {
            (to.email.clone(), letters::moved(directory, to, (&service.name, &referral), &step))
        };
        Ok(Self { letters: told.iter().map(letter).collect(), referral, version: seen.version })
    }

    fn save(&self, changes: &mut Changes<'_>, now: Timestamp) -> Result<(), StoreError> {
        changes.save_referral_if(&self.referral, self.version)?;
        self.letters
            .iter()
            .try_for_each(|(to, letter)| changes.post_mail(to, letter, now + letters::NEWS_LASTS))
    }
}

/// A letter with a link of its own to somebody who answers.
pub(super) struct PostTo {
    person: Person,
    link: Secret,
    letter: String,
}

impl PostTo {
    /// Leaves the letter to be sent, and the link to be used.
    pub(super) fn leave(
        &self,
        changes: &mut Changes<'_>,
        referral: &Referral,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ends = now + LINK_LASTS;
        let of = (referral.service, referral.id);
        changes.make_referral_link(&self.link.hash(), self.person.id, of, ends)?;
        changes.post_mail(&self.person.email, &self.letter, ends)
    }
}

/// The letters to those who answer.
pub(super) fn posts_to(
    people: &[Person],
    directory: &Directory,
    of: (&Service, &Referral),
    again: bool,
) -> Result<Vec<PostTo>, KeepingError> {
    let post = |person: &Person| {
        let link = Secret::new()?;
        let letter = letters::waits(directory, person, of, &link, again);
        Ok(PostTo { person: person.clone(), link, letter })
    };
    people.iter().map(post).collect()
}

fn listed(store: &Store, id: ServiceId) -> Result<Service, KeepingError> {
    let standing = store.standing_for(id)?;
    let listed = store.find_service(standing)?.filter(Service::is_listed);
    listed.ok_or(KeepingError::NotFound(Subject::Service(id)))
}

fn begun(
    service: ServiceId,
    by: &Person,
    asking: &Asking,
    now: Timestamp,
) -> Result<Referral, KeepingError> {
    let first = Step {
        at: now,
        by: Side::Referrer,
        to: ReferralState::Requested,
        reason: None,
        wait_weeks: None,
        note: None,
    };
    Ok(Referral {
        id: ReferralId(crate::keeping::random_id()?),
        service,
        by: by.id,
        reference: asking.reference.trim().to_owned(),
        needs: asking.needs.clone(),
        practical: Practical {
            note: note(asking.practical.note.as_deref().unwrap_or_default())?,
            ..asking.practical.clone()
        },
        first_step: asking.first_step.unwrap_or(FirstStep::WriteToReferrer),
        steps: vec![first],
        reminded: None,
        worked: None,
    })
}

fn same(changes: &Changes<'_>, new: &Referral) -> Result<Option<ReferralId>, StoreError> {
    let theirs = changes.list_referrals_by(new.by, 500)?;
    for known in theirs.iter().filter(|known| !known.state().is_over()) {
        if known.reference == new.reference && changes.standing_for(known.service)? == new.service {
            return Ok(Some(known.id));
        }
    }
    Ok(None)
}

/// Everything that is wrong with what was typed, at once.
fn faults(asking: &Asking) -> Vec<FormFault> {
    let mut faults = Vec::new();
    faults.extend(
        fault_of_reference(asking.reference.trim()).map(|how| FormFault::new("reference", how)),
    );
    if asking.needs.is_empty() {
        faults.push(FormFault::new("needs", "Choose what they need"));
    } else if asking.needs.iter().any(|need| Vocabulary::shipped().need(need.as_str()).is_none()) {
        faults.push(FormFault::new("needs", "Choose from the list what they need"));
    } else if asking.needs.len() > MOST_NEEDS {
        faults.push(FormFault::new("needs", format!("Choose {MOST_NEEDS} needs at most")));
    }
    if asking.first_step.is_none() {
        faults.push(FormFault::new("first", "Say how they and the service come together"));
    }
    if !asking.agreed {
        let how = "Ask them first: they have to know of this referral and agree to it";
        faults.push(FormFault::new("agreed", how));
    }
    faults.extend(note(asking.practical.note.as_deref().unwrap_or_default()).err());
    faults
}

/// A note that is short and names nobody; nothing where there is none.
fn note(text: &str) -> Result<Option<String>, FormFault> {
    let text = of_nobody("note", text, LONGEST_REFERRAL_NOTE, INSTEAD)?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Where else to say what a referral does not take.
const INSTEAD: &str = "A referral here goes by its reference alone, so that nobody can learn whom it is for; tell the service the rest when you speak";

fn refused(refused: StepRefused) -> KeepingError {
    let how = match refused {
        // Somebody moved it on since the page was opened.
        StepRefused::NotAllowed { .. } => return KeepingError::ChangedMeanwhile,
        StepRefused::NeedsReason | StepRefused::OtherReason => ("reason", "Choose why"),
        StepRefused::NeedsWords => ("note", "Say in a few words why"),
    };
    FormFault::new(how.0, how.1).into()
}

pub(super) fn actor(by: &Person) -> Actor {
    Actor::new(&format!("person:{}", by.id), crate::domain::Route::Owner)
}

//! Claiming: somebody says that an organisation's listings are theirs to look after. Whoever reads
//! mail at the organisation's own domain is let in where nobody else is yet; of all others, a
//! steward decides.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    config::Directory,
    domain::{
        Claim, ClaimDecision, ClaimId, Contact, ContactVisibility, Email, Grant, OrganisationId,
        Person, PersonId, Role, Route, Scope, ServiceId,
    },
    geo::Gazetteer,
    store::{
        Action, Actor, Change, Changes, Reading, ServiceRecord, Store, StoreError, Subject, Version,
    },
    text::web,
};

use super::{
    error::{FormFault, KeepingError},
    letters,
    limits::Limits,
    listing::{Caretaker, Kept},
    people::{random_id, without},
    remark::remark,
    reports::theirs,
    secret::Secret,
};

/// How long the mailed link is good, and a claim waits at most.
pub const CLAIM_LINK_LASTS: SignedDuration = SignedDuration::from_hours(48);
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The most changes of somebody that are looked at.
const MOST_CHANGES: usize = 100;
/// The most claims of one address in a day.
const MOST_A_DAY: u32 = 5;
const DAY: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_NAME: usize = 80;

/// What somebody says who claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claiming {
    pub email: String,
    pub name: String,
    pub words: String,
}

/// What pressing the button of a mailed link came to.
#[derive(Debug)]
pub enum Claimed {
    /// They look after the listings now, and are signed in.
    Given(Secret),
    /// A steward decides.
    Waits,
}

/// A claim before the steward who decides.
#[derive(Clone, Debug)]
pub struct ClaimItem {
    pub claim: Claim,
    pub version: Version,
    pub kept: Kept,
    pub by: Caretaker,
    /// Whether the address is at a domain of the organisation.
    pub is_theirs: bool,
    /// How many look after the organisation's listings already.
    pub keepers: usize,
    /// Whether whoever claims is one of them.
    pub is_keeper: bool,
}

/// Takes a claim, and mails its address a link. The answer is the same whoever has the address.
pub fn claim(
    store: &Store,
    (directory, limits): (&Directory, &Limits),
    service: ServiceId,
    claiming: &Claiming,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Service(service));
    let record = store.service_record(service)?;
    let record = record.filter(|record| record.service.is_listed()).ok_or_else(missing)?;
    let (email, name, words) = read(claiming)?;
    if limits.count("claim", email.as_str().as_bytes(), MOST_A_DAY, DAY, now).is_err() {
        // Who floods somebody's mail learns no more than others do.
        return Ok(());
    }
    let secret = Secret::new()?;
    // A mail may be read by somebody else: of a listing that is shown with care it says nothing.
    let organisation = (!record.needs_care()).then_some(record.organisation.name.as_str());
    let letter = letters::claim(directory, &name, organisation, &secret);
    let claim = Claim {
        id: ClaimId(random_id()?),
        organisation: record.organisation.id,
        service,
        email: email.clone(),
        name,
        words,
        at: now,
        link: Some(secret.hash()),
        decided: None,
    };
    store.change(&the_door(), now, move |changes| {
        changes.save_claim(&claim)?;
        changes.post_mail(&email, &letter, now + CLAIM_LINK_LASTS)
    })?;
    Ok(())
}

fn read(claiming: &Claiming) -> Result<(Email, String, Option<String>), KeepingError> {
    let line = |text: &str| {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    let (name, words) = (line(&claiming.name), remark("words", &claiming.words, None));
    let mut faults = Vec::new();
    let email = claiming.email.parse::<Email>();
    if email.is_err() {
        faults.push(FormFault::new("email", "Enter your e-mail address, such as name@example.org"));
    }
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let how = format!("Enter your name, in {LONGEST_NAME} characters or fewer");
        faults.push(FormFault::new("name", how));
    }
    faults.extend(words.clone().err());
    match (email, words) {
        (Ok(email), Ok(words)) if faults.is_empty() => Ok((email, name, words)),
        _ => Err(KeepingError::Form(faults)),
    }
}

/// The claim that a mailed link is about, while it is good. Looking uses nothing up.
pub fn visit_claim(
    store: &Store,
    link: &Secret,
    now: Timestamp,
) -> Result<Option<(Claim, ServiceRecord)>, KeepingError> {
    let found = store.list_claims_by_link(&link.hash())?.pop();
    let Some(claim) = found.filter(|claim| now < claim.at + CLAIM_LINK_LASTS) else {
        return Ok(None);
    };
    let record = store.service_record(claim.service)?;
    Ok(record.filter(|record| record.service.is_listed()).map(|record| (claim, record)))
}

/// Uses a mailed link: whoever reads the organisation's own mail is let in, where nobody looks
/// after its listings and none has to be shown with care; else a steward decides.
pub fn confirm_claim(
    store: &Store,
    link: &Secret,
    now: Timestamp,
) -> Result<Claimed, KeepingError> {
    let (claim, record) = visit_claim(store, link, now)?.ok_or(KeepingError::LinkIsOver)?;
    let may_be_given =
        is_at_their_domain(&claim.email, &record) && !any_needs_care(store, claim.organisation)?;
    let (secret, id, hash) = (Secret::new()?, PersonId(random_id()?), link.hash());
    let session = secret.hash();
    let given = store.change(&the_door(), now, move |changes| {
        if changes.list_claims_by_link(&hash)?.is_empty() {
            // Another press was first.
            return Ok(None);
        }
        if may_be_given && changes.list_people_of(claim.organisation)?.is_empty() {
            let (person, _) = grant(changes, &claim, id, now)?;
            changes.remove_claim(claim.id)?;
            changes.begin_session(&session, person, None)?;
            return Ok(Some(true));
        }
        changes.save_claim(&Claim { link: None, ..claim })?;
        Ok(Some(false))
    })?;
    match given.value {
        Some(true) => Ok(Claimed::Given(secret)),
        Some(false) => Ok(Claimed::Waits),
        None => Err(KeepingError::LinkIsOver),
    }
}

/// Whether any listing of an organisation has to be shown with care: who looks after one looks
/// after all.
fn any_needs_care(store: &Store, organisation: OrganisationId) -> Result<bool, StoreError> {
    let services = store.list_services_of(organisation)?;
    let ids: Vec<ServiceId> = services.iter().map(|service| service.id).collect();
    Ok(store.services_by_ids(&ids)?.iter().any(ServiceRecord::needs_care))
}

/// Lets whoever claimed look after the organisation's listings. Returns who it is, and whether they
/// could not before.
fn grant(
    changes: &mut Changes<'_>,
    claim: &Claim,
    id: PersonId,
    now: Timestamp,
) -> Result<(PersonId, bool), StoreError> {
    let known = changes.find_person_by_email(&claim.email)?;
    let mut person = known.unwrap_or_else(|| Person {
        id,
        email: claim.email.clone(),
        name: claim.name.clone(),
        signs_as: None,
        no_reminders: false,
        grants: Vec::new(),
        added: now,
    });
    let scope = Scope::Organisation { id: claim.organisation };
    let grant = Grant { role: Role::Provider, scope };
    let is_new = !person.grants.contains(&grant);
    if is_new {
        person.grants.push(grant);
    }
    changes.save_person(&person)?;
    Ok((person.id, is_new))
}

/// Whether an address is the organisation's own: at the domain of its website, where that is a
/// whole site; at that of an address which the organisation publishes; or one that its listing
/// publishes. A listing's other addresses may be its host's, and prove nothing for all of a domain.
fn is_at_their_domain(email: &Email, record: &ServiceRecord) -> bool {
    let (organisation, service) = (&record.organisation, &record.service);
    let is_published = published(&organisation.contacts)
        .chain(published(&service.contacts))
        .any(|known| known == *email);
    let site = organisation.website.as_deref().and_then(web::own_domain);
    let mut others = published(&organisation.contacts);
    let is_own = web::domain(email.as_str()).is_some_and(|domain| {
        site.is_some_and(|own| own == domain) || others.any(|known| known.domain() == domain)
    });
    is_published || is_own
}

fn published(contacts: &[Contact]) -> impl Iterator<Item = Email> + '_ {
    let public = contacts.iter().filter(|contact| contact.visibility == ContactVisibility::Public);
    public.filter_map(|contact| contact.email.as_deref()?.parse().ok())
}

/// A claim, for its steward.
pub fn find_claim(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    id: ClaimId,
) -> Result<ClaimItem, KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Claim(id));
    let found = store.versioned_claim(id)?.filter(|found| found.record.is_confirmed());
    let found = found.ok_or_else(missing)?;
    let known = theirs(store, gazetteer, steward, found.record.service)?;
    let (kept, by) = known.ok_or(KeepingError::NotTheirs)?;
    let is_theirs = is_at_their_domain(&found.record.email, &kept.record);
    let keepers = store.list_people_of(found.record.organisation)?;
    let is_keeper = keepers.iter().any(|person| person.email == found.record.email);
    let (claim, version, keepers) = (found.record, found.version, keepers.len());
    Ok(ClaimItem { claim, version, kept, by, is_theirs, keepers, is_keeper })
}

/// Lets whoever claimed in, or not; they are told by mail.
pub fn decide_claim(
    store: &Store,
    directory: &Directory,
    item: &ClaimItem,
    (is_given, why): (bool, &str),
    now: Timestamp,
) -> Result<(), KeepingError> {
    let why = remark("why", why, (!is_given).then_some("Say why: they are told so"))?;
    let organisation = &item.kept.record.organisation.name;
    let letter = if is_given {
        letters::let_in(directory, &item.claim.name, organisation)
    } else {
        let why = why.as_deref().unwrap_or_default();
        letters::claim_refused(directory, &item.claim.name, organisation, why)
    };
    if item.claim.decided.is_some() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let (claim, version, id) = (item.claim.clone(), item.version, PersonId(random_id()?));
    let by = item.by.person.id;
    let actor = item.by.actor().because(why.as_deref().unwrap_or("claimed"));
    store.change(&actor, now, move |changes| {
        let stands = changes.versioned_claim(claim.id)?;
        if stands.is_none_or(|stands| stands.version != version) {
            return Err(StoreError::Conflict(Subject::Claim(claim.id)));
        }
        let mut let_in = None;
        if is_given {
            let (person, is_new) = grant(changes, &claim, id, now)?;
            let_in = Some(person).filter(|_| is_new);
        }
        let decided = Some(ClaimDecision { at: now, by, let_in });
        changes.save_claim(&Claim { decided, ..claim.clone() })?;
        changes.post_mail(&claim.email, &letter, now + letters::NEWS_LASTS)
    })?;
    Ok(())
}

/// Takes back what was decided of a claim: who was let in by it is let out, with whomever they let
/// in, and it waits again. What they changed meanwhile stays.
pub fn undecide_claim(
    store: &Store,
    directory: &Directory,
    item: &ClaimItem,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let Some(decided) = item.claim.decided.clone() else { return Ok(()) };
    if !item.claim.can_be_taken_back(now) {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let (claim, version) = (item.claim.clone(), item.version);
    let organisation = &item.kept.record.organisation.name;
    let letter = letters::claim_looked_at_again(directory, &claim.name, organisation);
    store.change(&item.by.actor().because("taken back"), now, move |changes| {
        for person in came_in_by(changes, claim.organisation, &decided)? {
            let scope = Scope::Organisation { id: claim.organisation };
            without(changes, person, &Grant { role: Role::Provider, scope })?;
        }
        changes.save_claim_if(&Claim { decided: None, ..claim.clone() }, version)?;
        changes.post_mail(&claim.email, &letter, now + letters::NEWS_LASTS)
    })?;
    Ok(())
}

/// Who looks after an organisation's listings because of a claim: whoever was let in by it, whomever
/// they let in since, and so on.
fn came_in_by(
    changes: &Changes<'_>,
    organisation: OrganisationId,
    decided: &ClaimDecision,
) -> Result<Vec<Person>, StoreError> {
    let mut staying = changes.list_people_of(organisation)?;
    let mut out: Vec<Person> = Vec::new();
    let mut last: Vec<PersonId> = decided.let_in.into_iter().collect();
    while !last.is_empty() {
        let doors: Vec<String> = last.iter().map(|id| format!("person:{id}")).collect();
        let mut found = Vec::new();
        for person in std::mem::take(&mut staying) {
            let is_itself = last.contains(&person.id) && out.is_empty();
            if is_itself || was_let_in(changes, (person.id, organisation), &doors, decided.at)? {
                found.push(person);
            } else {
                staying.push(person);
            }
        }
        last = found.iter().map(|person| person.id).collect();
        out.extend(found);
    }
    Ok(out)
}

/// Whether one of these let somebody look after an organisation's listings since a moment.
fn was_let_in(
    changes: &Changes<'_>,
    (person, organisation): (PersonId, OrganisationId),
    by: &[String],
    since: Timestamp,
) -> Result<bool, StoreError> {
    let scope = serde_json::json!(Scope::Organisation { id: organisation });
    let has = |grants: &Value| {
        grants.as_array().into_iter().flatten().any(|grant| grant.get("scope") == Some(&scope))
    };
    let gives = |change: &Change| match change.fields().get("grants") {
        Some((before, after)) => !has(before) && has(after),
        None => change.action == Action::Added,
    };
    let known = changes.changes_of(&Subject::Person(person), MOST_CHANGES)?;
    let mut later = known.iter().filter(|change| change.at >= since);
    Ok(later.any(|change| by.contains(&change.actor.name) && gives(change)))
}

/// Claims that were decided and can be taken back, of somebody's part: the newest first.
pub fn decided_claims(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    now: Timestamp,
) -> Result<Vec<(Claim, ServiceRecord)>, KeepingError> {
    let mut found = Vec::new();
    for claim in store.list_decided_claims()? {
        if claim.can_be_taken_back(now)
            && let Some((kept, _)) = theirs(store, gazetteer, steward, claim.service)?
        {
            found.push((claim, kept.record));
        }
    }
    Ok(found)
}

/// Forgets claims that nobody confirmed or decided, and those that were decided for good.
pub fn forget_old_claims(changes: &mut Changes<'_>, now: Timestamp) -> Result<(), StoreError> {
    for claim in changes.list_claims_before(now - CLAIM_LINK_LASTS)? {
        let is_done = match &claim.decided {
            Some(_) => !claim.can_be_taken_back(now),
            None => !claim.is_confirmed() || claim.at < now - WAITS,
        };
        if is_done {
            changes.remove_claim(claim.id)?;
        }
    }
    Ok(())
}

fn the_door() -> Actor {
    Actor::new("claim", Route::Owner)
}

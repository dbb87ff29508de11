//! Claiming: somebody says that an organisation's listings are theirs to look after. Whoever reads
//! mail at the organisation's own domain is let in where nobody else is yet; of all others, a
//! steward decides.

use std::collections::{BTreeMap, BTreeSet};

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
    people::random_id,
    remark::remark,
    reports::theirs,
    secret::Secret,
};

/// How long the mailed link is good, and a claim waits at most.
pub const CLAIM_LINK_LASTS: SignedDuration = SignedDuration::from_hours(48);
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The most changes of somebody that are looked at.
const MOST_CHANGES: usize = 1_000;
/// The most steps from somebody to whoever let in whoever let them in.
const LONGEST_CHAIN: usize = 64;
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
    let claim = Claim { organisation: record.organisation.id, ..claim };
    let may_be_given =
        is_at_their_domain(&claim.email, &record) && !any_needs_care(store, claim.organisation)?;
    let (secret, id, hash) = (Secret::new()?, PersonId(random_id()?), link.hash());
    let session = secret.hash();
    let given = store.change(&the_door(), now, move |changes| {
        if changes.list_claims_by_link(&hash)?.is_empty() || !is_its_listing(changes, &claim)? {
            // Another press was first, or the listing went to another organisation.
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

/// Whether the listing that a claim was made from is still the organisation's: where organisations
/// were joined or set apart, it may have gone to another.
fn is_its_listing(changes: &Changes<'_>, claim: &Claim) -> Result<bool, StoreError> {
    let listing = changes.find_service(claim.service)?;
    Ok(listing.is_some_and(|listing| listing.organisation == claim.organisation))
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
    let keepers = store.list_people_of(kept.record.organisation.id)?;
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
    let organisation_id = item.kept.record.organisation.id;
    let claim = Claim { organisation: organisation_id, ..item.claim.clone() };
    let (version, id) = (item.version, PersonId(random_id()?));
    let by = item.by.person.id;
    let actor = item.by.actor().because(why.as_deref().unwrap_or("claimed"));
    store.change(&actor, now, move |changes| {
        let stands = changes.versioned_claim(claim.id)?;
        let is_as_shown = stands.is_some_and(|stands| stands.version == version);
        if !is_as_shown || !is_its_listing(changes, &claim)? {
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
        let scopes = scopes_of(changes, &claim)?;
        for person in came_in_by(changes, &scopes, &decided)? {
            let_out_of(changes, person, &scopes)?;
        }
        changes.save_claim_if(&Claim { decided: None, ..claim.clone() }, version)?;
        changes.post_mail(&claim.email, &letter, now + letters::NEWS_LASTS)
    })?;
    Ok(())
}

/// What a claim is for: the organisation, and where that was joined since, the one that stands for it
/// and the one that its listing belongs to.
fn scopes_of(changes: &Changes<'_>, claim: &Claim) -> Result<Vec<Scope>, StoreError> {
    let standing = changes.standing_organisation(claim.organisation)?;
    let listing = changes.find_service(claim.service)?.map(|listing| listing.organisation);
    let ids: BTreeSet<OrganisationId> =
        [claim.organisation, standing].into_iter().chain(listing).collect();
    Ok(ids.into_iter().map(|id| Scope::Organisation { id }).collect())
}

fn let_out_of(
    changes: &mut Changes<'_>,
    mut person: Person,
    scopes: &[Scope],
) -> Result<(), StoreError> {
    person.grants.retain(|grant| !scopes.contains(&grant.scope));
    if person.grants.is_empty() {
        return changes.remove_person(person.id);
    }
    changes.save_person(&person).map(drop)
}

/// Who looks after listings because of a claim: whoever was let in by it, whomever they let in since,
/// and so on, whether or not those in between are still there.
fn came_in_by(
    changes: &Changes<'_>,
    scopes: &[Scope],
    decided: &ClaimDecision,
) -> Result<Vec<Person>, StoreError> {
    let Some(first) = decided.let_in else { return Ok(Vec::new()) };
    let mut out: BTreeMap<PersonId, Person> = BTreeMap::new();
    for scope in scopes {
        let Scope::Organisation { id } = scope else { continue };
        for person in changes.list_people_of(*id)? {
            if leads_back(changes, (person.id, first), scopes, decided.at)? {
                out.insert(person.id, person);
            }
        }
    }
    Ok(out.into_values().collect())
}

/// Whether somebody was let in by somebody, by whomever that one let in, and so on.
fn leads_back(
    changes: &Changes<'_>,
    (person, first): (PersonId, PersonId),
    scopes: &[Scope],
    since: Timestamp,
) -> Result<bool, StoreError> {
    let mut at = person;
    for _ in 0..LONGEST_CHAIN {
        if at == first {
            return Ok(true);
        }
        match let_in_by(changes, at, scopes, since)? {
            Some(giver) => at = giver,
            None => return Ok(false),
        }
    }
    Ok(false)
}

/// Who last let somebody look after these, where that was after a moment and by a person. What went
/// over when organisations were joined or set apart let nobody in.
fn let_in_by(
    changes: &Changes<'_>,
    person: PersonId,
    scopes: &[Scope],
    since: Timestamp,
) -> Result<Option<PersonId>, StoreError> {
    let scopes: Vec<Value> = scopes.iter().map(|scope| serde_json::json!(scope)).collect();
    let is_one = |grant: &Value| grant.get("scope").is_some_and(|scope| scopes.contains(scope));
    let has = |grants: &Value| grants.as_array().into_iter().flatten().any(is_one);
    let gives = |change: &&Change| match change.fields().get("grants") {
        Some((before, after)) => !has(before) && has(after),
        None => change.action == Action::Added,
    };
    let known = changes.changes_of(&Subject::Person(person), MOST_CHANGES)?;
    let newest = known.iter().find(gives).filter(|change| change.at >= since);
    let by = newest.and_then(|change| change.actor.name.strip_prefix("person:"));
    Ok(by.and_then(|by| by.parse().ok()))
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

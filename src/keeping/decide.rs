//! What a steward decides of changes that wait: all of them, some, none, or a question first.

use jiff::Timestamp;

use crate::{
    config::Directory,
    domain::{
        Confirmation, Decision, Part, PartValue, Person, Proposal, ProposalId, ProposedChange,
        Role, Service,
    },
    geo::Gazetteer,
    store::{Reading, Store, Subject, Version, Versioned},
};

use super::{
    error::{FormFault, KeepingError},
    letters,
    listing::{Caretaker, Kept},
    propose::{note_source, save_new_sites},
    remark::remark,
    reports::theirs_with,
};

/// Changes that wait, with their listing, for a steward who may decide.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub proposal: Proposal,
    pub version: Version,
    pub kept: Kept,
    pub by: Caretaker,
}

/// The changes of this id, for their steward: his whose part the listing is in, or would be in
/// where it is in none yet.
pub fn find_proposed(
    store: &Store,
    gazetteer: &Gazetteer,
    steward: &Person,
    id: ProposalId,
) -> Result<Proposed, KeepingError> {
    let missing = || KeepingError::NotFound(Subject::Proposal(id));
    let Versioned { version, record: proposal } = store
        .versioned_proposal(id)?
        .filter(|found| found.record.sent.is_some())
        .ok_or_else(missing)?;
    let known = theirs_with(store, gazetteer, steward, &proposal)?;
    let (kept, by) = known.ok_or(KeepingError::NotTheirs)?;
    Ok(Proposed { proposal, version, kept, by })
}

impl Proposed {
    /// The parts that are proposed.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        self.proposal.changes.iter().map(ProposedChange::part).collect()
    }

    /// The listing with these parts as they would be. They stay the word of whoever sent them.
    fn with(&self, parts: &[Part], provider: &Caretaker, now: Timestamp) -> Service {
        let mut service = self.kept.record.service.clone();
        let approved = self.proposal.changes.iter().filter(|change| parts.contains(&change.part()));
        for change in approved {
            change.after.clone().put(&mut service);
            note_source(&mut service, change.part(), provider, now);
        }
        service.upkeep.edited = Some(now);
        if self.proposal.is_of_a_new_listing() && parts.contains(&Part::Status) {
            // Who sends a new listing says with it that it is right.
            let at = self.proposal.sent.unwrap_or(self.proposal.at);
            let by = provider.person.author(provider.role);
            service.upkeep.confirmed = Some(Confirmation { at, by });
        }
        service
    }

    /// Whoever sent the changes, as their listing's provider.
    fn provider(&self, store: &Store) -> Result<Caretaker, KeepingError> {
        let sender = store.find_person(self.proposal.by)?;
        let person = sender.unwrap_or_else(|| Person { signs_as: None, ..self.by.person.clone() });
        Ok(Caretaker { person, role: Role::Provider })
    }

    /// Whoever sent the changes, while they look after the listing.
    fn sender(&self, store: &Store) -> Result<Option<Person>, KeepingError> {
        let sender = store.find_person(self.proposal.by)?;
        Ok(sender.filter(|sender| {
            sender.id != self.by.person.id && sender.keeps(&self.kept.belonging).is_some()
        }))
    }
}

/// Puts these parts into force, and tells whoever sent them what became of all.
pub fn decide(
    store: &Store,
    directory: &Directory,
    proposed: &Proposed,
    (approved, why): (&[Part], &str),
    (shown, now): (Version, Timestamp),
) -> Result<(), KeepingError> {
    let parts = proposed.parts();
    let approved: Vec<Part> =
        parts.iter().copied().filter(|part| approved.contains(part)).collect();
    let refuses = approved.len() < parts.len();
    let needed = refuses.then_some("Say what is not approved, and why: they are told so");
    let why = remark("why", why, needed)?;
    if proposed.proposal.decided.is_some() || proposed.kept.version != shown {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let stored = &proposed.kept.record.service;
    if approved.contains(&Part::Sensitivity)
        && parts.contains(&Part::Sites)
        && !approved.contains(&Part::Sites)
    {
        // Without the venues as they were sent, those that were hidden by it would be shown.
        let how = "Approve the venues too, or refuse both: where they are is hidden together";
        return Err(FormFault::new("why", how).into());
    }
    let before: Vec<PartValue> = approved.iter().map(|part| part.of(stored)).collect();
    let venues = if approved.contains(&Part::Sites) { stored.venues.clone() } else { Vec::new() };
    let by = proposed.by.person.id;
    let decision = Decision { at: now, by, approved: before, venues, why: why.clone() };
    let proposal =
        Proposal { decided: Some(decision), question: None, ..proposed.proposal.clone() };
    let provider = proposed.provider(store)?;
    let service = (!approved.is_empty()).then(|| proposed.with(&approved, &provider, now));
    let letter = proposed.sender(store)?.map(|sender| {
        let verdict = (approved.as_slice(), parts.as_slice());
        let letter = letters::decided(directory, &sender, stored, verdict, why.as_deref());
        (sender, letter)
    });
    save(store, proposed, proposal, (service, letter), why.as_deref(), now)
}

/// Asks whoever sent the changes something, by mail; they wait on.
pub fn ask(
    store: &Store,
    directory: &Directory,
    proposed: &Proposed,
    question: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let question = remark("why", question, Some("Write what you ask them"))?;
    if proposed.proposal.decided.is_some() {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let letter = proposed.sender(store)?.zip(question.as_deref()).map(|(sender, question)| {
        let service = &proposed.kept.record.service;
        let letter = letters::asked(directory, &sender, service, question);
        (sender, letter)
    });
    let proposal = Proposal { question, ..proposed.proposal.clone() };
    save(store, proposed, proposal, (None, letter), None, now)
}

/// Takes a decision back: what came into force is as it was before, where nobody changed it since,
/// and the changes wait again.
pub fn undecide(
    store: &Store,
    directory: &Directory,
    proposed: &Proposed,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let Some(decision) = &proposed.proposal.decided else { return Ok(()) };
    let service = &proposed.kept.record.service;
    let stands = proposed.proposal.changes.iter().all(|change| {
        let was_approved = decision.approved.iter().any(|was| was.part() == change.part());
        !was_approved || change.part().of(service) == change.after
    });
    let waits_again = store.list_open_proposals_of(service.id)?;
    if !stands || waits_again.iter().any(|other| other.record.sent.is_some()) {
        return Err(KeepingError::ChangedMeanwhile);
    }
    let mut before = service.clone();
    decision.approved.iter().for_each(|was| was.clone().put(&mut before));
    // A venue that was taken away comes back with all that was said of it.
    for was in &decision.venues {
        let is_gone = proposed.kept.record.service.venues.iter().all(|now| now.id != was.id);
        let back = before.venues.iter_mut().find(|venue| venue.id == was.id);
        if let Some(back) = back.filter(|_| is_gone) {
            *back = was.clone();
        }
    }
    let service = (before != *service).then_some(before);
    let proposal = Proposal { decided: None, ..proposed.proposal.clone() };
    let letter = proposed.sender(store)?.map(|sender| {
        let letter = letters::looked_at_again(directory, &sender, &proposed.kept.record.service);
        (sender, letter)
    });
    save(store, proposed, proposal, (service, letter), Some("taken back"), now)
}

/// What whoever sent the changes says to the steward's question, or of themselves.
pub fn answer(
    store: &Store,
    by: &Caretaker,
    waiting: &Versioned<Proposal>,
    note: &str,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let note = remark("answer", note, Some("Write your answer"))?;
    let proposal = Proposal { note, question: None, ..waiting.record.clone() };
    let version = waiting.version;
    store.change(&by.actor(), now, move |changes| changes.save_proposal_if(&proposal, version))?;
    Ok(())
}

fn save(
    store: &Store,
    proposed: &Proposed,
    proposal: Proposal,
    (service, letter): (Option<Service>, Option<(Person, String)>),
    why: Option<&str>,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let actor = proposed.by.actor_because(why);
    let (of_service, of_proposal) = (proposed.kept.version, proposed.version);
    store.change(&actor, now, move |changes| {
        if let Some(service) = &service {
            save_new_sites(changes, service, &proposal.sites)?;
            changes.save_service_if(service, of_service)?;
        }
        changes.save_proposal_if(&proposal, of_proposal)?;
        match &letter {
            Some((to, letter)) => changes.post_mail(&to.email, letter, now + letters::NEWS_LASTS),
            None => Ok(()),
        }
    })?;
    Ok(())
}

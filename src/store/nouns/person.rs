//! People who sign in, with the rows that lead from organisations to them.

use std::collections::BTreeSet;

use super::{Columns, Noun, Tx, Value, select};
use crate::{
    domain::{Email, OrganisationId, Person, PersonId, Scope},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        write::Changes,
    },
};

impl Noun for Person {
    const KIND: SubjectKind = SubjectKind::Person;
    const DERIVED: &'static [&'static str] = &["person_organisation"];

    /// Who somebody is has to be forgotten once they go; what they might do stays.
    fn keeps_in_history(field: &str) -> bool {
        field == "grants"
    }

    fn subject(&self) -> Subject {
        Subject::Person(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, tx: &dyn Tx) -> Result<Columns, StoreError> {
        if let Some(taken) = by_email(tx, &self.email)?
            && taken.id != self.id
        {
            return Err(StoreError::EmailTaken(taken.subject()));
        }
        Ok(vec![("email", Value::Text(self.email.to_string()))])
    }

    fn derive(&self, changes: &mut Changes<'_>, key: i64) -> Result<(), StoreError> {
        let organisations: BTreeSet<OrganisationId> = self.organisations().collect();
        for organisation in organisations {
            let sql = "INSERT INTO person_organisation (person, organisation) VALUES ($1, $2)";
            changes.tx().exec(sql, &[key.into(), (&organisation.to_string()).into()])?;
        }
        for grant in &self.grants {
            match grant.scope {
                Scope::Organisation { id } => {
                    changes.require(self.subject(), Subject::Organisation(id));
                }
                Scope::Partnership { id } => {
                    changes.require(self.subject(), Subject::Partnership(id));
                }
                Scope::Everywhere | Scope::Place { .. } => {}
            }
        }
        Ok(())
    }
}

/// The person who is written to at an address.
pub(in crate::store) fn by_email(tx: &dyn Tx, email: &Email) -> Result<Option<Person>, StoreError> {
    Ok(select(tx, "WHERE n.email = $1", &[email.as_str().into()])?.pop())
}

/// Those who look after an organisation's listings, longest first.
pub(in crate::store) fn of_organisation(
    tx: &dyn Tx,
    organisation: OrganisationId,
) -> Result<Vec<Person>, StoreError> {
    let rest = "JOIN person_organisation o ON o.person = n.key \
        WHERE o.organisation = $1 ORDER BY n.key";
    select(tx, rest, &[(&organisation.to_string()).into()])
}

/// Every person, longest first.
pub(in crate::store) fn everybody(tx: &dyn Tx) -> Result<Vec<Person>, StoreError> {
    select(tx, "ORDER BY n.key", &[])
}

/// The key of a person.
pub(in crate::store) fn key_of_person(tx: &dyn Tx, id: PersonId) -> Result<i64, StoreError> {
    super::key_of(tx, &Subject::Person(id))?.ok_or(StoreError::NotFound(Subject::Person(id)))
}

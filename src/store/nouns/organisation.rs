//! Organisations, with the names and numbers that imports match them by.

use std::collections::BTreeSet;

use super::{Columns, Noun, Tx, Value, select};
use crate::{
    domain::{Identifier, IdentifierScheme, Organisation, OrganisationId},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::{bare_code, folded_name, unit_text, web_domain},
        write::Changes,
    },
};

impl Noun for Organisation {
    const KIND: SubjectKind = SubjectKind::Organisation;
    const DERIVED: &'static [&'static str] = &["organisation_name", "organisation_identifier"];
    const USED_BY: &'static [(SubjectKind, &'static str)] = &[
        (SubjectKind::Service, "SELECT COUNT(*) FROM service WHERE organisation = $1"),
        (
            SubjectKind::Partnership,
            "SELECT COUNT(*) FROM partnership_member WHERE organisation = $1",
        ),
        (
            SubjectKind::Organisation,
            "SELECT COUNT(*) FROM organisation c JOIN organisation p ON p.id = c.parent \
             WHERE p.key = $1 AND c.key <> p.key",
        ),
    ];

    /// Who came with an organisation that was joined is nobody's to read.
    fn keeps_in_history(field: &str) -> bool {
        field != "joined"
    }

    fn subject(&self) -> Subject {
        Subject::Organisation(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, _tx: &dyn Tx) -> Result<Columns, StoreError> {
        Ok(vec![
            ("web_domain", Value::MaybeText(self.website.as_deref().and_then(web_domain))),
            ("parent", Value::MaybeText(self.parent.map(|parent| parent.to_string()))),
            ("is_joined", Value::Integer(i64::from(self.joined.is_some()))),
        ])
    }

    fn derive(&self, changes: &mut Changes<'_>, key: i64) -> Result<(), StoreError> {
        let names = std::iter::once(&self.name).chain(&self.aliases);
        let names: BTreeSet<String> = names.map(|name| folded_name(name)).collect();
        for name in &names {
            let sql = "INSERT INTO organisation_name (organisation, name) VALUES ($1, $2)";
            changes.tx().exec(sql, &[key.into(), name.into()])?;
        }
        let identifiers: BTreeSet<(String, String)> = self.identifiers.iter().map(pair).collect();
        for (scheme, value) in &identifiers {
            let sql = "INSERT INTO organisation_identifier (organisation, scheme, value) \
                VALUES ($1, $2, $3)";
            changes.tx().exec(sql, &[key.into(), scheme.into(), value.into()])?;
        }
        if let Some(parent) = self.parent {
            changes.require(self.subject(), Subject::Organisation(parent));
        }
        Ok(())
    }
}

fn pair(identifier: &Identifier) -> (String, String) {
    (unit_text(&identifier.scheme), register_number(identifier.scheme, &identifier.value))
}

/// A register's number as it is matched: company numbers have eight characters.
fn register_number(scheme: IdentifierScheme, value: &str) -> String {
    let value = bare_code(value);
    let company = matches!(scheme, IdentifierScheme::Company | IdentifierScheme::Cic);
    if company && value.chars().all(|c| c.is_ascii_digit()) {
        return format!("{value:0>8}");
    }
    value
}

/// Those that hold this number in a register, longest kept first.
pub(in crate::store) fn by_identifier(
    tx: &dyn Tx,
    scheme: IdentifierScheme,
    value: &str,
) -> Result<Vec<Organisation>, StoreError> {
    let value = register_number(scheme, value);
    let rest = "JOIN organisation_identifier i ON i.organisation = n.key \
        WHERE i.scheme = $1 AND i.value = $2 ORDER BY n.key";
    select(tx, rest, &[(&unit_text(&scheme)).into(), (&value).into()])
}

/// Those that go by this name, however it is written.
pub(in crate::store) fn by_name(tx: &dyn Tx, name: &str) -> Result<Vec<Organisation>, StoreError> {
    let rest = "JOIN organisation_name a ON a.organisation = n.key \
        WHERE a.name = $1 ORDER BY n.key";
    select(tx, rest, &[(&folded_name(name)).into()])
}

/// Those whose website is at this domain.
pub(in crate::store) fn by_domain(
    tx: &dyn Tx,
    website: &str,
) -> Result<Vec<Organisation>, StoreError> {
    let domain = web_domain(website);
    select(tx, "WHERE n.web_domain = $1 ORDER BY n.key", &[domain.as_ref().into()])
}

/// Those that are part of another, longest kept first.
pub(in crate::store) fn children(
    tx: &dyn Tx,
    parent: OrganisationId,
) -> Result<Vec<Organisation>, StoreError> {
    select(tx, "WHERE n.parent = $1 ORDER BY n.key", &[(&parent.to_string()).into()])
}

/// Those for which another stands: each with that one.
pub(in crate::store) fn joined_organisations(
    tx: &dyn Tx,
) -> Result<Vec<(OrganisationId, OrganisationId)>, StoreError> {
    let all: Vec<Organisation> = select(tx, "WHERE n.is_joined = 1 ORDER BY n.key", &[])?;
    Ok(all.into_iter().filter_map(|one| Some((one.id, one.joined?.into))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn company_numbers_are_padded_and_others_are_not() {
        assert_eq!(register_number(IdentifierScheme::Company, "412 3456"), "04123456");
        assert_eq!(register_number(IdentifierScheme::Company, "sc123456"), "SC123456");
        assert_eq!(register_number(IdentifierScheme::Charity, "107-1234"), "1071234");
    }
}

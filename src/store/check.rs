//! Looking for faults that a database engine cannot see.

use crate::domain::{
    Capacity, Experience, Location, Organisation, Partnership, Person, Place, Program, Referral,
    Report, Service, Synonym,
};

use super::{
    engine::{Tx, all, count},
    error::StoreError,
    history, log, migrations,
    nouns::{Noun, from_row, parse},
    subject::{Subject, SubjectKind},
};

/// Something wrong in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, such as `engine` or `bodies`.
    pub check: &'static str,
    /// What is wrong, with ids but without content.
    pub detail: String,
}

impl Finding {
    pub(super) fn of_engine(detail: String) -> Self {
        Self { check: "engine", detail }
    }
}

/// Every finding about the records.
pub(super) fn records(tx: &dyn Tx) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    bodies::<Organisation>(tx, &mut findings)?;
    bodies::<Location>(tx, &mut findings)?;
    bodies::<Service>(tx, &mut findings)?;
    bodies::<Partnership>(tx, &mut findings)?;
    bodies::<Place>(tx, &mut findings)?;
    bodies::<Person>(tx, &mut findings)?;
    bodies::<Program>(tx, &mut findings)?;
    bodies::<Report>(tx, &mut findings)?;
    bodies::<Synonym>(tx, &mut findings)?;
    bodies::<Referral>(tx, &mut findings)?;
    bodies::<Experience>(tx, &mut findings)?;
    statements(tx, &mut findings)?;
    venues(tx, &mut findings)?;
    change_log(tx, &mut findings)?;
    chain(tx, &mut findings)?;
    ways_in(tx, &mut findings)?;
    schema(tx, &mut findings)?;
    Ok(findings)
}

/// Bodies that cannot be read or that belong under another id, and records that were never logged.
fn bodies<N: Noun>(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let table = N::KIND.as_str();
    tx.each(&format!("SELECT id, body FROM {table}"), &[], &mut |row| {
        let detail = match from_row::<N>(row) {
            Err(error) => Some(error.to_string()),
            Ok(noun) if noun.subject().id() != row.text(0)? => {
                Some(format!("the body of {table} {} is another record's", row.text(0)?))
            }
            Ok(_) => None,
        };
        findings.extend(detail.map(|detail| Finding { check: "bodies", detail }));
        Ok(())
    })?;
    let sql = format!(
        "SELECT id FROM {table} n WHERE NOT EXISTS \
         (SELECT 1 FROM change_log c WHERE c.subject_kind = $1 AND c.subject_id = n.id)"
    );
    for id in all(tx, &sql, &[table.into()], |row| Ok(row.text(0)?.to_owned()))? {
        findings
            .push(Finding { check: "change log", detail: format!("{table} {id} is not in it") });
    }
    Ok(())
}

fn statements(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    tx.each("SELECT id, body FROM capacity", &[], &mut |row| {
        let kind = SubjectKind::Capacity;
        if let Err(error) = parse::<Capacity>(kind, row.text(0)?, row.text(1)?) {
            findings.push(Finding { check: "bodies", detail: error.to_string() });
        }
        Ok(())
    })
}

/// Services whose rows by location are not those of their bodies.
fn venues(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let sql = "SELECT n.id, n.body, \
        (SELECT COUNT(*) FROM service_at_location v WHERE v.service = n.key) FROM service n";
    tx.each(sql, &[], &mut |row| {
        let Ok(service) = from_row::<Service>(row) else {
            return Ok(());
        };
        if usize::try_from(row.integer(2)?).ok() != Some(service.venues.len()) {
            let detail = format!("{} has other rows by location", service.subject());
            findings.push(Finding { check: "venues", detail });
        }
        Ok(())
    })
}

/// A log whose rows are not as many as its head says, or name what is unknown.
fn change_log(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let mut unknown = 0_u64;
    tx.each("SELECT subject_kind, subject_id FROM change_log", &[], &mut |row| {
        unknown += u64::from(Subject::parse(row.text(0)?, row.text(1)?).is_none());
        Ok(())
    })?;
    let rows = count(tx, "SELECT COUNT(*) FROM change_log", &[])?;
    let head = log::head(tx)?;
    if rows > head.0 {
        let detail = format!("{rows} rows end at {}", head.0);
        findings.push(Finding { check: "change log", detail });
    }
    if unknown > 0 {
        let detail = format!("{unknown} rows name an unknown subject");
        findings.push(Finding { check: "change log", detail });
    }
    Ok(())
}

/// A log that is not as it was written, and records that are not as it says they were saved.
fn chain(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let broken = history::broken(tx)?;
    findings.extend(broken.map(|detail| Finding { check: "history", detail }));
    for kind in SubjectKind::WITH_BODIES {
        let table = kind.as_str();
        let sql = format!(
            "SELECT n.id, n.body, (SELECT c.body_sha256 FROM change_log c \
             WHERE c.subject_kind = $1 AND c.subject_id = n.id ORDER BY c.seq DESC LIMIT 1) \
             FROM {table} n"
        );
        tx.each(&sql, &[table.into()], &mut |row| {
            let logged = row.maybe_text(2)?;
            if logged
                .is_some_and(|logged| logged != history::sha256(row.text(1).unwrap_or_default()))
            {
                let detail = format!("{table} {} is not as it was last saved", row.text(0)?);
                findings.push(Finding { check: "history", detail });
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Columns that people and programs are let in by, where they are not what the bodies say.
fn ways_in(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let mut compare = |table: &str, id: &str, is_so: bool| {
        if !is_so {
            let detail = format!("{table} {id} is found by what its body does not say");
            findings.push(Finding { check: "ways in", detail });
        }
    };
    tx.each("SELECT id, body, email FROM person", &[], &mut |row| {
        let said = from_row::<Person>(row)
            .is_ok_and(|person| person.email.as_str() == row.text(2).unwrap_or_default());
        compare("person", row.text(0)?, said);
        Ok(())
    })?;
    tx.each("SELECT id, body, key_hash FROM program", &[], &mut |row| {
        let said = from_row::<Program>(row)
            .is_ok_and(|program| program.key_hash == row.text(2).unwrap_or_default());
        compare("program", row.text(0)?, said);
        Ok(())
    })
}

fn schema(tx: &dyn Tx, findings: &mut Vec<Finding>) -> Result<(), StoreError> {
    let (found, known) = (migrations::version(tx)?, migrations::newest());
    if found != known {
        let detail = format!("version {found}, where this program has {known}");
        findings.push(Finding { check: "schema version", detail });
    }
    Ok(())
}

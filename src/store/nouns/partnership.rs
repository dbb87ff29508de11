//! Partnerships, with the rows that lead from members and services to them.

use std::collections::BTreeSet;

use super::{
    Columns, Noun, Tx, Value, all, referred, select,
    service::{check_footprint, service_id},
};
use crate::{
    domain::{OrganisationId, Partnership, ServiceId},
    store::{
        error::StoreError,
        subject::{Subject, SubjectKind},
        text::unit_text,
        write::Changes,
    },
};

impl Noun for Partnership {
    const KIND: SubjectKind = SubjectKind::Partnership;
    const DERIVED: &'static [&'static str] = &["partnership_member", "partnership_service"];
    const USED_BY: &'static [(SubjectKind, &'static str)] = &[(
        SubjectKind::Service,
        "SELECT COUNT(*) FROM service_partnership u JOIN partnership p ON p.id = u.partnership \
         WHERE p.key = $1",
    )];

    fn subject(&self) -> Subject {
        Subject::Partnership(self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, tx: &dyn Tx) -> Result<Columns, StoreError> {
        check_footprint(&self.subject(), self.footprint.as_ref())?;
        for member in &self.members {
            referred(tx, &self.subject(), &Subject::Organisation(member.organisation))?;
        }
        for service in services(self) {
            referred(tx, &self.subject(), &Subject::Service(service))?;
        }
        Ok(vec![("kind", Value::Text(unit_text(&self.kind)))])
    }

    fn derive(&self, changes: &mut Changes<'_>, key: i64) -> Result<(), StoreError> {
        let members: BTreeSet<_> = self.members.iter().map(|member| member.organisation).collect();
        for member in members {
            let sql = "INSERT INTO partnership_member (partnership, organisation) \
                VALUES ($1, (SELECT key FROM organisation WHERE id = $2))";
            changes.tx().exec(sql, &[key.into(), (&member.to_string()).into()])?;
        }
        for service in services(self) {
            let sql = "INSERT INTO partnership_service (partnership, service) \
                VALUES ($1, (SELECT key FROM service WHERE id = $2))";
            changes.tx().exec(sql, &[key.into(), (&service.to_string()).into()])?;
        }
        Ok(())
    }

    fn services_behind(tx: &dyn Tx, key: i64) -> Result<Vec<ServiceId>, StoreError> {
        let sql = "SELECT s.id FROM service s JOIN partnership_service u ON u.service = s.key \
            WHERE u.partnership = $1";
        all(tx, sql, &[key.into()], service_id)
    }
}

/// The services under it and on its pathway.
fn services(partnership: &Partnership) -> BTreeSet<ServiceId> {
    let on_the_way = partnership.pathway.iter().flat_map(|stage| &stage.services);
    partnership.services.iter().chain(on_the_way).copied().collect()
}

/// The partnerships that an organisation is or was a member of, by name.
pub(in crate::store) fn of_organisation(
    tx: &dyn Tx,
    organisation: OrganisationId,
) -> Result<Vec<Partnership>, StoreError> {
    let rest = "JOIN partnership_member m ON m.partnership = n.key \
        JOIN organisation o ON o.key = m.organisation \
        WHERE o.id = $1 ORDER BY n.sort_name, n.key";
    select(tx, rest, &[(&organisation.to_string()).into()])
}

/// The partnerships of a service, whichever of the two says so, by name.
pub(in crate::store) fn of_service(
    tx: &dyn Tx,
    service: ServiceId,
) -> Result<Vec<Partnership>, StoreError> {
    let rest = "WHERE n.key IN (SELECT u.partnership FROM partnership_service u \
            JOIN service s ON s.key = u.service WHERE s.id = $1) \
        OR n.id IN (SELECT u.partnership FROM service_partnership u \
            JOIN service s ON s.key = u.service WHERE s.id = $1) \
        ORDER BY n.sort_name, n.key";
    select(tx, rest, &[(&service.to_string()).into()])
}

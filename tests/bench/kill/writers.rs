//! Those who write while the server is killed.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use hereabouts::{
    demonstration,
    domain::{
        Grant, Organisation, OrganisationId, Person, PersonId, Program, ProgramId, Role, Route,
        Scope, Service, ServiceId,
    },
    geo::Gazetteer,
    keeping::Secret,
    store::{Actor, Store},
};
use serde_json::json;

use super::{Fault, http, server::now};

/// What the server said that it had.
#[derive(Default)]
pub struct Acknowledged {
    /// Services with the note of a statement.
    pub statements: Vec<(ServiceId, String)>,
    /// Services with the line that they were given.
    pub edits: Vec<(ServiceId, String)>,
}

/// A program and a provider with listings of their own.
pub struct Writers {
    pub services: Vec<ServiceId>,
    key: String,
    cookie: String,
    form_key: String,
}

/// Listings that are written to; each writer has its own.
const LISTINGS: usize = 6;

impl Writers {
    /// Makes a demonstration with listings to write to, and with those who write.
    pub fn prepare(state: &Path) -> Result<Self, Fault> {
        let store = Store::open(state, now())?;
        let gazetteer = Arc::new(demonstration::over(&Gazetteer::shipped()));
        demonstration::load(&store, &gazetteer, now())?;
        let organisation = OrganisationId::derive("kill", "organisation");
        let services: Vec<ServiceId> =
            (0..LISTINGS).map(|nth| ServiceId::derive("kill", &nth.to_string())).collect();
        let (key, session) = (Secret::new()?, Secret::new()?);
        let grants =
            vec![Grant { role: Role::Provider, scope: Scope::Organisation { id: organisation } }];
        let program = Program {
            id: ProgramId::derive("kill", "program"),
            name: "Bookings".to_owned(),
            key_hash: key.hash(),
            grants: grants.clone(),
            added: now(),
            revoked: None,
        };
        let person = Person {
            id: PersonId::derive("kill", "person"),
            email: "writer@people.example".parse()?,
            name: "Writer".to_owned(),
            signs_as: None,
            no_reminders: false,
            grants,
            added: now(),
        };
        let (ids, hash) = (services.clone(), session.hash());
        store.change(&Actor::new("kill", Route::Steward), now(), move |changes| {
            let named = Organisation::named(organisation, "Kill".to_owned());
            changes.save_organisation(&named)?;
            for (nth, id) in ids.iter().enumerate() {
                let mut service = Service::named(*id, organisation, name(nth));
                service.summary = "As it was.".to_owned();
                changes.save_service(&service)?;
            }
            changes.save_program(&program)?;
            changes.save_person(&person)?;
            changes.begin_session(&hash, person.id, None)
        })?;
        let cookie = format!("session={}", session.reveal());
        let key = key.reveal().to_owned();
        Ok(Self { services, key, cookie, form_key: session.form_key() })
    }

    /// How many write at once: half of them by program, half by page.
    pub fn count(&self) -> usize {
        self.services.len()
    }

    /// The word that finds a listing.
    pub fn word(&self, service: ServiceId) -> String {
        let nth = self.services.iter().position(|id| *id == service);
        name(nth.unwrap_or_default())
    }

    /// Writes to one listing until the server is gone.
    pub fn write(
        &self,
        writer: usize,
        round: u32,
        address: SocketAddr,
        acknowledged: &Mutex<Acknowledged>,
        stop: &AtomicBool,
    ) {
        for nth in 0.. {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let mark = format!("{writer}-{round}-{nth}");
            let written = if writer % 2 == 0 {
                self.state(writer, &mark, address, acknowledged)
            } else {
                self.edit(writer, &mark, address, acknowledged)
            };
            if written.is_err() {
                return;
            }
        }
    }

    fn state(
        &self,
        writer: usize,
        mark: &str,
        address: SocketAddr,
        acknowledged: &Mutex<Acknowledged>,
    ) -> Result<(), Fault> {
        let service = self.services[writer];
        let status = ["open", "full", "waiting"][mark.len() % 3];
        let body = json!({ "status": status, "note": mark }).to_string();
        let headers =
            format!("Authorization: Bearer {}\r\nContent-Type: application/json\r\n", self.key);
        let path = format!("/api/v1/services/{service}/capacity");
        if http::post(address, &path, &headers, &body)?.status == 201 {
            let mut acknowledged = acknowledged.lock().map_err(|_| "poisoned")?;
            acknowledged.statements.push((service, mark.to_owned()));
        }
        Ok(())
    }

    /// Says something of the door, and changes the words, as a provider does.
    fn edit(
        &self,
        writer: usize,
        mark: &str,
        address: SocketAddr,
        acknowledged: &Mutex<Acknowledged>,
    ) -> Result<(), Fault> {
        let service = self.services[writer];
        let own = format!("/manage/services/{service}");
        let door = format!("status=open&note={mark}");
        if self.send(address, &format!("{own}/door"), &door)? == 303 {
            let mut acknowledged = acknowledged.lock().map_err(|_| "poisoned")?;
            acknowledged.statements.push((service, mark.to_owned()));
        }
        let form = http::get_as(address, &format!("{own}/edit/words"), &self.cookie)?.body;
        let shown = form.split("name=\"shown\" value=\"").nth(1).ok_or("no form")?;
        let shown = shown.split('"').next().unwrap_or_default();
        let words = format!("summary=Edit+{mark}&shown={shown}");
        if self.send(address, &format!("{own}/edit/words"), &words)? == 303 {
            let mut acknowledged = acknowledged.lock().map_err(|_| "poisoned")?;
            acknowledged.edits.push((service, format!("Edit {mark}")));
        }
        Ok(())
    }

    fn send(&self, address: SocketAddr, path: &str, fields: &str) -> Result<u16, Fault> {
        let headers = format!(
            "Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.cookie
        );
        let body = format!("{fields}&key={}", self.form_key);
        Ok(http::post(address, path, &headers, &body)?.status)
    }
}

/// A name that one search finds one listing by.
fn name(nth: usize) -> String {
    let word = ["Zaffre", "Quokka", "Xylem", "Ocelot", "Kumquat", "Yurt"];
    word[nth % word.len()].to_owned()
}

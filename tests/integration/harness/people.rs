//! People of the invented town, signed in and not, and the mail that they are sent.

use axum::{
    body::Body,
    http::{Request, header},
};
use hereabouts::{
    app::{App, Clock},
    domain::{Grant, OrganisationId, Person, PersonId, PlaceCode, Role, Route, Scope, ServiceId},
    keeping::Secret,
    mail::Letter,
    store::{Actor, Reading},
};
use jiff::Timestamp;

use super::{Listing, Page, Site, app, town};

/// Somebody's browser: the cookie that it keeps, and the key of its forms.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookie: Option<String>,
    pub key: String,
}

/// An address for mail.
pub fn email(name: &str) -> String {
    format!("{name}@people.example")
}

/// Somebody with these roles.
pub fn person(name: &str, grants: Vec<Grant>) -> Person {
    Person {
        id: PersonId::derive("test", name),
        email: email(name).parse().unwrap(),
        name: name.to_owned(),
        signs_as: None,
        no_reminders: false,
        grants,
        added: Timestamp::UNIX_EPOCH,
    }
}

/// Somebody who looks after the listings of these names, each of its own organisation.
pub fn provider(name: &str, listings: &[&str]) -> Person {
    let scopes = listings
        .iter()
        .map(|listing| Scope::Organisation { id: OrganisationId::derive("test", listing) });
    person(name, scopes.map(|scope| Grant { role: Role::Provider, scope }).collect())
}

/// Somebody with a role for everything, or for a place.
pub fn with_role(name: &str, role: Role, place: Option<&str>) -> Person {
    let scope = match place {
        Some(code) => Scope::Place { code: PlaceCode::from(code) },
        None => Scope::Everywhere,
    };
    person(name, vec![Grant { role, scope }])
}

/// A directory of the town with these people, which a test may change.
pub fn town_with(people: &[Person]) -> (App, Site) {
    directory_with(&town(), people)
}

/// A directory of these listings with these people.
pub fn directory_with(listings: &[Listing], people: &[Person]) -> (App, Site) {
    let app = app(listings, hereabouts::config::Config::default());
    save_people(&app, people);
    (app.clone(), Site::over(app))
}

/// Saves people, over what they were.
pub fn save_people(app: &App, people: &[Person]) {
    let people = people.to_vec();
    let save = move |changes: &mut hereabouts::store::Changes<'_>| {
        people.iter().try_for_each(|person| changes.save_person(person).map(|_| ()))
    };
    app.store.change(&tester(), super::now(), save).unwrap();
}

/// The same directory at another moment.
pub fn at(app: &App, moment: &str) -> Site {
    let clock = Clock::Fixed(moment.parse().unwrap());
    Site::over(App { clock, ..app.clone() })
}

/// Who makes changes for tests.
pub fn tester() -> Actor {
    Actor::new("test", Route::Steward)
}

/// A browser in which somebody is signed in, for everything or for one listing.
pub fn signed_in(app: &App, person: &Person, only: Option<&str>) -> Browser {
    let (secret, id) = (Secret::new().unwrap(), person.id);
    let (hash, only) = (secret.hash(), only.map(service));
    let begin =
        move |changes: &mut hereabouts::store::Changes<'_>| changes.begin_session(&hash, id, only);
    app.store.change(&tester(), app.clock.now(), begin).unwrap();
    Browser { cookie: Some(format!("session={}", secret.reveal())), key: secret.form_key() }
}

/// The service of a listing.
pub fn service(name: &str) -> ServiceId {
    ServiceId::derive("test", name)
}

/// The letters that wait, oldest first, with whom each is for.
pub fn letters(app: &App) -> Vec<(String, Letter)> {
    let waiting = app.store.mail_due(Timestamp::MAX, 100).unwrap();
    let read = |mail: hereabouts::store::WaitingMail| {
        (mail.to.to_string(), serde_json::from_str(&mail.letter).unwrap())
    };
    waiting.into_iter().map(read).collect()
}

/// The path of the link in the newest letter to somebody.
pub fn newest_link(app: &App, name: &str) -> String {
    let letters = letters(app);
    let (_, letter) = letters.iter().rev().find(|(to, _)| *to == email(name)).unwrap();
    let text = letter.text();
    let line = text.lines().find(|line| line.starts_with("http")).unwrap();
    let rest = line.split_once("://").unwrap().1;
    rest.split_at(rest.find('/').unwrap()).1.to_owned()
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&self, site: &Site, path: &str) -> Page {
        self.send(site, Request::get(path), path, Body::empty()).await
    }

    /// Sends a form with the key that its page carries.
    pub async fn post(&self, site: &Site, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut fields = fields.to_vec();
        fields.push(("key", &self.key));
        self.post_bare(site, path, &fields).await
    }

    /// Sends a form with these fields only.
    pub async fn post_bare(&self, site: &Site, path: &str, fields: &[(&str, &str)]) -> Page {
        let form =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin");
        self.send(site, request, path, Body::from(form)).await
    }

    /// The same browser with the cookie that a response sets.
    pub fn keeping(&self, page: &Page) -> Self {
        let Some(set) = page.headers.get(header::SET_COOKIE) else { return self.clone() };
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        let secret = pair.split_once('=').unwrap().1;
        let key = Secret::parse(secret).map(|secret| secret.form_key()).unwrap_or_default();
        Self { cookie: Some(pair.to_owned()), key }
    }

    async fn send(
        &self,
        site: &Site,
        mut request: axum::http::request::Builder,
        path: &str,
        body: Body,
    ) -> Page {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        Page::read(path, site.answer_to(request.body(body).unwrap()).await).await
    }
}

//! The cookies: the secret of a session, for somebody who has signed in; a ticket, for somebody who
//! is at another's to say who they are; and the key of a shortlist, for somebody who began one.

use axum::http::{HeaderMap, HeaderValue, header};

use super::work::Web;
use crate::{
    keeping::Secret,
    openid::{LASTS, Ticket},
    referring::ShortlistKey,
};

/// A cookie's names. Under HTTPS a browser keeps it to this host and to encrypted requests.
struct Name {
    secure: &'static str,
    plain: &'static str,
}

const SESSION: Name = Name { secure: "__Host-session", plain: "session" };
const SHORTLIST: Name = Name { secure: "__Host-shortlist", plain: "shortlist" };
const TICKET: Name = Name { secure: "__Host-ticket", plain: "ticket" };

/// The secret that a request carries.
pub fn session(headers: &HeaderMap, web: &Web) -> Option<Secret> {
    Secret::parse(value(headers, SESSION.on(web))?)
}

/// What makes a browser keep a session until it is closed.
pub fn keep(secret: &Secret, web: &Web) -> Option<HeaderValue> {
    set(web, &SESSION, secret.reveal(), "")
}

/// What makes a browser forget it.
pub fn forget(web: &Web) -> Option<HeaderValue> {
    set(web, &SESSION, "", "; Max-Age=0")
}

/// The key of a shortlist that a request carries.
pub fn shortlist(headers: &HeaderMap, web: &Web) -> Option<ShortlistKey> {
    ShortlistKey::parse(value(headers, SHORTLIST.on(web))?)
}

/// What makes a browser keep a shortlist at hand until it is closed.
pub fn keep_shortlist(key: &ShortlistKey, web: &Web) -> Option<HeaderValue> {
    set(web, &SHORTLIST, key.reveal(), "")
}

/// What makes a browser forget it.
pub fn forget_shortlist(web: &Web) -> Option<HeaderValue> {
    set(web, &SHORTLIST, "", "; Max-Age=0")
}

/// The ticket that a request carries.
pub fn ticket(headers: &HeaderMap, web: &Web) -> Option<Ticket> {
    Ticket::parse(value(headers, TICKET.on(web))?)
}

/// What makes a browser keep a ticket for as long as it is good.
pub fn keep_ticket(ticket: &Ticket, web: &Web) -> Option<HeaderValue> {
    set(web, &TICKET, ticket.reveal(), &format!("; Max-Age={}", LASTS.as_secs()))
}

/// What makes a browser forget it.
pub fn forget_ticket(web: &Web) -> Option<HeaderValue> {
    set(web, &TICKET, "", "; Max-Age=0")
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = cookies.filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A browser sends it from other sites only where somebody follows a link or is sent on, as they
/// are from a provider.
fn set(web: &Web, name: &Name, value: &str, more: &str) -> Option<HeaderValue> {
    let (name, secure) = (name.on(web), if is_secure(web) { "; Secure" } else { "" });
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
    HeaderValue::from_str(&cookie).ok()
}

impl Name {
    fn on(&self, web: &Web) -> &'static str {
        if is_secure(web) { self.secure } else { self.plain }
    }
}

fn is_secure(web: &Web) -> bool {
    web.app.config.directory.address.starts_with("https://")
}

//! The one cookie: the secret of a session, for somebody who has signed in.

use axum::http::{HeaderMap, HeaderValue, header};

use super::work::Web;
use crate::keeping::Secret;

/// Under HTTPS a browser keeps it to this host and to encrypted requests.
const SECURE: &str = "__Host-session";
const PLAIN: &str = "session";

/// The secret that a request carries.
pub fn session(headers: &HeaderMap, web: &Web) -> Option<Secret> {
    let name = name(web);
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut pairs = cookies.filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
    let value = pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))?;
    Secret::parse(value)
}

/// What makes a browser keep a session until it is closed.
pub fn keep(secret: &Secret, web: &Web) -> Option<HeaderValue> {
    set(web, secret.reveal(), "")
}

/// What makes a browser forget it.
pub fn forget(web: &Web) -> Option<HeaderValue> {
    set(web, "", "; Max-Age=0")
}

fn set(web: &Web, value: &str, more: &str) -> Option<HeaderValue> {
    let (name, secure) = (name(web), if is_secure(web) { "; Secure" } else { "" });
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
    HeaderValue::from_str(&cookie).ok()
}

fn name(web: &Web) -> &'static str {
    if is_secure(web) { SECURE } else { PLAIN }
}

fn is_secure(web: &Web) -> bool {
    web.app.config.directory.address.starts_with("https://")
}

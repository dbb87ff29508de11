//! The provider: there with a ticket, and back with an address that it vouches for.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use super::{
    claims::{Claims, Expected},
    discovery::{self, Document},
    error::{OpenIdError, SetupError},
    exchange::{Code, Tokens, exchange, refusal},
    keys::Keys,
    known::Known,
    signed::Signed,
    ticket::Ticket,
    waiting::Waiting,
    wire::{Patience, Wire},
};
use crate::{
    config::{OpenId, is_on_this_machine},
    domain::Email,
};

/// The provider that an operator named. Cheap to clone.
#[derive(Clone)]
pub struct Provider {
    inner: Arc<Inner>,
}

struct Inner {
    settings: OpenId,
    description: Url,
    wire: Wire,
    waiting: Waiting,
    document: Known<Document>,
    keys: Known<Keys>,
}

/// Somebody who sets out: what their browser keeps, and where it goes.
pub struct Begun {
    pub ticket: Ticket,
    pub to: Url,
}

/// What a browser brings back from the provider, as it stands in the address.
#[derive(Clone, Default)]
pub struct Answer {
    pub state: String,
    pub code: String,
    pub issuer: String,
    pub error: String,
}

/// Somebody for whom the provider vouches.
pub struct Vouched {
    pub email: Email,
    /// Where they wanted to go when they set out.
    pub next: String,
}

impl Provider {
    /// The provider that is configured, where one is. It is not asked anything yet: that it is
    /// down keeps nobody from the rest of the directory.
    pub fn new(settings: &OpenId) -> Result<Option<Self>, SetupError> {
        if !settings.is_on() {
            return Ok(None);
        }
        let description = discovery::address(&settings.issuer).ok_or(SetupError::Issuer)?;
        let wire = Wire::new(&settings.certificate, !is_on_this_machine(&description))?;
        let settings = settings.clone();
        let (waiting, document, keys) = (Waiting::default(), Known::default(), Known::default());
        let inner = Inner { settings, description, wire, waiting, document, keys };
        Ok(Some(Self { inner: Arc::new(inner) }))
    }

    /// What the button says that leads to it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.inner.settings.label
    }

    /// Sends somebody on the way. `back` is where the provider sends them afterwards, `next` where
    /// they want to go then.
    pub fn begin(&self, back: &str, next: &str, now: Timestamp) -> Result<Begun, OpenIdError> {
        let document = self.document(Patience::whole(), now)?;
        let ticket = Ticket::new()?;
        let scopes = ["openid", "email"].into_iter();
        let scopes: Vec<&str> =
            scopes.chain(self.inner.settings.scopes.iter().map(String::as_str)).collect();
        let mut to = document.authorization_endpoint;
        to.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.inner.settings.client_id)
            .append_pair("redirect_uri", back)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", &ticket.state())
            .append_pair("nonce", &ticket.nonce())
            .append_pair("code_challenge", &ticket.challenge())
            .append_pair("code_challenge_method", "S256");
        self.inner.waiting.begin(&ticket, next, now);
        Ok(Begun { ticket, to })
    }

    /// Takes somebody's answer, once, from the browser that holds the ticket.
    pub fn finish(
        &self,
        ticket: &Ticket,
        answer: &Answer,
        back: &str,
        now: Timestamp,
    ) -> Result<Vouched, OpenIdError> {
        // An answer that somebody else sent here ends nothing: the real one may still come.
        if answer.state != ticket.state() {
            return Err(OpenIdError::NotBegunHere);
        }
        let next = self.inner.waiting.end(ticket, now).ok_or(OpenIdError::NotBegunHere)?;
        let patience = Patience::whole();
        let document = self.document(patience, now)?;
        let is_named = !answer.issuer.is_empty() || document.names_itself;
        if is_named && answer.issuer != self.inner.settings.issuer {
            return Err(OpenIdError::AnotherIssuer);
        }
        if !answer.error.is_empty() {
            return Err(refusal(&answer.error));
        }
        let code = Code { text: &answer.code, verifier: &ticket.verifier(), back };
        let tokens = exchange(&self.inner.wire, &document, &self.inner.settings, &code, patience)?;
        let email = self.address(&document, ticket, &tokens, patience, now)?;
        Ok(Vouched { email, next })
    }

    /// The address in a token; else, where the provider keeps it apart from the token, in what it
    /// answers about the same person.
    fn address(
        &self,
        document: &Document,
        ticket: &Ticket,
        tokens: &Tokens,
        patience: Patience,
        now: Timestamp,
    ) -> Result<Email, OpenIdError> {
        let token = Signed::read(&tokens.id_token)?;
        let keys = self.keys_for(&token, document, patience, now)?;
        let settings = &self.inner.settings;
        let nonce = ticket.nonce();
        let expected =
            Expected { issuer: &settings.issuer, client: &settings.client_id, nonce: &nonce };
        let claims = Claims::read(&token.verified(&keys)?, &expected, now)?;
        match (&document.userinfo_endpoint, &tokens.access_token) {
            (Some(about), Some(key)) if !claims.address.is_stated() => {
                let body = self.inner.wire.get(about, Some(key), patience)?;
                claims.address_in(&body)?.verified()
            }
            _ => claims.address.verified(),
        }
    }

    fn document(&self, patience: Patience, now: Timestamp) -> Result<Document, OpenIdError> {
        if let Some(known) = self.inner.document.get(now) {
            return Ok(known);
        }
        let body = self.inner.wire.get(&self.inner.description, None, patience)?;
        let document = Document::read(&body, &self.inner.settings.issuer)?;
        self.inner.document.keep(&document, now);
        Ok(document)
    }

    /// The provider's keys; asked for again, once, where they do not have the one that is meant,
    /// as after the provider changed it.
    fn keys_for(
        &self,
        token: &Signed<'_>,
        document: &Document,
        patience: Patience,
        now: Timestamp,
    ) -> Result<Keys, OpenIdError> {
        if let Some(keys) = self.inner.keys.get(now).filter(|keys| token.is_by_one_of(keys)) {
            return Ok(keys);
        }
        let keys = Keys::read(&self.inner.wire.get(&document.jwks_uri, None, patience)?)?;
        self.inner.keys.keep(&keys, now);
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_issuer_there_is_no_provider() {
        assert!(Provider::new(&OpenId::default()).is_ok_and(|provider| provider.is_none()));
    }
}

//! Signing in by a provider's word: `OpenID` Connect, by authorization code with PKCE.
//!
//! Somebody presses a button, proves to the provider who they are, and comes back with a code.
//! The directory exchanges the code for a signed token and takes an e-mail address from it.
//!
//! *Invariants.* What comes back counts only in the browser that set out, once, for ten minutes.
//! An address counts only where the provider says that it is verified, in a token of the right
//! signature, issuer, audience, time and nonce. Only the provider is called, for a bounded time
//! and a bounded number of bytes, and it cannot send us on to anybody else. Nobody's name, address
//! or token is in a log. There is no clock here: `now` is an argument.

mod claims;
mod discovery;
mod error;
mod exchange;
mod keys;
mod known;
mod provider;
mod signed;
mod ticket;
mod waiting;
mod wire;

pub use error::{OpenIdError, SetupError, TokenFault};
pub use provider::{Answer, Begun, Provider, Vouched};
pub use ticket::Ticket;
pub use waiting::LASTS;

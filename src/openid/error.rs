//! What keeps somebody from signing in by a provider's word.

/// Why somebody was not signed in. Nothing was changed. It names nobody, so it may be logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// It is down, slow, or not what it was configured as.
    #[error("the provider could not be asked: {0}")]
    Unreachable(String),
    /// It answered, and the answer is of no use.
    #[error("the provider's {what} cannot be used: {why}")]
    Unusable { what: &'static str, why: String },
    /// It does not let this directory, or this person, through.
    #[error("the provider refused: {code}")]
    Refused { code: String },
    /// The person, or the provider for them, said no.
    #[error("the provider was told not to, or does not want to")]
    Declined,
    /// It was ended already, took too long, or began in another browser.
    #[error("this sign-in was not begun here, or is over")]
    NotBegunHere,
    /// The answer came from another provider than the one that was asked.
    #[error("the answer is of another issuer")]
    AnotherIssuer,
    #[error("the token cannot be trusted: {0}")]
    Untrusted(TokenFault),
    /// The provider knows no address of theirs, or has not checked it.
    #[error("the provider vouches for no e-mail address")]
    NoAddress,
    #[error("the system gives no random numbers")]
    NoSecret,
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    #[error("it is not a signed token")]
    Malformed,
    #[error("it is signed in a way that is not accepted: expected RS256 or ES256")]
    Algorithm,
    #[error("it is signed by a key that the provider does not publish")]
    Key,
    #[error("its signature is wrong")]
    Signature,
    #[error("it is of another issuer")]
    Issuer,
    #[error("it is for another client")]
    Audience,
    #[error("it has expired")]
    Expired,
    #[error("it was not made just now; are both clocks right?")]
    Moment,
    #[error("it answers another question")]
    Nonce,
    #[error("it is about somebody else")]
    Subject,
}

/// Why a provider cannot be set up as configured.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("openid.certificate cannot be read: {0}")]
    Certificate(String),
    #[error("openid.issuer is not an address")]
    Issuer,
}

impl From<TokenFault> for OpenIdError {
    fn from(fault: TokenFault) -> Self {
        Self::Untrusted(fault)
    }
}

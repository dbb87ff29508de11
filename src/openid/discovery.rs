//! Where a provider does what, in its own words (`OpenID` Connect Discovery 1.0).

use serde::Deserialize;
use url::Url;

use super::error::OpenIdError;
use crate::config::{is_on_this_machine, is_safe};

/// A provider's description of itself, as far as it is needed.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    issuer: String,
    /// Where people say who they are.
    pub authorization_endpoint: Url,
    /// Where a code is exchanged for a token.
    pub token_endpoint: Url,
    /// Where its keys are.
    pub jwks_uri: Url,
    /// Where facts about a person are that are not in the token.
    pub userinfo_endpoint: Option<Url>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    /// Whether every answer of its names it (RFC 9207).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub names_itself: bool,
}

/// Where the description of an issuer is.
pub fn address(issuer: &str) -> Option<Url> {
    let issuer = issuer.trim_end_matches('/');
    Url::parse(&format!("{issuer}/.well-known/openid-configuration")).ok()
}

impl Document {
    /// Reads the description that an issuer was asked for. One that names somebody else, or sends
    /// people or secrets over an open line, is of no use.
    pub fn read(body: &[u8], issuer: &str) -> Result<Self, OpenIdError> {
        let unusable = |why: String| OpenIdError::Unusable { what: "description of itself", why };
        let document: Self =
            serde_json::from_slice(body).map_err(|error| unusable(error.to_string()))?;
        if document.issuer != issuer {
            let found = &document.issuer;
            return Err(unusable(format!("it calls itself {found:?}: set openid.issuer to that")));
        }
        let is_here = Url::parse(issuer).is_ok_and(|url| is_on_this_machine(&url));
        let is_fit = |url: &&Url| url.scheme() == "https" || (is_here && is_safe(url));
        if let Some(open) = document.addresses().find(|url| !is_fit(url)) {
            return Err(unusable(format!("{open} is not encrypted")));
        }
        Ok(document)
    }

    /// Whether the client's secret goes into the form, since the provider does not take it in the
    /// header, which is what holds where nothing is said.
    pub fn wants_secret_in_form(&self) -> bool {
        let known = &self.token_endpoint_auth_methods_supported;
        let takes = |method: &str| known.iter().any(|one| one == method);
        takes("client_secret_post") && !takes("client_secret_basic")
    }

    fn addresses(&self) -> impl Iterator<Item = &Url> {
        let always = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        always.into_iter().chain(&self.userinfo_endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://login.example/realm";

    fn described(change: (&str, &str)) -> Vec<u8> {
        let text = format!(
            r#"{{"issuer": "{ISSUER}", "authorization_endpoint": "{ISSUER}/auth",
                "token_endpoint": "{ISSUER}/token", "jwks_uri": "https://keys.example/jwks"}}"#
        );
        text.replace(change.0, change.1).into_bytes()
    }

    fn fault(change: (&str, &str)) -> String {
        Document::read(&described(change), ISSUER).unwrap_err().to_string()
    }

    #[test]
    fn it_is_below_the_issuer() {
        let expected = "https://login.example/realm/.well-known/openid-configuration";
        for issuer in [ISSUER.to_owned(), format!("{ISSUER}/")] {
            assert_eq!(address(&issuer).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_sound_one_is_read_and_what_it_leaves_out_is_what_is_usual() {
        let document = Document::read(&described(("", "")), ISSUER).unwrap();
        assert!(!document.wants_secret_in_form() && !document.names_itself);
        let methods = (
            r#""token_"#,
            r#""token_endpoint_auth_methods_supported": ["client_secret_post"], "token_"#,
        );
        assert!(Document::read(&described(methods), ISSUER).unwrap().wants_secret_in_form());
    }

    #[test]
    fn one_that_names_somebody_else_is_of_no_use() {
        let other =
            (r#""issuer": "https://login.example/realm""#, r#""issuer": "https://evil.example""#);
        assert!(fault(other).contains("set openid.issuer to that"));
    }

    #[test]
    fn an_open_line_is_refused_even_to_this_machine_where_the_issuer_is_elsewhere() {
        for open in
            ["http://keys.example", "http://127.0.0.1:1", "file:///etc", "ftp://keys.example"]
        {
            let fault = fault(("https://keys.example", open));
            assert!(fault.contains("is not encrypted"), "{fault}");
        }
    }
}

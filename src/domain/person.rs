//! People who sign in, and what they may do for whom.

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    capacity::{Author, AuthorRole},
    id::{OrganisationId, PartnershipId, PersonId},
    place::PlaceCode,
    provenance::Route,
};

/// An address for mail, in small letters. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

/// A text that is not an address for mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an e-mail address such as name@example.org")]
pub struct EmailError;

impl Email {
    /// The address as it is written to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    /// Reads an address as people have them (RFC 5321 lengths; no quoted local parts).
    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@').ok_or(EmailError)?;
        let is_plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let labels: Vec<&str> = domain.split('.').collect();
        let sound = (1..=64).contains(&local.len())
            && local.chars().all(is_plain)
            && local.split('.').all(|part| !part.is_empty())
            && text.len() <= 254
            && labels.len() > 1
            && labels.iter().all(|label| is_label(label));
        if sound { Ok(Self(text)) } else { Err(EmailError) }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub email: Email,
    /// As they are greeted; never shown to others.
    #[serde(default)]
    pub name: String,
    /// How what they say is signed in public, where they agreed to more than their role.
    #[serde(default)]
    pub signs_as: Option<String>,
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// Whether they want no mails that ask whether listings are still right.
    #[serde(default)]
    pub no_reminders: bool,
    pub added: Timestamp,
}

/// A role for a part of the directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// What somebody does in the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    LinkWorker,
    Provider,
    Steward,
    Commissioner,
    Administrator,
}

/// The part of the directory that a role is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of")]
pub enum Scope {
    Everywhere,
    Organisation { id: OrganisationId },
    Place { code: PlaceCode },
    Partnership { id: PartnershipId },
}

/// What decides who may look after a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    pub organisation: Option<OrganisationId>,
    /// Every place that holds a venue of it, or that it serves, and those around them.
    pub places: BTreeSet<PlaceCode>,
    pub partnerships: BTreeSet<PartnershipId>,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::LinkWorker, Self::Provider, Self::Steward, Self::Commissioner, Self::Administrator];

    /// As people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::LinkWorker => "Link worker",
            Self::Provider => "Provider",
            Self::Steward => "Steward",
            Self::Commissioner => "Commissioner",
            Self::Administrator => "Administrator",
        }
    }

    /// Whether the role can be for such a part of the directory.
    #[must_use]
    pub fn can_be_for(self, scope: &Scope) -> bool {
        match self {
            Self::LinkWorker | Self::Administrator => matches!(scope, Scope::Everywhere),
            Self::Provider => matches!(scope, Scope::Organisation { .. }),
            Self::Steward => !matches!(scope, Scope::Organisation { .. }),
            Self::Commissioner => matches!(scope, Scope::Everywhere | Scope::Place { .. }),
        }
    }

    fn signs(self) -> &'static str {
        if self == Self::Provider { "the provider" } else { "a steward" }
    }
}

impl Scope {
    /// Whether a listing is inside this part.
    #[must_use]
    pub fn holds(&self, listing: &Belonging) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Organisation { id } => listing.organisation == Some(*id),
            Self::Place { code } => listing.places.contains(code),
            Self::Partnership { id } => listing.partnerships.contains(id),
        }
    }
}

impl Person {
    /// Whether the person has a role, for whatever part.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The parts of the directory for which the person has a role.
    pub fn scopes_as(&self, role: Role) -> impl Iterator<Item = &Scope> {
        self.grants.iter().filter(move |grant| grant.role == role).map(|grant| &grant.scope)
    }

    /// Whether the person is a steward of the whole directory, and decides what holds for all of it.
    #[must_use]
    pub fn stewards_everything(&self) -> bool {
        self.scopes_as(Role::Steward).any(|scope| *scope == Scope::Everywhere)
    }

    /// As whom the person may look after a listing: its provider before its steward.
    #[must_use]
    pub fn keeps(&self, listing: &Belonging) -> Option<Role> {
        keeper_role(&self.grants, listing)
    }

    /// The organisations that the person looks after as a provider.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.grants.iter().filter(|grant| grant.role == Role::Provider).filter_map(|grant| {
            match grant.scope {
                Scope::Organisation { id } => Some(id),
                _ => None,
            }
        })
    }

    /// How what they say in a role is signed.
    #[must_use]
    pub fn author(&self, role: Role) -> Author {
        let name = self.signs_as.clone().unwrap_or_else(|| role.signs().to_owned());
        let role = if role == Role::Provider { AuthorRole::Provider } else { AuthorRole::Steward };
        Author { role, name }
    }
}

/// The role in which grants let somebody look after a listing: its provider before its steward.
pub(super) fn keeper_role(grants: &[Grant], listing: &Belonging) -> Option<Role> {
    let keeps = |role| {
        let mut held = grants.iter().filter(|grant| grant.role == role);
        held.any(|grant| grant.scope.holds(listing))
    };
    [Role::Provider, Role::Steward].into_iter().find(|role| keeps(*role))
}

/// By what route somebody in this role changes a record.
#[must_use]
pub fn route_of(role: Role) -> Route {
    if role == Role::Provider { Route::Owner } else { Route::Steward }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(grants: Vec<Grant>) -> Person {
        Person {
            id: PersonId::derive("test", "ann"),
            email: "Ann@Example.org".parse().unwrap(),
            name: "Ann".to_owned(),
            signs_as: None,
            no_reminders: false,
            grants,
            added: Timestamp::UNIX_EPOCH,
        }
    }

    fn grant(role: Role, scope: Scope) -> Grant {
        Grant { role, scope }
    }

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for good in [" Ann@Example.org ", "o'neill+x@a-b.co.uk", "jörg@example.org"] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        let bad = [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@example",
            "a b@example.org",
            "ann@example.org,bob@example.org",
            "ann@example.org\nBcc: x@example.org",
            "<ann@example.org>",
            "ann@-a.org",
            "a..b@example.org",
            "ann@exa mple.org",
            &long,
        ];
        for bad in bad {
            assert_eq!(bad.parse::<Email>(), Err(EmailError), "{bad:?}");
        }
    }

    #[test]
    fn an_address_is_in_no_debug_text() {
        assert!(!format!("{:?}", person(Vec::new())).contains("example.org"));
    }

    #[test]
    fn a_provider_keeps_the_listings_of_their_own_organisation_only() {
        let (ours, theirs) = (OrganisationId::derive("t", "1"), OrganisationId::derive("t", "2"));
        let ann = person(vec![grant(Role::Provider, Scope::Organisation { id: ours })]);
        let listing = |id| Belonging { organisation: Some(id), ..Belonging::default() };
        assert_eq!(ann.keeps(&listing(ours)), Some(Role::Provider));
        assert_eq!(ann.keeps(&listing(theirs)), None);
    }

    #[test]
    fn a_steward_keeps_what_is_in_their_place_or_partnership() {
        let wigan = PlaceCode::from("E08000010");
        let ann = person(vec![grant(Role::Steward, Scope::Place { code: wigan.clone() })]);
        let inside = Belonging { places: [wigan].into(), ..Belonging::default() };
        assert_eq!(ann.keeps(&inside), Some(Role::Steward));
        assert_eq!(ann.keeps(&Belonging::default()), None);
    }

    #[test]
    fn only_providers_and_stewards_keep_anything() {
        for role in [Role::LinkWorker, Role::Commissioner, Role::Administrator] {
            let person = person(vec![grant(role, Scope::Everywhere)]);
            assert_eq!(person.keeps(&Belonging::default()), None, "{role:?}");
        }
    }

    #[test]
    fn a_role_is_for_parts_that_make_sense() {
        assert!(!Role::Provider.can_be_for(&Scope::Everywhere));
        assert!(!Role::Administrator.can_be_for(&Scope::Place { code: PlaceCode::from("x") }));
        assert!(Role::Steward.can_be_for(&Scope::Place { code: PlaceCode::from("x") }));
    }
}

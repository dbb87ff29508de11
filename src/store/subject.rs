//! What changes and errors are about: a kind and an id.

use std::{fmt, str::FromStr};

use crate::domain::{
    CapacityId, ClaimId, ExperienceId, LocationId, OrganisationId, PartnershipId, PersonId,
    PlaceCode, ProgramId, ProposalId, ReferralId, ReportId, ServiceAtLocationId, ServiceId,
    SynonymId,
};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $text:literal,)*) => {
        /// The kinds of things that are logged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SubjectKind { $($(#[$doc])* $kind,)* }

        impl SubjectKind {
            /// The kind's name, which is also its table's.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $text,)* }
            }

            pub(super) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    Organisation = "organisation",
    Service = "service",
    Location = "location",
    Partnership = "partnership",
    Place = "place",
    /// A statement of capacity.
    Capacity = "capacity",
    ServiceAtLocation = "service_at_location",
    /// What a source calls a record.
    SourceKey = "source_key",
    Setting = "setting",
    Person = "person",
    Program = "program",
    Report = "report",
    Proposal = "proposal",
    Claim = "claim",
    Synonym = "synonym",
    Referral = "referral",
    Experience = "experience",
}

impl SubjectKind {
    /// Those of which a body is stored.
    pub(super) const WITH_BODIES: [Self; 14] = [
        Self::Organisation,
        Self::Service,
        Self::Location,
        Self::Partnership,
        Self::Place,
        Self::Person,
        Self::Program,
        Self::Report,
        Self::Proposal,
        Self::Claim,
        Self::Synonym,
        Self::Referral,
        Self::Experience,
        Self::Capacity,
    ];
}

impl fmt::Display for SubjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

/// The thing that a change or an error is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    Organisation(OrganisationId),
    Service(ServiceId),
    Location(LocationId),
    Partnership(PartnershipId),
    Place(PlaceCode),
    Capacity(CapacityId),
    ServiceAtLocation(ServiceAtLocationId),
    /// `source/kind/key`.
    SourceKey(String),
    Setting(String),
    Person(PersonId),
    Program(ProgramId),
    Report(ReportId),
    Proposal(ProposalId),
    Claim(ClaimId),
    Synonym(SynonymId),
    Referral(ReferralId),
    Experience(ExperienceId),
}

impl Subject {
    /// What sort of thing it is.
    #[must_use]
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::Organisation(_) => SubjectKind::Organisation,
            Self::Service(_) => SubjectKind::Service,
            Self::Location(_) => SubjectKind::Location,
            Self::Partnership(_) => SubjectKind::Partnership,
            Self::Place(_) => SubjectKind::Place,
            Self::Capacity(_) => SubjectKind::Capacity,
            Self::ServiceAtLocation(_) => SubjectKind::ServiceAtLocation,
            Self::SourceKey(_) => SubjectKind::SourceKey,
            Self::Setting(_) => SubjectKind::Setting,
            Self::Person(_) => SubjectKind::Person,
            Self::Program(_) => SubjectKind::Program,
            Self::Report(_) => SubjectKind::Report,
            Self::Proposal(_) => SubjectKind::Proposal,
            Self::Claim(_) => SubjectKind::Claim,
            Self::Synonym(_) => SubjectKind::Synonym,
            Self::Referral(_) => SubjectKind::Referral,
            Self::Experience(_) => SubjectKind::Experience,
        }
    }

    /// Its id as text.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Organisation(id) => id.to_string(),
            Self::Service(id) => id.to_string(),
            Self::Location(id) => id.to_string(),
            Self::Partnership(id) => id.to_string(),
            Self::Place(code) => code.to_string(),
            Self::Capacity(id) => id.to_string(),
            Self::ServiceAtLocation(id) => id.to_string(),
            Self::SourceKey(text) | Self::Setting(text) => text.clone(),
            Self::Person(id) => id.to_string(),
            Self::Program(id) => id.to_string(),
            Self::Report(id) => id.to_string(),
            Self::Proposal(id) => id.to_string(),
            Self::Claim(id) => id.to_string(),
            Self::Synonym(id) => id.to_string(),
            Self::Referral(id) => id.to_string(),
            Self::Experience(id) => id.to_string(),
        }
    }

    /// The subject of this kind and id.
    pub(super) fn parse(kind: &str, id: &str) -> Option<Self> {
        fn uuid<T: FromStr>(id: &str) -> Option<T> {
            id.parse().ok()
        }
        Some(match SubjectKind::parse(kind)? {
            SubjectKind::Organisation => Self::Organisation(uuid(id)?),
            SubjectKind::Service => Self::Service(uuid(id)?),
            SubjectKind::Location => Self::Location(uuid(id)?),
            SubjectKind::Partnership => Self::Partnership(uuid(id)?),
            SubjectKind::Place => Self::Place(PlaceCode::from(id)),
            SubjectKind::Capacity => Self::Capacity(uuid(id)?),
            SubjectKind::ServiceAtLocation => Self::ServiceAtLocation(uuid(id)?),
            SubjectKind::SourceKey => Self::SourceKey(id.to_owned()),
            SubjectKind::Setting => Self::Setting(id.to_owned()),
            SubjectKind::Person => Self::Person(uuid(id)?),
            SubjectKind::Program => Self::Program(uuid(id)?),
            SubjectKind::Report => Self::Report(uuid(id)?),
            SubjectKind::Proposal => Self::Proposal(uuid(id)?),
            SubjectKind::Claim => Self::Claim(uuid(id)?),
            SubjectKind::Synonym => Self::Synonym(uuid(id)?),
            SubjectKind::Referral => Self::Referral(uuid(id)?),
            SubjectKind::Experience => Self::Experience(uuid(id)?),
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.id())
    }
}

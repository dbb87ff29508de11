//! How a service is delivered, started and got into.

use serde::{Deserialize, Serialize};

/// How a service reaches a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    InPerson,
    HomeVisit,
    Phone,
    Online,
    Outreach,
}

impl Delivery {
    /// Whether the person needs to go nowhere.
    #[must_use]
    pub fn comes_to_the_person(self) -> bool {
        self != Self::InPerson
    }
}

/// How to start with a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessRoutes {
    /// Empty where not stated.
    pub routes: Vec<ReferralRoute>,
    /// What to say or send.
    pub what_to_say: Option<String>,
    /// Usual time until somebody answers, in days.
    pub reply_days: Option<u16>,
    /// Who answers.
    pub who_replies: Option<String>,
    /// Whether everybody may know how referrals from here are answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shows_replies: bool,
}

/// One way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralRoute {
    pub who: Who,
    pub way: ReferralWay,
    /// The number, address or page, where it is not the service's main one.
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Who may make the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The person just turns up.
    DropIn,
    /// The person themselves, or family.
    Own,
    LinkWorker,
    /// Any professional.
    Professional,
    /// A general practitioner only.
    Gp,
}

/// By what means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferralWay {
    TurnUp,
    Phone,
    Text,
    Email,
    Form,
    Letter,
    InPerson,
}

/// Something about a place or service that decides whether somebody can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessFeature {
    StepFree,
    AccessibleToilet,
    HearingLoop,
    Interpreter,
    Parking,
    NearBusStop,
    CarerWelcome,
    QuietSpace,
    AssistanceDogs,
    Childcare,
    Transport,
    WomenOnlySessions,
}

impl AccessFeature {
    /// Every feature.
    pub const ALL: [Self; 12] = [
        Self::StepFree,
        Self::AccessibleToilet,
        Self::HearingLoop,
        Self::Interpreter,
        Self::Parking,
        Self::NearBusStop,
        Self::CarerWelcome,
        Self::QuietSpace,
        Self::AssistanceDogs,
        Self::Childcare,
        Self::Transport,
        Self::WomenOnlySessions,
    ];
}

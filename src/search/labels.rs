//! The short keys that addresses and calls carry, and the words that people see for them.

use crate::domain::{
    AccessFeature, CapacityStatus, CostKind, Delivery, LegalForm, MemberRole, PartOfDay,
    PartnershipKind, Sector, SizeBand, Weekday, Who,
};

use super::values::{Answerable, Must, Order, Referrer};

/// The key that stands for "nobody said".
pub const NOT_STATED: &str = "not-stated";

/// A closed set of values, each with a key for machines and a label for people.
pub trait Labelled: Sized + Copy {
    /// Every value, in the order in which people are shown them.
    fn all() -> Vec<Self>;
    /// The stable key, lower case with hyphens.
    fn key(self) -> &'static str;
    /// What people read.
    fn label(self) -> &'static str;

    /// The value with this key.
    #[must_use]
    fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|value| value.key() == key)
    }
}

macro_rules! labelled {
    ($type:ident { $($value:ident => $key:literal, $label:literal;)+ }) => {
        impl Labelled for $type {
            fn all() -> Vec<Self> {
                vec![$(Self::$value),+]
            }

            fn key(self) -> &'static str {
                match self { $(Self::$value => $key),+ }
            }

            fn label(self) -> &'static str {
                match self { $(Self::$value => $label),+ }
            }
        }
    };
}

labelled!(Weekday {
    Mon => "mon", "Monday";
    Tue => "tue", "Tuesday";
    Wed => "wed", "Wednesday";
    Thu => "thu", "Thursday";
    Fri => "fri", "Friday";
    Sat => "sat", "Saturday";
    Sun => "sun", "Sunday";
});

labelled!(PartOfDay {
    Morning => "morning", "Morning";
    Afternoon => "afternoon", "Afternoon";
    Evening => "evening", "Evening";
});

labelled!(CostKind {
    Free => "free", "Free";
    Donation => "donation", "By donation";
    Concession => "concession", "Reduced for some";
    Paid => "paid", "Paid";
    Assessed => "assessed", "Depends on a means test";
});

labelled!(Delivery {
    InPerson => "in-person", "In person";
    HomeVisit => "home-visit", "Comes to your home";
    Phone => "phone", "By phone";
    Online => "online", "Online";
    Outreach => "outreach", "Outreach";
});

labelled!(AccessFeature {
    StepFree => "step-free", "Step-free";
    AccessibleToilet => "accessible-toilet", "Accessible toilet";
    HearingLoop => "hearing-loop", "Hearing loop";
    Interpreter => "interpreter", "Interpreter can be booked";
    Parking => "parking", "Parking";
    NearBusStop => "near-bus-stop", "Near a bus stop";
    CarerWelcome => "carer-welcome", "Carers welcome";
    QuietSpace => "quiet-space", "Quiet space";
    AssistanceDogs => "assistance-dogs", "Assistance dogs";
    Childcare => "childcare", "Childcare";
    Transport => "transport", "Transport arranged";
    WomenOnlySessions => "women-only-sessions", "Women-only sessions";
});

labelled!(Referrer {
    DropIn => "drop-in", "Just turn up";
    Own => "self", "Ask for it yourself";
    LinkWorker => "link-worker", "Link worker";
    Professional => "professional", "Any professional";
    Gp => "gp", "GP only";
    NotStated => "not-stated", "Not stated";
});

labelled!(Who {
    DropIn => "drop-in", "Just turn up";
    Own => "self", "Ask for it yourself";
    LinkWorker => "link-worker", "Link worker";
    Professional => "professional", "Any professional";
    Gp => "gp", "GP only";
});

labelled!(Sector {
    Voluntary => "voluntary", "Voluntary or community";
    SocialEnterprise => "social-enterprise", "Social enterprise";
    Private => "private", "Private";
    Nhs => "nhs", "NHS";
    LocalAuthority => "local-authority", "Council";
    Other => "other", "Other";
});

labelled!(LegalForm {
    Unincorporated => "unincorporated", "Community group";
    CharitableTrust => "charitable-trust", "Charitable trust";
    Cio => "cio", "Charitable incorporated organisation";
    CharitableCompany => "charitable-company", "Charitable company";
    Cic => "cic", "Community interest company";
    CompanyByGuarantee => "company-by-guarantee", "Company limited by guarantee";
    CompanyByShares => "company-by-shares", "Company limited by shares";
    CoOperative => "co-operative", "Co-operative or community benefit society";
    SoleTrader => "sole-trader", "Sole trader";
    Partnership => "partnership", "Business partnership";
    PublicBody => "public-body", "Public body";
    Other => "other", "Other";
});

labelled!(SizeBand {
    Micro => "micro", "Under £10,000 a year";
    Small => "small", "£10,000 to £100,000 a year";
    Medium => "medium", "£100,000 to £1 million a year";
    Large => "large", "£1 million to £10 million a year";
    Major => "major", "Over £10 million a year";
});

labelled!(MemberRole {
    Leads => "leads", "Leads";
    Delivers => "delivers", "Delivers";
    Subcontracts => "subcontracts", "Delivers under contract to another member";
    Hosts => "hosts", "Hosts";
    Funds => "funds", "Funds";
    Commissions => "commissions", "Commissions";
    Refers => "refers", "Refers";
});

labelled!(PartnershipKind {
    Alliance => "alliance", "Alliance";
    Consortium => "consortium", "Consortium";
    IntegratedCarePartnership => "integrated-care-partnership", "Integrated care partnership";
    ProviderCollaborative => "provider-collaborative", "Provider collaborative";
    PrimaryCareNetwork => "primary-care-network", "Primary care network";
    Other => "other", "Partnership";
});

labelled!(CapacityStatus {
    Open => "open", "Taking people now";
    WaitingList => "waiting", "Waiting list";
    Full => "full", "Full";
    Paused => "paused", "Paused";
});

labelled!(Order {
    Best => "best", "Best match";
    Distance => "distance", "Nearest first";
    Name => "name", "Name";
    Confirmed => "confirmed", "Most recently confirmed";
});

impl<T: Labelled> Labelled for Answerable<T> {
    fn all() -> Vec<Self> {
        let stated = T::all().into_iter().map(Self::Stated);
        stated.chain([Self::NotStated]).collect()
    }

    fn key(self) -> &'static str {
        match self {
            Self::Stated(value) => value.key(),
            Self::NotStated => NOT_STATED,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Stated(value) => value.label(),
            Self::NotStated => "Not stated",
        }
    }
}

impl Labelled for Must {
    fn all() -> Vec<Self> {
        AccessFeature::all().into_iter().map(Self::Access).chain([Self::Company]).collect()
    }

    fn key(self) -> &'static str {
        match self {
            Self::Access(feature) => feature.key(),
            Self::Company => "company",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Access(feature) => feature.label(),
            Self::Company => "Somebody may come along the first time",
        }
    }
}

/// The commoner languages by their BCP 47 tags.
pub const LANGUAGES: [(&str, &str); 40] = [
    ("en", "English"),
    ("bfi", "British Sign Language"),
    ("cy", "Welsh"),
    ("pl", "Polish"),
    ("ro", "Romanian"),
    ("ur", "Urdu"),
    ("pa", "Punjabi"),
    ("ar", "Arabic"),
    ("ckb", "Kurdish (Sorani)"),
    ("ku", "Kurdish"),
    ("kmr", "Kurdish (Kurmanji)"),
    ("fa", "Farsi"),
    ("prs", "Dari"),
    ("ps", "Pashto"),
    ("ti", "Tigrinya"),
    ("am", "Amharic"),
    ("so", "Somali"),
    ("bn", "Bengali"),
    ("syl", "Sylheti"),
    ("gu", "Gujarati"),
    ("hi", "Hindi"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ru", "Russian"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("bg", "Bulgarian"),
    ("hu", "Hungarian"),
    ("cs", "Czech"),
    ("sk", "Slovak"),
    ("pt", "Portuguese"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("it", "Italian"),
    ("zh", "Chinese"),
    ("yue", "Cantonese"),
    ("cmn", "Mandarin"),
    ("vi", "Vietnamese"),
];

/// The English name of a language, by its BCP 47 tag; the tag itself where it is not among the common ones.
#[must_use]
pub fn language_name(tag: &str) -> String {
    let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
    known.map_or_else(|| tag.to_owned(), |(_, name)| (*name).to_owned())
}

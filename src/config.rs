//! What an operator decides: file, then environment, then flags. Nothing else reads the environment.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use hereabouts_index::Ranking;
use serde::{Deserialize, Serialize};

pub use openid::{OpenId, is_on_this_machine, is_safe};

mod openid;

/// The sample file, which `hereabouts config --example` prints and a test reads.
pub const EXAMPLE: &str = include_str!("config/example.toml");

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    pub directory: Directory,
    pub search: Search,
    pub ranking: Ranking,
    pub map: Map,
    pub mail: Mail,
    pub openid: OpenId,
    pub keeping: Keeping,
    pub links: Links,
}

/// Whether the pages that listings name are asked if they are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// Whether the server asks them, one every few seconds, each about once a month. It calls other
    /// sites then, which else it never does.
    pub check: bool,
}

/// What the directory calls itself and whom it points to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Directory {
    pub name: String,
    /// The address that people know it by, such as `https://wigan.example`; used in print and feeds.
    pub address: String,
    /// Where the directory is at home: a council, a town or a postcode. Its own area is offered first
    /// where a name has several answers. Left out, it is the middle of the venues listed.
    pub home: String,
    /// A person to ring when the site is no help: shown at the foot of every page.
    pub help_name: String,
    pub help_phone: String,
    /// Shown with urgent words and when nothing is found, besides 999, 111 and Samaritans.
    pub crisis_name: String,
    pub crisis_phone: String,
}

impl Directory {
    /// A path of ours as an address that leads here from a mail or from paper.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.address.trim_end_matches('/'))
    }
}

/// How searching behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// How far a venue may be, in miles, for a service that states no area.
    pub reach_miles: f64,
    /// With fewer results than this, not all of the words have to match.
    pub enough_results: usize,
    /// Months after the last confirmation when a listing moves under its own heading.
    pub confirmed_months: i32,
}

/// The base under maps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// A raster tile address with `{z}`, `{x}` and `{y}`. Its host learns where users look, so none is the default.
    pub raster: String,
    /// What the tiles' owner wants to be printed.
    pub attribution: String,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// `smtps://user:password@host` or `smtp://host:587?tls=required`. Left empty, mails become
    /// files in the state folder's outbox.
    pub smtp: Secret,
    /// A PEM file of a certificate to trust besides the usual ones.
    pub smtp_certificate: String,
    /// Whom mails come from.
    pub from: String,
}

/// How listings are kept true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keeping {
    /// Days that a statement about capacity counts where it names no end of its own.
    pub capacity_days: i64,
    /// Months after its confirmation when a listing's keepers are asked whether it is right.
    pub ask_after_months: i32,
    /// Working days within which a steward usually looks at what waits.
    pub steward_days: u8,
    /// Whether the last `X-Forwarded-For` names the visitor, as behind a proxy of one's own.
    pub behind_proxy: bool,
}

/// A value that is never shown.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for whoever has to use it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn shown(&self) -> &'static str {
        if self.0.is_empty() { "" } else { "****" }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.shown())
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shown())
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read the configuration file {path}: {source}", path = path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the configuration file {path} is not right: {message}", path = path.display())]
    Malformed { path: PathBuf, message: String },
    #[error("{name} is set to {found:?} in the environment: expected {expected}")]
    Environment { name: String, found: String, expected: String },
    #[error("{name}: {found} is out of bounds, expected {expected}")]
    OutOfBounds { name: &'static str, found: String, expected: &'static str },
    #[error("{name} is {found:?}: expected {expected}")]
    Unusable { name: &'static str, found: String, expected: &'static str },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            directory: Directory::default(),
            search: Search::default(),
            ranking: Ranking::default(),
            map: Map::default(),
            mail: Mail::default(),
            openid: OpenId::default(),
            links: Links::default(),
            keeping: Keeping::default(),
        }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            smtp: Secret::default(),
            smtp_certificate: String::new(),
            from: "Hereabouts <hereabouts@localhost>".to_owned(),
        }
    }
}

impl Keeping {
    /// When a steward usually looks, for the middle of a sentence.
    #[must_use]
    pub fn looked_at(&self) -> String {
        match self.steward_days {
            1 => "usually within a working day".to_owned(),
            days => format!("usually within {days} working days"),
        }
    }
}

impl Default for Keeping {
    fn default() -> Self {
        Self { capacity_days: 30, ask_after_months: 3, steward_days: 2, behind_proxy: false }
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            name: "Hereabouts".to_owned(),
            address: "http://127.0.0.1:8080".to_owned(),
            home: String::new(),
            help_name: String::new(),
            help_phone: String::new(),
            crisis_name: "NHS 111, mental health option".to_owned(),
            crisis_phone: "111".to_owned(),
        }
    }
}

impl Default for Search {
    fn default() -> Self {
        Self { reach_miles: 10.0, enough_results: 10, confirmed_months: 12 }
    }
}

impl Config {
    /// Reads the file, if there is one, and then the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the place that reads the environment"
        )]
        let environment: BTreeMap<String, String> =
            std::env::vars().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        let config = match file {
            Some(path) => Self::read(path)?,
            None => Self::default(),
        };
        config.with_environment(&environment)?.checked()
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|error| ConfigError::Malformed {
            path: path.to_owned(),
            message: error.to_string(),
        })
    }

    fn with_environment(mut self, set: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        for (name, value) in set {
            match name.trim_start_matches(PREFIX) {
                "LISTEN" => {
                    self.listen = value.parse().map_err(|_| ConfigError::Environment {
                        name: name.clone(),
                        found: value.clone(),
                        expected: "an address and port such as 127.0.0.1:8080".to_owned(),
                    })?;
                }
                "NAME" => self.directory.name.clone_from(value),
                "ADDRESS" => self.directory.address.clone_from(value),
                "HOME_PLACE" => self.directory.home.clone_from(value),
                "HELP_NAME" => self.directory.help_name.clone_from(value),
                "HELP_PHONE" => self.directory.help_phone.clone_from(value),
                "SMTP" => self.mail.smtp = Secret(value.clone()),
                "OPENID_SECRET" => self.openid.client_secret = Secret(value.clone()),
                "MAIL_FROM" => self.mail.from.clone_from(value),
                // Read by the command line, and by nobody else.
                "STATE" | "CONFIG" | "LOG" => {}
                _ => {
                    return Err(ConfigError::Environment {
                        name: name.clone(),
                        found: value.clone(),
                        expected: format!("one of {}", KNOWN.join(", ")),
                    });
                }
            }
        }
        Ok(self)
    }

    fn checked(self) -> Result<Self, ConfigError> {
        self.openid.check()?;
        let reach = self.search.reach_miles;
        let bounds = [
            ("search.reach_miles", reach > 0.0 && reach <= 500.0, reach.to_string(), "0 to 500"),
            (
                "search.confirmed_months",
                (1..=120).contains(&self.search.confirmed_months),
                self.search.confirmed_months.to_string(),
                "1 to 120",
            ),
            (
                "keeping.capacity_days",
                (1..=366).contains(&self.keeping.capacity_days),
                self.keeping.capacity_days.to_string(),
                "1 to 366",
            ),
            (
                "keeping.ask_after_months",
                (1..=24).contains(&self.keeping.ask_after_months),
                self.keeping.ask_after_months.to_string(),
                "1 to 24",
            ),
            (
                "keeping.steward_days",
                (1..=30).contains(&self.keeping.steward_days),
                self.keeping.steward_days.to_string(),
                "1 to 30",
            ),
            (
                "ranking",
                self.ranking.is_sound(),
                "a value".to_owned(),
                "weights of 0 or more, and factors above 0 up to 1",
            ),
        ];
        match bounds.into_iter().find(|(_, sound, ..)| !sound) {
            Some((name, _, found, expected)) => {
                Err(ConfigError::OutOfBounds { name, found, expected })
            }
            None => Ok(self),
        }
    }
}

/// How much is logged: `HEREABOUTS_LOG`, in the words of tracing's filters. However much that is,
/// what is said to a provider and by it is not: secrets and people's addresses are in it.
#[must_use]
pub fn log_filter() -> String {
    #[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
    let set = std::env::var("HEREABOUTS_LOG").unwrap_or_default();
    let set = if set.is_empty() { "warn,hereabouts=info" } else { &set };
    format!("{set},ureq=warn,ureq_proto=warn")
}

/// What names in the environment begin with.
const PREFIX: &str = "HEREABOUTS_";
const KNOWN: [&str; 12] = [
    "HEREABOUTS_LISTEN",
    "HEREABOUTS_NAME",
    "HEREABOUTS_ADDRESS",
    "HEREABOUTS_HOME_PLACE",
    "HEREABOUTS_HELP_NAME",
    "HEREABOUTS_HELP_PHONE",
    "HEREABOUTS_SMTP",
    "HEREABOUTS_MAIL_FROM",
    "HEREABOUTS_OPENID_SECRET",
    "HEREABOUTS_STATE",
    "HEREABOUTS_CONFIG",
    "HEREABOUTS_LOG",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(name: &str, value: &str) -> Result<Config, ConfigError> {
        let set = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        Config::default().with_environment(&set)
    }

    #[test]
    fn the_example_says_what_holds_without_it() {
        let example: Config = toml::from_str(EXAMPLE).unwrap();
        assert_eq!(example, Config::default());
    }

    #[test]
    fn a_key_that_is_not_known_is_refused_with_its_line() {
        let error = toml::from_str::<Config>("[search]\nreech_miles = 3").unwrap_err().to_string();
        assert!(error.contains("reech_miles") && error.contains("line 2"), "{error}");
    }

    #[test]
    fn the_environment_overrides_the_file_and_its_faults_are_named() {
        let config = environment("HEREABOUTS_LISTEN", "0.0.0.0:9000").unwrap();
        assert_eq!(config.listen.port(), 9000);
        let wrong = environment("HEREABOUTS_LISTEN", "nine").unwrap_err().to_string();
        assert!(wrong.contains("expected an address and port"), "{wrong}");
        let unknown = environment("HEREABOUTS_LISTN", "x").unwrap_err().to_string();
        assert!(unknown.contains("expected one of HEREABOUTS_LISTEN"), "{unknown}");
    }

    #[test]
    fn a_password_is_shown_nowhere() {
        let config = environment("HEREABOUTS_SMTP", "smtps://me:hunter2@mail.example").unwrap();
        let shown = format!("{config:?}{}", toml::to_string(&config).unwrap());
        assert!(!shown.contains("hunter2") && shown.contains("****"), "{shown}");
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        let mut config = Config::default();
        config.search.reach_miles = f64::NAN;
        assert!(config.checked().is_err());
        let mut config = Config::default();
        config.ranking.weights.words = -1.0;
        assert!(config.checked().is_err());
    }
}

//! Sending what waits.

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use lettre::{
    Message, SmtpTransport, Transport,
    message::{Mailbox, MultiPart, header},
    transport::smtp::client::{Certificate, Tls, TlsParameters},
};
use url::Url;

use super::letter::Letter;
use crate::{
    config,
    domain::Route,
    store::{Actor, Reading, Store, StoreError, WaitingMail},
};

/// How letters leave. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    /// Each letter becomes a file.
    Folder(Arc<PathBuf>),
    Smtp(SmtpTransport),
}

/// Why letters cannot be sent at all, or one was not.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("mail.from is {0:?}: expected an address such as Hereabouts <post@example.org>")]
    From(String),
    #[error("mail.smtp cannot be used: {0}")]
    Server(String),
    #[error("mail.smtp_certificate cannot be read: {0}")]
    Certificate(String),
    #[error("the outbox cannot be written: {0}")]
    Folder(#[from] std::io::Error),
    /// What is posted cannot be made into a mail; it never will.
    #[error("the letter cannot be made into a mail: {0}")]
    Unwritable(String),
    /// The server refused it, for now or for good.
    #[error("the mail server said {code}")]
    Refused { code: String, for_good: bool },
    /// It refused us, and not the letter: the password, the sender, its policy.
    #[error("the mail server does not let us in: it said {code}")]
    NotLetIn { code: String },
    #[error("the mail server could not be reached")]
    Unreachable,
    #[error("it is too late for what it says")]
    TooLate,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The longest that a server may keep us waiting.
const PATIENCE: Duration = Duration::from_secs(20);
/// Letters that are sent before looking for those posted since.
const AT_ONCE: usize = 20;
/// How long to wait after each try that failed; the last holds for all after it.
const WAITS_MINUTES: [i64; 6] = [1, 5, 15, 60, 180, 360];

impl Post {
    /// The post as an operator set it up, else files in `folder`.
    pub fn new(mail: &config::Mail, folder: PathBuf) -> Result<Self, PostError> {
        let from = mail.from.parse().map_err(|_| PostError::From(mail.from.clone()))?;
        let server = mail.smtp.reveal();
        let way = if server.is_empty() {
            Way::Folder(Arc::new(folder))
        } else {
            Way::Smtp(transport(server, &mail.smtp_certificate)?)
        };
        Ok(Self { from, way })
    }

    /// The folder that letters are put into, where they are not sent.
    #[must_use]
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.way {
            Way::Folder(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    fn send(&self, mail: &WaitingMail) -> Result<(), PostError> {
        let message = self.message(mail)?;
        match &self.way {
            Way::Folder(folder) => {
                fs::create_dir_all(folder.as_ref())?;
                // A name that is not there until the whole letter is.
                let (half, whole) = (format!("{}.half", mail.id), format!("{:08}.eml", mail.id));
                fs::write(folder.join(&half), message.formatted())?;
                Ok(fs::rename(folder.join(half), folder.join(whole))?)
            }
            Way::Smtp(server) => server.send(&message).map(|_| ()).map_err(|error| refusal(&error)),
        }
    }

    fn message(&self, mail: &WaitingMail) -> Result<Message, PostError> {
        let unwritable = |what: &str| PostError::Unwritable(what.to_owned());
        let letter: Letter = serde_json::from_str(&mail.letter).map_err(|_| unwritable("body"))?;
        let to = mail.to.as_str().parse().map_err(|_| unwritable("recipient"))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .date(mail.made.into())
            // The same however often it is tried, so that a second copy is known for one.
            .message_id(Some(self.message_id(mail)))
            .raw_header(raw("Auto-Submitted", "auto-generated")?);
        if let Some(href) = &letter.unsubscribe {
            message = message
                .raw_header(raw("List-Unsubscribe", &format!("<{href}>"))?)
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
        let both = MultiPart::alternative_plain_html(letter.text(), letter.html());
        message.multipart(both).map_err(|error| unwritable(&error.to_string()))
    }

    fn message_id(&self, mail: &WaitingMail) -> String {
        format!("<{}.{}@{}>", mail.id, mail.made.as_microsecond(), self.from.email.domain())
    }
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").finish_non_exhaustive()
    }
}

fn raw(name: &'static str, value: &str) -> Result<header::HeaderValue, PostError> {
    let name = header::HeaderName::new_from_ascii(name.to_owned());
    let name = name.map_err(|_| PostError::Unwritable("header".to_owned()))?;
    Ok(header::HeaderValue::new(name, value.to_owned()))
}

fn transport(server: &str, certificate: &str) -> Result<SmtpTransport, PostError> {
    let wrong = |error: &dyn std::fmt::Display| PostError::Server(error.to_string());
    // The library's message may quote the address, which holds a password.
    let unsound = "expected smtps://user:password@host, or smtp://host:port?tls=required";
    let url = Url::parse(server).map_err(|_| wrong(&unsound))?;
    let host = url.host_str().ok_or_else(|| wrong(&unsound))?.to_owned();
    let mut builder =
        SmtpTransport::from_url(server).map_err(|_| wrong(&unsound))?.timeout(Some(PATIENCE));
    if !certificate.is_empty() {
        let unreadable = |error: &dyn std::fmt::Display| PostError::Certificate(error.to_string());
        let pem = fs::read(certificate).map_err(|error| unreadable(&error))?;
        let trusted = Certificate::from_pem(&pem).map_err(|error| unreadable(&error))?;
        let parameters = TlsParameters::builder(host).add_root_certificate(trusted);
        let parameters = parameters.build().map_err(|error| unreadable(&error))?;
        builder = builder.tls(match url.scheme() {
            "smtps" => Tls::Wrapper(parameters),
            _ => Tls::Required(parameters),
        });
    }
    Ok(builder.build())
}

/// What a server's refusal means. Its text may quote the recipient, so only its code is kept.
fn refusal(error: &lettre::transport::smtp::Error) -> PostError {
    if error.is_client() {
        return PostError::Unwritable("for this server".to_owned());
    }
    let Some(code) = error.status() else { return PostError::Unreachable };
    // Codes about the recipient or the letter (RFC 5321, 4.2.2). Any other refusal for good is
    // about us: a password, a sender, a policy. Somebody will put that right.
    let code = code.to_string();
    let is_policy = error.to_string().contains(" 5.7.");
    if error.is_permanent() && (is_policy || !OF_THE_LETTER.contains(&code.as_str())) {
        return PostError::NotLetIn { code };
    }
    PostError::Refused { for_good: error.is_permanent(), code }
}

const OF_THE_LETTER: [&str; 5] = ["501", "550", "551", "552", "553"];

/// Sends what is due, and notes what became of it. Returns how many were sent.
///
/// A letter is taken in hand, durably, before it is sent: a disk that is full or a second process
/// cannot make one go out again and again.
pub fn deliver(post: &Post, store: &Store, now: Timestamp) -> Result<usize, StoreError> {
    let mut sent = 0;
    for mail in store.mail_due(now, AT_ONCE)? {
        let (id, next) = (mail.id, next_try(&mail, now));
        if !store.change(&postman(), now, move |changes| changes.take_mail(id, next))?.value {
            continue;
        }
        let outcome =
            if now < mail.worth_until { post.send(&mail) } else { Err(PostError::TooLate) };
        let Err(fault) = outcome else {
            store.change(&postman(), now, move |changes| changes.mail_was_sent(id))?;
            sent += 1;
            continue;
        };
        let (gives_up, said) = (fault.is_for_good(), fault.to_string());
        tracing::warn!(mail = id, fault = said, tried = mail.tries + 1, "a mail was not sent");
        store
            .change(&postman(), now, move |changes| changes.mail_has_failed(id, gives_up, &said))?;
        if fault.is_the_servers() {
            // Those behind it would meet the same.
            break;
        }
    }
    Ok(sent)
}

impl PostError {
    /// Whether this letter can never be sent.
    fn is_for_good(&self) -> bool {
        matches!(self, Self::TooLate | Self::Unwritable(_) | Self::Refused { for_good: true, .. })
    }

    /// Whether it is not about the letter: no server, or none that lets us in.
    fn is_the_servers(&self) -> bool {
        matches!(self, Self::Unreachable | Self::NotLetIn { .. })
    }
}

fn postman() -> Actor {
    Actor::new("post", Route::Steward)
}

/// When to try again, should this time come to nothing.
fn next_try(mail: &WaitingMail, now: Timestamp) -> Timestamp {
    let longest = WAITS_MINUTES[WAITS_MINUTES.len() - 1];
    let wait = usize::try_from(mail.tries).ok().and_then(|tries| WAITS_MINUTES.get(tries));
    now + SignedDuration::from_mins(*wait.unwrap_or(&longest))
}

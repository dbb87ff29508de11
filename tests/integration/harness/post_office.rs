//! A mail server on loopback: it speaks SMTP (RFC 5321), and STARTTLS where it has a certificate.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How the server treats mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// Says "try later" to every recipient.
    Busy,
    /// Says "there is nobody here" to every recipient.
    Unknown,
    /// Says "sign in first" to every sender, as after a password was changed.
    ShutsOut,
    /// Closes the connection in the middle of a letter.
    HangsUp,
}

/// A server that lives as long as the test.
pub struct PostOffice {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Mutex<mpsc::Receiver<Delivered>>,
    /// The certificate to trust, as PEM.
    pub certificate: Option<String>,
}

/// A letter that was taken.
#[derive(Clone, Debug)]
pub struct Delivered {
    pub to: String,
    pub data: String,
    pub was_encrypted: bool,
}

impl PostOffice {
    /// A server that takes letters as they come.
    pub fn open() -> Self {
        Self::start(None)
    }

    /// A server that takes letters only once the connection is encrypted.
    pub fn encrypted() -> Self {
        let (config, certificate) = certified();
        let mut office = Self::start(Some(config));
        office.certificate = Some(certificate);
        office
    }

    fn start(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mood = Arc::new(Mutex::new(Mood::Takes));
        let (sender, taken) = mpsc::channel();
        let its_mood = Arc::clone(&mood);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let (mood, tls, sender) = (*its_mood.lock().unwrap(), tls.clone(), sender.clone());
                thread::spawn(move || converse(stream, mood, tls, &sender));
            }
        });
        Self { address, mood, taken: Mutex::new(taken), certificate: None }
    }

    /// How it treats mail from now on.
    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The letters that it took since it was last asked.
    pub fn taken(&self) -> Vec<Delivered> {
        let taken = self.taken.lock().unwrap();
        let mut letters = Vec::new();
        while let Ok(letter) = taken.recv_timeout(Duration::from_millis(50)) {
            letters.push(letter);
        }
        letters
    }
}

/// A certificate for this machine that nobody vouches for, and what a server needs to show it.
pub fn certified() -> (Arc<ServerConfig>, String) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der());
    let chain = vec![made.cert.der().clone()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key.unwrap())
        .unwrap();
    (Arc::new(config), made.cert.pem())
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

fn converse(
    stream: TcpStream,
    mood: Mood,
    tls: Option<Arc<ServerConfig>>,
    taken: &mpsc::Sender<Delivered>,
) {
    let mut raw = BufReader::new(stream);
    let _ = raw.get_mut().write_all(b"220 test\r\n");
    let Some(tls) = tls else {
        talk(&mut raw, mood, false, false, taken);
        return;
    };
    if talk(&mut raw, mood, false, true, taken) {
        let session = ServerConnection::new(tls).unwrap();
        let mut safe = BufReader::new(StreamOwned::new(session, raw.into_inner()));
        talk(&mut safe, mood, true, false, taken);
    }
}

/// Answers commands until the client goes. Whether it asked for encryption.
fn talk<W: Wire>(
    wire: &mut BufReader<W>,
    mood: Mood,
    was_encrypted: bool,
    offers_encryption: bool,
    taken: &mpsc::Sender<Delivered>,
) -> bool {
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).unwrap_or(0) == 0 {
            return false;
        }
        let verb = line.trim_end().to_ascii_uppercase();
        let answer: &str = match verb.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" if offers_encryption => "250-test\r\n250 STARTTLS\r\n",
            "EHLO" | "HELO" => "250-test\r\n250 8BITMIME\r\n",
            "STARTTLS" => {
                let _ = wire.get_mut().write_all(b"220 go on\r\n");
                return true;
            }
            "MAIL" if offers_encryption => "530 encrypt first\r\n",
            "MAIL" if mood == Mood::ShutsOut => "530 5.7.0 sign in first\r\n",
            "RCPT" => match mood {
                Mood::Busy => "451 later\r\n",
                Mood::Unknown => "550 nobody here\r\n",
                Mood::Takes | Mood::HangsUp | Mood::ShutsOut => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 ok\r\n"
                }
            },
            "DATA" if mood == Mood::HangsUp => return false,
            "DATA" => {
                let _ = wire.get_mut().write_all(b"354 go on\r\n");
                let data = letter(wire);
                let _ = taken.send(Delivered { to: to.clone(), data, was_encrypted });
                "250 taken\r\n"
            }
            "QUIT" => {
                let _ = wire.get_mut().write_all(b"221 bye\r\n");
                return false;
            }
            _ => "250 ok\r\n",
        };
        if wire.get_mut().write_all(answer.as_bytes()).is_err() {
            return false;
        }
    }
}

fn letter<W: Wire>(wire: &mut BufReader<W>) -> String {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).unwrap_or(0) == 0 || line == ".\r\n" {
            return data;
        }
        data.push_str(&line);
    }
}

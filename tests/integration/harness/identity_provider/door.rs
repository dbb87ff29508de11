//! Just enough HTTP/1.1 to be asked, and to answer well or badly.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::Arc,
    thread,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;
use url::form_urlencoded;

use super::Mood;

/// What is asked.
pub struct Request {
    pub path: String,
    pub body: Vec<u8>,
    headers: Vec<(String, String)>,
}

/// What is answered.
pub enum Answer {
    Whole { status: u16, more: String, body: String },
    In(Mood),
}

impl Request {
    /// A header, by its name in small letters; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Who asks, with which password.
    pub fn basic(&self) -> Option<(String, String)> {
        let given = BASE64_STANDARD.decode(self.header("authorization").strip_prefix("Basic ")?);
        let given = String::from_utf8(given.ok()?).ok()?;
        let plain = |text: &str| form_urlencoded::parse(text.as_bytes()).next().unwrap().0.into();
        given.split_once(':').map(|(name, secret)| (plain(name), plain(secret)))
    }

    fn read(wire: &mut impl BufRead) -> Option<Self> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            wire.read_line(&mut line).ok().filter(|read| *read > 0)?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let path = lines.first()?.split(' ').nth(1)?.to_owned();
        let headers = lines.iter().filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
        let mut request = Self { path, body: Vec::new(), headers: headers.collect() };
        let length = request.header("content-length").parse().unwrap_or(0);
        request.body.resize(length, 0);
        wire.read_exact(&mut request.body).ok()?;
        Some(request)
    }
}

impl Answer {
    pub fn json(status: u16, value: &Value) -> Self {
        Self::Whole { status, more: String::new(), body: value.to_string() }
    }

    pub fn in_a(mood: Mood) -> Self {
        let whole = |status, more: &str, body: &str| Self::Whole {
            status,
            more: more.to_owned(),
            body: body.to_owned(),
        };
        match mood {
            Mood::SendsOn => whole(302, "Location: /elsewhere\r\n", ""),
            Mood::Broken => whole(500, "", "out of order"),
            Mood::Babbles => whole(200, "", "<p>Please accept our cookies"),
            Mood::Silent | Mood::Slow | Mood::Endless => Self::In(mood),
        }
    }

    /// Until it is done, or whoever asked has gone.
    fn write(&self, wire: &mut impl Write) -> std::io::Result<()> {
        match self {
            Self::Whole { status, more, body } => {
                let length = body.len();
                write!(
                    wire,
                    "HTTP/1.1 {status} x\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n{body}"
                )
            }
            Self::In(Mood::Silent) => {
                thread::sleep(Duration::from_mins(1));
                Ok(())
            }
            Self::In(Mood::Slow) => {
                write!(wire, "HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\n")?;
                for _ in 0..1000 {
                    wire.write_all(b" ")?;
                    wire.flush()?;
                    thread::sleep(Duration::from_millis(300));
                }
                Ok(())
            }
            Self::In(_) => {
                write!(wire, "HTTP/1.1 200 x\r\n\r\n")?;
                (0..100_000).try_for_each(|_| wire.write_all(&[b' '; 1024]))
            }
        }
    }
}

/// Answers one question, over whichever line.
pub fn converse(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    answer: impl FnOnce(&Request) -> Answer,
) {
    let Some(tls) = tls else { return talk(stream, answer) };
    talk(StreamOwned::new(ServerConnection::new(tls).unwrap(), stream), answer);
}

fn talk(wire: impl Read + Write, answer: impl FnOnce(&Request) -> Answer) {
    let mut wire = BufReader::new(wire);
    let Some(request) = Request::read(&mut wire) else { return };
    let _ = answer(&request).write(wire.get_mut());
    let _ = wire.get_mut().flush();
}

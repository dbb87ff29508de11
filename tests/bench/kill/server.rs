//! The server that is killed.

use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{Fault, http};

/// A server that listens.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts one over a state, and waits for its first answer. Gives how long that took.
    pub fn start(state: &Path) -> Result<(Self, Duration), Fault> {
        let began = Instant::now();
        let address = {
            let free = std::net::TcpListener::bind("127.0.0.1:0")?;
            free.local_addr()?
        };
        let child = Command::new(env!("CARGO_BIN_EXE_hereabouts"))
            .args(["serve", "--listen", &address.to_string(), "--state"])
            .arg(state)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut server = Self { child, address };
        while began.elapsed() < Duration::from_secs(60) {
            if http::get(address, "/help").is_ok_and(|answer| answer.status == 200) {
                return Ok((server, began.elapsed()));
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended by itself: {status}").into());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err("the server did not answer within a minute".into())
    }

    /// Kills it, as a power cut of the process would.
    pub fn kill(mut self) -> Result<(), Fault> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

/// The moment, for opening the store.
#[expect(clippy::disallowed_methods, reason = "a bench has no door before it")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

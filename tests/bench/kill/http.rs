//! As much of HTTP/1.1 as the writers need.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use super::Fault;

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Asks for a path.
pub fn get(address: SocketAddr, path: &str) -> Result<Answer, Fault> {
    send(address, &format!("GET {path} HTTP/1.1\r\n"), "", "")
}

/// Asks for a path as somebody whose browser has this cookie.
pub fn get_as(address: SocketAddr, path: &str, cookie: &str) -> Result<Answer, Fault> {
    send(address, &format!("GET {path} HTTP/1.1\r\n"), &format!("Cookie: {cookie}\r\n"), "")
}

/// Sends a body with these headers, each on a line that ends.
pub fn post(address: SocketAddr, path: &str, headers: &str, body: &str) -> Result<Answer, Fault> {
    send(address, &format!("POST {path} HTTP/1.1\r\n"), headers, body)
}

fn send(address: SocketAddr, first: &str, headers: &str, body: &str) -> Result<Answer, Fault> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let length = body.len();
    write!(
        stream,
        "{first}Host: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let text = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").ok_or("the answer broke off")?;
    let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
    Ok(Answer { status, body: body.to_owned() })
}

//! From names to addresses that may be called.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Looks names up, and gives only what may be called. The connection goes to just these, so that a
/// name that is looked up again leads nowhere else.
#[derive(Debug, Default)]
pub struct Names {
    usual: DefaultResolver,
    /// Where everybody is instead, for tests.
    instead: Option<SocketAddr>,
}

impl Names {
    /// Names that all lead to one machine.
    pub fn of_a_test(everybody: SocketAddr) -> Self {
        Self { instead: Some(everybody), ..Self::default() }
    }
}

/// The ports of the web.
const PORTS: [u16; 2] = [80, 443];

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let mut may = self.empty();
        if let Some(instead) = self.instead {
            may.push(instead);
            return Ok(may);
        }
        if uri.port_u16().is_some_and(|port| !PORTS.contains(&port)) {
            return Err(Error::BadUri(NOT_CALLED.to_owned()));
        }
        let found = self.usual.resolve(uri, config, timeout)?;
        for address in found.iter().filter(|address| is_public(address.ip())) {
            may.push(*address);
        }
        if may.is_empty() { Err(Error::BadUri(NOT_CALLED.to_owned())) } else { Ok(may) }
    }
}

/// What is said of an address that may not be called.
const NOT_CALLED: &str = "not an address that is called";

/// Whether an address is one of the public Internet: not of this machine, a private network, a
/// carrier's, or set aside (IANA special-purpose address registries, RFC 6890 and its updates).
/// One inside another, as IPv6 carries IPv4, is looked at as what it leads to.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let set_aside = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !set_aside
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let [a, b, c, ..] = v6.segments();
    let tail = v6.octets();
    let inside =
        |from: usize| Ipv4Addr::new(tail[from], tail[from + 1], tail[from + 2], tail[from + 3]);
    match (a, b, c) {
        // Translated (RFC 6052), and 6to4 (RFC 3056): whoever is inside.
        (0x64, 0xff9b, 0) => is_public_v4(inside(12)),
        (0x2002, ..) => is_public_v4(inside(2)),
        // Teredo and other protocol assignments, documentation.
        (0x2001, 0..=0x1ff | 0xdb8, _) | (0x3fff, ..) => false,
        // All that is given out begins with 001.
        (0x2000..=0x3fff, ..) => true,
        _ => v6.to_ipv4_mapped().is_some_and(is_public_v4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_called() {
        for text in ["1.1.1.1", "51.140.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "0.0.0.0",
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.9",
            "192.0.0.8",
            "192.88.99.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "64:ff9b:1::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }
}

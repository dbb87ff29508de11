//! The files that pages load: embedded, named by their content, compressed once.

use std::sync::{LazyLock, OnceLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use super::{cache::Cache, error::PageError};

/// A file that pages load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    SiteCss,
    SiteJs,
    MapJs,
    LeafletCss,
    LeafletJs,
    FaviconIco,
    FaviconSvg,
    Icon180,
    Icon192,
    Icon512,
}

/// What is embedded: the asset, its name before the hash, its ending, its bytes.
type Embedded = (Asset, &'static str, &'static str, &'static [u8]);

static EMBEDDED: [Embedded; 10] = [
    (Asset::SiteCss, "site", "css", include_bytes!("assets/site.css")),
    (Asset::SiteJs, "site", "js", include_bytes!("assets/site.js")),
    (Asset::MapJs, "map", "js", include_bytes!("assets/map.js")),
    (Asset::LeafletCss, "leaflet", "css", include_bytes!("assets/leaflet/leaflet.css")),
    (Asset::LeafletJs, "leaflet", "js", include_bytes!("assets/leaflet/leaflet.js")),
    (Asset::FaviconIco, "favicon", "ico", include_bytes!("assets/icons/favicon.ico")),
    (Asset::FaviconSvg, "favicon", "svg", include_bytes!("assets/icons/favicon.svg")),
    (Asset::Icon180, "icon-180", "png", include_bytes!("assets/icons/icon-180.png")),
    (Asset::Icon192, "icon-192", "png", include_bytes!("assets/icons/icon-192.png")),
    (Asset::Icon512, "icon-512", "png", include_bytes!("assets/icons/icon-512.png")),
];

/// A file as it is served.
struct Served {
    asset: Asset,
    name: String,
    href: String,
    hash: String,
    kind: &'static str,
    bytes: &'static [u8],
    brotli: OnceLock<Vec<u8>>,
    gzip: OnceLock<Vec<u8>>,
}

static SERVED: LazyLock<Vec<Served>> = LazyLock::new(|| EMBEDDED.iter().map(Served::new).collect());

impl Asset {
    /// Where pages load it from.
    #[must_use]
    pub fn href(self) -> &'static str {
        self.served().map_or("", |served| &served.href)
    }

    fn served(self) -> Option<&'static Served> {
        SERVED.iter().find(|served| served.asset == self)
    }
}

/// Compresses every file. A server does so while it starts, so that nobody waits for it.
pub fn prepare() {
    for served in SERVED.iter() {
        for encoding in [Encoding::Brotli, Encoding::Gzip] {
            served.body(encoding);
        }
    }
}

/// Serves a file by its name with the hash in it.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, PageError> {
    let found = SERVED.iter().find(|served| served.name == name);
    Ok(found.ok_or(PageError::NotFound)?.respond(&headers, Cache::Forever))
}

/// Serves the icon that browsers ask for without being told of it.
pub async fn favicon(headers: HeaderMap) -> Result<Response, PageError> {
    let found = Asset::FaviconIco.served();
    Ok(found.ok_or(PageError::NotFound)?.respond(&headers, Cache::Hour))
}

impl Served {
    fn new((asset, stem, ending, bytes): &Embedded) -> Self {
        let digest = Sha256::digest(bytes);
        let hash =
            digest.iter().take(6).fold(String::new(), |hash, byte| format!("{hash}{byte:02x}"));
        let name = format!("{stem}.{hash}.{ending}");
        Self {
            asset: *asset,
            href: format!("/assets/{name}"),
            name,
            hash,
            kind: kind(ending),
            bytes,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    fn respond(&'static self, asked: &HeaderMap, cache: Cache) -> Response {
        let encoding = self.encoding(asked);
        let tag = format!("\"{}{}\"", self.hash, encoding.suffix());
        let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
        let mut response = match known {
            Some(known) if known.contains(&tag) => StatusCode::NOT_MODIFIED.into_response(),
            _ => self.body(encoding).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(header::CACHE_CONTROL, cache.header());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
        if let Some(name) = encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }

    fn encoding(&self, asked: &HeaderMap) -> Encoding {
        let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        match accepted {
            Some(accepted) if self.kind.contains("text/") || self.kind.contains("svg") => {
                Encoding::best(accepted)
            }
            _ => Encoding::Plain,
        }
    }

    fn body(&'static self, encoding: Encoding) -> &'static [u8] {
        match encoding {
            Encoding::Plain => self.bytes,
            Encoding::Brotli => self.brotli.get_or_init(|| brotli(self.bytes)),
            Encoding::Gzip => self.gzip.get_or_init(|| gzip(self.bytes)),
        }
    }
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The best of those that `Accept-Encoding` names and does not refuse.
    fn best(accepted: &str) -> Self {
        let names = |wanted: &str| {
            accepted.split(',').any(|part| {
                let (name, rest) = part.split_once(';').unwrap_or((part, ""));
                name.trim().eq_ignore_ascii_case(wanted) && !matches!(rest.trim(), "q=0" | "q=0.0")
            })
        };
        match (names("br"), names("gzip")) {
            (true, _) => Self::Brotli,
            (false, true) => Self::Gzip,
            _ => Self::Plain,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }
}

fn kind(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        _ => "image/png",
    }
}

/// Writing to memory does not fail; were it to, the file would go out empty and a test would see it.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut small = Vec::new();
    let options = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut small, &options);
    small
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = small.write_all(bytes);
    small.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_encoding_that_is_not_refused_is_taken() {
        assert_eq!(Encoding::best("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(Encoding::best("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(Encoding::best("identity"), Encoding::Plain);
    }

    #[test]
    fn every_file_has_a_name_of_its_own() {
        let mut names: Vec<&str> = SERVED.iter().map(|served| served.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), EMBEDDED.len());
        assert!(Asset::SiteCss.href().starts_with("/assets/site."));
    }
}

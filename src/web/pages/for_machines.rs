//! What browsers and crawlers ask of every site.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::{
    domain::{Sensitivity, Service, ServiceStatus},
    store::{self, Reading},
    web::{assets::Asset, cache::Cache, error::PageError, paths, work::Web},
};

/// Services in one part of the site map.
const PART: usize = 5_000;

/// What the site is called when it is kept on a phone's screen.
pub async fn manifest(State(web): State<Web>) -> Response {
    let name = &web.app.config.directory.name;
    let icon = |asset: Asset, sizes: &str| json!({ "src": asset.href(), "sizes": sizes, "type": "image/png" });
    let manifest: Value = json!({
        "name": name,
        "short_name": name,
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0b5c5c",
        "icons": [icon(Asset::Icon192, "192x192"), icon(Asset::Icon512, "512x512")],
    });
    kept("application/manifest+json", Json(manifest).into_response())
}

/// Searches and suggestions are not for crawlers: there is no end of them.
pub async fn robots(State(web): State<Web>) -> Response {
    let address = address(&web);
    let text = format!(
        "User-agent: *\nDisallow: /search\nDisallow: /suggest\nDisallow: /shortlists\n\
         Disallow: /compare\nDisallow: /follow\nDisallow: /gap\nDisallow: /referrals\nDisallow: /commissioning/*/needs/\nSitemap: {address}/sitemap.xml\n"
    );
    kept("text/plain; charset=utf-8", text.into_response())
}

/// Whom to tell of a hole, as RFC 9116 has it.
pub async fn security(State(web): State<Web>) -> Response {
    let (address, phone) = (address(&web), &web.app.config.directory.help_phone);
    let contact = if phone.is_empty() {
        format!("{address}{}", paths::ABOUT)
    } else {
        format!("tel:{}", phone.replace(' ', "-"))
    };
    let expires = web.now().checked_add((180 * 24).hours()).unwrap_or(web.now());
    let text = format!("Contact: {contact}\nExpires: {expires:.0}\nPreferred-Languages: en\n");
    kept("text/plain; charset=utf-8", text.into_response())
}

/// The parts of the site map.
pub async fn sitemap(State(web): State<Web>) -> Result<Response, PageError> {
    let counts = web.work(|app| app.store.counts()).await?;
    let services = usize::try_from(counts.services).unwrap_or(usize::MAX);
    let address = address(&web);
    let parts = (0..services.div_ceil(PART).max(1)).map(|part| format!("{address}/sitemap/{part}"));
    Ok(xml("sitemapindex", "sitemap", parts))
}

/// The addresses of one part: the standing pages in the first, and services that anybody may list.
pub async fn sitemap_part(
    State(web): State<Web>,
    Path(number): Path<usize>,
) -> Result<Response, PageError> {
    let page = store::Page { skip: number.saturating_mul(PART), limit: PART };
    let listed = web.work(move |app| app.store.list_services(page)).await?;
    if listed.items.is_empty() && number > 0 {
        return Err(PageError::NotFound);
    }
    let standing = [paths::HOME, paths::NEEDS, paths::ABOUT].map(str::to_owned);
    let standing = standing.into_iter().filter(|_| number == 0);
    let services = listed.items.iter().filter(|service| may_be_listed(service));
    let services = services.map(|service| paths::service(service.id, &service.name));
    let address = address(&web);
    Ok(xml("urlset", "url", standing.chain(services).map(|path| format!("{address}{path}"))))
}

/// Sensitive services are not put before crawlers.
fn may_be_listed(service: &Service) -> bool {
    service.sensitivity == Sensitivity::Ordinary && service.status == ServiceStatus::Active
}

fn xml(root: &str, item: &str, addresses: impl Iterator<Item = String>) -> Response {
    let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let mut text =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{space}\">\n");
    for address in addresses {
        let address = escaped(&address);
        text.extend(["<", item, "><loc>", &address, "</loc></", item, ">\n"]);
    }
    text.extend(["</", root, ">\n"]);
    kept("application/xml", text.into_response())
}

fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn kept(kind: &'static str, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, Cache::Hour.header());
    response
}

fn address(web: &Web) -> &str {
    web.app.config.directory.address.trim_end_matches('/')
}

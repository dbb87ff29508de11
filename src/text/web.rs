//! Addresses of pages and mailboxes.

use url::Url;

/// A page's address from `https://x.org`, `www.x.org` or an HTML link to it.
#[must_use]
pub fn page(text: &str) -> Option<String> {
    let text = href(text).unwrap_or(text).trim().trim_end_matches(['.', ',', ';']);
    let has_scheme = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
    let full = if has_scheme { text.to_owned() } else { format!("http://{text}") };
    let url = Url::parse(&full).ok()?;
    let host = url.host_str()?;
    let is_name = host.contains('.') && host.split('.').all(|label| !label.is_empty());
    let kept = is_name
        && !text.contains(char::is_whitespace)
        && !full.contains('@')
        && matches!(url.scheme(), "http" | "https")
        && host.parse::<std::net::IpAddr>().is_err()
        && full.len() < 2000;
    (kept && !is_placeholder(&full)).then_some(full)
}

/// The first address in a text that may say more.
#[must_use]
pub fn page_in(text: &str) -> Option<String> {
    let starts = |word: &&str| word.starts_with("http") || word.starts_with("www.");
    page(text).or_else(|| text.split([' ', '\n', '\t', '\u{a0}']).filter(starts).find_map(page))
}

/// An address that only fills a field: `http://www.example.com`.
#[must_use]
pub fn is_placeholder(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    matches!(host.as_str(), "example.com" | "example.org" | "example.net") && url.path() == "/"
        || matches!(host.as_str(), "localhost" | "path")
}

/// The target of the first HTML link.
#[must_use]
pub fn href(html: &str) -> Option<&str> {
    let at = html.to_ascii_lowercase().find("href")?;
    let rest = html.get(at + 4..)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let target = rest[1..].split(quote).next()?.trim();
    (!target.is_empty()).then_some(target)
}

/// A mailbox: one `@`, a name before it and a domain with a dot after it.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, ';' | ',' | '<' | '>' | '(' | ')' | '"' | '\u{fffd}')
    };
    let text = text.trim().trim_matches(ends).trim_end_matches('.');
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (mailbox, domain) = text.split_once('@')?;
    let plain = |c: char| c.is_alphanumeric() || "._-+'&/=".contains(c);
    let is_domain = domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    let kept = !mailbox.is_empty() && mailbox.chars().all(plain) && is_domain && text.len() < 255;
    let is_blank = matches!(mailbox.to_ascii_lowercase().as_str(), "redacted" | "noemail" | "none");
    (kept && !is_blank).then(|| text.to_owned())
}

/// Every mailbox in a text.
#[must_use]
pub fn emails_in(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '/' | '\u{fffd}');
    let mut found: Vec<String> = Vec::new();
    for address in text.split(apart).filter_map(email) {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

/// The domain of a website that is a site of its own, and no page of somebody else's.
#[must_use]
pub fn own_domain(website: &str) -> Option<String> {
    let url = Url::parse(&page(website)?).ok()?;
    let is_whole = matches!(url.path(), "" | "/") && url.query().is_none();
    domain(website).filter(|_| is_whole)
}

/// The registered part of a page's or mailbox's domain, which tells organisations apart:
/// `https://www.hub.org.uk/a` and `info@hub.org.uk` both give `hub.org.uk`.
#[must_use]
pub fn domain(address: &str) -> Option<String> {
    let host = match address.rsplit_once('@') {
        Some((_, domain)) if !address.contains('/') => domain.to_ascii_lowercase(),
        _ => Url::parse(&page(address)?).ok()?.host_str()?.to_ascii_lowercase(),
    };
    let host = host.trim_start_matches("www.").to_owned();
    (!SHARED.contains(&host.as_str())).then_some(host)
}

/// Where anybody, or all of a profession, has pages and mailboxes, so that a domain says nothing.
const SHARED: [&str; 53] = [
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "cjsm.net",
    "en-gb.facebook.com",
    "example.com",
    "example.org",
    "facebook.com",
    "fsmail.net",
    "gmail.com",
    "gmx.com",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "instagram.com",
    "linkedin.com",
    "live.co.uk",
    "live.com",
    "m.facebook.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "nhs.net",
    "ntlworld.com",
    "o2.co.uk",
    "outlook.com",
    "plus.com",
    "plusnet.com",
    "proton.me",
    "protonmail.com",
    "rocketmail.com",
    "sites.google.com",
    "sky.com",
    "supanet.com",
    "talktalk.net",
    "tiscali.co.uk",
    "twitter.com",
    "virgin.net",
    "virginmedia.com",
    "weebly.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "yahoo.co.uk",
    "yahoo.com",
    "yandex.com",
    "ymail.com",
    "youtube.com",
    "zoho.com",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_in_order_and_each_once() {
        assert!(SHARED.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_page_of_somebody_elses_site_is_no_domain_of_ones_own() {
        for (website, own) in [
            ("https://www.oldyard.example/", Some("oldyard.example")),
            ("oldyard.example", Some("oldyard.example")),
            ("https://town.example/groups/shed", None),
            ("https://town.example/?group=7", None),
            ("https://www.facebook.com/", None),
            ("ask at the desk", None),
        ] {
            assert_eq!(own_domain(website).as_deref(), own, "{website}");
        }
    }

    #[test]
    fn pages_are_read_in_every_dress() {
        let read = |text| page(text).unwrap_or_else(|| "-".to_owned());
        assert_eq!(read(" www.hub.org.uk "), "http://www.hub.org.uk");
        assert_eq!(read("https://hub.org.uk/a?b=1"), "https://hub.org.uk/a?b=1");
        assert_eq!(read("<a href = \"http://hub.org/a\" Hub website</a>"), "http://hub.org/a");
        for none in [
            "",
            "example_counselling",
            "http://www.example.com",
            "jo@hub.org",
            "see below",
            "http://1",
        ] {
            assert_eq!(read(none), "-", "{none}");
        }
        assert_eq!(page_in("Call or see www.hub.org now").unwrap(), "http://www.hub.org");
    }

    #[test]
    fn mailboxes_are_read_and_blanks_are_none() {
        assert_eq!(email(" Info@Hub.org.uk; ").unwrap(), "Info@Hub.org.uk");
        for none in ["email-example_com", "a@b", "@hub.org", "redacted@example.org", "a b@hub.org"]
        {
            assert_eq!(email(none), None, "{none}");
        }
        let text = "info@a.org\u{a0}0161 834 3140 / help@b.org;";
        assert_eq!(emails_in(text), ["info@a.org", "help@b.org"]);
    }

    #[test]
    fn a_domain_tells_organisations_apart_unless_everybody_is_there() {
        assert_eq!(domain("https://www.hub.org.uk/a").unwrap(), "hub.org.uk");
        assert_eq!(domain("info@hub.org.uk").unwrap(), "hub.org.uk");
        assert_eq!(domain("https://www.facebook.com/hub"), None);
        assert_eq!(domain("hub@gmail.com"), None);
    }
}

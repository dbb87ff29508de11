//! Services in a text message: as much of each as fits.

/// The most signs of a message: three parts of 153, each of seven bits (3GPP TS 23.038, 23.040).
pub const LONGEST_MESSAGE: usize = 459;
/// The same of three parts of 67 signs, as which a message goes that has any other sign.
const LONGEST_OTHERWISE: usize = 201;
/// The most of a mail that every mail program takes from a link.
const LONGEST_MAIL: usize = 1_200;

/// What a message says of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageLine {
    /// Left out where nobody else is to read it.
    pub name: Option<String>,
    pub phone: Option<String>,
    /// When it is next.
    pub next: Option<String>,
    /// Words to the person.
    pub note: Option<String>,
    /// Where everything about it stands.
    pub address: String,
}

/// How many signs a network counts in a message: a few of them count twice.
#[must_use]
pub fn signs(message: &str) -> usize {
    message.chars().map(|sign| if TWICE.contains(sign) { 2 } else { 1 }).sum()
}

/// The most that is said of a name.
const LONGEST_NAME: usize = 60;
/// The most signs that a message may have, by what is in it.
#[must_use]
pub fn longest_message(message: &str) -> usize {
    let is_plain = |sign: char| sign.is_ascii() && sign != '`' || OTHERS.contains(sign);
    if message.chars().all(is_plain) { LONGEST_MESSAGE } else { LONGEST_OTHERWISE }
}

/// Signs of seven bits besides those of ASCII (3GPP TS 23.038 §6.2.1).
const OTHERS: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";
const TWICE: &str = "^{}\\[~]|€";
const CLOSING: &str = "Ring before you travel.";

/// The message about services, with where all of them stand where there is such a page. What fits
/// is said of each alike: everything, or no note, or no next session either, or only its name and number; where that
/// is too much still, the last ones are left to the page.
#[must_use]
pub fn message(lines: &[MessageLine], all: Option<&str>) -> String {
    fitting(lines, all, longest_message)
}

/// The same in a mail, which has room for more.
#[must_use]
pub fn mail(lines: &[MessageLine], all: Option<&str>) -> String {
    fitting(lines, all, |_| LONGEST_MAIL)
}

fn fitting(lines: &[MessageLine], all: Option<&str>, longest: fn(&str) -> usize) -> String {
    let fits = |text: &String| signs(text) <= longest(text);
    let all_of_it = Said { note: true, next: true, address: true };
    let ways = [
        all_of_it,
        Said { note: false, ..all_of_it },
        Said { note: false, next: false, ..all_of_it },
        SHORTEST,
    ];
    let whole = ways.into_iter().map(|said| written(lines, said, all, 0));
    if let Some(fitting) = whole.into_iter().find(|text| fits(text)) {
        return fitting;
    }
    let shown = (0..lines.len()).rev().map(|shown| {
        let (first, rest) = lines.split_at(shown);
        written(first, SHORTEST, all, rest.len())
    });
    shown.into_iter().find(|text| fits(text)).unwrap_or_else(|| CLOSING.to_owned())
}

/// What is said of each.
#[derive(Clone, Copy)]
struct Said {
    note: bool,
    next: bool,
    address: bool,
}

const SHORTEST: Said = Said { note: false, next: false, address: false };

fn written(lines: &[MessageLine], said: Said, all: Option<&str>, left_out: usize) -> String {
    let mut parts: Vec<String> = lines.iter().map(|line| line_of(line, said, all)).collect();
    if left_out > 0 {
        parts.push(format!("And {left_out} more."));
    }
    parts.push(CLOSING.to_owned());
    parts.extend(all.map(|all| format!("All of it: {all}")));
    parts.join("\n")
}

fn line_of(line: &MessageLine, said: Said, all: Option<&str>) -> String {
    let next = line.next.clone().filter(|_| said.next);
    // One that has no number is reached by its page alone.
    let address = said.address || (all.is_none() || line.phone.is_none());
    let address = address.then(|| line.address.clone());
    let note = line.note.clone().filter(|_| said.note);
    let rest = [line.phone.clone(), next, note, address].into_iter().flatten();
    let rest = rest.collect::<Vec<_>>().join(", ");
    plain(&match &line.name {
        Some(name) => format!("{}: {rest}", cut(name)),
        None => rest,
    })
}

/// The first words of a long name.
fn cut(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    let first: String = name.chars().take(LONGEST_NAME).collect();
    format!("{}...", first.rsplit_once(' ').map_or(first.as_str(), |(whole, _)| whole))
}

/// The same in signs that a network sends in seven bits, as far as there are such.
fn plain(text: &str) -> String {
    let signs = text.chars().map(|sign| match sign {
        '‘' | '’' | 'ʼ' | '`' => "'".to_owned(),
        '“' | '”' => "\"".to_owned(),
        '–' | '—' | '‑' | '−' => "-".to_owned(),
        '…' => "...".to_owned(),
        '\u{a0}' | '\u{2009}' | '\u{202f}' => " ".to_owned(),
        sign => sign.to_string(),
    });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str) -> MessageLine {
        MessageLine {
            name: Some(name.to_owned()),
            phone: Some("01942 555 0101".to_owned()),
            next: Some("Tue 24 Nov, 10am to noon".to_owned()),
            note: None,
            address: "https://h.example/s/7k3m-9qxw".to_owned(),
        }
    }

    #[test]
    fn one_service_is_said_whole() {
        assert_eq!(
            message(&[line("Men’s Shed – Leigh")], None),
            "Men's Shed - Leigh: 01942 555 0101, Tue 24 Nov, 10am to noon, https://h.example/s/7k3m-9qxw\nRing before you travel."
        );
    }

    #[test]
    fn what_does_not_fit_is_left_out_of_all_alike() {
        let all = Some("https://h.example/shortlists/0123-457z-28t5-cy4t");
        for count in 0..=10 {
            let lines: Vec<MessageLine> =
                (0..count).map(|n| line(&format!("Service {n}"))).collect();
            let text = message(&lines, all);
            assert!(signs(&text) <= LONGEST_MESSAGE, "{text}");
            let shown = text.matches("01942").count();
            let says_more = text.contains(&format!("And {} more.", count - shown));
            assert!(shown == count || says_more, "{text}");
            assert!(text.contains("All of it: https"), "{text}");
        }
        let ten: Vec<MessageLine> = (0..10).map(|_| line(&"Long ".repeat(60))).collect();
        let text = message(&ten, all);
        assert!(text.contains("Long...: 01942") && text.contains(" more.\n"), "{text}");
        assert!(signs(&message(&[line(&"Long ".repeat(600))], None)) <= LONGEST_MESSAGE);
    }

    #[test]
    fn one_without_a_number_keeps_its_address_and_one_kept_confidential_has_no_name() {
        let shy = MessageLine { name: None, next: None, ..line("") };
        assert!(message(&[shy], None).starts_with("01942 555 0101, https"));
        let mut lines: Vec<MessageLine> =
            (0..9).map(|n| line(&format!("Service number {n}"))).collect();
        lines[0].phone = None;
        let text = message(&lines, Some("https://h.example/x"));
        assert!(text.starts_with("Service number 0: https://h.example/s/"), "{text}");
        assert!(text.contains("Service number 1: 01942 555 0101\n"), "{text}");
    }

    #[test]
    fn a_sign_that_takes_more_room_leaves_room_for_less() {
        let welsh: Vec<MessageLine> = (0..6).map(|n| line(&format!("Canolfan dŵr {n}"))).collect();
        let text = message(&welsh, Some("https://h.example/x"));
        assert!(text.contains('ŵ') && signs(&text) <= 201, "{text}");
        assert_eq!(longest_message("Café £5"), 459);
        assert!(mail(&welsh, None).len() > text.len());
    }

    #[test]
    fn some_signs_count_twice() {
        assert_eq!(signs("a€[b]"), 8);
    }
}

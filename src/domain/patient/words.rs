//! The words that numbers, dates, streets and names are told by, and those that they are not.

/// The number of a month from its name or its usual short form.
pub(super) fn month_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "january" | "jan" => "1",
        "february" | "feb" => "2",
        "march" | "mar" => "3",
        "april" | "apr" => "4",
        "may" => "5",
        "june" | "jun" => "6",
        "july" | "jul" => "7",
        "august" | "aug" => "8",
        "september" | "sept" | "sep" => "9",
        "october" | "oct" => "10",
        "november" | "nov" => "11",
        "december" | "dec" => "12",
        _ => return None,
    })
}

/// In alphabetical order.
#[rustfmt::skip]
pub(super) const POSTCODE_AREAS: &[&str] = &[
    "ab", "al", "b", "ba", "bb", "bd", "bh", "bl", "bn", "br", "bs", "bt", "ca", "cb", "cf", "ch",
    "cm", "co", "cr", "ct", "cv", "cw", "da", "dd", "de", "dg", "dh", "dl", "dn", "dt", "dy", "e",
    "ec", "eh", "en", "ex", "fk", "fy", "g", "gl", "gu", "gy", "ha", "hd", "hg", "hp", "hr", "hs",
    "hu", "hx", "ig", "im", "ip", "iv", "je", "ka", "kt", "kw", "ky", "l", "la", "ld", "le", "ll",
    "ln", "ls", "lu", "m", "me", "mk", "ml", "n", "ne", "ng", "nn", "np", "nr", "nw", "ol", "ox",
    "pa", "pe", "ph", "pl", "po", "pr", "rg", "rh", "rm", "s", "sa", "se", "sg", "sk", "sl", "sm",
    "sn", "so", "sp", "sr", "ss", "st", "sw", "sy", "ta", "td", "tf", "tn", "tq", "tr", "ts", "tw",
    "ub", "w", "wa", "wc", "wd", "wf", "wn", "wr", "ws", "wv", "yo", "ze",
];

/// Words that hardly mean anything but a street at its end.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "ave", "avenue", "boulevard", "cres", "crescent", "gardens", "gdns", "grove", "lane", "ln",
    "mews", "rd", "road", "st", "street", "terr", "terrace",
];

/// Words that end a street where they are written as a name.
#[rustfmt::skip]
pub(super) const WEAK_STREETS: &[&str] = &[
    "bank", "brow", "buildings", "circus", "close", "common", "court", "croft", "ct", "dr",
    "drive", "end", "fields", "fold", "gate", "green", "heath", "hill", "meadow", "meadows",
    "mount", "parade", "park", "passage", "pl", "place", "quay", "rise", "row", "sq", "square",
    "vale", "view", "villas", "walk", "way", "wharf", "wynd", "yard",
];

/// Words before the number of a house.
pub(super) const BEFORE_HOMES: &[&str] =
    &["address", "at", "flat", "home", "house", "live", "lives", "living", "no", "number"];

/// Words before a number that is no house's.
#[rustfmt::skip]
pub(super) const BEFORE_OTHER_NUMBERS: &[&str] = &[
    "age", "aged", "band", "bus", "buses", "group", "junction", "level", "line", "phase", "room",
    "route", "stage", "tier", "tram", "year",
];

/// What is counted, so that a number before it is a count.
#[rustfmt::skip]
pub(super) const MEASURES: &[&str] = &[
    "adults", "am", "appointments", "buses", "cars", "children", "day", "days", "half", "hour",
    "hours", "hr", "hrs", "km", "metre", "metres", "mile", "miles", "min", "mins", "minute",
    "minutes", "month", "months", "night", "nights", "others", "people", "percent", "person",
    "places", "pm", "quarter", "seats", "session", "sessions", "spaces", "stage", "steps", "stops",
    "times", "visit", "visits", "week", "weekly", "weeks", "yard", "yards", "years",
];

/// Days of the week, which follow titles and "called" without being names.
#[rustfmt::skip]
pub(super) const DAYS: &[&str] = &[
    "christmas", "easter", "fri", "friday", "fridays", "mon", "monday", "mondays", "saturday",
    "saturdays", "sunday", "sundays", "thursday", "thursdays", "today", "tuesday", "tuesdays",
    "wednesday", "wednesdays", "weekends",
];

/// Words that are neither part of a name nor of a street.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "a", "about", "across", "after", "again", "all", "almost", "along", "already", "also", "always",
    "an", "and", "any", "are", "as", "asked", "at", "away", "back", "be", "because", "been",
    "before", "behind", "between", "beyond", "busy", "but", "by", "can", "can't", "cannot", "could",
    "did", "do", "does", "doesn't", "don't", "down", "during", "each", "either", "ever", "every",
    "few", "for", "from", "gets", "go", "goes", "had", "has", "have", "he", "her", "him", "his",
    "how", "i", "i'm", "if", "in", "into", "is", "isn't", "it", "its", "just", "last", "later",
    "likes", "lives", "many", "may", "me", "might", "more", "most", "much", "must", "my", "near",
    "needs", "never", "new", "next", "no", "nor", "not", "now", "of", "off", "often", "on", "once",
    "only", "onto", "open", "or", "other", "our", "out", "over", "past", "per", "please", "prefers", "re",
    "said", "says", "she", "should", "since", "so", "some", "speaks", "still", "such", "than",
    "that", "the", "their", "them", "then", "there", "they", "this", "through", "till", "to", "told",
    "too", "towards", "under", "until", "up", "us", "uses", "usually", "via", "wants", "was", "we",
    "well", "were", "when", "where", "which", "while", "who", "will", "with", "within", "would",
    "you", "your",
];

/// What follows "Dr", "MS", "Miss" or "Master" without being a name.
#[rustfmt::skip]
pub(super) const NO_NAMES: &[&str] = &[
    "advised", "afternoons", "agreed", "evenings", "mornings", "anything", "appointment", "appointments", "assessment", "bedroom", "bike",
    "breakfast", "bus", "buses", "calls", "class", "classes", "clinic", "composter", "composters",
    "confirmed", "copy", "days", "diagnosed", "diagnosis", "diploma", "dinner", "dose", "doses",
    "english", "everything", "excel", "family", "fatigue", "flare", "friends", "gardener",
    "gardeners", "group", "groups", "having", "home", "key", "letter", "letters", "list", "lunch",
    "maths", "meals", "medication", "meds", "meeting", "meetings", "note", "notes", "nurse",
    "nurses", "office", "one", "outlook", "patient", "patients", "people", "plan", "prayers",
    "prescribed", "recommended", "recommends", "referral", "referrals", "referred", "relapse",
    "scan", "school", "seeing", "session", "sessions", "sheet", "society", "something", "specialist",
    "support", "surgery", "symptoms", "team", "teams", "therapist", "therapy", "things", "thinks",
    "time", "trust", "visit", "word", "work",
];

/// Before "miss" where it is a verb.
#[rustfmt::skip]
pub(super) const WEAK_TITLE_VERBS: &[&str] = &[
    "can", "can't", "could", "didn't", "do", "don't", "i", "may", "might", "must", "never", "not",
    "often", "sometimes", "they", "we", "will", "would",
];

/// Before "miss" where it is a title, in small letters as it is.
#[rustfmt::skip]
pub(super) const BEFORE_WEAK_TITLES: &[&str] = &[
    "about", "and", "by", "call", "client", "contact", "for", "from", "is", "meet", "of", "patient",
    "re", "ring", "see", "this", "visit", "with",
];

/// What has a name without being a person.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "app", "building", "cafe", "café", "centre", "charity", "choir", "church", "class", "clinic",
    "club", "college", "company", "course", "event", "group", "hall", "library", "organisation",
    "organization", "park", "place", "practice", "programme", "project", "pub", "road", "scheme",
    "school", "service", "session", "shop", "street", "surgery", "team", "venue", "website",
];

/// Before "called" where somebody rang.
pub(super) const CALLERS: &[&str] = &["had", "has", "have", "he", "i", "she", "they", "we", "who"];

/// What stands for a name that is not told.
#[rustfmt::skip]
pub(super) const UNNAMED: &[&str] = &[
    "anonymous", "confidential", "given", "held", "known", "n", "none", "tbc", "unknown", "withheld",
];

//! The desk of words: what people asked for and hardly found, and what they call needs.

use axum::{body::Body, http::Request};
use hereabouts::{
    app::App,
    config::Config,
    domain::{NeedId, Role},
    keeping::FEWEST_ASKERS,
    store::{Reading, SoughtWords},
};

use super::super::harness::{
    self, Page, Site,
    people::{at, signed_in, town_with, with_role},
    town,
};

const PAGE: &str = "/steward/words";
const LOOK: &str = "/steward/words/look";

/// A search as a browser of some network sends it for somebody, on a day of November.
async fn search(site: &Site, network: u8, query: &str) -> Page {
    let path = format!("/search?{query}");
    let request = Request::get(&path)
        .header("sec-fetch-dest", "document")
        .header("x-forwarded-for", format!("198.51.{network}.7"));
    Page::read(&path, site.answer_to(request.body(Body::empty()).unwrap()).await).await
}

/// The same from so many networks, one on each of the days up to now.
async fn search_from_all(app: &App, count: usize, query: &str) {
    for network in 1..=u8::try_from(count).unwrap() {
        let day = at(app, &format!("2026-11-{:02}T12:00:00Z", 10 + network));
        assert_eq!(search(&day, network, query).await.status, 200);
    }
}

fn kept(app: &App) -> Vec<String> {
    app.sought.save(&app.store, app.clock.now()).unwrap();
    let words = app.store.sought_words(99).unwrap();
    words.into_iter().map(|SoughtWords { words, .. }| words).collect()
}

fn behind_a_proxy() -> (App, Site) {
    let mut config = Config::default();
    config.keeping.behind_proxy = true;
    let app = harness::app(&town(), config);
    (app.clone(), Site::over(app))
}

#[tokio::test]
async fn words_are_kept_once_six_asked_for_them_and_only_the_words_that_mean_nothing() {
    let (app, site) = behind_a_proxy();
    search_from_all(&app, FEWEST_ASKERS - 1, "q=lonely%2C+likes+zorbing&near=WN1+1YF").await;
    // One who asks often is still one.
    for _ in 0..20 {
        search(&site, 1, "q=zorbing").await;
    }
    assert_eq!(kept(&app), [""; 0]);
    let head = app.store.head().unwrap();
    search(&site, 77, "q=Zorbing+in+Wigan").await;
    assert_eq!(kept(&app), ["zorbing"]);
    assert_eq!(app.store.head().unwrap(), head, "what was sought is in no log");
    let known = app.store.sought_words(9).unwrap();
    assert_eq!((known[0].times, known[0].month.as_str()), (6, "2026-11"));
}

#[tokio::test]
async fn what_may_tell_of_somebody_or_of_danger_is_never_kept() {
    let (app, _site) = behind_a_proxy();
    for query in [
        "q=zorbing+943+476+5919",
        "q=flibbert%40example.org",
        "q=flibbert+WN1+1YF",
        "q=07700900123",
        "q=want+to+kill+myself+zorbing",
        "q=my+flibbert+neighbour+jabbers+quombly+zorbs+daily",
        // Names: with capitals, and cut out of somebody's story.
        "q=Jane+Jabbers",
        "q=my+wife+jane+jabbers+has+cancer+now",
        "q=%3Cscript%3Eflibbert%3C%2Fscript%3E%3D1",
        // Narrowed, or on a later page, it says nothing of the words.
        "q=wibbling&open=1",
        "q=wibbling&day=sun",
        // What is found is found.
        "q=gardening",
        "q=wibbling&words=only",
    ] {
        search_from_all(&app, FEWEST_ASKERS, query).await;
    }
    let kept = kept(&app);
    let tells = |words: &&String| words.contains(|c: char| !c.is_alphabetic() && c != ' ');
    assert_eq!(kept.iter().find(tells), None, "{kept:?}");
    for word in ["kill", "jabbers", "wibbling", "gardening", "wn1"] {
        assert!(kept.iter().all(|words| !words.contains(word)), "{word}: {kept:?}");
    }
}

#[tokio::test]
async fn programs_are_not_counted() {
    let (app, _site) = behind_a_proxy();
    for network in 1..=9 {
        let site = at(&app, &format!("2026-11-{:02}T12:00:00Z", 10 + network));
        let request = Request::get("/search?q=zorbing")
            .header("x-forwarded-for", format!("198.51.{network}.7"))
            .body(Body::empty());
        site.answer_to(request.unwrap()).await;
    }
    assert_eq!(kept(&app), [""; 0]);
}

#[tokio::test]
async fn a_steward_of_everything_gives_words_a_meaning_and_takes_it_back() {
    let amara = with_role("amara", Role::Steward, None);
    let (app, site) = town_with(std::slice::from_ref(&amara));
    let add = |words: &'static str, times| {
        let now = app.clock.now();
        let add = move |changes: &mut hereabouts::store::Changes<'_>| {
            changes.add_sought(words, times, "2026-11")
        };
        app.store.change(&harness::people::tester(), now, add).unwrap();
    };
    add("zorbing", 9);
    add("zorbing for dads", 7);
    add("flibbertigibbet", 6);
    let amaras = signed_in(&app, &amara, None);
    let page = amaras.get(&site, PAGE).await;
    page.keeps_the_rules();
    assert!(page.text().contains("zorbing9 times, last in November 2026"), "{}", page.text());
    // What it could mean, and what that would change, before anything is.
    let look = amaras.get(&site, &page.link("zorbing").unwrap()).await;
    look.keeps_the_rules();
    assert!(look.heading().contains("zorbing"), "{}", look.text());
    let would = format!("{LOOK}?words=zorbing&need=gardening&how=words");
    let would = amaras.get(&site, &would).await;
    would.keeps_the_rules();
    let said = would.text();
    assert!(said.contains("Whoever searches for “zorbing for dads”"), "{said}");
    assert!(said.contains("Growing together (not among the first five now)"), "{said}");
    assert_eq!(app.store.synonyms().unwrap(), [], "looking changes nothing");
    assert!(site.get("/search?q=zorbing").await.cards().is_empty());
    // Added, and understood at once everywhere.
    let fields =
        [("words", " Zorbing "), ("need", "gardening"), ("how", "words"), ("why", "A game")];
    let done = amaras.post(&site, LOOK, &fields).await;
    assert_eq!(done.status, 303);
    app.search.follow().unwrap();
    assert_eq!(site.get("/search?q=zorbing").await.cards()[0], "Growing together");
    let needs = site.get("/needs/gardening").await;
    needs.keeps_the_rules();
    assert!(needs.text().contains("What people here say“zorbing”"), "{}", needs.text());
    assert!(site.get("/suggest?q=zorb").await.text().contains("zorbing"));
    let page = amaras.get(&site, done.header(axum::http::header::LOCATION)).await;
    page.keeps_the_rules();
    assert!(page.text().contains("Searches understand “zorbing” from now on"), "{}", page.text());
    assert!(page.text().contains("“zorbing” means "), "{}", page.text());
    assert!(!page.text().contains("zorbing for dads7"), "its words mean something by now");
    // In the history with who and why; the chain holds.
    let synonym = app.store.synonyms().unwrap().remove(0);
    assert_eq!((synonym.phrase.as_str(), synonym.need), ("zorbing", NeedId::from("gardening")));
    let subject = hereabouts::store::Subject::Synonym(synonym.id);
    let history = app.store.changes_of(&subject, 9).unwrap();
    assert_eq!(history[0].actor.reason.as_deref(), Some("A game"));
    assert_eq!(app.store.check(), Ok(vec![]));
    // Twice is once.
    let again = amaras.post(&site, LOOK, &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("already stand for this need"), "{}", again.text());
    let out = [("do", "out"), ("synonym", &synonym.id.to_string())];
    assert_eq!(amaras.post(&site, PAGE, &out).await.status, 303);
    assert_eq!(amaras.post(&site, PAGE, &out).await.status, 404);
    app.search.follow().unwrap();
    assert!(site.get("/search?q=zorbing").await.cards().is_empty());
    // Set aside, and taken up again.
    for (what, stands) in [("aside", "Set aside: 1"), ("back", "flibbertigibbet6 times")] {
        let done = amaras.post(&site, PAGE, &[("do", what), ("words", "flibbertigibbet")]).await;
        assert_eq!(done.status, 303);
        let page = amaras.get(&site, done.header(axum::http::header::LOCATION)).await;
        page.keeps_the_rules();
        assert!(page.text().contains(stands), "{}", page.text());
    }
}

#[tokio::test]
async fn a_steward_of_a_part_looks_and_does_not_change_what_words_mean() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let (app, site) = town_with(std::slice::from_ref(&ruth));
    let ruths = signed_in(&app, &ruth, None);
    let page = ruths.get(&site, PAGE).await;
    page.keeps_the_rules();
    assert!(page.text().contains("a steward of all of it decides"), "{}", page.text());
    let look = ruths.get(&site, &format!("{LOOK}?words=zorbing&need=gardening")).await;
    look.keeps_the_rules();
    assert!(look.text().contains("send them the address of this page"), "{}", look.text());
    let fields = [("words", "zorbing"), ("need", "gardening")];
    assert_eq!(ruths.post(&site, LOOK, &fields).await.status, 403);
    for what in ["aside", "back"] {
        let sent = ruths.post(&site, PAGE, &[("do", what), ("words", "zorbing")]).await;
        assert_eq!(sent.status, 403);
    }
    assert_eq!(app.store.synonyms().unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_added_says_why() {
    let amara = with_role("amara", Role::Steward, None);
    let (app, site) = town_with(std::slice::from_ref(&amara));
    let amaras = signed_in(&app, &amara, None);
    amaras.get(&site, PAGE).await;
    for (words, need, says) in [
        ("zorbing", "", "Choose what they stand for"),
        ("zorbing", "no-such-need", "Choose what they stand for"),
        ("", "gardening", "Use 3 to 60 letters"),
        (&"x ".repeat(300), "gardening", "Use 3 to 60 letters"),
        ("943 476 5919", "gardening", "Use letters, spaces"),
        ("<script>alert(1)</script>", "gardening", "Use letters, spaces"),
        ("looking for", "gardening", "carry no need of their own"),
        ("zorbing or", "gardening", "none can be in it"),
        ("kill myself", "gardening", "call for urgent help"),
        ("Leigh", "gardening", "name a place"),
        ("zorbing in Leigh", "gardening", "name a place"),
        ("on Sundays", "gardening", "already stand for something"),
        ("unpaid carers", "gardening", "already say who"),
    ] {
        let sent = amaras.post(&site, LOOK, &[("words", words), ("need", need)]).await;
        assert_eq!(sent.status, 422, "{words} {need}");
        sent.keeps_the_rules();
        assert!(sent.text().contains(says), "{words}: {}", sent.text());
    }
    let why = "about NHS number 943 476 5919";
    let fields = [("words", "zorbing"), ("need", "gardening"), ("why", why)];
    let sent = amaras.post(&site, LOOK, &fields).await;
    assert_eq!(sent.status, 422);
    assert!(sent.text().contains("Take out what looks like"), "{}", sent.text());
    assert_eq!(app.store.synonyms().unwrap(), []);
    let odd = amaras.get(&site, &format!("{LOOK}?words=%3Cb%3E%22x&need=gardening&how=%22")).await;
    odd.keeps_the_rules();
    assert_eq!(amaras.get(&site, LOOK).await.status, 303);
    assert_eq!(amaras.post(&site, PAGE, &[("do", "burn")]).await.status, 400);
    let never = [("do", "aside"), ("words", "never asked for")];
    assert_eq!(amaras.post(&site, PAGE, &never).await.status, 409);
    // A link with made-up words has no button of another phrase.
    let forged = amaras
        .get(
            &site,
            &format!("{PAGE}?done=added&words=x&added=0192f0a4-0000-7000-8000-000000000000"),
        )
        .await;
    forged.keeps_the_rules();
    assert!(!forged.text().contains("Take it out"), "{}", forged.text());
}

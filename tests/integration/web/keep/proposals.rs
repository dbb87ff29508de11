//! What waits for a steward: sent, seen side by side, decided, and told to whoever sent it.

use axum::http::header;
use hereabouts::domain::Role;

use super::{
    life::ANSWERS,
    sections::{done, send},
};
use crate::harness::people::{letters, provider, service, signed_in, town_with, with_role};

use super::*;

const NEW_NAME: &[(&str, &str)] = &[("name", "Growing and sitting"), ("needs", "loneliness")];

#[tokio::test]
async fn a_new_name_waits_while_the_rest_of_the_form_is_live() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let sent = send(&site, &jeans, &own("/edit/needs"), NEW_NAME).await;
    assert_eq!(done(&sent), "both", "{}", sent.text());
    let now = stored(&app, OWN);
    assert_eq!((now.name.as_str(), now.needs[0].as_str()), (OWN, "loneliness"));
    let mine = jeans.get(&site, sent.header(header::LOCATION)).await;
    mine.keeps_the_rules();
    for said in ["A steward looks at the rest", "Waiting for a steward", "Take it back"] {
        assert!(mine.text().contains(said), "{said}: {}", mine.text());
    }
    // The form and the preview show what was sent; nobody else sees it.
    assert!(jeans.get(&site, &own("/edit/needs")).await.html.contains("Growing and sitting"));
    let preview = jeans.get(&site, &own("/preview")).await;
    assert_eq!(preview.heading(), "Growing and sitting");
    preview.keeps_the_rules();
    assert_eq!(site.get(&format!("/services/{}", service(OWN))).await.heading(), OWN);

    let queue = ruths.get(&site, "/steward").await;
    queue.keeps_the_rules();
    assert!(queue.text().contains("Change: name: Growing together"), "{}", queue.text());
    let item = ruths.get(&site, &changes(&app)).await;
    item.keeps_the_rules();
    assert!(item.html.contains("<ins>") && item.text().contains("Now"), "{}", item.text());
    let path = changes(&app);
    let approved = press(&site, &ruths, &path, "approve", &[]).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    let now = stored(&app, OWN);
    assert_eq!(now.name, "Growing and sitting");
    assert_eq!(now.provenance.fields["name"].route, hereabouts::domain::Route::Owner);
    app.search.follow().unwrap();
    assert!(site.get("/search?q=growing+and+sitting").await.cards().contains(&now.name));
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(to, "jean@people.example");
    assert!(letter.text().contains("This is live now: name"), "{}", letter.text());
    assert!(waiting(&app).is_empty());
    assert_eq!(app.store.check(), Ok(vec![]));
    // Taken back, it waits again, and the listing is as it was.
    let queue = ruths.get(&site, approved.header(header::LOCATION)).await;
    assert!(queue.text().contains("Undo"));
    assert_eq!(ruths.post(&site, &format!("{path}/undo"), &[]).await.status, 303);
    assert_eq!(stored(&app, OWN).name, OWN);
    assert_eq!(waiting(&app).len(), 1);
}

#[tokio::test]
async fn a_part_is_approved_and_the_other_refused_with_a_reason() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    send(&site, &jeans, &own("/edit/needs"), &[("name", "Better name")]).await;
    send(&site, &jeans, &own("/edit/who"), &[("for", "Only my friends")]).await;
    assert_eq!(waiting(&app).len(), 1, "one listing has one that waits");
    assert_eq!(waiting(&app)[0].changes.len(), 2);
    let path = changes(&app);
    let silent = press(&site, &ruths, &path, "part", &[("parts", "name")]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.text().contains("Say what is not approved"), "{}", silent.text());
    silent.keeps_the_rules();
    let why = "A listing is for everybody whom it can help.";
    let with = [("parts", "name"), ("why", why)];
    assert_eq!(press(&site, &ruths, &path, "part", &with).await.status, 303);
    let now = stored(&app, OWN);
    assert_eq!(now.name, "Better name");
    assert_ne!(now.eligibility.description.as_deref(), Some("Only my friends"));
    let text = letters(&app).pop().unwrap().1.text();
    for said in ["live now: name", "left as it is: who it is for", why] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[tokio::test]
async fn a_question_goes_by_mail_and_its_answer_comes_back() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    send(&site, &jeans, &own("/edit/needs"), NEW_NAME).await;
    let path = changes(&app);
    let asked = press(&site, &ruths, &path, "ask", &[("why", "Is it the same group?")]).await;
    assert!(asked.header(header::LOCATION).ends_with("?said=asked"));
    assert!(letters(&app).pop().unwrap().1.text().contains("Is it the same group?"));
    let mine = jeans.get(&site, &own("")).await;
    mine.keeps_the_rules();
    assert!(mine.text().contains("Is it the same group?"));
    let answer = [("do", "answer"), ("answer", "Yes, the very same.")];
    assert_eq!(done(&jeans.post(&site, &own("/do"), &answer).await), "answered");
    let item = ruths.get(&site, &path).await;
    assert!(item.text().contains("Yes, the very same.") && !item.text().contains("You asked"));
    let refused = press(&site, &ruths, &path, "refuse", &[("why", "It is another group.")]).await;
    assert_eq!(refused.status, 303);
    assert_eq!(stored(&app, OWN).name, OWN);
}

#[tokio::test]
async fn what_changed_since_it_was_looked_at_is_looked_at_again() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    send(&site, &jeans, &own("/edit/needs"), NEW_NAME).await;
    let path = changes(&app);
    let fields = ruths.get(&site, &path).await.filled();
    let mut old: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    old.push(("do", "approve"));
    // The provider sends another name: what was looked at is not what would be approved.
    send(&site, &jeans, &own("/edit/needs"), &[("name", "A third name")]).await;
    let stale = ruths.post(&site, &path, &old).await;
    assert_eq!(stale.status, 409);
    stale.keeps_the_rules();
    assert_eq!(stored(&app, OWN).name, OWN);
    // Pressing twice decides once.
    assert_eq!(press(&site, &ruths, &path, "approve", &[]).await.status, 303);
    let fields = [("version", "1"), ("proposal", "1"), ("do", "refuse"), ("why", "x")];
    assert_eq!(ruths.post(&site, &path, &fields).await.status, 409);
    assert_eq!(stored(&app, OWN).name, "A third name");
}

#[tokio::test]
async fn what_waits_is_taken_back_by_any_of_the_team() {
    let ann = provider("ann", &[OWN]);
    let (app, site) = town_with(&[jean(), ann.clone(), ruth()]);
    let (jeans, anns) = (signed_in(&app, &jean(), None), signed_in(&app, &ann, None));
    send(&site, &jeans, &own("/edit/needs"), &[("name", "A slip")]).await;
    assert_eq!(done(&anns.post(&site, &own("/do"), &[("do", "take-back")]).await), "dropped");
    assert!(waiting(&app).is_empty());
    assert_eq!(anns.post(&site, &own("/do"), &[("do", "take-back")]).await.status, 409);
    // To send the name that stands there is to send nothing.
    let same = send(&site, &jeans, &own("/edit/needs"), &[("name", OWN)]).await;
    assert_eq!(done(&same), "");
}

#[tokio::test]
async fn what_is_kept_for_later_is_live_nowhere_until_it_is_sent() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let jeans = signed_in(&app, &jean(), None);
    let before = stored(&app, OWN);
    let with = [("summary", "Half an id"), ("do", "later")];
    let kept = send(&site, &jeans, &own("/edit/words"), &with).await;
    assert_eq!(done(&kept), "later", "{}", kept.text());
    let with = [("name", "Half a name"), ("do", "later")];
    send(&site, &jeans, &own("/edit/needs"), &with).await;
    assert_eq!(stored(&app, OWN), before);
    assert!(waiting(&app).is_empty());
    let mine = jeans.get(&site, &own("")).await;
    mine.keeps_the_rules();
    assert!(mine.text().contains("Kept for later"), "{}", mine.text());
    assert!(jeans.get(&site, &own("/edit/words")).await.html.contains("Half an id"));
    assert_eq!(done(&jeans.post(&site, &own("/do"), &[("do", "send")]).await), "both");
    assert_eq!(stored(&app, OWN).summary, "Half an id");
    assert_eq!(waiting(&app).len(), 1);
    assert_eq!(app.store.list_open_proposals_of(service(OWN)).unwrap().len(), 1);
}

#[tokio::test]
async fn a_venue_that_moves_waits_and_one_that_is_hidden_is_hidden_at_once() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let venue = stored(&app, OWN).venues[0].clone();
    let moved = [("v0-postcode", "WN1 1AA"), ("v0-name", "The new hall")];
    let sent = send(&site, &jeans, &own("/edit/venues"), &moved).await;
    assert_eq!(done(&sent), "sent", "{}", sent.text());
    assert_eq!(stored(&app, OWN).venues[0], venue);
    assert_eq!(press(&site, &ruths, &changes(&app), "approve", &[]).await.status, 303);
    let now = stored(&app, OWN).venues[0].clone();
    assert_eq!(now.id, venue.id, "what is said of the venue stays with it");
    let site_now = app.store.find_location(now.location).unwrap().unwrap();
    assert_eq!(site_now.name, "The new hall");
    assert!(site_now.point.is_some());
    // Hidden: live, and nowhere any more.
    let hidden = send(&site, &jeans, &own("/edit/venues"), &[("v0-hidden", "yes")]).await;
    assert_eq!(done(&hidden), "live", "{}", hidden.text());
    app.search.follow().unwrap();
    let page = site.get(&format!("/services/{}", service(OWN))).await;
    assert!(!page.text().contains("WN1 1AA") && !page.text().contains("The new hall"));
    // To show it again waits, and takes the address anew.
    let bare = send(&site, &jeans, &own("/edit/venues"), &[("v0-hidden", "")]).await;
    assert_eq!(bare.status, 422, "{}", bare.text());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn a_venue_is_hidden_at_once_whatever_else_waits() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let jeans = signed_in(&app, &jean(), None);
    let before = stored(&app, OWN);
    let with = [("v0-hidden", "yes"), ("v1-name", "The new hall"), ("v1-postcode", "WN1 1AA")];
    let sent = send(&site, &jeans, &own("/edit/venues"), &with).await;
    assert_eq!(done(&sent), "both", "{}", sent.text());
    let now = stored(&app, OWN);
    assert_eq!(now.venues.len(), 1);
    assert_eq!(now.venues[0].sessions, before.venues[0].sessions);
    let hidden = app.store.find_location(now.venues[0].location).unwrap().unwrap();
    assert!(hidden.confidential);
    assert_eq!(waiting(&app)[0].sites.len(), 2, "those that the change names, and no more");
    // What waits has no sessions yet: its venue is not offered for them.
    let form = jeans.get(&site, &own("/edit/when")).await;
    assert!(!form.text().contains("The new hall"), "{}", form.text());
    let sent = send(&site, &jeans, &own("/edit/when"), &[("s0-note", "Ring first")]).await;
    assert_eq!(done(&sent), "sent", "with a hidden venue it is a listing to be shown with care");
    assert_eq!(stored(&app, OWN).venues[0].sessions.len(), before.venues[0].sessions.len());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn saving_a_form_publishes_nothing_that_it_does_not_show() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let with = [("k3-name", "Marjorie"), ("k3-phone", "07700 900111"), ("do", "later")];
    let kept = send(&site, &jeans, &own("/edit/contacts"), &with).await;
    assert_eq!(done(&kept), "later", "{}", kept.text());
    let with = [("alert", "Closed on Monday"), ("phone", "01942 999888")];
    let saved = send(&site, &jeans, &own("/edit/words"), &with).await;
    assert_eq!(done(&saved), "live");
    let now = stored(&app, OWN);
    assert!(now.contacts.iter().all(|contact| contact.name.as_deref() != Some("Marjorie")));
    assert_eq!(now.alert.as_deref(), Some("Closed on Monday"));
    // A steward sees and saves nothing that was kept for later by its provider.
    assert!(!ruths.get(&site, &own("/edit/contacts")).await.html.contains("Marjorie"));
    assert!(!ruths.get(&site, &own("")).await.text().contains("Marjorie"));
    assert!(jeans.get(&site, &own("/edit/contacts")).await.html.contains("Marjorie"));
}

#[tokio::test]
async fn what_a_steward_saves_leaves_what_was_sent_to_be_decided() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    send(&site, &jeans, &own("/edit/needs"), &[("name", "Jean’s name")]).await;
    send(&site, &ruths, &own("/edit/needs"), &[("name", "Ruth’s name")]).await;
    assert_eq!(stored(&app, OWN).name, "Ruth’s name");
    let item = ruths.get(&site, &changes(&app)).await;
    assert!(item.text().contains("It was changed since this was sent"), "{}", item.text());
    let why = [("why", "We agreed on another by phone.")];
    assert_eq!(press(&site, &ruths, &changes(&app), "refuse", &why).await.status, 303);
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(to, "jean@people.example");
    assert!(letter.text().contains("left as it is: name"));
}

#[tokio::test]
async fn a_postcode_part_or_a_proposed_venue_brings_a_listing_to_its_steward() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let mut fields: Vec<(&str, &str)> =
        ANSWERS.iter().copied().filter(|(name, _)| !name.starts_with("v0")).collect();
    fields.push(("places", "WN7"));
    let begun = jeans.post(&site, "/add", &fields).await;
    assert_eq!(done(&begun), "begun", "{}", begun.text());
    let path = begun.header(header::LOCATION).split('?').next().unwrap().to_owned();
    jeans.post(&site, &format!("{path}/do"), &[("do", "list")]).await;
    assert!(ruths.get(&site, "/steward").await.text().contains("A new listing: Tuesday table"));
    let item = ruths.get(&site, &changes(&app)).await;
    item.keeps_the_rules();
    for said in ["Area served", "WN7", "Loneliness", "A meal for whoever"] {
        assert!(item.text().contains(said), "{said}: {}", item.text());
    }
    // By proposing to serve Bolton, nobody chooses Bolton's steward for a listing of Wigan.
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    crate::harness::people::save_people(&app, std::slice::from_ref(&rob));
    let with = [("area", "these"), ("places", "Bolton")];
    assert_eq!(done(&send(&site, &jeans, &own("/edit/venues"), &with).await), "sent");
    let robs = signed_in(&app, &rob, None);
    assert!(!robs.get(&site, "/steward").await.text().contains("Growing together"));
    assert!(ruths.get(&site, "/steward").await.text().contains("area served: Growing together"));
    // A venue without its postcode is nowhere.
    let mut fields = ANSWERS.to_vec();
    fields.retain(|(name, _)| *name != "v0-postcode");
    assert_eq!(jeans.post(&site, "/add", &fields).await.status, 422);
}

#[tokio::test]
async fn stewards_of_elsewhere_and_other_providers_reach_nothing_of_it() {
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let sandra = provider("sandra", &[OTHER]);
    let (app, site) = town_with(&[jean(), rob.clone(), sandra.clone()]);
    let jeans = signed_in(&app, &jean(), None);
    send(&site, &jeans, &own("/edit/needs"), NEW_NAME).await;
    let path = changes(&app);
    for (person, status) in [(&rob, 403), (&sandra, 403), (&jean(), 403)] {
        let browser = signed_in(&app, person, None);
        assert_eq!(browser.get(&site, &path).await.status, status);
        let fields = [("do", "approve"), ("version", "1"), ("proposal", "1")];
        assert_eq!(browser.post(&site, &path, &fields).await.status, status);
        assert_eq!(browser.post(&site, &format!("{path}/undo"), &[]).await.status, status);
    }
    let robs = signed_in(&app, &rob, None);
    assert!(!robs.get(&site, "/steward").await.text().contains("Change: name"));
    let sandras = signed_in(&app, &sandra, None);
    for what in ["take-back", "send", "copy", "list", "throw-away"] {
        assert_eq!(sandras.post(&site, &own("/do"), &[("do", what)]).await.status, 403, "{what}");
    }
    assert_eq!(sandras.get(&site, &own("/preview")).await.status, 403);
    assert_eq!(sandras.get(&site, &own("/withdraw")).await.status, 403);
    assert_eq!(waiting(&app).len(), 1);
    for other in ["x", "0192f0a4-7c1e-7abc-8def-0123456789ab"] {
        assert_eq!(robs.get(&site, &format!("/steward/changes/{other}")).await.status, 404);
    }
}

#[tokio::test]
async fn what_a_steward_changes_is_live_whatever_it_is() {
    let (app, site) = town_with(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let sent = send(&site, &ruths, &own("/edit/needs"), NEW_NAME).await;
    assert_eq!(done(&sent), "live");
    assert_eq!(stored(&app, OWN).name, "Growing and sitting");
    let undo = own("/undo");
    let undone = ruths.post(&site, &undo, &[("version", &stored_version(&app, OWN))]).await;
    assert_eq!(undone.status, 303);
    assert_eq!(stored(&app, OWN).name, OWN);
}

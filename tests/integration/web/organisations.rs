//! Organisations that stand there twice: found, joined so that both addresses lead to one, or kept
//! apart; and what an import makes of it.

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{
        Identifier, IdentifierScheme, Member, MemberRole, Organisation, OrganisationId,
        Partnership, PartnershipId, Person, Role, Service,
    },
    store::{Changes, Reading, StoreError},
};
use serde_json::json;

use super::super::harness::{
    Page, Site,
    people::{Browser, letters, provider, service, signed_in, tester, town_with, with_role},
};

const ONE: &str = "Growing together";
const OTHER: &str = "Ring round";

fn organisation(name: &str) -> OrganisationId {
    OrganisationId::derive("test", name)
}

fn pair() -> String {
    format!("/steward/duplicates/organisations/{}/{}", organisation(ONE), organisation(OTHER))
}

fn change(
    app: &App,
    work: impl FnOnce(&mut Changes<'_>) -> Result<(), StoreError> + Send + 'static,
) {
    app.store.change(&tester(), app.clock.now(), work).unwrap();
    app.search.follow().unwrap();
}

fn stored(app: &App, name: &str) -> Organisation {
    app.store.get_organisation(organisation(name)).unwrap()
}

/// The town with two organisations of one number in a register: the second has a site, a part of
/// it, and is a member of a partnership.
fn twice(people: &[Person]) -> (App, Site) {
    let (app, site) = town_with(people);
    let numbered = |name: &str| {
        let mut of = stored(&app, name);
        let value = "1071234".to_owned();
        of.identifiers = vec![Identifier { scheme: IdentifierScheme::Charity, value }];
        of
    };
    let (one, mut other) = (numbered(ONE), numbered(OTHER));
    other.website = Some("https://ring.example".to_owned());
    let mut part = Organisation::named(organisation("Part"), "A part of it".to_owned());
    part.parent = Some(other.id);
    let alliance = json!({
        "id": PartnershipId::derive("test", "alliance"),
        "name": "Alliance",
        "kind": "alliance",
        "purpose": "",
        "members": [],
    });
    let mut alliance: Partnership = serde_json::from_value(alliance).unwrap();
    alliance.members = vec![member(other.id)];
    change(&app, move |changes| {
        changes.save_organisation(&one)?;
        changes.save_organisation(&other)?;
        changes.save_organisation(&part)?;
        changes.save_partnership(&alliance).map(drop)
    });
    (app, site)
}

fn member(organisation: OrganisationId) -> Member {
    Member { organisation, role: MemberRole::Delivers, from: None, to: None, note: None }
}

fn members(app: &App) -> Vec<OrganisationId> {
    let alliance = PartnershipId::derive("test", "alliance");
    let found = app.store.get_partnership(alliance).unwrap();
    found.members.iter().map(|member| member.organisation).collect()
}

async fn press(site: &Site, browser: &Browser, what: &str) -> Page {
    let fields = browser.get(site, &pair()).await.filled();
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", what));
    browser.post(site, &pair(), &fields).await
}

fn looked_after(app: &App, name: &str) -> Vec<String> {
    let people = app.store.list_people_of(organisation(name)).unwrap();
    people.into_iter().map(|person| person.email.to_string()).collect()
}

fn services(app: &App, name: &str) -> Vec<Service> {
    app.store.list_services_of(organisation(name)).unwrap()
}

fn without_dates(organisation: Organisation) -> Organisation {
    Organisation { upkeep: hereabouts::domain::Upkeep::default(), ..organisation }
}

#[tokio::test]
async fn two_organisations_are_joined_and_set_apart_again_without_a_loss() {
    let amara = with_role("amara", Role::Steward, None);
    let (jean, both) = (provider("jean", &[OTHER]), provider("bo", &[ONE, OTHER]));
    let (app, site) = twice(&[amara.clone(), jean.clone(), both.clone()]);
    let amaras = signed_in(&app, &amara, None);
    let before = (stored(&app, ONE), stored(&app, OTHER), services(&app, OTHER));
    let people = app.store.everybody().unwrap();
    let list = amaras.get(&site, "/steward/duplicates").await;
    list.keeps_the_rules();
    assert!(list.text().contains("the same number in a register"), "{}", list.text());
    assert!(amaras.get(&site, "/steward").await.text().contains("1 pair of organisations"));
    let page = amaras.get(&site, &list.link(OTHER).unwrap()).await;
    page.keeps_the_rules();
    assert!(page.text().contains("would look after all of them"), "{}", page.text());
    assert!(page.text().contains("They have the same number in a register"), "{}", page.text());

    let done = press(&site, &amaras, "keep-first").await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.search.follow().unwrap();
    let banner = amaras.get(&site, done.header(header::LOCATION)).await;
    banner.keeps_the_rules();
    assert!(banner.text().contains("Undo") && !banner.text().contains("the same number"));
    let after = stored(&app, ONE);
    assert_eq!(after.website.as_deref(), Some("https://ring.example"), "what it did not say");
    assert_eq!(after.aliases.last().map(String::as_str), Some(before.1.name.as_str()));
    assert_eq!(after.identifiers, before.0.identifiers, "a number once");
    assert!(services(&app, OTHER).is_empty() && services(&app, ONE).len() == 2);
    assert_eq!(looked_after(&app, ONE), [jean.email.as_str(), both.email.as_str()]);
    assert_eq!(members(&app), [organisation(ONE)]);
    assert_eq!(stored(&app, "Part").parent, Some(organisation(ONE)));
    let told: Vec<String> = letters(&app).into_iter().map(|(to, _)| to).collect();
    assert!(told.contains(&jean.email.to_string()) && told.len() == 2, "{told:?}");
    // Both addresses, for people and for programs; who came with it keeps the other's listing.
    let old = format!("/organisations/{}", organisation(OTHER));
    let programs = hereabouts::api::router(app.clone());
    let asked = axum::http::Request::get(format!("/api/v1{old}")).body(axum::body::Body::empty());
    let told = tower::ServiceExt::oneshot(programs, asked.unwrap()).await.unwrap();
    for (status, to) in [
        (site.get(&old).await.status, site.get(&old).await.header(header::LOCATION).to_owned()),
        (told.status(), told.headers()[header::LOCATION].to_str().unwrap().to_owned()),
    ] {
        assert_eq!(status, 308);
        assert!(to.contains(&organisation(ONE).to_string()), "{to}");
    }
    let jeans = signed_in(&app, &jean, None);
    let theirs = format!("/manage/services/{}", service(ONE));
    assert_eq!(jeans.get(&site, &theirs).await.status, 200);
    assert_eq!(app.store.check(), Ok(vec![]));
    assert_eq!(press(&site, &amaras, "keep-first").await.status, 409, "once");

    let joined = amaras.get(&site, &pair()).await;
    joined.keeps_the_rules();
    assert!(joined.text().contains("one stands for both"), "{}", joined.text());
    assert_eq!(press(&site, &amaras, "back").await.status, 303);
    app.search.follow().unwrap();
    assert_eq!(without_dates(stored(&app, ONE)), without_dates(before.0));
    assert!(letters(&app).pop().unwrap().1.text().contains("apart again"));
    assert_eq!(without_dates(stored(&app, OTHER)), without_dates(before.1));
    assert_eq!(services(&app, OTHER), before.2);
    let grants = |people: Vec<Person>| {
        let sorted = |mut person: Person| {
            person.grants.sort();
            (person.email, person.grants)
        };
        people.into_iter().map(sorted).collect::<Vec<_>>()
    };
    assert_eq!(grants(app.store.everybody().unwrap()), grants(people));
    assert_eq!(members(&app), [organisation(OTHER)]);
    assert_eq!(stored(&app, "Part").parent, Some(organisation(OTHER)));
    assert_eq!(jeans.get(&site, &theirs).await.status, 403);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn the_other_way_round_and_what_came_later_stays() {
    let amara = with_role("amara", Role::Steward, None);
    let jean = provider("jean", &[OTHER]);
    let (app, site) = twice(&[amara.clone(), jean.clone()]);
    let amaras = signed_in(&app, &amara, None);
    assert_eq!(press(&site, &amaras, "keep-second").await.status, 303);
    assert_eq!(stored(&app, ONE).joined.unwrap().into, organisation(OTHER));
    // Changed since: its site, a member more, and somebody let out.
    let mut stays = stored(&app, OTHER);
    stays.description = "Changed since.".to_owned();
    stays.aliases.push("Called so since".to_owned());
    let mut jean = jean;
    jean.grants.clear();
    change(&app, move |changes| {
        changes.save_organisation(&stays)?;
        changes.save_person(&jean).map(drop)
    });
    assert_eq!(press(&site, &amaras, "back").await.status, 303);
    assert_eq!(stored(&app, OTHER).description, "Changed since.");
    assert_eq!(stored(&app, OTHER).aliases, ["Called so since"], "only what came goes");
    assert!(looked_after(&app, OTHER).is_empty() && looked_after(&app, ONE).is_empty());
    assert_eq!(services(&app, ONE).len(), 1);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn only_a_steward_of_all_that_both_offer_decides() {
    let amara = with_role("amara", Role::Steward, None);
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = twice(&[amara.clone(), rob.clone()]);
    let (amaras, robs) = (signed_in(&app, &amara, None), signed_in(&app, &rob, None));
    assert_eq!(robs.get(&site, &pair()).await.status, 403);
    robs.get(&site, "/steward").await;
    assert_eq!(robs.post(&site, &pair(), &[("do", "apart")]).await.status, 403);
    assert!(!robs.get(&site, "/steward/duplicates").await.text().contains("Organisations"));
    // Kept apart, and asked again.
    assert_eq!(press(&site, &amaras, "apart").await.status, 303);
    let list = amaras.get(&site, "/steward/duplicates").await.text();
    assert!(!list.contains("the same number in a register"), "{list}");
    assert_eq!(press(&site, &amaras, "again").await.status, 303);
    let list = amaras.get(&site, "/steward/duplicates").await.text();
    assert!(list.contains("the same number in a register"), "{list}");
    // Changed since it was looked at, never joined, made up, and nothing.
    let old = [("do", "keep-first"), ("first-version", "0"), ("second-version", "0")];
    assert_eq!(amaras.post(&site, &pair(), &old).await.status, 409);
    assert_eq!(press(&site, &amaras, "back").await.status, 409);
    assert_eq!(press(&site, &amaras, "burn").await.status, 400);
    let made_up = format!("/steward/duplicates/organisations/{}/x", organisation(ONE));
    assert_eq!(amaras.get(&site, &made_up).await.status, 404);
    let itself = format!("/steward/duplicates/organisations/{0}/{0}", organisation(ONE));
    assert_eq!(amaras.get(&site, &itself).await.status, 404);
}

#[tokio::test]
async fn where_one_was_joined_to_a_third_those_two_are_set_apart_first() {
    let amara = with_role("amara", Role::Steward, None);
    let (app, site) = twice(std::slice::from_ref(&amara));
    let amaras = signed_in(&app, &amara, None);
    assert_eq!(press(&site, &amaras, "keep-first").await.status, 303);
    let third = format!(
        "/steward/duplicates/organisations/{}/{}",
        organisation("Walk one"),
        organisation(ONE)
    );
    let page = amaras.get(&site, &third).await;
    page.keeps_the_rules();
    let versions = page.filled();
    let mut fields: Vec<(&str, &str)> =
        versions.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", "keep-first"));
    assert_eq!(amaras.post(&site, &third, &fields).await.status, 303);
    assert_eq!(services(&app, "Walk one").len(), 3);
    let inner = amaras.get(&site, &pair()).await;
    inner.keeps_the_rules();
    assert!(inner.text().contains("nothing to join"), "{}", inner.text());
    assert_eq!(press(&site, &amaras, "back").await.status, 409);
    let list = amaras.get(&site, "/steward/duplicates").await;
    list.keeps_the_rules();
    assert!(list.text().contains("Walk one Association stands for"), "{}", list.text());
    for path in [&third, &pair()] {
        amaras.get(&site, path).await;
        assert_eq!(amaras.post(&site, path, &[("do", "back")]).await.status, 303, "{path}");
    }
    for name in [ONE, OTHER, "Walk one"] {
        assert_eq!(services(&app, name).len(), 1, "{name}");
    }
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn of_one_whose_listings_are_nowhere_a_local_steward_does_not_decide() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let (app, site) = twice(std::slice::from_ref(&ruth));
    let part = organisation("Part");
    let ruths = signed_in(&app, &ruth, None);
    let empty = format!("/steward/duplicates/organisations/{}/{part}", organisation(ONE));
    assert_eq!(ruths.get(&site, &empty).await.status, 403);
    let mut begun = services(&app, ONE).remove(0);
    begun.id = hereabouts::domain::ServiceId::derive("test", "begun");
    begun.organisation = part;
    begun.venues.clear();
    begun.sessions.clear();
    begun.footprint = None;
    begun.status = hereabouts::domain::ServiceStatus::Draft;
    change(&app, move |changes| changes.save_service(&begun).map(drop));
    assert_eq!(ruths.get(&site, &empty).await.status, 403);
    ruths.get(&site, "/steward").await;
    assert_eq!(ruths.post(&site, &empty, &[("do", "keep-first")]).await.status, 403);
}

#[tokio::test]
async fn a_claim_is_taken_back_though_organisations_were_joined_since() {
    let amara = with_role("amara", Role::Steward, None);
    let (app, site) = twice(std::slice::from_ref(&amara));
    let amaras = signed_in(&app, &amara, None);
    let claim = hereabouts::domain::Claim {
        id: hereabouts::domain::ClaimId::derive("test", "claim"),
        organisation: organisation(OTHER),
        service: service(OTHER),
        email: "ann@elsewhere.example".parse().unwrap(),
        name: "Ann".to_owned(),
        words: None,
        at: app.clock.now(),
        link: None,
        decided: None,
    };
    let path = format!("/steward/claims/{}", claim.id);
    change(&app, move |changes| changes.save_claim(&claim).map(drop));
    amaras.get(&site, &path).await;
    assert_eq!(amaras.post(&site, &path, &[("do", "approve")]).await.status, 303);
    assert_eq!(looked_after(&app, OTHER), ["ann@elsewhere.example"]);
    assert_eq!(press(&site, &amaras, "keep-first").await.status, 303);
    assert_eq!(looked_after(&app, ONE), ["ann@elsewhere.example"]);
    assert_eq!(amaras.post(&site, &format!("{path}/undo"), &[]).await.status, 303);
    assert!(looked_after(&app, ONE).is_empty() && looked_after(&app, OTHER).is_empty());
    // Decided again, it is for the one that the listing belongs to now.
    assert_eq!(amaras.post(&site, &path, &[("do", "approve")]).await.status, 303);
    assert_eq!(looked_after(&app, ONE), ["ann@elsewhere.example"]);
    assert_eq!(app.store.check(), Ok(vec![]));
}

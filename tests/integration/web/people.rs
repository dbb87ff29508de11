//! Colleagues let one another in and out.

use axum::http::header;
use hereabouts::{domain::OrganisationId, store::Reading};

use super::super::harness::people::{
    Browser, email, letters, newest_link, person, provider, save_people, service, signed_in,
    town_with,
};

const OWN: &str = "Growing together";
const OTHER: &str = "Ring round";

fn organisation(name: &str) -> String {
    OrganisationId::derive("test", name).to_string()
}

#[tokio::test]
async fn somebody_let_in_has_a_mail_and_may_look_after_the_listings() {
    let jean = provider("jean", &[OWN]);
    let (app, site) = town_with(&[jean.clone()]);
    let browser = signed_in(&app, &jean, None);
    let own = organisation(OWN);
    let whom =
        [("organisation", own.as_str()), ("email", "Ann@people.example"), ("name", "Ann  B")];
    let done = browser.post(&site, "/manage/people/add", &whom).await;
    assert_eq!(done.header(header::LOCATION), "/manage/people?done=added");
    let page = browser.get(&site, "/manage/people?done=added").await;
    assert!(page.text().contains("Ann B") && page.text().contains("ann@people.example"));
    page.keeps_the_rules();
    assert!(letters(&app)[0].1.text().contains("A colleague has let you look after"));
    Browser::default().post_bare(&site, "/sign-in", &[("email", &email("ann"))]).await;
    let entered = Browser::default().post_bare(&site, &newest_link(&app, "ann"), &[]).await;
    let anns = Browser::default().keeping(&entered);
    assert_eq!(anns.get(&site, &format!("/manage/services/{}", service(OWN))).await.status, 200);
    assert_eq!(anns.get(&site, &format!("/manage/services/{}", service(OTHER))).await.status, 403);
}

#[tokio::test]
async fn a_leaver_is_out_in_a_press_and_forgotten_where_nothing_else_is_theirs() {
    let (jean, ann) = (provider("jean", &[OWN]), provider("ann", &[OWN]));
    let both = provider("both", &[OWN, OTHER]);
    let (app, site) = town_with(&[jean.clone(), ann.clone(), both.clone()]);
    let (jeans, anns) = (signed_in(&app, &jean, None), signed_in(&app, &ann, None));
    let own = organisation(OWN);
    for leaver in [&ann, &both] {
        let id = leaver.id.to_string();
        let fields = [("organisation", own.as_str()), ("person", id.as_str())];
        let done = jeans.post(&site, "/manage/people/remove", &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
    }
    assert_eq!(anns.get(&site, "/manage").await.status, 303, "signed out");
    assert!(app.store.find_person(ann.id).unwrap().is_none());
    let left = app.store.get_person(both.id).unwrap();
    let others: Vec<OrganisationId> = left.organisations().collect();
    assert_eq!(others, [OrganisationId::derive("test", OTHER)]);
    // The last of a team stays.
    let id = jean.id.to_string();
    let fields = [("organisation", own.as_str()), ("person", id.as_str())];
    let refused = jeans.post(&site, "/manage/people/remove", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("let another in first"));
    refused.keeps_the_rules();
}

#[tokio::test]
async fn nobody_lets_anybody_into_what_is_not_theirs() {
    let jean = provider("jean", &[OWN]);
    let sandra = provider("sandra", &[OTHER]);
    let (app, site) = town_with(&[jean.clone(), sandra.clone(), person("nobody", Vec::new())]);
    let browser = signed_in(&app, &jean, None);
    let other = organisation(OTHER);
    let whom = [("organisation", other.as_str()), ("email", "jean@people.example")];
    assert_eq!(browser.post(&site, "/manage/people/add", &whom).await.status, 403);
    let id = sandra.id.to_string();
    let fields = [("organisation", other.as_str()), ("person", id.as_str())];
    assert_eq!(browser.post(&site, "/manage/people/remove", &fields).await.status, 403);
    for organisation in ["", "x", "0192f0a4-7c1e-7abc-8def-0123456789ab"] {
        let whom = [("organisation", organisation), ("email", "a@people.example")];
        let page = browser.post(&site, "/manage/people/add", &whom).await;
        assert!([400, 403].contains(&page.status.as_u16()), "{organisation}: {}", page.status);
    }
    assert!(letters(&app).is_empty());
}

#[tokio::test]
async fn a_wrong_address_is_told_beside_what_was_typed() {
    let jean = provider("jean", &[OWN, OTHER]);
    let (app, site) = town_with(&[jean.clone()]);
    let browser = signed_in(&app, &jean, None);
    let other = organisation(OTHER);
    for (typed, said) in [("ann", "such as name@example.org"), (&email("jean"), "already")] {
        let whom = [("organisation", other.as_str()), ("email", typed), ("name", "<b>Ann</b>")];
        let page = browser.post(&site, "/manage/people/add", &whom).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.text().contains(said), "{typed}: {}", page.text());
        assert_eq!(page.by_id("email").unwrap().attribute("value"), Some(typed));
        assert!(!page.html.contains("<b>Ann"));
        page.keeps_the_rules();
    }
}

#[tokio::test]
async fn nobody_can_flood_strangers_with_mail() {
    let jean = provider("jean", &[OWN]);
    let (app, site) = town_with(&[jean.clone()]);
    let browser = signed_in(&app, &jean, None);
    let own = organisation(OWN);
    let mut statuses = Vec::new();
    for n in 0..21 {
        let to = email(&format!("p{n}"));
        let whom = [("organisation", own.as_str()), ("email", to.as_str())];
        statuses.push(browser.post(&site, "/manage/people/add", &whom).await.status.as_u16());
    }
    assert_eq!(statuses[..20], [303; 20]);
    assert_eq!(statuses[20], 422);
    save_people(&app, &[jean]);
    assert_eq!(letters(&app).len(), 20);
}

//! The site map: a line for each resource, with who may call it, and the layers around all of them.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use tokio::time;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
};

use super::{
    access::{self, Who},
    assets,
    error::{self, PageError},
    headers,
    pages::{
        about, account, add, api, calls, calls_print, changes, claim, claim_item, commissioning,
        compare, confirm, duplicate, duplicates, edit, follow, followed, for_machines, gap, gaps,
        health, health_listings, history, history_csv, home, how_it_went, imports, keep, life,
        links, manage, map, needs, openid, organisation, organisation_twice, outbox, partnership,
        people, place, print, prose, refer, referral, referral_link, referrals, reminders, report,
        results, service, sheet, sheets, shortlist, shortlists, sign_in, somebody, steward,
        suggest, take, take_text, team, twin, word, words,
    },
    trace,
    upload::LARGEST_FILE,
    work::Web,
};

/// The longest that anybody waits for a page.
const LONGEST: Duration = Duration::from_secs(15);
/// The largest body that is read, unless a line says otherwise.
const LARGEST: usize = 256 * 1024;

/// A resource: its address, who may call it, and what answers.
pub struct Line {
    pub path: &'static str,
    pub who: Who,
    /// The largest body that it reads, in bytes.
    largest: usize,
    methods: MethodRouter<Web>,
}

impl Line {
    /// The same for bodies up to so many bytes.
    fn taking(self, largest: usize) -> Self {
        Self { largest, ..self }
    }
}

fn line(who: Who, path: &'static str, methods: MethodRouter<Web>) -> Line {
    Line { path, who, largest: LARGEST, methods }
}

/// Every resource.
#[must_use]
pub fn lines() -> Vec<Line> {
    [for_anybody(), to_hand_over(), for_keepers(), for_stewards(), besides()]
        .into_iter()
        .flatten()
        .collect()
}

/// For everybody: finding, and the ways in.
fn for_anybody() -> Vec<Line> {
    use Who::Anyone;
    vec![
        line(Anyone, "/", get(home::show)),
        line(Anyone, "/search", get(results::show)),
        line(Anyone, "/search/map", get(map::show)),
        line(Anyone, "/search/print", get(print::show)),
        line(Anyone, "/search/somebody", get(somebody::show)),
        line(Anyone, "/suggest", get(suggest::show)),
        line(Anyone, "/services/{id}", get(service::show)),
        line(Anyone, "/services/{id}/{slug}", get(service::show)),
        line(Anyone, "/services/{id}/{slug}/history", get(history::show)),
        line(Anyone, "/services/{id}/{slug}/report", get(report::show).post(report::send)),
        line(Anyone, "/services/{id}/{slug}/claim", get(claim::show).post(claim::send)),
        line(Anyone, "/claims/{link}", get(claim::show_link).post(claim::enter)),
        line(Anyone, "/organisations/{id}", get(organisation::show)),
        line(Anyone, "/organisations/{id}/{slug}", get(organisation::show)),
        line(Anyone, "/partnerships/{id}", get(partnership::show)),
        line(Anyone, "/partnerships/{id}/{slug}", get(partnership::show)),
        line(Anyone, "/places/{id}", get(place::show)),
        line(Anyone, "/places/{id}/{slug}", get(place::show)),
        line(Anyone, "/near/{outcode}", get(place::near)),
        line(Anyone, "/commissioning", get(commissioning::choose::show)),
        line(Anyone, "/commissioning/{id}", get(commissioning::supply::show)),
        line(Anyone, "/commissioning/{id}/gaps", get(commissioning::gaps::show)),
        line(Anyone, "/commissioning/{id}/needs/{need}", get(commissioning::need::show)),
        line(Anyone, "/commissioning/{id}/supply.csv", get(commissioning::files::as_csv)),
        line(Anyone, "/commissioning/{id}/supply.xlsx", get(commissioning::files::as_workbook)),
        line(Anyone, "/needs", get(needs::show)),
        line(Anyone, "/needs/{id}", get(needs::show_one)),
        line(Anyone, "/about", get(about::show)),
        line(Anyone, "/privacy", get(prose::privacy)),
        line(Anyone, "/accessibility", get(prose::accessibility)),
        line(Anyone, "/help", get(prose::help)),
        line(Anyone, "/api", get(api::show)),
        line(Anyone, "/sign-in", get(sign_in::show).post(sign_in::ask)),
        line(Anyone, "/sign-in/sent", get(sign_in::sent)),
        line(Anyone, "/sign-in/openid", get(openid::set_out)),
        // The one GET that changes something: it begins a session, because a provider sends people
        // back by a link. It counts once, and only in the browser that set out.
        line(Anyone, "/sign-in/openid/back", get(openid::come_back)),
        line(Anyone, "/sign-in/{link}", get(sign_in::show_link).post(sign_in::enter)),
        line(Anyone, "/confirm/sent", get(confirm::sent)),
        line(Anyone, "/confirm/{link}", get(confirm::show).post(confirm::answer)),
        line(Anyone, "/confirm/{link}/again", post(confirm::again)),
        line(Anyone, "/reminders/{token}", get(reminders::show).post(reminders::act)),
    ]
}

/// For everybody: what leaves the room with a person.
fn to_hand_over() -> Vec<Line> {
    use Who::{Anyone, Guests, LinkWorkers, Members};
    vec![
        line(Anyone, "/s/{id}", get(take::short)),
        line(Anyone, "/follow", get(follow::show).post(follow::ask)),
        line(Anyone, "/follow/{token}", get(followed::show).post(followed::act)),
        line(Anyone, "/gap", get(gap::show).post(gap::send)),
        line(Anyone, "/compare", get(compare::show)),
        line(Anyone, "/services/{id}/{slug}/print", get(take::print)),
        line(Anyone, "/services/{id}/{slug}/leaflet.pdf", get(take::leaflet)),
        line(Anyone, "/services/{id}/{slug}/text", get(take_text::show)),
        line(Anyone, "/services/{id}/{slug}/one-file", get(take::one_file)),
        line(Anyone, "/services/{id}/{slug}/sessions.ics", get(take::sessions)),
        line(Anyone, "/services/{id}/{slug}/qr.svg", get(take::qr_svg)),
        line(Anyone, "/shortlists", get(shortlists::show).post(shortlists::add)),
        line(Anyone, "/shortlists/{key}", get(shortlist::show).post(shortlist::act)),
        line(Anyone, "/shortlists/{key}/print", get(take::print)),
        line(Anyone, "/shortlists/{key}/leaflet.pdf", get(take::leaflet)),
        line(Anyone, "/shortlists/{key}/text", get(take_text::show)),
        line(Anyone, "/shortlists/{key}/one-file", get(take::one_file)),
        line(Anyone, "/shortlists/{key}/sessions.ics", get(take::sessions)),
        line(Anyone, "/shortlists/{key}/team", get(team::show)),
        line(LinkWorkers, "/services/{id}/{slug}/refer", get(refer::show).post(refer::send)),
        line(
            LinkWorkers,
            "/services/{id}/{slug}/how-it-went",
            get(how_it_went::show).post(how_it_went::say),
        ),
        line(Members, "/referrals", get(referrals::show)),
        line(Members, "/referrals/export.csv", get(referrals::as_csv)),
        line(Guests, "/referrals/{id}", get(referral::show).post(referral::act)),
        line(
            Anyone,
            "/referrals/{id}/by/{link}",
            get(referral_link::show).post(referral_link::act),
        ),
    ]
}

/// For those who look after listings.
fn for_keepers() -> Vec<Line> {
    use Who::{Guests, Members};
    vec![
        line(Guests, "/sign-out", post(account::sign_out)),
        line(Members, "/account", get(account::show)),
        line(Members, "/account/reminders", post(account::choose_reminders)),
        line(Members, "/account/sign-out-everywhere", post(account::sign_out_everywhere)),
        line(Members, "/add", get(add::show).post(add::save)),
        line(Members, "/manage", get(manage::show)),
        line(Members, "/manage/sheets", get(sheets::show).post(sheets::send)).taking(LARGEST_FILE),
        line(Members, "/manage/sheets/listings.csv", get(sheets::as_csv)),
        line(Members, "/manage/sheets/listings.xlsx", get(sheets::as_workbook)),
        line(Members, "/manage/sheets/{id}", get(sheet::show).post(sheet::act)),
        line(Members, "/manage/sheets/{id}/to-mend.csv", get(sheet::to_mend)),
        line(Members, "/manage/people", get(people::show)),
        line(Members, "/manage/people/add", post(people::add)),
        line(Members, "/manage/people/remove", post(people::remove)),
        line(Guests, "/manage/services/{id}", get(keep::show)),
        line(Guests, "/manage/services/{id}/confirm", post(keep::confirm_it)),
        line(Guests, "/manage/services/{id}/door", post(keep::state_its_door)),
        line(Guests, "/manage/services/{id}/history", get(history::show_theirs)),
        line(Guests, "/manage/services/{id}/history.csv", get(history_csv::show)),
        line(Guests, "/manage/services/{id}/undo", post(keep::take_back)),
        line(Guests, "/manage/services/{id}/do", post(life::act)),
        line(Guests, "/manage/services/{id}/edit/{section}", get(edit::show).post(edit::save)),
        line(Guests, "/manage/services/{id}/preview", get(life::preview)),
        line(
            Guests,
            "/manage/services/{id}/withdraw",
            get(life::show_withdraw).post(life::withdraw_it),
        ),
    ]
}

/// For stewards.
fn for_stewards() -> Vec<Line> {
    use Who::Stewards;
    vec![
        line(Stewards, "/steward", get(steward::show)),
        line(Stewards, "/steward/changes/{id}", get(changes::show).post(changes::act)),
        line(Stewards, "/steward/changes/{id}/undo", post(changes::take_back)),
        line(Stewards, "/steward/claims/{id}", get(claim_item::show).post(claim_item::act)),
        line(Stewards, "/steward/claims/{id}/undo", post(claim_item::take_back)),
        line(Stewards, "/steward/duplicates", get(duplicates::show)),
        line(Stewards, "/steward/duplicates/with/{id}", get(twin::show)),
        line(
            Stewards,
            "/steward/duplicates/{first}/{second}",
            get(duplicate::show).post(duplicate::act),
        ),
        line(
            Stewards,
            "/steward/duplicates/organisations/{first}/{second}",
            get(organisation_twice::show).post(organisation_twice::act),
        ),
        line(Stewards, "/steward/links", get(links::show)),
        line(Stewards, "/steward/imports", get(imports::show).post(imports::act)),
        line(Stewards, "/steward/gaps", get(gaps::show)),
        line(Stewards, "/steward/words", get(words::show).post(words::act)),
        line(Stewards, "/steward/words/look", get(word::show).post(word::add)),
        line(Stewards, "/steward/health", get(health::show)),
        line(Stewards, "/steward/health/listings", get(health_listings::show)),
        line(Stewards, "/steward/calls", get(calls::show).post(calls::confirm_them)),
        line(Stewards, "/steward/calls/print", get(calls_print::show)),
        line(Stewards, "/steward/reports/{id}", get(steward::show_one).post(steward::act)),
        line(Stewards, "/steward/reports/{id}/undo", post(steward::take_back)),
    ]
}

/// What browsers and robots ask for, and the demonstration's mail.
fn besides() -> Vec<Line> {
    use Who::{Anyone, Demonstration};
    vec![
        line(Demonstration, "/outbox", get(outbox::show)),
        line(Demonstration, "/outbox/{number}", get(outbox::show_one)),
        line(Anyone, "/assets/{name}", get(assets::serve)),
        line(Anyone, "/favicon.ico", get(assets::favicon)),
        line(Anyone, "/manifest.webmanifest", get(for_machines::manifest)),
        line(Anyone, "/robots.txt", get(for_machines::robots)),
        line(Anyone, "/sitemap.xml", get(for_machines::sitemap)),
        line(Anyone, "/sitemap/{number}", get(for_machines::sitemap_part)),
        line(Anyone, "/.well-known/security.txt", get(for_machines::security)),
    ]
}

/// Every route, with what holds for all of them.
pub fn site(web: Web) -> Router {
    let admitted = |router: Router<Web>, line: Line| {
        let check = middleware::from_fn_with_state((web.clone(), line.who), access::check);
        let bounds = ServiceBuilder::new()
            .layer(RequestBodyLimitLayer::new(line.largest))
            .layer(DefaultBodyLimit::max(line.largest));
        let methods: MethodRouter<Web> = line.methods.route_layer(check);
        router.route(line.path, methods.layer(bounds))
    };
    lines()
        .into_iter()
        .fold(Router::new(), admitted)
        .fallback(async || PageError::NotFound)
        .method_not_allowed_fallback(async || PageError::WrongMethod)
        .with_state(web.clone())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(web, error::present))
        .layer(middleware::map_response(headers::add))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(trace::log))
}

async fn in_time(request: Request, next: Next) -> Response {
    let answer = time::timeout(LONGEST, next.run(request)).await;
    answer.unwrap_or_else(|_| PageError::TooSlow.into_response())
}

fn panicked(_said: Box<dyn Any + Send + 'static>) -> Response {
    PageError::Panicked.into_response()
}

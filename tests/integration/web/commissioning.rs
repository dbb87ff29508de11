//! What there is in a place: every figure is the length of the list that it opens, and is what
//! looking at every record by itself comes to.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use axum::http::header;
use geo::Contains;
use hereabouts::{
    app::App,
    assessing::{Assessment, Concern, Grade, Why, concerns},
    config::Config,
    demonstration,
    domain::{NeedId, OrganisationId, PlaceCode, PlaceKind, Point, Route},
    generate::World,
    geo::{Area, FootprintCodes, Gazetteer},
    search::{Question, Stock, door_of, needs_of, shows_where},
    store::{Actor, Reading, ServiceRecord, Store, StoreError},
    table::Bounds,
    vocabulary::Vocabulary,
};
use hereabouts_index::NeedTier;
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::harness::{Listing, Page, Site, app_over, now, people::directory_with};

const WIGAN: &str = "E08000010";
/// Greater Manchester.
const BOARD: &str = "E54000057";
const BOUNDS: Bounds =
    Bounds { rows: 100, columns: 20, cell: 2_000, all: 100_000, unpacked: 50_000_000 };
/// The ward of Wigan Central.
const CENTRAL: &str = "E05015010";

struct Known {
    app: App,
    site: Site,
}

static DEMONSTRATION: LazyLock<Known> = LazyLock::new(|| {
    let gazetteer = demonstration::over(&Gazetteer::shipped());
    let store = Store::in_memory().unwrap();
    demonstration::load(&store, &gazetteer, now()).unwrap();
    known(store, gazetteer)
});

fn known(store: Store, gazetteer: Gazetteer) -> Known {
    let app = app_over(store, gazetteer, Config::default());
    Known { site: Site::over(app.clone()), app }
}

/// The lists that the figures of a page open, each with the figure.
fn figures(page: &Page) -> BTreeSet<(String, usize)> {
    let links = page.with_class("ha-count");
    let each = links.iter().map(|link| {
        let number = link.attribute("data-count").unwrap();
        let shown = link.text().replace(',', "");
        let shown = shown.split(' ').next().unwrap().to_owned();
        assert_eq!(shown, number, "{}", link.text());
        (link.attribute("href").unwrap().replace("&amp;", "&"), number.parse().unwrap())
    });
    each.collect()
}

fn length(app: &App, href: &str) -> usize {
    let query = href.strip_prefix("/search?").unwrap_or_else(|| panic!("{href} is no list"));
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let (question, faults) = Question::read(&pairs);
    assert_eq!(faults, [], "{href}");
    let asked = Question { per_page: 1, ..question };
    app.search.ask(&asked, Vec::new(), now()).unwrap().total
}

/// Follows every figure of some pages; returns how many different ones there were.
async fn walk(known: &Known, pages: &[String]) -> usize {
    let mut all = BTreeSet::new();
    for path in pages {
        let page = known.site.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        page.keeps_the_rules();
        all.extend(figures(&page));
    }
    for (href, number) in &all {
        assert_eq!(length(&known.app, href), *number, "{href}");
    }
    all.len()
}

fn pages_of(code: &str, kinds: &[&str], needs: &[&str]) -> Vec<String> {
    let groups = Vocabulary::shipped().groups();
    let mut pages = Vec::new();
    for kind in kinds {
        let matrix = |group: &str| format!("/commissioning/{code}?parts={kind}&group={group}");
        pages.extend(groups.iter().map(|group| matrix(&group.id)));
        pages.push(format!("/commissioning/{code}/gaps?parts={kind}"));
        let of = |need: &&str| format!("/commissioning/{code}/needs/{need}?parts={kind}");
        pages.extend(needs.iter().map(of));
    }
    pages
}

#[tokio::test]
async fn every_figure_of_the_demonstration_is_the_length_of_its_list() {
    let needs = ["loneliness", "debt", "memory", "walking", "food-banks", "benefits"];
    let pages = pages_of(WIGAN, &["custom"], &needs);
    let walked = walk(&DEMONSTRATION, &pages).await;
    assert!(walked > 1_500, "only {walked} figures");
    let place = [format!("/places/{WIGAN}"), format!("/places/{CENTRAL}")];
    assert_eq!(walk(&DEMONSTRATION, &place).await, 6);
    let few =
        ["ward", "msoa"].map(|kind| format!("/commissioning/{WIGAN}/needs/debt?parts={kind}"));
    assert!(walk(&DEMONSTRATION, &few).await > 100);
}

#[tokio::test]
async fn every_figure_of_a_generated_board_is_the_length_of_its_list() {
    let gazetteer = Gazetteer::shipped();
    let store = Store::in_memory().unwrap();
    let world = World::new(&gazetteer, Vocabulary::shipped(), 7, now());
    let actor = Actor::new("generated", Route::Demonstration);
    let groups = world.groups(4_000);
    store
        .change_in_batches(&actor, now(), 400, groups, |changes, group| {
            changes.save_organisation(&group.organisation)?;
            group.locations.iter().try_for_each(|site| changes.save_location(site).map(|_| ()))?;
            group.services.iter().try_for_each(|one| changes.save_service(one).map(|_| ()))?;
            group.capacity.iter().try_for_each(|said| changes.save_capacity(said).map(|_| ()))
        })
        .unwrap();
    let known = known(store, gazetteer.clone());
    let walked = walk(&known, &pages_of(BOARD, &["council"], &["loneliness", "walking"])).await;
    assert!(walked > 300, "only {walked} figures");
}

/// What is in a place, by looking at every record.
struct ByHand<'a> {
    app: &'a App,
    area: Area,
    records: Vec<ServiceRecord>,
}

impl<'a> ByHand<'a> {
    fn new(app: &'a App, code: &str) -> Self {
        let area = app.gazetteer.area(&PlaceCode::from(code)).unwrap();
        let mut records = Vec::new();
        app.store
            .for_each_service_record(400, |record| {
                records.push(record);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        Self { app, area, records }
    }

    fn inside(&self, record: &ServiceRecord) -> bool {
        record.venues().any(|(_, location)| {
            let Some(point) = location.point else { return false };
            let is_wide = self.area.place.kind >= PlaceKind::Council;
            if !shows_where(&record.service, location) && !is_wide {
                return false;
            }
            let by_code = self.app.gazetteer.codes_at(point).contains(&self.area.place.code);
            let at = |point: Point| geo::Point::new(point.lon, point.lat);
            by_code || self.area.shape.as_ref().is_some_and(|shape| shape.contains(&at(point)))
        })
    }

    fn serves(&self, record: &ServiceRecord) -> bool {
        let Some(footprint) = &record.service.footprint else { return false };
        let codes = FootprintCodes::of(footprint, &self.app.gazetteer);
        let holds = |listed: &[String], asked: &[PlaceCode]| {
            asked.iter().any(|code| listed.contains(&code.to_string()))
        };
        let mut whole = self.area.place.parents.clone();
        whole.push(self.area.place.code.clone());
        holds(&codes.serves, &self.area.overlapping) && !holds(&codes.serves_not, &whole)
    }

    fn stock<'r>(&self, records: impl Iterator<Item = &'r ServiceRecord>) -> Stock {
        let mut stock = Stock::default();
        let mut by = BTreeSet::new();
        let since = now() - SignedDuration::from_hours(24 * 184);
        for record in records {
            stock.services += 1;
            let open = hereabouts::domain::CapacityStatus::Open;
            stock.open += usize::from(door_of(record, None, now()).status == Some(open));
            let confirmed = record.service.upkeep.confirmed.as_ref();
            stock.confirmed += usize::from(confirmed.is_some_and(|by| by.at >= since));
            stock.inside += usize::from(self.inside(record));
            by.insert(record.organisation.id);
        }
        stock.only = by.pop_first().filter(|_| by.is_empty());
        stock
    }
}

#[test]
fn figures_are_what_looking_at_every_record_by_itself_comes_to() {
    let app = &DEMONSTRATION.app;
    let by_hand = ByHand::new(app, WIGAN);
    let here: Vec<&ServiceRecord> = by_hand
        .records
        .iter()
        .filter(|record| record.service.is_listed())
        .filter(|record| by_hand.serves(record) || by_hand.inside(record))
        .collect();
    let supply = app.search.supply(std::slice::from_ref(&by_hand.area), now()).unwrap().remove(0);
    assert_eq!(supply.all, by_hand.stock(here.iter().copied()));
    let vocabulary = Vocabulary::shipped();
    let mut by_need: HashMap<NeedId, Vec<&ServiceRecord>> = HashMap::new();
    for record in here {
        let own = needs_of(&record.service, vocabulary).into_iter();
        let own = own.filter(|(_, tier)| *tier != NeedTier::Mentioned).map(|(need, _)| need);
        let with_broader = own.flat_map(|need| {
            let broader = vocabulary.broader(&need).to_vec();
            std::iter::once(need).chain(broader)
        });
        for need in with_broader.collect::<BTreeSet<_>>() {
            by_need.entry(need).or_default().push(record);
        }
    }
    assert!(by_need.len() > 100, "{}", by_need.len());
    assert_eq!(supply.by_need.len(), by_need.len());
    for (need, records) in by_need {
        assert_eq!(supply.of(&need), by_hand.stock(records.into_iter()), "{need}");
    }
}

fn stock_at(app: &App, code: &str, need: &str, at: Timestamp) -> Stock {
    let area = app.gazetteer.area(&PlaceCode::from(code)).unwrap();
    let supply = app.search.supply(&[area], at).unwrap().remove(0);
    supply.of(&NeedId(need.to_owned()))
}

fn debt(name: &'static str) -> Listing {
    Listing::new(name, "Help with money owed.").with(json!({ "needs": ["debt"] }))
}

fn ward(code: &str) -> Value {
    json!({ "part": "place", "code": code, "kind": "ward", "name": "A ward" })
}

fn serving(code: &str) -> Value {
    json!({ "footprint": { "parts": [ward(code)] } })
}

fn serving_wigan_but(code: &str) -> Value {
    let wigan = json!({ "part": "place", "code": WIGAN, "kind": "council", "name": "Wigan" });
    json!({ "footprint": { "parts": [wigan], "except": [ward(code)] } })
}

#[test]
fn a_service_counts_once_however_many_needs_venues_and_areas_it_has() {
    let twice = json!({
        "needs": ["debt", "benefits"],
        "summary": "Debt, debts, money owed, and debt again.",
    });
    let one = debt("Money matters").with(twice).at("The hall", 53.5450, -2.6320);
    let (app, _) = directory_with(&[one], &[]);
    for code in [WIGAN, BOARD, CENTRAL] {
        assert_eq!(stock_at(&app, code, "debt", now()).services, 1, "{code}");
    }
    let area = app.gazetteer.area(&PlaceCode::from(WIGAN)).unwrap();
    assert_eq!(app.search.supply(&[area], now()).unwrap()[0].all.services, 1);
}

#[test]
fn a_statement_that_lapsed_and_a_confirmation_grown_old_no_longer_count() {
    let one = debt("Money matters").said("open", "2026-11-03T09:00:00Z", "2026-12-03T09:00:00Z");
    let (app, _) = directory_with(&[one], &[]);
    let at = |moment: &str| {
        let stock = stock_at(&app, WIGAN, "debt", moment.parse().unwrap());
        (stock.services, stock.open, stock.confirmed)
    };
    assert_eq!(at("2026-11-22T12:00:00Z"), (1, 1, 1));
    assert_eq!(at("2026-12-03T08:59:59Z"), (1, 1, 1));
    assert_eq!(at("2026-12-03T09:00:00Z"), (1, 0, 1));
    assert_eq!(at("2027-05-09T12:00:00Z"), (1, 0, 1));
    assert_eq!(at("2027-05-12T12:00:00Z"), (1, 0, 0));
}

#[test]
fn overlapping_footprints_count_where_they_overlap_and_nowhere_else() {
    let gazetteer = Gazetteer::shipped();
    let wards: Vec<PlaceCode> = gazetteer
        .children(&PlaceCode::from(WIGAN))
        .into_iter()
        .filter(|place| place.kind == PlaceKind::Ward)
        .map(|place| place.code)
        .collect();
    let (one, other) = (wards[0].as_str(), wards[wards.len() - 1].as_str());
    let listings = [
        debt("For one ward").with(serving(one)),
        debt("For another").with(serving(other)),
        debt("For all but the one").with(serving_wigan_but(one)),
    ];
    let (app, _) = directory_with(&listings, &[]);
    let count = |code: &str| stock_at(&app, code, "debt", now()).services;
    assert_eq!([count(one), count(other), count(WIGAN), count(BOARD)], [1, 2, 3, 3]);
    assert_eq!(count("E08000009"), 0, "Trafford");
}

#[test]
fn what_is_secret_counts_in_every_ward_alike_and_is_inside_no_more_than_its_council() {
    let secret = debt("Quiet money")
        .with(json!({ "sensitivity": "sensitive", "footprint": null }))
        .at("The house", 53.5533, -2.6222)
        .where_(json!({ "confidential": true }));
    let (app, _) = directory_with(&[secret], &[]);
    let wards = app.gazetteer.children(&PlaceCode::from(WIGAN));
    let wards = wards.iter().filter(|place| place.kind == PlaceKind::Ward);
    for code in wards.map(|place| place.code.as_str()).chain([WIGAN]) {
        let stock = stock_at(&app, code, "debt", now());
        let inside = usize::from(code == WIGAN);
        assert_eq!((stock.services, stock.inside), (1, inside), "{code}");
    }
}

fn assessed(listings: &[Listing], code: &str, kind: PlaceKind) -> Assessment {
    let (app, _) = directory_with(listings, &[]);
    let from = (&app.search, &*app.gazetteer);
    Assessment::of(from, &PlaceCode::from(code), Some(kind), now()).unwrap().unwrap()
}

fn of_debt(assessment: &Assessment) -> Vec<(Why, Grade)> {
    let found = concerns(assessment, Vocabulary::shipped()).into_iter();
    let debt = found.filter(|concern| concern.need.as_str() == "debt");
    debt.map(|Concern { why, grade, .. }| (why, grade)).collect()
}

fn by_ward(listings: &[Listing]) -> Assessment {
    assessed(listings, WIGAN, PlaceKind::Ward)
}

fn open_debt(name: &'static str) -> Listing {
    debt(name).said("open", "2026-11-03T09:00:00Z", "2026-12-03T09:00:00Z")
}

#[test]
fn each_concern_is_there_for_its_reason_and_goes_with_it() {
    let of = |listings: &[Listing]| of_debt(&by_ward(listings));
    let open = open_debt;
    assert_eq!(of(&[]), [(Why::NoneListed, Grade::C)]);
    let alone = Why::OneProvider(OrganisationId::derive("test", "One"));
    assert_eq!(of(&[open("One")]), [(alone, Grade::B)]);
    assert_eq!(of(&[open("One"), open("Two")]), []);
    let full = debt("One").said("full", "2026-11-03T09:00:00Z", "2026-12-03T09:00:00Z");
    let nobody = [(Why::NobodyTakesPeople, Grade::A)];
    assert_eq!(of(&[full, debt("Two"), debt("Three")]), nobody, "full, and not said");
    let never = json!({ "upkeep": { "confirmed": null } });
    assert_eq!(
        of(&[open("One").with(never.clone()), open("Two").with(never)]),
        [(Why::NothingConfirmed, Grade::C)]
    );
}

#[test]
fn what_is_missing_is_missing_only_where_others_have_it_and_listings_are_gathered() {
    let central = ["One", "Two"].map(|name| open_debt(name).with(serving(CENTRAL)));
    let assessment = by_ward(&central);
    let found = of_debt(&assessment);
    let [(Why::Missing { parts, of: 25 }, Grade::B)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(parts.len(), 24);
    assert!(parts.iter().all(|at| assessment.parts[*at].place().code.as_str() != CENTRAL));

    // Of councils, only those count where anything has a venue.
    let of = |more: &[Listing]| {
        let walk = Listing::new("Walk", "We walk.").at("A hall", 53.5450, -2.6320);
        let debts = ["One", "Two"].map(open_debt);
        let listings = [&[walk], &debts[..], more].concat();
        of_debt(&assessed(&listings, BOARD, PlaceKind::Council))
    };
    assert_eq!(of(&[]), []);
    let bolton = Listing::new("Other walk", "We walk.").at("A hall", 53.5780, -2.4290);
    let found = of(&[bolton]);
    assert!(matches!(&found[..], [(Why::Missing { parts, of: 2 }, _)] if parts.len() == 1));
}

#[test]
fn a_place_stands_out_only_where_it_has_less_and_not_because_more_live_there() {
    let everywhere = ["One", "Two"].map(open_debt);
    assert_eq!(of_debt(&by_ward(&everywhere)), []);
    let more =
        ["Three", "Four", "Five"].map(|name| open_debt(name).with(serving_wigan_but(CENTRAL)));
    let assessment = by_ward(&[&everywhere[..], &more].concat());
    let found = of_debt(&assessment);
    let [(Why::FarBelow { parts, middle }, Grade::A)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((parts.len(), *middle), (1, 5.0));
    assert_eq!(assessment.parts[parts[0]].place().code.as_str(), CENTRAL);
}

#[test]
fn no_part_of_a_nest_has_more_than_the_whole_and_parts_hold_all_people() {
    let app = &DEMONSTRATION.app;
    for kind in [PlaceKind::Ward, PlaceKind::Msoa, PlaceKind::Custom] {
        let code = PlaceCode::from(WIGAN);
        let from = (&app.search, &*app.gazetteer);
        let found = Assessment::of(from, &code, Some(kind), now()).unwrap().unwrap();
        assert_eq!(found.kind, Some(kind));
        assert!(found.covered.unwrap() > 0.97, "{kind:?}");
        for part in &found.parts {
            for (need, stock) in &part.supply.by_need {
                let whole = found.whole.supply.of(need);
                let (name, most) = (&part.place().name, whole.services);
                assert!(stock.services <= most, "{need} in {name}: {stock:?}, {whole:?}");
                assert!(stock.inside <= whole.inside, "{need}, {name}");
            }
        }
    }
}

#[test]
fn a_place_is_divided_only_into_what_holds_nearly_all_of_it() {
    let app = &DEMONSTRATION.app;
    let kinds = |code: &str| {
        let from = (&app.search, &*app.gazetteer);
        let found = Assessment::of(from, &PlaceCode::from(code), None, now()).unwrap().unwrap();
        found.kinds
    };
    let wigan = [(PlaceKind::Custom, 8), (PlaceKind::Ward, 25), (PlaceKind::Msoa, 40)];
    assert_eq!(kinds(WIGAN), wigan);
    assert_eq!(kinds(BOARD), [(PlaceKind::Council, 10)]);
    let england = kinds("E92000001");
    assert_eq!(england[..2], [(PlaceKind::Region, 9), (PlaceKind::Icb, 42)]);
    let north_west = kinds("E12000002");
    assert!(north_west.iter().all(|(kind, _)| *kind > PlaceKind::Ward), "{north_west:?}");
    // It shares the people of two councils with its neighbour.
    let (_, councils) = kinds("E54000048")[0];
    assert!(councils >= 15, "{councils}");
}

#[tokio::test]
async fn a_place_is_chosen_as_somebody_would_type_it() {
    let site = &DEMONSTRATION.site;
    let to = |page: &Page| page.header(header::LOCATION).to_owned();
    let wigan = site.get("/commissioning?place=Wigan+council").await;
    assert_eq!(wigan.status, 303);
    assert_eq!(to(&wigan), format!("/commissioning/{WIGAN}"));
    let postcode = site.get("/commissioning?place=WN1+1YF").await;
    assert_eq!(postcode.status, 200);
    assert!(
        postcode.link("Wigan Central").unwrap().starts_with("/commissioning/"),
        "{}",
        postcode.text()
    );
    assert!(!postcode.text().contains("1YF"), "a postcode is not said again");
    let slip = site.get("/commissioning?place=Bristle").await;
    assert!(slip.text().contains("Bristol"), "{}", slip.text());
    assert!(slip.link("Bristol").unwrap().starts_with("/commissioning?place="));
    let wales = site.get("/commissioning?place=CF10+1AA").await;
    assert!(wales.text().contains("in Wales"));
    for page in [postcode, slip, wales, site.get("/commissioning").await] {
        page.keeps_the_rules();
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_left_open_or_not_found() {
    let site = &DEMONSTRATION.site;
    for path in [
        "/commissioning/E99999999",
        "/commissioning/%00",
        "/commissioning/E08000010/needs/nothing",
        "/commissioning/E99999999/needs/debt",
        "/commissioning/E99999999/gaps",
        "/commissioning/E99999999/supply.csv",
        "/commissioning/E99999999/supply.xlsx",
    ] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    for query in ["parts=galaxy", "parts=lsoa", "group=%3Cscript%3E", "parts=&group=", "order=%FF"]
    {
        for path in ["", "/needs/debt", "/gaps"] {
            let page = site.get(&format!("/commissioning/{WIGAN}{path}?{query}")).await;
            assert_eq!(page.status, 200, "{path}?{query}");
            page.keeps_the_rules();
        }
    }
    // A place with nothing inside it that could be told apart.
    let lsoa = site.get("/commissioning/E01006212").await;
    assert_eq!(lsoa.status, 200);
    lsoa.keeps_the_rules();
}

#[tokio::test]
async fn places_are_in_the_order_that_is_asked_for() {
    let site = &DEMONSTRATION.site;
    let places = async |order: &str| {
        let path = format!("/commissioning/{WIGAN}/needs/debt?parts=ward&order={order}");
        let page = site.get(&path).await;
        let heads = page.all("th");
        let rows = heads.iter().filter(|head| head.attribute("scope") == Some("row"));
        (rows.skip(1).map(|head| head.text()).collect::<Vec<_>>(), page)
    };
    let (mut by_name, _) = places("name").await;
    assert!(by_name.is_sorted() && by_name.len() == 25);
    let (by_lonely, page) = places("lonely_pct").await;
    let value = |name: &String| {
        let places = DEMONSTRATION.app.gazetteer.list(PlaceKind::Ward);
        let code = &places.iter().find(|place| place.name == *name).unwrap().code;
        let place = DEMONSTRATION.app.gazetteer.place(code).unwrap();
        place.indicators.iter().find(|known| known.name == "lonely_pct").unwrap().value
    };
    assert!(by_lonely.is_sorted_by(|a, b| value(a) >= value(b)), "{by_lonely:?}");
    let sorted = page.all("th");
    let sorted = sorted.iter().find(|head| head.attribute("aria-sort").is_some()).unwrap();
    assert_eq!(sorted.attribute("aria-sort"), Some("descending"));
    let mut again = by_lonely.clone();
    again.sort();
    by_name.sort();
    assert_eq!(again, by_name, "nothing is lost in ordering");
}

#[tokio::test]
async fn the_files_say_what_they_are_and_have_every_figure() {
    let site = &DEMONSTRATION.site;
    let csv = site.get(&format!("/commissioning/{WIGAN}/supply.csv?parts=custom")).await;
    let lines: Vec<&str> = csv.html.lines().collect();
    let needs = Vocabulary::shipped().needs().len();
    assert_eq!(lines.len(), 1 + 9 * (needs + 1));
    assert!(lines[0].contains("services per 10,000 people"), "{}", lines[0]);
    let page = site.get(&format!("/commissioning/{WIGAN}/needs/debt")).await;
    let count = figures(&page).iter().find(|(href, _)| href.contains(WIGAN)).unwrap().1;
    let row = lines.iter().find(|line| line.contains(WIGAN) && line.contains(",debt,")).unwrap();
    assert!(row.contains(&format!(",debt,{count},")), "{row}");
    let path = format!("/commissioning/{WIGAN}/supply.xlsx?parts=custom");
    let book = site.answer(axum::http::Request::get(path)).await;
    let kind = book.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    assert!(kind.contains("spreadsheetml"), "{kind}");
    let bytes = book.into_body().collect().await.unwrap().to_bytes();
    let first = hereabouts::table::read(&bytes, BOUNDS).unwrap();
    let said: Vec<&str> =
        first.rows.iter().flat_map(|row| &row.values).map(String::as_str).collect();
    assert!(said.contains(&"22 November 2026") && said.contains(&"Per 10,000 people"), "{said:?}");
}

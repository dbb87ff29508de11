//! What there is in each of several places, by need: figures that agree with the lists behind them.

use std::collections::HashMap;

use hereabouts_index::{self as engine, Facet};
use jiff::Timestamp;

use crate::{
    domain::{NeedId, OrganisationId},
    geo::Area,
};

use super::{
    ask::{Search, SearchError},
    findings::PlaceUnderstood,
    plan::{self, CONFIRMED_MONTHS},
    question::Question,
};

/// Counts of distinct services that serve any part of a place, or have a venue inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    pub services: usize,
    /// Of these, with a statement that counts now and says open.
    pub open: usize,
    /// Of these, confirmed within six months.
    pub confirmed: usize,
    /// Of these, with a venue inside the place. One that may not be shown is inside its council, and
    /// whatever holds that, and nothing smaller.
    pub inside: usize,
    /// The organisation that runs all of them, where it is one alone.
    pub only: Option<OrganisationId>,
}

/// What there is in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    pub all: Stock,
    /// What answers each need, itself or a narrower one. A need that nothing answers is absent.
    pub by_need: HashMap<NeedId, Stock>,
}

impl Supply {
    /// What answers a need.
    #[must_use]
    pub fn of(&self, need: &NeedId) -> Stock {
        self.by_need.get(need).copied().unwrap_or_default()
    }
}

impl Search {
    /// What there is in each of `areas`, all counted at one moment. What [`Question::about_place`]
    /// finds, with a need, `open`, `confirmed` or `inside` beside it, is what is counted here.
    pub fn supply(&self, areas: &[Area], now: Timestamp) -> Result<Vec<Supply>, SearchError> {
        let queries: Vec<engine::Query> =
            areas.iter().map(|area| self.everything_in(area, now)).collect();
        let counted = self.keeper.supply(&queries, Facet::Need)?;
        Ok(counted.into_iter().map(supply).collect())
    }

    fn everything_in(&self, area: &Area, now: Timestamp) -> engine::Query {
        let question = Question::about_place(&area.place.code);
        let place = PlaceUnderstood::Within(Box::new(area.place.clone()));
        let asked = self.read(&question, place, plan::within(area, false));
        let mut query = self.query(&question, &asked, now);
        query.confirmed_since = plan::since(now, CONFIRMED_MONTHS);
        query.page.limit = 0;
        query.facets.clear();
        query
    }
}

fn supply(counted: engine::Supply) -> Supply {
    let each = counted.by_value.into_iter();
    Supply {
        all: stock((counted.all, counted.providers)),
        by_need: each.map(|(need, counts)| (NeedId(need), stock(counts))).collect(),
    }
}

fn stock((counts, providers): (engine::Counts, engine::Few)) -> Stock {
    let only = match providers {
        engine::Few::One(id) => id.parse().ok(),
        engine::Few::Nobody | engine::Few::Several => None,
    };
    let engine::Counts { services, open, confirmed, inside } = counts;
    Stock { services, open, confirmed, inside, only }
}

//! A question as the query string of an address, in one order, so that a view has one address.

use url::form_urlencoded::Serializer;

use crate::domain::{NeedId, PlaceCode};

use super::{
    labels::Labelled,
    question::{PER_PAGE, Question},
    values::Order,
};

impl Question {
    /// The keys and values that ask this question, in canonical order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        push_text(&mut pairs, "q", &self.words);
        push_if(&mut pairs, "words", self.exactly, "only");
        push_if(&mut pairs, "spell", self.as_spelt, "0");
        push_text(&mut pairs, "avoid", &self.avoid);
        push_text(&mut pairs, "near", &self.near);
        pairs.extend(self.within_metres.map(|metres| ("within", metres.to_string())));
        pairs.extend(self.place.as_ref().map(|code| ("place", code.to_string())));
        pairs.extend(self.needs.iter().map(|need| ("need", need.to_string())));
        pairs.extend(self.age.map(|age| ("age", age.to_string())));
        pairs.extend(self.who.iter().map(|who| ("who", who.to_string())));
        push_keys(&mut pairs, "day", &self.days);
        push_keys(&mut pairs, "time", &self.times);
        push_keys(&mut pairs, "cost", &self.costs);
        push_keys(&mut pairs, "how", &self.how);
        push_keys(&mut pairs, "access", &self.access);
        push_keys(&mut pairs, "must", &self.must);
        pairs.extend(self.languages.iter().map(|language| ("lang", language.clone())));
        push_keys(&mut pairs, "refer", &self.refer);
        push_keys(&mut pairs, "sector", &self.sectors);
        push_if(&mut pairs, "open", self.open, "1");
        push_if(&mut pairs, "confirmed", self.confirmed, "1");
        push_if(&mut pairs, "inside", self.inside, "1");
        push_if(&mut pairs, "elsewhere", self.elsewhere, "1");
        push_if(&mut pairs, "sort", self.order != Order::Best, self.order.key());
        push_if(&mut pairs, "per_page", self.per_page != PER_PAGE, &self.per_page.to_string());
        push_if(&mut pairs, "page", self.page > 1, &self.page.to_string());
        pairs
    }

    /// The query string, without a question mark; empty where nothing is asked.
    #[must_use]
    pub fn address(&self) -> String {
        let mut text = Serializer::new(String::new());
        for (key, value) in self.pairs() {
            text.append_pair(key, &value);
        }
        text.finish()
    }

    /// The same question on another page of results.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same question without one value of a filter, or without the whole key where no value is named.
    #[must_use]
    pub fn without(&self, key: &str, value: Option<&str>) -> Self {
        let left = |(pair_key, pair_value): &(&str, String)| {
            *pair_key != key || value.is_some_and(|value| value != pair_value)
        };
        let pairs: Vec<(String, String)> = self
            .on_page(1)
            .pairs()
            .into_iter()
            .filter(left)
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        Self::read(&pairs).0
    }

    /// A question for one need, near where this one is asked.
    #[must_use]
    pub fn for_need(&self, need: &NeedId) -> Self {
        Self {
            needs: vec![need.clone()],
            near: self.near.clone(),
            place: self.place.clone(),
            page: 1,
            per_page: self.per_page,
            ..Self::default()
        }
    }

    /// A question about everything in a place.
    #[must_use]
    pub fn about_place(code: &PlaceCode) -> Self {
        Self { place: Some(code.clone()), page: 1, per_page: PER_PAGE, ..Self::default() }
    }

    /// What it filters by, as key, value pairs that can each be taken away.
    #[must_use]
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let asked =
            ["q", "words", "spell", "near", "place", "elsewhere", "sort", "per_page", "page"];
        self.pairs().into_iter().filter(|(key, _)| !asked.contains(key)).collect()
    }
}

fn push_text(pairs: &mut Vec<(&'static str, String)>, key: &'static str, text: &str) {
    push_if(pairs, key, !text.is_empty(), text);
}

fn push_if(pairs: &mut Vec<(&'static str, String)>, key: &'static str, holds: bool, value: &str) {
    if holds {
        pairs.push((key, value.to_owned()));
    }
}

fn push_keys<T: Labelled>(
    pairs: &mut Vec<(&'static str, String)>,
    key: &'static str,
    values: &[T],
) {
    pairs.extend(values.iter().map(|value| (key, value.key().to_owned())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Question {
        let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
        Question::read(&pairs).0
    }

    #[test]
    fn an_address_asks_the_question_it_was_made_from() {
        let text = "q=lonely%2C+likes+gardening&avoid=alcohol&near=WN1+1YF&within=5000&need=debt&age=70&who=carer\
            &day=tue&time=evening&cost=free&cost=not-stated&how=phone&access=step-free&must=hearing-loop&must=company&lang=pl\
            &refer=self&sector=voluntary&open=1&elsewhere=1&sort=distance&per_page=20&page=3";
        assert_eq!(read(text).address(), text);
        assert_eq!(read(&read(text).address()), read(text));
    }

    #[test]
    fn the_order_of_keys_does_not_make_another_address() {
        assert_eq!(read("near=WN1&q=debt&page=1").address(), read("q=debt&near=WN1").address());
    }

    #[test]
    fn one_value_of_a_filter_can_be_taken_away() {
        let question = read("q=debt&cost=free&cost=paid&open=1&page=2");
        assert_eq!(question.without("cost", Some("free")).address(), "q=debt&cost=paid&open=1");
        assert_eq!(question.without("cost", None).address(), "q=debt&open=1");
    }
}

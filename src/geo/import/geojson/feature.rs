//! A feature: its properties, and which of them are codes and names.

use std::{cell::RefCell, collections::BTreeMap};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::geometry::{self, Drawn};
use crate::{
    domain::Point,
    geo::import::{columns::year_in, fault::Fault, kinds},
};

/// A feature as the file gave it.
#[derive(Default)]
pub(in crate::geo::import) struct Feature {
    /// Names in lower case, and texts and numbers as text.
    pub(in crate::geo::import) properties: BTreeMap<String, String>,
    pub(in crate::geo::import) geometry: Option<Drawn>,
}

/// The place that a feature is the outline of.
pub(in crate::geo::import) struct Own {
    pub(in crate::geo::import) code: String,
    pub(in crate::geo::import) name: String,
    pub(in crate::geo::import) year: Option<u16>,
}

/// Reads a feature while points are left.
pub(super) struct Seed<'a>(pub(super) &'a RefCell<u64>);

/// A property's value; objects and arrays are passed over.
struct Scalar(Option<String>);

impl Feature {
    /// The narrowest code among the properties: a ward's feature also names its council.
    pub(super) fn own(&self) -> Result<Own, Fault> {
        let known = self
            .coded()
            .filter_map(|(stem, code)| Some((kinds::rank(kinds::kind_of(code)?), stem, code)));
        let Some((_, stem, code)) = known.min_by_key(|(rank, stem, _)| (*rank, *stem)) else {
            let names: Vec<&str> = self.properties.keys().map(String::as_str).collect();
            let expected = "a property such as WD25CD with the code of a place";
            return Err(Fault::of("", expected, names.join(",")).in_column("properties"));
        };
        let names =
            ["hclnm", "nm", "name"].map(|ending| self.properties.get(&format!("{stem}{ending}")));
        let name = names.into_iter().flatten().find(|name| !name.trim().is_empty());
        Ok(Own {
            code: code.to_owned(),
            name: name.map(|name| name.trim().to_owned()).unwrap_or_default(),
            year: year_in(stem),
        })
    }

    /// All codes of places that it names.
    pub(super) fn codes(&self) -> Vec<String> {
        self.coded().map(|(_, code)| code.to_owned()).collect()
    }

    /// The middle that ONS states.
    pub(super) fn centre(&self) -> Option<Point> {
        let number = |name: &str| self.properties.get(name)?.parse().ok();
        Point::parse(number("lat")?, number("long")?)
    }

    /// Stems and values of properties that are called codes: `wd25cd`, `rgncd`, `pcn_code`.
    fn coded(&self) -> impl Iterator<Item = (&str, &str)> {
        self.properties.iter().filter_map(|(name, value)| {
            let stem = name.strip_suffix("cd").or_else(|| name.strip_suffix("code"))?;
            kinds::kind_of(value.trim()).map(|_| (stem, value.trim()))
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Feature;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Feature, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Feature;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Feature, A::Error> {
        let mut feature = Feature::default();
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "properties" => {
                    let values: Option<BTreeMap<String, Scalar>> = members.next_value()?;
                    let known = values.unwrap_or_default().into_iter();
                    let known =
                        known.filter_map(|(name, value)| Some((name.to_lowercase(), value.0?)));
                    feature.properties = known.collect();
                }
                "geometry" => feature.geometry = members.next_value_seed(geometry::Seed(self.0))?,
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(feature)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Scalar;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.chars().take(500).collect())))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut values: A,
            ) -> Result<Scalar, A::Error> {
                while values.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Scalar, A::Error> {
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar(None))
            }
        }
        json.deserialize_any(Reader)
    }
}

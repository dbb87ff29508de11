//! Sites: address, point, access.

use std::collections::BTreeMap;

use super::node::Node;
use crate::{
    domain::{
        AccessFeature, Address, Answer, Location, LocationId, LocationKind, Point, PointSource,
    },
    geo::Postcode,
    import::{draft::Setting, fault::Kind},
    text::{tidy, words},
};

/// The location of an object; `None` where it says nothing at all.
pub(super) fn location(node: Node<'_>, setting: Setting<'_>) -> Option<Location> {
    let address = address(node);
    let name = node
        .line("name")
        .or_else(|| address.as_ref().and_then(|address| address.lines.first().cloned()));
    let kind = kind(node);
    let key = node.line("id").or_else(|| key(name.as_deref(), address.as_ref()));
    let (Some(key), Some(name)) = (key, name.or_else(|| named_by(kind, address.as_ref()))) else {
        node.fault(Kind::ValueLeftOut, "", "a location with a name or an address", "neither");
        return None;
    };
    let point = point(node);
    Some(Location {
        kind,
        aliases: node.line("alternate_name").into_iter().filter(|alias| *alias != name).collect(),
        description: node.prose("description"),
        address,
        point,
        point_source: if point.is_some() { PointSource::Stated } else { PointSource::None },
        uprn: uprn(node),
        access: access(node),
        getting_there: node.prose("transportation"),
        provenance: setting.source.provenance(&key, setting.now),
        ..Location::named(LocationId::derive(&setting.source.name, &key), name)
    })
}

fn kind(node: Node<'_>) -> LocationKind {
    match node.line("location_type").unwrap_or_default().to_lowercase().as_str() {
        "virtual" => LocationKind::Virtual,
        "postal" => LocationKind::Postal,
        _ => LocationKind::Physical,
    }
}

fn named_by(kind: LocationKind, address: Option<&Address>) -> Option<String> {
    let postcode = address.and_then(|address| address.postcode.clone());
    postcode.or_else(|| (kind == LocationKind::Virtual).then(|| "Online".to_owned()))
}

fn key(name: Option<&str>, address: Option<&Address>) -> Option<String> {
    let postcode = address.and_then(|address| address.postcode.as_deref()).unwrap_or_default();
    let lines = address.map(|address| address.lines.join(",")).unwrap_or_default();
    let key = [name.unwrap_or_default(), &lines, postcode].join("|").to_lowercase();
    (key.len() > 2).then_some(key)
}

fn uprn(node: Node<'_>) -> Option<String> {
    let is_uprn = node
        .line("external_identifier_type")
        .is_none_or(|kind| kind.to_lowercase().contains("uprn"));
    node.line("external_identifier")
        .filter(|value| is_uprn && value.len() <= 12 && value.chars().all(|c| c.is_ascii_digit()))
}

/// The first physical address, else the first of any sort.
fn address(node: Node<'_>) -> Option<Address> {
    let mut found = node.each("addresses", |row| Some(one_address(row)));
    found.extend(node.each("physical_addresses", |row| Some(one_address(row))));
    found.into_iter().flatten().next().or_else(|| {
        let has_own = node.has("address_1") || node.has("postal_code") || node.has("postcode");
        has_own.then(|| one_address(node)).flatten()
    })
}

fn one_address(row: Node<'_>) -> Option<Address> {
    let lines = ["attention", "address_1", "address_2", "address_3", "address_4"];
    let lines =
        lines.iter().filter(|field| **field != "attention").filter_map(|field| row.line(field));
    let lines: Vec<String> = lines.flat_map(|line| split(&line)).collect();
    let town = row.line("city");
    let county = row
        .line("state_province")
        .or_else(|| row.line("region"))
        .filter(|county| Some(county) != town.as_ref());
    let postcode = row.line("postal_code").or_else(|| row.line("postcode"));
    let address = Address { lines, town, county, postcode: postcode.map(|text| usual(&text)) };
    (address != Address::default()).then_some(address)
}

/// The lines of an address written on one.
pub(in crate::import) fn split(line: &str) -> Vec<String> {
    line.split([',', '\n']).map(tidy::line).filter(|part| !part.is_empty()).collect()
}

/// A postcode in its usual form where it can be read, else as written.
pub(in crate::import) fn usual(text: &str) -> String {
    text.parse::<Postcode>().map_or_else(|_| tidy::line(text), |postcode| postcode.to_string())
}

fn point(node: Node<'_>) -> Option<Point> {
    let (lat, lon) = (node.number("latitude")?, node.number("longitude")?);
    let found = Point::parse(lat, lon);
    if found.is_none() {
        let swapped = Point::parse(lon, lat).is_some();
        let expected = if swapped {
            "latitude and longitude in their own fields"
        } else {
            "a point in or near England"
        };
        node.fault(Kind::ValueLeftOut, "latitude", expected, &format!("{lat}, {lon}"));
    }
    found
}

fn access(node: Node<'_>) -> BTreeMap<AccessFeature, Answer> {
    let mut found = BTreeMap::new();
    for list in ["accessibility", "accessibilities", "accessibility_for_disabilities"] {
        let texts = node.each(list, |row| {
            let fields = ["accessibility", "description", "details"];
            Some(fields.iter().filter_map(|field| row.line(field)).collect::<Vec<_>>().join(". "))
        });
        for (feature, answer) in texts.iter().flat_map(|text| words::features(text)) {
            found.entry(feature).or_insert(answer);
        }
    }
    found
}

//! Where it is: how it reaches people, at which venues, and what area it serves.

use super::{
    Edited,
    filled::Filled,
    reader::{LONGEST_LINE, LONGEST_PARAGRAPH, Reader},
};
use crate::{
    domain::{
        Address, AreaPart, Footprint, Location, LocationId, Sensitivity, ServiceAtLocation,
        ServiceAtLocationId,
    },
    geo::Gazetteer,
};

/// The most venues, and the most parts of an area.
const MOST: usize = 30;
const MOST_PARTS: usize = 60;

pub fn fill(edited: &Edited, filled: &mut Filled) {
    let service = &edited.service;
    service.delivery.iter().for_each(|delivery| filled.add_key("delivery", *delivery));
    for (row, (venue, site)) in venues(edited).enumerate() {
        let mut add = |name: &str, value: &str| filled.add(&format!("v{row}-{name}"), value);
        add("was", &venue.id.to_string());
        if !edited.shows_where(site) {
            // Where it is never leaves the store, not even to those who look after it.
            add("hidden", "yes");
            continue;
        }
        add("name", &site.name);
        let address = site.address.clone().unwrap_or_default();
        add("lines", &address.lines.join("\n"));
        add("town", address.town.as_deref().unwrap_or_default());
        add("postcode", address.postcode.as_deref().unwrap_or_default());
    }
    filled.add("care", if service.sensitivity == Sensitivity::Sensitive { "yes" } else { "" });
    filled.add("area", if service.footprint.is_some() { "these" } else { "none" });
    if let Some(footprint) = &service.footprint {
        let parts: Vec<String> = footprint.parts.iter().map(line_of).collect();
        filled.add("places", &parts.join("\n"));
        filled.add_maybe("area-note", footprint.note.as_ref());
        filled.add("own-only", if footprint.own_authority_only { "yes" } else { "" });
    }
}

pub fn apply(reader: &mut Reader<'_>, edited: &mut Edited, gazetteer: &Gazetteer) {
    edited.service.delivery = reader.choices("delivery").into_iter().collect();
    let before: Vec<(ServiceAtLocation, Location)> =
        venues(edited).map(|(venue, site)| (venue.clone(), site.clone())).collect();
    // A venue whose site is not known cannot be shown in the form, and stays.
    let unseen = edited
        .service
        .venues
        .iter()
        .filter(|venue| before.iter().all(|(known, _)| known.id != venue.id));
    let mut after: Vec<ServiceAtLocation> = unseen.cloned().collect();
    let is_careful = reader.filled.get("care") == "yes";
    let rows = reader.filled.rows('v');
    if rows.len() > MOST.max(before.len() + 1) {
        reader.fault("v0-name", format!("Keep to {MOST} venues"));
        return;
    }
    for row in rows {
        let was = reader.filled.get(&format!("v{row}-was"));
        let known = before.iter().find(|(venue, _)| venue.id.to_string() == was);
        let was = known.map(|(_, site)| (site, !edited.shows_where(site)));
        let Some(mut site) = site(reader, row, was, gazetteer) else { continue };
        if was.is_some_and(|(_, was_hidden)| was_hidden)
            && !is_careful
            && Some(&site) == was.map(|(site, _)| site)
        {
            // It was hidden because the listing was shown with care, and stays hidden by itself.
            site = hidden(&site);
        }
        let venue = match known {
            Some((venue, _)) => ServiceAtLocation { location: site.id, ..venue.clone() },
            None => ServiceAtLocation::at(new_venue(edited, &site), site.id),
        };
        if after.iter().any(|other| other.id == venue.id) {
            reader.fault(&format!("v{row}-name"), "This venue is there already");
            continue;
        }
        after.push(venue);
        edited.know(&site);
    }
    edited.service.venues = after;
    edited.service.sensitivity =
        if is_careful { Sensitivity::Sensitive } else { Sensitivity::Ordinary };
    edited.service.footprint = footprint(reader, edited, gazetteer);
}

/// The same site, of which nobody reads where it is.
#[must_use]
pub fn hidden(site: &Location) -> Location {
    if site.confidential {
        return site.clone();
    }
    let id = LocationId::derive("keeping", &format!("hidden\n{}", site.id));
    Location { id, confidential: true, ..site.clone() }
}

fn venues(edited: &Edited) -> impl Iterator<Item = (&ServiceAtLocation, &Location)> {
    edited.service.venues.iter().filter_map(|venue| {
        let site = edited.sites.iter().find(|site| site.id == venue.location)?;
        Some((venue, site))
    })
}

/// The site of a row: the one that it was, or another where anything of it differs, so that other
/// services at the same site are not moved along. Nothing where the row is empty or taken away.
fn site(
    reader: &mut Reader<'_>,
    row: usize,
    was: Option<(&Location, bool)>,
    gazetteer: &Gazetteer,
) -> Option<Location> {
    let (was, was_hidden) = was.map_or((None, false), |(was, hidden)| (Some(was), hidden));
    let field = |name: &str| format!("v{row}-{name}");
    if reader.filled.has(&field("gone"), "yes") {
        return None;
    }
    let shown = was.filter(|_| !was_hidden);
    let before = shown.and_then(|site| site.address.clone()).unwrap_or_default();
    let name = reader.line(&field("name"), LONGEST_LINE);
    let address = Address {
        lines: reader.lines(&field("lines"), 5, LONGEST_LINE),
        town: reader.line(&field("town"), LONGEST_LINE),
        postcode: postcode(reader, &field("postcode"), before.postcode.as_deref(), gazetteer),
        ..before
    };
    let confidential = reader.filled.has(&field("hidden"), "yes");
    let is_empty = name.is_none() && address.lines.is_empty() && address.postcode.is_none();
    if is_empty && (was.is_none() || (was_hidden && confidential)) {
        // A hidden venue of which nothing new is said stays where it is.
        return was.cloned();
    }
    let Some(name) = name else {
        reader.fault(&field("name"), "Enter the name of the venue, such as St Mary’s Hall");
        return None;
    };
    let stands = shown.filter(|was| is_as_typed(was, &name, &address));
    Some(match stands {
        Some(was) if confidential => hidden(was),
        Some(was) => was.clone(),
        None => moved(shown, name, address, confidential, gazetteer),
    })
}

/// Whether a site is the one that was typed, however its source spaced the words.
fn is_as_typed(site: &Location, name: &str, typed: &Address) -> bool {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let part = |text: &Option<String>| text.as_deref().map(line).filter(|text| !text.is_empty());
    let stood = site.address.clone().unwrap_or_default();
    let lines = stood.lines.iter().map(|text| line(text)).filter(|text| !text.is_empty());
    line(&site.name) == name
        && lines.eq(typed.lines.iter().map(|text| line(text)))
        && part(&stood.town) == typed.town
        && part(&stood.postcode) == typed.postcode
}

fn moved(
    was: Option<&Location>,
    name: String,
    address: Address,
    confidential: bool,
    gazetteer: &Gazetteer,
) -> Location {
    let id = site_id(&name, &address, confidential);
    let stood = was.and_then(|was| was.address.clone()).unwrap_or_default();
    let same_spot = was.filter(|_| {
        stood.postcode == address.postcode && (stood.postcode.is_some() || stood == address)
    });
    let point = address.postcode.as_deref().and_then(|text| gazetteer.point_of_postcode(text));
    let bare = match same_spot {
        // The same place by another name, or hidden: what is known of the ground stays.
        Some(was) => Location { id, ..was.clone() },
        None => Location {
            point: point.map(|(point, _)| point),
            point_source: point.map(|(_, source)| source).unwrap_or_default(),
            ..Location::named(id, String::new())
        },
    };
    Location { name, address: Some(address), confidential, ..bare }
}

/// The same id for the same site, whoever types it, so that pressing twice makes one.
fn site_id(name: &str, address: &Address, confidential: bool) -> LocationId {
    let postcode = address.postcode.as_deref().unwrap_or_default();
    let lines = address.lines.join("\n");
    let town = address.town.as_deref().unwrap_or_default();
    LocationId::derive("keeping", &format!("{name}\n{lines}\n{town}\n{postcode}\n{confidential}"))
}

fn new_venue(edited: &Edited, site: &Location) -> ServiceAtLocationId {
    ServiceAtLocationId::derive("keeping", &format!("{}\n{}", edited.service.id, site.id))
}

/// A postcode in its usual form. One that stood there stays, be it known or not.
fn postcode(
    reader: &mut Reader<'_>,
    field: &str,
    before: Option<&str>,
    gazetteer: &Gazetteer,
) -> Option<String> {
    let text = reader.line(field, 10)?;
    if before == Some(text.as_str()) {
        return Some(text);
    }
    let known = text.parse::<crate::geo::Postcode>().ok().map(|postcode| postcode.to_string());
    let placed = known.as_deref().and_then(|text| gazetteer.point_of_postcode(text));
    if placed.is_none() {
        reader.fault(field, "Enter the whole postcode of the venue, such as WN7 1AA");
    }
    known
}

fn footprint(reader: &mut Reader<'_>, edited: &Edited, gazetteer: &Gazetteer) -> Option<Footprint> {
    if reader.filled.get("area") != "these" {
        return None;
    }
    let before = edited.service.footprint.clone().unwrap_or_default();
    // Two parts of one name are two lines.
    let mut known = before.parts.clone();
    let hint = edited.sites.iter().find_map(|site| site.point);
    let mut parts: Vec<AreaPart> = Vec::new();
    for line in reader.lines("places", MOST_PARTS, LONGEST_LINE) {
        let found = match known.iter().position(|part| line_of(part) == line) {
            Some(at) => vec![known.remove(at)],
            None => part_of(&line, hint, gazetteer),
        };
        if found.is_empty() {
            let how = format!(
                "We do not know “{line}” as a place in England. Enter a council, town, ward or the first part of a postcode, each on its own line"
            );
            reader.fault("places", how);
        }
        parts.extend(found.into_iter().filter(|part| !parts.contains(part)).collect::<Vec<_>>());
    }
    if parts.is_empty() && reader.faults.iter().all(|fault| fault.field != "places") {
        reader.fault("places", "Say which places it serves");
    }
    let note = reader.line("area-note", LONGEST_PARAGRAPH);
    let own_authority_only = reader.filled.has("own-only", "yes");
    Some(Footprint { parts, note, own_authority_only, ..before })
}

fn part_of(line: &str, hint: Option<crate::domain::Point>, gazetteer: &Gazetteer) -> Vec<AreaPart> {
    use crate::geo::PostcodePart;
    match PostcodePart::parse(line) {
        Ok(PostcodePart::Sector(prefix) | PostcodePart::Outcode(prefix)) => {
            let is_known = gazetteer.point_of_postcode(&prefix).is_some();
            is_known.then_some(AreaPart::Postcodes { prefix }).into_iter().collect()
        }
        // A whole postcode may be somebody's home; nobody serves one.
        Ok(PostcodePart::Full(_)) => Vec::new(),
        Err(_) => gazetteer.area_parts(line, hint),
    }
}

/// A part of an area as a line of the form.
fn line_of(part: &AreaPart) -> String {
    match part {
        AreaPart::Place { name, code, .. } if name.is_empty() => code.to_string(),
        AreaPart::Drawn { name, .. } if name.is_empty() => "A drawn area".to_owned(),
        AreaPart::Postcodes { prefix } => prefix.clone(),
        AreaPart::Place { name, .. } | AreaPart::Named { name } | AreaPart::Drawn { name, .. } => {
            name.clone()
        }
    }
}

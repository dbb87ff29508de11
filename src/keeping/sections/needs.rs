//! What it is called and what it helps with.

use super::{
    filled::Filled,
    reader::{LONGEST_LINE, Reader},
};
use crate::{
    domain::{NeedId, Service},
    vocabulary::Vocabulary,
};

/// The most needs of one listing: whoever names them all is found by none.
const MOST_NEEDS: usize = 12;
const MOST_ALIASES: usize = 10;

pub fn fill(service: &Service, filled: &mut Filled) {
    filled.add("name", &service.name);
    filled.add("aliases", &service.aliases.join("\n"));
    service.needs.iter().for_each(|need| filled.add("needs", need.as_str()));
}

pub fn apply(reader: &mut Reader<'_>, service: &mut Service, vocabulary: &Vocabulary) {
    let name = reader.line("name", LONGEST_LINE);
    if name.is_none() {
        reader.fault("name", "Enter the name that people know it by");
    }
    service.name = name.unwrap_or_default();
    service.aliases = reader.lines("aliases", MOST_ALIASES, LONGEST_LINE);
    let ticked = reader.filled.all("needs").iter().map(|need| NeedId::from(need.as_str()));
    // One that the vocabulary has lost since stays while it is ticked.
    let is_known =
        |need: &NeedId| vocabulary.need(need.as_str()).is_some() || service.needs.contains(need);
    let needs: Vec<NeedId> = ticked.filter(is_known).collect();
    if needs.len() > MOST_NEEDS.max(service.needs.len()) {
        let how = format!("Choose the {MOST_NEEDS} that fit best; there are {}", needs.len());
        reader.fault("needs", how);
    }
    // Ticking in another order is no change.
    let stays = service.needs.iter().filter(|need| needs.contains(need)).cloned();
    let new = needs.iter().filter(|need| !service.needs.contains(need)).cloned();
    service.needs = stays.chain(new).collect();
}

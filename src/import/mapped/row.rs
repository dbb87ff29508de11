//! One row to its records.

use jiff::{ToSpan, civil::Date};

use super::{
    language::{Choice, FundingRule, Mapping, OrganisationRule, ServiceRule, Status, Templates},
    template::Cells,
};
use crate::{
    domain::{
        AccessRoutes, AgeRange, Answer, AreaPart, Eligibility, Footprint, Funding,
        FundingVisibility, Identifier, Location, NeedId, Organisation, OrganisationId, Service,
        ServiceId, ServiceStatus,
    },
    import::{
        draft::{ServiceDraft, Setting},
        fault::{Kind, Log, Origin},
        oruk,
    },
    text::{ages, dates, html, money, people, tidy, times, web, words},
};

/// What reads the cells of one row.
pub(super) struct RowReader<'a> {
    pub cells: Cells<'a>,
    pub mapping: &'a Mapping,
    pub setting: Setting<'a>,
    pub origin: &'a Origin,
    pub log: &'a mut Log,
}

impl RowReader<'_> {
    pub(super) fn first(&self, templates: &Templates) -> Option<String> {
        self.cells.first(templates.iter())
    }

    pub(super) fn all(&self, templates: &Templates) -> Vec<String> {
        self.cells.all(templates.iter())
    }

    /// A key in small letters with single spaces, from all of its templates.
    fn key(&self, templates: &Templates) -> Option<String> {
        let parts = self.all(templates);
        (!parts.is_empty()).then(|| tidy::line(&parts.join("|")).to_lowercase())
    }

    pub(super) fn paragraphs(&self, templates: &Templates) -> String {
        let parts = self.all(templates).iter().map(|part| html::to_text(part)).collect::<Vec<_>>();
        parts.join("\n\n")
    }

    pub(super) fn left_out(&mut self, field: &str, expected: &str, found: &str) {
        self.log.add(Kind::ValueLeftOut, self.origin, field, expected, &format!("\"{found}\""));
    }

    fn website(&mut self, templates: &Templates) -> Option<String> {
        let text = self.first(templates)?;
        let page = web::page_in(&text);
        if page.is_none() {
            self.left_out("website", "an address such as https://www.example.org/page", &text);
        }
        page
    }

    /// The organisation, or none where it has no name.
    pub fn organisation(&mut self, rule: &OrganisationRule) -> Option<Organisation> {
        let name = html::to_line(&self.first(&rule.name)?);
        let key = self.key(&rule.key).unwrap_or_else(|| name.to_lowercase());
        let identifiers: Vec<Identifier> = rule
            .identifiers
            .iter()
            .filter_map(|(scheme, template)| {
                Some(oruk_identifier(scheme, &self.cells.fill(template)?))
            })
            .collect();
        let legal_form = self.choice(rule.legal_form_by.as_ref()).pop().or(rule.legal_form);
        let sector = self.choice(rule.sector_by.as_ref()).pop().or(rule.sector);
        Some(Organisation {
            description: self.paragraphs(&rule.description),
            sector: sector.or_else(|| oruk::sector(&identifiers, legal_form)),
            legal_form,
            identifiers,
            website: self.first(&rule.website).and_then(|text| web::page_in(&text)),
            contacts: people::contacts(&self.all(&rule.contact)),
            provenance: self.setting.source.provenance(&key, self.setting.now),
            ..Organisation::named(OrganisationId::derive(&self.setting.source.name, &key), name)
        })
    }

    fn choice<T: Clone>(&self, choice: Option<&Choice<T>>) -> Vec<T> {
        let Some((choice, text)) =
            choice.and_then(|choice| Some((choice, self.cells.get(&choice.column)?)))
        else {
            return Vec::new();
        };
        let parts: Vec<&str> = match &choice.split {
            Some(split) => text.split(split.as_str()).collect(),
            None => vec![text],
        };
        let by = |part: &&str| {
            let found =
                choice.values.iter().find(|(word, _)| word.eq_ignore_ascii_case(part.trim()));
            found.map(|(_, value)| value.clone())
        };
        parts.iter().filter_map(by).collect()
    }

    /// The service, with the location of its venue; none where its rule asks for more than is said.
    pub fn service(
        &mut self,
        rule: &ServiceRule,
        organisation: OrganisationId,
    ) -> Option<(ServiceDraft, Option<Location>)> {
        let conditions: Vec<&str> = rule.only_when.iter().collect();
        if !conditions.is_empty() && self.all(&rule.only_when).is_empty() {
            return None;
        }
        let name = html::to_line(&self.first(&rule.name)?);
        let key = self.key(&rule.key)?;
        let said = self.paragraphs(&rule.eligibility);
        let mut service = self.plain(rule, (name, &key), organisation);
        service.eligibility = eligibility(&said, &service.description);
        let location =
            self.mapping.venue.as_ref().and_then(|venue| self.location(venue, &service.name));
        if let Some(location) = &location {
            service.venues.push(self.venue(location, &key, std::mem::take(&mut service.sessions)));
        }
        let mut audience = rule.audience.clone();
        audience.extend((!said.is_empty()).then_some(said));
        Some((ServiceDraft { service, codes: Vec::new(), audience }, location))
    }

    fn plain(
        &mut self,
        rule: &ServiceRule,
        (name, key): (String, &str),
        organisation: OrganisationId,
    ) -> Service {
        let description = self.paragraphs(&rule.description);
        let summary = self.first(&rule.summary).map(|text| tidy::cut(&html::to_line(&text), 160));
        let how = html::to_text(&self.all(&rule.how_to_start).join("\n"));
        let funding: Vec<Funding> =
            self.mapping.funding.as_ref().and_then(|rule| self.funding(rule)).into_iter().collect();
        let costs =
            self.all(&rule.cost).iter().find_map(|text| money::in_words(&html::to_line(text)));
        Service {
            aliases: self
                .all(&rule.aliases)
                .iter()
                .map(|alias| html::to_line(alias))
                .filter(|alias| *alias != name)
                .collect(),
            summary: summary.unwrap_or_else(|| tidy::summary(&description)),
            description,
            status: self.status(rule, &funding),
            sensitivity: rule.sensitivity,
            needs: self.needs(rule),
            costs: costs.into_iter().collect(),
            access_routes: AccessRoutes {
                routes: words::routes(&how),
                what_to_say: (!how.is_empty()).then_some(how),
                ..AccessRoutes::default()
            },
            delivery: rule.delivery.iter().copied().collect(),
            sessions: times::sessions(&html::to_text(&self.all(&rule.times).join("\n"))),
            footprint: self.footprint(rule),
            funding,
            website: self.website(&rule.website),
            contacts: people::contacts(&self.all(&rule.contact)),
            provenance: self.setting.source.provenance(key, self.setting.now),
            ..Service::named(ServiceId::derive(&self.setting.source.name, key), organisation, name)
        }
    }

    fn needs(&self, rule: &ServiceRule) -> Vec<NeedId> {
        let by = self.choice(rule.needs_by.as_ref()).into_iter().flatten();
        let mut needs: Vec<NeedId> = Vec::new();
        for need in rule.needs.iter().cloned().chain(by).map(NeedId) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        needs
    }

    fn status(&self, rule: &ServiceRule, funding: &[Funding]) -> ServiceStatus {
        let today = self.setting.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let is_funded = funding.iter().any(|funding| funding.to.is_none_or(|to| to >= today));
        match rule.status {
            Some(Status::Inactive) => ServiceStatus::Inactive,
            Some(Status::WhileFunded) if !is_funded => ServiceStatus::Inactive,
            _ => ServiceStatus::Active,
        }
    }

    fn footprint(&self, rule: &ServiceRule) -> Option<Footprint> {
        let mut footprint = Footprint::default();
        for text in self.all(&rule.area) {
            let split = rule.area_split.as_deref().unwrap_or("\n");
            for name in text.split(split).map(|part| tidy::line(part.trim_matches(['.', ' ']))) {
                let name = rule.area_words.get(&name.to_lowercase()).cloned().unwrap_or(name);
                if name.is_empty() {
                    continue;
                }
                let part = match oruk::gss(&name) {
                    Some(code) => oruk::place(&code, String::new()),
                    None => AreaPart::Named { name },
                };
                if !footprint.parts.contains(&part) {
                    footprint.parts.push(part);
                }
            }
        }
        (!footprint.parts.is_empty()).then_some(footprint)
    }

    fn funding(&self, rule: &FundingRule) -> Option<Funding> {
        let funder = self.first(&rule.funder)?;
        let date =
            |templates: &Templates| self.first(templates).and_then(|text| dates::date(&text));
        let from = date(&rule.from);
        let months = self
            .first(&rule.months)
            .and_then(|text| text.parse::<i32>().ok())
            .filter(|months| (1..600).contains(months));
        let after =
            |from: Date, months: i32| from.checked_add(months.months()).ok()?.yesterday().ok();
        Some(Funding {
            funder: tidy::line(&funder),
            programme: self.first(&rule.programme),
            kind: rule.kind.clone(),
            from,
            to: date(&rule.to).or_else(|| after(from?, months?)),
            share_percent: None,
            visibility: FundingVisibility::Public,
        })
    }
}

fn oruk_identifier(scheme: &str, value: &str) -> Identifier {
    oruk::identifier(scheme, "", value)
}

/// Ages from the words about who it is for, else from the description; never both.
fn eligibility(said: &str, description: &str) -> Eligibility {
    let stated: Vec<AgeRange> = ages::in_words(said);
    let ages = if stated.is_empty() { ages::in_words(description) } else { stated };
    let everyone =
        matches!(said.trim().to_lowercase().as_str(), "any" | "anyone" | "everyone" | "all");
    Eligibility {
        description: (!said.is_empty()).then(|| said.to_owned()),
        ages,
        open_to_all: if everyone { Answer::Yes } else { Answer::NotStated },
        ..Eligibility::default()
    }
}

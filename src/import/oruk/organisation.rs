//! Organisations, nested in services or on their own.

use super::{contacts, node::Node};
use crate::{
    domain::{
        Identifier, IdentifierScheme, LegalForm, Organisation, OrganisationId, Sector, Upkeep,
    },
    import::{draft::Setting, fault::Kind},
};

/// The organisation of an object, or none where it has no name.
pub(super) fn organisation(node: Node<'_>, setting: Setting<'_>) -> Option<Organisation> {
    let name = node.line("name")?;
    let key = node.line("id").unwrap_or_else(|| format!("name:{}", name.to_lowercase()));
    let identifiers = identifiers(node);
    let legal_form = node.line("legal_status").and_then(|text| legal_form(&text));
    Some(Organisation {
        sector: sector(&identifiers, legal_form),
        aliases: node.line("alternate_name").into_iter().filter(|alias| *alias != name).collect(),
        description: node.prose("description").unwrap_or_default(),
        legal_form,
        identifiers,
        parent: node
            .line("parent_organization_id")
            .filter(|parent| *parent != key)
            .map(|parent| OrganisationId::derive(&setting.source.name, &parent)),
        website: ["website", "url", "uri"].iter().find_map(|field| node.page(field)),
        contacts: contacts::contacts(node),
        upkeep: Upkeep { edited: node.moment("last_modified"), ..Upkeep::default() },
        provenance: setting.source.provenance(&key, setting.now),
        ..Organisation::named(OrganisationId::derive(&setting.source.name, &key), name)
    })
}

/// An organisation that the feed names by its id only takes the name of its service.
pub(super) fn stand_in(name: &str, key: &str, setting: Setting<'_>) -> Organisation {
    Organisation {
        provenance: setting.source.provenance(key, setting.now),
        ..Organisation::named(OrganisationId::derive(&setting.source.name, key), name.to_owned())
    }
}

fn identifiers(node: Node<'_>) -> Vec<Identifier> {
    node.each("organization_identifiers", |row| {
        let value = row.line("identifier").or_else(|| row.line("number"));
        let Some(value) = value else {
            row.fault(Kind::ValueLeftOut, "identifier", "a number in a register", "nothing");
            return None;
        };
        let scheme = row.line("identifier_scheme").unwrap_or_default();
        let kind = row.line("identifier_type").unwrap_or_default();
        Some(identifier(&scheme, &kind, &value))
    })
}

/// A number with the register that its scheme or its type names.
pub(in crate::import) fn identifier(scheme: &str, kind: &str, value: &str) -> Identifier {
    let words = format!("{scheme} {kind}").to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    let scheme = match () {
        () if says(&["gb-chc"]) => IdentifierScheme::Charity,
        () if says(&["gb-sc", "scottish charity", "oscr"]) => IdentifierScheme::ScottishCharity,
        () if says(&["gb-nic"]) => IdentifierScheme::Other,
        () if says(&["gb-coh", "company", "companies"]) => IdentifierScheme::Company,
        () if says(&["charity"]) => IdentifierScheme::Charity,
        () if says(&["cic", "community interest"]) => IdentifierScheme::Cic,
        () if says(&["cqc", "care quality"]) => IdentifierScheme::Cqc,
        () if says(&["gb-nhs", "ods"]) => IdentifierScheme::Ods,
        () if says(&["ofsted", "urn"]) => IdentifierScheme::Ofsted,
        () if says(&["ukprn"]) => IdentifierScheme::Ukprn,
        () => IdentifierScheme::Other,
    };
    Identifier { scheme, value: number(scheme, value) }
}

/// The number as its register writes it: company numbers have eight places.
fn number(scheme: IdentifierScheme, value: &str) -> String {
    let bare: String =
        value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    match scheme {
        IdentifierScheme::Company if bare.len() < 8 && bare.chars().all(|c| c.is_ascii_digit()) => {
            format!("{bare:0>8}")
        }
        _ => bare,
    }
}

/// The legal form, where the words for it leave no doubt.
fn legal_form(text: &str) -> Option<LegalForm> {
    let text = text.to_lowercase();
    let says = |part: &str| text.contains(part);
    match () {
        () if says("community interest") || text == "cic" => Some(LegalForm::Cic),
        () if says("charitable incorporated") || text == "cio" => Some(LegalForm::Cio),
        () if says("charitable company") => Some(LegalForm::CharitableCompany),
        () if says("guarantee") => Some(LegalForm::CompanyByGuarantee),
        () if says("limited by shares") || text == "private limited company" => {
            Some(LegalForm::CompanyByShares)
        }
        () if text == "trust" || says("charitable trust") => Some(LegalForm::CharitableTrust),
        () if says("unincorporated") => Some(LegalForm::Unincorporated),
        () if says("co-operative") || says("cooperative") => Some(LegalForm::CoOperative),
        () if says("sole trader") => Some(LegalForm::SoleTrader),
        () => None,
    }
}

/// A registered charity is voluntary; nothing else is guessed.
pub(in crate::import) fn sector(
    identifiers: &[Identifier],
    form: Option<LegalForm>,
) -> Option<Sector> {
    let charity = |known: &Identifier| {
        matches!(known.scheme, IdentifierScheme::Charity | IdentifierScheme::ScottishCharity)
    };
    match form {
        Some(LegalForm::Cic) => Some(Sector::SocialEnterprise),
        Some(LegalForm::Cio | LegalForm::CharitableCompany | LegalForm::CharitableTrust) => {
            Some(Sector::Voluntary)
        }
        _ if identifiers.iter().any(charity) => Some(Sector::Voluntary),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_their_registers_write_them() {
        let read = |scheme, kind, value| identifier(scheme, kind, value);
        let company = Identifier { scheme: IdentifierScheme::Company, value: "01234567".into() };
        assert_eq!(read("GB-COH", "Company number", "1234567"), company);
        assert_eq!(read("GB-CHC", "", "1000003").scheme, IdentifierScheme::Charity);
        assert_eq!(read("", "Registered charity number", "1 000 003").value, "1000003");
        assert_eq!(read("GB-SC", "", "SC000123").scheme, IdentifierScheme::ScottishCharity);
        assert_eq!(read("x", "y", "z").scheme, IdentifierScheme::Other);
    }
}

//! What it costs and who pays for it.

use super::node::Node;
use crate::{
    domain::{CostKind, CostOption, Funding, FundingVisibility},
    import::fault::Kind,
    text::{money, tidy},
};

/// The cost options, and what the words about fees say for certain.
pub(super) fn costs(node: Node<'_>) -> Vec<CostOption> {
    let mut costs = node.each("cost_options", option);
    let fees: Vec<String> =
        ["fees_description", "fees"].iter().filter_map(|field| node.line(field)).collect();
    if let Some(text) = fees.first().filter(|text| *text != "fees_description" && *text != "fees") {
        costs.extend(money::in_words(text).filter(|cost| costs.is_empty() || cost.note.is_some()));
    }
    costs
}

fn option(row: Node<'_>) -> Option<CostOption> {
    let (option, per) = (row.line("option"), row.line("amount_description"));
    let pence = amount(row);
    let words = [option.clone(), per.clone()].into_iter().flatten().collect::<Vec<_>>().join(". ");
    let said = money::in_words(&words).map(|cost| cost.kind);
    let kind = match pence {
        Some(0) => CostKind::Free,
        Some(_) => CostKind::Paid,
        None => said?,
    };
    let kind = if said == Some(CostKind::Donation) { CostKind::Donation } else { kind };
    Some(CostOption {
        kind,
        pence: pence.filter(|pence| *pence > 0),
        per: per.map(|text| tidy::cut(text.strip_prefix("per ").unwrap_or(&text), 120)),
        for_whom: option,
        note: None,
        valid_from: row.date("valid_from"),
        valid_to: row.date("valid_to"),
    })
}

fn amount(row: Node<'_>) -> Option<u32> {
    let text = row.line("amount")?;
    let pence = money::amount(&text);
    if pence.is_none() {
        row.fault(Kind::ValueLeftOut, "amount", "pounds such as 2.50", &format!("\"{text}\""));
    }
    pence
}

/// Sources of money, which a feed that publishes them makes public.
pub(super) fn funding(node: Node<'_>) -> Vec<Funding> {
    let row = |row: Node<'_>| {
        Some(Funding {
            funder: row.line("source")?,
            programme: None,
            kind: None,
            from: None,
            to: None,
            share_percent: None,
            visibility: FundingVisibility::Public,
        })
    };
    let mut found = node.each("funding", row);
    found.extend(node.each("fundings", row));
    found
}

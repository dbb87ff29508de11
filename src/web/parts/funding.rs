//! What pays for a service, as far as everybody may see it.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::{
    domain::{Funding, FundingVisibility},
    search::wording,
};

/// The public sources of money under a heading; nothing where there are none.
#[must_use]
pub fn funding(sources: &[Funding], today: Date) -> Markup {
    let public: Vec<&Funding> =
        sources.iter().filter(|source| source.visibility == FundingVisibility::Public).collect();
    html! {
        @if !public.is_empty() {
            h2 { "Funding" }
            @for source in public { p { (one(source, today)) } }
        }
    }
}

fn one(source: &Funding, today: Date) -> Markup {
    html! {
        (source.funder)
        @if let Some(programme) = &source.programme { ", " (programme) }
        @if let Some(to) = source.to { @if to < today { ", ended " } @else { ", until " } (wording::long_date(to)) }
    }
}

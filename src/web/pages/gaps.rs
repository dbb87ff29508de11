//! `/steward/gaps`: what people said is missing, by need and area.

use axum::{Extension, extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::PlaceCode,
    keeping::Guest,
    referring::{FEWEST_TOLD, gaps},
    search::wording,
    store::GapCount,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::steward_menu::steward_menu,
        paths,
        work::Web,
    },
};

/// Answers with what was reported within a year.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let now = web.now();
    let counted = web.work(move |app: &App| gaps(&app.store, now)).await?;
    let (told, few): (Vec<GapCount>, Vec<GapCount>) =
        counted.into_iter().partition(|gap| gap.times >= FEWEST_TOLD);
    let page = GapsPage { guest: &guest, told: &told, few: few.len(), app: &web.app };
    Ok(web.show(&page, Cache::Private))
}

struct GapsPage<'a> {
    guest: &'a Guest,
    told: &'a [GapCount],
    /// How many needs and areas are not told, because few said so.
    few: usize,
    app: &'a App,
}

impl Page for GapsPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("What is said to be missing", self.guest)
    }
}

impl Render for GapsPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (steward_menu(paths::GAPS))
            h1 class="govuk-heading-l" { "What is said to be missing" }
            p class="govuk-body" id="gaps" { "How often people who searched said within a year that a need is not met in an area. One connection counts once a day for each. Fewer than " (FEWEST_TOLD) " are not told. That somebody found nothing that suits does not mean that there is nothing." }
            @if !self.told.is_empty() { (self.table()) }
            @if self.few > 0 {
                p class="govuk-body" { "Besides, " (wording::counted(self.few, "need in an area was", "needs in areas were")) " reported by fewer than " (FEWEST_TOLD) "." }
            } @else if self.told.is_empty() { p class="govuk-body" { "Nothing was reported." } }
        }
    }
}

impl GapsPage<'_> {
    fn table(&self) -> Markup {
        html! {
            div class="ha-scroll" role="region" aria-labelledby="gaps" tabindex="0" {
                table class="govuk-table" {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for heading in ["Need", "Area", "Times"] { th scope="col" class="govuk-table__header" { (heading) } }
                        }
                    }
                    tbody class="govuk-table__body" {
                        @for gap in self.told {
                            tr class="govuk-table__row" {
                                th scope="row" class="govuk-table__header" { (self.app.search.need(&gap.need).label) }
                                td class="govuk-table__cell" { (self.area(&gap.area)) }
                                td class="govuk-table__cell" { (gap.times) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn area(&self, area: &str) -> String {
        let place = self.app.gazetteer.place(&PlaceCode::from(area));
        place.map_or_else(|| area.to_owned(), |place| place.name.clone())
    }
}

//! The fields of the index on disk.

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use crate::entry::Facet;
use crate::text;

/// Raised whenever the same entry would be indexed differently though the fields are the same.
pub(crate) const FORMAT: u32 = 4;

/// The facets that are stored; capacity is worked out when asked.
pub(crate) const STORED_FACETS: [(Facet, &str); 11] = [
    (Facet::Need, "facet_need"),
    (Facet::Who, "facet_who"),
    (Facet::Day, "facet_day"),
    (Facet::Time, "facet_time"),
    (Facet::Cost, "facet_cost"),
    (Facet::Delivery, "facet_delivery"),
    (Facet::Access, "facet_access"),
    (Facet::Language, "facet_language"),
    (Facet::Referral, "facet_referral"),
    (Facet::Sector, "facet_sector"),
    (Facet::Organisation, "facet_organisation"),
];

pub(crate) const ID_HIGH: &str = "id_high";
pub(crate) const ID_LOW: &str = "id_low";
pub(crate) const NAME_SHOWN: &str = "name_shown";
pub(crate) const ORGANISATION_SHOWN: &str = "organisation_shown";
pub(crate) const TRAITS: &str = "traits";
pub(crate) const CONFIRMED: &str = "confirmed";
pub(crate) const AGES: &str = "ages";
pub(crate) const VENUE: &str = "venue";
pub(crate) const VENUE_ORDINAL: &str = "venue_ordinal";
pub(crate) const DOOR: &str = "door";
pub(crate) const DOOR_FROM: &str = "door_from";
pub(crate) const DOOR_UNTIL: &str = "door_until";
pub(crate) const FITS: &str = "fits";
pub(crate) const FITS_NOT: &str = "fits_not";

/// Handles of the fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    /// The id's 16 bytes: the key to replace and remove by.
    pub(crate) id: Field,
    pub(crate) id_high: Field,
    pub(crate) id_low: Field,
    /// All words of an entry, those of its name three times. One field is searched
    /// several times faster than a union of fields.
    pub(crate) all: Field,
    pub(crate) name: Field,
    /// What it says it is: its names, needs and summary. Words elsewhere may be said in passing.
    pub(crate) gist: Field,
    /// The whole of each of its names, so that what is typed can be the same.
    pub(crate) called: Field,
    /// Words as written, for corrections of spelling.
    pub(crate) spell: Field,
    pub(crate) name_shown: Field,
    pub(crate) organisation_shown: Field,
    pub(crate) need_stated: Field,
    pub(crate) need_inferred: Field,
    pub(crate) need_mentioned: Field,
    pub(crate) serves: Field,
    pub(crate) serves_not: Field,
    pub(crate) venue_place: Field,
    /// Flags, breadth and completeness in one number.
    pub(crate) traits: Field,
    pub(crate) confirmed: Field,
    pub(crate) ages: Field,
    /// Morton codes; the n-th ordinal is that of the n-th venue.
    pub(crate) venue: Field,
    pub(crate) venue_ordinal: Field,
    /// Status and venue; the n-th moments are those of the n-th door.
    pub(crate) door: Field,
    pub(crate) door_from: Field,
    pub(crate) door_until: Field,
    pub(crate) fits: Field,
    pub(crate) fits_not: Field,
    pub(crate) facets: Vec<(Facet, Field)>,
}

/// The schema and its handles.
pub(crate) fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        id: schema.add_bytes_field("id", BytesOptions::default().set_indexed()),
        id_high: schema.add_u64_field(ID_HIGH, FAST),
        id_low: schema.add_u64_field(ID_LOW, FAST),
        all: words(&mut schema, "all"),
        name: words(&mut schema, "name"),
        gist: words(&mut schema, "gist"),
        called: indexed(&mut schema, "called", RAW),
        spell: indexed(&mut schema, "spell", text::PLAIN),
        name_shown: schema.add_text_field(NAME_SHOWN, value_column()),
        organisation_shown: schema.add_text_field(ORGANISATION_SHOWN, value_column()),
        need_stated: indexed(&mut schema, "need_stated", RAW),
        need_inferred: indexed(&mut schema, "need_inferred", RAW),
        need_mentioned: indexed(&mut schema, "need_mentioned", RAW),
        serves: indexed(&mut schema, "serves", RAW),
        serves_not: indexed(&mut schema, "serves_not", RAW),
        venue_place: indexed(&mut schema, "venue_place", RAW),
        traits: schema.add_u64_field(TRAITS, FAST),
        confirmed: schema.add_i64_field(CONFIRMED, NumericOptions::default().set_fast()),
        ages: schema.add_u64_field(AGES, FAST),
        venue: schema.add_u64_field(VENUE, FAST),
        venue_ordinal: schema.add_u64_field(VENUE_ORDINAL, FAST),
        door: schema.add_u64_field(DOOR, FAST),
        door_from: schema.add_i64_field(DOOR_FROM, FAST),
        door_until: schema.add_i64_field(DOOR_UNTIL, FAST),
        fits: schema.add_text_field(FITS, value_column()),
        fits_not: schema.add_text_field(FITS_NOT, value_column()),
        facets: STORED_FACETS
            .map(|(facet, name)| (facet, schema.add_text_field(name, facet_options())))
            .to_vec(),
    };
    (schema.build(), fields)
}

const RAW: &str = "raw";

fn words(schema: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(text::WORDS)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

/// Which documents have a value, and nothing more.
fn only_documents(tokenizer: &str) -> TextFieldIndexing {
    TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false)
}

fn indexed(schema: &mut SchemaBuilder, name: &str, tokenizer: &str) -> Field {
    let options = TextOptions::default().set_indexing_options(only_documents(tokenizer));
    schema.add_text_field(name, options)
}

fn value_column() -> TextOptions {
    TextOptions::default().set_fast(RAW)
}

fn facet_options() -> TextOptions {
    value_column().set_indexing_options(only_documents(RAW))
}

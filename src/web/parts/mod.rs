//! Small parts that pages are made of: functions from what is shown to markup.

pub mod card;
pub mod chosen;
pub mod contacts;
pub mod fact_list;
pub mod factors;
pub mod facts;
pub mod filters;
pub mod frame;
pub mod funding;
pub mod getting_there;
pub mod identity;
pub mod pagination;
pub mod partnership_links;
pub mod place_facts;
pub mod search_form;
pub mod service_list;
pub mod sessions;
pub mod stamp;
pub mod starting;
pub mod state;
pub mod still_map;
pub mod suits;
pub mod toolbar;
pub mod trust;
pub mod understood;
pub mod urgent;

//! Small parts that pages are made of: functions from what is shown to markup.

pub mod card;
pub mod chosen;
pub mod factors;
pub mod facts;
pub mod filters;
pub mod frame;
pub mod pagination;
pub mod search_form;
pub mod state;
pub mod still_map;
pub mod toolbar;
pub mod understood;
pub mod urgent;

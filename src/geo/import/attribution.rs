//! What each licence asks to be shown. `[year]` becomes the year of the edition.

pub(super) const POSTCODES: &str = "Contains OS data © Crown copyright and database right [year]. \
    Contains Royal Mail data © Royal Mail copyright and database right [year]. Source: Office for \
    National Statistics licensed under the Open Government Licence v.3.0";
pub(super) const CODE_POINT: &str = "Contains OS data © Crown copyright and database right [year]. \
    Contains Royal Mail data © Royal Mail copyright and database right [year]. Contains National \
    Statistics data © Crown copyright and database right [year]. Licensed under the Open Government \
    Licence v.3.0";
pub(super) const BOUNDARIES: &str = "Source: Office for National Statistics licensed under the Open \
    Government Licence v.3.0. Contains OS data © Crown copyright and database right [year]";
pub(super) const HOUSE_OF_COMMONS: &str = "Source: Office for National Statistics licensed under the \
    Open Government Licence v.3.0. Contains OS data © Crown copyright and database right [year]. MSOA \
    names: House of Commons Library, Open Parliament Licence v.3.0";
pub(super) const PCN: &str = "Contains NHS England data and OS data © Crown copyright and database \
    right [year], licensed under the Open Government Licence v.3.0";
pub(super) const ONS: &str =
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0";
pub(super) const OPEN_NAMES: &str = "Contains OS data © Crown copyright and database right [year], \
    licensed under the Open Government Licence v.3.0";
pub(super) const NEED: &str = "English Indices of Deprivation: Ministry of Housing, Communities and \
    Local Government. Community Life Survey: Department for Culture, Media and Sport. Census: Office \
    for National Statistics. Licensed under the Open Government Licence v.3.0";

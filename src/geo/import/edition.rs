//! Which edition a file is, by its name and its columns.

/// Months as file names write them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `NSPL May 2025` where the name tells product and month, else what it tells, else the year of
/// the columns.
pub(super) fn of(label: &str, year: Option<u16>) -> String {
    let words: Vec<&str> = label.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let product = ["NSPL", "ONSPD"]
        .into_iter()
        .find(|product| words.iter().any(|word| word.eq_ignore_ascii_case(product)));
    let month = words.iter().find_map(|word| month(word));
    let named = words.iter().filter_map(|word| word.parse::<u16>().ok());
    let named = named.into_iter().find(|year| (2001..2100).contains(year));
    let year = named.or(year).map(|year| year.to_string());
    let parts =
        [product.map(str::to_owned), month.filter(|_| named.is_some()).map(str::to_owned), year];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    if known.is_empty() { "not stated".to_owned() } else { known.join(" ") }
}

fn month(word: &str) -> Option<&'static str> {
    let lower = word.to_lowercase();
    let named = |month: &&&str| {
        let month = month.to_lowercase();
        lower == month || (lower.len() == 3 && month.starts_with(&lower))
    };
    MONTHS.iter().find(named).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_are_told_by_name_then_by_columns() {
        assert_eq!(of("NSPL_MAY_2025_UK.zip: Data/NSPL_MAY_2025_UK.csv", None), "NSPL May 2025");
        assert_eq!(of("ONSPD_FEB_2024.csv", Some(2023)), "ONSPD February 2024");
        assert_eq!(of("Wards_December_2025_Boundaries.geojson", Some(2025)), "December 2025");
        assert_eq!(of("nspl_shaped_england.csv.gz", Some(2025)), "NSPL 2025");
        assert_eq!(of("x.csv", None), "not stated");
    }
}

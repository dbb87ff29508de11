//! What a code is the code of, by the letters and digits it begins with.

use crate::domain::PlaceKind;

/// The kind of area of an ONS code (`E05000860`) or of an ODS code of a PCN (`U12345`).
pub(crate) fn kind_of(code: &str) -> Option<PlaceKind> {
    let digits = code.get(1..)?;
    if !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    if code.starts_with('U') && digits.len() == 5 {
        return Some(PlaceKind::Pcn);
    }
    (digits.len() == 8 && !is_pseudo(code)).then(|| code.get(..3).and_then(by_prefix)).flatten()
}

fn by_prefix(prefix: &str) -> Option<PlaceKind> {
    Some(match prefix {
        "E01" | "W01" | "S01" => PlaceKind::Lsoa,
        "E02" | "W02" | "S02" => PlaceKind::Msoa,
        "E05" | "W05" | "S13" => PlaceKind::Ward,
        "E04" | "W04" => PlaceKind::Parish,
        "E14" | "W07" | "S14" => PlaceKind::Constituency,
        "E06" | "E07" | "E08" | "E09" | "W06" | "S12" => PlaceKind::Council,
        "E10" => PlaceKind::County,
        "E38" => PlaceKind::SubIcb,
        "E54" => PlaceKind::Icb,
        "E40" => PlaceKind::NhsRegion,
        "E12" => PlaceKind::Region,
        "E92" | "W92" | "S92" => PlaceKind::Nation,
        _ => return None,
    })
}

/// Codes such as `E99999999` that stand for "no such area", and those of the islands.
pub(crate) fn is_pseudo(code: &str) -> bool {
    code.ends_with("99999999") || code.starts_with('L') || code.starts_with('M')
}

/// How wide a kind is among those that lie in one another; an equal rank is no parent.
pub(crate) fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Lsoa => 0,
        PlaceKind::Msoa
        | PlaceKind::Ward
        | PlaceKind::Parish
        | PlaceKind::Custom
        | PlaceKind::Named
        | PlaceKind::Sector
        | PlaceKind::Outcode => 1,
        PlaceKind::Pcn | PlaceKind::Constituency => 2,
        PlaceKind::Council | PlaceKind::SubIcb => 3,
        PlaceKind::County | PlaceKind::Icb => 4,
        PlaceKind::NhsRegion | PlaceKind::Region => 5,
        PlaceKind::Nation => 6,
    }
}

/// A kind in a word, as reports and editions write it.
pub(crate) fn word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Lsoa => "lsoa",
        PlaceKind::Msoa => "msoa",
        PlaceKind::Ward => "ward",
        PlaceKind::Custom => "custom",
        PlaceKind::Named => "named",
        PlaceKind::Sector => "sector",
        PlaceKind::Outcode => "outcode",
        PlaceKind::Pcn => "pcn",
        PlaceKind::Parish => "parish",
        PlaceKind::Constituency => "constituency",
        PlaceKind::Council => "council",
        PlaceKind::County => "county",
        PlaceKind::SubIcb => "sub-icb",
        PlaceKind::Icb => "icb",
        PlaceKind::NhsRegion => "nhs-region",
        PlaceKind::Region => "region",
        PlaceKind::Nation => "nation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_their_kind_and_pseudo_codes_none() {
        let kinds =
            ["E01006306", "E08000010", "E54000030", "U12345", "E99999999", "L93000001", "E0", "é1"];
        insta::assert_snapshot!(
            kinds.map(|code| kind_of(code).map_or("-", word)).join(" "),
            @"lsoa council icb pcn - - - -"
        );
    }
}

//! One postcode in twelve bytes.

/// One record, unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) unit: u16,
    pub(super) quality: u8,
    pub(super) point: Option<(i32, i32)>,
    pub(super) set: u32,
}

/// Bytes of a record.
pub(super) const WIDTH: usize = 12;
/// What three bytes hold when there is no point.
const NO_POINT: u32 = 0x00ff_ffff;
/// The south-west corner of what `Point` takes, in millionths of a degree.
const SOUTH: i32 = 49_000_000;
const WEST: i32 = -9_500_000;
/// The letters in the last two places of a postcode.
const UNIT_LETTERS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";

impl Record {
    /// The record as it is stored.
    pub(super) fn packed(&self) -> [u8; WIDTH] {
        let offset = |value: i32, origin: i32| u32::try_from(value - origin).unwrap_or(NO_POINT);
        let (lat, lon) = self
            .point
            .map_or((NO_POINT, NO_POINT), |(lat, lon)| (offset(lat, SOUTH), offset(lon, WEST)));
        let head = (self.unit << 4 | u16::from(self.quality & 0xf)).to_le_bytes();
        let [lat0, lat1, lat2, _] = lat.to_le_bytes();
        let [lon0, lon1, lon2, _] = lon.to_le_bytes();
        let [set0, set1, set2, set3] = self.set.to_le_bytes();
        [head[0], head[1], lat0, lat1, lat2, lon0, lon1, lon2, set0, set1, set2, set3]
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let &[head0, head1, lat0, lat1, lat2, lon0, lon1, lon2, set0, set1, set2, set3] = bytes
        else {
            return None;
        };
        let head = u16::from_le_bytes([head0, head1]);
        let lat = u32::from_le_bytes([lat0, lat1, lat2, 0]);
        let lon = u32::from_le_bytes([lon0, lon1, lon2, 0]);
        let placed = lat != NO_POINT && lon != NO_POINT;
        Some(Self {
            unit: head >> 4,
            quality: u8::try_from(head & 0xf).unwrap_or_default(),
            point: placed.then(|| (lat.cast_signed() + SOUTH, lon.cast_signed() + WEST)),
            set: u32::from_le_bytes([set0, set1, set2, set3]),
        })
    }
}

/// A unit (`1YF`) as a number below 4,000 that sorts as its text does.
pub(super) fn unit_of(incode: &str) -> Option<u16> {
    let [digit, first, second] = incode.as_bytes() else { return None };
    let letter = |c: &u8| u16::try_from(UNIT_LETTERS.binary_search(c).ok()?).ok();
    let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
    Some(u16::from(digit) * 400 + letter(first)? * 20 + letter(second)?)
}

/// The postcode of a unit.
pub(super) fn spell(outcode: &str, unit: u16) -> Option<String> {
    let letter = |at: u16| UNIT_LETTERS.get(usize::from(at)).copied().map(char::from);
    let (first, second) = (letter(unit / 20 % 20)?, letter(unit % 20)?);
    Some(format!("{outcode} {}{first}{second}", unit / 400))
}

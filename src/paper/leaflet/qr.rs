//! QR codes of web addresses.

use qrcodegen::{QrCode, QrCodeEcc};

/// The modules of a QR code, without the white around it.
#[derive(Clone)]
pub struct Qr {
    /// How many modules each side has.
    pub size: usize,
    code: QrCode,
}

impl Qr {
    /// Whether the module in this column and row is dark; outside the code none is.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        match (i32::try_from(x), i32::try_from(y)) {
            (Ok(x), Ok(y)) => self.code.get_module(x, y),
            _ => false,
        }
    }
}

/// The modules of a QR code of an address: `None` where it is too long, or empty.
///
/// The code can be read with 15 in 100 of it lost (level M), or more where that takes no room.
#[must_use]
pub fn qr(address: &str) -> Option<Qr> {
    if address.is_empty() {
        return None;
    }
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = usize::try_from(code.size()).ok()?;
    Some(Qr { size, code })
}

//! A service on a leaflet that a browser prints.

use maud::{Markup, html};

use super::qr_code::qr_code;
use crate::paper::{Entry, Qr};

/// One service, with its code and its short address beside it.
#[must_use]
pub fn leaflet_entry(entry: &Entry, code: Option<&Qr>) -> Markup {
    html! {
        section class="ha-print__service" {
            div class="ha-print__code" {
                @if let Some(code) = code { (qr_code(code, &format!("QR code that opens {}", entry.address))) }
                (address(&entry.address))
            }
            h2 { (entry.name) }
            p { (entry.by) }
            @if !entry.line.is_empty() { p { (entry.line) } }
            @if let Some(warning) = &entry.warning { p { strong { (warning) } } }
            @if let Some(note) = &entry.note { p class="ha-print__note" { (note) } }
            @match &entry.phone {
                Some(phone) => { p class="ha-print__phone" { (phone) } }
                None => { p { "Telephone not stated" } }
            }
            @if let Some(note) = &entry.phone_note { p { (note) } }
            @for (label, said) in &entry.facts { p { strong { (label) @if !label.ends_with('?') { ":" } } " " (said) } }
        }
    }
}

/// An address that is broken before its code and never within it.
fn address(address: &str) -> Markup {
    html! {
        @match address.rsplit_once('/') {
            Some((before, code)) => { (before) "/" wbr; span class="ha-print__short" { (code) } }
            None => { (address) }
        }
    }
}

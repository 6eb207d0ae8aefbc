//! What the 256 codes of a simple font are called, where the font has no map to letters: a named encoding and its differences.

use std::ops::RangeInclusive;

use lopdf::{Dictionary, Document, Object};

use super::document::File;

/// Most entries of a list of differences; there are 256 codes.
const MAX_DIFFERENCES: usize = 1024;

/// The letters of each code; empty where the encoding has none.
pub(super) fn letters(file: &File, font: &Dictionary) -> Vec<String> {
    let (base, differences) = match file.entry(font, b"Encoding") {
        Some(Object::Name(name)) => (Some(name.as_slice()), None),
        Some(Object::Dictionary(own)) => (
            file.entry(own, b"BaseEncoding").and_then(|o| o.as_name().ok()),
            file.entry(own, b"Differences").and_then(|o| o.as_array().ok()),
        ),
        _ => (None, None),
    };
    let base = match base {
        Some(name @ (b"MacRomanEncoding" | b"StandardEncoding" | b"MacExpertEncoding")) => name,
        // Fonts without an encoding have their own inside; in documents of offices they are Latin.
        _ => b"WinAnsiEncoding",
    };
    let mut letters = decode(file.library(), Object::Name(base.to_vec()), 0..=255);
    let mut code = 0_usize;
    for item in differences.into_iter().flatten().take(MAX_DIFFERENCES) {
        match file.resolve(item) {
            Some(Object::Integer(n)) => code = usize::try_from(*n).unwrap_or(usize::MAX),
            Some(Object::Name(name)) => {
                if let Some(entry) = letters.get_mut(code) {
                    *entry = glyph(file.library(), name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    letters
}

/// The letters of codes in an encoding that the library knows.
fn decode(document: &Document, encoding: Object, codes: RangeInclusive<u8>) -> Vec<String> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    let encoding = font.get_font_encoding_with_limit(document, 0).ok();
    let letter = |code: u8| encoding.as_ref().and_then(|e| e.bytes_to_string(&[code]).ok()).unwrap_or_default();
    codes.map(letter).collect()
}

/// The letter that a glyph's name stands for: Adobe's list, which the library has, and names made of a code.
fn glyph(document: &Document, name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let stem = text.split('.').next().unwrap_or_default();
    let code = stem.strip_prefix("uni").or_else(|| stem.strip_prefix('u')).filter(|hex| hex.len() >= 4);
    if let Some(c) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
        return c.to_string();
    }
    // Code 0 has no letter of its own, so that an unknown name gives nothing.
    let differences = vec![Object::Integer(0), Object::Name(stem.as_bytes().to_vec())];
    let mut encoding = Dictionary::new();
    encoding.set("Differences", differences);
    decode(document, Object::Dictionary(encoding), 0..=0).concat()
}

//! Fonts: what the codes of a text stand for and how wide they are. No outlines are read.

use std::borrow::Cow;

use hayro_cmap::{BfString, CMap};
use lopdf::{Dictionary, Object};

use super::document::File;
use super::encoding;
use super::letters::{UNKNOWN, plain};
use super::widths::of_named_font;

/// Most entries of a list of widths that are kept.
const MAX_WIDTHS: usize = 70_000;
/// Bytes of a table of 256 codes, about.
const TABLE: usize = 12 << 10;

/// A font as text needs it.
pub(super) struct Font {
    kind: Kind,
    /// Its name says that it is bold.
    pub bold: bool,
    /// Bytes that it takes, about.
    pub cost: usize,
}

enum Kind {
    /// One byte to a code: for each its letters and its width.
    Simple(Vec<(Vec<char>, f64)>),
    /// Several bytes to a code.
    Composite(Box<Composite>),
}

struct Composite {
    codes: Option<CMap>,
    letters: Option<CMap>,
    widths: Vec<(u32, u32, f64)>,
    default: f64,
}

/// One code of a text.
pub(super) struct Code<'a> {
    /// What it stands for; empty where it prints nothing.
    pub letters: Cow<'a, [char]>,
    /// In font sizes.
    pub width: f64,
    /// The single byte 32, which word spacing widens.
    pub is_space_byte: bool,
}

impl Font {
    /// Reads a font; at most `left` bytes are unpacked.
    pub(super) fn read(file: &File, dictionary: &Dictionary, left: usize) -> Self {
        let name = name_of(file, dictionary, b"BaseFont");
        let bold = ["Bold", "Black", "Heavy", "Demi"].iter().any(|word| name.contains(word));
        let mut cost = 0;
        let letters = file.entry(dictionary, b"ToUnicode").and_then(|o| o.as_stream().ok()).and_then(|stream| {
            let bytes = file.unpack(stream, left)?;
            cost += bytes.len();
            CMap::parse(&bytes, |_| None)
        });
        let kind = if name_of(file, dictionary, b"Subtype") == "Type0" {
            let codes = match file.entry(dictionary, b"Encoding") {
                Some(Object::Stream(stream)) => file.unpack(stream, left.saturating_sub(cost)).and_then(|bytes| {
                    cost += bytes.len();
                    CMap::parse(&bytes, |_| None)
                }),
                _ => None,
            };
            let below = file
                .entry(dictionary, b"DescendantFonts")
                .and_then(|o| o.as_array().ok())
                .and_then(|fonts| fonts.first())
                .and_then(|font| file.dictionary(font));
            let default = below.and_then(|d| file.entry(d, b"DW")).and_then(|o| file.number(o)).unwrap_or(1000.0);
            let widths = below.map(|d| composite_widths(file, d)).unwrap_or_default();
            cost += widths.len() * size_of::<(u32, u32, f64)>();
            Kind::Composite(Box::new(Composite { codes, letters, widths, default }))
        } else {
            cost += TABLE;
            Kind::Simple(simple(file, dictionary, &name, letters.as_ref()))
        };
        Self { kind, bold, cost }
    }

    /// The codes of a text, in the order of its bytes.
    pub(super) fn codes<'a>(&'a self, bytes: &'a [u8]) -> Vec<Code<'a>> {
        match &self.kind {
            Kind::Simple(table) => bytes
                .iter()
                .filter_map(|&byte| table.get(usize::from(byte)).map(|entry| (byte, entry)))
                .map(|(byte, (letters, width))| Code {
                    letters: Cow::Borrowed(letters),
                    width: width / 1000.0,
                    is_space_byte: byte == b' ',
                })
                .collect(),
            Kind::Composite(font) => {
                let Composite { codes, letters, widths, default } = font.as_ref();
                let mut found = Vec::with_capacity(bytes.len() / 2);
                let mut rest = bytes;
                while !rest.is_empty() {
                    let (code, length, cid) = next_code(codes.as_ref(), rest);
                    rest = &rest[length..];
                    found.push(Code {
                        letters: Cow::Owned(
                            letters.as_ref().and_then(|map| letters_of(map, code)).unwrap_or_else(|| vec![UNKNOWN]),
                        ),
                        width: width_of(widths, cid).unwrap_or(*default) / 1000.0,
                        is_space_byte: length == 1 && code == 32,
                    });
                }
                found
            }
        }
    }
}

/// The next code, its length in bytes, and its number in the font.
fn next_code(codes: Option<&CMap>, bytes: &[u8]) -> (u32, usize, u32) {
    let value = |length: usize| bytes.iter().take(length).fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
    if let Some(map) = codes {
        for length in 1..=bytes.len().min(4) {
            let code = value(length);
            if let Some(cid) = u8::try_from(length).ok().and_then(|length| map.lookup_cid_code(code, length)) {
                return (code, length, cid);
            }
        }
    }
    // Identity, and whatever else is not known: nearly all such fonts have two bytes to a code.
    let length = bytes.len().min(2);
    (value(length), length, value(length))
}

fn letters_of(map: &CMap, code: u32) -> Option<Vec<char>> {
    match map.lookup_bf_string(code)? {
        BfString::Char(c) => Some(plain(c.encode_utf8(&mut [0; 4]))),
        BfString::String(text) => Some(plain(&text)),
    }
}

fn width_of(widths: &[(u32, u32, f64)], cid: u32) -> Option<f64> {
    let at = widths.partition_point(|(first, ..)| *first <= cid).checked_sub(1)?;
    widths.get(at).filter(|(_, last, _)| cid <= *last).map(|(.., width)| *width)
}

/// `W`: `first [w w w]` and `first last w`, mixed.
fn composite_widths(file: &File, dictionary: &Dictionary) -> Vec<(u32, u32, f64)> {
    let mut widths = Vec::new();
    let Some(items) = file.entry(dictionary, b"W").and_then(|o| o.as_array().ok()) else { return widths };
    let code = |object: &Object| file.resolve(object).and_then(|o| o.as_i64().ok()).and_then(|n| u32::try_from(n).ok());
    let mut items = items.iter();
    while let (Some(first), Some(second)) = (items.next().and_then(code), items.next()) {
        if widths.len() > MAX_WIDTHS {
            break;
        }
        if let Some(Object::Array(list)) = file.resolve(second) {
            let numbered = (first..=u32::MAX).zip(list.iter().take(MAX_WIDTHS));
            widths.extend(numbered.filter_map(|(cid, width)| Some((cid, cid, file.number(width)?))));
        } else if let (Some(last), Some(width)) = (code(second), items.next().and_then(|o| file.number(o))) {
            widths.push((first, last, width));
        }
    }
    widths.sort_by_key(|(first, ..)| *first);
    widths
}

fn name_of(file: &File, dictionary: &Dictionary, key: &[u8]) -> String {
    let name = file.entry(dictionary, key).and_then(|o| o.as_name().ok());
    name.map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default()
}

/// Letters and widths of the 256 codes of a simple font.
fn simple(file: &File, dictionary: &Dictionary, name: &str, letters: Option<&CMap>) -> Vec<(Vec<char>, f64)> {
    let named = encoding::letters(file, dictionary);
    let first = file.entry(dictionary, b"FirstChar").and_then(|o| o.as_i64().ok()).unwrap_or(0);
    let listed = file.entry(dictionary, b"Widths").and_then(|o| o.as_array().ok());
    let missing = file
        .entry(dictionary, b"FontDescriptor")
        .and_then(|o| o.as_dict().ok())
        .and_then(|d| file.entry(d, b"MissingWidth"))
        .and_then(|o| file.number(o));
    // Type 3 fonts measure in a space of their own.
    let scale = file
        .entry(dictionary, b"FontMatrix")
        .and_then(|o| file.numbers::<6>(o))
        .map_or(1.0, |matrix| matrix[0].abs() * 1000.0);
    let table = named.into_iter().zip(0..=255_u8).map(|(named, code)| {
        let text = letters.and_then(|map| letters_of(map, u32::from(code))).unwrap_or_else(|| plain(&named));
        let width = i64::from(code)
            .checked_sub(first)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| listed?.get(index))
            .and_then(|o| file.number(o))
            .or(missing.filter(|_| listed.is_some()))
            .unwrap_or_else(|| of_named_font(name, code));
        (text, width * scale)
    });
    table.collect()
}

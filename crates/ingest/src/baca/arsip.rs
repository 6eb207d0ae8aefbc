//! Packed files (DOCX, XLSX, ODS): a small file may unpack to any size, whatever it says.

use std::io::{self, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::galat::SebabGalat;

/// Most bytes that all files in one may unpack to, pictures left out.
const MAX_UNPACKED: u64 = 256 << 20;
/// Most bytes of one file in it that is kept as text. The longest report has some ten million.
const MAX_TEXT: u64 = 64 << 20;
/// Most files in one.
const MAX_FILES: usize = 10_000;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 256;

/// A packed file whose size was checked.
pub(super) struct Arsip<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
}

impl<'a> Arsip<'a> {
    /// Opens it. `format` is its name for messages.
    pub(super) fn open(bytes: &'a [u8], format: &'static str) -> Result<Self, SebabGalat> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| SebabGalat::damaged(format, e))?;
        if zip.len() > MAX_FILES {
            return Err(SebabGalat::TerlaluBanyak { apa: "lebih dari 10.000 berkas di dalamnya" });
        }
        Ok(Self { zip, format })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Unpacks everything but pictures once, without keeping it.
    pub(super) fn check_size(&mut self) -> Result<(), SebabGalat> {
        let mut left = MAX_UNPACKED;
        for index in 0..self.zip.len() {
            let mut file = self.zip.by_index(index).map_err(|e| SebabGalat::damaged(self.format, e))?;
            if file.name().is_ok_and(|name| name.contains("/media/")) {
                continue;
            }
            let unpacked = io::copy(&mut (&mut file).take(left + 1), &mut io::sink())
                .map_err(|e| SebabGalat::damaged(self.format, e))?;
            left =
                left.checked_sub(unpacked).ok_or(SebabGalat::TerlaluBanyak { apa: "mengembang lebih dari 256 MB" })?;
        }
        Ok(())
    }

    /// The text of a file in it; `None` when it is not there.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, SebabGalat> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let damaged = |e: &dyn ToString| SebabGalat::damaged(self.format, e.to_string());
        let file = self.zip.by_index(index).map_err(|e| damaged(&e))?;
        let mut bytes = Vec::new();
        file.take(MAX_TEXT + 1).read_to_end(&mut bytes).map_err(|e| damaged(&e))?;
        if bytes.len() as u64 > MAX_TEXT {
            return Err(SebabGalat::TerlaluBanyak { apa: "teksnya mengembang lebih dari 64 MB" });
        }
        String::from_utf8(bytes).map(Some).map_err(|_| SebabGalat::damaged(self.format, "bukan UTF-8"))
    }
}

/// What a walk over XML meets.
pub(super) enum Simpul<'a> {
    /// An element begins; `true` when it is empty and ends at once.
    Buka(&'a BytesStart<'a>, bool),
    Tutup(&'a str),
    Teks(&'a str),
}

/// Walks over XML: local names without prefix, texts with entities resolved.
///
/// # Errors
/// When it is not well-formed or nested deeper than any document.
pub(super) fn walk(
    xml: &str,
    format: &'static str,
    mut visit: impl FnMut(Simpul<'_>) -> Result<(), SebabGalat>,
) -> Result<(), SebabGalat> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|e| SebabGalat::damaged(format, e))?;
        match &event {
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(SebabGalat::TerlaluBanyak { apa: "unsur bersarang lebih dari 256 tingkat" });
                }
                visit(Simpul::Buka(start, false))?;
            }
            Event::Empty(start) => visit(Simpul::Buka(start, true))?,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Simpul::Tutup(end.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Simpul::Teks(&text.xml10_content()))?,
            Event::CData(text) => visit(Simpul::Teks(&text.xml10_content()))?,
            Event::GeneralRef(name) => {
                let sign = match &**name {
                    "amp" => "&".to_owned(),
                    "lt" => "<".to_owned(),
                    "gt" => ">".to_owned(),
                    "quot" => "\"".to_owned(),
                    "apos" => "'".to_owned(),
                    _ => name.resolve_char_ref().ok().flatten().map(String::from).unwrap_or_default(),
                };
                visit(Simpul::Teks(&sign))?;
            }
            _ => {}
        }
    }
}

/// The value of an attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.value.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\""))
}

/// A number in an attribute.
pub(super) fn count(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.trim().parse().ok()
}

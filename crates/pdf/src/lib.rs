#![doc = include_str!("../README.md")]

mod data;
mod teks;
mod world;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use tolok_report::naskah::Naskah;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoString;
use typst::foundations::{Label, Smart};
use typst::introspection::Introspector;
use typst::layout::{Frame, FrameItem};
use typst::model::{Document, Numbering};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::teks::STEERING;
use crate::world::Dunia;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Printed page number ("iv", "12") of each entry of the outline, by its key.
    pub halaman: BTreeMap<String, String>,
    /// Number of pages, cover included.
    pub jumlah_halaman: usize,
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GalatPdf {
    /// The date of the document is needed for its properties and is not an ISO date.
    #[error("tanggal naskah \"{0}\" bukan tanggal yang sah; tulis seperti 2022-01-31")]
    Tanggal(String),
    /// The document could not be laid out.
    #[error("naskah tidak dapat ditata menjadi halaman: {0}")]
    Tata(String),
    /// The pages could not be written as PDF/A-2a and PDF/UA-1.
    #[error("halaman tidak dapat ditulis sebagai PDF/A-2a dan PDF/UA-1: {0}")]
    Tulis(String),
}

/// Makes a PDF/A-2a and PDF/UA-1 file. The same document always gives the same bytes.
///
/// This computes for tenths of a second and takes some hundred megabytes while it does. A server gives [`prepare`]'s bytes to a
/// process of its own that calls [`set`].
pub fn render(naskah: &Naskah) -> Result<Pdf, GalatPdf> {
    set(&prepare(naskah)?)
}

/// Everything that [`set`] needs to know of a document, as bytes.
pub fn prepare(naskah: &Naskah) -> Result<Vec<u8>, GalatPdf> {
    let (data, kunci) = data::convert(naskah)?;
    // The same for every edition of a document, never shared by two offices.
    let ident = format!("tolok\n{}\n{}", naskah.penerbit, naskah.judul);
    let order = serde_json::json!({ "ident": ident, "kunci": kunci, "naskah": data });
    serde_json::to_vec(&order).map_err(|e| GalatPdf::Tata(e.to_string()))
}

/// Typesets a prepared document.
pub fn set(prepared: &[u8]) -> Result<Pdf, GalatPdf> {
    let outcome = typeset(prepared);
    // The layout engine remembers every intermediate result of every document until told to forget.
    comemo::evict(0);
    outcome
}

fn typeset(prepared: &[u8]) -> Result<Pdf, GalatPdf> {
    let order: serde_json::Value = serde_json::from_slice(prepared).map_err(|e| GalatPdf::Tata(e.to_string()))?;
    let text = |name: &str| order[name].as_str().unwrap_or_default();
    let keys: Vec<String> =
        order["kunci"].as_array().into_iter().flatten().filter_map(|k| k.as_str().map(str::to_owned)).collect();
    let world = Dunia::new(order["naskah"].to_string());
    let document: PagedDocument = typst::compile(&world).output.map_err(|found| GalatPdf::Tata(describe(&found)))?;
    let document = without_steering(&document);
    let options = PdfOptions {
        ident: Smart::Custom(text("ident").to_owned()),
        creator: Smart::Custom(Some("Tolok".into())),
        timestamp: None,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|found| GalatPdf::Tulis(found.message().to_string()))?,
        tagged: true,
        pretty: false,
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|found| GalatPdf::Tulis(describe(&found)))?;
    let halaman = keys.into_iter().filter_map(|key| printed_page(&document, &key).map(|page| (key, page))).collect();
    Ok(Pdf { bytes, halaman, jumlah_halaman: document.pages().len() })
}

/// The document with what steered its line breaks taken out of its text again.
fn without_steering(document: &PagedDocument) -> PagedDocument {
    let pages = document
        .pages()
        .iter()
        .cloned()
        .map(|mut page| {
            strip(&mut page.frame);
            page
        })
        .collect();
    PagedDocument::new(pages, document.info().clone())
}

fn strip(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => strip(&mut group.frame),
            FrameItem::Text(text) if text.text.contains(STEERING) => strip_text(text),
            _ => {}
        }
        true
    });
}

fn strip_text(item: &mut TextItem) {
    let mut kept = EcoString::new();
    // Where each byte of the old text is in the new one.
    let mut moved = Vec::with_capacity(item.text.len() + 1);
    for (at, char) in item.text.char_indices() {
        // The hyphen at the end of a line is a glyph of its own and stays, so that readers can join the word again.
        let invisible =
            STEERING.contains(&char) && !item.glyphs.iter().any(|glyph| glyph.range() == (at..at + char.len_utf8()));
        moved.resize(at + char.len_utf8(), kept.len());
        if !invisible {
            for (offset, place) in moved[at..].iter_mut().enumerate() {
                *place += offset;
            }
            kept.push(char);
        }
    }
    moved.push(kept.len());
    let place = |old: u16| moved.get(usize::from(old)).and_then(|new| u16::try_from(*new).ok()).unwrap_or(old);
    for glyph in &mut item.glyphs {
        glyph.range = place(glyph.range.start)..place(glyph.range.end);
    }
    item.text = kept;
}

/// The page number printed on the page where the labelled content starts.
fn printed_page(document: &PagedDocument, key: &str) -> Option<String> {
    let label = Label::new(PicoStr::intern(key))?;
    let introspector = document.introspector();
    let location = introspector.query_label(label).ok()?.location()?;
    let page = document.pages().get(introspector.page(location).map(NonZeroUsize::get)? - 1)?;
    Some(number(page))
}

fn number(page: &Page) -> String {
    match &page.numbering {
        Some(Numbering::Pattern(pattern)) => pattern.apply(None, &[page.number]).map(Into::into).ok(),
        _ => None,
    }
    .unwrap_or_else(|| page.number.to_string())
}

fn describe(found: &[SourceDiagnostic]) -> String {
    found.iter().map(|diagnostic| diagnostic.message.as_str()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;

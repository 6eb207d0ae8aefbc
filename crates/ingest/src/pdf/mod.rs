//! PDFs with text: letters by their place on the page, put together to tables, headings and paragraphs.
//!
//! `lopdf` reads the syntax; everything after it is here, in steps that know only the one before:
//!
//! 1. `document` opens the file within limits, `font` and `encoding` tell what the codes of a text stand for;
//! 2. `content` carries out a page as far as letters and straight lines need it;
//! 3. `ruling` makes grids of lines, `text` makes lines of letters, `columns` finds columns by their gaps;
//! 4. `table` fills grids, `cell` reads one cell, `page` puts a page in order, `flow` the document.
//!
//! A table that goes on over pages is one grid per page with the same caption; whoever understands tables joins them.
#![allow(clippy::float_arithmetic, reason = "positions on a page are no figures")]

mod cell;
mod columns;
mod content;
mod document;
mod encoding;
mod flow;
mod font;
mod galat;
mod geometry;
mod letters;
mod page;
mod path;
mod ruling;
mod table;
mod text;
mod widths;

use std::panic::{AssertUnwindSafe, catch_unwind};

use tolok_domain::bacaan::{Bagian, CatatanBaca, Letak};

use content::Interpreter;
use document::{File, MAX_PAGES};
pub use galat::GalatPdf;

/// Reads a PDF that has text. `berkas` is its name, for places and messages.
///
/// # Errors
///
/// Where nothing can be read: no PDF, broken, locked, pictures only, or larger than any document. What could be read only in part or was
/// repaired is among the notes.
pub fn read_pdf(berkas: &str, bytes: &[u8]) -> Result<(Vec<Bagian>, Vec<CatatanBaca>), GalatPdf> {
    // Libraries below are asked not to panic; a file that makes one do so is broken.
    catch_unwind(AssertUnwindSafe(|| read(berkas, bytes)))
        .unwrap_or_else(|_| Err(GalatPdf::Rusak { berkas: berkas.to_owned() }))
}

fn read(berkas: &str, bytes: &[u8]) -> Result<(Vec<Bagian>, Vec<CatatanBaca>), GalatPdf> {
    let file = File::open(berkas, bytes)?;
    let pages = file.pages();
    if pages.is_empty() {
        return Err(GalatPdf::Rusak { berkas: berkas.to_owned() });
    }
    let mut interpreter = Interpreter::new(&file);
    let mut notes = Vec::new();
    let whole = Letak::file(berkas);
    let mut note = |halaman: Option<u32>, pesan: String| {
        notes.push(CatatanBaca { letak: halaman.map_or_else(|| whole.clone(), |n| whole.on_page(n)), pesan });
    };
    if pages.len() > MAX_PAGES {
        note(None, format!("PDF ini lebih dari {MAX_PAGES} halaman; halaman sesudahnya tidak dibaca, pecah berkasnya"));
    }
    let (mut layouts, mut pictures, mut letters) = (Vec::new(), 0, 0);
    for (number, page) in (1_u32..).zip(pages.iter().take(MAX_PAGES)) {
        if interpreter.is_spent() {
            note(
                Some(number),
                "isi PDF ini terlalu banyak; halaman ini dan sesudahnya tidak dibaca, pecah berkasnya".into(),
            );
            break;
        }
        let drawing = interpreter.page(page);
        let seen = drawing.glyphs.iter().filter(|glyph| glyph.letter != ' ').count();
        letters += seen;
        if drawing.cut {
            note(Some(number), "sebagian halaman ini tidak dapat dibaca; periksa dengan berkas asalnya".into());
        }
        if drawing.slanted > 0 {
            note(Some(number), format!("{} huruf miring (tanda air) tidak dibaca", drawing.slanted));
        }
        let unknown = drawing.glyphs.iter().filter(|glyph| glyph.letter == letters::UNKNOWN).count();
        if unknown * 10 > seen {
            note(
                Some(number),
                "banyak huruf halaman ini tidak dikenal karena PDF-nya tidak memuat peta huruf; minta berkas asalnya"
                    .into(),
            );
        }
        if drawing.pictures >= SCANNED && seen < FEW_LETTERS {
            pictures += 1;
            note(Some(number), "halaman ini gambar hasil pindai; isinya tidak dibaca".into());
        }
        layouts.push((number, page::layout(&drawing, page.area.height())));
    }
    if letters < FEW_LETTERS * layouts.len() && pictures == layouts.len() {
        return Err(GalatPdf::HanyaGambar { berkas: berkas.to_owned(), halaman: layouts.len() });
    }
    if letters == 0 {
        return Err(GalatPdf::Kosong { berkas: berkas.to_owned(), halaman: layouts.len() });
    }
    let mut flow = flow::flow(berkas, &layouts);
    notes.append(&mut flow.catatan);
    Ok((flow.bagian, notes))
}

/// A picture over so much of the page is the page.
const SCANNED: f64 = 0.5;
/// A page with fewer letters has none but a stamp or a number.
const FEW_LETTERS: usize = 20;

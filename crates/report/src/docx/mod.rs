//! DOCX: the document tree as WordprocessingML, written in the order of its schema, because Word is strict about it.

mod body;
mod fields;
mod grid;
mod numbering;
mod package;
mod page;
mod paragraph;
mod picture;
mod signature;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod xml;

use std::fmt;
use std::io;

use crate::naskah::{Gambar, Naskah};
use crate::outline::outline;
use body::Body;
use page::Bidang;

const NS_W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const NS_R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NS_WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const NS_A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const NS_PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// What the renderer cannot know from the document tree alone.
pub struct Pilihan<'a> {
    /// The printed page number of an entry of [`outline`], by its key; without it the list shows none until refreshed.
    pub halaman: &'a dyn Fn(&str) -> Option<String>,
    /// The picture as PNG; without bytes its description stands in its place.
    pub gambar: &'a dyn Fn(&Gambar) -> Vec<u8>,
}

impl Default for Pilihan<'_> {
    fn default() -> Self {
        Self { halaman: &|_| None, gambar: &|_| Vec::new() }
    }
}

impl fmt::Debug for Pilihan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pilihan").finish_non_exhaustive()
    }
}

/// The document as the bytes of a DOCX file; the same document gives the same bytes.
///
/// # Errors
/// When the zip writer fails, which takes a part beyond the limits of the format.
pub fn render(naskah: &Naskah, options: &Pilihan<'_>) -> io::Result<Vec<u8>> {
    let outline = outline(naskah);
    let mut body = Body::new(naskah, &outline, options);
    let cover = &naskah.sampul;
    let has_cover = [&cover.judul, &cover.instansi, &cover.alamat].iter().any(|lines| !lines.is_empty());
    if has_cover {
        body.cover(cover, !naskah.bagian.is_empty());
    }
    let mut footers = Vec::new();
    for (index, section) in naskah.bagian.iter().enumerate() {
        let number = index + 1;
        let page = Bidang::new(naskah.kertas, section.lebar);
        footers.push(page.footer(&naskah.penerbit, section.penomoran));
        body.section(section, page, &package::footer_relation(number), number < naskah.bagian.len());
    }
    let styles = styles::part(Bidang::new(naskah.kertas, false).text_width());
    let numbering = numbering::part(&body.lists);
    let isi = package::Isi { document: body.xml.finish(), styles, numbering, footers, media: body.media };
    package::write(naskah, &isi)
}

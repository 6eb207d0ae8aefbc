//! A tree of causes on one sheet of A3, or on several: an overview and one sheet for each branch.
//!
//! Boxes of a level stand in a row with a common height, each centred over what hangs below it. Where that is too wide, boxes without
//! anything below them stand under each other beside a line. Letters are never smaller than six points unless a single box has
//! hundreds right below it.

mod content;
mod draw;
mod layout;
mod pack;
mod paging;
#[cfg(test)]
mod tests;
mod view;

use super::Grafik;

/// Width and height of a drawing in units of 1/96 inch: the text area of an A3 page in landscape, less its heading and caption.
pub const A3: (u32, u32) = (1436, 824);

/// What a mark of colour says. The words beside it say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tanda {
    /// Achievement in a band, counted from the top of its scale.
    Pita(u8),
    /// Achievement without band.
    TanpaPita,
    /// Not known yet.
    BelumAda,
    /// Nothing to be known.
    #[default]
    Kosong,
}

/// One box: a condition with what shows whether it is true.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranting {
    /// Place of the box above in the list, where it stands earlier; none for a top.
    pub induk: Option<usize>,
    /// Weight of its look: 0 is the heaviest, 3 the plainest.
    pub lapis: u8,
    /// Its level in words.
    pub tingkat: String,
    /// The same in a box.
    pub singkat: String,
    /// Its code.
    pub kode: String,
    /// Its wording.
    pub judul: String,
    /// Its indicators.
    pub indikator: Vec<Petunjuk>,
    /// Who answers for it; empty when nobody does.
    pub pemilik: String,
    /// Its achievement in words.
    pub capaian: String,
    /// The same as a mark.
    pub tanda: Tanda,
    /// Its links to other offices.
    pub silang: Vec<Tautan>,
}

/// An indicator in a box.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Petunjuk {
    /// Its name.
    pub nama: String,
    /// Its target in words.
    pub target: String,
    /// Its achievement in words; may be empty.
    pub capaian: String,
    /// The same as a mark.
    pub tanda: Tanda,
}

/// A link to another office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tautan {
    /// What it says.
    pub label: String,
    /// Whether the other office needs this box; otherwise this box needs the other office.
    pub masuk: bool,
    /// Whether it is settled.
    pub diterima: bool,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helai {
    /// The box whose branch it shows; none for the whole tree or its overview.
    pub puncak: Option<usize>,
    /// The drawing. Boxes that have a sheet of their own name it by its place in the list, from 1.
    pub grafik: Grafik,
}

/// Draws the tree. `pita` names the bands for the legend, by step from the top.
pub fn tree(judul: &str, ranting: &[Ranting], pita: &[(u8, &str)]) -> Vec<Helai> {
    if ranting.is_empty() {
        return vec![Helai { puncak: None, grafik: super::empty_chart(judul, "Pohon kinerja") }];
    }
    let pages = paging::pages(ranting);
    let sheet_of = |r: usize| pages.iter().position(|page| page.puncak == Some(r)).map(|i| i + 1);
    pages
        .iter()
        .map(|page| Helai { puncak: page.puncak, grafik: draw::draw(judul, ranting, page, pita, &sheet_of) })
        .collect()
}

//! Which pages stand and which lie. Wide tables lie; what is too little for a page of its own lies with them, so that no
//! page holds a heading or a few lines only.

use super::tables;
use crate::naskah::{Bagian, Blok, Judul, Penomoran};

/// Heights are estimated in tenths of a millimetre on an upright page. Half a page of it: less than this between or after
/// wide tables stays on their pages.
const HALF_PAGE: u32 = 1400;

/// What opens a chapter stands on a page of its own unless it is hardly more than the heading.
const OPENING: u32 = 450;

/// A heading with this much text goes along with the wide table that it introduces.
const INTRODUCTION: u32 = 600;

/// Letters in a line, and its height.
const LINE: (usize, u32) = (78, 57);

/// Blocks on pages of one kind, before neighbours of the same kind are joined.
struct Potong {
    lebar: bool,
    isi: Vec<Blok>,
}

/// The sections of the document.
pub(super) fn build(blocks: Vec<(Penomoran, Blok)>) -> Vec<Bagian> {
    let mut sections: Vec<Bagian> = Vec::new();
    for (penomoran, chapter) in chapters(blocks) {
        let pieces = match penomoran {
            Penomoran::Romawi => vec![Potong { lebar: false, isi: chapter }],
            Penomoran::Arab | Penomoran::Tanpa => lay(chapter),
        };
        for piece in pieces {
            match sections.last_mut() {
                Some(last) if last.lebar == piece.lebar && last.penomoran == penomoran => last.isi.extend(piece.isi),
                last => {
                    let mulai_ulang = last.is_none_or(|s| s.penomoran != penomoran);
                    sections.push(Bagian { lebar: piece.lebar, penomoran, mulai_ulang, isi: piece.isi, ruang_atas: 0 });
                }
            }
        }
    }
    sections
}

/// Blocks by chapter; each starts on a new page.
fn chapters(blocks: Vec<(Penomoran, Blok)>) -> Vec<(Penomoran, Vec<Blok>)> {
    let mut chapters: Vec<(Penomoran, Vec<Blok>)> = Vec::new();
    for (penomoran, block) in blocks {
        let opens = matches!(&block, Blok::Judul(Judul { tingkat: 1, .. }));
        match chapters.last_mut() {
            Some((numbering, isi)) if *numbering == penomoran && !opens => isi.push(block),
            _ => chapters.push((penomoran, vec![block])),
        }
    }
    chapters
}

/// Turns the pages of one chapter.
fn lay(chapter: Vec<Blok>) -> Vec<Potong> {
    let mut pieces: Vec<Potong> = Vec::new();
    for block in chapter {
        let lebar = is_wide(&block);
        match pieces.last_mut() {
            Some(last) if last.lebar == lebar => last.isi.push(block),
            _ => pieces.push(Potong { lebar, isi: vec![block] }),
        }
    }
    if pieces.iter().all(|piece| !piece.lebar) {
        return pieces;
    }
    let count = pieces.len();
    let mut laid = Vec::with_capacity(count);
    for (index, mut piece) in pieces.into_iter().enumerate() {
        let limit = if index == 0 { OPENING } else { HALF_PAGE };
        if piece.lebar || height(&piece.isi) < limit {
            laid.push(Potong { lebar: true, ..piece });
            continue;
        }
        let before_table = index + 1 < count;
        let introduction = if before_table { piece.isi.split_off(introduction(&piece.isi)) } else { Vec::new() };
        laid.push(piece);
        if !introduction.is_empty() {
            laid.push(Potong { lebar: true, isi: introduction });
        }
    }
    laid
}

fn is_wide(block: &Blok) -> bool {
    matches!(block, Blok::Tabel(table) if tables::is_wide(&table.nama))
}

/// Where the last heading with its short text begins; the end when there is none. Headings directly above go along.
fn introduction(blocks: &[Blok]) -> usize {
    let heading = |block: &Blok| matches!(block, Blok::Judul(Judul { tingkat: 2.., .. }));
    let Some(last) = blocks.iter().rposition(heading) else { return blocks.len() };
    if height(&blocks[last..]) > INTRODUCTION {
        return blocks.len();
    }
    let above = blocks[..last].iter().rev().take_while(|block| heading(block)).count();
    last - above
}

fn height(blocks: &[Blok]) -> u32 {
    blocks.iter().map(block_height).sum()
}

fn block_height(block: &Blok) -> u32 {
    let many = |n: usize| u32::try_from(n).unwrap_or(u32::MAX / 1000);
    match block {
        Blok::Judul(Judul { tingkat: 1, .. }) => 200,
        Blok::Judul(_) => 110,
        Blok::Paragraf { isi, .. } => {
            let letters: usize = isi.iter().map(|run| run.teks.chars().count()).sum();
            many(letters.div_ceil(LINE.0).max(1)) * LINE.1 + 20
        }
        Blok::Daftar { butir, .. } => butir.iter().map(|item| height(item)).sum(),
        // Most rows have one or two lines.
        Blok::Tabel(table) => 200 + many(table.kepala.len() + table.isi.len()) * 75,
        Blok::Gambar(figure) => 150 + 1550 * figure.ukuran.1 / figure.ukuran.0.max(1),
        Blok::DaftarIsi(_) => 2 * HALF_PAGE,
        Blok::TandaTangan(_) => 600,
        Blok::Isian(fields) => many(fields.len()) * LINE.1 + 20,
        Blok::Draf(isi) => 150 + height(isi),
        Blok::HalamanBaru => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naskah::{Rata, Ruas, Tabel};

    fn text(letters: usize) -> Blok {
        Blok::Paragraf { isi: vec![Ruas::text("x".repeat(letters))], rata: Rata::Penuh, menjorok: true }
    }

    fn heading(tingkat: u8) -> Blok {
        Blok::Judul(Judul { tingkat, nomor: String::new(), teks: "Judul".to_owned(), di_daftar: true })
    }

    fn wide() -> Blok {
        Blok::Tabel(Tabel { nama: "pengukuran".to_owned(), ..Tabel::default() })
    }

    /// Orientation and number of blocks of each section.
    fn shape(blocks: Vec<Blok>) -> Vec<(bool, usize)> {
        let sections = build(blocks.into_iter().map(|block| (Penomoran::Arab, block)).collect());
        sections.iter().map(|section| (section.lebar, section.isi.len())).collect()
    }

    #[test]
    fn a_heading_goes_along_with_its_wide_table() {
        let chapter = vec![heading(1), text(3000), heading(2), heading(3), text(200), wide()];
        assert_eq!(shape(chapter), [(false, 2), (true, 4)]);
        assert_eq!(shape(vec![heading(1), text(3000), heading(2), text(1500), wide()]), [(false, 4), (true, 1)]);
        assert_eq!(shape(vec![heading(1), heading(2), wide()]), [(true, 3)]);
    }

    #[test]
    fn little_text_stays_between_wide_tables() {
        let chapter = vec![heading(1), text(3000), wide(), heading(2), text(300), wide(), text(300)];
        assert_eq!(shape(chapter), [(false, 2), (true, 5)]);
        assert_eq!(shape(vec![heading(1), text(900), wide(), text(4000)]), [(false, 2), (true, 1), (false, 1)]);
    }

    #[test]
    fn chapters_without_wide_tables_stand() {
        assert_eq!(shape(vec![heading(1), wide(), heading(1), text(10)]), [(true, 2), (false, 2)]);
        let front = vec![(Penomoran::Romawi, heading(1)), (Penomoran::Arab, heading(1)), (Penomoran::Arab, text(9))];
        let restarts: Vec<bool> = build(front).iter().map(|section| section.mulai_ulang).collect();
        assert_eq!(restarts, [true, true]);
    }
}

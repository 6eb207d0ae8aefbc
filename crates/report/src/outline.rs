//! What the tables of contents list, and under which key each entry is found. Every renderer takes its anchors from
//! here, so that a page number of one layout can be printed in another.

use crate::naskah::{Blok, JenisDaftar, Naskah};

/// An entry of a table of contents, of tables or of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ButirDaftar {
    /// Anchor in the document: `_Toc000001` and so on, in document order.
    pub kunci: String,
    /// Which list it belongs to.
    pub jenis: JenisDaftar,
    /// Level of the heading; 1 for tables and figures.
    pub tingkat: u8,
    /// Number as printed ("BAB I", "3.1"); may be empty.
    pub nomor: String,
    /// Text after the number.
    pub teks: String,
}

impl ButirDaftar {
    /// The entry as one line: "BAB I PENDAHULUAN", "Tabel 3.1 Capaian".
    pub fn label(&self) -> String {
        let word = match self.jenis {
            JenisDaftar::Isi => "",
            JenisDaftar::Tabel => "Tabel",
            JenisDaftar::Gambar => "Gambar",
        };
        let words = [word, &self.nomor, &self.teks];
        words.iter().flat_map(|part| part.split_whitespace()).collect::<Vec<_>>().join(" ")
    }
}

/// Numbers the listed blocks. A renderer walks the document in order and asks it about every block.
#[derive(Debug, Clone, Default)]
pub struct Pencacah {
    terakhir: usize,
}

impl Pencacah {
    /// The entry that this block makes, if it is listed: headings that ask for it, numbered tables, figures.
    pub fn entry(&mut self, block: &Blok) -> Option<ButirDaftar> {
        let (jenis, tingkat, nomor, teks) = match block {
            Blok::Judul(heading) if heading.di_daftar => {
                (JenisDaftar::Isi, heading.tingkat, &heading.nomor, &heading.teks)
            }
            Blok::Tabel(table) if !table.nomor.is_empty() => (JenisDaftar::Tabel, 1, &table.nomor, &table.judul),
            Blok::Gambar(figure) => (JenisDaftar::Gambar, 1, &figure.nomor, &figure.judul),
            _ => return None,
        };
        self.terakhir += 1;
        let kunci = format!("_Toc{:06}", self.terakhir);
        Some(ButirDaftar { kunci, jenis, tingkat, nomor: nomor.clone(), teks: teks.clone() })
    }
}

/// Every listed block in document order, drafts and lists included.
pub fn outline(naskah: &Naskah) -> Vec<ButirDaftar> {
    fn walk(blocks: &[Blok], counter: &mut Pencacah, found: &mut Vec<ButirDaftar>) {
        for block in blocks {
            found.extend(counter.entry(block));
            match block {
                Blok::Draf(inner) => walk(inner, counter, found),
                Blok::Daftar { butir, .. } => butir.iter().for_each(|item| walk(item, counter, found)),
                _ => {}
            }
        }
    }
    let (mut counter, mut found) = (Pencacah::default(), Vec::new());
    naskah.bagian.iter().for_each(|section| walk(&section.isi, &mut counter, &mut found));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naskah::{Bagian, Judul, Penanda, Tabel};

    #[test]
    fn keys_follow_the_document_into_drafts_and_lists() {
        let heading = |teks: &str, di_daftar| {
            Blok::Judul(Judul { tingkat: 1, nomor: "BAB I".into(), teks: teks.into(), di_daftar })
        };
        let table = |nomor: &str| {
            Blok::Tabel(Tabel { nomor: nomor.into(), judul: "Capaian\nKinerja".into(), ..Tabel::default() })
        };
        let list = Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir: vec![vec![table("1.1")], vec![table("")]] };
        let isi = vec![heading("Kata", false), heading("Pendahuluan", true), list, Blok::Draf(vec![table("1.2")])];
        let naskah = Naskah { bagian: vec![Bagian { isi, ..Bagian::default() }], ..Naskah::default() };
        let entries: Vec<_> = outline(&naskah).iter().map(|entry| (entry.kunci.clone(), entry.label())).collect();
        let expected = [
            ("_Toc000001", "BAB I Pendahuluan"),
            ("_Toc000002", "Tabel 1.1 Capaian Kinerja"),
            ("_Toc000003", "Tabel 1.2 Capaian Kinerja"),
        ];
        assert_eq!(entries, expected.map(|(key, label)| (key.to_owned(), label.to_owned())));
    }
}

//! The LKjIP (PermenPANRB 53/2014, lampiran II): chapters written by the office as Markdown, with tables, charts and
//! figures from the measurement. What the office has not written is drafted from the data and marked as draft.

mod analysis;
mod annex;
pub(crate) mod cells;
mod figures;
mod live;
mod markdown;
mod resources;
mod sections;
mod tables;
mod tree;

use std::fmt;

use tolok_domain::Pengukuran;
use tolok_domain::snapshot::Narasi;

use crate::naskah::{Bagian, Blok, JenisDaftar, Kertas, Naskah, Penomoran, Sampul};
use markdown::{Potongan, pieces};
pub(crate) use tables::capitalise;

/// A live reference or directive that cannot be resolved: which chapter, which line, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GalatNarasi {
    /// Chapter ("03-bab-1").
    pub bab: String,
    /// Line in it.
    pub baris: usize,
    /// What is wrong and what would be right.
    pub apa: String,
}

impl fmt::Display for GalatNarasi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "narasi/{}.md baris {}: {}", self.bab, self.baris, self.apa)
    }
}

/// Chapters for what an office has not written yet.
const DEFAULT_CHAPTERS: [(&str, &str); 7] = [
    ("01-kata-pengantar", include_str!("../../../../data/templates/lkjip/01-kata-pengantar.md")),
    ("02-ringkasan-eksekutif", include_str!("../../../../data/templates/lkjip/02-ringkasan-eksekutif.md")),
    ("03-bab-1", include_str!("../../../../data/templates/lkjip/03-bab-1.md")),
    ("04-bab-2", include_str!("../../../../data/templates/lkjip/04-bab-2.md")),
    ("05-bab-3", include_str!("../../../../data/templates/lkjip/05-bab-3.md")),
    ("06-bab-4", include_str!("../../../../data/templates/lkjip/06-bab-4.md")),
    ("07-bab-5", include_str!("../../../../data/templates/lkjip/07-bab-5.md")),
];

/// Builds the report of the measured year. Every unresolvable reference is reported in one go.
pub fn build(hasil: &Pengukuran<'_>) -> Result<Naskah, Vec<GalatNarasi>> {
    let mut builder = Penyusun { hasil, blocks: Vec::new(), chapter: 0, tables: 0, figures: 0, errors: Vec::new() };
    let mut in_front = true;
    for bab in chapters(hasil) {
        let is_chapter = bab.isi.trim_start().starts_with("# BAB");
        if is_chapter && in_front {
            builder.contents();
            in_front = false;
        }
        builder.chapter(&bab, in_front);
    }
    if in_front {
        builder.contents();
    }
    builder.annexes();
    if builder.errors.is_empty() { Ok(finish(hasil, sections::build(builder.blocks))) } else { Err(builder.errors) }
}

/// The office's chapters in order; default ones where it has none of that name.
fn chapters(hasil: &Pengukuran<'_>) -> Vec<Narasi> {
    let mut chapters: Vec<Narasi> = hasil.potret.narasi.iter().filter(|n| n.is_chapter()).cloned().collect();
    for (kode, isi) in DEFAULT_CHAPTERS {
        if !chapters.iter().any(|n| n.kode == kode) {
            chapters.push(Narasi { kode: kode.to_owned(), isi: isi.to_owned() });
        }
    }
    chapters.sort_by(|a, b| a.kode.cmp(&b.kode));
    chapters
}

fn finish(hasil: &Pengukuran<'_>, bagian: Vec<Bagian>) -> Naskah {
    let office = &hasil.potret.instansi;
    let tahun = hasil.potret.tahun;
    Naskah {
        judul: format!("Laporan Kinerja {tahun} {} {}", office.nama, office.daerah),
        penerbit: format!("{} {}", office.nama, office.daerah),
        // The report of a year is due at the beginning of the next (PermenPANRB 53/2014).
        tanggal: format!("{}-01-31", tahun + 1),
        kertas: Kertas::F4,
        sampul: Sampul {
            judul: vec![
                "LAPORAN KINERJA INSTANSI PEMERINTAH".to_owned(),
                "(LKjIP)".to_owned(),
                format!("TAHUN {tahun}"),
            ],
            instansi: vec![
                format!("PEMERINTAH {}", office.daerah.to_uppercase()),
                office.nama.to_uppercase(),
                (tahun + 1).to_string(),
            ],
            alamat: [office.alamat.clone(), phone(&office.telepon)].into_iter().filter(|l| !l.is_empty()).collect(),
        },
        bagian,
    }
}

fn phone(telepon: &str) -> String {
    if telepon.is_empty() { String::new() } else { format!("Telepon {telepon}") }
}

/// Collects blocks and numbers tables and figures by chapter.
struct Penyusun<'h, 'p> {
    hasil: &'h Pengukuran<'p>,
    blocks: Vec<(Penomoran, Blok)>,
    chapter: u8,
    tables: u8,
    figures: u8,
    errors: Vec<GalatNarasi>,
}

impl Penyusun<'_, '_> {
    fn chapter(&mut self, bab: &Narasi, front: bool) {
        if !front {
            self.chapter += 1;
            (self.tables, self.figures) = (0, 0);
        }
        for (line, piece) in pieces(&bab.isi) {
            let made = match piece {
                Potongan::Markdown(text) => markdown::blocks(&text, &|key| live::resolve(self.hasil, key)),
                Potongan::Arahan(words) => self.directive(&words),
            };
            match made {
                Ok(blocks) => self.push(blocks, front),
                Err((offset, apa)) => {
                    self.errors.push(GalatNarasi { bab: bab.kode.clone(), baris: line + offset, apa });
                }
            }
        }
    }

    /// What a directive on a line of its own stands for.
    fn directive(&mut self, words: &str) -> Result<Vec<Blok>, (usize, String)> {
        let mut parts = words.split_whitespace();
        let result = match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("tabel", Some(nama), None) => tables::build(self.hasil, nama).map(|mut table| {
                self.tables += 1;
                table.nomor = format!("{}.{}", self.chapter, self.tables);
                vec![Blok::Tabel(table)]
            }),
            ("grafik", Some(nama), None) => figures::build(self.hasil, nama).map(|mut figure| {
                self.figures += 1;
                figure.nomor = format!("{}.{}", self.chapter, self.figures);
                vec![Blok::Gambar(figure)]
            }),
            ("struktur", None, _) => Ok(resources::organisation(self.hasil.potret)),
            ("misi", None, _) => Ok(resources::missions(self.hasil.potret)),
            ("landasan", None, _) => Ok(resources::legal_basis(self.hasil.potret)),
            ("ringkasan", None, _) => Ok(analysis::summary(self.hasil)),
            ("analisis", None, _) => Ok(analysis::per_target(self.hasil)),
            ("tanda_tangan", None, _) => Ok(vec![resources::signature(self.hasil.potret)]),
            _ => Err("tidak dikenal; lihat docs/narasi.md".to_owned()),
        };
        result.map_err(|apa| (0, format!("{{{{{words}}}}} {apa}")))
    }

    fn push(&mut self, blocks: Vec<Blok>, front: bool) {
        let penomoran = if front { Penomoran::Romawi } else { Penomoran::Arab };
        self.blocks.extend(blocks.into_iter().map(|block| (penomoran, block)));
    }

    fn contents(&mut self) {
        let lists = [
            ("DAFTAR ISI", JenisDaftar::Isi),
            ("DAFTAR TABEL", JenisDaftar::Tabel),
            ("DAFTAR GAMBAR", JenisDaftar::Gambar),
        ];
        for (teks, jenis) in lists {
            self.push(vec![markdown::heading(1, teks), Blok::DaftarIsi(jenis)], true);
        }
    }

    fn annexes(&mut self) {
        self.chapter += 1;
        self.tables = 0;
        for block in annex::build(self.hasil) {
            let block = match block {
                Blok::Tabel(mut table) => {
                    self.tables += 1;
                    table.nomor = format!("L.{}", self.tables);
                    Blok::Tabel(table)
                }
                other => other,
            };
            self.push(vec![block], false);
        }
    }
}

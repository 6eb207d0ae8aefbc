//! Laporan Hasil Evaluasi (LHE): the result of an evaluasi AKIP as a letter, in long form with the worksheet, and for all offices of a
//! region. Everything is said by template and answers; what is not answered is said to be open.

mod long;
mod recap;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use tolok_domain::Potret;
use tolok_domain::calendar::written_date;
use tolok_domain::evaluasi::{Evaluasi, Pilih, Skor, Templat, counted, score};
use tolok_domain::rekomendasi::Rekomendasi;

use crate::naskah::{Bagian, Blok, Judul, Kertas, Naskah, PenandaTangan, Penomoran, Rata, Ruas, TandaTangan};
use words::{result, trend};

pub use recap::{build as build_recap, offices as recap_table};

/// What an LHE is made of.
struct Isi<'a> {
    potret: &'a Potret,
    evaluasi: &'a Evaluasi,
    templat: &'a Templat,
    /// The answers that count.
    pilih: Pilih<'a>,
    skor: Skor<'a>,
}

impl<'a> Isi<'a> {
    fn new(potret: &'a Potret, evaluasi: &'a Evaluasi) -> Option<Self> {
        let templat = potret.template(&evaluasi.templat)?;
        let pilih = counted(&potret.jawaban, &evaluasi.kode);
        let skor = score(templat, &pilih);
        Some(Self { potret, evaluasi, templat, pilih, skor })
    }

    /// Name of the office with its region.
    fn office(&self) -> String {
        format!("{} {}", self.potret.instansi.nama, self.potret.instansi.daerah)
    }

    fn naskah(&self, judul: &str, bagian: Vec<Bagian>) -> Naskah {
        let e = self.evaluasi;
        let tanggal = if e.tanggal_lhe.is_empty() { format!("{}-12-31", e.tahun) } else { e.tanggal_lhe.clone() };
        Naskah {
            judul: format!("{judul} {} {}", e.tahun, self.office()),
            penerbit: if e.evaluator.is_empty() { self.potret.instansi.daerah.clone() } else { e.evaluator.clone() },
            tanggal,
            kertas: Kertas::F4,
            bagian,
            ..Naskah::default()
        }
    }

    /// Place and day as far as they are known, and the evaluator's position.
    fn signature(&self) -> Blok {
        let place = &self.potret.instansi.tempat;
        let day = written_date(&self.evaluasi.tanggal_lhe).unwrap_or_else(|| ".".repeat(24));
        let evaluator = if self.evaluasi.evaluator.is_empty() { "Evaluator" } else { &self.evaluasi.evaluator };
        Blok::TandaTangan(TandaTangan {
            tempat_tanggal: format!("{place}, {day}"),
            kiri: None,
            kanan: PenandaTangan { jabatan: vec![evaluator.to_owned()], ..PenandaTangan::default() },
        })
    }
}

/// The letter: result, table of components, recommendations. `None` where the template is not known.
pub fn build_letter(potret: &Potret, evaluasi: &Evaluasi) -> Option<Naskah> {
    let isi = Isi::new(potret, evaluasi)?;
    let number = if evaluasi.nomor_lhe.is_empty() { "................" } else { &evaluasi.nomor_lhe };
    let mut blocks = vec![
        Blok::Isian(vec![
            ("Nomor".to_owned(), number.to_owned()),
            ("Hal".to_owned(), format!("Hasil Evaluasi AKIP Tahun {}", evaluasi.tahun)),
            ("Kepada".to_owned(), format!("Yth. {}", potret.instansi.penanda_tangan)),
        ]),
        paragraph(words::opening(&isi)),
        paragraph(result(&isi)),
    ];
    blocks.extend(trend(&isi).map(paragraph));
    blocks.push(Blok::Tabel(tables::components(&isi)));
    blocks.extend(recommendations(&isi));
    if given(&isi).next().is_some() {
        blocks.push(paragraph(
            "Rekomendasi di atas agar ditindaklanjuti dan perkembangannya dilaporkan sesuai batas waktunya.".to_owned(),
        ));
    }
    blocks.push(isi.signature());
    let page = Bagian { penomoran: Penomoran::Arab, mulai_ulang: true, isi: blocks, ..Bagian::default() };
    Some(isi.naskah("Surat Hasil Evaluasi AKIP", vec![page]))
}

/// The long form: introduction, results by component, recommendations, and the worksheet. `None` where the template is not known.
pub fn build_long(potret: &Potret, evaluasi: &Evaluasi) -> Option<Naskah> {
    Some(long::build(&Isi::new(potret, evaluasi)?))
}

/// The recommendations of this evaluation.
fn given<'a>(isi: &'a Isi<'_>) -> impl Iterator<Item = &'a Rekomendasi> {
    isi.potret.rekomendasi.iter().filter(|r| r.evaluasi.as_ref() == Some(&isi.evaluasi.kode))
}

/// The same as a list, or that there is none.
fn recommendations(isi: &Isi<'_>) -> Vec<Blok> {
    let butir: Vec<Vec<Blok>> = given(isi).map(|r| vec![paragraph(words::recommendation(r))]).collect();
    if butir.is_empty() {
        return vec![paragraph("Evaluasi ini belum memuat rekomendasi.".to_owned())];
    }
    vec![
        paragraph("Berdasarkan hasil tersebut direkomendasikan:".to_owned()),
        Blok::Daftar { penanda: crate::naskah::Penanda::Angka, mulai: 1, butir },
    ]
}

fn heading(tingkat: u8, nomor: &str, teks: impl Into<String>) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: nomor.to_owned(), teks: teks.into(), di_daftar: true })
}

fn paragraph(teks: String) -> Blok {
    Blok::Paragraf { isi: vec![Ruas::text(teks)], rata: Rata::Penuh, menjorok: false }
}

//! Records behind a suggestion, with the page on which each can be seen.

use tolok_domain::evaluasi::usul::{Rujukan, Tempat, UsulKriteria};
use tolok_domain::{Periode, Potret};

use super::question::place;
use crate::page::Bingkai;

/// Links that a suggestion shows; the sentence counts the rest.
const SHOWN: usize = 6;

/// A suggestion as the worksheet shows it.
pub(crate) struct UsulTampil {
    /// Class of its badge.
    pub kelas: &'static str,
    /// Key of the badge's text.
    pub label: &'static str,
    pub kalimat: String,
    /// Name and address of the records behind it.
    pub bukti: Vec<(String, String)>,
    /// How many more there are.
    pub lainnya: usize,
}

impl UsulTampil {
    pub fn of(usul: &UsulKriteria, potret: &Potret, h: &Bingkai) -> Self {
        let (kelas, label) = match usul.is_met() {
            Some(true) => ("ver", "lke-usul-terpenuhi"),
            Some(false) => ("kem", "lke-usul-belum"),
            None => ("draf", "lke-usul-tidak-tahu"),
        };
        Self {
            kelas,
            label,
            kalimat: usul.kalimat.clone(),
            bukti: usul.bukti.iter().take(SHOWN).map(|r| (r.to_string(), address(r, potret, h))).collect(),
            lainnya: usul.bukti.len().saturating_sub(SHOWN),
        }
    }
}

/// Where a record can be seen.
fn address(rujukan: &Rujukan, potret: &Potret, h: &Bingkai) -> String {
    let page = |path: String| format!("{}/{path}{}", h.akar, h.ekor);
    match rujukan {
        Rujukan::Indikator(kode) => page(format!("indikator/{kode}")),
        Rujukan::Kendala(kode, _) => format!("{}#kendala", page(format!("indikator/{kode}"))),
        Rujukan::Simpul(kode) => format!("{}#{kode}", page("rencana".to_owned())),
        Rujukan::Dokumen(kode) => page(format!("dokumen/{kode}")),
        Rujukan::TanpaDokumen(_) => page("dokumen".to_owned()),
        Rujukan::Unit(kode) => format!("{}#u-{kode}", page("perjanjian".to_owned())),
        Rujukan::Perjanjian(kode) => page(format!("perjanjian/{kode}")),
        Rujukan::Silang(kode) => format!("{}#h-{kode}", page("rencana/pohon/silang".to_owned())),
        Rujukan::Periode(periode) => format!("{}/pengukuran{}&tw={}", h.akar, h.tanya, quarter(*periode)),
        Rujukan::Rekomendasi(kode) => page(format!("rekomendasi/{kode}")),
        Rujukan::Evaluasi(kode) => page(format!("evaluasi/{kode}")),
        Rujukan::Jawaban(evaluasi, kode) => answer(evaluasi, kode, potret, h),
        // Chapters and registers are printed in the report.
        Rujukan::Terbitan(_) => page("laporan".to_owned()),
        Rujukan::Narasi(_) | Rujukan::Catatan(..) => page("laporan/lihat".to_owned()),
        Rujukan::Tempat(tempat) => page(path(*tempat).to_owned()),
    }
}

/// The question of an answer in its worksheet; the worksheet where the code is no question.
fn answer(evaluasi: &str, kode: &str, potret: &Potret, h: &Bingkai) -> String {
    let templat = potret.evaluation(evaluasi).and_then(|e| potret.template(&e.templat));
    let page = format!("{}/evaluasi/{evaluasi}{}", h.akar, h.tanya);
    templat
        .and_then(|t| place(t, kode))
        .map_or_else(|| page.clone(), |(komponen, n)| format!("{page}&komponen={}#q-{n}", komponen.kode))
}

/// The page of records of a kind.
const fn path(tempat: Tempat) -> &'static str {
    match tempat {
        Tempat::LandasanHukum => "laporan/lihat",
        Tempat::Dokumen => "dokumen",
        Tempat::Rencana => "rencana",
        Tempat::Pohon => "rencana/pohon",
        Tempat::Perjanjian => "perjanjian",
        Tempat::Pejabat => "pejabat",
        Tempat::Anggaran => "anggaran",
        Tempat::Indikator => "pengukuran",
        Tempat::Laporan => "laporan",
        Tempat::Reviu => "reviu",
        Tempat::Evaluasi => "evaluasi",
        Tempat::Rekomendasi => "rekomendasi",
    }
}

/// The quarter in which a period ends.
const fn quarter(periode: Periode) -> u8 {
    periode.last_month().div_ceil(3)
}

//! Records behind a suggestion, with the page on which each can be seen.

use tolok_domain::Periode;
use tolok_domain::evaluasi::usul::{Rujukan, UsulKriteria};

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
    pub fn of(usul: &UsulKriteria, h: &Bingkai) -> Self {
        let (kelas, label) = match usul.is_met() {
            Some(true) => ("ver", "lke-usul-terpenuhi"),
            Some(false) => ("kem", "lke-usul-belum"),
            None => ("draf", "lke-usul-tidak-tahu"),
        };
        Self {
            kelas,
            label,
            kalimat: usul.kalimat.clone(),
            bukti: usul.bukti.iter().take(SHOWN).map(|r| (r.to_string(), address(r, h))).collect(),
            lainnya: usul.bukti.len().saturating_sub(SHOWN),
        }
    }
}

/// Where a record can be seen.
fn address(rujukan: &Rujukan, h: &Bingkai) -> String {
    let page = |path: String| format!("{}/{path}{}", h.akar, h.ekor);
    match rujukan {
        Rujukan::Indikator(kode) | Rujukan::Kendala(kode, _) => page(format!("indikator/{kode}")),
        Rujukan::Simpul(kode) => format!("{}#{kode}", page("rencana".to_owned())),
        Rujukan::Dokumen(kode) => page(format!("dokumen/{kode}")),
        Rujukan::TanpaDokumen(_) => page("dokumen".to_owned()),
        Rujukan::Unit(_) => page("perjanjian".to_owned()),
        Rujukan::Perjanjian(kode) => page(format!("perjanjian/{kode}")),
        Rujukan::Silang(_) => page("rencana/pohon".to_owned()),
        Rujukan::Periode(periode) => format!("{}/pengukuran{}&tw={}", h.akar, h.tanya, quarter(*periode)),
        Rujukan::Rekomendasi(kode) => page(format!("rekomendasi/{kode}")),
        Rujukan::Evaluasi(kode) | Rujukan::Jawaban(kode, _) => page(format!("evaluasi/{kode}")),
        // Chapters and registers are printed in the report.
        Rujukan::Terbitan(_) => page("laporan".to_owned()),
        Rujukan::Narasi(_) | Rujukan::Catatan(..) => page("laporan/lihat".to_owned()),
    }
}

/// The quarter in which a period ends.
const fn quarter(periode: Periode) -> u8 {
    periode.last_month().div_ceil(3)
}

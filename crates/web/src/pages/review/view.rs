//! A finding as pages show it.

use tolok_app::review::{Keparahan, Sisi, Tempat, Temuan};
use tolok_app::{TemuanDinilai, day, difference_of, place_of, values_of};

use crate::page::Bingkai;
use crate::view::long_date;

/// One of the two places.
pub(crate) struct SisiTampil {
    pub tempat: String,
    /// Where the record can be seen; empty for files.
    pub alamat: String,
    pub hal: String,
    pub nilai: String,
}

/// One finding.
pub(crate) struct TemuanTampil {
    pub kelas: &'static str,
    pub label: &'static str,
    pub aturan: String,
    pub judul_aturan: String,
    pub dasar: String,
    pub judul: String,
    pub a: SisiTampil,
    pub b: Option<SisiTampil>,
    pub selisih: String,
    pub penjelasan: String,
    pub saran: String,
    /// Whether another finding explains it.
    pub akibat: bool,
    /// Who accepted it and why; empty where nobody did.
    pub diterima: String,
    /// What tells it from others, for its form.
    pub tempat: String,
    pub nilai: String,
}

/// Class of the badge of a severity.
pub(crate) const fn badge(keparahan: Keparahan) -> &'static str {
    match keparahan {
        Keparahan::Kesalahan => "salah",
        Keparahan::Peringatan => "kem",
        Keparahan::Info => "draf",
    }
}

/// Where a record can be seen.
pub(crate) fn address(tempat: &Tempat, h: &Bingkai) -> String {
    match tempat {
        Tempat::Indikator(kode) => format!("{}/indikator/{kode}{}", h.akar, h.ekor),
        Tempat::Simpul(kode) => format!("{}/anggaran{}#s-{kode}", h.akar, h.ekor),
        Tempat::Dokumen(kode) => format!("{}/dokumen/{kode}{}", h.akar, h.ekor),
        Tempat::Bab(_) => format!("{}/laporan/lihat{}", h.akar, h.ekor),
        Tempat::Naskah(_) => String::new(),
    }
}

fn side(sisi: &Sisi, h: &Bingkai) -> SisiTampil {
    SisiTampil {
        tempat: sisi.tempat.to_string(),
        alamat: address(&sisi.tempat, h),
        hal: sisi.hal.clone(),
        nilai: sisi.nilai.clone(),
    }
}

impl TemuanTampil {
    /// A finding, as it is.
    pub fn of(f: &Temuan, h: &Bingkai) -> Self {
        Self {
            kelas: badge(f.keparahan),
            label: f.keparahan.label(),
            aturan: f.aturan.kode.clone(),
            judul_aturan: f.aturan.judul.clone(),
            dasar: f.aturan.dasar.clone(),
            judul: f.judul.clone(),
            a: side(&f.a, h),
            b: f.b.as_ref().map(|b| side(b, h)),
            selisih: difference_of(f),
            penjelasan: f.explanation().to_owned(),
            saran: f.saran().to_owned(),
            akibat: f.akar.is_some(),
            diterima: String::new(),
            tempat: place_of(f),
            nilai: values_of(f),
        }
    }

    /// The same with what somebody decided about it.
    pub fn judged(t: &TemuanDinilai, h: &Bingkai) -> Self {
        let diterima = t.putusan.as_ref().map(|p| {
            let day = long_date(day(p.waktu));
            format!("{} ({}, {day})", p.alasan, p.oleh)
        });
        Self { diterima: diterima.unwrap_or_default(), ..Self::of(&t.temuan, h) }
    }
}

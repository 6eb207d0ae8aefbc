#![doc = include_str!("../README.md")]

mod akar;
pub mod aturan;
pub mod daftar_uji;
pub mod halaman;
mod kumpulan;
mod langsung;
mod laporan;
mod model;
mod nama;
mod rasio;
pub mod teks;
mod temuan;
mod uji;

use rayon::prelude::*;
use tolok_domain::Pengukuran;
use tolok_domain::bacaan::Bacaan;

pub use aturan::{Aturan, GalatAturan, Uji};
pub use laporan::reviu_kalimat;
pub use rasio::{Penjelasan, classify_ratio};
pub use temuan::{Keparahan, Sisi, Tempat, Temuan};

/// Everything found in the data of an office: the most serious first.
pub fn reviu(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    let year = Some(hasil.potret.tahun);
    let rules = aturan::rules().iter().filter(|a| a.holds_in(year));
    let found = rules.flat_map(|a| match a.uji {
        Uji::Langsung(rule) => langsung::run(hasil, a, rule),
        _ => Vec::new(),
    });
    akar::arrange(found.collect(), None)
}

/// Everything found in the files of one office, each by itself and against each other: the most serious first, those that explain others
/// before them, and after each what it explains.
///
/// Files of different offices are not comparable: review them one by one.
pub fn reviu_berkas(files: &[Bacaan]) -> Vec<Temuan> {
    let m = model::Model::new(files);
    let rules: Vec<&'static Aturan> = aturan::rules().iter().filter(|a| a.holds_in(m.tahun)).collect();
    // Rules do not see each other's findings; on several cores a large workbook is not waited for.
    let found: Vec<Vec<Temuan>> = rules.into_par_iter().map(|a| uji::run(&m, a)).collect();
    akar::arrange(found.into_iter().flatten().collect(), Some(&m))
}

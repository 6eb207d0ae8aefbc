//! The words that stand for choices, used for reading and for writing.

use crate::document::JenisDokumen;
use crate::figure::Keadaan;
use crate::indicator::{Akumulasi, Arah, RumusMinimal, RumusRentang, RumusStabil};
use crate::number::{self, Isi, Konteks, write_plain};
use crate::plan::JenisSimpul;
use crate::pohon::{ArahSilang, KeadaanSilang, TingkatKondisi};
use crate::value::TipeNilai;

pub(super) fn node_kinds() -> Vec<(&'static str, JenisSimpul)> {
    JenisSimpul::ALL.iter().map(|j| (j.as_str(), *j)).collect()
}

pub(super) fn condition_levels() -> Vec<(&'static str, TingkatKondisi)> {
    TingkatKondisi::ALL.iter().map(|t| (t.as_str(), *t)).collect()
}

pub(super) fn link_ways() -> Vec<(&'static str, ArahSilang)> {
    ArahSilang::ALL.iter().map(|a| (a.as_str(), *a)).collect()
}

pub(super) fn link_states() -> Vec<(&'static str, KeadaanSilang)> {
    KeadaanSilang::ALL.iter().map(|k| (k.as_str(), *k)).collect()
}

pub(super) fn document_kinds() -> Vec<(&'static str, JenisDokumen)> {
    JenisDokumen::ALL.iter().map(|j| (j.as_str(), *j)).collect()
}

pub(super) fn value_types() -> Vec<(&'static str, TipeNilai)> {
    TipeNilai::ALL.iter().map(|t| (t.as_str(), *t)).collect()
}

pub(super) fn accumulations() -> Vec<(&'static str, Akumulasi)> {
    Akumulasi::ALL.iter().map(|a| (a.as_str(), *a)).collect()
}

pub(super) fn states() -> Vec<(&'static str, Keadaan)> {
    Keadaan::ALL.iter().map(|k| (k.as_str(), *k)).collect()
}

/// Directions without a parameter.
const DIRECTIONS: [(&str, Arah); 8] = [
    ("maksimal", Arah::Maksimal),
    ("minimal", Arah::Minimal(RumusMinimal::Selisih)),
    ("minimal_kebalikan", Arah::Minimal(RumusMinimal::Kebalikan)),
    ("stabil", Arah::Stabil(RumusStabil::Langsung)),
    ("stabil_kmk467", Arah::Stabil(RumusStabil::Kmk467)),
    ("rentang", Arah::Rentang(RumusRentang::Ideal)),
    ("rentang_makin_tinggi", Arah::Rentang(RumusRentang::MakinTinggi)),
    ("rentang_makin_rendah", Arah::Rentang(RumusRentang::MakinRendah)),
];

/// The direction with a parameter: the worst value to count from.
const FROM_WORST: &str = "minimal_terburuk:";

pub(super) fn read_direction(text: &str) -> Result<Arah, String> {
    if let Some((_, arah)) = DIRECTIONS.iter().find(|(word, _)| *word == text) {
        return Ok(*arah);
    }
    if let Some(worst) = text.strip_prefix(FROM_WORST)
        && let Ok(Isi::Bilangan(worst)) = number::read(worst, &Konteks::indonesia()).map(|read| read.isi)
    {
        return Ok(Arah::Minimal(RumusMinimal::Terburuk(worst)));
    }
    let words: Vec<&str> = DIRECTIONS.iter().map(|(word, _)| *word).collect();
    Err(format!("\"{text}\" bukan arah yang dikenal; pilih {} atau {FROM_WORST}N", words.join(", ")))
}

pub(super) fn write_direction(arah: Arah) -> String {
    if let Arah::Minimal(RumusMinimal::Terburuk(worst)) = arah {
        return format!("{FROM_WORST}{}", write_plain(worst));
    }
    DIRECTIONS.iter().find(|(_, a)| *a == arah).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

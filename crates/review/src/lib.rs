#![doc = include_str!("../README.md")]

mod rules;

use tolok_domain::Pengukuran;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keparahan {
    /// Something is wrong: two figures that must agree do not.
    Kesalahan,
    /// Something should be looked at.
    Peringatan,
    /// Something is missing that the report needs.
    Info,
}

impl Keparahan {
    /// The word for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kesalahan => "Kesalahan",
            Self::Peringatan => "Peringatan",
            Self::Info => "Info",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tempat {
    /// An indicator, by code.
    Indikator(String),
    /// A plan node, by code.
    Simpul(String),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temuan {
    /// Code of the rule ("TGT-01").
    pub aturan: &'static str,
    /// How serious.
    pub keparahan: Keparahan,
    /// What was found, in one sentence.
    pub judul: String,
    /// Both places and the difference, or what to do.
    pub rincian: String,
    /// What it is about.
    pub tempat: Tempat,
}

/// Everything found in a measurement, the most serious first.
pub fn reviu(hasil: &Pengukuran<'_>) -> Vec<Temuan> {
    let mut found: Vec<Temuan> = rules::ALL.iter().flat_map(|rule| rule(hasil)).collect();
    found.sort_by_key(|t| t.keparahan);
    found
}

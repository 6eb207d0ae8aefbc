//! The checklist of a review (PermenPANRB 53/2014, annex III): 23 statements, answered from the findings where the files allow it, and
//! asked otherwise.

use std::sync::LazyLock;

use serde::Deserialize;
use tolok_domain::bacaan::Bacaan;

use crate::aturan::JenisTabel;
use crate::model::Model;
use crate::temuan::{Keparahan, Temuan};

/// One statement of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Butir {
    /// Group and number ("III.4").
    pub nomor: String,
    /// Its group ("Substansi").
    pub kelompok: String,
    /// The statement.
    pub teks: String,
    /// Rules whose findings answer it with no.
    #[serde(default)]
    pub aturan: Vec<String>,
    /// Tables that must have been read before their silence is an answer.
    #[serde(default)]
    pub perlu: Vec<JenisTabel>,
    /// Asked only when one of these statements was answered with no.
    #[serde(default)]
    pub hanya_bila_tidak: Vec<String>,
}

/// The answer to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jawaban {
    /// Nothing speaks against it.
    Ya,
    /// Findings speak against it.
    Tidak,
    /// A person has to say.
    Ditanyakan,
    /// Does not arise.
    TidakBerlaku,
}

impl Jawaban {
    /// The word for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ya => "Ya",
            Self::Tidak => "Tidak",
            Self::Ditanyakan => "Ditanyakan",
            Self::TidakBerlaku => "Tidak berlaku",
        }
    }
}

/// A statement with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jawab {
    /// The statement.
    pub butir: &'static Butir,
    /// The answer that the files suggest.
    pub jawaban: Jawaban,
    /// The findings that it rests on, by their place in the list.
    pub temuan: Vec<usize>,
}

#[derive(Deserialize)]
struct Berkas {
    butir: Vec<Butir>,
}

/// The file of the checklist.
pub const BERKAS: &str = include_str!("../../../data/rules/reviu-53-2014.daftar.toml");

static SEMUA: LazyLock<Vec<Butir>> =
    LazyLock::new(|| toml::from_str::<Berkas>(BERKAS).map(|b| b.butir).unwrap_or_default());

/// The statements, in their order. A test reads the file, so that a faulty one is not shipped.
pub fn statements() -> &'static [Butir] {
    &SEMUA
}

/// Answers the checklist for files and what was found in them.
pub fn checklist(files: &[Bacaan], found: &[Temuan]) -> Vec<Jawab> {
    let m = Model::new(files);
    let kinds: Vec<JenisTabel> = m.tabel.iter().map(|t| t.jenis).collect();
    let mut answers: Vec<Jawab> = Vec::new();
    for butir in statements() {
        let hits: Vec<usize> = found
            .iter()
            .enumerate()
            .filter(|(_, t)| t.keparahan != Keparahan::Info && butir.aturan.contains(&t.aturan.kode))
            .map(|(i, _)| i)
            .collect();
        let denied = |nomor: &String| answers.iter().any(|a| a.butir.nomor == *nomor && a.jawaban == Jawaban::Tidak);
        let jawaban = match () {
            () if !butir.hanya_bila_tidak.is_empty() && !butir.hanya_bila_tidak.iter().any(denied) => {
                Jawaban::TidakBerlaku
            }
            () if !hits.is_empty() => Jawaban::Tidak,
            () if !butir.aturan.is_empty() && butir.perlu.iter().all(|k| kinds.contains(k)) => Jawaban::Ya,
            () => Jawaban::Ditanyakan,
        };
        answers.push(Jawab { butir, jawaban, temuan: hits });
    }
    answers
}

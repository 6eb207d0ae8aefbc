//! Rules are data: `data/rules/*.toml` says what is compared, on which legal basis, how serious it is and what to do; the functions that
//! compare are the kinds ([`Uji`]) with parameters.

mod jenis;

use std::sync::LazyLock;

use serde::Deserialize;
use tolok_domain::{Decimal, Tahun};

use crate::temuan::Keparahan;
use jenis::desimal;
pub use jenis::{Hitungan, JenisTabel, Langsung, Rujukan, Tingkat, Uji, Ukuran, Unsur};

/// The rule files, in the order in which readers see them.
pub const BERKAS: [(&str, &str); 7] = [
    ("hitungan.toml", include_str!("../../../../data/rules/hitungan.toml")),
    ("antartabel.toml", include_str!("../../../../data/rules/antartabel.toml")),
    ("kelengkapan.toml", include_str!("../../../../data/rules/kelengkapan.toml")),
    ("kaskade.toml", include_str!("../../../../data/rules/kaskade.toml")),
    ("kewajaran.toml", include_str!("../../../../data/rules/kewajaran.toml")),
    ("naskah.toml", include_str!("../../../../data/rules/naskah.toml")),
    ("langsung.toml", include_str!("../../../../data/rules/langsung.toml")),
];

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aturan {
    /// Its code ("AR-01").
    pub kode: String,
    /// What must hold, in a few words.
    pub judul: String,
    /// Which places are compared.
    pub membandingkan: String,
    /// The function that compares, with its parameters.
    pub uji: Uji,
    /// Legal basis.
    pub dasar: String,
    /// How serious a breach is.
    pub keparahan: Keparahan,
    /// Differences up to this, in the unit of the values, are rounding and no finding.
    #[serde(default, deserialize_with = "desimal")]
    pub toleransi: Decimal,
    /// Why it matters.
    pub penjelasan: String,
    /// What to do.
    pub saran: String,
    /// First year of reports that it holds for.
    #[serde(default)]
    pub sejak: Option<Tahun>,
    /// Last year of reports that it holds for.
    #[serde(default)]
    pub sampai: Option<Tahun>,
    /// Codes of related rules.
    #[serde(default)]
    pub terkait: Vec<String>,
}

impl Aturan {
    /// Whether it holds for reports of a year.
    pub fn holds_in(&self, tahun: Option<Tahun>) -> bool {
        tahun.is_none_or(|t| self.sejak.is_none_or(|s| s <= t) && self.sampai.is_none_or(|s| t <= s))
    }

    /// Whether it works on the data of an office rather than on files.
    pub const fn is_live(&self) -> bool {
        matches!(self.uji, Uji::Langsung(_))
    }
}

/// A rule file that cannot be used; says where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GalatAturan {
    /// The file.
    pub berkas: String,
    /// Its line, from 1.
    pub baris: usize,
    /// What is wrong.
    pub pesan: String,
}

impl std::fmt::Display for GalatAturan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} baris {}: {}", self.berkas, self.baris, self.pesan)
    }
}

impl std::error::Error for GalatAturan {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Berkas {
    aturan: Vec<toml::Spanned<Aturan>>,
}

/// Reads a rule file.
///
/// # Errors
/// When it is no TOML, a field is unknown or missing, a code stands twice, or years run backwards; the line is named.
pub fn parse(berkas: &str, text: &str) -> Result<Vec<Aturan>, GalatAturan> {
    let line = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let fault = |at: usize, pesan: String| GalatAturan { berkas: berkas.to_owned(), baris: line(at), pesan };
    let file: Berkas =
        toml::from_str(text).map_err(|e| fault(e.span().map_or(0, |s| s.start), e.message().replace('\n', " ")))?;
    let mut rules: Vec<Aturan> = Vec::new();
    for spanned in file.aturan {
        let at = spanned.span().start;
        let rule = spanned.into_inner();
        if rules.iter().any(|r| r.kode == rule.kode) {
            return Err(fault(at, format!("kode {} dipakai dua kali", rule.kode)));
        }
        if rule.sejak.zip(rule.sampai).is_some_and(|(a, b)| a > b) {
            return Err(fault(at, format!("{}: sejak sesudah sampai", rule.kode)));
        }
        rules.push(rule);
    }
    Ok(rules)
}

static SEMUA: LazyLock<Vec<Aturan>> =
    LazyLock::new(|| BERKAS.iter().flat_map(|(name, text)| parse(name, text).unwrap_or_default()).collect());

/// Every rule that comes with the program. A test reads each file, so that a faulty one is not shipped.
pub fn rules() -> &'static [Aturan] {
    &SEMUA
}

/// The rule of that code.
pub fn find(kode: &str) -> Option<&'static Aturan> {
    rules().iter().find(|a| a.kode == kode)
}

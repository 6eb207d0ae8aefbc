//! Pohon kinerja (PermenPANRB 89/2021): what has to be true so that an outcome is reached, who sees to it, and where another office is
//! needed. The plan tree says what is done and paid; this tree says why.

mod edit;
mod gap;
mod propose;

pub use edit::{place, remove};
pub use gap::{Celah, JenisCelah, gaps};
pub use propose::propose;

use crate::id::Kode;

/// Levels under the outcome at most; a real tree has five.
pub const DEEPEST: usize = 20;

/// How far a condition is from the outcome, the outcome first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TingkatKondisi {
    /// What changes for people in the end.
    OutcomeAkhir,
    /// Critical success factor: without it the outcome is not reached.
    FaktorKunci,
    /// What has to be true on the way; may be taken apart into further ones.
    KondisiAntara,
    /// What somebody does or hands over.
    KondisiOperasional,
}

impl TingkatKondisi {
    /// Every level, the outcome first.
    pub const ALL: [Self; 4] = [Self::OutcomeAkhir, Self::FaktorKunci, Self::KondisiAntara, Self::KondisiOperasional];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OutcomeAkhir => "outcome_akhir",
            Self::FaktorKunci => "faktor_kunci",
            Self::KondisiAntara => "kondisi_antara",
            Self::KondisiOperasional => "kondisi_operasional",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OutcomeAkhir => "Outcome akhir",
            Self::FaktorKunci => "Faktor kunci",
            Self::KondisiAntara => "Kondisi antara",
            Self::KondisiOperasional => "Kondisi operasional",
        }
    }

    /// Why a condition of this level cannot be a cause of one of `induk`; none when it can. The level is the same or lower.
    pub fn refusal(self, induk: Self) -> Option<String> {
        (self < induk).then(|| format!("{} tidak dapat berada di bawah {}", self.label(), induk.label().to_lowercase()))
    }
}

/// One condition: true when its indicators say so, and a cause of the one above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kondisi {
    /// Its code; that of the plan node where it was proposed from one.
    pub kode: Kode,
    /// The condition that it is a cause of; none for an outcome that the office answers for itself.
    pub induk: Option<Kode>,
    /// Its level.
    pub tingkat: TingkatKondisi,
    /// What is then true, in words.
    pub uraian: String,
    /// The indicators that show it.
    pub indikator: Vec<Kode>,
    /// The plan node that it became.
    pub simpul: Option<Kode>,
    /// The unit that answers for it.
    pub unit: Option<Kode>,
}

/// Which way a link between offices goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArahSilang {
    /// This office asks another one: its own condition needs one of theirs.
    Keluar,
    /// Another office asks this one: their condition needs one of this office.
    Masuk,
}

impl ArahSilang {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::Keluar, Self::Masuk];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keluar => "keluar",
            Self::Masuk => "masuk",
        }
    }

    /// What the own condition has to do with the other office: "didukung" by it, or "mendukung" it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keluar => "didukung",
            Self::Masuk => "mendukung",
        }
    }
}

/// What became of a link between offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KeadaanSilang {
    /// Asked, not answered.
    #[default]
    Diusulkan,
    /// The office that was asked takes it on.
    Diterima,
    /// It does not, for a reason.
    Ditolak,
}

impl KeadaanSilang {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Diusulkan, Self::Diterima, Self::Ditolak];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Diusulkan => "diusulkan",
            Self::Diterima => "diterima",
            Self::Ditolak => "ditolak",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Diusulkan => "Diusulkan",
            Self::Diterima => "Diterima",
            Self::Ditolak => "Ditolak",
        }
    }
}

/// A link between offices: what one needs of the other. Each of the two keeps its own side of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silang {
    /// Its code.
    pub kode: Kode,
    /// Who asks whom.
    pub arah: ArahSilang,
    /// The own condition; may be open only while another office's request is not accepted.
    pub kondisi: Option<Kode>,
    /// The other office, by its code.
    pub instansi: Kode,
    /// The other office's condition, in its words.
    pub kondisi_lain: String,
    /// What is needed.
    pub uraian: String,
    /// What became of it.
    pub keadaan: KeadaanSilang,
    /// Why it was refused.
    pub alasan: String,
}

impl Silang {
    /// What does not fit together in it, as column, what is wrong, and what would be right.
    pub fn problem(&self) -> Option<(&'static str, &'static str, &'static str)> {
        match (self.arah, self.keadaan, &self.kondisi) {
            (ArahSilang::Keluar, _, None) => Some((
                "kondisi",
                "permintaan keluar tanpa kondisi sendiri",
                "isi kode kondisi yang memerlukan dukungan",
            )),
            (ArahSilang::Masuk, KeadaanSilang::Diterima, None) => {
                Some(("kondisi", "permintaan diterima tanpa kondisi sendiri", "isi kode kondisi yang mendukungnya"))
            }
            (_, KeadaanSilang::Ditolak, _) if self.alasan.trim().is_empty() => {
                Some(("alasan", "permintaan ditolak tanpa alasan", "isi alasannya"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod testing {
    //! Small trees for the tests of this module.

    use super::{Kondisi, TingkatKondisi};

    /// A condition from "kode<induk", its level by the first letter: o, f, a, p (operational).
    pub fn condition(text: &str) -> Kondisi {
        let (kode, induk) = text.split_once('<').map_or((text, None), |(k, i)| (k, Some(i.to_owned())));
        let tingkat = match kode.chars().next() {
            Some('o') => TingkatKondisi::OutcomeAkhir,
            Some('f') => TingkatKondisi::FaktorKunci,
            Some('a') => TingkatKondisi::KondisiAntara,
            _ => TingkatKondisi::KondisiOperasional,
        };
        Kondisi {
            kode: kode.to_owned(),
            induk,
            tingkat,
            uraian: kode.to_owned(),
            indikator: Vec::new(),
            simpul: None,
            unit: None,
        }
    }

    pub fn tree(texts: &[&str]) -> Vec<Kondisi> {
        texts.iter().map(|text| condition(text)).collect()
    }

    pub fn shown(tree: &[Kondisi]) -> Vec<String> {
        tree.iter().map(|k| k.induk.as_ref().map_or(k.kode.clone(), |induk| format!("{}<{induk}", k.kode))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_of_the_same_level_or_a_lower_one() {
        use TingkatKondisi::{FaktorKunci, KondisiAntara, KondisiOperasional, OutcomeAkhir};
        assert_eq!(FaktorKunci.refusal(OutcomeAkhir), None);
        assert_eq!(KondisiOperasional.refusal(OutcomeAkhir), None);
        assert_eq!(KondisiAntara.refusal(KondisiAntara), None);
        let why = FaktorKunci.refusal(KondisiAntara);
        assert_eq!(why.as_deref(), Some("Faktor kunci tidak dapat berada di bawah kondisi antara"));
    }

    #[test]
    fn a_link_says_what_it_lacks() {
        let link = |arah, kondisi: Option<&str>, keadaan, alasan: &str| Silang {
            kode: "x1".to_owned(),
            arah,
            kondisi: kondisi.map(str::to_owned),
            instansi: "dinas-lain".to_owned(),
            kondisi_lain: String::new(),
            uraian: String::new(),
            keadaan,
            alasan: alasan.to_owned(),
        };
        use ArahSilang::{Keluar, Masuk};
        use KeadaanSilang::{Diterima, Ditolak, Diusulkan};
        let column = |s: Silang| s.problem().map(|(kolom, ..)| kolom);
        assert_eq!(column(link(Keluar, None, Diusulkan, "")), Some("kondisi"));
        assert_eq!(column(link(Masuk, None, Diusulkan, "")), None);
        assert_eq!(column(link(Masuk, None, Diterima, "")), Some("kondisi"));
        assert_eq!(column(link(Masuk, None, Ditolak, " ")), Some("alasan"));
        assert_eq!(column(link(Masuk, None, Ditolak, "di luar tugas")), None);
        assert_eq!(column(link(Keluar, Some("a1"), Diterima, "")), None);
    }
}

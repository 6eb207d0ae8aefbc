//! Pohon kinerja (PermenPANRB 89/2021): what has to be true so that an outcome is reached, who sees to it, and where another office is
//! needed. The plan tree says what is done and paid; this tree says why.

mod edit;
mod gap;
mod link;
mod outline;
mod propose;

pub use edit::{Geser, next_code, place, remove, shift};
pub use gap::{Celah, JenisCelah, gaps};
pub use link::{ArahSilang, KeadaanSilang, Silang};
pub use outline::{BarisKerangka, rebuild};
pub use propose::{complete, propose};

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

    /// Its place from the outcome down, the outcome 0.
    pub const fn depth(self) -> u8 {
        self as u8
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
}

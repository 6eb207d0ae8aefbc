//! Links between offices: what a condition of one needs of a condition of the other.

use crate::id::Kode;

/// Which way the support of a link between offices goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArahSilang {
    /// This office's condition needs one of the other office.
    Keluar,
    /// The other office's condition needs one of this office.
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

    /// The same link as the other office sees it.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Keluar => Self::Masuk,
            Self::Masuk => Self::Keluar,
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
    /// Which way the support goes.
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
    /// Whether the office that supports proposed it: an offer. Otherwise the office that needs support asked for it.
    pub penawaran: bool,
}

impl Silang {
    /// Whether this office proposed it; otherwise the answer is this office's.
    pub const fn is_own(&self) -> bool {
        matches!(self.arah, ArahSilang::Keluar) != self.penawaran
    }

    /// Whether it waits for this office's answer.
    pub fn awaits_answer(&self) -> bool {
        self.keadaan == KeadaanSilang::Diusulkan && !self.is_own()
    }

    /// What does not fit together in it, as column, what is wrong, and what would be right.
    pub fn problem(&self) -> Option<(&'static str, &'static str, &'static str)> {
        match (self.is_own(), self.keadaan, &self.kondisi) {
            (true, _, None) if self.penawaran => {
                Some(("kondisi", "penawaran tanpa kondisi sendiri", "isi kode kondisi yang mendukung"))
            }
            (true, _, None) => Some((
                "kondisi",
                "permintaan keluar tanpa kondisi sendiri",
                "isi kode kondisi yang memerlukan dukungan",
            )),
            (false, KeadaanSilang::Diterima, None) => {
                Some(("kondisi", "hubungan diterima tanpa kondisi sendiri", "isi kode kondisi yang dihubungkan"))
            }
            (_, KeadaanSilang::Ditolak, _) if self.alasan.trim().is_empty() => {
                Some(("alasan", "permintaan ditolak tanpa alasan", "isi alasannya"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            penawaran: false,
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
        // An offer: the office that supports has proposed it.
        let offer = |s: Silang| column(Silang { penawaran: true, ..s });
        assert_eq!(offer(link(Masuk, None, Diusulkan, "")), Some("kondisi"));
        assert_eq!(offer(link(Keluar, None, Diusulkan, "")), None);
        assert_eq!(offer(link(Keluar, None, Diterima, "")), Some("kondisi"));
    }

    #[test]
    fn a_link_awaits_the_answer_of_the_office_that_did_not_propose_it() {
        let link = |arah, penawaran, keadaan| Silang {
            kode: "x1".to_owned(),
            arah,
            kondisi: Some("a1".to_owned()),
            instansi: "dinas-lain".to_owned(),
            kondisi_lain: String::new(),
            uraian: String::new(),
            keadaan,
            alasan: String::new(),
            penawaran,
        };
        let waits = |arah: ArahSilang, penawaran| {
            // The other office's side of the same link.
            let (own, other) = (
                link(arah, penawaran, KeadaanSilang::Diusulkan),
                link(arah.turned(), penawaran, KeadaanSilang::Diusulkan),
            );
            assert_ne!(own.is_own(), other.is_own());
            (own.awaits_answer(), other.awaits_answer())
        };
        assert_eq!(waits(ArahSilang::Keluar, false), (false, true));
        assert_eq!(waits(ArahSilang::Masuk, true), (false, true));
        assert_eq!(waits(ArahSilang::Masuk, false), (true, false));
        assert!(!link(ArahSilang::Masuk, false, KeadaanSilang::Diterima).awaits_answer());
    }
}

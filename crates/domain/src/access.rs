//! Who may do what: roles of SAKIP and the rights that each carries. Deny by default: what no role grants is forbidden.

/// A role that a person has in an office (requirements, section D).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Peran {
    /// Keeps plan, indicators and agreements, writes the report.
    Perencana,
    /// Enters realisations.
    Pengisi,
    /// Head of the office.
    Kepala,
    /// Checks realisations against evidence (Bappeda, Bagian Organisasi).
    Verifikator,
    /// Evaluates (Inspektorat, APIP).
    Evaluator,
    /// Head of the region and secretary.
    PimpinanDaerah,
    /// Keeps users and data of the office.
    Admin,
}

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hak {
    /// See the office's plan, measurement, money and report.
    Lihat,
    /// Change a realisation.
    UbahRealisasi,
    /// See the ledger of changes.
    LihatRiwayat,
    /// Replace the office's data by a package.
    Impor,
}

impl Peran {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Perencana,
        Self::Pengisi,
        Self::Kepala,
        Self::Verifikator,
        Self::Evaluator,
        Self::PimpinanDaerah,
        Self::Admin,
    ];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Perencana => "perencana",
            Self::Pengisi => "pengisi",
            Self::Kepala => "kepala",
            Self::Verifikator => "verifikator",
            Self::Evaluator => "evaluator",
            Self::PimpinanDaerah => "pimpinan_daerah",
            Self::Admin => "admin",
        }
    }

    /// The role of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == word)
    }

    /// Whether the role carries the right.
    pub const fn grants(self, hak: Hak) -> bool {
        match hak {
            Hak::Lihat | Hak::LihatRiwayat => true,
            Hak::UbahRealisasi => matches!(self, Self::Perencana | Self::Pengisi | Self::Admin),
            Hak::Impor => matches!(self, Self::Perencana | Self::Admin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_check_do_not_change() {
        for role in [Peran::Kepala, Peran::Verifikator, Peran::Evaluator, Peran::PimpinanDaerah] {
            assert!(role.grants(Hak::Lihat));
            assert!(!role.grants(Hak::UbahRealisasi), "{role:?}");
            assert!(!role.grants(Hak::Impor), "{role:?}");
        }
        assert!(Peran::Pengisi.grants(Hak::UbahRealisasi) && !Peran::Pengisi.grants(Hak::Impor));
    }

    #[test]
    fn words_read_back() {
        for role in Peran::ALL {
            assert_eq!(Peran::find(role.as_str()), Some(role));
        }
        assert_eq!(Peran::find("raja"), None);
    }
}

//! Who may do what: roles of SAKIP and the rights that each carries. Deny by default: what no role grants is forbidden.

use jiff::civil::Date;

use crate::id::Kode;

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
    /// Keeps users and periods of the office.
    Admin,
}

/// Something that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hak {
    /// See the office's plan, measurement, money and report.
    Lihat,
    /// Enter and hand in realisations, obstacles and evidence.
    UbahRealisasi,
    /// Change plan, indicators, agreements and action plan.
    UbahRencana,
    /// Keep the steps of the action plan.
    UbahLangkah,
    /// Record that an agreement was signed.
    TandaTangan,
    /// Verify figures that were handed in, or send them back.
    Verifikasi,
    /// Lock periods and open locked ones, set deadlines.
    Kunci,
    /// Comment on figures.
    Komentar,
    /// See the ledger of changes.
    LihatRiwayat,
    /// Replace the office's data by a package.
    Impor,
    /// Keep accounts and their roles.
    KelolaAkun,
    /// Compare the offices of the region.
    LihatDaerah,
    /// Set by which weights the offices of the region are ranked.
    TetapkanBobot,
    /// Accept a finding of the review with a reason.
    PutuskanTemuan,
    /// Publish the office's report.
    Terbitkan,
    /// Give the office's own rating in an evaluation, keep steps and verdicts of its follow-up.
    NilaiMandiri,
    /// Evaluate and review: open, answer, recommend, publish; state that the report was reviewed.
    Evaluasi,
}

impl Hak {
    /// Whether it changes anything: what was known in the past can be looked at only.
    pub const fn changes(self) -> bool {
        !matches!(self, Self::Lihat | Self::LihatRiwayat | Self::LihatDaerah)
    }
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

    /// Whether the role is one of the region: no office can give it, only who runs the server.
    pub const fn is_of_region(self) -> bool {
        matches!(self, Self::PimpinanDaerah)
    }

    /// Whether the role carries the right.
    pub const fn grants(self, hak: Hak) -> bool {
        match hak {
            Hak::Lihat | Hak::LihatRiwayat | Hak::Komentar => true,
            Hak::UbahRealisasi | Hak::UbahLangkah => matches!(self, Self::Perencana | Self::Pengisi),
            Hak::UbahRencana => matches!(self, Self::Perencana),
            Hak::TandaTangan => matches!(self, Self::Perencana | Self::Kepala),
            Hak::Verifikasi => matches!(self, Self::Verifikator),
            Hak::Kunci => matches!(self, Self::Verifikator | Self::Admin),
            Hak::Impor => matches!(self, Self::Perencana | Self::Admin),
            Hak::KelolaAkun => matches!(self, Self::Admin),
            // Who makes the figures does not excuse them.
            Hak::PutuskanTemuan => matches!(self, Self::Kepala | Self::Verifikator | Self::Evaluator),
            Hak::Terbitkan => matches!(self, Self::Perencana | Self::Kepala),
            Hak::LihatDaerah => matches!(self, Self::Verifikator | Self::Evaluator | Self::PimpinanDaerah),
            Hak::TetapkanBobot => matches!(self, Self::PimpinanDaerah),
            Hak::NilaiMandiri => matches!(self, Self::Perencana | Self::Kepala),
            Hak::Evaluasi => matches!(self, Self::Evaluator),
        }
    }
}

/// A role with the unit for which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penugasan {
    /// The role.
    pub peran: Peran,
    /// The unit, with the units below it; none for the whole office.
    pub unit: Option<Kode>,
}

impl Penugasan {
    /// The role in the whole office.
    pub const fn whole(peran: Peran) -> Self {
        Self { peran, unit: None }
    }
}

/// A role as it was given: for a unit, and for a time where somebody acts for another (Plt., Plh.).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pemberian {
    /// The role and its unit.
    pub tugas: Penugasan,
    /// First day on which it holds; none since always.
    pub mulai: Option<Date>,
    /// Last day on which it holds; none until it is taken back.
    pub sampai: Option<Date>,
}

impl Pemberian {
    /// The role for good.
    pub const fn lasting(tugas: Penugasan) -> Self {
        Self { tugas, mulai: None, sampai: None }
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.mulai.is_none_or(|mulai| mulai <= day) && self.sampai.is_none_or(|sampai| sampai >= day)
    }
}

/// For which units a right holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lingkup {
    /// The whole office.
    Semua,
    /// These units and those below them; none at all when empty.
    Unit(Vec<Kode>),
}

impl Lingkup {
    /// For which units the roles carry the right.
    pub fn of(tugas: &[Penugasan], hak: Hak) -> Self {
        let granting = tugas.iter().filter(|t| t.peran.grants(hak));
        let mut units = Vec::new();
        for t in granting {
            match &t.unit {
                None => return Self::Semua,
                Some(unit) => units.push(unit.clone()),
            }
        }
        Self::Unit(units)
    }

    /// Whether the right holds for something that these units answer for, given from the smallest unit upwards. What no unit
    /// answers for belongs to the whole office only.
    pub fn covers<'a>(&self, mut upwards: impl Iterator<Item = &'a str>) -> bool {
        match self {
            Self::Semua => true,
            Self::Unit(units) => upwards.any(|unit| units.iter().any(|u| u == unit)),
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
            for right in [Hak::UbahRealisasi, Hak::UbahRencana, Hak::UbahLangkah, Hak::Impor, Hak::KelolaAkun] {
                assert!(!role.grants(right), "{role:?} {right:?}");
            }
        }
        assert!(Peran::Pengisi.grants(Hak::UbahRealisasi) && !Peran::Pengisi.grants(Hak::Impor));
        assert!(Peran::Pengisi.grants(Hak::UbahLangkah) && !Peran::Pengisi.grants(Hak::UbahRencana));
    }

    #[test]
    fn those_who_change_do_not_verify() {
        for role in Peran::ALL {
            assert!(!(role.grants(Hak::UbahRealisasi) && role.grants(Hak::Verifikasi)), "{role:?}");
        }
    }

    #[test]
    fn those_who_are_evaluated_do_not_evaluate() {
        for role in Peran::ALL {
            assert!(!(role.grants(Hak::NilaiMandiri) && role.grants(Hak::Evaluasi)), "{role:?}");
            assert!(!(role.grants(Hak::UbahRealisasi) && role.grants(Hak::Evaluasi)), "{role:?}");
        }
    }

    #[test]
    fn words_read_back() {
        for role in Peran::ALL {
            assert_eq!(Peran::find(role.as_str()), Some(role));
        }
        assert_eq!(Peran::find("raja"), None);
    }

    #[test]
    fn a_right_reaches_down_from_its_unit() {
        let tugas = [Penugasan { peran: Peran::Pengisi, unit: Some("b2".to_owned()) }, Penugasan::whole(Peran::Kepala)];
        let entering = Lingkup::of(&tugas, Hak::UbahRealisasi);
        assert!(entering.covers(["b2.1", "b2", "dinas"].into_iter()));
        assert!(!entering.covers(["b3", "dinas"].into_iter()));
        assert!(!entering.covers(std::iter::empty()), "what nobody answers for is not his");
        assert_eq!(Lingkup::of(&tugas, Hak::Lihat), Lingkup::Semua);
        assert_eq!(Lingkup::of(&tugas, Hak::Verifikasi), Lingkup::Unit(Vec::new()));
    }

    #[test]
    fn an_acting_role_holds_from_its_first_to_its_last_day() {
        let day = |d| jiff::civil::date(2022, 3, d);
        let acting = Pemberian { tugas: Penugasan::whole(Peran::Kepala), mulai: Some(day(10)), sampai: Some(day(20)) };
        let held: Vec<i8> = [9, 10, 20, 21].into_iter().filter(|d| acting.holds_on(day(*d))).collect();
        assert_eq!(held, [10, 20]);
        assert!(Pemberian::lasting(Penugasan::whole(Peran::Kepala)).holds_on(day(1)));
    }
}

//! Perjanjian Kinerja: what an official promises to the one above (PermenPANRB 53/2014, lampiran I).
//!
//! A unit stands for the position of its head: who promises is the head of a unit, who receives the promise is the head of the
//! unit above, or the head of the region for the office itself.

use crate::id::Kode;
use crate::snapshot::Potret;

/// How somebody holds a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StatusPejabat {
    /// Appointed.
    #[default]
    Definitif,
    /// Pelaksana tugas: the position is vacant (SE Kepala BKN 1/SE/I/2021).
    Plt,
    /// Pelaksana harian: its holder is away (SE Kepala BKN 1/SE/I/2021).
    Plh,
}

impl StatusPejabat {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Definitif, Self::Plt, Self::Plh];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Definitif => "definitif",
            Self::Plt => "plt",
            Self::Plh => "plh",
        }
    }

    /// What is written before the title.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Definitif => "",
            Self::Plt => "Plt. ",
            Self::Plh => "Plh. ",
        }
    }
}

/// Who heads a unit in a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pejabat {
    /// The unit.
    pub unit: Kode,
    /// First day, ISO text.
    pub mulai: String,
    /// Last day, ISO text; empty while it lasts.
    pub sampai: String,
    /// Name with titles; empty where only the position is to be printed.
    pub nama: String,
    /// Number of the civil servant; empty when not recorded.
    pub nip: String,
    /// Rank ("Pembina Tk. I, IV/b").
    pub pangkat: String,
    /// How the position is held.
    pub status: StatusPejabat,
}

/// Why an agreement was changed: the only three reasons that the regulation knows (PermenPANRB 53/2014, lampiran I, huruf E).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlasanPerubahan {
    /// Another official.
    PergantianPejabat,
    /// Another strategy: programmes, activities, allocation of money.
    PerubahanStrategi,
    /// Other priorities or assumptions.
    PerubahanPrioritas,
}

impl AlasanPerubahan {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::PergantianPejabat, Self::PerubahanStrategi, Self::PerubahanPrioritas];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PergantianPejabat => "pergantian_pejabat",
            Self::PerubahanStrategi => "perubahan_strategi",
            Self::PerubahanPrioritas => "perubahan_prioritas",
        }
    }

    /// The wording of the regulation.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PergantianPejabat => "Terjadi pergantian atau mutasi pejabat",
            Self::PerubahanStrategi => {
                "Perubahan dalam strategi yang mempengaruhi pencapaian tujuan dan sasaran (perubahan program, kegiatan dan \
                 alokasi anggaran)"
            }
            Self::PerubahanPrioritas => {
                "Perubahan prioritas atau asumsi yang berakibat secara signifikan dalam proses pencapaian tujuan dan sasaran"
            }
        }
    }
}

/// How an agreement was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaraTandaTangan {
    /// On paper; the scan is kept.
    Pindaian,
    /// With an electronic signature inside the PDF.
    Elektronik,
}

impl CaraTandaTangan {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Pindaian, Self::Elektronik];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pindaian => "pindaian",
            Self::Elektronik => "elektronik",
        }
    }
}

/// An agreement of the head of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perjanjian {
    /// Its code within office and year.
    pub kode: Kode,
    /// The document version that holds its targets (murni, perubahan).
    pub dokumen: Kode,
    /// Whose head promises.
    pub unit: Kode,
    /// Date of the agreement, ISO text; empty until it is set.
    pub tanggal: String,
    /// Why it was changed; none for the first one.
    pub alasan: Option<AlasanPerubahan>,
    /// Day on which both had signed, ISO text; empty until then.
    pub ditandatangani: String,
    /// How.
    pub cara: Option<CaraTandaTangan>,
    /// SHA-256 of the signed file; empty until then.
    pub berkas: String,
}

/// What an agreement holds: an indicator with its target, or a plan node with its money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IsiPerjanjian {
    /// The agreement.
    pub perjanjian: Kode,
    /// Indicator or node.
    pub jenis: JenisIsi,
    /// Its code.
    pub kode: Kode,
}

/// Kinds of content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JenisIsi {
    /// An indicator that is promised.
    Indikator,
    /// A node whose money is listed.
    Simpul,
}

impl JenisIsi {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Indikator, Self::Simpul];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Indikator => "indikator",
            Self::Simpul => "simpul",
        }
    }
}

impl Perjanjian {
    /// Whether both parties have signed.
    pub const fn is_signed(&self) -> bool {
        !self.ditandatangani.is_empty()
    }
}

impl Potret {
    /// Who heads a unit on a day (ISO text), if anybody is recorded. Of several, the one who came last.
    pub fn head_of(&self, unit: &str, day: &str) -> Option<&Pejabat> {
        let held = |p: &&Pejabat| {
            p.unit == unit && p.mulai.as_str() <= day && (p.sampai.is_empty() || p.sampai.as_str() >= day)
        };
        self.pejabat.iter().filter(held).max_by(|a, b| a.mulai.cmp(&b.mulai))
    }

    /// Content of an agreement of one kind, in order.
    pub fn agreed<'a>(&'a self, perjanjian: &'a str, jenis: JenisIsi) -> impl Iterator<Item = &'a str> {
        let of_it = move |i: &&IsiPerjanjian| i.perjanjian == perjanjian && i.jenis == jenis;
        self.isi_perjanjian.iter().filter(of_it).map(|i| i.kode.as_str())
    }

    /// A unit and the units above it, from the bottom to the top.
    pub fn upwards<'a>(&'a self, unit: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        std::iter::successors(unit, |kode| self.unit(kode).and_then(|u| u.induk.as_deref()))
    }
}

//! Perjanjian Kinerja: what an official promises to the one above (PermenPANRB 53/2014, lampiran I).
//!
//! A unit stands for the position of its head: who promises is the head of a unit, who receives the promise is the head of the
//! unit above, or the head of the region for the office itself.

mod content;
mod status;
#[cfg(test)]
mod tests;

pub use content::{TanpaPejabat, Usulan, proposals, unassigned};
pub use status::{KeadaanPerjanjian, StatusPerjanjian, board, due, signed};

use crate::id::Kode;
use crate::measure::ceilings;
use crate::plan::{JenisSimpul, Simpul, Unit};
use crate::snapshot::Potret;
use crate::value::Rupiah;

/// Levels of an organisation, as agreements tell them apart. The regulation asks for the agreement of the office; those of the
/// levels below are the region's own practice (PermenPANRB 53/2014, lampiran I, C.1.c), in the same forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Jenjang {
    /// The head of the office (eselon II): goals and targets, money by programme.
    Puncak,
    /// Sekretariat, bidang (eselon III): programmes and activities, money by activity.
    Menengah,
    /// Seksi, sub bagian (eselon IV) and functional officials: activities and sub-activities, money by sub-activity.
    Terendah,
}

/// Kinds of unit that belong to the lowest level wherever they stand, without spaces and in small letters.
const TERENDAH: [&str; 5] = ["seksi", "subbag", "subbid", "fungsional", "pelaksana"];

impl Jenjang {
    /// The level of a unit: the first unit at the top is the office; seksi, sub bagian and functional officials are the lowest,
    /// as is whatever stands two steps below the top.
    pub fn of(potret: &Potret, unit: &Unit) -> Self {
        let kind = unit.jenis.to_lowercase().replace(' ', "");
        let depth = potret.upwards(unit.induk.as_deref()).count();
        match depth {
            0 if potret.top_unit().is_some_and(|top| top.kode == unit.kode) => Self::Puncak,
            _ if TERENDAH.iter().any(|word| kind.contains(word)) => Self::Terendah,
            0 | 1 => Self::Menengah,
            _ => Self::Terendah,
        }
    }

    /// Levels of the plan whose indicators are promised.
    pub const fn indicators(self) -> &'static [JenisSimpul] {
        match self {
            Self::Puncak => &[JenisSimpul::Tujuan, JenisSimpul::Sasaran],
            Self::Menengah => &[JenisSimpul::SasaranProgram, JenisSimpul::Program, JenisSimpul::Kegiatan],
            Self::Terendah => &[JenisSimpul::Kegiatan, JenisSimpul::SubKegiatan],
        }
    }

    /// The level of the plan by which money is listed.
    pub const fn money(self) -> JenisSimpul {
        match self {
            Self::Puncak => JenisSimpul::Program,
            Self::Menengah => JenisSimpul::Kegiatan,
            Self::Terendah => JenisSimpul::SubKegiatan,
        }
    }
}

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

/// A party to an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pihak<'a> {
    /// The position with "Plt." or "Plh." before it where it is held so; empty when not recorded.
    pub jabatan: String,
    /// Who holds it, if anybody is recorded.
    pub pejabat: Option<&'a Pejabat>,
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

    /// The unit that stands for the whole office.
    pub fn top_unit(&self) -> Option<&Unit> {
        self.unit.iter().find(|u| u.induk.is_none())
    }

    /// The agreement of that code.
    pub fn agreement(&self, kode: &str) -> Option<&Perjanjian> {
        self.perjanjian.iter().find(|p| p.kode == kode)
    }

    /// The latest agreement of a unit's head.
    pub fn agreement_of(&self, unit: &str) -> Option<&Perjanjian> {
        self.agreements_of(unit).pop()
    }

    /// Every agreement of a unit's head, the first one first.
    pub fn agreements_of(&self, unit: &str) -> Vec<&Perjanjian> {
        let mut all: Vec<&Perjanjian> = self.perjanjian.iter().filter(|p| p.unit == unit).collect();
        all.sort_by_key(|p| self.document(&p.dokumen).map(|d| d.versi));
        all
    }

    /// Whether a later agreement took an agreement's place.
    pub fn is_superseded(&self, perjanjian: &Perjanjian) -> bool {
        self.agreement_of(&perjanjian.unit).is_some_and(|latest| latest.kode != perjanjian.kode)
    }

    /// Who promises and who receives the promise: the heads of the unit and of the one above, the head of the region above the
    /// top. As of the day of the agreement, or of the end of the year while it has none.
    pub fn parties(&self, perjanjian: &Perjanjian) -> [Pihak<'_>; 2] {
        let end = format!("{}-12-31", self.tahun);
        let day = if perjanjian.tanggal.is_empty() { &end } else { &perjanjian.tanggal };
        let unit = self.unit(&perjanjian.unit);
        let above = unit.and_then(|u| self.unit(u.induk.as_deref()?));
        let region = Pihak { jabatan: self.instansi.kepala_daerah.clone(), pejabat: None };
        [unit.map(|u| self.party(u, day)).unwrap_or_default(), above.map_or(region, |u| self.party(u, day))]
    }

    fn party(&self, unit: &Unit, day: &str) -> Pihak<'_> {
        let pejabat = self.head_of(&unit.kode, day);
        let is_top = self.top_unit().is_some_and(|top| top.kode == unit.kode);
        let of_office = &self.instansi.penanda_tangan;
        // The office's own wording of its head names the region too.
        let title = [of_office, &unit.pejabat].into_iter().skip(usize::from(!is_top)).find(|text| !text.is_empty());
        let status = pejabat.map_or("", |p| p.status.prefix());
        Pihak { jabatan: format!("{status}{}", title.unwrap_or(&unit.nama)), pejabat }
    }

    /// Content of an agreement of one kind, in order.
    pub fn agreed<'a>(&'a self, perjanjian: &'a str, jenis: JenisIsi) -> impl Iterator<Item = &'a str> {
        let of_it = move |i: &&IsiPerjanjian| i.perjanjian == perjanjian && i.jenis == jenis;
        self.isi_perjanjian.iter().filter(of_it).map(|i| i.kode.as_str())
    }

    /// Nodes that an agreement lists, in order, each with its money as the agreement's document sets it, and their sum. Neither is
    /// known where the document does not say; a node below another listed one is part of it.
    pub fn agreed_money(&self, perjanjian: &Perjanjian) -> (Vec<(&Simpul, Option<Rupiah>)>, Option<Rupiah>) {
        let kept = ceilings(self, &perjanjian.dokumen, self.tahun);
        let of_it = |i: &&IsiPerjanjian| i.perjanjian == perjanjian.kode && i.jenis == JenisIsi::Simpul;
        let listed: Vec<&Simpul> =
            self.isi_perjanjian.iter().filter(of_it).filter_map(|i| self.node(&i.kode)).collect();
        let is_part = |node: &Simpul| {
            let mut above = std::iter::successors(node.induk.as_deref(), |kode| self.node(kode)?.induk.as_deref());
            above.any(|kode| listed.iter().any(|s| s.kode == kode))
        };
        let amount = |node: &&Simpul| kept.get(node.kode.as_str()).copied();
        let sum = listed.iter().filter(|node| !is_part(node)).map(amount).sum();
        (listed.iter().map(|node| (*node, amount(node))).collect(), sum)
    }

    /// A unit and the units above it, from the bottom to the top.
    pub fn upwards<'a>(&'a self, unit: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        std::iter::successors(unit, |kode| self.unit(kode).and_then(|u| u.induk.as_deref()))
    }
}

//! The plan tree and the organisation that carries it.

mod order;

pub use order::{Bercabang, insert, is_below, remove, shift};

use crate::id::Kode;

/// Levels of the plan tree, from the vision's missions to the smallest budget line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisSimpul {
    /// Mission of the region (RPJMD).
    Misi,
    /// Goal.
    Tujuan,
    /// Strategic target.
    Sasaran,
    /// Target of a programme.
    SasaranProgram,
    /// Programme.
    Program,
    /// Activity.
    Kegiatan,
    /// Sub-activity: the smallest line that carries money.
    SubKegiatan,
}

impl JenisSimpul {
    /// Every level, top first.
    pub const ALL: [Self; 7] = [
        Self::Misi,
        Self::Tujuan,
        Self::Sasaran,
        Self::SasaranProgram,
        Self::Program,
        Self::Kegiatan,
        Self::SubKegiatan,
    ];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Misi => "misi",
            Self::Tujuan => "tujuan",
            Self::Sasaran => "sasaran",
            Self::SasaranProgram => "sasaran_program",
            Self::Program => "program",
            Self::Kegiatan => "kegiatan",
            Self::SubKegiatan => "sub_kegiatan",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Misi => "Misi",
            Self::Tujuan => "Tujuan",
            Self::Sasaran => "Sasaran",
            Self::SasaranProgram => "Sasaran program",
            Self::Program => "Program",
            Self::Kegiatan => "Kegiatan",
            Self::SubKegiatan => "Sub kegiatan",
        }
    }

    /// Whether a node of this level may hang under one of `parent`: always one further down.
    pub fn may_hang_under(self, parent: Self) -> bool {
        parent < self && !(self == Self::SubKegiatan && parent != Self::Kegiatan)
    }
}

/// One node of the plan tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simpul {
    /// Its code: the official code for program to sub kegiatan, the office's own above (`T1`, `S1`).
    pub kode: Kode,
    /// The node above; none for the top.
    pub induk: Option<Kode>,
    /// Its level.
    pub jenis: JenisSimpul,
    /// Its wording.
    pub nama: String,
    /// The unit in charge.
    pub unit: Option<Kode>,
    /// The field of government it belongs to ("Tenaga Kerja"), for grouping in tables.
    pub urusan: String,
    /// The indicator of the level above that it serves, where the office says so.
    pub mendukung: Option<Kode>,
}

impl Simpul {
    /// Its wording for lists and sentences. Budget documents print names of programmes in capitals, which are hard to read among
    /// others; such a name is written small, others stay as they are.
    pub fn calm_name(&self) -> String {
        if self.nama.chars().any(char::is_lowercase) {
            return self.nama.clone();
        }
        let lower = self.nama.to_lowercase();
        let mut chars = lower.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }
}

/// One unit of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code within the office.
    pub kode: Kode,
    /// The unit above.
    pub induk: Option<Kode>,
    /// Kind of unit as the office calls it (bidang, seksi, subbag, ...).
    pub jenis: String,
    /// Its name.
    pub nama: String,
    /// The person in charge, by position ("Kepala Bidang Transmigrasi").
    pub pejabat: String,
    /// Its last day, ISO text; empty while it exists.
    pub berakhir: String,
}

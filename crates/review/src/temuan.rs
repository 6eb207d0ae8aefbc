//! What was found.

use tolok_domain::Decimal;
use tolok_domain::bacaan::Letak;

use crate::aturan::Aturan;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keparahan {
    /// Something is wrong: two figures that must agree do not.
    Kesalahan,
    /// Something should be looked at.
    Peringatan,
    /// Something is missing that the report needs, or a slip without effect.
    Info,
}

impl Keparahan {
    /// Every severity, the most serious first.
    pub const ALL: [Self; 3] = [Self::Kesalahan, Self::Peringatan, Self::Info];

    /// The word for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kesalahan => "Kesalahan",
            Self::Peringatan => "Peringatan",
            Self::Info => "Info",
        }
    }

    /// The word in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kesalahan => "kesalahan",
            Self::Peringatan => "peringatan",
            Self::Info => "info",
        }
    }
}

/// Where something stands: in the data of the office, or in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tempat {
    /// An indicator, by code.
    Indikator(String),
    /// A plan node, by code.
    Simpul(String),
    /// A document version, by code.
    Dokumen(String),
    /// A passage of the report that is composed from the data, by its heading.
    Bab(String),
    /// A place in a file.
    Naskah(Letak),
}

impl Tempat {
    /// The place in a file, where it is one.
    pub const fn letak(&self) -> Option<&Letak> {
        match self {
            Self::Naskah(letak) => Some(letak),
            _ => None,
        }
    }
}

impl std::fmt::Display for Tempat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Indikator(kode) => write!(f, "indikator {kode}"),
            Self::Simpul(kode) => write!(f, "{kode}"),
            Self::Dokumen(kode) => write!(f, "dokumen {kode}"),
            Self::Bab(judul) => write!(f, "laporan, {judul}"),
            Self::Naskah(letak) => letak.fmt(f),
        }
    }
}

/// One side of a comparison: where it stands, what it is, and the value as it is written there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sisi {
    /// Where.
    pub tempat: Tempat,
    /// What: "Pagu 2021, Tabel 3.4".
    pub hal: String,
    /// Value as written; for the other side of a computation, as computed.
    pub nilai: String,
}

impl Sisi {
    /// A side that stands in a file.
    pub(crate) fn read(letak: &Letak, hal: impl Into<String>, nilai: impl Into<String>) -> Self {
        Self { tempat: Tempat::Naskah(letak.clone()), hal: hal.into(), nilai: nilai.into() }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temuan {
    /// The rule that it breaks.
    pub aturan: &'static Aturan,
    /// How serious; a rule may judge a small difference milder than its own severity.
    pub keparahan: Keparahan,
    /// What was found, in one sentence.
    pub judul: String,
    /// The place that is in doubt.
    pub a: Sisi,
    /// What it is held against; none where something is missing or stands alone.
    pub b: Option<Sisi>,
    /// A less B, exact, in the unit of the values; none where they are no numbers.
    pub selisih: Option<Decimal>,
    /// Why it is thought so, for this case; empty where the rule's own explanation says it all.
    pub penjelasan: String,
    /// The finding that explains this one, by its place in the list.
    pub akar: Option<usize>,
}

impl Temuan {
    pub(crate) fn new(aturan: &'static Aturan, judul: impl Into<String>, a: Sisi) -> Self {
        Self {
            aturan,
            keparahan: aturan.keparahan,
            judul: judul.into(),
            a,
            b: None,
            selisih: None,
            penjelasan: String::new(),
            akar: None,
        }
    }

    pub(crate) fn against(mut self, b: Sisi) -> Self {
        self.b = Some(b);
        self
    }

    /// The same with its places told otherwise.
    pub(crate) fn relocated(self, tell: impl Fn(Sisi) -> Sisi) -> Self {
        Self { a: tell(self.a), b: self.b.map(&tell), ..self }
    }

    pub(crate) const fn differing(mut self, selisih: Decimal) -> Self {
        self.selisih = Some(selisih);
        self
    }

    pub(crate) fn because(mut self, penjelasan: impl Into<String>) -> Self {
        self.penjelasan = penjelasan.into();
        self
    }

    pub(crate) const fn graded(mut self, keparahan: Keparahan) -> Self {
        self.keparahan = keparahan;
        self
    }

    /// What to do about it.
    pub fn saran(&self) -> &'static str {
        &self.aturan.saran
    }

    /// Why it matters: the case's own words, or the rule's.
    pub fn explanation(&self) -> &str {
        if self.penjelasan.is_empty() { &self.aturan.penjelasan } else { &self.penjelasan }
    }

    /// Both places.
    pub fn sides(&self) -> impl Iterator<Item = &Sisi> {
        std::iter::once(&self.a).chain(self.b.as_ref())
    }
}

//! Indicators: what is measured, how, by whom, and how far the data can be trusted.

mod satuan;

use rust_decimal::Decimal;

pub use satuan::is_same_unit;

use crate::id::Kode;
use crate::period::Tahun;
use crate::value::TipeNilai;

/// Formula for an indicator where lower is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RumusMinimal {
    /// (2T - R) / T, floor 0: PermenPANRB 8/2021; the default.
    #[default]
    Selisih,
    /// T / R: used by some regencies.
    Kebalikan,
    /// (worst - R) / (worst - T), with the recorded worst value (baseline).
    Terburuk(Decimal),
}

/// Formula for an indicator that should stay on its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RumusStabil {
    /// R / T up to the target, (2T - R) / T above it: on target is 100; the default.
    #[default]
    Langsung,
    /// The same, stretched over the points (0, 0), (90, 100), (100, 120): KMK 467/KMK.01/2014. On target is 120.
    Kmk467,
}

/// Formula for an indicator whose target is a range. Inside the range is 100 for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RumusRentang {
    /// Outside on either side counts against it: R / lower below, (2 upper - R) / upper above; the default.
    #[default]
    Ideal,
    /// Above the range is better still: R / bound on both sides (PermenPANRB 8/2021, kondisi normal).
    MakinTinggi,
    /// Below the range is better still: (2 bound - R) / bound on both sides (PermenPANRB 8/2021, kondisi khusus).
    MakinRendah,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arah {
    /// Higher is better: R / T.
    Maksimal,
    /// Lower is better.
    Minimal(RumusMinimal),
    /// On target is best.
    Stabil(RumusStabil),
    /// Inside the target range is best.
    Rentang(RumusRentang),
}

impl Arah {
    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Maksimal => "makin tinggi makin baik",
            Self::Minimal(_) => "makin rendah makin baik",
            Self::Stabil(_) => "makin dekat target makin baik",
            Self::Rentang(_) => "baik di dalam rentang target",
        }
    }
}

/// How values of periods make the value of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Akumulasi {
    /// Sum of the periods.
    Jumlah,
    /// Mean of the periods that have a value.
    RataRata,
    /// The last known value (also for figures that are reported cumulatively).
    #[default]
    Terakhir,
}

impl Akumulasi {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Jumlah, Self::RataRata, Self::Terakhir];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jumlah => "jumlah",
            Self::RataRata => "rata_rata",
            Self::Terakhir => "terakhir",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Jumlah => "dijumlahkan",
            Self::RataRata => "dirata-ratakan",
            Self::Terakhir => "nilai terakhir",
        }
    }
}

/// What a target of zero means. The regulations are silent, so the office decides per indicator; undecided gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AturanNol {
    /// No achievement can be computed, and the reader is told so.
    #[default]
    TidakDinilai,
    /// Realisation 0 is 100, more is 0: for events that must not happen (lower is better).
    NolTercapai,
}

/// How trustworthy the data are: the five items that a report must state (PermenPANRB 53/2014, lampiran II, on
/// verification, sources, accuracy, limits and their compensation).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MutuData {
    /// How the figure is verified.
    pub verifikasi: String,
    /// Where it comes from.
    pub sumber: String,
    /// How accurate it is.
    pub ketelitian: String,
    /// What limits it.
    pub keterbatasan: String,
    /// How the limits are compensated.
    pub penanganan: String,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indikator {
    /// Its code within the office; stays when the wording changes.
    pub kode: Kode,
    /// The plan node it measures.
    pub simpul: Kode,
    /// Wording.
    pub nama: String,
    /// Unit ("%", "org", "dok").
    pub satuan: String,
    /// Type of its values.
    pub tipe: TipeNilai,
    /// Which way is good.
    pub arah: Arah,
    /// How periods make the year.
    pub akumulasi: Akumulasi,
    /// Formula over named variables; empty when the value is entered as such.
    pub rumus: String,
    /// How it is measured, in words.
    pub cara_ukur: String,
    /// Upper limit of the achievement in percent; none when it is not cut.
    pub batas: Option<Decimal>,
    /// What a target of zero means.
    pub aturan_nol: AturanNol,
    /// Whether it is one of the office's key indicators (IKU).
    pub iku: bool,
    /// What exactly is meant.
    pub definisi: String,
    /// Who or what the data come from.
    pub sumber_data: String,
    /// The unit that answers for it.
    pub unit: Option<Kode>,
    /// How often it is measured ("triwulan").
    pub frekuensi: String,
    /// What evidence is expected.
    pub bukti: String,
    /// The scale of its grades, for indicators with grades.
    pub skala: String,
    /// The five items of data quality.
    pub mutu: MutuData,
    /// The last year in which it counts; none while it goes on.
    pub berakhir: Option<Tahun>,
    /// The indicator that takes its place afterwards.
    pub penerus: Option<Kode>,
}

impl Indikator {
    /// Whether it counts in a year. A retired one stays in the years it held for.
    pub fn is_active(&self, tahun: Tahun) -> bool {
        self.berakhir.is_none_or(|last| tahun <= last)
    }
}

/// The wording of an indicator in one document version, where it differs from the current one. A renamed indicator keeps
/// its code and so its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sebutan {
    /// The indicator.
    pub indikator: Kode,
    /// The document version that words it so.
    pub dokumen: Kode,
    /// The wording there.
    pub nama: String,
    /// The unit there.
    pub satuan: String,
}

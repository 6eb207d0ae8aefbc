//! The kinds of comparison and their parameters, as a rule file writes them.

use serde::Deserialize;
use tolok_domain::Decimal;
use tolok_domain::bacaan::PeranKolom;

/// A measure that a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ukuran {
    /// Promised value.
    Target,
    /// Measured value.
    Realisasi,
    /// Achievement in percent.
    Capaian,
    /// Ceiling in rupiah.
    Pagu,
    /// Spent rupiah.
    RealisasiAnggaran,
    /// Spent in percent of the ceiling.
    Serapan,
}

impl Ukuran {
    pub(crate) const fn peran(self) -> PeranKolom {
        match self {
            Self::Target => PeranKolom::Target,
            Self::Realisasi => PeranKolom::Realisasi,
            Self::Capaian => PeranKolom::Capaian,
            Self::Pagu => PeranKolom::Pagu,
            Self::RealisasiAnggaran => PeranKolom::RealisasiAnggaran,
            Self::Serapan => PeranKolom::Serapan,
        }
    }

    /// The word for readers.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Target => "Target",
            Self::Realisasi => "Realisasi",
            Self::Capaian => "Capaian",
            Self::Pagu => "Pagu",
            Self::RealisasiAnggaran => "Realisasi anggaran",
            Self::Serapan => "Serapan",
        }
    }

    /// Whether it belongs to a plan node rather than to an indicator.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Self::Pagu | Self::RealisasiAnggaran | Self::Serapan)
    }
}

/// What a row of a plan may have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsur {
    /// An indicator.
    Indikator,
    /// A unit of measurement.
    Satuan,
    /// A promised value.
    Target,
    /// A measured value.
    Realisasi,
    /// Achievement in percent.
    Capaian,
    /// A ceiling.
    Pagu,
    /// Spent money.
    RealisasiAnggaran,
    /// Spent in percent.
    Serapan,
    /// A remark.
    Keterangan,
}

/// The kind of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JenisTabel {
    /// Tujuan and sasaran with targets of several years.
    Renstra,
    /// Key indicators as decreed.
    Iku,
    /// Performance agreement.
    Pk,
    /// Programmes to sub kegiatan with targets and ceilings of a year.
    Renja,
    /// Action plan.
    RencanaAksi,
    /// Target and realisation of a year.
    Pengukuran,
    /// Ceilings and spending.
    Anggaran,
    /// Several years side by side.
    Runtun,
    /// Something else.
    Lain,
}

/// Level in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tingkat {
    /// The whole office.
    Total,
    /// Goal.
    Tujuan,
    /// Objective.
    Sasaran,
    /// Programme.
    Program,
    /// Activity.
    Kegiatan,
    /// Sub-activity.
    SubKegiatan,
    /// Cannot be told.
    Lain,
}

/// What a claim in running text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hitungan {
    /// Programmes, kegiatan, sub kegiatan of the year's plan.
    Rencana,
    /// Indicators promised.
    Indikator,
}

/// The functions that compare, with their parameters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Uji {
    /// A row's own money and the sum of the rows under it.
    JumlahAnak(Ukuran),
    /// The sum of the programmes and the total of the table or of the text.
    JumlahProgram(Ukuran),
    /// A row called "jumlah" and the sum of its column.
    BarisJumlah,
    /// A product that the number row declares ("9 = 7 x 8").
    HasilKali,
    /// A sum over different units, or over unit prices.
    JumlahBedaSatuan,
    /// A printed percentage and its two parts.
    Persen(Ukuran),
    /// A measure above its limit.
    Melebihi {
        /// What must not be above.
        ukuran: Ukuran,
        /// The limit.
        batas: Ukuran,
    },
    /// One digit lost, doubled or two swapped against another place.
    Digit(Ukuran),
    /// Followers of a lost digit: the sum that took the wrong value over.
    IkutDigit(Ukuran),
    /// The same measure of the same subject in several tables.
    AntarTabel {
        /// The measure.
        ukuran: Ukuran,
        /// Levels of subjects.
        tingkat: Vec<Tingkat>,
    },
    /// Money of a sasaran differs between tables by exactly one of its parts.
    TanpaSatuRincian(Ukuran),
    /// A value that stands in the name of the indicator ("60,24 - B").
    NilaiDalamNama,
    /// The unit of the same indicator.
    Satuan,
    /// A column that holds what another measure is elsewhere.
    SalahJudulKolom,
    /// An indicator of one kind of table that no table of another kind has.
    TanpaPadanan {
        /// Where it stands.
        dari: Vec<JenisTabel>,
        /// Where it should stand too.
        ke: Vec<JenisTabel>,
    },
    /// An indicator whose name was changed a little between two tables.
    NamaBergeser,
    /// A tujuan or sasaran written in two ways.
    NamaSimpul,
    /// A code with two names.
    NamaKode,
    /// A count in the text and the tables.
    Klaim(Hitungan),
    /// Money in the text and the totals of the tables.
    KlaimUang,
    /// A percentage in the text and its two parts in the same sentence.
    KlaimPersen,
    /// Rows of a level that have one thing and lack another.
    Lubang {
        /// Levels of rows.
        tingkat: Vec<Tingkat>,
        /// Kinds of tables; empty for all.
        #[serde(default)]
        tabel: Vec<JenisTabel>,
        /// What the row must have to be looked at.
        #[serde(default)]
        punya: Vec<Unsur>,
        /// What it lacks.
        tanpa: Unsur,
        /// Only where the reason is given beside it, or only where none is; nothing: both.
        #[serde(default)]
        beralasan: Option<bool>,
    },
    /// Several indicators share one ceiling.
    SatuPagu,
    /// The same indicator of the same node twice in a table.
    Ganda,
    /// A node without any node under it.
    TanpaAnak {
        /// The level.
        tingkat: Tingkat,
        /// The level that should be under it.
        anak: Tingkat,
    },
    /// A measure outside its range.
    Ambang {
        /// The measure.
        ukuran: Ukuran,
        /// Above this it is odd.
        #[serde(default, deserialize_with = "desimal")]
        atas: Option<Decimal>,
        /// Below this it is odd.
        #[serde(default, deserialize_with = "desimal")]
        bawah: Option<Decimal>,
        /// Only indicators with this unit.
        #[serde(default)]
        satuan: Option<String>,
    },
    /// Every achievement of a table is exactly 100.
    SemuaSeratus,
    /// A target below what was reached the year before.
    TargetDiBawahRealisasi,
    /// A target lowered by a revision.
    TargetTurun,
    /// A jump in a sequence of yearly targets.
    Lonjakan,
    /// Targets and realisations of several years that are equal to the last digit.
    RealisasiSalinTarget,
    /// Money almost used up, performance far behind.
    Timpang {
        /// Achievement below this ...
        #[serde(deserialize_with = "desimal")]
        capaian: Decimal,
        /// ... although absorption is at least this.
        #[serde(deserialize_with = "desimal")]
        serapan: Decimal,
    },
    /// Performance reached with little of the money.
    Longgar {
        /// Achievement at least this ...
        #[serde(deserialize_with = "desimal")]
        capaian: Decimal,
        /// ... although absorption is below this.
        #[serde(deserialize_with = "desimal")]
        serapan: Decimal,
    },
    /// An indicator that should be low, measured as if it should be high.
    Polaritas,
    /// "2028-2023".
    TahunMustahil,
    /// The year on the cover.
    TahunSampul,
    /// A plan's span of years written in two ways.
    PeriodeBeda,
    /// A report dated before its year is over.
    TanggalDini,
    /// A table number twice.
    NomorTabelGanda,
    /// A table number left out.
    NomorTabelLoncat,
    /// A regulation with the wrong number or year.
    Peraturan(Vec<Rujukan>),
    /// The name of another office, left from a copied document.
    KantorLain,
    /// A decree without number.
    NomorKosong,
    /// Dots, underscores or brackets that were to be filled in.
    IsianKosong,
    /// A number and its words.
    Terbilang,
    /// An equation in the text.
    Hitung,
    /// A mean and what it is the mean of.
    Rerata,
    /// Two notations of numbers in one list.
    GayaAngka,
    /// Two notations of dates in one list.
    GayaTanggal,
    /// Percentages as fractions of one.
    RasioPecahan,
    /// Rupiah and millions in one column.
    SkalaGanda,
    /// Percentages with different numbers of decimals in one column.
    Desimal,
    /// A list item without content.
    ButirKosong,
    /// "naik" where the numbers fall.
    ArahKalimat,
    /// A grade that does not belong to its value.
    Predikat,
    /// Bounds of a scale that leave a gap or overlap.
    BatasSkala,
    /// A printed change and the two values that it is a change of.
    Perubahan,
    /// Targets of parts of a year and the target of the year.
    TargetBagian,
    /// How many indicators have which grade, in the text and in the table.
    KlaimPredikat,
    /// The number that a sentence gives to an indicator, and what the tables say.
    KlaimIndikator,
    /// A measure outside its range, known by the words of its header.
    AmbangKolom {
        /// The words that name it.
        kata: String,
        /// Above this it is impossible.
        #[serde(deserialize_with = "desimal")]
        atas: Decimal,
        /// Below this it is impossible.
        #[serde(deserialize_with = "desimal")]
        bawah: Decimal,
    },
    /// A part that every report must have.
    Memuat {
        /// One of these words stands in it.
        kata: Vec<String>,
    },
    /// A rule on the data of an office.
    Langsung(Langsung),
}

/// A regulation and what is wrongly written for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rujukan {
    /// Kind of regulation ("Peraturan Presiden").
    pub jenis: String,
    /// Words of its subject ("Sistem Akuntabilitas Kinerja").
    pub perihal: String,
    /// Right number.
    pub nomor: String,
    /// Right year.
    pub tahun: String,
}

/// Rules on the data of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Langsung {
    /// Own money and the sum of the parts.
    JumlahRincian,
    /// Spending above the ceiling.
    LebihPagu,
    /// Decree of key indicators and target in force.
    TargetIku,
    /// Missed without a reason.
    TanpaPenjelasan,
    /// No realisation yet.
    BelumAda,
    /// Achievement above 150 %.
    CapaianTinggi,
    /// The formula gives less than zero.
    CapaianNegatif,
    /// Sub kegiatan without ceiling.
    TanpaPagu,
    /// A ceiling that a new version of the budget set to zero.
    PaguNol,
    /// Money without performance.
    UangTanpaKinerja,
    /// Indicator in force without target.
    TanpaTarget,
    /// Target below last year's realisation.
    TargetDiBawahRealisasi,
    /// Money used up, performance behind.
    Timpang,
    /// Decree without number or date.
    KeputusanTanpaNomor,
    /// All achievements exactly 100.
    SemuaSeratus,
    /// A key indicator that is not promised.
    IkuTanpaPk,
}

/// A number in quotes, with a decimal point: TOML's own numbers with a fraction are floats.
pub(super) fn desimal<'de, D, T>(source: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: From<Decimal>,
{
    let text = String::deserialize(source)?;
    let value: Decimal = text
        .parse()
        .map_err(|_| serde::de::Error::custom(format!("\"{text}\" bukan bilangan; tulis misalnya \"0.01\"")))?;
    Ok(value.into())
}

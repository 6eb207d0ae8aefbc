//! What is to be entered: the places for figures that a period asks for, by how often each indicator is measured.

use std::fmt;
use std::str::FromStr;

use crate::approval::{self, TidakBoleh, Tindakan};
use crate::coverage::Cakupan;
use crate::deadline::Tingkat;
use crate::figure::{Angka, JenisAngka, Keadaan, Subjek};
use crate::formula::Rumus;
use crate::indicator::Indikator;
use crate::measure::Pengukuran;
use crate::period::{Periode, Tahun};
use crate::plan::{JenisSimpul, Simpul};
use crate::snapshot::Potret;
use crate::value::TipeNilai;

/// The place of one figure: whatever stands there, now or earlier, answers the same question.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Petak {
    /// What it is about.
    pub subjek: Subjek,
    /// What it says.
    pub jenis: JenisAngka,
    /// For which period.
    pub periode: Periode,
}

impl Petak {
    /// The place of a realisation: the indicator's value, or one variable of its formula.
    pub fn realisation(indikator: &str, variabel: Option<&str>, periode: Periode) -> Self {
        let jenis = variabel.map_or(JenisAngka::Realisasi, |nama| JenisAngka::Variabel { nama: nama.to_owned() });
        Self { subjek: Subjek::Indikator(indikator.to_owned()), jenis, periode }
    }

    /// The place of money spent.
    pub fn spending(simpul: &str, periode: Periode) -> Self {
        Self { subjek: Subjek::Simpul(simpul.to_owned()), jenis: JenisAngka::RealisasiAnggaran, periode }
    }

    /// The place where a figure stands.
    pub fn of(angka: &Angka) -> Self {
        Self { subjek: angka.subjek.clone(), jenis: angka.jenis.clone(), periode: angka.periode }
    }

    /// The figure that stands there.
    pub fn figure<'a>(&self, potret: &'a Potret) -> Option<&'a Angka> {
        potret.figure(&self.subjek, &self.jenis, self.periode)
    }

    /// The variable, where it is one.
    pub fn variable(&self) -> Option<&str> {
        match &self.jenis {
            JenisAngka::Variabel { nama } => Some(nama),
            _ => None,
        }
    }

    /// The unit that answers for it.
    pub fn unit<'a>(&self, potret: &'a Potret) -> Option<&'a str> {
        match &self.subjek {
            Subjek::Indikator(kode) => potret.unit_of(potret.indicator(kode)?),
            Subjek::Simpul(kode) => potret.node(kode)?.unit.as_deref(),
        }
    }

    /// The level of the plan that it belongs to, which says when it is due.
    pub fn level(&self, potret: &Potret) -> Option<Tingkat> {
        let kode = match &self.subjek {
            Subjek::Indikator(kode) => &potret.indicator(kode)?.simpul,
            Subjek::Simpul(kode) => kode,
        };
        potret.node(kode).map(|s| Tingkat::of(s.jenis))
    }

    /// The type that its value must have.
    pub fn value_type(&self, potret: &Potret) -> Option<TipeNilai> {
        match (&self.subjek, &self.jenis) {
            (Subjek::Indikator(kode), JenisAngka::Realisasi) => potret.indicator(kode).map(|i| i.tipe),
            (Subjek::Indikator(_), JenisAngka::Variabel { .. }) => Some(TipeNilai::Bilangan),
            (Subjek::Simpul(_), JenisAngka::RealisasiAnggaran) => Some(TipeNilai::Uang),
            _ => None,
        }
    }
}

/// As forms and files name it: "i/iku.5/transmigran_bertahan/2021-TW3", "s/2.07.03//2021-TW3".
impl fmt::Display for Petak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = if matches!(self.subjek, Subjek::Indikator(_)) { 'i' } else { 's' };
        write!(f, "{letter}/{}/{}/{}", self.subjek.kode(), self.variable().unwrap_or_default(), self.periode)
    }
}

/// Why a figure cannot be entered now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Tertutup {
    /// The office ended before the period did.
    #[error("instansi ini berakhir {berakhir}, sebelum {} selesai; angkanya diisi pada penerusnya{penerus}", .periode.heading())]
    Berakhir {
        /// The period.
        periode: Periode,
        /// The office's last day, ISO text.
        berakhir: String,
        /// " (kode)"; empty where there is none.
        penerus: String,
    },
    /// Its period is closed.
    #[error("{} sudah dikunci; minta pembukaan kunci untuk mengubah", .0.heading())]
    Periode(Periode),
    /// Its state does not allow it.
    #[error("{0}")]
    Keadaan(#[from] TidakBoleh),
}

impl Petak {
    /// The state that a figure gets when it is entered on a day (ISO text).
    ///
    /// # Errors
    /// [`Tertutup`] when state or lock do not allow entering it.
    pub fn enter(&self, potret: &Potret, today: &str) -> Result<Keadaan, Tertutup> {
        let office = &potret.instansi;
        if !office.answers_for(self.periode) {
            let penerus = if office.penerus.is_empty() { String::new() } else { format!(" ({})", office.penerus) };
            return Err(Tertutup::Berakhir { periode: self.periode, berakhir: office.berakhir.clone(), penerus });
        }
        if potret.is_closed(&self.subjek, self.periode, today) {
            return Err(Tertutup::Periode(self.periode));
        }
        let opened = potret.is_opened(&self.subjek, self.periode, today);
        let before = self.figure(potret).map_or(Keadaan::Draf, |a| a.keadaan);
        Ok(approval::next(before, Tindakan::Isi, opened)?)
    }
}

/// The text names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" bukan tempat angka")]
pub struct BukanPetak(pub String);

impl FromStr for Petak {
    type Err = BukanPetak;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || BukanPetak(text.to_owned());
        let [letter, kode, variabel, periode] = text.splitn(4, '/').collect::<Vec<_>>()[..] else {
            return Err(wrong());
        };
        let periode = periode.parse().map_err(|_| wrong())?;
        match (letter, variabel) {
            ("i", "") => Ok(Self::realisation(kode, None, periode)),
            ("i", nama) => Ok(Self::realisation(kode, Some(nama), periode)),
            ("s", "") => Ok(Self::spending(kode, periode)),
            _ => Err(wrong()),
        }
    }
}

/// How often something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frekuensi {
    /// Every month.
    Bulan,
    /// Every quarter.
    Triwulan,
    /// Twice a year.
    Semester,
    /// Once.
    Tahun,
}

impl Frekuensi {
    /// As an office writes it ("triwulan", "Triwulanan", "tahunan"). Quarterly where it says nothing else, as the evaluators ask of
    /// every target.
    pub fn read(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        [("bulan", Self::Bulan), ("semester", Self::Semester), ("tahun", Self::Tahun)]
            .into_iter()
            .find(|(word, _)| text.starts_with(word))
            .map_or(Self::Triwulan, |(_, frekuensi)| frekuensi)
    }

    /// The periods of its kind that end within a quarter (1 to 4).
    pub fn within(self, tahun: Tahun, quarter: u8) -> Vec<Periode> {
        match self {
            Self::Bulan => (quarter * 3 - 2..=quarter * 3).map(|n| Periode::Bulan(tahun, n)).collect(),
            Self::Triwulan => vec![Periode::Triwulan(tahun, quarter)],
            Self::Semester if quarter.is_multiple_of(2) => vec![Periode::Semester(tahun, quarter / 2)],
            Self::Tahun if quarter == 4 => vec![Periode::Tahun(tahun)],
            Self::Semester | Self::Tahun => Vec::new(),
        }
    }
}

/// The places for an indicator's figures in a quarter: the variables of its formula, or its value. A value that was entered as
/// such although there is a formula keeps its place, and what was entered for the whole year is asked for by year.
pub fn of_indicator(potret: &Potret, indikator: &Indikator, quarter: u8) -> Vec<Petak> {
    let year = Periode::Tahun(potret.tahun);
    let subjek = Subjek::Indikator(indikator.kode.clone());
    let by_year = potret.angka.iter().any(|a| {
        let entered = matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. });
        a.periode == year && entered && a.subjek == subjek
    });
    let frekuensi = if by_year { Frekuensi::Tahun } else { Frekuensi::read(&indikator.frekuensi) };
    let mut found = Vec::new();
    for periode in frekuensi.within(potret.tahun, quarter) {
        let direct = Petak::realisation(&indikator.kode, None, periode);
        let formula = Rumus::parse(&indikator.rumus).ok();
        let variables = formula.as_ref().map(Rumus::variables).unwrap_or_default();
        if variables.is_empty() || direct.figure(potret).is_some() {
            found.push(direct);
        } else {
            found.extend(variables.iter().map(|nama| Petak::realisation(&indikator.kode, Some(nama), periode)));
        }
    }
    found
}

/// Whether a node is a budget line: it has a ceiling in force and none below it has one.
pub fn is_budget_line(hasil: &Pengukuran<'_>, simpul: &Simpul) -> bool {
    let has = |kode: &str| {
        hasil.budget_document().is_some_and(|d| {
            let own = JenisAngka::Pagu { dokumen: d.kode.clone() };
            hasil.node_figures(kode).iter().any(|a| a.jenis == own && a.periode == Periode::Tahun(hasil.potret.tahun))
        })
    };
    fn below<'a>(potret: &'a Potret, kode: &'a str) -> Vec<&'a Simpul> {
        let children: Vec<&Simpul> = potret.children(Some(kode)).collect();
        children.iter().flat_map(|c| std::iter::once(*c).chain(below(potret, &c.kode))).collect()
    }
    simpul.jenis >= JenisSimpul::Program
        && has(&simpul.kode)
        && !below(hasil.potret, &simpul.kode).iter().any(|s| has(&s.kode))
}

/// Everything that a quarter asks for: figures of the indicators in force, then money by budget line. An office that has ended is asked for
/// nothing that was not over by then.
pub fn due(hasil: &Pengukuran<'_>, quarter: u8) -> Vec<Petak> {
    let potret = hasil.potret;
    let measured = hasil.indikator.iter().filter(|u| u.berlaku);
    let performance = measured.flat_map(|u| of_indicator(potret, u.indikator, quarter));
    let lines = potret.simpul.iter().filter(|s| is_budget_line(hasil, s));
    let money = lines.flat_map(|s| {
        let by_year = Petak::spending(&s.kode, Periode::Tahun(potret.tahun)).figure(potret).is_some();
        let frekuensi = if by_year { Frekuensi::Tahun } else { Frekuensi::Triwulan };
        frekuensi.within(potret.tahun, quarter).into_iter().map(|p| Petak::spending(&s.kode, p))
    });
    performance.chain(money).filter(|p| potret.instansi.answers_for(p.periode)).collect()
}

/// How far the entry of some places has come. Each count includes those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kemajuan {
    /// All places.
    pub dari: usize,
    /// With a figure, also one that says why there is no value.
    pub terisi: usize,
    /// Handed in, or further.
    pub diajukan: usize,
    /// Sent back and not entered anew.
    pub dikembalikan: usize,
    /// Verified, or further.
    pub diverifikasi: usize,
    /// Locked.
    pub dikunci: usize,
}

impl Kemajuan {
    /// Counts the places.
    pub fn of<'a>(potret: &Potret, petak: impl IntoIterator<Item = &'a Petak>) -> Self {
        let mut k = Self::default();
        for p in petak {
            k.dari += 1;
            let Some(angka) = p.figure(potret) else { continue };
            k.terisi += 1;
            k.dikembalikan += usize::from(angka.keadaan == Keadaan::Dikembalikan);
            let past = |states: &[Keadaan]| usize::from(states.contains(&angka.keadaan));
            k.diajukan += past(&[Keadaan::Diajukan, Keadaan::Diverifikasi, Keadaan::Dikunci]);
            k.diverifikasi += past(&[Keadaan::Diverifikasi, Keadaan::Dikunci]);
            k.dikunci += past(&[Keadaan::Dikunci]);
        }
        k
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            dari: self.dari + other.dari,
            terisi: self.terisi + other.terisi,
            diajukan: self.diajukan + other.diajukan,
            dikembalikan: self.dikembalikan + other.dikembalikan,
            diverifikasi: self.diverifikasi + other.diverifikasi,
            dikunci: self.dikunci + other.dikunci,
        }
    }

    /// Entered, of all.
    pub const fn entered(self) -> Cakupan {
        Cakupan { ada: self.terisi, dari: self.dari }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("i/iku.5/transmigran_bertahan/2021-TW3")]
    #[case("i/2.07.05.i1//2021")]
    #[case("s/2.07.03.2.01.01//2021-TW1")]
    fn places_read_back(#[case] text: &str) {
        assert_eq!(text.parse::<Petak>().map(|p| p.to_string()).as_deref(), Ok(text));
    }

    #[rstest]
    #[case("")]
    #[case("i/iku.5/2021")]
    #[case("s/2.07.03/variabel/2021-TW1")]
    #[case("x/iku.5//2021")]
    #[case("i/iku.5//kemarin")]
    fn other_texts_are_no_places(#[case] text: &str) {
        assert!(text.parse::<Petak>().is_err());
    }

    #[rstest]
    #[case("triwulan", 3, "2021-TW3")]
    #[case("", 1, "2021-TW1")]
    #[case("Bulanan", 2, "2021-B04 2021-B05 2021-B06")]
    #[case("semester", 3, "")]
    #[case("semester", 4, "2021-S2")]
    #[case("tahunan", 3, "")]
    #[case("tahun", 4, "2021")]
    fn a_quarter_asks_for_the_periods_that_end_in_it(#[case] text: &str, #[case] quarter: u8, #[case] periods: &str) {
        let found: Vec<String> = Frekuensi::read(text).within(2021, quarter).iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), periods);
    }
}

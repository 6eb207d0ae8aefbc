//! One office's year up to a period, in short: all that a comparison of offices needs, small enough to be kept for every office.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::complete::{budget_lines, is_whole};
use super::{NilaiUnit, RingkasEvaluasi, units};
use crate::coverage::Cakupan;
use crate::deadline::Tingkat;
use crate::duty::{Kemajuan, Petak, due};
use crate::figure::{Angka, JenisAngka, Keadaan};
use crate::id::Kode;
use crate::measure::{Pengukuran, Rerata, Uang, UkurIndikator};
use crate::period::{Periode, Tahun};
use crate::plan::JenisSimpul;
use crate::rekomendasi::KeadaanTindakLanjut;
use crate::scale::Predikat;
use crate::snapshot::{Instansi, Potret};
use crate::timeliness::{Keterlambatan, Kewajiban, assess};

/// One office's year up to a period.
///
/// Performance and money count as known only where nothing is missing of what the quarters up to the period ask for: a half year of which
/// one quarter was entered would otherwise stand beside whole ones as if the other quarter were zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ringkasan {
    /// Its name, as its data have it.
    pub nama: String,
    /// Its short name.
    pub singkatan: String,
    /// Up to when it is measured: for an office that has ended, at most the last quarter for which it answers.
    pub sampai: Periode,
    /// Its end, where it has ended.
    pub akhir: Option<Akhir>,
    /// Mean achievement of its key indicators.
    pub capaian: Rerata,
    /// Grade of that mean on the office's scale.
    pub predikat: Option<&'static Predikat>,
    /// Money of the whole office.
    pub uang: UangTerukur,
    /// How far the figures have come that the quarters up to the period ask for.
    pub kemajuan: Kemajuan,
    /// Handed in in time, of the figures on which the verdict is in. A figure that was verified before Tolok could see when it was
    /// handed in has none.
    pub tepat_waktu: Cakupan,
    /// Recommendations done, of those that can be done.
    pub tindak_lanjut: Cakupan,
    /// What is late, by period and level: first what is still missing, the longest first.
    pub terlambat: Vec<Tunggakan>,
    /// Its sasaran, in the order of the plan.
    pub sasaran: Vec<RingkasSasaran>,
    /// Its indicators in force, in order.
    pub indikator: Vec<NilaiIndikator>,
    /// Its evaluation of the year; `None` where it is not evaluated.
    pub evaluasi: Option<RingkasEvaluasi>,
    /// Its units by what counts in a ranking, in the order of the organisation.
    pub unit: Vec<NilaiUnit>,
}

/// The end of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Akhir {
    /// Its last day.
    pub tanggal: Date,
    /// Code of the office that goes on with its work; empty where none does.
    pub penerus: Kode,
}

impl Akhir {
    /// Of an office; `None` while it exists.
    pub fn of(instansi: &Instansi) -> Option<Self> {
        let tanggal = instansi.berakhir.parse().ok()?;
        Some(Self { tanggal, penerus: instansi.penerus.clone() })
    }
}

/// A sasaran: performance beside money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingkasSasaran {
    /// Its code.
    pub kode: Kode,
    /// Its wording.
    pub nama: String,
    /// Mean achievement of its indicators.
    pub capaian: Rerata,
    /// Grade of that mean on the office's scale.
    pub predikat: Option<&'static Predikat>,
    /// Its money.
    pub uang: UangTerukur,
}

/// Money, and how much of its spending is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UangTerukur {
    /// Ceiling, and spending as far as it is known.
    pub uang: Uang,
    /// Budget lines whose spending is known in full, of all.
    pub baris: Cakupan,
}

impl UangTerukur {
    /// Spent of the ceiling in percent, where the spending of all lines is known in full.
    pub fn absorption(&self) -> Option<Decimal> {
        self.uang.absorption().ok().filter(|_| self.baris.is_complete())
    }
}

/// Late figures of one period and level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tunggakan {
    /// The period.
    pub periode: Periode,
    /// The level.
    pub tingkat: Tingkat,
    /// The last day in time.
    pub batas: Date,
    /// All figures of that period and level.
    pub dari: usize,
    /// Not handed in, though the day has passed.
    pub belum: usize,
    /// Handed in after the day.
    pub susulan: usize,
    /// Working days of the latest one: of those still missing, up to today; where none is, of those handed in.
    pub hari: u32,
}

/// A realised value beside its own past, for finding what stands apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NilaiIndikator {
    /// The indicator's code.
    pub kode: Kode,
    /// Its wording.
    pub nama: String,
    /// Its unit.
    pub satuan: String,
    /// Wording and unit without differences of writing: indicators of other offices with the same are the same measure.
    pub sebutan: String,
    /// Realised up to the period; `None` when not known in full or no single number.
    pub nilai: Option<Decimal>,
    /// The same period of earlier years, where known.
    pub riwayat: Vec<(Tahun, Decimal)>,
}

/// How the moments of the ledger are read.
#[derive(Debug, Clone, Copy)]
pub struct Waktu<'a> {
    /// The day that is taken for today.
    pub hari_ini: Date,
    /// The day of a moment (microseconds since 1970 UTC) where the office is.
    pub hari: fn(i64) -> Date,
    /// Moments at which figures were last handed in that have moved on since.
    pub pengajuan: &'a HashMap<Petak, i64>,
}

impl Ringkasan {
    /// Of a measurement, as known on a day.
    pub fn of(hasil: &Pengukuran<'_>, waktu: Waktu<'_>) -> Self {
        let office = &hasil.potret.instansi;
        let achieved = |u: &UkurIndikator<'_>| u.capaian.percent().filter(|_| is_whole(hasil, u));
        let key = hasil.indikator.iter().filter(|u| u.berlaku && u.indikator.iku);
        let capaian = Rerata::of(key.map(achieved));
        let means = hasil.means_of(achieved);
        let lines = budget_lines(hasil);
        let money = |kode: &str, uang: &Uang| UangTerukur {
            uang: uang.clone(),
            baris: lines.get(kode).copied().unwrap_or_default(),
        };
        let quarters = hasil.sampai.last_month() / 3;
        let petak: Vec<Petak> = (1..=quarters).flat_map(|quarter| due(hasil, quarter)).collect();
        let (tepat_waktu, terlambat) = timeliness(hasil, petak.iter(), waktu);
        let sasaran = hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Sasaran);
        Self {
            nama: office.nama.clone(),
            singkatan: office.singkatan.clone(),
            sampai: hasil.sampai,
            akhir: Akhir::of(office),
            predikat: capaian.nilai.map(|x| hasil.grade(x)),
            capaian,
            uang: money("", &hasil.total),
            kemajuan: Kemajuan::of(hasil.potret, &petak),
            tepat_waktu,
            tindak_lanjut: settled(hasil.potret),
            terlambat,
            sasaran: sasaran
                .map(|u| {
                    let capaian = means.get(u.simpul.kode.as_str()).copied().unwrap_or(u.capaian);
                    RingkasSasaran {
                        kode: u.simpul.kode.clone(),
                        nama: u.simpul.calm_name(),
                        capaian,
                        predikat: capaian.nilai.map(|x| hasil.grade(x)),
                        uang: money(&u.simpul.kode, &u.uang),
                    }
                })
                .collect(),
            indikator: hasil.indikator.iter().filter(|u| u.berlaku).map(|u| value(hasil, u)).collect(),
            evaluasi: RingkasEvaluasi::of(hasil.potret),
            unit: units(hasil, waktu).iter().map(NilaiUnit::of).collect(),
        }
    }

    /// Figures that are not handed in though their day has passed, and the working days of the latest.
    pub fn overdue(&self) -> (usize, u32) {
        let missing = self.terlambat.iter().filter(|t| t.belum > 0);
        (missing.clone().map(|t| t.belum).sum(), missing.map(|t| t.hari).max().unwrap_or(0))
    }
}

fn settled(potret: &Potret) -> Cakupan {
    let states = potret.rekomendasi.iter().map(|r| potret.state_of(&r.kode));
    let possible = states.filter(|keadaan| *keadaan != KeadaanTindakLanjut::TidakDapat);
    Cakupan::count(possible.map(|keadaan| keadaan == KeadaanTindakLanjut::Selesai))
}

fn value<'a>(hasil: &Pengukuran<'a>, u: &UkurIndikator<'a>) -> NilaiIndikator {
    let i = u.indikator;
    let is_realised = |a: &&&Angka| matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. });
    let years: BTreeSet<Tahun> =
        hasil.figures_of(&i.kode).iter().filter(is_realised).map(|a| a.periode.tahun()).collect();
    let earlier = years.range(..hasil.sampai.tahun());
    NilaiIndikator {
        kode: i.kode.clone(),
        nama: i.nama.clone(),
        satuan: i.satuan.clone(),
        sebutan: same_words(&i.nama, &i.satuan),
        nilai: u.realisasi.nilai.number().filter(|_| is_whole(hasil, u)),
        riwayat: earlier
            .filter_map(|year| Some((*year, hasil.at(i, hasil.sampai.in_year(*year)).realisasi.nilai.number()?)))
            .collect(),
    }
}

fn same_words(nama: &str, satuan: &str) -> String {
    let words = nama.split_whitespace().chain(std::iter::once("|")).chain(satuan.split_whitespace());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Punctuality of some places.
pub(super) fn punctuality(hasil: &Pengukuran<'_>, petak: &[&Petak], waktu: Waktu<'_>) -> Cakupan {
    timeliness(hasil, petak.iter().copied(), waktu).0
}

/// Punctuality of places, and the late ones by period and level.
fn timeliness<'p>(
    hasil: &Pengukuran<'_>,
    petak: impl Iterator<Item = &'p Petak>,
    waktu: Waktu<'_>,
) -> (Cakupan, Vec<Tunggakan>) {
    let potret = hasil.potret;
    let libur = potret.days_off();
    let mut groups: BTreeMap<(Periode, Tingkat), Vec<&Petak>> = BTreeMap::new();
    for p in petak {
        if let Some(tingkat) = p.level(potret) {
            groups.entry((p.periode, tingkat)).or_default().push(p);
        }
    }
    let mut in_time = Cakupan::default();
    let mut late = Vec::new();
    for ((periode, tingkat), petak) in groups {
        let batas = potret.jadwal.due(tingkat, periode, &libur);
        let due: Vec<_> = petak.iter().filter_map(|p| duty(p, p.figure(potret), batas, waktu)).collect();
        let found = assess(&due, waktu.hari_ini, &libur);
        in_time = in_time.plus(found.tepat_waktu);
        let (missing, after): (Vec<Keterlambatan<'_, ()>>, Vec<_>) =
            found.terlambat.iter().partition(|k| k.kewajiban.diajukan.is_none());
        // What is still missing counts; only where nothing is, what came too late.
        let Some(latest) = missing.first().or(after.first()) else { continue };
        let (belum, susulan, hari) = (missing.len(), after.len(), latest.hari);
        late.push(Tunggakan { periode, tingkat, batas, dari: petak.len(), belum, susulan, hari });
    }
    late.sort_by_key(|t| Reverse((t.belum > 0, t.hari, t.belum)));
    (in_time, late)
}

/// What became of a place. `None` where it cannot be said whether the figure was handed in in time: it was verified after the last
/// day, and when it was handed in is not on record, as in a package that was imported.
fn duty(petak: &Petak, angka: Option<&Angka>, batas: Date, waktu: Waktu<'_>) -> Option<Kewajiban<()>> {
    let missing = Kewajiban { subjek: (), batas, diisi: None, diajukan: None };
    let Some(angka) = angka else { return Some(missing) };
    let recorded = (waktu.hari)(angka.dicatat);
    let diajukan = match angka.keadaan {
        Keadaan::Draf | Keadaan::Dikembalikan => None,
        Keadaan::Diajukan => Some(recorded),
        Keadaan::Diverifikasi | Keadaan::Dikunci => {
            let known = waktu.pengajuan.get(petak).map(|moment| (waktu.hari)(*moment));
            Some(known.or((recorded <= batas).then_some(recorded))?)
        }
    };
    Some(Kewajiban { diisi: Some(recorded), diajukan, ..missing })
}

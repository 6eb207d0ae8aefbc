//! All offices that a user may look at, side by side. What an office's year comes to is kept in short by version, so that a
//! request computes only what has changed.

mod money;
mod recap;
mod weights;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use tokio::sync::Semaphore;
use tolok_domain::Decimal;
use tolok_domain::access::Hak;
use tolok_domain::ending::counted_until;
use tolok_domain::period::Tahun;
use tolok_domain::ranking::rank;
use tolok_domain::region::{Akhir, Daerah, Kantor, RingkasUang, Ringkasan, Unsur, Waktu, formula};
use tolok_domain::{Angka, InstansiId, Periode, Petak, ukur};
use tolok_report::region::{self, TabelDaerah};
use tolok_report::{csv, xlsx};
use tolok_store::{Ctx, Galat, Hasil, Kenal};

pub use weights::{BobotDaerah, typed_weights};

use crate::{App, day, end_of_day, require};

/// The offices of a region in a year, up to a quarter.
pub struct DaerahTermuat {
    /// The offices, by code.
    pub daerah: Daerah,
    /// Name of the region; several where the user looks after several.
    pub nama: String,
    /// Years for which any of the offices has data, latest first.
    pub tahun: Vec<Tahun>,
    /// The quarter up to which was measured; 4 is the whole year.
    pub tw: u8,
    /// The day that is taken for today: in the past, where the past is looked at.
    pub hari_ini: Date,
    /// Offices that had ended before the first quarter of the year was over, and so take no part: name and end.
    pub bubar: Vec<(String, Akhir)>,
}

/// Office and, for a look at the past, the version: as for snapshots, the present has one place for whatever version it has.
type Tempat = (InstansiId, Option<i64>);

/// What was computed of an office, and of what: it holds for exactly that version and day.
struct Dihitung<T> {
    versi: i64,
    hari: Date,
    isi: Arc<T>,
}

/// What was computed of offices up to a period.
type Disimpan<T> = Mutex<HashMap<(Tempat, Periode), Dihitung<T>>>;

/// Short summaries of offices, some ten kilobytes each.
pub(crate) struct Rekap {
    kenal: Mutex<HashMap<Tempat, (i64, Arc<Kenal>)>>,
    ringkasan: Disimpan<Ringkasan>,
    uang: Disimpan<RingkasUang>,
    /// One request loads offices; the others wait and find most of them there.
    loading: Semaphore,
}

/// How many offices and summaries are kept: the present of 45 offices in all quarters of ten years.
const MOST: usize = 2_048;

impl Default for Rekap {
    fn default() -> Self {
        Self {
            kenal: Mutex::default(),
            ringkasan: Mutex::default(),
            uang: Mutex::default(),
            loading: Semaphore::new(1),
        }
    }
}

impl Rekap {
    fn known(&self, ctx: &Ctx) -> Option<Arc<Kenal>> {
        let kept = self.kenal.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&place(ctx)).filter(|(versi, _)| Some(*versi) == ctx.versi).map(|(_, kenal)| Arc::clone(kenal))
    }

    fn summary(&self, ctx: &Ctx, sampai: Periode) -> Option<Arc<Ringkasan>> {
        fresh(&self.ringkasan, ctx, sampai)
    }

    fn money(&self, ctx: &Ctx, sampai: Periode) -> Option<Arc<RingkasUang>> {
        fresh(&self.uang, ctx, sampai)
    }
}

/// What was computed of exactly that version on that day.
fn fresh<T>(kept: &Disimpan<T>, ctx: &Ctx, sampai: Periode) -> Option<Arc<T>> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let holds = |d: &&Dihitung<T>| Some(d.versi) == ctx.versi && d.hari == day(ctx.waktu);
    kept.get(&(place(ctx), sampai)).filter(holds).map(|d| Arc::clone(&d.isi))
}

fn place(ctx: &Ctx) -> Tempat {
    (ctx.instansi, ctx.versi.filter(|_| ctx.lampau))
}

/// Keeps one more; where there is no room, all others go.
fn keep<K: std::hash::Hash + Eq, V>(kept: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST && !kept.contains_key(&key) {
        kept.clear();
    }
    kept.insert(key, value);
}

impl App {
    /// The offices beside each other, as [`crate::Sesi::contexts`] gives them: with their codes and versions. Without a year the latest
    /// that most of them have, without a quarter the last one that is over.
    ///
    /// Permission: [`Hak::LihatDaerah`] in each office.
    pub async fn region(&self, kantor: &[(String, Ctx)], tahun: Option<Tahun>, tw: Option<u8>) -> Hasil<DaerahTermuat> {
        let Some((_, first)) = kantor.first() else { return Err(Galat::Terlarang) };
        kantor.iter().try_for_each(|(_, ctx)| require(ctx, Hak::LihatDaerah))?;
        let contexts: Vec<&Ctx> = kantor.iter().map(|(_, ctx)| ctx).collect();
        let kenal = self.identify(&contexts).await?;
        let mut known: Vec<(&(String, Ctx), Arc<Kenal>)> = kantor.iter().zip(kenal).collect();
        let years = count_years(known.iter().map(|(_, k)| k));
        let none = || Galat::TidakDitemukan(tahun.map_or("data".to_owned(), |t| format!("data tahun {t}")));
        let tahun = tahun.filter(|t| years.contains_key(t)).or_else(|| usual_year(&years).filter(|_| tahun.is_none()));
        let tahun = tahun.ok_or_else(none)?;
        let hari_ini = day(first.waktu);
        let tw = tw.filter(|q| (1..=4).contains(q)).unwrap_or_else(|| last_quarter(tahun, hari_ini));
        let sampai = if tw == 4 { Periode::Tahun(tahun) } else { Periode::Triwulan(tahun, tw) };
        let gone = known.extract_if(.., |(_, k)| counted_until(&k.berakhir, Periode::Triwulan(tahun, 1)).is_none());
        let ending = |k: &Kenal| Some(Akhir { tanggal: k.berakhir.parse().ok()?, penerus: k.penerus.clone() });
        let bubar = gone.filter_map(|(_, k)| Some((k.nama.clone(), ending(&k)?))).collect();
        let with_data: Vec<&Ctx> =
            known.iter().filter(|(_, k)| k.tahun.contains(&tahun)).map(|((_, ctx), _)| ctx).collect();
        let mut ringkasan = self.summaries(&with_data, sampai).await?;
        let mut names: Vec<&str> = known.iter().map(|(_, k)| k.daerah.as_str()).filter(|d| !d.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let nama = names.join(", ");
        let office = |((kode, ctx), kenal): &(&(String, Ctx), Arc<Kenal>)| {
            let ringkasan = ringkasan.remove(&ctx.instansi);
            let nama = ringkasan.as_ref().map_or(&kenal.nama, |r| &r.nama).clone();
            Kantor { kode: kode.clone(), nama, ringkasan }
        };
        Ok(DaerahTermuat {
            nama,
            tahun: years.into_keys().rev().collect(),
            tw,
            hari_ini,
            daerah: Daerah { sampai, kantor: known.iter().map(office).collect() },
            bubar,
        })
    }

    /// The same contexts as they were at the end of a day.
    pub async fn region_as_of(&self, kantor: Vec<(String, Ctx)>, per: Date) -> Hasil<Vec<(String, Ctx)>> {
        if kantor.first().is_none_or(|(_, ctx)| per >= day(ctx.waktu)) {
            return Ok(kantor);
        }
        let contexts: Vec<&Ctx> = kantor.iter().map(|(_, ctx)| ctx).collect();
        let (end, heads) = (end_of_day(per), self.store.heads_at(&contexts, end_of_day(per)).await?);
        let then = |ctx: Ctx| {
            let versi = heads.get(&ctx.instansi).copied().unwrap_or_default();
            Ctx { versi: Some(versi), lampau: true, waktu: end, ..ctx }
        };
        Ok(kantor.into_iter().map(|(kode, ctx)| (kode, then(ctx))).collect())
    }

    /// Names and years of the offices, in their order.
    async fn identify(&self, kantor: &[&Ctx]) -> Hasil<Vec<Arc<Kenal>>> {
        let kept: Vec<Option<Arc<Kenal>>> = kantor.iter().map(|ctx| self.rekap.known(ctx)).collect();
        let unknown: Vec<&Ctx> = kantor.iter().zip(&kept).filter(|(_, k)| k.is_none()).map(|(ctx, _)| *ctx).collect();
        let mut found = self.store.identify(&unknown).await?;
        let mut learn = |ctx: &Ctx| {
            let (versi, kenal) = ctx.versi.zip(found.remove(&ctx.instansi))?;
            let kenal = Arc::new(kenal);
            keep(&self.rekap.kenal, place(ctx), (versi, Arc::clone(&kenal)));
            Some(kenal)
        };
        let all = kantor.iter().zip(kept).map(|(ctx, kept)| kept.or_else(|| learn(ctx)));
        all.collect::<Option<_>>().ok_or_else(|| Galat::unavailable("instansi tanpa nama atau tanpa versi"))
    }

    /// Summaries of the offices that have data for the year: those that are fresh, and the others computed.
    async fn summaries(&self, kantor: &[&Ctx], sampai: Periode) -> Hasil<HashMap<InstansiId, Arc<Ringkasan>>> {
        let fresh = |ctx: &&Ctx| Some((ctx.instansi, self.rekap.summary(ctx, sampai)?));
        let mut all: HashMap<_, _> = kantor.iter().filter_map(fresh).collect();
        if all.len() == kantor.len() {
            return Ok(all);
        }
        let _turn = self.rekap.loading.acquire().await.map_err(Galat::unavailable)?;
        all.extend(kantor.iter().filter_map(fresh));
        let stale: Vec<&Ctx> = kantor.iter().filter(|ctx| !all.contains_key(&ctx.instansi)).copied().collect();
        let of_office: HashMap<InstansiId, &Ctx> = stale.iter().map(|ctx| (ctx.instansi, *ctx)).collect();
        self.store
            .each_potret(&stale, sampai.tahun(), |potret, earlier| {
                let Some(ctx) = of_office.get(&potret.instansi.id) else { return };
                let hari = day(ctx.waktu);
                let waktu = Waktu { hari_ini: hari, hari: day, pengajuan: &handed_in(&earlier) };
                // An office that ended within the year is measured up to its last quarter.
                let Some(counted) = potret.instansi.counted_until(sampai) else { return };
                let ringkasan = Arc::new(Ringkasan::of(&ukur(&potret, counted), waktu));
                all.insert(ctx.instansi, Arc::clone(&ringkasan));
                let versi = ctx.versi.unwrap_or_default();
                keep(&self.rekap.ringkasan, (place(ctx), sampai), Dihitung { versi, hari, isi: ringkasan });
            })
            .await?;
        Ok(all)
    }
}

impl DaerahTermuat {
    /// One of its tables as CSV; the ranking by those weights.
    pub fn csv(&self, which: TabelDaerah, bobot: &[(Unsur, Decimal)]) -> Hasil<String> {
        self.tables(bobot, |isi| csv::render(&region::table(isi, which)))
    }

    /// All of its tables as a workbook.
    pub fn xlsx(&self, bobot: &[(Unsur, Decimal)]) -> Hasil<Vec<u8>> {
        self.tables(bobot, |isi| xlsx::render(&region::document(isi)))?.map_err(Galat::unavailable)
    }

    fn tables<T>(&self, bobot: &[(Unsur, Decimal)], make: impl FnOnce(region::Isi<'_>) -> T) -> Hasil<T> {
        let pembobotan = formula(bobot).map_err(|faults| invalid(&faults))?;
        let (complete, others) = self.daerah.participants(bobot);
        let peringkat = rank(&pembobotan, &complete).map_err(|faults| invalid(&faults))?;
        let belum = rank(&pembobotan, &others).map_err(|faults| invalid(&faults))?;
        let (complete, others) = self.daerah.unit_participants(bobot);
        let unit = rank(&pembobotan, &complete).map_err(|faults| invalid(&faults))?;
        let unit_belum = rank(&pembobotan, &others).map_err(|faults| invalid(&faults))?;
        Ok(make(region::Isi {
            nama: &self.nama,
            daerah: &self.daerah,
            pembobotan: &pembobotan,
            peringkat: &peringkat,
            belum: &belum,
            unit: &unit,
            unit_belum: &unit_belum,
            hari_ini: self.hari_ini,
        }))
    }
}

/// Faults of a formula or of the values under it, each on a line.
fn invalid(faults: &[impl ToString]) -> Galat {
    Galat::TidakSah(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// The moment at which the figure of each place was last handed in.
fn handed_in(earlier: &[Angka]) -> HashMap<Petak, i64> {
    let mut last = HashMap::new();
    for angka in earlier {
        let moment = last.entry(Petak::of(angka)).or_insert(angka.dicatat);
        *moment = angka.dicatat.max(*moment);
    }
    last
}

/// How many offices have data, by year.
fn count_years<'a>(kenal: impl Iterator<Item = &'a Arc<Kenal>>) -> BTreeMap<Tahun, usize> {
    let mut years = BTreeMap::new();
    for year in kenal.flat_map(|k| &k.tahun) {
        *years.entry(*year).or_default() += 1;
    }
    years
}

/// The latest year for which at least half as many offices have data as for the fullest: when the first offices begin to plan the next
/// year, the others are still measured in this one.
fn usual_year(years: &BTreeMap<Tahun, usize>) -> Option<Tahun> {
    let most = years.values().max()?;
    years.iter().rev().find(|(_, count)| *count * 2 >= *most).map(|(year, _)| *year)
}

/// The last quarter of the year that is over on a day; the first where none is.
fn last_quarter(tahun: Tahun, hari_ini: Date) -> u8 {
    let over = Periode::quarters(tahun).into_iter().filter(|q| q.last_day() < hari_ini).count();
    u8::try_from(over.max(1)).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_year_shown_first_is_the_latest_that_most_offices_have() {
        let year = |counts: &[(Tahun, usize)]| usual_year(&counts.iter().copied().collect());
        assert_eq!(year(&[(2024, 45), (2025, 44), (2026, 3)]), Some(2025));
        assert_eq!(year(&[(2024, 45), (2025, 44), (2026, 23)]), Some(2026));
        assert_eq!(year(&[]), None);
    }

    #[test]
    fn the_quarter_shown_first_is_the_last_one_that_is_over() {
        for (day, quarter) in [
            (date(2025, 1, 1), 1),
            (date(2025, 3, 31), 1),
            (date(2025, 7, 1), 2),
            (date(2025, 12, 31), 3),
            (date(2026, 1, 1), 4),
            (date(2024, 12, 31), 1),
        ] {
            assert_eq!(last_quarter(2025, day), quarter, "{day}");
        }
    }
}

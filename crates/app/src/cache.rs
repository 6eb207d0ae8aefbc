//! Snapshots in memory. The number of the office's last ledger entry is the version of its data, so a cached snapshot is fresh
//! exactly when its number is still the last. Who asks mostly knows that number already.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use tokio::sync::{Semaphore, SemaphorePermit};
use tolok_domain::access::Hak;
use tolok_domain::period::Tahun;
use tolok_domain::{InstansiId, Potret};
use tolok_report::chart::Helai;
use tolok_review::Temuan;
use tolok_store::{Ctx, Galat, Hasil};

use crate::{App, day, end_of_day, require};

/// A snapshot with its version.
pub struct Termuat {
    /// The snapshot.
    pub potret: Potret,
    /// Number of the ledger entry it shows.
    pub versi: i64,
    /// Years for which the office has data, latest first.
    pub tahun: Vec<Tahun>,
}

impl Termuat {
    fn key(&self) -> (InstansiId, Tahun, i64) {
        (self.potret.instansi.id, self.potret.tahun, self.versi)
    }
}

/// A printed report with the page numbers of its outline.
pub(crate) struct Tercetak {
    pub pdf: Vec<u8>,
    pub halaman: BTreeMap<String, String>,
}

/// Office, year and, for a look at the past, the version; the present has one place for whatever version it has, so that old versions do
/// not pile up.
type Kunci = (InstansiId, Tahun, Option<i64>);

/// Office, year and version: data that never change again.
type Versi = (InstansiId, Tahun, i64);

/// Snapshots by office and year (one is some hundred kilobytes), and what was last made of them.
pub(crate) struct Cache {
    snapshots: Mutex<Snapshots>,
    printed: Terakhir<Versi, Tercetak>,
    /// With the names of other offices that a drawing mentions.
    drawn: Terakhir<(Versi, BTreeMap<String, String>), Vec<Helai>>,
    words: Terakhir<Versi, Vec<Temuan>>,
    typesetting: Semaphore,
}

/// Snapshots, each with the moment of its last use.
#[derive(Default)]
struct Snapshots {
    kept: BTreeMap<Kunci, (u64, Arc<Termuat>)>,
    moment: u64,
}

impl Snapshots {
    /// The snapshot of a year, or of the office's latest one, where it has that version.
    fn get(
        &mut self,
        (instansi, tahun, lampau): (InstansiId, Option<Tahun>, Option<i64>),
        versi: i64,
    ) -> Option<Arc<Termuat>> {
        self.moment += 1;
        let years = tahun.map_or(Tahun::MIN..=Tahun::MAX, |t| t..=t);
        let all = self.kept.range_mut((instansi, *years.start(), None)..=(instansi, *years.end(), Some(i64::MAX)));
        let meant = |of: &Termuat| tahun.is_some() || of.tahun.first() == Some(&of.potret.tahun);
        let mut found = all.filter(|((_, _, past), (_, of))| *past == lampau && of.versi == versi && meant(of));
        let (_, (used, snapshot)) = found.next()?;
        *used = self.moment;
        Some(Arc::clone(snapshot))
    }

    /// Keeps a snapshot; the one that was not used for the longest time gives way.
    fn put(&mut self, key: Kunci, loaded: &Arc<Termuat>) {
        let oldest = self.kept.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| *key);
        if self.kept.len() >= MOST
            && !self.kept.contains_key(&key)
            && let Some(oldest) = oldest
        {
            self.kept.remove(&oldest);
        }
        self.moment += 1;
        self.kept.insert(key, (self.moment, Arc::clone(loaded)));
    }
}

/// What was last made, by what it was made of; the oldest gives way.
struct Terakhir<K, V> {
    most: usize,
    kept: Mutex<Vec<(K, Arc<V>)>>,
}

impl<K: PartialEq, V> Terakhir<K, V> {
    fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| of == key).map(|(_, what)| Arc::clone(what))
    }

    fn keep(&self, key: K, what: &Arc<V>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= self.most {
            kept.remove(0);
        }
        kept.push((key, Arc::clone(what)));
    }
}

/// How many snapshots are kept: those of a province's offices that are at work in the same hour.
const MOST: usize = 128;
/// How many printed reports are kept: one is two megabytes, and a report is downloaded several times in a row.
const MOST_PRINTED: usize = 8;
/// Of how many reports the review of the words is kept: some kilobytes each.
const MOST_WORDS: usize = 64;
/// How many trees are kept drawn: one is some hundred kilobytes, and its sheets are looked at one after the other.
const MOST_DRAWN: usize = 32;
/// How many documents are set at a time: each takes a core and some tens of megabytes.
const TYPESETTERS: usize = 2;

impl Default for Cache {
    fn default() -> Self {
        Self {
            snapshots: Mutex::default(),
            printed: Terakhir::new(MOST_PRINTED),
            drawn: Terakhir::new(MOST_DRAWN),
            words: Terakhir::new(MOST_WORDS),
            typesetting: Semaphore::new(TYPESETTERS),
        }
    }
}

impl Cache {
    fn snapshots(&self) -> MutexGuard<'_, Snapshots> {
        self.snapshots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The snapshot of the same office and year in another version, where it is the one that is kept.
    pub fn kept(&self, of: &Termuat, versi: i64) -> Option<Arc<Termuat>> {
        self.snapshots().get((of.potret.instansi.id, Some(of.potret.tahun), None), versi)
    }

    /// Keeps a snapshot that has just been written in the place of the older one, where that is kept.
    pub fn advance(&self, new: Termuat) {
        let key = (new.potret.instansi.id, new.potret.tahun, None);
        if let Some((_, kept)) = self.snapshots().kept.get_mut(&key)
            && kept.versi < new.versi
        {
            *kept = Arc::new(new);
        }
    }

    /// The printed report of exactly this snapshot.
    pub fn printed(&self, of: &Termuat) -> Option<Arc<Tercetak>> {
        self.printed.get(&of.key())
    }

    /// Keeps a printed report.
    pub fn keep_printed(&self, of: &Termuat, what: &Arc<Tercetak>) {
        self.printed.keep(of.key(), what);
    }

    /// The drawn tree of exactly this snapshot with these names of other offices.
    pub fn drawn(&self, of: &Termuat, names: &BTreeMap<String, String>) -> Option<Arc<Vec<Helai>>> {
        self.drawn.get(&(of.key(), names.clone()))
    }

    /// Keeps a drawn tree.
    pub fn keep_drawn(&self, of: &Termuat, names: BTreeMap<String, String>, what: &Arc<Vec<Helai>>) {
        self.drawn.keep((of.key(), names), what);
    }

    /// What was found in the words of exactly this snapshot's report.
    pub fn words(&self, of: &Termuat) -> Option<Arc<Vec<Temuan>>> {
        self.words.get(&of.key())
    }

    /// Keeps what was found in the words of a report.
    pub fn keep_words(&self, of: &Termuat, what: &Arc<Vec<Temuan>>) {
        self.words.keep(of.key(), what);
    }

    /// Waits for a turn to set a document. The semaphore is never closed, so there is always a permit in the end.
    pub async fn typesetting(&self) -> Option<SemaphorePermit<'_>> {
        self.typesetting.acquire().await.ok()
    }
}

impl App {
    /// The current snapshot of a year.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn load(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Arc<Termuat>> {
        self.open(ctx, Some(tahun)).await
    }

    /// The current snapshot of a year, or of the latest one. No statement at all when nothing has changed and the
    /// context knows the version.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn open(&self, ctx: &Ctx, tahun: Option<Tahun>) -> Hasil<Arc<Termuat>> {
        require(ctx, Hak::Lihat)?;
        self.fetch(ctx, tahun).await
    }

    /// The same for the program itself, where a change of one office is written in another one too. The caller has checked the
    /// permission in the office that acts, and shows nothing of what is loaded here.
    pub(crate) async fn fetch(&self, ctx: &Ctx, tahun: Option<Tahun>) -> Hasil<Arc<Termuat>> {
        let versi = match ctx.versi {
            Some(versi) => versi,
            None => self.store.head(ctx).await?,
        };
        let past = ctx.lampau.then_some(versi);
        let kept = self.cache.snapshots().get((ctx.instansi, tahun, past), versi);
        if let Some(loaded) = kept {
            return Ok(loaded);
        }
        let years = self.store.years(ctx, versi).await?;
        let none = || Galat::TidakDitemukan(tahun.map_or("data".to_owned(), |t| format!("data tahun {t}")));
        let year = tahun.or(years.first().copied()).ok_or_else(none)?;
        let potret = self.store.load_potret(ctx, year, versi).await?.ok_or_else(none)?;
        let loaded = Arc::new(Termuat { potret, versi, tahun: years });
        self.cache.snapshots().put((ctx.instansi, year, past), &loaded);
        Ok(loaded)
    }

    /// The same context as it was at the end of a day: what it loads is what was known then, and nothing can be changed.
    pub async fn as_of(&self, ctx: &Ctx, per: Date) -> Hasil<Ctx> {
        if per >= day(ctx.waktu) {
            return Ok(ctx.clone());
        }
        let versi = self.store.head_at(ctx, end_of_day(per)).await?;
        Ok(Ctx { versi: Some(versi), lampau: true, ..ctx.clone() })
    }

    /// Years for which the office has data, latest first.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn years(&self, ctx: &Ctx) -> Hasil<Vec<Tahun>> {
        require(ctx, Hak::Lihat)?;
        let versi = match ctx.versi {
            Some(versi) => versi,
            None => self.store.head(ctx).await?,
        };
        self.store.years(ctx, versi).await
    }
}

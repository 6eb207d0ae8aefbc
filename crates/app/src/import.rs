//! Importing a package: only what differs from what is stored is written, as one entry.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use tolok_domain::access::Hak;
use tolok_domain::{Angka, JenisAngka, Nilai, Potret, Rupiah, TipeNilai};
use tolok_ingest::package::Paket;
use tolok_store::{BarisAngka, Butir, Ctx, Diisi, Galat, Hasil, Perubahan};

use crate::diff::compare_rows;
use crate::{App, require};

/// The ledger's word for an import.
const TINDAKAN: &str = "impor";

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HasilImpor {
    /// Rows that came.
    pub masuk: usize,
    /// Rows that went.
    pub keluar: usize,
    /// Number of the ledger entry; none when nothing differed.
    pub entri: Option<i64>,
}

/// How a package is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaraImpor {
    /// Only a part of a faulty package was read: what is stored and does not stand in it stays, for it may be among the rows that could
    /// not be read.
    pub sebagian: bool,
    /// What people have entered in Tolok may be replaced.
    pub timpa: bool,
}

/// What an import does to one kind of rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BagianImpor {
    /// Rows that are new.
    pub baru: usize,
    /// Rows that say something else afterwards.
    pub diganti: usize,
    /// Rows that go.
    pub hilang: usize,
    /// Of the last two, those that people have entered in Tolok since the last import.
    pub diisi: usize,
}

impl fmt::Display for BagianImpor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} baru, {} diganti, {} hilang", self.baru, self.diganti, self.hilang)?;
        if self.diisi > 0 {
            write!(f, "; {} di antaranya diisi di Tolok", self.diisi)?;
        }
        Ok(())
    }
}

/// What an import does, by kind of rows: the name of a sheet, or of a kind of figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RencanaImpor(pub BTreeMap<String, BagianImpor>);

impl RencanaImpor {
    /// How much of what people have entered in Tolok is replaced or goes.
    pub fn entered(&self) -> usize {
        self.0.values().map(|b| b.diisi).sum()
    }

    fn of(change: &Perubahan, before: &[Butir], figures: &BTreeMap<uuid::Uuid, BarisAngka>, diisi: &Diisi) -> Self {
        let mut plan = Self::default();
        let stored: HashMap<_, _> = before.iter().map(|b| ((&b.lembar, &b.kunci), &b.isi)).collect();
        let mut coming = HashSet::new();
        for row in &change.butir_masuk {
            let key = (&row.lembar, &row.kunci);
            coming.insert(key);
            // A row that only moves to another place says what it said.
            match stored.get(&key) {
                Some(isi) if **isi == row.isi => {}
                Some(_) => plan.replaced(&row.lembar, diisi.has_row(&row.lembar, &row.kunci)),
                None => plan.part(&row.lembar).baru += 1,
            }
        }
        let leaving = change.butir_keluar.iter().filter(|(_, lembar, kunci)| !coming.contains(&(lembar, kunci)));
        for (_, lembar, kunci) in leaving {
            plan.gone(lembar, diisi.has_row(lembar, kunci));
        }
        let coming: HashSet<_> = change.angka_masuk.iter().map(BarisAngka::key).collect();
        let old: Vec<&BarisAngka> = change.angka_keluar.iter().filter_map(|id| figures.get(id)).collect();
        let known: HashSet<_> = old.iter().map(|row| row.key()).collect();
        for row in old {
            let entered = diisi.angka.contains(&row.angka_id);
            if coming.contains(&row.key()) {
                plan.replaced(&row.jenis, entered);
            } else {
                plan.gone(&row.jenis, entered);
            }
        }
        for row in change.angka_masuk.iter().filter(|row| !known.contains(&row.key())) {
            plan.part(&row.jenis).baru += 1;
        }
        plan
    }

    fn part(&mut self, jenis: &str) -> &mut BagianImpor {
        self.0.entry(jenis.to_owned()).or_default()
    }

    fn replaced(&mut self, jenis: &str, entered: bool) {
        let part = self.part(jenis);
        part.diganti += 1;
        part.diisi += usize::from(entered);
    }

    fn gone(&mut self, jenis: &str, entered: bool) {
        let part = self.part(jenis);
        part.hilang += 1;
        part.diisi += usize::from(entered);
    }

    /// Refuses to replace what people have entered.
    fn refuse(&self) -> Hasil<()> {
        let entered = self.0.iter().filter(|(_, b)| b.diisi > 0);
        let lines: Vec<String> = entered.map(|(jenis, b)| format!("{jenis}: {b}")).collect();
        if lines.is_empty() {
            return Ok(());
        }
        Err(Galat::TidakSah(format!(
            "{} baris yang diisi di Tolok akan diganti atau hilang; ekspor data terkini dan ubah paketnya, atau setujui penggantiannya\n{}",
            self.entered(),
            lines.join("\n")
        )))
    }
}

/// What would be written, decided on a version.
struct Rancangan {
    seen: i64,
    change: Perubahan,
    rencana: RencanaImpor,
}

impl App {
    /// Brings the office's data of the package's year to what the package says. Importing the same package again changes nothing.
    /// Refused where that would replace what people have entered in Tolok since the last import.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn import(&self, ctx: &Ctx, paket: &Paket) -> Hasil<HasilImpor> {
        self.import_as(ctx, paket, CaraImpor::default()).await
    }

    /// The same in a way that is not the usual one.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn import_as(&self, ctx: &Ctx, paket: &Paket, cara: CaraImpor) -> Hasil<HasilImpor> {
        require(ctx, Hak::Impor)?;
        let Rancangan { seen, change, rencana } = self.draft(ctx, paket, cara).await?;
        if !cara.timpa {
            rencana.refuse()?;
        }
        for bytes in paket.bukti.values() {
            self.store.save_evidence(ctx, bytes).await?;
        }
        if change.is_empty() {
            return Ok(HasilImpor { masuk: 0, keluar: 0, entri: None });
        }
        let masuk = change.butir_masuk.len() + change.angka_masuk.len();
        let keluar = change.butir_keluar.len() + change.angka_keluar.len();
        let mut rincian = format!("{masuk} baris masuk, {keluar} baris keluar");
        if rencana.entered() > 0 {
            rincian.push_str(&format!(", {} yang diisi di Tolok diganti", rencana.entered()));
        }
        let sasaran = format!("paket data {}", paket.potret.tahun);
        let entri = self.store.apply(ctx, TINDAKAN, &sasaran, &rincian, Some(seen), &change).await?;
        Ok(HasilImpor { masuk, keluar, entri: Some(entri) })
    }

    /// What an import would do, without doing it.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn preview_import(&self, ctx: &Ctx, paket: &Paket, cara: CaraImpor) -> Hasil<RencanaImpor> {
        require(ctx, Hak::Impor)?;
        self.draft(ctx, paket, cara).await.map(|r| r.rencana)
    }

    async fn draft(&self, ctx: &Ctx, paket: &Paket, cara: CaraImpor) -> Hasil<Rancangan> {
        let tahun = paket.potret.tahun;
        let seen = self.store.head(ctx).await?;
        let before = self.store.rows_at(ctx, tahun, seen).await?;
        let figures = self.store.figure_rows(ctx).await?;
        keep_ceilings(&paket.potret, &figures)?;
        let diisi = self.store.entered_by_others(ctx, tahun, TINDAKAN).await?;
        let mut change = Perubahan::default();
        compare_rows(&paket.potret, before.clone(), !cara.sebagian, &mut change)?;
        compare_figures(&paket.potret, figures.clone(), !cara.sebagian, &mut change);
        let rencana = RencanaImpor::of(&change, &before, &figures, &diisi);
        Ok(Rancangan { seen, change, rencana })
    }

    /// The office's data of a year as a package.
    ///
    /// Permission: [`Hak::Lihat`].
    pub async fn export(&self, ctx: &Ctx, tahun: i16) -> Hasil<Paket> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let potret = loaded.potret.clone();
        let mut bukti = BTreeMap::new();
        for b in &potret.bukti {
            bukti.insert(b.sha256.clone(), self.store.find_evidence(ctx, &b.sha256).await?);
        }
        Ok(Paket { potret, bukti })
    }
}

/// Refuses a package in which ceilings that are stored with money are zero without a remark: sources of a shifted budget send zero for
/// what did not change. The remark says that it is meant.
fn keep_ceilings(potret: &Potret, stored: &BTreeMap<uuid::Uuid, BarisAngka>) -> Hasil<()> {
    let zero = |a: &&Angka| {
        matches!(a.jenis, JenisAngka::Pagu { .. })
            && a.nilai == Nilai::Uang(Rupiah::default())
            && a.keterangan.trim().is_empty()
    };
    let emptied: HashMap<_, _> =
        potret.angka.iter().filter(zero).map(|a| (BarisAngka::from_figure(a).key(), a)).collect();
    let mut lost: Vec<String> = Vec::new();
    for row in stored.values() {
        if let Some(a) = emptied.get(&row.key()).filter(|_| row.tipe == TipeNilai::Uang.as_str() && row.nilai != "0") {
            lost.push(format!(
                "pagu.csv: pagu {} {} dalam {} menjadi 0, padahal tersimpan {}; isi pagu yang berlaku, atau tulis alasannya di kolom keterangan bila memang dihapus",
                row.subjek, a.periode, row.rincian, row.nilai
            ));
        }
    }
    lost.sort();
    if lost.is_empty() { Ok(()) } else { Err(Galat::TidakSah(lost.join("\n"))) }
}

/// Figures of the package's own year that it no longer has go; those of other years stay, for other packages may hold them.
fn compare_figures(potret: &Potret, stored: BTreeMap<uuid::Uuid, BarisAngka>, whole: bool, change: &mut Perubahan) {
    let mut stored: HashMap<_, _> = stored.into_values().map(|r| (r.key(), r)).collect();
    for angka in &potret.angka {
        let row = BarisAngka::from_figure(angka);
        match stored.remove(&row.key()) {
            Some(same) if same.says_the_same(&row) => {}
            Some(old) => {
                change.angka_keluar.push(old.angka_id);
                change.angka_masuk.push(row);
            }
            None => change.angka_masuk.push(row),
        }
    }
    if !whole {
        return;
    }
    let year = potret.tahun.to_string();
    // Subjects of other years' plans are not this package's to remove.
    let known: HashSet<&str> = (potret.indikator.iter().map(|i| i.kode.as_str()))
        .chain(potret.simpul.iter().map(|s| s.kode.as_str()))
        .collect();
    let mut gone: Vec<_> = stored
        .into_values()
        .filter(|r| r.periode.starts_with(&year) && known.contains(r.subjek.as_str()))
        .map(|r| r.angka_id)
        .collect();
    gone.sort();
    change.angka_keluar.extend(gone);
}

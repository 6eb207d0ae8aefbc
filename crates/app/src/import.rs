//! Importing a package: only what differs from what is stored is written, as one entry.

use std::collections::{BTreeMap, HashMap, HashSet};

use tolok_domain::access::Hak;
use tolok_domain::{Angka, JenisAngka, Nilai, Potret, Rupiah, TipeNilai};
use tolok_ingest::package::Paket;
use tolok_store::{BarisAngka, Ctx, Galat, Hasil, Perubahan};

use crate::diff::compare_rows;
use crate::{App, require};

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

impl App {
    /// Brings the office's data of the package's year to what the package says. Importing the same package again changes nothing.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn import(&self, ctx: &Ctx, paket: &Paket) -> Hasil<HasilImpor> {
        self.bring(ctx, paket, true).await
    }

    /// The same with what could be read of a faulty package: what is stored and does not stand in it stays, for it may be among the
    /// rows that could not be read.
    ///
    /// Permission: [`Hak::Impor`].
    pub async fn import_part(&self, ctx: &Ctx, paket: &Paket) -> Hasil<HasilImpor> {
        self.bring(ctx, paket, false).await
    }

    async fn bring(&self, ctx: &Ctx, paket: &Paket, whole: bool) -> Hasil<HasilImpor> {
        require(ctx, Hak::Impor)?;
        for bytes in paket.bukti.values() {
            self.store.save_evidence(ctx, bytes).await?;
        }
        let tahun = paket.potret.tahun;
        let seen = self.store.head(ctx).await?;
        let before = self.store.rows_at(ctx, tahun, seen).await?;
        let figures = self.store.figure_rows(ctx).await?;
        keep_ceilings(&paket.potret, &figures)?;
        let mut change = Perubahan::default();
        compare_rows(&paket.potret, before, whole, &mut change)?;
        compare_figures(&paket.potret, figures, whole, &mut change);
        if change.is_empty() {
            return Ok(HasilImpor { masuk: 0, keluar: 0, entri: None });
        }
        let masuk = change.butir_masuk.len() + change.angka_masuk.len();
        let keluar = change.butir_keluar.len() + change.angka_keluar.len();
        let rincian = format!("{masuk} baris masuk, {keluar} baris keluar");
        let sasaran = format!("paket data {tahun}");
        let entri = self.store.apply(ctx, "impor", &sasaran, &rincian, Some(seen), &change).await?;
        Ok(HasilImpor { masuk, keluar, entri: Some(entri) })
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

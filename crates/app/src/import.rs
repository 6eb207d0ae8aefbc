//! Importing a package: only what differs from what is stored is written, as one entry.

use std::collections::{BTreeMap, HashMap, HashSet};

use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::sheet::{REGISTER, rows};
use tolok_ingest::package::Paket;
use tolok_store::{BarisAngka, Butir, Ctx, Galat, Hasil, Perubahan};

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

/// Sheets whose rows are kept as figures.
const FIGURES: [&str; 5] = ["target", "realisasi", "pagu", "realisasi_anggaran", "pembanding"];
/// The sheet name under which chapters are kept.
const NARASI: &str = "narasi";

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
        let mut change = Perubahan::default();
        compare_rows(sheet_rows(&paket.potret)?, before, whole, &mut change);
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

/// Sheet rows of a snapshot as they are stored.
fn sheet_rows(potret: &Potret) -> Hasil<Vec<Butir>> {
    let mut found = Vec::new();
    let json = |cells: &[String]| serde_json::to_string(cells).map_err(Galat::unavailable);
    let place = |i: usize| i64::try_from(i).unwrap_or(i64::MAX);
    let tahun = i64::from(potret.tahun);
    for (lembar, rows) in rows(potret).into_iter().filter(|(l, _)| !FIGURES.contains(&l.nama)) {
        for (i, row) in rows.iter().enumerate() {
            // Records have no key of their own: their place tells them apart.
            let kunci = if REGISTER.contains(&lembar.nama) {
                format!("{i:06}")
            } else {
                let cells = lembar.kunci.iter().filter_map(|k| row.get(lembar.position(k)?));
                cells.map(String::as_str).collect::<Vec<_>>().join("|")
            };
            found.push(Butir { tahun, lembar: lembar.nama.to_owned(), kunci, urut: place(i), isi: json(row)? });
        }
    }
    for (i, n) in potret.narasi.iter().enumerate() {
        let isi = json(std::slice::from_ref(&n.isi))?;
        found.push(Butir { tahun, lembar: NARASI.to_owned(), kunci: n.kode.clone(), urut: place(i), isi });
    }
    Ok(found)
}

fn compare_rows(wanted: Vec<Butir>, stored: Vec<Butir>, whole: bool, change: &mut Perubahan) {
    let key = |b: &Butir| (b.lembar.clone(), b.kunci.clone());
    let mut stored: HashMap<_, _> = stored.into_iter().map(|b| (key(&b), b)).collect();
    for butir in wanted {
        match stored.remove(&key(&butir)) {
            Some(same) if same == butir => {}
            Some(old) => {
                change.butir_keluar.push((old.tahun, old.lembar, old.kunci));
                change.butir_masuk.push(butir);
            }
            None => change.butir_masuk.push(butir),
        }
    }
    if !whole {
        return;
    }
    let mut left: Vec<_> = stored.into_values().map(|b| (b.tahun, b.lembar, b.kunci)).collect();
    left.sort();
    change.butir_keluar.extend(left);
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

//! Checking the ledger: every hash is computed anew; what does not fit is named.

use std::collections::{BTreeMap, HashMap};

use sqlx::FromRow;

use crate::ctx::Ctx;
use crate::db::{Store, Tx, within};
use crate::error::Hasil;
use crate::ledger::{Entri, fingerprint};
use crate::row::{BarisAngka, Butir};

/// Result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pemeriksaan {
    /// Entries checked.
    pub entri: usize,
    /// Rows checked.
    pub baris: usize,
    /// What does not fit; empty when all is well.
    pub rusak: Vec<Kerusakan>,
}

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kerusakan {
    /// The row ("angka realisasi iku.5 2021 (019a...)") or the entry ("entri 3").
    pub tempat: String,
    /// What is wrong with it.
    pub apa: String,
}

#[derive(FromRow)]
struct StoredRow {
    #[sqlx(flatten)]
    butir: Butir,
    masuk: i64,
    keluar: Option<i64>,
    hash: String,
}

#[derive(FromRow)]
struct StoredFigure {
    #[sqlx(flatten)]
    angka: BarisAngka,
    masuk: i64,
    keluar: Option<i64>,
    hash: String,
}

/// Rows that came and went, per entry.
#[derive(Default)]
struct PerEntry {
    incoming: Vec<String>,
    outgoing: Vec<String>,
}

impl Store {
    /// Checks an office's whole ledger against its rows, all as of one moment: what others write meanwhile is no damage.
    pub async fn verify(&self, ctx: &Ctx) -> Hasil<Pemeriksaan> {
        let mut tx = self.begin_reading().await?;
        let mut rusak = Vec::new();
        let mut per_entry: HashMap<i64, PerEntry> = HashMap::new();
        let mut baris = 0;
        let mut take = |place: String, masuk: i64, keluar: Option<(i64, String)>, stored: String, expected: String| {
            baris += 1;
            if stored != expected {
                rusak.push(Kerusakan { tempat: place, apa: "isi baris tidak sama dengan hash-nya".to_owned() });
            }
            per_entry.entry(masuk).or_default().incoming.push(expected);
            if let Some((nomor, name)) = keluar {
                per_entry.entry(nomor).or_default().outgoing.push(name);
            }
        };
        for r in all_rows(&mut tx, ctx).await? {
            let b = &r.butir;
            let gone = r.keluar.map(|n| (n, format!("{}/{}/{}", b.tahun, b.lembar, b.kunci)));
            take(b.name(), r.masuk, gone, r.hash, b.hash());
        }
        for r in all_figures(&mut tx, ctx).await? {
            let a = &r.angka;
            let gone = r.keluar.map(|n| (n, a.angka_id.to_string()));
            take(format!("{} ({})", a.name(), a.angka_id), r.masuk, gone, r.hash, a.hash());
        }
        let entries = all_entries(&mut tx, ctx).await?;
        check_chain(ctx, &entries, per_entry, &mut rusak);
        Ok(Pemeriksaan { entri: entries.len(), baris, rusak })
    }
}

fn check_chain(ctx: &Ctx, entries: &[Entri], mut per_entry: HashMap<i64, PerEntry>, rusak: &mut Vec<Kerusakan>) {
    let mut sebelum = "";
    for (i, e) in entries.iter().enumerate() {
        let mut wrong = |apa: &str| {
            let tempat = format!("entri {} ({} {})", e.nomor, e.tindakan, e.sasaran);
            rusak.push(Kerusakan { tempat, apa: apa.to_owned() });
        };
        if e.nomor != i64::try_from(i).unwrap_or(i64::MAX) + 1 {
            wrong("nomornya tidak berurutan: ada entri yang hilang");
        }
        if e.sebelum != sebelum {
            wrong("tidak bersambung dengan entri sebelumnya");
        }
        if e.hash != e.expected_hash(ctx.instansi) {
            wrong("isi entri tidak sama dengan hash-nya");
        }
        let rows = per_entry.remove(&e.nomor).unwrap_or_default();
        if fingerprint(rows.incoming, rows.outgoing) != e.sidik {
            wrong("baris yang dicatatnya berubah, hilang, atau bertambah");
        }
        sebelum = &e.hash;
    }
    // Sorted, so that the same damage is told the same way every time.
    for (nomor, _) in per_entry.into_iter().collect::<BTreeMap<_, _>>() {
        rusak.push(Kerusakan {
            tempat: format!("entri {nomor}"),
            apa: "tidak ada, padahal ada baris yang merujuknya".to_owned(),
        });
    }
}

async fn all_entries(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<Vec<Entri>> {
    let sql = "SELECT nomor, waktu, akun_id, pelaku, tindakan, sasaran, rincian, sidik, sebelum, hash FROM entri \
               WHERE instansi_id = $1 ORDER BY nomor";
    Ok(within!(tx, c => sqlx::query_as::<_, Entri>(sql).bind(ctx.instansi.0).fetch_all(c).await)?)
}

async fn all_rows(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<Vec<StoredRow>> {
    let sql = "SELECT tahun, lembar, kunci, urut, isi, masuk, keluar, hash FROM butir WHERE instansi_id = $1 \
               ORDER BY masuk, lembar, urut";
    Ok(within!(tx, c => sqlx::query_as::<_, StoredRow>(sql).bind(ctx.instansi.0).fetch_all(c).await)?)
}

async fn all_figures(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<Vec<StoredFigure>> {
    let sql = "SELECT angka_id, subjek_jenis, subjek, jenis, rincian, periode, tipe, nilai, keterangan, asal, bukti, \
               keadaan, masuk, keluar, hash FROM angka WHERE instansi_id = $1 ORDER BY masuk, angka_id";
    Ok(within!(tx, c => sqlx::query_as::<_, StoredFigure>(sql).bind(ctx.instansi.0).fetch_all(c).await)?)
}

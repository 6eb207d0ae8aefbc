//! Loading a snapshot: two statements, now or as of an entry.

use std::collections::{BTreeMap, HashSet};

use sqlx::FromRow;
use tolok_domain::period::Tahun;
use tolok_domain::sheet::{self, Baris, Isian, Lembar};
use tolok_domain::snapshot::Narasi;
use tolok_domain::{Angka, InstansiId, Petak, Potret};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, on};
use crate::error::{Galat, Hasil};
use crate::row::{BarisAngka, Butir};

/// The sheet name under which chapters are kept.
pub(crate) const NARASI: &str = "narasi";

/// What stands now and was entered in some way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diisi {
    /// Sheet and key of rows.
    pub butir: HashSet<(String, String)>,
    /// Figures.
    pub angka: HashSet<Uuid>,
}

impl Diisi {
    /// Whether the row of a sheet is among them.
    pub fn has_row(&self, lembar: &str, kunci: &str) -> bool {
        self.butir.contains(&(lembar.to_owned(), kunci.to_owned()))
    }
}

#[derive(FromRow)]
struct Recorded {
    #[sqlx(flatten)]
    angka: BarisAngka,
    pelaku: String,
    waktu: i64,
}

/// The snapshot that these rows and figures of an office make. `None` without a row but chapters.
pub(crate) fn potret_of(
    instansi: InstansiId,
    tahun: Tahun,
    rows: Vec<Butir>,
    angka: Vec<Angka>,
) -> Hasil<Option<Potret>> {
    let mut isian = Isian::new();
    let mut narasi = Vec::new();
    for butir in rows {
        let sel: Vec<String> = serde_json::from_str(&butir.isi).map_err(Galat::unavailable)?;
        if butir.lembar == NARASI {
            narasi.push(Narasi { kode: butir.kunci, isi: sel.into_iter().next().unwrap_or_default() });
        } else if let Some(lembar) = Lembar::find(&butir.lembar) {
            let nomor = u64::try_from(butir.urut).unwrap_or_default();
            isian.entry(lembar.nama).or_default().push(Baris { nomor, sel });
        }
    }
    if isian.is_empty() {
        return Ok(None);
    }
    let (potret, masalah) = sheet::assemble(instansi, tahun, &isian, narasi);
    if let Some(first) = masalah.first() {
        return Err(Galat::unavailable(format!("data tersimpan tidak utuh: {first}")));
    }
    let Some(mut potret) = potret else { return Ok(None) };
    let scope = potret.scope();
    potret.angka = angka;
    potret.angka.retain(|a| scope.has(a));
    potret.sort_figures();
    Ok(Some(potret))
}

impl Store {
    /// The snapshot of a year at version `at` (see [`Store::head`]). `None` when the office had nothing for that year then.
    pub async fn load_potret(&self, ctx: &Ctx, tahun: Tahun, at: i64) -> Hasil<Option<Potret>> {
        let rows = self.rows_at(ctx, tahun, at).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        potret_of(ctx.instansi, tahun, rows, self.figures_at(ctx, at).await?)
    }

    /// Sheet rows of a year at a version, by sheet and place.
    pub async fn rows_at(&self, ctx: &Ctx, tahun: Tahun, at: i64) -> Hasil<Vec<Butir>> {
        let sql = "SELECT tahun, lembar, kunci, urut, isi FROM butir \
                   WHERE instansi_id = $1 AND tahun = $2 AND masuk <= $3 AND (keluar IS NULL OR keluar > $3) \
                   ORDER BY lembar, urut";
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, Butir>(sql).bind(ctx.instansi.0).bind(i64::from(tahun)).bind(at).fetch_all(p).await
        })?)
    }

    /// Figures at a version, with who recorded them and when.
    pub async fn figures_at(&self, ctx: &Ctx, at: i64) -> Hasil<Vec<Angka>> {
        let sql = "SELECT a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
                   a.keterangan, a.asal, a.bukti, a.keadaan, e.pelaku, e.waktu \
                   FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   WHERE a.instansi_id = $1 AND a.masuk <= $2 AND (a.keluar IS NULL OR a.keluar > $2)";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Recorded>(sql).bind(ctx.instansi.0).bind(at).fetch_all(p).await
        })?;
        rows.into_iter().map(|r| r.angka.to_figure(r.pelaku, r.waktu)).collect()
    }

    /// Current figure rows, by identity.
    pub async fn figure_rows(&self, ctx: &Ctx) -> Hasil<BTreeMap<Uuid, BarisAngka>> {
        let sql = "SELECT angka_id, subjek_jenis, subjek, jenis, rincian, periode, tipe, nilai, keterangan, asal, bukti, \
                   keadaan FROM angka WHERE instansi_id = $1 AND keluar IS NULL";
        let rows = on!(&self.db, p => sqlx::query_as::<_, BarisAngka>(sql).bind(ctx.instansi.0).fetch_all(p).await)?;
        Ok(rows.into_iter().map(|r| (r.angka_id, r)).collect())
    }

    /// Sheet rows of a year and figures that stand now and came by another action than this one.
    pub async fn entered_by_others(&self, ctx: &Ctx, tahun: Tahun, tindakan: &str) -> Hasil<Diisi> {
        let sql = "SELECT b.lembar, b.kunci FROM butir b \
                   JOIN entri e ON e.instansi_id = b.instansi_id AND e.nomor = b.masuk \
                   WHERE b.instansi_id = $1 AND b.tahun = $2 AND b.keluar IS NULL AND e.tindakan <> $3";
        let butir = on!(&self.db, p => {
            let query = sqlx::query_as::<_, (String, String)>(sql).bind(ctx.instansi.0);
            query.bind(i64::from(tahun)).bind(tindakan).fetch_all(p).await
        })?;
        let sql = "SELECT a.angka_id FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   WHERE a.instansi_id = $1 AND a.keluar IS NULL AND e.tindakan <> $2";
        let angka = on!(&self.db, p => {
            sqlx::query_scalar::<_, Uuid>(sql).bind(ctx.instansi.0).bind(tindakan).fetch_all(p).await
        })?;
        Ok(Diisi { butir: butir.into_iter().collect(), angka: angka.into_iter().collect() })
    }

    /// When each figure of a year was last handed in, microseconds since 1970 UTC.
    pub async fn handed_in(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Vec<(Petak, i64)>> {
        let sql = "SELECT a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
                   a.keterangan, a.asal, a.bukti, a.keadaan, e.pelaku, e.waktu \
                   FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   WHERE a.instansi_id = $1 AND a.keadaan = 'diajukan' AND a.masuk <= $2 \
                   AND (a.periode = $3 OR a.periode LIKE $4) ORDER BY a.masuk";
        let until = ctx.versi.filter(|_| ctx.lampau).unwrap_or(i64::MAX);
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Recorded>(sql)
                .bind(ctx.instansi.0)
                .bind(until)
                .bind(tahun.to_string())
                .bind(format!("{tahun}-%"))
                .fetch_all(p)
                .await
        })?;
        let read = |r: Recorded| r.angka.to_figure(r.pelaku, r.waktu).map(|a| (Petak::of(&a), a.dicatat));
        rows.into_iter().map(read).collect()
    }

    /// Figures of a year, current and past, that the acting account entered: as drafts, not moved on by it in their state.
    pub async fn entered_by(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Vec<Angka>> {
        let sql = "SELECT a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
                   a.keterangan, a.asal, a.bukti, a.keadaan, e.pelaku, e.waktu \
                   FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   WHERE a.instansi_id = $1 AND e.akun_id = $2 AND a.keadaan = 'draf' \
                   AND (a.periode = $3 OR a.periode LIKE $4)";
        let Some(akun) = ctx.akun else { return Ok(Vec::new()) };
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Recorded>(sql)
                .bind(ctx.instansi.0)
                .bind(akun.0)
                .bind(tahun.to_string())
                .bind(format!("{tahun}-%"))
                .fetch_all(p)
                .await
        })?;
        rows.into_iter().map(|r| r.angka.to_figure(r.pelaku, r.waktu)).collect()
    }

    /// Years for which the office had data at a version, latest first.
    pub async fn years(&self, ctx: &Ctx, at: i64) -> Hasil<Vec<Tahun>> {
        let sql = "SELECT DISTINCT tahun FROM butir \
                   WHERE instansi_id = $1 AND masuk <= $2 AND (keluar IS NULL OR keluar > $2) ORDER BY tahun DESC";
        let years = on!(&self.db, p => {
            sqlx::query_scalar::<_, i64>(sql).bind(ctx.instansi.0).bind(at).fetch_all(p).await
        })?;
        Ok(years.into_iter().filter_map(|t| Tahun::try_from(t).ok()).collect())
    }
}

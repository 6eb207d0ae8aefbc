//! Many offices at once: as many statements as for one. Every context names its office and the version that is looked at, and each
//! statement is bound to these.

use std::collections::{BTreeMap, HashMap};

use futures_util::{Stream, TryStreamExt};
use sqlx::{AssertSqlSafe, FromRow};
use tolok_domain::period::Tahun;
use tolok_domain::{Angka, InstansiId, Potret};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, on};
use crate::error::Hasil;
use crate::row::{BarisAngka, Butir};
use crate::snapshot::potret_of;

/// What an office is called, and for which years it has data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kenal {
    /// Its name.
    pub nama: String,
    /// Its region.
    pub daerah: String,
    /// Its last day, ISO text, where it has ended; empty otherwise.
    pub berakhir: String,
    /// Code of the office that goes on with its work.
    pub penerus: String,
    /// The years, latest first.
    pub tahun: Vec<Tahun>,
}

#[derive(FromRow)]
struct Bertahun {
    instansi_id: Uuid,
    nama: String,
    daerah: String,
    berakhir: String,
    penerus: String,
    tahun: Option<i64>,
}

#[derive(FromRow)]
struct ButirKantor {
    instansi_id: Uuid,
    #[sqlx(flatten)]
    butir: Butir,
}

#[derive(FromRow)]
struct AngkaKantor {
    instansi_id: Uuid,
    #[sqlx(flatten)]
    angka: BarisAngka,
    waktu: i64,
    /// Whether it is current at the version; otherwise it tells when it was handed in.
    berlaku: bool,
}

/// Placeholders for office and version of each context, from `$first` on: "($2, $3), ($4, $5)".
fn places(kantor: &[&Ctx], first: usize) -> String {
    let pairs = (0..kantor.len()).map(|n| format!("(${}, ${})", first + 2 * n, first + 2 * n + 1));
    pairs.collect::<Vec<_>>().join(", ")
}

/// Binds what [`places`] stands for. The offices have a version: it came with the session or from [`Store::heads_at`].
macro_rules! bind_all {
    ($query:expr, $kantor:expr) => {{
        let mut query = $query;
        for ctx in $kantor {
            query = query.bind(ctx.instansi.0).bind(ctx.versi.unwrap_or_default());
        }
        query
    }};
}

impl Store {
    /// Number of each office's last entry up to a moment; none for an office that had none then.
    pub async fn heads_at(&self, kantor: &[&Ctx], waktu: i64) -> Hasil<HashMap<InstansiId, i64>> {
        if kantor.is_empty() {
            return Ok(HashMap::new());
        }
        let places: Vec<String> = (0..kantor.len()).map(|n| format!("${}", n + 2)).collect();
        let sql = format!(
            "SELECT instansi_id, MAX(nomor) FROM entri WHERE waktu <= $1 AND instansi_id IN ({}) GROUP BY instansi_id",
            places.join(", ")
        );
        let rows = on!(&self.db, p => {
            let mut query = sqlx::query_as::<_, (Uuid, i64)>(AssertSqlSafe(sql)).bind(waktu);
            for ctx in kantor {
                query = query.bind(ctx.instansi.0);
            }
            query.fetch_all(p).await
        })?;
        Ok(rows.into_iter().map(|(id, nomor)| (InstansiId(id), nomor)).collect())
    }

    /// Names of the offices and the years for which they have data.
    pub async fn identify(&self, kantor: &[&Ctx]) -> Hasil<HashMap<InstansiId, Kenal>> {
        if kantor.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!(
            "WITH kantor (instansi_id, versi) AS (VALUES {}) \
             SELECT i.instansi_id, i.nama, i.daerah, i.berakhir, i.penerus, b.tahun FROM kantor k \
             JOIN instansi i ON i.instansi_id = k.instansi_id LEFT JOIN butir b ON b.instansi_id = k.instansi_id AND b.masuk <= k.versi \
             AND (b.keluar IS NULL OR b.keluar > k.versi) \
             GROUP BY i.instansi_id, i.nama, i.daerah, i.berakhir, i.penerus, b.tahun ORDER BY b.tahun DESC",
            places(kantor, 1)
        );
        let rows = on!(&self.db, p => {
            bind_all!(sqlx::query_as::<_, Bertahun>(AssertSqlSafe(sql)), kantor).fetch_all(p).await
        })?;
        let mut found = HashMap::new();
        for row in rows {
            let known = found.entry(InstansiId(row.instansi_id)).or_insert(Kenal {
                nama: row.nama,
                daerah: row.daerah,
                berakhir: row.berakhir,
                penerus: row.penerus,
                tahun: Vec::new(),
            });
            known.tahun.extend(row.tahun.and_then(|t| Tahun::try_from(t).ok()));
        }
        Ok(found)
    }

    /// Gives `seen` the snapshot of each office that has data for the year, without its chapters, and its earlier realisations in the
    /// state "diajukan": what was handed in, and when, also where it has moved on since. One office after the other, so that only
    /// one is in memory.
    pub async fn each_potret(&self, kantor: &[&Ctx], tahun: Tahun, seen: impl FnMut(Potret, Vec<Angka>)) -> Hasil<()> {
        if kantor.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "WITH kantor (instansi_id, versi) AS (VALUES {}) \
             SELECT b.instansi_id, b.tahun, b.lembar, b.kunci, b.urut, b.isi FROM kantor k \
             JOIN butir b ON b.instansi_id = k.instansi_id WHERE b.tahun = $1 AND b.lembar <> 'narasi' \
             AND b.masuk <= k.versi AND (b.keluar IS NULL OR b.keluar > k.versi) ORDER BY b.lembar, b.urut",
            places(kantor, 2)
        );
        let rows = on!(&self.db, p => {
            let query = sqlx::query_as::<_, ButirKantor>(AssertSqlSafe(sql)).bind(i64::from(tahun));
            bind_all!(query, kantor).fetch_all(p).await
        })?;
        let mut plans: BTreeMap<Uuid, Vec<Butir>> = BTreeMap::new();
        for row in rows {
            plans.entry(row.instansi_id).or_default().push(row.butir);
        }
        let sql = format!(
            "WITH kantor (instansi_id, versi) AS (VALUES {}) \
             SELECT a.instansi_id, a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
             a.keterangan, a.asal, a.bukti, a.keadaan, e.waktu, (a.keluar IS NULL OR a.keluar > k.versi) AS berlaku \
             FROM kantor k JOIN angka a ON a.instansi_id = k.instansi_id \
             JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk WHERE a.masuk <= k.versi \
             AND (a.keluar IS NULL OR a.keluar > k.versi OR a.keadaan = 'diajukan') ORDER BY a.instansi_id",
            places(kantor, 1)
        );
        on!(&self.db, p => {
            let query = sqlx::query_as::<_, AngkaKantor>(AssertSqlSafe(sql));
            gather(plans, tahun, bind_all!(query, kantor).fetch(p), seen).await
        })
    }
}

/// Puts each office's rows and figures together as soon as its last figure has come.
async fn gather(
    mut plans: BTreeMap<Uuid, Vec<Butir>>,
    tahun: Tahun,
    mut figures: impl Stream<Item = sqlx::Result<AngkaKantor>> + Unpin,
    mut seen: impl FnMut(Potret, Vec<Angka>),
) -> Hasil<()> {
    let mut finish = |office: Uuid, rows: Vec<Butir>, (angka, earlier)| -> Hasil<()> {
        if let Some(potret) = potret_of(InstansiId(office), tahun, rows, angka)? {
            seen(potret, earlier);
        }
        Ok(())
    };
    let mut office = Uuid::nil();
    let mut collected = (Vec::new(), Vec::new());
    while let Some(row) = figures.try_next().await? {
        if row.instansi_id != office {
            let complete = std::mem::take(&mut collected);
            if let Some(rows) = plans.remove(&office) {
                finish(office, rows, complete)?;
            }
            office = row.instansi_id;
        }
        let angka = row.angka.to_figure(String::new(), row.waktu)?;
        if row.berlaku { &mut collected.0 } else { &mut collected.1 }.push(angka);
    }
    if let Some(rows) = plans.remove(&office) {
        finish(office, rows, collected)?;
    }
    // Offices with a plan and without any figure.
    plans.into_iter().try_for_each(|(office, rows)| finish(office, rows, (Vec::new(), Vec::new())))
}

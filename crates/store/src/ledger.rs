//! The ledger: the one way in which an office's data change. Each change is an entry with a number, chained to the one before by
//! hash, written in the same transaction as the rows that come and go with it.

use sqlx::FromRow;
use tolok_domain::InstansiId;
use tolok_domain::sheet::Lembar;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, Tx, on, within};
use crate::error::{Galat, Hasil};
use crate::mail::{SuratBaru, enqueue_mail};
use crate::notice::{KabarBaru, insert_notice};
use crate::row::{BarisAngka, Butir, digest};

/// Rows that come and go in one change.
#[derive(Debug, Clone, Default)]
pub struct Perubahan {
    /// Sheet rows that come.
    pub butir_masuk: Vec<Butir>,
    /// Sheet rows that go: year, sheet, key.
    pub butir_keluar: Vec<(i64, String, String)>,
    /// Figures that come.
    pub angka_masuk: Vec<BarisAngka>,
    /// Figures that go.
    pub angka_keluar: Vec<Uuid>,
    /// Mails that tell of it, sent only when the change is written.
    pub surat: Vec<SuratBaru>,
    /// Notices that tell of it.
    pub kabar: Vec<KabarBaru>,
}

/// What changes in one office, for changes that concern several.
#[derive(Debug, Clone, Copy)]
pub struct Bagian<'a> {
    /// The office, and who acts. A form's key is written in the office whose context carries it.
    pub ctx: &'a Ctx,
    /// Action, target and details, as the entry says them.
    pub catatan: [&'a str; 3],
    /// The version on which the change was decided.
    pub seen: Option<i64>,
    /// The rows that come and go.
    pub change: &'a Perubahan,
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Entri {
    /// Its number within the office, from 1.
    pub nomor: i64,
    /// When, microseconds since 1970 UTC.
    pub waktu: i64,
    /// The account, where one acted.
    pub akun_id: Option<Uuid>,
    /// Who, in words.
    pub pelaku: String,
    /// What was done ("impor", "ubah realisasi").
    pub tindakan: String,
    /// To what ("iku.5 2021").
    pub sasaran: String,
    /// How, in words ("28/35 menjadi 30/35").
    pub rincian: String,
    /// Hash over the rows that came and went.
    pub sidik: String,
    /// Hash of the entry before; empty for the first.
    pub sebelum: String,
    /// Hash of this entry.
    pub hash: String,
}

impl Perubahan {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.butir_masuk.is_empty()
            && self.butir_keluar.is_empty()
            && self.angka_masuk.is_empty()
            && self.angka_keluar.is_empty()
    }

    /// Hash over all rows that come and go, in an order of its own so that storage order does not matter.
    fn fingerprint(&self) -> String {
        let incoming = self.butir_masuk.iter().map(Butir::hash).chain(self.angka_masuk.iter().map(BarisAngka::hash));
        let outgoing = self
            .butir_keluar
            .iter()
            .map(|(tahun, lembar, kunci)| format!("{tahun}/{lembar}/{kunci}"))
            .chain(self.angka_keluar.iter().map(Uuid::to_string));
        fingerprint(incoming.collect(), outgoing.collect())
    }
}

/// Hash over row hashes that came and row names that went.
pub(crate) fn fingerprint(mut incoming: Vec<String>, mut outgoing: Vec<String>) -> String {
    incoming.sort_unstable();
    outgoing.sort_unstable();
    let gone = "keluar".to_owned();
    digest(incoming.iter().chain(std::iter::once(&gone)).chain(outgoing.iter()).map(String::as_str))
}

impl Entri {
    /// What its hash should be.
    pub(crate) fn expected_hash(&self, instansi: InstansiId) -> String {
        let (nomor, waktu) = (self.nomor.to_string(), self.waktu.to_string());
        let akun = self.akun_id.map(|a| a.to_string()).unwrap_or_default();
        // The office is part of it: a ledger copied to another office does not fit there.
        let instansi = instansi.to_string();
        digest([
            instansi.as_str(),
            &nomor,
            &waktu,
            &akun,
            &self.pelaku,
            &self.tindakan,
            &self.sasaran,
            &self.rincian,
            &self.sidik,
            &self.sebelum,
        ])
    }
}

impl Store {
    /// Number of the office's last entry: the version of its data. 0 before the first.
    pub async fn head(&self, ctx: &Ctx) -> Hasil<i64> {
        let sql = "SELECT COALESCE(MAX(nomor), 0) FROM entri WHERE instansi_id = $1";
        Ok(on!(&self.db, p => sqlx::query_scalar::<_, i64>(sql).bind(ctx.instansi.0).fetch_one(p).await)?)
    }

    /// Entries from the newest, a page at a time: those before `before` (or all), at most `most`.
    pub async fn entries(&self, ctx: &Ctx, before: Option<i64>, most: i64) -> Hasil<Vec<Entri>> {
        let sql = "SELECT nomor, waktu, akun_id, pelaku, tindakan, sasaran, rincian, sidik, sebelum, hash FROM entri \
                   WHERE instansi_id = $1 AND nomor < $2 ORDER BY nomor DESC LIMIT $3";
        let before = before.unwrap_or(i64::MAX);
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, Entri>(sql).bind(ctx.instansi.0).bind(before).bind(most).fetch_all(p).await
        })?)
    }

    /// Number of the last entry at or before a moment.
    pub async fn head_at(&self, ctx: &Ctx, waktu: i64) -> Hasil<i64> {
        let sql = "SELECT COALESCE(MAX(nomor), 0) FROM entri WHERE instansi_id = $1 AND waktu <= $2";
        Ok(on!(&self.db, p => {
            sqlx::query_scalar::<_, i64>(sql).bind(ctx.instansi.0).bind(waktu).fetch_one(p).await
        })?)
    }

    /// The entry that a form with the context's key was written as before.
    pub async fn find_sent(&self, ctx: &Ctx) -> Hasil<Option<i64>> {
        let Some(kunci) = &ctx.kunci_kirim else { return Ok(None) };
        Ok(on!(&self.db, p => {
            sqlx::query_scalar::<_, i64>(SENT).bind(ctx.instansi.0).bind(kunci).fetch_optional(p).await
        })?)
    }

    /// Writes a change as one entry and gives back its number. All or nothing.
    ///
    /// `seen`: the version on which the change was decided; [`Galat::Bentrok`] when the office has moved on since. A figure or
    /// row that is to go and is gone already is a conflict too, so a change of single figures may pass `None`.
    pub async fn apply(
        &self,
        ctx: &Ctx,
        tindakan: &str,
        sasaran: &str,
        rincian: &str,
        seen: Option<i64>,
        change: &Perubahan,
    ) -> Hasil<i64> {
        let mut tx = self.begin().await?;
        let nomor = append(&mut tx, ctx, [tindakan, sasaran, rincian], seen, change).await?;
        tx.commit().await?;
        Ok(nomor)
    }

    /// Writes a change of several offices, one entry in each, and gives back their numbers in the order of `parts`. All or nothing: an
    /// office that has moved on since ([`Galat::Bentrok`]) keeps the others from being written too.
    pub async fn apply_all(&self, parts: &[Bagian<'_>]) -> Hasil<Vec<i64>> {
        // Always in the same order of offices, so that two such changes wait for each other instead of blocking each other.
        let mut order: Vec<(usize, &Bagian<'_>)> = parts.iter().enumerate().collect();
        order.sort_by_key(|(_, part)| part.ctx.instansi.0);
        let mut written = Vec::with_capacity(parts.len());
        let mut tx = self.begin().await?;
        for (i, part) in order {
            written.push((i, append(&mut tx, part.ctx, part.catatan, part.seen, part.change).await?));
        }
        tx.commit().await?;
        written.sort_unstable();
        Ok(written.into_iter().map(|(_, nomor)| nomor).collect())
    }
}

const SENT: &str = "SELECT nomor FROM entri WHERE instansi_id = $1 AND kunci_kirim = $2";
/// Writes a change as one entry within a transaction that writes more than an office's data. Action, target and details are
/// what the entry says. From here on the transaction is the office's only writer.
pub(crate) async fn append(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    [tindakan, sasaran, rincian]: [&str; 3],
    seen: Option<i64>,
    change: &Perubahan,
) -> Hasil<i64> {
    lock(tx, ctx).await?;
    if let Some(nomor) = sent_before(tx, ctx).await? {
        return Err(Galat::SudahTersimpan(nomor));
    }
    let (head, sebelum) = last(tx, ctx).await?;
    if seen.is_some_and(|seen| seen != head) {
        return Err(Galat::Bentrok);
    }
    let mut entri = Entri {
        nomor: head + 1,
        waktu: ctx.waktu,
        akun_id: ctx.akun.map(|a| a.0),
        pelaku: ctx.pelaku.clone(),
        tindakan: tindakan.to_owned(),
        sasaran: sasaran.to_owned(),
        rincian: rincian.to_owned(),
        sidik: change.fingerprint(),
        sebelum,
        hash: String::new(),
    };
    entri.hash = entri.expected_hash(ctx.instansi);
    insert_entry(tx, ctx, &entri).await?;
    for (tahun, lembar, kunci) in &change.butir_keluar {
        retire_row(tx, ctx, entri.nomor, *tahun, lembar, kunci).await?;
    }
    for id in &change.angka_keluar {
        retire_figure(tx, ctx, entri.nomor, *id).await?;
    }
    for butir in &change.butir_masuk {
        insert_row(tx, ctx, entri.nomor, butir).await?;
    }
    for angka in &change.angka_masuk {
        insert_figure(tx, ctx, entri.nomor, angka).await?;
    }
    if change.butir_masuk.iter().any(|b| b.lembar == OFFICE) {
        note_ending(tx, ctx).await?;
    }
    for surat in &change.surat {
        enqueue_mail(tx, surat, ctx.waktu).await?;
    }
    for kabar in &change.kabar {
        insert_notice(tx, ctx, entri.nomor, kabar).await?;
    }
    Ok(entri.nomor)
}

/// The sheet that says what the office is.
const OFFICE: &str = "instansi";

/// Notes end and successor of the office where sessions look for them: as the latest year has them in which they stand.
async fn note_ending(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<()> {
    let sql = "SELECT isi FROM butir WHERE instansi_id = $1 AND lembar = $2 AND keluar IS NULL ORDER BY tahun DESC";
    let rows = within!(tx, c => {
        sqlx::query_scalar::<_, String>(sql).bind(ctx.instansi.0).bind(OFFICE).fetch_all(c).await
    })?;
    let read = |isi: &String| -> Option<(String, String)> {
        let cells: Vec<String> = serde_json::from_str(isi).ok()?;
        let lembar = Lembar::find(OFFICE)?;
        let cell = |kolom: &str| lembar.position(kolom).and_then(|at| cells.get(at)).cloned().unwrap_or_default();
        Some((cell("berakhir"), cell("penerus"))).filter(|(berakhir, _)| !berakhir.is_empty())
    };
    let (berakhir, penerus) = rows.iter().find_map(read).unwrap_or_default();
    let sql = "UPDATE instansi SET berakhir = $1, penerus = $2 WHERE instansi_id = $3";
    within!(tx, c => {
        sqlx::query(sql).bind(berakhir).bind(penerus).bind(ctx.instansi.0).execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// One writer per office at a time. SQLite holds its write lock already; PostgreSQL locks the office's row.
async fn lock(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<()> {
    let found = match tx {
        Tx::Sqlite(tx) => {
            let sql = "SELECT 1 FROM instansi WHERE instansi_id = $1";
            sqlx::query(sql).bind(ctx.instansi.0).fetch_optional(&mut **tx).await?.is_some()
        }
        Tx::Postgres(tx) => {
            let sql = "SELECT 1 FROM instansi WHERE instansi_id = $1 FOR UPDATE";
            sqlx::query(sql).bind(ctx.instansi.0).fetch_optional(&mut **tx).await?.is_some()
        }
    };
    if found { Ok(()) } else { Err(Galat::TidakDitemukan("instansi".to_owned())) }
}

async fn last(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<(i64, String)> {
    let sql = "SELECT nomor, hash FROM entri WHERE instansi_id = $1 ORDER BY nomor DESC LIMIT 1";
    let row = within!(tx, c => {
        sqlx::query_as::<_, (i64, String)>(sql).bind(ctx.instansi.0).fetch_optional(c).await
    })?;
    Ok(row.unwrap_or_default())
}

/// The entry that a form with this key was written as before.
async fn sent_before(tx: &mut Tx<'_>, ctx: &Ctx) -> Hasil<Option<i64>> {
    let Some(kunci) = &ctx.kunci_kirim else { return Ok(None) };
    Ok(within!(tx, c => {
        sqlx::query_scalar::<_, i64>(SENT).bind(ctx.instansi.0).bind(kunci).fetch_optional(c).await
    })?)
}

async fn insert_entry(tx: &mut Tx<'_>, ctx: &Ctx, e: &Entri) -> Hasil<()> {
    let sql = "INSERT INTO entri (instansi_id, nomor, waktu, akun_id, pelaku, tindakan, sasaran, rincian, sidik, sebelum, hash, \
               kunci_kirim) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(ctx.instansi.0)
            .bind(e.nomor)
            .bind(e.waktu)
            .bind(e.akun_id)
            .bind(&e.pelaku)
            .bind(&e.tindakan)
            .bind(&e.sasaran)
            .bind(&e.rincian)
            .bind(&e.sidik)
            .bind(&e.sebelum)
            .bind(&e.hash)
            .bind(&ctx.kunci_kirim)
            .execute(c)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

async fn retire_row(tx: &mut Tx<'_>, ctx: &Ctx, nomor: i64, tahun: i64, lembar: &str, kunci: &str) -> Hasil<()> {
    let sql = "UPDATE butir SET keluar = $1 \
               WHERE instansi_id = $2 AND tahun = $3 AND lembar = $4 AND kunci = $5 AND keluar IS NULL";
    let touched = within!(tx, c => {
        sqlx::query(sql)
            .bind(nomor)
            .bind(ctx.instansi.0)
            .bind(tahun)
            .bind(lembar)
            .bind(kunci)
            .execute(c)
            .await
            .map(|r| r.rows_affected())
    })?;
    if touched == 1 { Ok(()) } else { Err(Galat::Bentrok) }
}

async fn retire_figure(tx: &mut Tx<'_>, ctx: &Ctx, nomor: i64, id: Uuid) -> Hasil<()> {
    let sql = "UPDATE angka SET keluar = $1 WHERE instansi_id = $2 AND angka_id = $3 AND keluar IS NULL";
    let touched = within!(tx, c => {
        sqlx::query(sql).bind(nomor).bind(ctx.instansi.0).bind(id).execute(c).await.map(|r| r.rows_affected())
    })?;
    if touched == 1 { Ok(()) } else { Err(Galat::Bentrok) }
}

async fn insert_row(tx: &mut Tx<'_>, ctx: &Ctx, nomor: i64, b: &Butir) -> Hasil<()> {
    let sql = "INSERT INTO butir (instansi_id, tahun, lembar, kunci, masuk, urut, isi, hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(ctx.instansi.0)
            .bind(b.tahun)
            .bind(&b.lembar)
            .bind(&b.kunci)
            .bind(nomor)
            .bind(b.urut)
            .bind(&b.isi)
            .bind(b.hash())
            .execute(c)
            .await
            .map(|_| ())
    })
    .map_err(taken)
}

async fn insert_figure(tx: &mut Tx<'_>, ctx: &Ctx, nomor: i64, a: &BarisAngka) -> Hasil<()> {
    let sql = "INSERT INTO angka (instansi_id, angka_id, masuk, subjek_jenis, subjek, jenis, rincian, periode, tipe, nilai, \
               keterangan, asal, bukti, keadaan, hash) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(ctx.instansi.0)
            .bind(a.angka_id)
            .bind(nomor)
            .bind(&a.subjek_jenis)
            .bind(&a.subjek)
            .bind(&a.jenis)
            .bind(&a.rincian)
            .bind(&a.periode)
            .bind(&a.tipe)
            .bind(&a.nilai)
            .bind(&a.keterangan)
            .bind(&a.asal)
            .bind(&a.bukti)
            .bind(&a.keadaan)
            .bind(a.hash())
            .execute(c)
            .await
            .map(|_| ())
    })
    .map_err(taken)
}

/// A current row with the same key exists: somebody else was faster.
pub(crate) fn taken(error: sqlx::Error) -> Galat {
    match error.as_database_error() {
        Some(e) if e.is_unique_violation() => Galat::Bentrok,
        _ => error.into(),
    }
}

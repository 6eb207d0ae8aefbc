//! Notices: written with the entry that they tell of, listed and marked by the account that they are for. And who may be told:
//! the people of an office, and which mails each wants.

use sqlx::FromRow;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::notice::PilihanSurat;
use tolok_domain::period::Tahun;
use tolok_domain::{Angka, PenggunaId, Petak};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, Tx, on, within};
use crate::error::Hasil;
use crate::row::BarisAngka;

/// A notice to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KabarBaru {
    /// Whom it is for.
    pub akun: PenggunaId,
    /// The word of its kind, see [`tolok_domain::notice::JenisKabar`].
    pub jenis: &'static str,
    /// Year of the figures.
    pub tahun: Tahun,
    /// The period that was locked as a whole; else empty.
    pub periode: String,
    /// How many figures it tells of.
    pub jumlah: i64,
    /// Their places and reasons, as the application writes them.
    pub isi: String,
}

/// A notice as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Kabar {
    /// Identity, in the order of writing.
    pub kabar_id: Uuid,
    /// Whom it is for.
    pub akun_id: Uuid,
    /// The entry that it tells of.
    pub nomor: i64,
    /// The word of its kind.
    pub jenis: String,
    /// Year of the figures.
    pub tahun: i64,
    /// The period that was locked as a whole; else empty.
    pub periode: String,
    /// Who did it, as the ledger records it.
    pub oleh: String,
    /// How many figures it tells of.
    pub jumlah: i64,
    /// Their places and reasons, as the application writes them.
    pub isi: String,
    /// When, microseconds since 1970 UTC.
    pub dibuat: i64,
    /// When it was marked as read.
    pub dibaca: Option<i64>,
}

/// Somebody who works in an office today and can be told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penerima {
    /// The account.
    pub akun: PenggunaId,
    /// Its shown name.
    pub nama: String,
    /// Its mail address.
    pub surel: Option<String>,
    /// Which mails it wants.
    pub pilihan: PilihanSurat,
    /// Code of the office, with which addresses of its pages begin.
    pub kantor: String,
    /// Its roles in the office.
    pub tugas: Vec<Penugasan>,
}

#[derive(FromRow)]
struct Berperan {
    akun_id: Uuid,
    nama: String,
    surel: Option<String>,
    pilihan_surat: String,
    kode: String,
    peran: String,
    unit: String,
}

#[derive(FromRow)]
struct Pengisian {
    #[sqlx(flatten)]
    angka: BarisAngka,
    akun_id: Uuid,
}

impl Store {
    /// Everybody who has a role in the office on the day `today` (ISO date) and is not switched off.
    pub async fn audience(&self, ctx: &Ctx, today: &str) -> Hasil<Vec<Penerima>> {
        let sql = "SELECT a.akun_id, a.nama, a.surel, a.pilihan_surat, r.kode, r.peran, r.unit FROM akun a JOIN (\
                   SELECT p.akun_id, i.kode, p.peran, p.unit FROM peran p JOIN instansi i ON i.instansi_id = p.instansi_id \
                   WHERE p.instansi_id = $1 AND p.mulai <= $2 AND (p.sampai = '' OR p.sampai >= $2) UNION ALL \
                   SELECT d.akun_id, i.kode, d.peran, '' FROM peran_daerah d JOIN instansi i ON i.daerah = d.daerah \
                   WHERE i.instansi_id = $1) r ON r.akun_id = a.akun_id WHERE a.nonaktif IS NULL \
                   ORDER BY a.akun_id, r.peran, r.unit";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Berperan>(sql).bind(ctx.instansi.0).bind(today).fetch_all(p).await
        })?;
        let mut found: Vec<Penerima> = Vec::new();
        for row in rows {
            let Some(peran) = Peran::find(&row.peran) else { continue };
            let tugas = Penugasan { peran, unit: Some(row.unit).filter(|u| !u.is_empty()) };
            match found.last_mut().filter(|p| p.akun.0 == row.akun_id) {
                Some(known) => known.tugas.push(tugas),
                None => found.push(Penerima {
                    akun: PenggunaId(row.akun_id),
                    nama: row.nama,
                    surel: row.surel,
                    pilihan: PilihanSurat::find(&row.pilihan_surat).unwrap_or_default(),
                    kantor: row.kode,
                    tugas: vec![tugas],
                }),
            }
        }
        Ok(found)
    }

    /// Who entered or handed in the figures of a year, by place, in the order of the ledger.
    pub async fn enterers(&self, ctx: &Ctx, tahun: Tahun) -> Hasil<Vec<(Petak, PenggunaId)>> {
        let sql = "SELECT a.angka_id, a.subjek_jenis, a.subjek, a.jenis, a.rincian, a.periode, a.tipe, a.nilai, \
                   a.keterangan, a.asal, a.bukti, a.keadaan, e.akun_id \
                   FROM angka a JOIN entri e ON e.instansi_id = a.instansi_id AND e.nomor = a.masuk \
                   WHERE a.instansi_id = $1 AND a.keadaan IN ('draf', 'diajukan') AND e.akun_id IS NOT NULL \
                   AND (a.periode = $2 OR a.periode LIKE $3) ORDER BY a.masuk";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, Pengisian>(sql)
                .bind(ctx.instansi.0)
                .bind(tahun.to_string())
                .bind(format!("{tahun}-%"))
                .fetch_all(p)
                .await
        })?;
        let place = |row: Pengisian| {
            let angka: Angka = row.angka.to_figure(String::new(), 0)?;
            Ok((Petak::of(&angka), PenggunaId(row.akun_id)))
        };
        rows.into_iter().map(place).collect()
    }

    /// Notices of the acting account in the office, newest first: those before `before` (or all), at most `most`.
    pub async fn notices(&self, ctx: &Ctx, before: Option<Uuid>, most: i64) -> Hasil<Vec<Kabar>> {
        let Some(akun) = ctx.akun else { return Ok(Vec::new()) };
        let sql = "SELECT kabar_id, akun_id, nomor, jenis, tahun, periode, oleh, jumlah, isi, dibuat, dibaca FROM kabar \
                   WHERE instansi_id = $1 AND akun_id = $2 AND kabar_id < $3 ORDER BY kabar_id DESC LIMIT $4";
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, Kabar>(sql)
                .bind(ctx.instansi.0)
                .bind(akun.0)
                .bind(before.unwrap_or(Uuid::max()))
                .bind(most)
                .fetch_all(p)
                .await
        })?)
    }

    /// Notices of the office that are neither read nor told by a digest, oldest first: whoever they are for.
    pub async fn untold(&self, ctx: &Ctx) -> Hasil<Vec<Kabar>> {
        let sql = "SELECT kabar_id, akun_id, nomor, jenis, tahun, periode, oleh, jumlah, isi, dibuat, dibaca FROM kabar \
                   WHERE instansi_id = $1 AND dibaca IS NULL AND diringkas IS NULL ORDER BY kabar_id";
        Ok(on!(&self.db, p => sqlx::query_as::<_, Kabar>(sql).bind(ctx.instansi.0).fetch_all(p).await)?)
    }

    /// Marks notices of the acting account in the office as read: one, or all up to now where none is named. What is no notice of
    /// the account stays as it is.
    pub async fn mark_read(&self, ctx: &Ctx, only: Option<Uuid>) -> Hasil<()> {
        let Some(akun) = ctx.akun else { return Ok(()) };
        let sql = "UPDATE kabar SET dibaca = $1 WHERE instansi_id = $2 AND akun_id = $3 AND dibaca IS NULL \
                   AND ($4 OR kabar_id = $5)";
        on!(&self.db, p => {
            sqlx::query(sql)
                .bind(ctx.waktu)
                .bind(ctx.instansi.0)
                .bind(akun.0)
                .bind(only.is_none())
                .bind(only.unwrap_or(Uuid::nil()))
                .execute(p)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Which mails about the work an account wants.
    pub async fn mail_choice(&self, akun: PenggunaId) -> Hasil<PilihanSurat> {
        let sql = "SELECT pilihan_surat FROM akun WHERE akun_id = $1";
        let word = on!(&self.db, p => sqlx::query_scalar::<_, String>(sql).bind(akun.0).fetch_optional(p).await)?;
        Ok(word.and_then(|w| PilihanSurat::find(&w)).unwrap_or_default())
    }

    /// Keeps which mails about the work an account wants.
    pub async fn save_mail_choice(&self, akun: PenggunaId, pilihan: PilihanSurat) -> Hasil<()> {
        let sql = "UPDATE akun SET pilihan_surat = $1 WHERE akun_id = $2";
        on!(&self.writer, p => sqlx::query(sql).bind(pilihan.as_str()).bind(akun.0).execute(p).await.map(|_| ()))?;
        Ok(())
    }
}

/// Writes a notice within the transaction of the entry that it tells of.
pub(crate) async fn insert_notice(tx: &mut Tx<'_>, ctx: &Ctx, nomor: i64, kabar: &KabarBaru) -> Hasil<()> {
    let sql = "INSERT INTO kabar (instansi_id, kabar_id, akun_id, nomor, jenis, tahun, periode, oleh, jumlah, isi, dibuat) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(ctx.instansi.0)
            .bind(Uuid::now_v7())
            .bind(kabar.akun.0)
            .bind(nomor)
            .bind(kabar.jenis)
            .bind(i64::from(kabar.tahun))
            .bind(&kabar.periode)
            .bind(&ctx.pelaku)
            .bind(kabar.jumlah)
            .bind(&kabar.isi)
            .bind(ctx.waktu)
            .execute(c)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

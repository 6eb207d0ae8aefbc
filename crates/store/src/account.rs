//! Offices, accounts and their roles. What an administrator changes is written together with its entry in the office's ledger.

use jiff::civil::Date;
use sqlx::FromRow;
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::db::{Store, Tx, on, within};
use crate::error::{Galat, Hasil};
use crate::ledger::{Perubahan, append};
use crate::mail::{SuratBaru, enqueue_mail};
use crate::once::{SekaliBaru, forget_secrets, insert_secret};
use crate::session::end_sessions;

/// An account.
#[derive(Debug, Clone, FromRow)]
pub struct Akun {
    /// Identity.
    pub akun_id: Uuid,
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Mail address, lower case.
    pub surel: Option<String>,
    /// Password hash (argon2, PHC text); empty until one was chosen.
    pub sandi: String,
    /// Secret of the second factor (base32); empty when there is none.
    pub totp: String,
    /// Since when it is switched off.
    pub nonaktif: Option<i64>,
}

impl Akun {
    /// Identity.
    pub fn id(&self) -> PenggunaId {
        PenggunaId(self.akun_id)
    }
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct AkunBaru {
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Mail address, lower case.
    pub surel: Option<String>,
    /// Password hash (argon2, PHC text); empty for one who is invited.
    pub sandi: String,
}

/// Where a new account's roles hold.
#[derive(Debug, Clone)]
pub enum Diberi<'a> {
    /// These roles in one office.
    Instansi(InstansiId, &'a [Pemberian]),
    /// This role in all offices of a region, also those that come later.
    Daerah(&'a str, Peran),
}

/// An account as its office's administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AkunInstansi {
    /// Identity.
    pub akun: PenggunaId,
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Mail address.
    pub surel: Option<String>,
    /// Whether a password was chosen.
    pub bersandi: bool,
    /// Whether there is a second factor.
    pub dua_langkah: bool,
    /// Since when it is switched off.
    pub nonaktif: Option<i64>,
    /// Last sign-in; 0 for none.
    pub terakhir: i64,
    /// Whether it has roles elsewhere too: then only its roles here are this office's business.
    pub lain: bool,
    /// Its roles in this office.
    pub peran: Vec<Pemberian>,
    /// Roles that it has in all offices of the region.
    pub peran_daerah: Vec<Peran>,
}

/// An office, as the others of its region may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tetangga {
    /// Identity.
    pub instansi: InstansiId,
    /// Its code.
    pub kode: String,
    /// Its name.
    pub nama: String,
}

#[derive(FromRow)]
struct AccountRow {
    akun_id: Uuid,
    nama_masuk: String,
    nama: String,
    surel: Option<String>,
    bersandi: bool,
    dua_langkah: bool,
    nonaktif: Option<i64>,
    terakhir: i64,
    lain: bool,
    peran: String,
    unit: String,
    mulai: String,
    sampai: String,
    daerah: i64,
}

impl Store {
    /// Makes an office.
    pub async fn create_office(&self, id: InstansiId, kode: &str, nama: &str, daerah: &str) -> Hasil<()> {
        let sql = "INSERT INTO instansi (instansi_id, kode, nama, daerah) VALUES ($1, $2, $3, $4)";
        on!(&self.writer, p => {
            sqlx::query(sql).bind(id.0).bind(kode).bind(nama).bind(daerah).execute(p).await.map(|_| ())
        })?;
        Ok(())
    }

    /// The office of that code.
    pub async fn find_office(&self, kode: &str) -> Hasil<Option<InstansiId>> {
        let sql = "SELECT instansi_id FROM instansi WHERE kode = $1";
        let id = on!(&self.db, p => sqlx::query_scalar::<_, Uuid>(sql).bind(kode).fetch_optional(p).await)?;
        Ok(id.map(InstansiId))
    }

    /// Every office: identity, code, name.
    pub async fn offices(&self) -> Hasil<Vec<(InstansiId, String, String)>> {
        let sql = "SELECT instansi_id, kode, nama FROM instansi ORDER BY kode";
        let rows = on!(&self.db, p => sqlx::query_as::<_, (Uuid, String, String)>(sql).fetch_all(p).await)?;
        Ok(rows.into_iter().map(|(id, kode, nama)| (InstansiId(id), kode, nama)).collect())
    }

    /// Name and region of the context's office.
    pub async fn office_name(&self, ctx: &Ctx) -> Hasil<(String, String)> {
        let sql = "SELECT nama, daerah FROM instansi WHERE instansi_id = $1";
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, (String, String)>(sql).bind(ctx.instansi.0).fetch_one(p).await
        })?)
    }

    /// The context's office, as its neighbours know it.
    pub async fn load_office(&self, ctx: &Ctx) -> Hasil<Tetangga> {
        let sql = "SELECT kode, nama FROM instansi WHERE instansi_id = $1";
        let row = on!(&self.db, p => {
            sqlx::query_as::<_, (String, String)>(sql).bind(ctx.instansi.0).fetch_optional(p).await
        })?;
        let (kode, nama) = row.ok_or_else(|| Galat::TidakDitemukan("instansi".to_owned()))?;
        Ok(Tetangga { instansi: ctx.instansi, kode, nama })
    }

    /// The other offices of the context's region, by name. An office without a region has none.
    pub async fn neighbours(&self, ctx: &Ctx) -> Hasil<Vec<Tetangga>> {
        let sql = "SELECT o.instansi_id, o.kode, o.nama FROM instansi o JOIN instansi i ON i.daerah = o.daerah \
                   WHERE i.instansi_id = $1 AND o.instansi_id <> $1 AND o.daerah <> '' ORDER BY o.nama, o.kode";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, (Uuid, String, String)>(sql).bind(ctx.instansi.0).fetch_all(p).await
        })?;
        let found = rows.into_iter().map(|(id, kode, nama)| Tetangga { instansi: InstansiId(id), kode, nama });
        Ok(found.collect())
    }

    /// Makes an account with its roles.
    pub async fn create_account(&self, akun: &AkunBaru, diberi: &Diberi<'_>, waktu: i64) -> Hasil<PenggunaId> {
        let mut tx = self.begin().await?;
        let id = insert_account(&mut tx, akun, waktu).await?;
        match diberi {
            Diberi::Instansi(instansi, roles) => insert_roles(&mut tx, *instansi, id, roles).await?,
            Diberi::Daerah(daerah, peran) => {
                let sql = "INSERT INTO peran_daerah (daerah, akun_id, peran) VALUES ($1, $2, $3)";
                within!(&mut tx, c => {
                    sqlx::query(sql).bind(daerah).bind(id.0).bind(peran.as_str()).execute(c).await.map(|_| ())
                })?;
            }
        }
        tx.commit().await?;
        Ok(id)
    }

    /// The account of that sign-in name.
    pub async fn find_account(&self, nama_masuk: &str) -> Hasil<Option<Akun>> {
        let sql = "SELECT akun_id, nama_masuk, nama, surel, sandi, totp, nonaktif FROM akun WHERE nama_masuk = $1";
        Ok(on!(&self.db, p => sqlx::query_as::<_, Akun>(sql).bind(nama_masuk).fetch_optional(p).await)?)
    }

    /// The account of that mail address.
    pub async fn find_account_by_mail(&self, surel: &str) -> Hasil<Option<Akun>> {
        let sql = "SELECT akun_id, nama_masuk, nama, surel, sandi, totp, nonaktif FROM akun WHERE surel = $1";
        Ok(on!(&self.db, p => sqlx::query_as::<_, Akun>(sql).bind(surel).fetch_optional(p).await)?)
    }

    /// The account of that identity.
    pub async fn load_account(&self, akun: PenggunaId) -> Hasil<Akun> {
        let sql = "SELECT akun_id, nama_masuk, nama, surel, sandi, totp, nonaktif FROM akun WHERE akun_id = $1";
        let found = on!(&self.db, p => sqlx::query_as::<_, Akun>(sql).bind(akun.0).fetch_optional(p).await)?;
        found.ok_or_else(|| Galat::TidakDitemukan("akun".to_owned()))
    }

    /// Accounts that have a role in the office, by name; only `akun` when one is named.
    pub async fn office_accounts(&self, ctx: &Ctx, akun: Option<PenggunaId>) -> Hasil<Vec<AkunInstansi>> {
        let sql = "SELECT a.akun_id, a.nama_masuk, a.nama, a.surel, a.sandi <> '' AS bersandi, a.totp <> '' AS dua_langkah, \
                   a.nonaktif, a.terakhir, (EXISTS (SELECT 1 FROM peran o WHERE o.akun_id = a.akun_id \
                   AND o.instansi_id <> $1) OR EXISTS (SELECT 1 FROM peran_daerah o WHERE o.akun_id = a.akun_id)) AS lain, \
                   r.peran, r.unit, r.mulai, r.sampai, r.daerah FROM akun a JOIN (\
                   SELECT p.akun_id, p.peran, p.unit, p.mulai, p.sampai, CAST(0 AS BIGINT) AS daerah FROM peran p \
                   WHERE p.instansi_id = $1 UNION ALL \
                   SELECT d.akun_id, d.peran, '', '', '', CAST(1 AS BIGINT) FROM peran_daerah d \
                   JOIN instansi i ON i.daerah = d.daerah WHERE i.instansi_id = $1) r ON r.akun_id = a.akun_id \
                   WHERE $2 OR a.akun_id = $3 ORDER BY a.nama, a.akun_id, r.daerah, r.peran, r.unit";
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, AccountRow>(sql)
                .bind(ctx.instansi.0)
                .bind(akun.is_none())
                .bind(akun.map_or(Uuid::nil(), |a| a.0))
                .fetch_all(p)
                .await
        })?;
        let mut found: Vec<AkunInstansi> = Vec::new();
        for row in rows {
            if found.last().is_none_or(|a| a.akun.0 != row.akun_id) {
                found.push(AkunInstansi {
                    akun: PenggunaId(row.akun_id),
                    nama_masuk: row.nama_masuk,
                    nama: row.nama,
                    surel: row.surel,
                    bersandi: row.bersandi,
                    dua_langkah: row.dua_langkah,
                    nonaktif: row.nonaktif,
                    terakhir: row.terakhir,
                    lain: row.lain,
                    peran: Vec::new(),
                    peran_daerah: Vec::new(),
                });
            }
            let Some(last) = found.last_mut() else { continue };
            if row.daerah == 0 {
                last.peran.extend(granted(&row.peran, &row.unit, &row.mulai, &row.sampai));
            } else {
                last.peran_daerah.extend(Peran::find(&row.peran));
            }
        }
        Ok(found)
    }

    /// Makes an account with roles in the context's office and the secret with which its password is chosen.
    pub async fn create_invited(
        &self,
        ctx: &Ctx,
        akun: &AkunBaru,
        roles: &[Pemberian],
        tautan: &SekaliBaru,
        surat: Option<&SuratBaru>,
        rincian: &str,
    ) -> Hasil<PenggunaId> {
        let mut tx = self.begin().await?;
        append(&mut tx, ctx, ["undang akun", &akun.nama_masuk, rincian], None, &Perubahan::default()).await?;
        let id = insert_account(&mut tx, akun, ctx.waktu).await?;
        insert_roles(&mut tx, ctx.instansi, id, roles).await?;
        insert_secret(&mut tx, id, tautan, ctx.waktu).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, ctx.waktu).await?;
        }
        tx.commit().await?;
        Ok(id)
    }

    /// Puts other roles in the place of those that an account has in the context's office; `seen` are the ones that were decided
    /// on. Refuses to leave the office without an administrator.
    pub async fn save_roles(
        &self,
        ctx: &Ctx,
        akun: &Akun,
        seen: &[Pemberian],
        roles: &[Pemberian],
        today: Date,
        rincian: &str,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        append(&mut tx, ctx, ["ubah peran", &akun.nama_masuk, rincian], None, &Perubahan::default()).await?;
        lock_account(&mut tx, akun.id()).await?;
        let stored = roles_of(&mut tx, ctx, akun.id()).await?;
        if stored.len() != seen.len() || !seen.iter().all(|role| stored.contains(role)) {
            return Err(Galat::Bentrok);
        }
        if stored.is_empty() {
            // The office that the account comes from may hold a link to its password: it must not open this office too.
            forget_secrets(&mut tx, akun.id()).await?;
        }
        let was = is_administrator(&mut tx, ctx, Some(akun.id()), today).await?;
        let sql = "DELETE FROM peran WHERE instansi_id = $1 AND akun_id = $2";
        within!(&mut tx, c => {
            sqlx::query(sql).bind(ctx.instansi.0).bind(akun.akun_id).execute(c).await.map(|_| ())
        })?;
        insert_roles(&mut tx, ctx.instansi, akun.id(), roles).await?;
        keep_administrator(&mut tx, ctx, was, today).await?;
        tx.commit().await
    }

    /// Changes shown name and mail address of an account that belongs to the context's office alone.
    pub async fn update_account(
        &self,
        ctx: &Ctx,
        akun: &Akun,
        nama: &str,
        surel: Option<&str>,
        surat: Option<&SuratBaru>,
        rincian: &str,
    ) -> Hasil<()> {
        let mut tx = self.manage(ctx, akun, "ubah akun", rincian).await?;
        let sql = "UPDATE akun SET nama = $1, surel = $2 WHERE akun_id = $3";
        within!(&mut tx, c => {
            sqlx::query(sql).bind(nama).bind(surel).bind(akun.akun_id).execute(c).await.map(|_| ())
        })
        .map_err(|e| taken(e, &akun.nama_masuk))?;
        // A link that went to the old address must not open the account any more.
        forget_secrets(&mut tx, akun.id()).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, ctx.waktu).await?;
        }
        tx.commit().await
    }

    /// Switches an account off, which ends its sessions and links, or on again.
    pub async fn update_active(&self, ctx: &Ctx, akun: &Akun, on: bool, today: Date) -> Hasil<()> {
        let what = if on { "aktifkan akun" } else { "nonaktifkan akun" };
        let mut tx = self.manage(ctx, akun, what, "").await?;
        let was = is_administrator(&mut tx, ctx, Some(akun.id()), today).await?;
        let sql = "UPDATE akun SET nonaktif = $1 WHERE akun_id = $2";
        let since = (!on).then_some(ctx.waktu);
        within!(&mut tx, c => sqlx::query(sql).bind(since).bind(akun.akun_id).execute(c).await.map(|_| ()))?;
        end_sessions(&mut tx, akun.id()).await?;
        forget_secrets(&mut tx, akun.id()).await?;
        keep_administrator(&mut tx, ctx, was, today).await?;
        tx.commit().await
    }

    /// Ends all sessions of an account.
    pub async fn delete_account_sessions(&self, ctx: &Ctx, akun: &Akun) -> Hasil<()> {
        let mut tx = self.manage(ctx, akun, "akhiri sesi", "").await?;
        end_sessions(&mut tx, akun.id()).await?;
        tx.commit().await
    }

    /// Makes a secret with which a new password is chosen.
    pub async fn create_link(
        &self,
        ctx: &Ctx,
        akun: &Akun,
        tautan: &SekaliBaru,
        surat: Option<&SuratBaru>,
    ) -> Hasil<()> {
        let mut tx = self.manage(ctx, akun, "buat tautan sandi", "").await?;
        insert_secret(&mut tx, akun.id(), tautan, ctx.waktu).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, ctx.waktu).await?;
        }
        tx.commit().await
    }

    /// Takes the second factor away, for somebody who lost it, and ends the sessions.
    pub async fn delete_account_totp(&self, ctx: &Ctx, akun: &Akun, surat: Option<&SuratBaru>) -> Hasil<()> {
        let mut tx = self.manage(ctx, akun, "matikan verifikasi dua langkah", "").await?;
        crate::session::delete_totp(&mut tx, akun.id()).await?;
        end_sessions(&mut tx, akun.id()).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, ctx.waktu).await?;
        }
        tx.commit().await
    }

    /// Begins a change of the account itself, with its entry: only for an account that has roles in this office and in no other,
    /// since whoever can reset a password could use what the account may do elsewhere.
    async fn manage(&self, ctx: &Ctx, akun: &Akun, tindakan: &str, rincian: &str) -> Hasil<Tx<'_>> {
        let mut tx = self.begin().await?;
        append(&mut tx, ctx, [tindakan, &akun.nama_masuk, rincian], None, &Perubahan::default()).await?;
        lock_account(&mut tx, akun.id()).await?;
        if roles_of(&mut tx, ctx, akun.id()).await?.is_empty() {
            return Err(Galat::TidakDitemukan("akun".to_owned()));
        }
        let sql = "SELECT (SELECT COUNT(*) FROM peran WHERE akun_id = $1 AND instansi_id <> $2) \
                   + (SELECT COUNT(*) FROM peran_daerah WHERE akun_id = $1)";
        let elsewhere = within!(&mut tx, c => {
            sqlx::query_scalar::<_, i64>(sql).bind(akun.akun_id).bind(ctx.instansi.0).fetch_one(c).await
        })?;
        if elsewhere > 0 {
            return Err(Galat::TidakSah(
                "akun ini juga berperan di instansi lain; di sini hanya perannya di instansi ini yang dapat diubah"
                    .to_owned(),
            ));
        }
        Ok(tx)
    }
}

/// One writer per account at a time, whichever office it acts for. A write is what both engines take as a lock.
async fn lock_account(tx: &mut Tx<'_>, akun: PenggunaId) -> Hasil<()> {
    let sql = "UPDATE akun SET nama = nama WHERE akun_id = $1";
    within!(tx, c => sqlx::query(sql).bind(akun.0).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A role as its columns say it.
fn granted(peran: &str, unit: &str, mulai: &str, sampai: &str) -> Option<Pemberian> {
    let unit = Some(unit.to_owned()).filter(|u| !u.is_empty());
    let tugas = Penugasan { peran: Peran::find(peran)?, unit };
    Some(Pemberian { tugas, mulai: mulai.parse().ok(), sampai: sampai.parse().ok() })
}

async fn roles_of(tx: &mut Tx<'_>, ctx: &Ctx, akun: PenggunaId) -> Hasil<Vec<Pemberian>> {
    let sql = "SELECT peran, unit, mulai, sampai FROM peran WHERE instansi_id = $1 AND akun_id = $2";
    let rows = within!(tx, c => {
        sqlx::query_as::<_, (String, String, String, String)>(sql).bind(ctx.instansi.0).bind(akun.0).fetch_all(c).await
    })?;
    Ok(rows.iter().filter_map(|(peran, unit, mulai, sampai)| granted(peran, unit, mulai, sampai)).collect())
}

async fn insert_account(tx: &mut Tx<'_>, akun: &AkunBaru, waktu: i64) -> Hasil<PenggunaId> {
    let id = PenggunaId::new();
    let sql = "INSERT INTO akun (akun_id, nama_masuk, nama, surel, sandi, dibuat) VALUES ($1, $2, $3, $4, $5, $6)";
    within!(tx, c => {
        sqlx::query(sql)
            .bind(id.0)
            .bind(&akun.nama_masuk)
            .bind(&akun.nama)
            .bind(&akun.surel)
            .bind(&akun.sandi)
            .bind(waktu)
            .execute(c)
            .await
            .map(|_| ())
    })
    .map_err(|e| taken(e, &akun.nama_masuk))?;
    Ok(id)
}

async fn insert_roles(tx: &mut Tx<'_>, instansi: InstansiId, akun: PenggunaId, roles: &[Pemberian]) -> Hasil<()> {
    let sql = "INSERT INTO peran (instansi_id, akun_id, peran, unit, mulai, sampai) VALUES ($1, $2, $3, $4, $5, $6)";
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    for role in roles {
        within!(tx, c => {
            sqlx::query(sql)
                .bind(instansi.0)
                .bind(akun.0)
                .bind(role.tugas.peran.as_str())
                .bind(role.tugas.unit.clone().unwrap_or_default())
                .bind(day(role.mulai))
                .bind(day(role.sampai))
                .execute(c)
                .await
                .map(|_| ())
        })
        .map_err(|e| taken(e, ""))?;
    }
    Ok(())
}

/// Whether the office has an administrator (this account, where one is named) who can sign in, for the whole office and for good.
async fn is_administrator(tx: &mut Tx<'_>, ctx: &Ctx, akun: Option<PenggunaId>, today: Date) -> Hasil<bool> {
    let sql = "SELECT COUNT(*) FROM peran p JOIN akun a ON a.akun_id = p.akun_id WHERE p.instansi_id = $1 \
               AND p.peran = 'admin' AND p.unit = '' AND p.mulai <= $2 AND p.sampai = '' AND a.nonaktif IS NULL \
               AND (a.sandi <> '' OR a.terakhir > 0) AND ($3 OR a.akun_id = $4)";
    let count = within!(tx, c => {
        sqlx::query_scalar::<_, i64>(sql)
            .bind(ctx.instansi.0)
            .bind(today.to_string())
            .bind(akun.is_none())
            .bind(akun.map_or(Uuid::nil(), |a| a.0))
            .fetch_one(c)
            .await
    })?;
    Ok(count > 0)
}

async fn keep_administrator(tx: &mut Tx<'_>, ctx: &Ctx, was: bool, today: Date) -> Hasil<()> {
    if was && !is_administrator(tx, ctx, None, today).await? {
        return Err(Galat::TidakSah(
            "ini admin tetap terakhir di instansi; beri dulu peran admin tanpa batas tanggal kepada akun lain yang sudah bersandi"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Says which of an account's unique values somebody else has.
fn taken(error: sqlx::Error, nama_masuk: &str) -> Galat {
    match error.as_database_error() {
        Some(e) if e.is_unique_violation() && e.message().contains("surel") => {
            Galat::TidakSah("alamat surel ini sudah dipakai akun lain; satu alamat untuk satu akun".to_owned())
        }
        Some(e) if e.is_unique_violation() && e.message().contains("nama_masuk") => Galat::TidakSah(format!(
            "nama akun \"{nama_masuk}\" sudah ada; pilih nama lain, atau tambahkan akun itu bila orangnya sama"
        )),
        Some(e) if e.is_unique_violation() => {
            Galat::TidakSah("peran yang sama untuk unit yang sama hanya dapat diberikan sekali".to_owned())
        }
        _ => error.into(),
    }
}

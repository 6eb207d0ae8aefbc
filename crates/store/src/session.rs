//! Sessions, and what a person changes of the own account: password and second factor.

use sqlx::FromRow;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId};
use uuid::Uuid;

use crate::db::{Store, Tx, on, within};
use crate::error::Hasil;
use crate::mail::{SuratBaru, enqueue_mail};
use crate::once::{JenisSekali, forget_secrets, use_secret};

/// A role with the office it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeranBerlaku {
    /// The office.
    pub instansi: InstansiId,
    /// Its code.
    pub kode: String,
    /// The role and its unit.
    pub tugas: Penugasan,
    /// Whether it holds because the account has it in the office that goes on with this one's work.
    pub sebagai_penerus: bool,
    /// Version of the office's data.
    pub versi: i64,
    /// Notices of the office that the account has not read.
    pub kabar: i64,
}

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SesiTersimpan {
    /// The account.
    pub akun: PenggunaId,
    /// Its name.
    pub nama: String,
    /// Last use that was noted.
    pub terakhir: i64,
    /// Its roles.
    pub peran: Vec<PeranBerlaku>,
}

/// A session to be made.
#[derive(Debug, Clone)]
pub struct SesiBaru {
    /// Hash of its secret.
    pub hash: String,
    /// The browser, in a few words.
    pub peramban: String,
    /// Sessions of the account that began before this moment are over and are forgotten.
    pub usai: i64,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SesiAkun {
    /// Hash of its secret.
    pub sesi_hash: String,
    /// The browser, in a few words.
    pub peramban: String,
    /// When it began, microseconds since 1970 UTC.
    pub dibuat: i64,
    /// Last use that was noted.
    pub terakhir: i64,
}

/// The second factor that was shown.
#[derive(Debug, Clone, Copy)]
pub enum Faktor<'a> {
    /// A code of this time step: neither it nor an earlier one is taken again.
    Langkah(i64),
    /// The recovery code of this hash: it is used up.
    Pulih(&'a str),
}

#[derive(FromRow)]
struct SessionRow {
    akun_id: Uuid,
    nama: String,
    terakhir: i64,
    instansi_id: Option<Uuid>,
    kode: Option<String>,
    peran: Option<String>,
    unit: Option<String>,
    lewat: Option<i64>,
    versi: Option<i64>,
    kabar: i64,
}

/// Columns and tables of an account's roles on a day: those in an office, those in its region (`lewat` 0); and, as long as they hold for the
/// whole office, those in the offices of its region whose work it goes on with since they ended (`lewat` 1). `s` is the session, or the
/// account itself where there is none.
macro_rules! roles {
    ($of:literal, $today:literal) => {
        concat!(
            "r.instansi_id, r.kode, r.peran, r.unit, r.lewat, ",
            "(SELECT MAX(e.nomor) FROM entri e WHERE e.instansi_id = r.instansi_id) AS versi, ",
            "(SELECT COUNT(*) FROM kabar k WHERE k.instansi_id = r.instansi_id AND k.akun_id = a.akun_id ",
            "AND k.dibaca IS NULL) AS kabar FROM ",
            $of,
            " s JOIN akun a ON a.akun_id = s.akun_id LEFT JOIN (",
            "SELECT p.akun_id, p.instansi_id, i.kode, p.peran, p.unit, CAST(0 AS BIGINT) AS lewat FROM peran p ",
            "JOIN instansi i ON i.instansi_id = p.instansi_id WHERE p.mulai <= ",
            $today,
            " AND (p.sampai = '' OR p.sampai >= ",
            $today,
            ") UNION ALL ",
            "SELECT d.akun_id, i.instansi_id, i.kode, d.peran, '', CAST(0 AS BIGINT) FROM peran_daerah d ",
            "JOIN instansi i ON i.daerah = d.daerah UNION ALL ",
            "SELECT p.akun_id, i.instansi_id, i.kode, p.peran, '', CAST(1 AS BIGINT) FROM peran p ",
            "JOIN instansi h ON h.instansi_id = p.instansi_id JOIN instansi i ON i.penerus = h.kode ",
            "AND i.daerah = h.daerah AND i.instansi_id <> h.instansi_id AND i.berakhir <> '' AND i.berakhir < ",
            $today,
            " WHERE p.unit = '' AND p.mulai <= ",
            $today,
            " AND (p.sampai = '' OR p.sampai >= ",
            $today,
            ")) r ON r.akun_id = a.akun_id"
        )
    };
}

/// One account of its rows, one for each role.
fn gather(rows: &[SessionRow]) -> Option<SesiTersimpan> {
    let first = rows.first()?;
    let role = |r: &SessionRow| {
        let peran = Peran::find(r.peran.as_deref()?)?;
        let tugas = Penugasan { peran, unit: r.unit.clone().filter(|u| !u.is_empty()) };
        let kode = r.kode.clone()?;
        Some(PeranBerlaku {
            instansi: InstansiId(r.instansi_id?),
            kode,
            tugas,
            sebagai_penerus: r.lewat == Some(1),
            versi: r.versi.unwrap_or(0),
            kabar: r.kabar,
        })
    };
    Some(SesiTersimpan {
        akun: PenggunaId(first.akun_id),
        nama: first.nama.clone(),
        terakhir: first.terakhir,
        peran: rows.iter().filter_map(role).collect(),
    })
}

impl Store {
    /// Makes a session. Only the hash of its secret is stored.
    pub async fn create_session(&self, sesi: &SesiBaru, akun: PenggunaId, waktu: i64) -> Hasil<()> {
        let mut tx = self.begin().await?;
        insert_session(&mut tx, sesi, akun, waktu).await?;
        tx.commit().await
    }

    /// Makes the session of somebody who has shown the second factor after the password; `kode` is the hash of the secret that
    /// was given for the password. False, and nothing changed, when the factor was used before.
    pub async fn create_session_by_factor(
        &self,
        kode: &str,
        faktor: Faktor<'_>,
        sesi: &SesiBaru,
        waktu: i64,
    ) -> Hasil<bool> {
        let mut tx = self.begin().await?;
        let akun = use_secret(&mut tx, JenisSekali::Kode, kode, waktu).await?;
        let used = match faktor {
            Faktor::Langkah(step) => {
                let sql = "UPDATE akun SET totp_langkah = $1 WHERE akun_id = $2 AND totp_langkah < $1";
                within!(&mut tx, c => {
                    sqlx::query(sql).bind(step).bind(akun.0).execute(c).await.map(|r| r.rows_affected())
                })?
            }
            Faktor::Pulih(hash) => {
                let sql = "DELETE FROM kode_pulih WHERE akun_id = $1 AND hash = $2";
                within!(&mut tx, c => {
                    sqlx::query(sql).bind(akun.0).bind(hash).execute(c).await.map(|r| r.rows_affected())
                })?
            }
        };
        if used != 1 {
            return Ok(false);
        }
        insert_session(&mut tx, sesi, akun, waktu).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// A session that was made after `made` and used after `used`, with its account, the roles that the account has on the day
    /// `today` (ISO date), the version of each office's data and how many notices are unread there: everything that a request needs
    /// to know before it begins, in one statement.
    pub async fn find_session(&self, hash: &str, made: i64, used: i64, today: &str) -> Hasil<Option<SesiTersimpan>> {
        let sql = concat!(
            "SELECT a.akun_id, a.nama, s.terakhir, ",
            roles!("sesi", "$4"),
            " WHERE s.sesi_hash = $1 AND s.dibuat > $2 AND s.terakhir > $3 AND a.nonaktif IS NULL ",
            // The account's own offices first: one of them is shown where none is named.
            "ORDER BY r.lewat, r.kode, r.peran, r.unit"
        );
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, SessionRow>(sql).bind(hash).bind(made).bind(used).bind(today).fetch_all(p).await
        })?;
        Ok(gather(&rows))
    }

    /// The roles that an account has on the day `today` (ISO date), without a session.
    pub async fn find_roles(&self, akun: PenggunaId, today: &str) -> Hasil<Option<SesiTersimpan>> {
        let sql = concat!(
            "SELECT a.akun_id, a.nama, s.dibuat AS terakhir, ",
            roles!("akun", "$2"),
            " WHERE s.akun_id = $1 AND a.nonaktif IS NULL ORDER BY r.lewat, r.kode, r.peran, r.unit"
        );
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, SessionRow>(sql).bind(akun.0).bind(today).fetch_all(p).await
        })?;
        Ok(gather(&rows))
    }

    /// Sessions of an account that were made after `made` and used after `used`, latest use first.
    pub async fn sessions(&self, akun: PenggunaId, made: i64, used: i64) -> Hasil<Vec<SesiAkun>> {
        let sql = "SELECT sesi_hash, peramban, dibuat, terakhir FROM sesi \
                   WHERE akun_id = $1 AND dibuat > $2 AND terakhir > $3 ORDER BY terakhir DESC, dibuat DESC";
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, SesiAkun>(sql).bind(akun.0).bind(made).bind(used).fetch_all(p).await
        })?)
    }

    /// Notes that a session was used.
    pub async fn update_session(&self, hash: &str, waktu: i64) -> Hasil<()> {
        let sql = "UPDATE sesi SET terakhir = $1 WHERE sesi_hash = $2";
        on!(&self.writer, p => sqlx::query(sql).bind(waktu).bind(hash).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, hash: &str) -> Hasil<()> {
        let sql = "DELETE FROM sesi WHERE sesi_hash = $1";
        on!(&self.writer, p => sqlx::query(sql).bind(hash).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends one session of an account, or all but one (`except`) when none is named.
    pub async fn delete_sessions(&self, akun: PenggunaId, only: Option<&str>, except: &str) -> Hasil<()> {
        let sql = "DELETE FROM sesi WHERE akun_id = $1 AND sesi_hash <> $2 AND ($3 OR sesi_hash = $4)";
        on!(&self.writer, p => {
            sqlx::query(sql)
                .bind(akun.0)
                .bind(except)
                .bind(only.is_none())
                .bind(only.unwrap_or_default())
                .execute(p)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Changes a password and puts one new session in the place of all that there were.
    pub async fn update_password(
        &self,
        akun: PenggunaId,
        sandi: &str,
        sesi: &SesiBaru,
        surat: Option<&SuratBaru>,
        waktu: i64,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE akun SET sandi = $1 WHERE akun_id = $2";
        within!(&mut tx, c => sqlx::query(sql).bind(sandi).bind(akun.0).execute(c).await.map(|_| ()))?;
        forget_secrets(&mut tx, akun).await?;
        begin_anew(&mut tx, akun, sesi, surat, waktu).await?;
        tx.commit().await
    }

    /// Turns the second factor on, with the time step of the code that was shown and the hashes of the recovery codes, and puts one
    /// new session in the place of all that there were.
    pub async fn save_totp(
        &self,
        akun: PenggunaId,
        (rahasia, langkah, pulih): (&str, i64, &[String]),
        sesi: &SesiBaru,
        surat: Option<&SuratBaru>,
        waktu: i64,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        delete_totp(&mut tx, akun).await?;
        let sql = "UPDATE akun SET totp = $1, totp_langkah = $2 WHERE akun_id = $3";
        within!(&mut tx, c => sqlx::query(sql).bind(rahasia).bind(langkah).bind(akun.0).execute(c).await.map(|_| ()))?;
        let sql = "INSERT INTO kode_pulih (akun_id, hash) VALUES ($1, $2)";
        for hash in pulih {
            within!(&mut tx, c => sqlx::query(sql).bind(akun.0).bind(hash).execute(c).await.map(|_| ()))?;
        }
        begin_anew(&mut tx, akun, sesi, surat, waktu).await?;
        tx.commit().await
    }

    /// Turns the second factor off and puts one new session in the place of all that there were.
    pub async fn delete_own_totp(
        &self,
        akun: PenggunaId,
        sesi: &SesiBaru,
        surat: Option<&SuratBaru>,
        waktu: i64,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        delete_totp(&mut tx, akun).await?;
        begin_anew(&mut tx, akun, sesi, surat, waktu).await?;
        tx.commit().await
    }

    /// How many recovery codes an account has left.
    pub async fn recovery_codes(&self, akun: PenggunaId) -> Hasil<i64> {
        let sql = "SELECT COUNT(*) FROM kode_pulih WHERE akun_id = $1";
        Ok(on!(&self.db, p => sqlx::query_scalar::<_, i64>(sql).bind(akun.0).fetch_one(p).await)?)
    }
}

async fn insert_session(tx: &mut Tx<'_>, sesi: &SesiBaru, akun: PenggunaId, waktu: i64) -> Hasil<()> {
    let sql = "DELETE FROM sesi WHERE akun_id = $1 AND dibuat <= $2";
    within!(tx, c => sqlx::query(sql).bind(akun.0).bind(sesi.usai).execute(c).await.map(|_| ()))?;
    let sql = "INSERT INTO sesi (sesi_hash, akun_id, dibuat, terakhir, peramban) VALUES ($1, $2, $3, $3, $4)";
    within!(tx, c => {
        sqlx::query(sql).bind(&sesi.hash).bind(akun.0).bind(waktu).bind(&sesi.peramban).execute(c).await.map(|_| ())
    })?;
    let sql = "UPDATE akun SET terakhir = $1 WHERE akun_id = $2";
    within!(tx, c => sqlx::query(sql).bind(waktu).bind(akun.0).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends all sessions of an account.
pub(crate) async fn end_sessions(tx: &mut Tx<'_>, akun: PenggunaId) -> Hasil<()> {
    let sql = "DELETE FROM sesi WHERE akun_id = $1";
    within!(tx, c => sqlx::query(sql).bind(akun.0).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Takes the second factor and its recovery codes away.
pub(crate) async fn delete_totp(tx: &mut Tx<'_>, akun: PenggunaId) -> Hasil<()> {
    let sql = "UPDATE akun SET totp = '' WHERE akun_id = $1";
    within!(tx, c => sqlx::query(sql).bind(akun.0).execute(c).await.map(|_| ()))?;
    let sql = "DELETE FROM kode_pulih WHERE akun_id = $1";
    within!(tx, c => sqlx::query(sql).bind(akun.0).execute(c).await.map(|_| ()))?;
    Ok(())
}

async fn begin_anew(
    tx: &mut Tx<'_>,
    akun: PenggunaId,
    sesi: &SesiBaru,
    surat: Option<&SuratBaru>,
    waktu: i64,
) -> Hasil<()> {
    end_sessions(tx, akun).await?;
    insert_session(tx, sesi, akun, waktu).await?;
    match surat {
        Some(surat) => enqueue_mail(tx, surat, waktu).await,
        None => Ok(()),
    }
}

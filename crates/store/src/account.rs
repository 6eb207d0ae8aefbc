//! Accounts, roles and sessions.

use sqlx::FromRow;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{InstansiId, PenggunaId};
use uuid::Uuid;

use crate::db::{Store, on};
use crate::error::Hasil;

/// An account.
#[derive(Debug, Clone, FromRow)]
pub struct Akun {
    /// Identity.
    pub akun_id: Uuid,
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Password hash (argon2, PHC text).
    pub sandi: String,
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct AkunBaru {
    /// Name typed at sign-in.
    pub nama_masuk: String,
    /// Name shown to others.
    pub nama: String,
    /// Password hash (argon2, PHC text).
    pub sandi: String,
}

/// A role with the office it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeranBerlaku {
    /// The office.
    pub instansi: InstansiId,
    /// Its code.
    pub kode: String,
    /// The role and its unit.
    pub tugas: Penugasan,
    /// Version of the office's data.
    pub versi: i64,
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

#[derive(FromRow)]
struct SessionRow {
    akun_id: Uuid,
    nama: String,
    terakhir: i64,
    instansi_id: Option<Uuid>,
    kode: Option<String>,
    peran: Option<String>,
    unit: Option<String>,
    versi: Option<i64>,
}

/// Columns and tables of an account's roles on a day: those in an office, those in its region. `s` is the session, or the account
/// itself where there is none.
macro_rules! roles {
    ($today:literal) => {
        roles!($today, "sesi")
    };
    ($today:literal, $of:literal) => {
        concat!(
            "r.instansi_id, r.kode, r.peran, r.unit, ",
            "(SELECT MAX(e.nomor) FROM entri e WHERE e.instansi_id = r.instansi_id) AS versi FROM ",
            $of,
            " s JOIN akun a ON a.akun_id = s.akun_id LEFT JOIN (",
            "SELECT p.akun_id, p.instansi_id, i.kode, p.peran, p.unit FROM peran p ",
            "JOIN instansi i ON i.instansi_id = p.instansi_id WHERE p.mulai <= ",
            $today,
            " AND (p.sampai = '' OR p.sampai >= ",
            $today,
            ") UNION ALL ",
            "SELECT d.akun_id, i.instansi_id, i.kode, d.peran, '' FROM peran_daerah d ",
            "JOIN instansi i ON i.daerah = d.daerah) r ON r.akun_id = a.akun_id"
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
        Some(PeranBerlaku { instansi: InstansiId(r.instansi_id?), kode, tugas, versi: r.versi.unwrap_or(0) })
    };
    Some(SesiTersimpan {
        akun: PenggunaId(first.akun_id),
        nama: first.nama.clone(),
        terakhir: first.terakhir,
        peran: rows.iter().filter_map(role).collect(),
    })
}

impl Store {
    /// Makes an office.
    pub async fn create_office(&self, id: InstansiId, kode: &str, nama: &str, daerah: &str) -> Hasil<()> {
        let sql = "INSERT INTO instansi (instansi_id, kode, nama, daerah) VALUES ($1, $2, $3, $4)";
        on!(&self.db, p => {
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

    /// Makes an account.
    pub async fn create_account(&self, akun: &AkunBaru, waktu: i64) -> Hasil<PenggunaId> {
        let id = PenggunaId::new();
        let sql = "INSERT INTO akun (akun_id, nama_masuk, nama, sandi, dibuat) VALUES ($1, $2, $3, $4, $5)";
        on!(&self.db, p => {
            sqlx::query(sql)
                .bind(id.0)
                .bind(&akun.nama_masuk)
                .bind(&akun.nama)
                .bind(&akun.sandi)
                .bind(waktu)
                .execute(p)
                .await
                .map(|_| ())
        })?;
        Ok(id)
    }

    /// Gives a role in an office, for good.
    pub async fn create_role(&self, instansi: InstansiId, akun: PenggunaId, tugas: &Penugasan) -> Hasil<()> {
        let sql =
            "INSERT INTO peran (instansi_id, akun_id, peran, unit, mulai, sampai) VALUES ($1, $2, $3, $4, '', '')";
        let unit = tugas.unit.clone().unwrap_or_default();
        on!(&self.db, p => {
            sqlx::query(sql)
                .bind(instansi.0)
                .bind(akun.0)
                .bind(tugas.peran.as_str())
                .bind(unit)
                .execute(p)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Gives a role in all offices of a region, also those that come later.
    pub async fn create_region_role(&self, daerah: &str, akun: PenggunaId, peran: Peran) -> Hasil<()> {
        let sql = "INSERT INTO peran_daerah (daerah, akun_id, peran) VALUES ($1, $2, $3)";
        on!(&self.db, p => {
            sqlx::query(sql).bind(daerah).bind(akun.0).bind(peran.as_str()).execute(p).await.map(|_| ())
        })?;
        Ok(())
    }

    /// The account of that sign-in name.
    pub async fn find_account(&self, nama_masuk: &str) -> Hasil<Option<Akun>> {
        let sql = "SELECT akun_id, nama_masuk, nama, sandi FROM akun WHERE nama_masuk = $1";
        Ok(on!(&self.db, p => sqlx::query_as::<_, Akun>(sql).bind(nama_masuk).fetch_optional(p).await)?)
    }

    /// Makes a session. Only the hash of its secret is stored.
    pub async fn create_session(&self, hash: &str, akun: PenggunaId, waktu: i64) -> Hasil<()> {
        let sql = "INSERT INTO sesi (sesi_hash, akun_id, dibuat, terakhir) VALUES ($1, $2, $3, $3)";
        on!(&self.db, p => sqlx::query(sql).bind(hash).bind(akun.0).bind(waktu).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// A session that was made after `made` and used after `used`, with its account, the roles that the account has on the day
    /// `today` (ISO date) and the version of each office's data: everything that a request needs to know before it begins, in one
    /// statement.
    pub async fn find_session(&self, hash: &str, made: i64, used: i64, today: &str) -> Hasil<Option<SesiTersimpan>> {
        let sql = concat!(
            "SELECT a.akun_id, a.nama, s.terakhir, ",
            roles!("$4"),
            " WHERE s.sesi_hash = $1 AND s.dibuat > $2 AND s.terakhir > $3 ORDER BY r.kode, r.peran, r.unit"
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
            roles!("$2", "akun"),
            " WHERE s.akun_id = $1 ORDER BY r.kode, r.peran, r.unit"
        );
        let rows = on!(&self.db, p => {
            sqlx::query_as::<_, SessionRow>(sql).bind(akun.0).bind(today).fetch_all(p).await
        })?;
        Ok(gather(&rows))
    }

    /// Keeps the secret address of an account's calendar, in the place of an earlier one. Only the hash of its secret is stored.
    pub async fn save_calendar(&self, akun: PenggunaId, hash: &str, waktu: i64) -> Hasil<()> {
        let sql = "INSERT INTO kalender (akun_id, rahasia_hash, dibuat) VALUES ($1, $2, $3) \
                   ON CONFLICT (akun_id) DO UPDATE SET rahasia_hash = $2, dibuat = $3";
        on!(&self.db, p => sqlx::query(sql).bind(akun.0).bind(hash).bind(waktu).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// The account whose calendar has this secret.
    pub async fn find_calendar(&self, hash: &str) -> Hasil<Option<PenggunaId>> {
        let sql = "SELECT akun_id FROM kalender WHERE rahasia_hash = $1";
        let id = on!(&self.db, p => sqlx::query_scalar::<_, Uuid>(sql).bind(hash).fetch_optional(p).await)?;
        Ok(id.map(PenggunaId))
    }

    /// Notes that a session was used.
    pub async fn update_session(&self, hash: &str, waktu: i64) -> Hasil<()> {
        let sql = "UPDATE sesi SET terakhir = $1 WHERE sesi_hash = $2";
        on!(&self.db, p => sqlx::query(sql).bind(waktu).bind(hash).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, hash: &str) -> Hasil<()> {
        let sql = "DELETE FROM sesi WHERE sesi_hash = $1";
        on!(&self.db, p => sqlx::query(sql).bind(hash).execute(p).await.map(|_| ()))?;
        Ok(())
    }
}

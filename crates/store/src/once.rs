//! Secrets that work once and for a while: links with which a password is chosen, sign-ins that wait for the second factor.

use tolok_domain::PenggunaId;

use crate::account::Akun;
use crate::db::{Store, Tx, on, within};
use crate::error::{Galat, Hasil};
use crate::mail::{SuratBaru, enqueue_mail};
use crate::session::end_sessions;

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JenisSekali {
    /// Choosing the first password.
    Undangan,
    /// Choosing a new password.
    Sandi,
    /// The password was right, the second factor is awaited.
    Kode,
}

impl JenisSekali {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Undangan => "undangan",
            Self::Sandi => "sandi",
            Self::Kode => "kode",
        }
    }
}

/// A secret to be kept, by its hash.
#[derive(Debug, Clone)]
pub struct SekaliBaru {
    /// What it is for.
    pub jenis: JenisSekali,
    /// Hash of the secret.
    pub hash: String,
    /// Until when it works, microseconds since 1970 UTC.
    pub sampai: i64,
}

impl Store {
    /// Keeps a secret for an account; an earlier one of its kind works no more.
    pub async fn create_secret(
        &self,
        akun: PenggunaId,
        baru: &SekaliBaru,
        surat: Option<&SuratBaru>,
        waktu: i64,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        insert_secret(&mut tx, akun, baru, waktu).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, waktu).await?;
        }
        tx.commit().await
    }

    /// The account of a secret that still works.
    pub async fn find_secret(&self, jenis: JenisSekali, hash: &str, waktu: i64) -> Hasil<Option<Akun>> {
        let sql = "SELECT a.akun_id, a.nama_masuk, a.nama, a.surel, a.sandi, a.totp, a.nonaktif FROM sekali_pakai s \
                   JOIN akun a ON a.akun_id = s.akun_id \
                   WHERE s.hash = $1 AND s.jenis = $2 AND s.dipakai IS NULL AND s.sampai > $3 AND a.nonaktif IS NULL";
        Ok(on!(&self.db, p => {
            sqlx::query_as::<_, Akun>(sql).bind(hash).bind(jenis.as_str()).bind(waktu).fetch_optional(p).await
        })?)
    }

    /// Sets the password of a secret's account and uses the secret up. Ends all sessions and voids every other secret: whoever had
    /// the old password is out.
    pub async fn save_password_by(
        &self,
        jenis: JenisSekali,
        hash: &str,
        sandi: &str,
        surat: Option<&SuratBaru>,
        waktu: i64,
    ) -> Hasil<()> {
        let mut tx = self.begin().await?;
        let akun = use_secret(&mut tx, jenis, hash, waktu).await?;
        let sql = "UPDATE akun SET sandi = $1 WHERE akun_id = $2";
        within!(&mut tx, c => sqlx::query(sql).bind(sandi).bind(akun.0).execute(c).await.map(|_| ()))?;
        end_sessions(&mut tx, akun).await?;
        forget_secrets(&mut tx, akun).await?;
        if let Some(surat) = surat {
            enqueue_mail(&mut tx, surat, waktu).await?;
        }
        tx.commit().await
    }
}

/// Keeps a secret in the place of earlier ones of its kind.
pub(crate) async fn insert_secret(tx: &mut Tx<'_>, akun: PenggunaId, baru: &SekaliBaru, waktu: i64) -> Hasil<()> {
    let sql = "DELETE FROM sekali_pakai WHERE akun_id = $1 AND jenis = $2";
    let jenis = baru.jenis.as_str();
    within!(tx, c => sqlx::query(sql).bind(akun.0).bind(jenis).execute(c).await.map(|_| ()))?;
    let sql = "INSERT INTO sekali_pakai (hash, jenis, akun_id, dibuat, sampai) VALUES ($1, $2, $3, $4, $5)";
    within!(tx, c => {
        sqlx::query(sql).bind(&baru.hash).bind(jenis).bind(akun.0).bind(waktu).bind(baru.sampai).execute(c).await.map(|_| ())
    })?;
    Ok(())
}

/// Uses a secret up and gives back whose it was. Of two who come at the same time one is refused.
pub(crate) async fn use_secret(tx: &mut Tx<'_>, jenis: JenisSekali, hash: &str, waktu: i64) -> Hasil<PenggunaId> {
    let sql = "UPDATE sekali_pakai SET dipakai = $1 WHERE hash = $2 AND jenis = $3 AND dipakai IS NULL AND sampai > $1 \
               AND akun_id IN (SELECT akun_id FROM akun WHERE nonaktif IS NULL) RETURNING akun_id";
    let akun = within!(tx, c => {
        sqlx::query_scalar::<_, uuid::Uuid>(sql).bind(waktu).bind(hash).bind(jenis.as_str()).fetch_optional(c).await
    })?;
    akun.map(PenggunaId).ok_or_else(|| Galat::TidakDitemukan("tautan".to_owned()))
}

/// Voids all unused secrets of an account.
pub(crate) async fn forget_secrets(tx: &mut Tx<'_>, akun: PenggunaId) -> Hasil<()> {
    let sql = "DELETE FROM sekali_pakai WHERE akun_id = $1 AND dipakai IS NULL";
    within!(tx, c => sqlx::query(sql).bind(akun.0).execute(c).await.map(|_| ()))?;
    Ok(())
}

//! Secret addresses of calendars.

use tolok_domain::PenggunaId;
use uuid::Uuid;

use crate::db::{Store, on};
use crate::error::Hasil;

impl Store {
    /// Keeps the secret address of an account's calendar, in the place of an earlier one. Only the hash of its secret is stored.
    pub async fn save_calendar(&self, akun: PenggunaId, hash: &str, waktu: i64) -> Hasil<()> {
        let sql = "INSERT INTO kalender (akun_id, rahasia_hash, dibuat) VALUES ($1, $2, $3) \
                   ON CONFLICT (akun_id) DO UPDATE SET rahasia_hash = $2, dibuat = $3";
        on!(&self.writer, p => sqlx::query(sql).bind(akun.0).bind(hash).bind(waktu).execute(p).await.map(|_| ()))?;
        Ok(())
    }

    /// The account whose calendar has this secret.
    pub async fn find_calendar(&self, hash: &str) -> Hasil<Option<PenggunaId>> {
        let sql = "SELECT akun_id FROM kalender WHERE rahasia_hash = $1";
        let id = on!(&self.db, p => sqlx::query_scalar::<_, Uuid>(sql).bind(hash).fetch_optional(p).await)?;
        Ok(id.map(PenggunaId))
    }
}
